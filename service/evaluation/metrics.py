"""The figures of an evaluation, as pure functions; None stands for "there was nothing to measure"."""

import math
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SAME_SENTENCE = 0.8
"""Least length of the shorter over the longer at which a sentence within another is taken for the same.

Two splitters disagree over a heading, a quotation mark or a list number in front; they agree on the rest.
"""


def mean(values: Iterable[float]) -> float | None:
    """Return the arithmetic mean, or None of no values."""
    numbers = list(values)
    return math.fsum(numbers) / len(numbers) if numbers else None


def percentile(values: Iterable[float], share: float) -> float | None:
    """Return the value below which ``share`` (0 to 1) of the values lie, interpolated linearly; None of no values."""
    ordered = sorted(values)
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    below, above = math.floor(place), math.ceil(place)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def auc(positives: Iterable[float], negatives: Iterable[float]) -> float | None:
    """Return the area under the ROC curve: how often a positive scores above a negative, a tie counting half.

    None where either class is empty.
    """
    ordered, scores = sorted(negatives), list(positives)
    if not ordered or not scores:
        return None
    wins = sum(bisect_left(ordered, score) + bisect_right(ordered, score) for score in scores)
    return wins / (2 * len(scores) * len(ordered))


def calibration(told: Sequence[tuple[float, bool]], bins: int = 10) -> list[dict[str, Any]]:
    """Set what likelihoods promise beside what came true, in bins of equal width; those without a value are left out.

    Each bin has its bounds ``from`` and ``to``, its ``count``, the mean likelihood ``expected`` and the share
    ``observed`` to be true.
    """
    groups: dict[int, list[tuple[float, bool]]] = {}
    for likelihood, true in told:
        groups.setdefault(min(int(likelihood * bins), bins - 1), []).append((likelihood, true))
    return [
        {
            "from": place / bins,
            "to": (place + 1) / bins,
            "count": len(group),
            "expected": math.fsum(likelihood for likelihood, _ in group) / len(group),
            "observed": sum(true for _, true in group) / len(group),
        }
        for place, group in sorted(groups.items())
    ]


def calibration_error(bins: Sequence[Mapping[str, Any]]) -> float | None:
    """Return the mean distance of what bins promise from what came true, each weighing its count; None of no bins.

    This is the expected calibration error (Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities
    using Bayesian binning", 2015).
    """
    count = sum(one["count"] for one in bins)
    return math.fsum(one["count"] * abs(one["expected"] - one["observed"]) for one in bins) / count if count else None


def f1(*, hits: int, false_alarms: int, misses: int) -> float | None:
    """Return the harmonic mean of precision and recall from counts; None where there was nothing to find."""
    return 2 * hits / (2 * hits + false_alarms + misses) if hits + misses else None


def hit_at(ranked: Sequence[str], gold: Collection[str], depth: int) -> bool:
    """Say whether one of the first ``depth`` is a gold one."""
    return any(item in gold for item in ranked[:depth])


def reciprocal_rank(ranked: Sequence[str], gold: Collection[str], depth: int = 10) -> float:
    """Return 1 over the rank (from 1) of the first gold one, or 0 where the first ``depth`` hold none."""
    return next((1 / rank for rank, item in enumerate(ranked[:depth], start=1) if item in gold), 0.0)


@dataclass(frozen=True, slots=True)
class Overlap:
    """How well quoted sentences cover the marked ones; each figure is 0 to 1."""

    precision: float
    recall: float
    f1: float


def sentence_overlap(quoted: Iterable[str], marked: Iterable[str]) -> Overlap:
    """Compare the sentences of an answer with the sentences marked as evidence, repetitions counted once.

    All three figures are 0 where nothing is quoted.
    """
    ours, theirs = {folded(text) for text in quoted}, {folded(text) for text in marked}
    found = sum(any(same_sentence(one, other) for other in theirs) for one in ours)
    covered = sum(any(same_sentence(one, other) for one in ours) for other in theirs)
    if not found:
        return Overlap(0.0, 0.0, 0.0)
    precision, recall = found / len(ours), covered / len(theirs)
    return Overlap(precision, recall, 2 * precision * recall / (precision + recall))


def same_sentence(one: str, other: str) -> bool:
    """Say whether two folded sentences are the same, or one is the other with a little around it."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= SAME_SENTENCE * len(longer) and shorter in longer


def folded(text: str) -> str:
    """Make texts comparable: one form of each character, every run of blanks one space, no blank edges."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def holds(text: str, wanted: str) -> bool:
    """Say whether ``wanted`` is in ``text``, letter case and the width of blanks aside."""
    return folded(wanted).casefold() in folded(text).casefold()
