"""Two evaluations side by side: what got better, what got worse, and whether they may be compared at all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, FiniteFloat, ValidationError

from corpus.errors import BadInput
from service.evaluation.report import Figure, failures, figures

Verdict = Literal["better", "worse", "same", "differs"]
"""What became of a figure; "differs" where it moved, but neither way can be called the better one."""

_EQUAL = 1e-9  # what is left of a difference between equal sums
_STEADY = 0.1
"""Share by which a latency must move to count: less is the machine's mood."""


class _Failure(BaseModel):
    id: str
    question: str
    why: str


class _Answers(BaseModel):
    pass_rate: FiniteFloat | None
    passed: int
    count: int
    contains: FiniteFloat | None
    contains_count: int
    sentences_mean: FiniteFloat | None
    answered: int
    failures: list[_Failure]


_Part = dict[str, int | FiniteFloat | list[dict[str, int | FiniteFloat]] | None] | None


class _Threshold(BaseModel):
    value: FiniteFloat


class _Document(BaseModel):
    """What a saved run must hold to be shown."""

    model_config = ConfigDict(strict=True)

    questions: int
    articles: int
    mode: str
    answers: _Answers | None
    retrieval: _Part
    evidence: _Part
    abstention: _Part
    citations: _Part
    claims: _Part
    latency_ms: _Part
    by_language: dict[str, dict[str, _Part]]
    unknown_articles: list[str]
    sets: dict[Literal["questions", "articles", "claims"], str | None]
    reranker: str | None
    fingerprint: str | None
    threshold: _Threshold | None = None  # runs of earlier versions don't say


@dataclass(frozen=True, slots=True)
class Change:
    """One figure in both runs, None where a run has not measured it."""

    first: Figure | None
    second: Figure | None

    @property
    def figure(self) -> Figure:
        """The figure that is there, for its name."""
        found = self.second or self.first
        assert found is not None  # noqa: S101  a change is made of at least one
        return found

    @property
    def difference(self) -> float | None:
        """How far it moved, None where one run has not measured it."""
        return self.second.value - self.first.value if self.first and self.second else None

    @property
    def verdict(self) -> Verdict | None:
        """What became of it, None where one run has not measured it."""
        if self.first is None or self.second is None or self.difference is None:
            return None
        least = _STEADY * self.first.value if self.figure.part == "latency_ms" else _EQUAL
        if abs(self.difference) <= least:
            return "same"
        if not self.figure.direction:
            return "differs"
        return "better" if self.difference * self.figure.direction > 0 else "worse"

    @property
    def shown(self) -> str:
        """The difference for a person, with that of the counts where they differ; empty where there is none."""
        if self.first is None or self.second is None or self.difference is None:
            return ""
        if self.figure.part == "latency_ms":
            told = f"{self.difference:+.1f}"
        else:
            told = f"{self.difference:+.3f}"
            told = told if float(told) else f"{self.difference:+.1g}"  # a fall of 0.0001 is a fall
        counted = self.second.count - self.first.count
        parts = (told if abs(self.difference) > _EQUAL else "", f"(count {counted:+d})" if counted else "")
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs by name, what sets them apart, their figures, and the questions whose outcome changed.

    ``broken`` failed in the second run alone, ``mended`` in the first alone, ``still`` in both.
    """

    names: tuple[str, str]
    documents: tuple[Mapping[str, Any], Mapping[str, Any]]
    notes: tuple[str, ...]
    changes: tuple[Change, ...]
    broken: tuple[Mapping[str, str], ...]
    mended: tuple[Mapping[str, str], ...]
    still: tuple[Mapping[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON values."""
        return {
            "runs": list(self.names),
            "notes": list(self.notes),
            "figures": [
                {
                    "language": change.figure.language or None,
                    "figure": change.figure.key,
                    "values": [one.value if one else None for one in (change.first, change.second)],
                    "counts": [one.count if one else None for one in (change.first, change.second)],
                    "difference": change.difference,
                    "verdict": change.verdict,
                }
                for change in self.changes
            ],
            "failures": {"broken": list(self.broken), "mended": list(self.mended), "still": list(self.still)},
        }


def load_run(path: Path) -> dict[str, Any]:
    """Read a saved evaluation; raises BadInput with the reason where the file is none."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        _Document.model_validate(document)
    except OSError as error:
        raise BadInput(f"the run '{path}' can't be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(key) for key in first["loc"])
        raise BadInput(f"'{path}' is no run of `insight eval --save`: {where or 'it'}: {first['msg']}") from error
    except ValueError as error:  # neither JSON nor UTF-8
        raise BadInput(f"'{path}' is no run of `insight eval --save`: {error}") from error
    assert isinstance(document, dict)  # noqa: S101  as was just checked
    return document


def compare(names: tuple[str, str], first: Mapping[str, Any], second: Mapping[str, Any]) -> Comparison:
    """Set two evaluations beside each other, the earlier one first."""
    before, after = ({figure.label: figure for figure in figures(document)} for document in (first, second))
    lost, found = ({one["id"]: one for one in failures(document)} for document in (first, second))
    return Comparison(
        names=names,
        documents=(first, second),
        notes=tuple(_notes(first, second)),
        changes=tuple(Change(before.get(label), after.get(label)) for label in dict.fromkeys([*before, *after])),
        broken=tuple(one for name, one in found.items() if name not in lost),
        mended=tuple(one for name, one in lost.items() if name not in found),
        still=tuple(one for name, one in found.items() if name in lost),
    )


def table(comparison: Comparison) -> list[tuple[str, str, str, str, str]]:
    """Return rows of a label, both figures with their counts, the difference and what it means."""
    rows = [(what, *_counts(comparison, what), "") for what in ("questions", "articles")]
    for change in comparison.changes:
        first, second = (f"{one.shown} of {one.count}" if one else "-" for one in (change.first, change.second))
        verdict = change.verdict or ""
        rows.append((change.figure.label, first, second, change.shown, "" if verdict == "same" else verdict))
    return rows


def _counts(comparison: Comparison, what: str) -> tuple[str, str, str]:
    first, second = (document[what] for document in comparison.documents)
    return f"{first}", f"{second}", f"{second - first:+d}" if second != first else ""


def _notes(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """Say what else differs between the runs than the code that was measured."""
    notes = [
        f"the {what} differ: the figures are not of the same set"
        for what in ("questions", "articles", "claims")
        if first["sets"].get(what) != second["sets"].get(what)
    ]
    for what, told in (("mode", "modes"), ("reranker", "rerankers"), ("fingerprint", "fingerprints")):
        one, other = first[what], second[what]
        if one != other:
            notes.append(f"the {told} differ: {one or 'none'} and {other or 'none'}")
    one, other = (_threshold(document) for document in (first, second))
    if one != other and first["questions"] and second["questions"]:
        notes.append(f"the thresholds differ: {one} and {other}")
    if any(_unlisted(document) for document in (first, second)):
        notes.append("not every failure is listed: a question may seem to have changed its outcome")
    return notes


def _threshold(document: Mapping[str, Any]) -> str:
    found = document.get("threshold")
    return f"{found['value']:.3g}" if found else "not told"


def _unlisted(document: Mapping[str, Any]) -> bool:
    answers = document["answers"]
    return bool(answers) and answers["count"] - answers["passed"] > len(failures(document))
