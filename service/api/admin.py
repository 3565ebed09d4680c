"""What only the local owner may do to articles: withdraw them, let them in again, release what is held back."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException

from corpus.errors import NotFound
from service.api.errors import ERROR_RESPONSES
from service.api.schemas import Released, Restored, Withdrawn, held_view, withdrawal_view

if TYPE_CHECKING:
    from service.wiring import Services

TOKEN_HEADER = "X-Insight-Token"  # noqa: S105  a header's name


def owner_only(services: "Services") -> Callable[[str], None]:
    """Build the dependency that lets only those pass who know the owner's token."""

    def check(token: Annotated[str, Header(alias=TOKEN_HEADER)] = "") -> None:
        if not secrets.compare_digest(token.encode(), services.owner_token.encode()):
            raise HTTPException(403, f"only the owner of the data folder may do this: send its token as {TOKEN_HEADER}")

    return check


def admin_routes(services: "Services") -> APIRouter:
    """Build the routes that change articles; each asks for the owner's token."""
    router = APIRouter(
        prefix="/api/v1", tags=["admin"], dependencies=[Depends(owner_only(services))], responses=ERROR_RESPONSES
    )

    @router.post("/articles/{article_id}/withdraw")
    def withdraw(article_id: str) -> Withdrawn:
        """Withdraw an article: it is in no answer from this moment on, whatever its source gives."""
        if not services.curator.withdraw(article_id):
            raise NotFound(f"there is no article with the id '{article_id}'")
        return Withdrawn(id=article_id)

    @router.post("/articles/{article_id}/restore")
    def restore(article_id: str) -> Restored:
        """Let a withdrawn article in again, when its source is next read."""
        if not services.curator.restore(article_id):
            raise NotFound(f"no article with the id '{article_id}' was withdrawn")
        return Restored(id=article_id)

    @router.post("/articles/{article_id}/release")
    def release(article_id: str) -> Released:
        """Publish what is held back of an article."""
        if not services.curator.release(article_id):
            raise NotFound(f"nothing is held back under the id '{article_id}'")
        return Released(id=article_id)

    @router.get("/withdrawn")
    def withdrawn() -> dict[str, Any]:
        """List what was withdrawn and not restored, the newest first."""
        return {"withdrawn": [withdrawal_view(item) for item in services.curator.withdrawn()]}

    @router.get("/held")
    def held() -> dict[str, Any]:
        """List what is held back until it is released, and why."""
        return {"held": [held_view(item) for item in services.curator.held()]}

    return router
