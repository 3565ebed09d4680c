"""Where blocking work runs: beside the event loop, and short work on few threads.

FastAPI runs what blocks on up to forty threads. That many are right for answers that wait for a language model.
Searches and quotes keep a processor busy, and more at once than there are processors only get in each other's way.
"""

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

import anyio
from anyio import to_thread

from corpus.encoder import usable_cores

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class ShortWork:
    """Runs calls that keep a processor busy, a few at a time and the others in line."""

    def __init__(self) -> None:
        self._limiter = anyio.CapacityLimiter(2 * usable_cores())  # one computes while the other reads from a file

    async def run(
        self, work: Callable[Arguments, Result], /, *args: Arguments.args, **options: Arguments.kwargs
    ) -> Result:
        """Return what ``work`` gives on another thread, once it is its turn."""
        return await to_thread.run_sync(partial(work, *args, **options), limiter=self._limiter)
