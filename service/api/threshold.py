"""The threshold of confidence, which only the local owner may look at and set."""

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends

from service.api.admin import owner_only
from service.api.errors import ERROR_RESPONSES
from service.threshold import NOTE, Fitted

if TYPE_CHECKING:
    from service.wiring import Services


def threshold_routes(services: "Services") -> APIRouter:
    """Build the routes of the threshold; each asks for the owner's token."""
    router = APIRouter(
        prefix="/api/v1/threshold",
        tags=["admin"],
        dependencies=[Depends(owner_only(services))],
        responses=ERROR_RESPONSES,
    )

    @router.get("")
    def threshold() -> dict[str, Any]:
        """Tell the threshold below which nothing is answered, and where it comes from."""
        return services.assistant.threshold().to_dict()

    @router.put("")
    def set_threshold(fitted: Fitted) -> dict[str, Any]:
        """Store a threshold that `insight eval --fit` found; answers are held against it from this moment on."""
        services.library.note(NOTE, fitted.note())
        return services.assistant.threshold().to_dict()

    @router.delete("")
    def forget_threshold() -> dict[str, Any]:
        """Go back to the default threshold."""
        services.library.note(NOTE, None)
        return services.assistant.threshold().to_dict()

    return router
