"""The one threshold of confidence, below which the articles are said not to answer.

It is ``THRESHOLD``, or what ``insight eval --fit`` found on the owner's own questions and stored with the
library. A stored one belongs to the scores that it was fitted with: under another embedding model or other score models
the same confidence means something else, so it is stale then, and the default takes its place.
"""

import json
from contextlib import closing
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol

import structlog
from pydantic import Field, TypeAdapter, ValidationError

from corpus.errors import Unavailable
from corpus.ownership import Ownership

THRESHOLD = 0.34
"""Least confidence of an answer where none is fitted; below it the articles are said not to answer."""
SCORES = "scores-6"
"""To be raised whenever the same question gets another confidence from the same articles (``sentences.score``): what an
owner fitted on the confidences before is stale then."""
NOTE = "threshold"  # under which a library keeps it

log = structlog.get_logger(__name__)


class Noting(Protocol):
    """What the threshold needs of the library that it is stored with."""

    @property
    def fingerprint(self) -> str:
        """What the vectors in use depend on."""
        ...

    def noted(self, name: str) -> str | None:
        """Return what is noted under a name."""
        ...


@dataclass(frozen=True, slots=True)
class Fitted:
    """A threshold fitted on a question set, and where it came from.

    ``scores`` is the fingerprint of what the confidence depends on, ``questions`` the file's name and ``digest`` that
    of its questions, ``day`` the calendar day of the fit. The two rates are what to expect of new questions, as
    cross-validation estimates them.
    """

    value: Annotated[float, Field(gt=0, lt=1)]
    scores: str
    questions: str
    digest: str
    answerable: int
    unanswerable: int
    false_answer_rate: float
    false_refusal_rate: float
    day: str

    @classmethod
    def parse(cls, note: str) -> "Fitted":
        """Read one from its note; raises Unavailable where it is none."""
        try:
            return TypeAdapter(cls).validate_json(note)
        except ValidationError as error:
            raise Unavailable(
                "the threshold stored with the library can't be read, it may be of another version: "
                "`insight eval --forget` goes back to the default"
            ) from error

    def note(self) -> str:
        """Return it as it is stored."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Threshold:
    """The threshold in force, and the fitted one that is stored; ``stale`` where that is not this one."""

    value: float
    fitted: Fitted | None = None
    stale: bool = False

    @property
    def source(self) -> Literal["default", "fitted", "stale"]:
        """Where it comes from; "stale": the default, for the stored one was fitted with other scores."""
        if self.fitted is None:
            return "default"
        return "stale" if self.stale else "fitted"

    @property
    def told(self) -> str:
        """One line for a person."""
        fitted = self.fitted
        if fitted is None:
            return f"{self.value:.3g}, the default"
        origin = f"fitted on {fitted.questions} on {fitted.day}"
        if self.source == "fitted":
            return f"{self.value:.3g}, {origin}"
        return (
            f"{self.value:.3g}, the default: {fitted.value:.3g}, {origin}, is stale, for the embedding model or the "
            "scores have changed; fit it anew with `insight eval --fit`"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, ready for JSON."""
        return {"value": self.value, "source": self.source, "fitted": asdict(self.fitted) if self.fitted else None}


class Gate:
    """Holds confidences against the threshold of a library, as it is at that moment."""

    def __init__(self, library: Noting) -> None:
        self._library = library
        self._last: tuple[tuple[str | None, str], Threshold] | None = None

    def threshold(self) -> Threshold:
        """Return the threshold in force; warns where the stored one is found to be stale."""
        last, now = self._last, (self._library.noted(NOTE), self._library.fingerprint)
        if last is not None and last[0] == now:
            return last[1]
        found = in_force(self._library)
        self._last = (now, found)
        if found.source == "stale":
            log.warning("the fitted threshold is stale", threshold=found.told)
        return found

    def admits(self, confidence: float) -> bool:
        """Whether a confidence is enough for an answer."""
        return confidence >= self.threshold().value


def in_force(library: Noting) -> Threshold:
    """Return the threshold that answers from ``library`` are held against."""
    note = library.noted(NOTE)
    if note is None:
        return default()
    fitted = Fitted.parse(note)
    return Threshold(fitted.value, fitted) if fitted.scores == scores_of(library.fingerprint) else default(fitted)


def default(stale: Fitted | None = None) -> Threshold:
    """Return the default threshold, in force where nothing is stored or what is stored is stale."""
    return Threshold(THRESHOLD, stale, stale=stale is not None)


def scores_of(fingerprint: str) -> str:
    """Return what tells the present confidence from that of other score models or vectors (``fingerprint``)."""
    return sha256(f"{fingerprint}\n{SCORES}".encode()).hexdigest()[:12]


def note_of(data_dir: Path) -> str | None:
    """Return the note of the library in ``data_dir``, which another process may own; None where there is none."""
    from corpus.catalogue import Catalogue

    with closing(Catalogue.open_to_read(data_dir)) as catalogue:
        return catalogue.fact(NOTE)


def store(data_dir: Path, fitted: Fitted | None) -> None:
    """Store a threshold with the library in ``data_dir``, or forget the stored one with None.

    Raises Unavailable where another process owns the folder: a server is asked over its API.
    """
    from corpus.catalogue import Catalogue

    ownership = Ownership.take(data_dir)
    try:
        with closing(Catalogue.open(data_dir)) as catalogue:
            if fitted is None:
                catalogue.drop_fact(NOTE)
            else:
                catalogue.put_fact(NOTE, fitted.note())
    finally:
        ownership.release()
