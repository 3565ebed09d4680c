"""The two likelihoods that decide an answer: that a sentence belongs to it, and that the articles answer at all.

Both are logistic models over ``service.sentences.features``, one for questions on which the embedder votes and one for
those on which it does not. They were fitted on public question sets (ClapNQ, XQuAD) and on the starter questions.

Whoever changes what confidence comes to, here or in the features, raises ``SCORES`` in ``service.threshold``: what an
owner fitted on the confidences before is stale then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from operator import attrgetter, mul

from service.sentences.features import SentenceFeatures


class Model:
    """A logistic model: a bias, and the weights of the features that count, by name; there are two or more."""

    def __init__(self, bias: float, weights: Mapping[str, float]) -> None:
        self.bias, self.weights = bias, weights
        self._values, self._numbers = attrgetter(*weights), tuple(weights.values())

    def __call__(self, features: object) -> float:
        """Return a likelihood between 0 and 1."""
        total = self.bias + sum(map(mul, self._numbers, self._values(features)))
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


SENTENCE_DENSE = Model(
    -2.74,
    {
        "coverage": 0.48,
        "context": 2.03,
        "lacking_terms": -3.18,
        "similarity": 5.78,
        "words": 1.09,
        "least": 2.19,
        "fit": 0.39,
        "passage": -6.67,
        "behind": -17.27,
        "length": -0.6,
        "novelty": 0.82,
        "told": 0.28,
    },
)
SENTENCE_LEXICAL = Model(
    -0.86,
    {
        "coverage": 2.07,
        "context": 5.14,
        "lacking_terms": -7.58,
        "bigrams": 1.09,
        "fit": 0.69,
        "passage": -6.71,
        "behind": -13.16,
        "length": -0.47,
        "novelty": -0.87,
        "told": 0.41,
    },
)

ANSWER_DENSE = Model(
    -9.99,
    {"coverage": 0.66, "context": 1.98, "whole": 0.6, "around": 4.88, "beside": 8.72, "least": 2.94, "untold": -0.97},
)
ANSWER_LEXICAL = Model(
    -4.11,
    {"coverage": 4.56, "context": 2.24, "lacking": -2.39, "fit": 0.91, "lexical": 3.29, "told": 4.83, "untold": -0.7},
)
# Of a question in one language less is seen in an article in the other, also where it answers.
ANSWER_FOREIGN = Model(ANSWER_LEXICAL.bias + 1.2, ANSWER_LEXICAL.weights)

SENTENCE_WEIGHT, SENTENCE_SHIFT = 0.4, -0.15
"""The weight of the best sentence beside the whole evidence, which has 1; what the log odds are shifted by. Chosen."""
_LEAST_ODDS = 1e-4


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


def sentence_score(features: SentenceFeatures, *, votes: bool) -> float:
    """Return the likelihood that a sentence belongs to the answer; ``votes``: whether the embedder does."""
    return (SENTENCE_DENSE if votes else SENTENCE_LEXICAL)(features)


def confidence(features: AnswerFeatures, *, votes: bool, foreign: bool = False) -> float:
    """Return the likelihood that the evidence answers.

    ``votes``: whether the embedder does; ``foreign``: whether it is in another language than the question, and
    tells something of what is asked.
    """
    return (ANSWER_FOREIGN if foreign else ANSWER_DENSE if votes else ANSWER_LEXICAL)(features)


def with_sentence(likely: float, sentence: float) -> float:
    """Return the likelihood that the evidence answers, with that of its best sentence weighed in, where it votes.

    It is a weighted mean of both log odds, shifted so that the threshold keeps its place. Questions that people put in
    words of their own to articles they had not before them showed that the first alone trusts shared words too much.
    """
    mean = (_log_odds(likely) + SENTENCE_WEIGHT * _log_odds(sentence)) / (1 + SENTENCE_WEIGHT)
    return 1 / (1 + exp(-(mean + SENTENCE_SHIFT)))


def _log_odds(likely: float) -> float:
    return log((likely + _LEAST_ODDS) / (1 - likely + _LEAST_ODDS))
