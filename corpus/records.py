"""What the catalogue remembers of each ingest: runs and what became of each post."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What a run did with one post."""

    ADDED = "added"
    CHANGED = "changed"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RunItem:
    """One post of a run; ``reason`` is set where it was refused and says why in one line."""

    address: str
    outcome: Outcome
    article_id: str | None = None
    title: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Run:
    """One ingest; ``started`` and ``finished`` are ISO 8601 in UTC, ``finished`` None while it goes on."""

    id: str
    source: str
    started: str
    finished: str | None = None
    error: str | None = None
    items: tuple[RunItem, ...] = field(default_factory=tuple)

    @property
    def counts(self) -> dict[str, int]:
        """Posts by outcome; ``seen`` is their sum."""
        counter = Counter(item.outcome for item in self.items)
        return {"seen": len(self.items)} | {outcome.value: counter[outcome] for outcome in Outcome}

    def to_dict(self) -> dict[str, Any]:
        """Return the run as plain data with its counts, ready for JSON."""
        return {**asdict(self), "counts": self.counts}
