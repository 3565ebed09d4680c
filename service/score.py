"""The two likelihoods that decide an answer: that a sentence belongs to it, and that the articles answer at all.

Both are logistic models over ``service.features``, one for questions on which the embedder votes and one for those on
which it does not. They were fitted on public question sets (ClapNQ, XQuAD) and on the starter questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from service.features import SentenceFeatures

THRESHOLD = 0.3
"""Least confidence of an answer; below it the articles are said not to answer."""


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: a bias, and one weight for each feature in its order."""

    bias: float
    weights: tuple[float, ...]

    def __call__(self, values: Sequence[float]) -> float:
        """Return a likelihood between 0 and 1."""
        total = self.bias + sum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


# Order: see ``SentenceFeatures``.
SENTENCE_DENSE = Model(-3.0, (1.95, 1.29, 0.0, 0.0, 0.0, 0.0, 6.46, 0.56, -5.45, -22.04, -0.08, 0.0, 0.36))
SENTENCE_LEXICAL = Model(-1.07, (2.59, 6.42, 0.0, -9.47, 0.0, 1.36, 0.0, 0.86, -8.39, -16.45, -0.59, -1.09, 0.51))

# Order: see ``AnswerFeatures``.
ANSWER_DENSE = Model(-8.07, (1.95, 1.75, -0.16, -5.58, 1.67, 2.11, 9.07, 0.51, 0.0, 0.0, 0.06))
ANSWER_LEXICAL = Model(-4.34, (4.56, 2.24, -2.39, -11.41, 0.0, 0.0, 0.0, 0.91, 3.29, 0.0, 4.83))


@dataclass(frozen=True, slots=True)
class AnswerFeatures:
    """What the best evidence holds of the question, all between 0 and 1; see ``SentenceFeatures`` for the words."""

    coverage: float
    context: float
    lacking: float
    lacking_terms: float
    whole: float
    similarity: float
    most_similarity: float
    fit: float
    lexical: float
    dense: float
    told: float

    def values(self) -> tuple[float, ...]:
        """Return the features in a fixed order."""
        return tuple(getattr(self, name) for name in self.__slots__)


def sentence_score(features: SentenceFeatures, *, votes: bool) -> float:
    """Return the likelihood that a sentence belongs to the answer; ``votes``: whether the embedder does."""
    return (SENTENCE_DENSE if votes else SENTENCE_LEXICAL)(features.values())


def confidence(features: AnswerFeatures, *, votes: bool) -> float:
    """Return the likelihood that the evidence answers; ``votes``: whether the embedder does."""
    return (ANSWER_DENSE if votes else ANSWER_LEXICAL)(features.values())
