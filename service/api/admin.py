"""What only the local owner may do: bring in posts and withdraw articles."""

import secrets
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Header, HTTPException
from fastapi.responses import StreamingResponse

from corpus.errors import NotFound
from service.api.errors import ERROR_RESPONSES
from service.api.events import MEDIA_TYPE, event_response, run_as_events
from service.api.schemas import IngestRequest, Withdrawn

if TYPE_CHECKING:
    from service.wiring import Services

TOKEN_HEADER = "X-Insight-Token"  # noqa: S105  a header's name


def admin_routes(services: "Services") -> APIRouter:
    """Build the routes that change the library; each asks for the owner's token."""

    def owner_only(token: Annotated[str, Header(alias=TOKEN_HEADER)] = "") -> None:
        if not secrets.compare_digest(token.encode(), services.owner_token.encode()):
            raise HTTPException(403, f"only the owner of the data folder may do this: send its token as {TOKEN_HEADER}")

    router = APIRouter(prefix="/api/v1", tags=["admin"], dependencies=[Depends(owner_only)], responses=ERROR_RESPONSES)

    @router.post("/ingest", responses={200: {"content": {MEDIA_TYPE: {}}}}, response_class=StreamingResponse)
    def ingest(body: IngestRequest) -> StreamingResponse:
        """Bring in posts; tells of it as the events `progress`, then `run` (or `error`)."""
        return event_response(
            run_as_events(lambda told: services.ingest(body.sources, dry_run=body.dry_run, on_progress=told))
        )

    @router.post("/articles/{article_id}/withdraw")
    def withdraw(article_id: str) -> Withdrawn:
        """Withdraw an article: it is in no answer from this moment on."""
        if not services.library.withdraw(article_id):
            raise NotFound(f"there is no article with the id '{article_id}'")
        return Withdrawn(id=article_id)

    return router
