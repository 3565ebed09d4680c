"""An evaluation's document as a plain table for the terminal."""

from collections.abc import Mapping
from typing import Any

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
}
"""Which count stands behind a rate, where it is not ``count``."""


def table(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return rows of a label and a figure with its count; what was not measured is left out.

    The rates of single languages follow those of all questions, the failures come last.
    """
    rows = [(name, f"{document[name]}") for name in ("questions", "articles", "mode")]
    rows += _rates("", document)
    # Of one language alone they would only say the same again.
    if len(document["by_language"]) > 1:
        for language, parts in document["by_language"].items():
            rows += _rates(f"{language}: ", parts)
    if unknown := document["unknown_articles"]:
        rows.append(("named in the set, not held", ", ".join(unknown)))
    failed = (document["answers"] or {}).get("failures", ())
    return rows + [(f"failed {one['id']}", f"{one['question']} - {one['why']}") for one in failed]


def _rates(lead: str, parts: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for part in ("answers", "retrieval", "evidence", "abstention", "citations", "claims", "latency_ms"):
        measured = parts.get(part) or {}
        for name, value in measured.items():
            if isinstance(value, float):
                rows.append(
                    (f"{lead}{part}.{name}", f"{_figure(part, value)} of {measured[_COUNT_OF.get(name, 'count')]}")
                )
    return rows


def _figure(part: str, value: float) -> str:
    if part == "latency_ms":
        return f"{value:.1f}"
    # Cut, not rounded: 0.9996 must not read as 1.
    return f"{int(value * 1000 + 1e-9) / 1000:.3f}"
