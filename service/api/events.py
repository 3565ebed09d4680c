"""Server-sent events: blocking work told as a stream, with its failure as the last event."""

import json
import queue
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import aclosing
from dataclasses import asdict
from typing import Any

from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event

from corpus.records import Progress, Run
from service.answer import Answer, Delta, Event, Restart, Unproved
from service.api.errors import describe

Named = tuple[str, dict[str, Any]]
"""An event's name and its data."""

MEDIA_TYPE = "text/event-stream"
_HEADERS = {"cache-control": "no-cache", "x-accel-buffering": "no"}


def event_response(events: AsyncGenerator[Named]) -> StreamingResponse:
    """Send ``events`` as they come; they are closed as soon as nobody listens any more."""
    return StreamingResponse(_encoded(events), media_type=MEDIA_TYPE, headers=_HEADERS)


def named(event: Event) -> Named:
    """Name one event of a streamed answer: ``delta``, ``unproved``, ``restart`` or ``answer``."""
    match event:
        case Delta(text=text):
            return "delta", {"text": text}
        case Restart(reason=reason):
            return "restart", {"reason": reason}
        case Unproved(why=why):
            return "unproved", {"why": why}
        case Answer():
            return "answer", event.to_dict()


def run_as_events(work: Callable[[Callable[[Progress], None]], Run]) -> Generator[Named]:
    """Run ``work(on_progress)`` in a thread of its own and tell of it as ``progress`` events, then ``run``.

    The work goes on to its end when the listener leaves.
    """
    told: queue.SimpleQueue[Named | None] = queue.SimpleQueue()

    def on_progress(progress: Progress) -> None:
        told.put(("progress", asdict(progress)))

    def perform() -> None:
        try:
            told.put(("run", work(on_progress).to_dict()))
        except Exception as error:  # noqa: BLE001  the status line has gone out already: the stream must say it
            told.put(_failure(error))
        finally:
            told.put(None)

    threading.Thread(target=perform, name="insight-work", daemon=False).start()
    return (event for event in iter(told.get, None))


def _failure(error: Exception) -> Named:
    return "error", describe(error).model_dump()


async def _encoded(events: AsyncGenerator[Named]) -> AsyncGenerator[bytes]:
    try:
        async with aclosing(events):
            async for name, data in events:
                yield _line(name, data)
    except Exception as error:  # noqa: BLE001  as above
        yield _line(*_failure(error))


def _line(name: str, data: dict[str, Any]) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
