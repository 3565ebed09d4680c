"""Questions: one answer, whole or streamed."""

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
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
        left = threading.Event()
        events = threads.drawn(
            assistant.stream(body.question, history=history, mode=body.mode, where=where, left=left.is_set), left=left
        )
        async with _watched(request, left):
            if not streams:
                return await _whole(events, left)
            # A question that can't be served fails here, while there is still a status to set.
            first = await anext(events)
        return event_response(_named(first, events))

    return router


@asynccontextmanager
async def _watched(request: Request, left: threading.Event) -> AsyncGenerator[None]:
    """Set ``left`` when the client leaves: a language model is left alone once nobody waits for it."""

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        left.set()

    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()


async def _whole(events: AsyncGenerator[Event], left: threading.Event) -> Answer | Response:
    """Return the answer that ends the events."""
    async with aclosing(events):
        async for event in events:
            if left.is_set():
                break
            if isinstance(event, Answer):
                return event
    return Response(status_code=_NOBODY_THERE)


async def _named(first: Event, events: AsyncGenerator[Event]) -> AsyncGenerator[Named]:
    async with aclosing(events):
        yield named(first)
        async for event in events:
            yield named(event)
