"""The two likelihoods that decide an answer: that a sentence belongs to it, and that the articles answer at all.

Both are logistic models over ``service.features``, one for questions on which the embedder votes and one for those on
which it does not. They were fitted on public question sets (ClapNQ, XQuAD) and on the starter questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from service.features import SentenceFeatures

THRESHOLD = 0.34
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
SENTENCE_DENSE = Model(-5.65, (2.02, 3.99, 2.24, 0.16, 0.0, 0.0, 4.87, 0.59, -2.5, -13.6, -0.5, 0.0))
SENTENCE_LEXICAL = Model(-2.64, (3.81, 3.46, 0.17, -3.03, 0.0, 1.21, 0.0, 0.82, -4.07, -11.4, -0.18, -0.57))

# Order: see ``AnswerFeatures``.
ANSWER_DENSE = Model(-6.05, (2.03, 1.43, -0.87, 0.0, 1.48, 3.01, 3.05, 0.6, 0.0, 2.23))
ANSWER_LEXICAL = Model(-2.1, (2.51, 2.71, -2.55, -1.43, 0.58, 0.0, 0.0, 0.1, 2.36, 0.0))


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

    def values(self) -> tuple[float, ...]:
        """Return the features in a fixed order."""
        return tuple(getattr(self, name) for name in self.__slots__)


def sentence_score(features: SentenceFeatures, *, votes: bool) -> float:
    """Return the likelihood that a sentence belongs to the answer; ``votes``: whether the embedder does."""
    return (SENTENCE_DENSE if votes else SENTENCE_LEXICAL)(features.values())


def confidence(features: AnswerFeatures, *, votes: bool) -> float:
    """Return the likelihood that the evidence answers; ``votes``: whether the embedder does."""
    return (ANSWER_DENSE if votes else ANSWER_LEXICAL)(features.values())
