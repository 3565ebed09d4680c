"""Where blocking work runs: beside the event loop, and short work on few threads.

FastAPI runs what blocks on up to forty threads. That many are right for answers that wait for a language model.
Searches and quotes keep a processor busy, and more at once than there are processors only get in each other's way.
"""

from collections.abc import AsyncGenerator, Callable, Generator
from functools import partial
from typing import ParamSpec, TypeVar

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

    async def drawn(self, items: Generator[Item, None, object]) -> AsyncGenerator[Item]:
        """Yield what ``items`` give, drawn on other threads; they are closed as soon as nobody draws any more."""
        draw = partial(next, items, _END)
        try:
            while (item := await to_thread.run_sync(draw, limiter=self._waiting)) is not _END:
                yield item
        finally:
            with anyio.CancelScope(shield=True):
                await to_thread.run_sync(items.close, limiter=self._waiting)
