"""Fitting the threshold of confidence on a question set, and what to expect of it on new questions.

The threshold makes the share of false answers and the share of false refusals together least. Thresholds that are worse
than the best by no more than one question's share are taken as equally good; of the widest stretch of these the middle
is taken, so that no single question decides and the threshold lies far from the confidences on both sides. What it
gives on the questions that it was fitted on is better than what it will give; so its errors are estimated by
cross-validation, each question judged by a threshold that was fitted without it (Stone, "Cross-validatory choice and
assessment of statistical predictions", 1974).
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from corpus.errors import BadInput
from service.threshold import Fitted

LEAST = 10  # questions of each kind: fewer tell nothing
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Errors:
    """How many unanswerable questions were answered, and how many answerable ones refused."""

    false_answers: int
    false_refusals: int
    unanswerable: int
    answerable: int

    @property
    def false_answer_rate(self) -> float:
        """The share of the unanswerable questions, 0 to 1."""
        return self.false_answers / self.unanswerable

    @property
    def false_refusal_rate(self) -> float:
        """The share of the answerable questions, 0 to 1."""
        return self.false_refusals / self.answerable

    @property
    def together(self) -> float:
        """Both rates added, 0 to 2; 1 is what answering everything gives, or nothing."""
        return self.false_answer_rate + self.false_refusal_rate

    def __add__(self, other: "Errors") -> "Errors":
        return Errors(
            self.false_answers + other.false_answers,
            self.false_refusals + other.false_refusals,
            self.unanswerable + other.unanswerable,
            self.answerable + other.answerable,
        )


def errors_at(threshold: float, answerable: Sequence[float], unanswerable: Sequence[float]) -> Errors:
    """Count the errors of a threshold on the confidences of answerable and unanswerable questions, both in order."""
    return Errors(
        len(unanswerable) - bisect_left(unanswerable, threshold),
        bisect_left(answerable, threshold),
        len(unanswerable),
        len(answerable),
    )


def choose(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """Return the threshold that parts the confidences of answerable from those of unanswerable questions best.

    Both hold values from 0 to 1 and are not empty; the threshold lies between 0 and 1.
    """
    sure, unsure = sorted(answerable), sorted(unanswerable)
    edges = sorted({0.0, *sure, *unsure, 1.0})
    # Every threshold between two neighbours decides alike.
    costs = {(low, high): errors_at((low + high) / 2, sure, unsure).together for low, high in pairwise(edges)}
    enough = min(costs.values()) + 1 / max(len(sure), len(unsure)) + 1e-9
    stretches: list[tuple[float, float]] = []
    for (low, high), cost in costs.items():
        if cost <= enough:
            joins = bool(stretches) and stretches[-1][1] == low
            stretches.append((stretches.pop()[0] if joins else low, high))
    low, high = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return (low + high) / 2


def expected(answerable: Sequence[float], unanswerable: Sequence[float]) -> Errors:
    """Estimate the errors on new questions: each is judged by a threshold chosen without it and its fold."""
    folds = []
    for fold in range(FOLDS):
        sure, held_sure = _parted(answerable, fold)
        unsure, held_unsure = _parted(unanswerable, fold)
        folds.append(errors_at(choose(sure, unsure), sorted(held_sure), sorted(held_unsure)))
    return sum(folds[1:], folds[0])


def _parted(values: Sequence[float], fold: int) -> tuple[list[float], list[float]]:
    """Part values into those outside a fold and those in it."""
    return [v for i, v in enumerate(values) if i % FOLDS != fold], list(values[fold::FOLDS])


def fit(
    answerable: Sequence[float], unanswerable: Sequence[float], *, scores: str, questions: str, digest: str, day: date
) -> Fitted:
    """Fit the threshold on the confidences of a question set's questions, in the order of the set.

    Raises BadInput where there are too few of one kind, or where no threshold does better than answering everything.
    """
    for what, held in (("answerable", answerable), ("unanswerable", unanswerable)):
        if len(held) < LEAST:
            raise BadInput(
                f"{questions} holds {len(held)} {what} questions: to fit a threshold it takes {LEAST} or more of each "
                "kind, answerable and unanswerable"
            )
    value = choose(answerable, unanswerable)
    if errors_at(value, sorted(answerable), sorted(unanswerable)).together >= 1:
        raise BadInput(
            f"no threshold tells the answerable questions of {questions} from the unanswerable: check 'answerable' in "
            "it, and that its articles are those that are held"
        )
    new = expected(answerable, unanswerable)
    return Fitted(
        value=round(value, 6),
        scores=scores,
        questions=questions,
        digest=digest,
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        false_answer_rate=new.false_answer_rate,
        false_refusal_rate=new.false_refusal_rate,
        day=day.isoformat(),
    )
