"""The two likelihoods that decide an answer: that a sentence belongs to it, and that the articles answer at all.

Both are logistic models over ``service.sentences.features``, one for questions on which the embedder votes and one for
those on which it does not. They were fitted on public question sets (ClapNQ, XQuAD) and on the starter questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp

from service.sentences.features import SentenceFeatures

SCORES = "scores-1"
"""To be raised whenever the same question gets another confidence from the same articles: what an owner fitted on the
confidences before is stale then."""
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
SENTENCE_DENSE = Model(
    -2.74,
    (0.48, 2.03, 0.0, -3.18, 0.0, 0.0, 5.78, 1.09, 0.0, 0.0, 2.19, 0.39, -6.67, -17.27, -0.6, 0.82, 0.28, 0.0),
)
SENTENCE_LEXICAL = Model(
    -0.86,
    (2.07, 5.14, 0.0, -7.58, 0.0, 1.09, 0.0, 0.0, 0.0, 0.0, 0.0, 0.69, -6.71, -13.16, -0.47, -0.87, 0.41, 0.0),
)

# Order: see ``AnswerFeatures``.
ANSWER_DENSE = Model(-9.99, (0.66, 1.98, 0.0, 0.6, 0.0, 0.0, 0.0, 4.88, 8.72, 2.94, -0.97))
ANSWER_LEXICAL = Model(-4.11, (4.56, 2.24, -2.39, 0.0, 0.91, 3.29, 4.83, 0.0, 0.0, 0.0, -0.7))
# Of a question in one language less is seen in an article in the other, also where it answers.
ANSWER_FOREIGN = replace(ANSWER_LEXICAL, bias=ANSWER_LEXICAL.bias + 1.2)


@dataclass(frozen=True, slots=True)
class AnswerFeatures:
    """What the evidence holds of the question, all between 0 and 1 but for ``fit``.

    Most are the best sentence's, see ``SentenceFeatures`` for the words; ``lexical`` is its best passage's. ``around``
    and ``beside`` are the greatest of any sentence, each the mean of the feature and the sentence's ``similarity``.
    ``untold`` is 1 where a fact is asked for and the best sentence holds hardly anything of what is asked of a name.
    """

    coverage: float
    context: float
    lacking: float
    whole: float
    fit: float
    lexical: float
    told: float
    around: float
    beside: float
    least: float
    untold: float

    def values(self) -> tuple[float, ...]:
        """Return the features in a fixed order."""
        return tuple(getattr(self, name) for name in self.__slots__)


def sentence_score(features: SentenceFeatures, *, votes: bool) -> float:
    """Return the likelihood that a sentence belongs to the answer; ``votes``: whether the embedder does."""
    return (SENTENCE_DENSE if votes else SENTENCE_LEXICAL)(features.values())


def confidence(features: AnswerFeatures, *, votes: bool, foreign: bool = False) -> float:
    """Return the likelihood that the evidence answers.

    ``votes``: whether the embedder does; ``foreign``: whether it is in another language than the question, and
    tells something of what is asked.
    """
    return (ANSWER_FOREIGN if foreign else ANSWER_DENSE if votes else ANSWER_LEXICAL)(features.values())
