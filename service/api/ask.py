"""Questions: one answer, whole or streamed."""

from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Header
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from service.answer import Answer
from service.api.errors import ERROR_RESPONSES
from service.api.events import MEDIA_TYPE, event_response, named
from service.api.schemas import AskRequest
from service.api.threads import ShortWork

if TYPE_CHECKING:
    from service.wiring import Services

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {MEDIA_TYPE: {}},
        "description": ("The answer, or the events `delta`, `unproved`, `restart`, `answer`, `error`"),
    }
}


def ask_routes(services: "Services", short: ShortWork) -> APIRouter:
    """Build the route that answers questions; those in quotes mode take their turn in ``short``."""
    router = APIRouter(prefix="/api/v1", tags=["ask"], responses=ERROR_RESPONSES)

    @router.post("/ask", response_model=Answer, responses=_STREAM)
    async def ask(
        body: AskRequest, accept: Annotated[str, Header(include_in_schema=False)] = ""
    ) -> Answer | StreamingResponse:
        """Answer a question from the articles, each sentence with its exact quotes.

        With `"stream": true` or `Accept: text/event-stream` the answer's text comes in pieces (`delta`); `unproved`
        says why a sentence of the language model was held back; `restart` says that what came so far is void; `answer`
        carries the whole answer and is the last event, unless `error` is.
        """
        history, where = [turn.turn() for turn in body.history], body.filters.where()
        assistant = services.assistant
        if not (body.stream or MEDIA_TYPE in accept):
            run = short.run if body.mode == "quotes" or services.model_name is None else run_in_threadpool
            return await run(assistant.ask, body.question, history=history, mode=body.mode, where=where)
        events = iter(assistant.stream(body.question, history=history, mode=body.mode, where=where))
        # A question that can't be served fails here, while there is still a status to set.
        first = await run_in_threadpool(next, events)
        return event_response(named(event) for event in chain([first], events))

    return router
