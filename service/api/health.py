"""Whether the process is alive, and what it answers from."""

from typing import TYPE_CHECKING

from fastapi import APIRouter

from service.api.errors import ERROR_RESPONSES
from service.api.schemas import Health, Readiness

if TYPE_CHECKING:
    from service.wiring import Services


def health_routes(services: "Services") -> APIRouter:
    """Build the two routes that a supervisor asks."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    def healthz() -> Health:
        """Say that the process is alive."""
        return Health()

    @router.get("/readyz", responses=ERROR_RESPONSES)
    def readyz() -> Readiness:
        """Say what answers are made from; 503 while the library can't be used."""
        library = services.library
        return Readiness(
            articles=library.count(),
            generation=library.generation,
            fingerprint=library.fingerprint,
            embedder=services.embedder_name,
            model=services.model_name,
        )

    return router
