"""Bringing posts in, and what became of them; for the local owner alone."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from corpus.errors import NotFound
from service.api.admin import owner_only
from service.api.errors import ERROR_RESPONSES
from service.api.events import MEDIA_TYPE, event_response, run_as_events
from service.api.schemas import IngestRequest, without_items
from service.api.threads import Threads

if TYPE_CHECKING:
    from service.wiring import Services

_FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": {}}}}


async def _whole_body(request: Request) -> bytes:
    return await request.body()


def ingest_routes(services: "Services", threads: Threads) -> APIRouter:
    """Build the routes of ingests and their records; each asks for the owner's token."""
    router = APIRouter(
        prefix="/api/v1", tags=["ingest"], dependencies=[Depends(owner_only(services))], responses=ERROR_RESPONSES
    )

    @router.post("/ingest", responses={200: {"content": {MEDIA_TYPE: {}}}}, response_class=StreamingResponse)
    def ingest(body: IngestRequest) -> StreamingResponse:
        """Bring in posts; tells of it as the events `progress`, then `run` (or `error`)."""
        events = run_as_events(
            lambda told: services.curator.ingest(body.sources, dry_run=body.dry_run, sync=body.sync, on_progress=told)
        )
        return event_response(threads.drawn(events))

    @router.post("/upload", openapi_extra=_FILE)
    def upload(name: str, body: Annotated[bytes, Depends(_whole_body)], dry_run: bool = False) -> dict[str, Any]:
        """Bring in one file: its bytes are the body; `name` is its file name, whose suffix tells what it is."""
        return services.curator.upload(name, body, dry_run=dry_run).to_dict()

    @router.get("/runs")
    def runs(limit: Annotated[int, Query(ge=1, le=500)] = 50) -> dict[str, Any]:
        """List the ingests, the newest first, without what became of each post."""
        return {"runs": [without_items(run) for run in services.library.ledger.runs(limit)]}

    @router.get("/runs/{run_id}")
    def run(run_id: str) -> dict[str, Any]:
        """Return one ingest with what became of each post; while it goes on, with how far it has come."""
        found = services.library.ledger.run(run_id)
        if found is None:
            raise NotFound(f"there is no run with the id '{run_id}'")
        return found.to_dict()

    return router
