"""What a run tells while it goes on: to the person who watches, and to its record in the catalogue."""

from dataclasses import replace
from datetime import datetime
from time import monotonic

from corpus.ledger import Ledger
from corpus.records import OnProgress, Outcome, Progress, Run, RunItem, tally

_RECORD_EVERY = 1.0  # seconds
_TELL_EVERY = 0.1
_MEASURABLE = 0.5  # seconds of a phase, before which no rate is told


class Journal:
    """The items of one run and how far it has come.

    Every post gets a number when it is met and an item when it is decided. While the run goes on its record holds the
    items in the order of their deciding; when it ends, in the order of their posts. A dry run records nothing.
    """

    def __init__(self, run: Run, ledger: Ledger | None, on_progress: OnProgress | None) -> None:
        self._run, self._ledger, self._on_progress = run, ledger, on_progress
        self._items: list[RunItem | None] = []
        self._decided: list[RunItem] = []
        self._recorded = 0
        self._told_at = self._recorded_at = monotonic()
        self._phase, self._phase_began = "", monotonic()
        if ledger is not None:
            ledger.record_run(run)

    def number(self) -> int:
        """Return the number of the next post."""
        self._items.append(None)
        return len(self._items) - 1

    def decide(self, number: int, item: RunItem) -> None:
        """Write down what became of a post."""
        self._items[number] = item
        self._decided.append(item)

    def add(self, item: RunItem) -> None:
        """Write down a post that is met and decided at once."""
        self.decide(self.number(), item)

    def tell(self, phase: str, done: int, total: int | None = None, title: str = "") -> None:
        """Tell how far a phase has come; what comes too soon after the last word is left out, but for a phase's end."""
        now = monotonic()
        if phase != self._phase:
            self._phase, self._phase_began = phase, now
        ended = done == total
        if now - self._told_at < _TELL_EVERY and not ended:
            return
        taken = now - self._phase_began
        rate = done / taken if done and taken >= _MEASURABLE else None
        left = (total - done) / rate if rate and total is not None else None
        progress = Progress(phase, done, total, title, _rounded(rate), _rounded(left))
        self._told_at = now
        if self._on_progress is not None:
            self._on_progress(progress)
        if self._ledger is not None and now - self._recorded_at >= _RECORD_EVERY:
            items = tuple(self._decided)
            counts = tally(item.outcome for item in items)
            self._ledger.tell(replace(self._run, items=items, progress=progress, tally=counts), self._recorded)
            self._recorded, self._recorded_at = len(items), monotonic()

    def ended(self, at: datetime, *, error: str | None = None) -> Run:
        """Return the run with its end and all that was decided; ``error`` is why it broke off."""
        items = tuple(item for item in self._items if item is not None)
        return replace(self._run, finished=at.isoformat(timespec="milliseconds"), error=error, items=items)

    def refused(self, address: str, reason: str) -> None:
        """Write down a post that can't be taken."""
        self.add(RunItem(address, Outcome.REFUSED, reason=reason))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
