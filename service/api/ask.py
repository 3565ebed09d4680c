"""Questions: one answer, whole or streamed."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Header, Request, Response

from service.answer import Answer, Event
from service.api.errors import ERROR_RESPONSES
from service.api.events import MEDIA_TYPE, Named, event_response, named
from service.api.schemas import AskRequest
from service.api.threads import Threads

if TYPE_CHECKING:
    from service.wiring import Services

_NOBODY_THERE = 499  # as web servers log it; nobody reads it
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {MEDIA_TYPE: {}},
        "description": ("The answer, or the events `delta`, `unproved`, `restart`, `answer`, `error`"),
    }
}


def ask_routes(services: "Services", threads: Threads) -> APIRouter:
    """Build the route that answers questions; those in quotes mode take their turn in ``threads``."""
    router = APIRouter(prefix="/api/v1", tags=["ask"], responses=ERROR_RESPONSES)

    @router.post("/ask", response_model=Answer, responses=_STREAM)
    async def ask(
        body: AskRequest, request: Request, accept: Annotated[str, Header(include_in_schema=False)] = ""
    ) -> Answer | Response:
        """Answer a question from the articles, each sentence with its exact quotes.

        With `"stream": true` or `Accept: text/event-stream` the answer's text comes in pieces (`delta`); `unproved`
        says why a sentence of the language model was held back; `restart` says that what came so far is void; `answer`
        carries the whole answer and is the last event, unless `error` is.
        """
        history, where = [turn.turn() for turn in body.history], body.filters.where()
        assistant = services.assistant
        streams = body.stream or MEDIA_TYPE in accept
        if not streams and (body.mode == "quotes" or services.model_name is None):
            return await threads.short(assistant.ask, body.question, history=history, mode=body.mode, where=where)
        events = threads.drawn(assistant.stream(body.question, history=history, mode=body.mode, where=where))
        if not streams:
            return await _whole(events, request)
        # A question that can't be served fails here, while there is still a status to set.
        first = await anext(events)
        return event_response(_named(first, events))

    return router


async def _whole(events: AsyncGenerator[Event], request: Request) -> Answer | Response:
    """Return the answer that ends the events; a language model is left alone once nobody waits for it."""
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Answer):
                return event
            if await request.is_disconnected():
                break
    return Response(status_code=_NOBODY_THERE)


async def _named(first: Event, events: AsyncGenerator[Event]) -> AsyncGenerator[Named]:
    async with aclosing(events):
        yield named(first)
        async for event in events:
            yield named(event)
