"""An evaluation's document as figures, and as a plain table for the terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.threshold import Fitted, Threshold

PARTS = ("answers", "retrieval", "evidence", "abstention", "citations", "claims", "statements", "latency_ms")
_COUNT_OF = {
    "pass_rate": "count",
    "contains": "contains_count",
    "sentences_mean": "answered",
    "passage_at_1": "passage_count",
    "passage_at_5": "passage_count",
    "false_answer_rate": "unanswerable",
    "false_refusal_rate": "answerable",
    "auc_near": "unanswerable",
    "auc_far": "withdrawn",
    "errors_together": "count",
    "calibration_error": "count",
    "answers_supported": "answers",
    "refused": "refused_count",
    "number_refused": "number_count",
    "date_refused": "date_count",
    "name_refused": "name_count",
    "negation_refused": "negation_count",
    "near_article_refused": "near_article_count",
    "any_article_refused": "any_article_count",
}
"""Which count stands behind a rate, where it is not ``count``."""
_COUNTS = frozenset({"count", "passed", "supported", "answerable", *_COUNT_OF.values()})
_ERRORS = {"false_answer_rate": "unanswerable", "false_refusal_rate": "answerable"}
_LESS_IS_BETTER = frozenset({*_ERRORS, "errors_together", "calibration_error", "p50", "p95"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure and the ``count`` of what it was measured on; ``language`` is empty for all questions together."""

    language: str
    part: str
    name: str
    value: float
    count: int

    @property
    def key(self) -> str:
        """Its place in a part, as in a file of floors: "answers.pass_rate"."""
        return f"{self.part}.{self.name}"

    @property
    def label(self) -> str:
        """Its key, behind its language where it has one."""
        return f"{self.language}: {self.key}" if self.language else self.key

    @property
    def is_rate(self) -> bool:
        """Whether it lies between 0 and 1; else it is a time in milliseconds or a mean."""
        return self.part != "latency_ms" and self.name != "sentences_mean"

    @property
    def direction(self) -> int:
        """1 where more is better, -1 where less is, 0 where neither can be said."""
        return -1 if self.name in _LESS_IS_BETTER else int(self.name != "sentences_mean")

    @property
    def shown(self) -> str:
        """The value for a person: three places, cut and not rounded, for 0.9996 must not read as 1."""
        if self.part == "latency_ms":
            return f"{self.value:.1f}"
        return f"{int(self.value * 1000 + 1e-9) / 1000:.3f}"


def figures(document: Mapping[str, Any]) -> list[Figure]:
    """Return every figure that was measured: those of all questions, then those of each language.

    Of one language alone the latter would only say the same again, and are left out.
    """
    found = list(_figures("", document))
    if len(document["by_language"]) > 1:
        for language, parts in document["by_language"].items():
            found += _figures(language, parts)
    return found


def failures(document: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """Return the questions that failed, as far as the document lists them."""
    return list((document["answers"] or {}).get("failures", ()))


def table(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return rows of a label and a figure with its count; what was not measured is left out.

    The rates of single languages follow those of all questions, the failures come last.
    """
    rows = [(name, f"{document[name]}") for name in ("questions", "articles", "mode")]
    rows += threshold_rows(document)
    rows += [(figure.label, f"{figure.shown} of {figure.count}") for figure in figures(document)]
    rows += [(f"abstention.{name}", why) for name, why in unmeasured(document)]
    if unknown := document["unknown_articles"]:
        rows.append(("named in the set, not held", ", ".join(unknown)))
    return rows + [(f"failed {one['id']}", f"{one['question']} - {one['why']}") for one in failures(document)]


def threshold_rows(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the threshold in force; and where this run fitted it, what was there before and what is to be expected."""
    found = document.get("threshold")  # runs of earlier versions don't say
    if found is None:
        return []
    fitted = Fitted(**found["fitted"]) if found["fitted"] else None
    rows = [("threshold", Threshold(found["value"], fitted, stale=found["source"] == "stale").told)]
    if fitted is not None and (before := found["before"]):
        rows.append(("before the fit", f"{before['value']:.3g}: {_errors(before)}"))
        new = {name: getattr(fitted, name) for name in _ERRORS}
        counts = f"of {fitted.unanswerable} and {fitted.answerable} questions, cross-validated"
        rows.append(("expected of new questions", f"{_errors(new)}, {counts}"))
    return rows


def _errors(rates: Mapping[str, float]) -> str:
    answers, refusals = (rates[name] for name in _ERRORS)
    return f"false answers {answers:.3f}, false refusals {refusals:.3f}, together {answers + refusals:.3f}"


def unmeasured(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return which of the two errors was not measured, and why: neither is told without a word on the other."""
    part = document["abstention"] or {}
    return [
        (name, f"not measured: the set has no {kind} question")
        for name, kind in _ERRORS.items()
        if part and part.get(name) is None
    ]


def _figures(language: str, parts: Mapping[str, Any]) -> Iterator[Figure]:
    for part in PARTS:
        measured = parts.get(part) or {}
        for name, value in measured.items():
            if name not in _COUNTS and isinstance(value, int | float):
                yield Figure(language, part, name, float(value), measured.get(_COUNT_OF.get(name, "count")) or 0)
