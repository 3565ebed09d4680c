"""What the catalogue remembers of where articles came from: runs, origins, withdrawals and what is held back."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from corpus.article import Article


class Outcome(StrEnum):
    """What a run did with one post."""

    ADDED = "added"
    CHANGED = "changed"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RunItem:
    """One post of a run.

    ``reason`` is set where it was refused, held or withdrawn and says why in one line; ``note`` is what else an admin
    should know; ``diff`` is what would change in the text, in unified form, and set in dry runs alone.
    """

    address: str
    outcome: Outcome
    article_id: str | None = None
    title: str | None = None
    reason: str | None = None
    note: str | None = None
    diff: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: ``done`` of ``total`` posts in its ``phase``; ``total`` is None where nobody knows.

    ``title`` is the last one's; ``per_second`` the rate of this phase and ``seconds_left`` what remains at that rate,
    None where unknown.
    """

    phase: str
    done: int
    total: int | None = None
    title: str = ""
    per_second: float | None = None
    seconds_left: float | None = None


OnProgress = Callable[[Progress], None]
"""Is told how far a run has come; what it raises breaks the run off."""


@dataclass(frozen=True)
class Run:
    """One ingest; ``started`` and ``finished`` are ISO 8601 in UTC, ``finished`` None while it goes on.

    ``tally`` stands in for ``items`` where these were not read or are kept no longer.
    """

    id: str
    source: str
    started: str
    finished: str | None = None
    error: str | None = None
    items: tuple[RunItem, ...] = field(default_factory=tuple)
    progress: Progress | None = None
    tally: Mapping[str, int] | None = None

    @property
    def counts(self) -> dict[str, int]:
        """Posts by outcome; ``seen`` is their sum."""
        return dict(self.tally) if self.tally is not None else tally(item.outcome for item in self.items)

    def to_dict(self) -> dict[str, Any]:
        """Return the run as plain data with its counts, ready for JSON."""
        found = {**asdict(self), "counts": self.counts}
        del found["tally"]
        return found


def tally(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Count outcomes; ``seen`` is their sum."""
    counter = Counter(outcomes)
    return {"seen": counter.total()} | {outcome.value: counter[outcome] for outcome in Outcome}


@dataclass(frozen=True, slots=True)
class Origin:
    """A post that a source gave, and the article that it became.

    ``marker`` is what the source tells changes by; ``digest`` stands for the post's bytes, its metadata and the
    cleaner; ``rank`` is how much the source's word counts; ``blocks`` and ``sketch`` are ingest's notes on the article.
    """

    source: str
    key: str
    article_id: str
    marker: str = ""
    digest: str = ""
    rank: int = 0
    blocks: bytes = b""
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An article that was taken out: when, by which source (``ADMIN`` for a person), and on which sign.

    ``posts`` are those that gave what an admin withdrew, by source and key, and ``body_hash`` is of what it read: no
    new address brings it back, and no copy.
    """

    identity: str
    article_id: str
    at: str
    source: str
    reason: str
    posts: tuple[tuple[str, str], ...] = ()
    body_hash: str | None = None


ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Held:
    """An article held back until an admin lets it in, the reasons, and the post that it came from."""

    article: Article
    flags: tuple[str, ...]
    at: str
    origin: Origin
