"""Where blocking work runs: beside the event loop, and short work on few threads.

FastAPI runs what blocks on up to forty threads. That many are right for answers that wait for a language model.
Searches and quotes keep a processor busy, and more at once than there are processors only get in each other's way.
"""

import threading
from collections.abc import AsyncGenerator, Callable, Generator
from functools import partial
from typing import ParamSpec, TypeVar, cast

import anyio
from anyio import to_thread

from corpus.encoder import usable_cores

MOST_WAITING = 40
"""Answers that may wait for a language model at the same time; more wait in line, and nothing else behind them."""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Item = TypeVar("Item")

_END = object()


class Threads:
    """The threads of one application: few for short work, and others for what mostly waits."""

    def __init__(self) -> None:
        self._short = anyio.CapacityLimiter(2 * usable_cores())  # one computes while the other reads from a file
        self._waiting = anyio.CapacityLimiter(MOST_WAITING)

    async def short(
        self, work: Callable[Arguments, Result], /, *args: Arguments.args, **options: Arguments.kwargs
    ) -> Result:
        """Return what ``work``, which keeps a processor busy, gives on another thread, once it is its turn."""
        return await to_thread.run_sync(partial(work, *args, **options), limiter=self._short)

    async def drawn(
        self, items: Generator[Item, None, object], *, left: threading.Event | None = None
    ) -> AsyncGenerator[Item]:
        """Yield what ``items`` give, drawn on other threads; they are closed as soon as nobody draws any more.

        ``left`` is set then, so that the next item, if they are about to give one, can be waited for no longer.
        """
        turn = threading.Lock()

        def draw() -> Item | object:
            with turn:
                return next(items, _END)

        def close() -> None:
            with turn:
                items.close()

        try:
            while (item := await self._wait(draw)) is not _END:
                yield cast("Item", item)
        finally:
            if left:
                left.set()
            with anyio.CancelScope(shield=True):
                await self._wait(close)

    async def _wait(self, work: Callable[[], Result]) -> Result:
        return await to_thread.run_sync(work, limiter=self._waiting, abandon_on_cancel=True)
