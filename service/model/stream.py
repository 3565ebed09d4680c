"""A language model's reply as it comes: with one kind of error, and never waited for longer than is said.

All requests run on one event loop, on a thread of its own: there each can be ended at any moment, whatever it waits
for, and its connection is closed with it.
"""

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Callable, Generator, Mapping, Sequence
from contextlib import closing
from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

import httpx

from service.failures import Failure, ModelFailed, broke_off, cut_off, empty, translated

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage, ChatResponse

SETTLE_S = 1.0
"""How long a reply that is finished is read on: its protocol may say more behind it, or leave the connection open."""

_LOOK_S = 0.2  # how often it is looked whether somebody still waits
_CUT_REASONS = frozenset({"length", "max_tokens", "content_filter"})
_END_MARK = re.compile(rb"(?:^|[\r\n])data: ?\[DONE\]")
_EMPTY_EVENT = b'data: {"choices": []}\n\n'
_LONGEST_MARK = 16  # bytes, with the line end before it
_STARTING = threading.Lock()
_done: ContextVar[asyncio.Event] = ContextVar("done")  # of the request that the task reads


class End(IntEnum):
    """How far a stream has come: not to its end, maybe, to its own, or to one that the model did not choose."""

    OPEN = 0
    UNSAID = 1
    WHOLE = 2
    CUT = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """What one message of a stream brings: text of the reply, of thoughts before it, or its end."""

    text: str = ""
    thought: str = ""
    end: End = End.OPEN


def stream_reply(
    llm: "LLM",
    messages: Sequence["ChatMessage"],
    *,
    seconds: float | None = None,
    left: Callable[[], bool] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Generator[Piece, None, None]:
    """Yield the reply as it comes.

    Raises ModelFailed, also after some text: where a stream breaks off, or ends where the model may write no more, or
    has come to no end after ``seconds``, or once ``left`` says that nobody waits for it. A reply that is finished
    stays so, whatever comes of its connection. ``options`` go along to the provider's client.
    """
    begun, last = False, End.OPEN
    with closing(_pieces(llm, messages, seconds, left, options or {})) as pieces:
        for piece in pieces:
            begun, last = begun or bool(piece.text), max(last, piece.end)
            yield piece
    if not begun:
        raise empty()
    if last is End.OPEN:
        raise broke_off()
    if last is End.CUT:
        raise cut_off()


def _pieces(
    llm: "LLM",
    messages: Sequence["ChatMessage"],
    seconds: float | None,
    left: Callable[[], bool] | None,
    options: Mapping[str, Any],
) -> Generator[Piece, None, None]:
    _check(left)
    told: SimpleQueue[Piece | Exception | None] = SimpleQueue()
    reading = asyncio.run_coroutine_threadsafe(_read(llm, messages, seconds, options, told), _loop())
    try:
        while (piece := _next(told, left)) is not None:
            if isinstance(piece, Exception):
                raise translated(piece) from piece
            yield piece
    finally:
        reading.cancel()


def _check(left: Callable[[], bool] | None) -> None:
    if left is not None and left():
        raise ModelFailed("nobody waits for the answer any more", Failure.LEFT)


def _next(told: "SimpleQueue[Piece | Exception | None]", left: Callable[[], bool] | None) -> Piece | Exception | None:
    while True:
        _check(left)
        try:
            return told.get(timeout=_LOOK_S)
        except Empty:
            continue


async def _read(
    llm: "LLM",
    messages: Sequence["ChatMessage"],
    seconds: float | None,
    options: Mapping[str, Any],
    told: "SimpleQueue[Piece | Exception | None]",
) -> None:
    """Put each piece of the reply into ``told``, behind the last one None or what went wrong."""
    done = asyncio.Event()
    _done.set(done)
    limit, finished = asyncio.timeout(seconds), False
    longest = limit.when()
    try:
        async with limit:
            async for response in await llm.astream_chat(list(messages), **options):
                piece = _piece(response)
                told.put(piece)
                if piece.end >= End.WHOLE:
                    finished = True
                    soon = asyncio.get_running_loop().time() + SETTLE_S
                    limit.reschedule(soon if longest is None else min(soon, longest))
                elif finished and piece.text:  # it was only the end of a part
                    finished = False
                    limit.reschedule(longest)
    except Exception as error:  # noqa: BLE001  each provider's client has an error tree of its own
        if not finished:
            told.put(error)
            return
    if done.is_set():
        told.put(Piece(end=End.WHOLE))
    told.put(None)


def _piece(response: "ChatResponse") -> Piece:
    thought = response.additional_kwargs.get("thinking_delta")
    return Piece(response.delta or "", thought if isinstance(thought, str) else "", _ends(response.raw))


def _ends(raw: Any) -> End:
    """How the reply ends with a piece, by the provider's own shape of it."""
    if isinstance(raw, Mapping) and "done" in raw:  # Ollama
        return _end(raw["done"], raw.get("done_reason"))
    if isinstance(raw, Mapping) and "type" in raw:  # Anthropic
        return _end(raw["type"] == "content_block_stop", getattr(raw.get("delta"), "stop_reason", None))
    choices = getattr(raw, "choices", None)
    if choices is None:
        return End.UNSAID  # another provider's shape: it doesn't say, so the stream's end is believed
    reason = choices[0].finish_reason if choices else None
    return _end(reason is not None, reason)


def _end(ended: bool, reason: str | None) -> End:
    return End.CUT if reason in _CUT_REASONS else End.WHOLE if ended else End.OPEN


def _loop() -> asyncio.AbstractEventLoop:
    """Return the event loop of all requests, begun with the first one."""
    with _STARTING:
        return _running()


@cache
def _running() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="insight-model", daemon=True).start()
    return loop


async def watch_events(response: httpx.Response) -> None:
    """Have the request that reads ``response`` know of the mark that ends it, which OpenAI's client keeps to itself.

    An empty event goes before the others: LlamaIndex drops a first one without text, and fails at one without a delta.
    """
    done, plain = _done.get(None), "content-encoding" not in response.headers
    events = response.is_success and response.headers.get("content-type", "").startswith("text/event-stream")
    if done is not None and events and plain and isinstance(response.stream, httpx.AsyncByteStream):
        response.stream = _Watched(response.stream, done)


class _Watched(httpx.AsyncByteStream):
    """The bytes of a reply, which pass by as they are, behind an empty event."""

    def __init__(self, stream: httpx.AsyncByteStream, done: asyncio.Event) -> None:
        self._stream, self._done = stream, done

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield _EMPTY_EVENT
        seen = b""
        async for chunk in self._stream:
            seen = seen[-_LONGEST_MARK:] + chunk
            if _END_MARK.search(seen):
                self._done.set()
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
