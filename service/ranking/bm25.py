"""How much of a question passages hold by words: a BM25 whose units are the question's, each held by any of its names.

Scores are added up unit by unit over the passages that hold one, so what holds nothing costs nothing ("term at a
time", as in Turtle and Flood, "Query evaluation: strategies and optimizations", 1995).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log as ln

import numpy as np
import numpy.typing as npt

from corpus.glossary import Phrase
from corpus.postings import Keys, Postings
from corpus.view import View
from service.question.units import Unit, terms_of

Scores = npt.NDArray[np.float32]

K1, B = 1.2, 0.6
NAME = 1.5  # a proper name or a number weighs so much more than another word as rare
OTHER_NAME = 0.85  # another name of a unit counts a little less than the question's own word
ABROAD = 0.7  # what it means in the other language, where it is an ordinary word
TITLE, HEADING = 0.5, 0.4  # a unit that only the title or a heading holds counts by this much
PARTS = 0.7  # a unit of several words whose words stand apart counts by this much
BIGRAM_SHARE = 0.3  # of the score of Chinese, by neighbouring characters instead of words
TYPICAL_LENGTH = 150  # words of a passage
IDF_PRIOR = 20  # passages that a small library is thought to lie among, so that its counts don't rule alone


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit of the question with its weight in this library: rare units weigh more."""

    unit: Unit
    weight: float


class LexicalScorer:
    """Scores how much of a question's weight passages hold, with BM25's saturation and length norm.

    ``postings`` tell of every name of every unit, and of the words of longer ones, which passages hold them; ``pairs``
    the same of pairs of Chinese characters, whose weights are in ``bigrams``.
    """

    def __init__(
        self,
        weighed: Sequence[Weighed],
        postings: Mapping[Phrase, Postings],
        bigrams: Mapping[str, float],
        pairs: Mapping[str, Keys],
    ) -> None:
        self.weighed, self.bigrams = weighed, bigrams
        self._postings, self._pairs = postings, pairs

    @classmethod
    def of(cls, units: Sequence[Unit], bigrams: Sequence[str], view: View) -> "LexicalScorer":
        """Weigh a question's units and character pairs in a library, by how rare they are among its passages."""
        counts, total = view.document_counts(terms_of(units).union(bigrams))
        return cls(
            [Weighed(unit, unit.weight * _rarity(_often(unit, counts), total)) for unit in units],
            view.postings(_phrases(units)),
            {pair: _rarity(counts.get(pair, 0), total) for pair in bigrams},
            view.pairs(bigrams),
        )

    @property
    def shares(self) -> Scores:
        """The units' shares of the question's weight, of shape (units,)."""
        weights = np.array([item.weight * (NAME if item.unit.name else 1.0) for item in self.weighed], np.float32)
        return weights / (weights.sum() or 1.0)

    def presences(self, lengths: Scores) -> Scores:
        """Return 0 to 1: how firmly each unit stands in each passage, of shape (units, greatest key + 1).

        ``lengths`` are the passages' numbers of words at their keys, of shape (greatest key + 1,).
        """
        held = np.zeros((len(self.weighed), len(lengths)), np.float32)
        for item, row in zip(self.weighed, held, strict=True):
            self._mark(item.unit, lengths, row)
        return held

    def scores(self, presences: Scores) -> Scores:
        """Return the share of the question's weight that each passage holds, 0 to 1, at its key."""
        words: Scores = self.shares @ presences
        pairs = sum(self.bigrams.values())
        if not pairs:
            return words
        held = np.zeros(len(words), np.float32)
        for pair, weight in self.bigrams.items():
            held[self._pairs[pair]] += weight / pairs
        return (1 - BIGRAM_SHARE) * words + BIGRAM_SHARE * held

    def _mark(self, unit: Unit, lengths: Scores, best: Scores) -> None:
        """Note in ``best``, which is all 0, how firmly a unit stands in each passage by any of its names."""
        others = [(other, OTHER_NAME) for other in unit.others] + [(meant, ABROAD) for meant in unit.abroad]
        for phrase, share in ((unit.own, 1.0), *others):
            if len(self._postings[phrase].keys):
                keys, firm = self._firmness(phrase, lengths)
                best[keys] = np.maximum(best[keys], share * firm)
        if len(unit.own) > 1:
            apart = np.zeros(len(lengths), np.float32)
            for term in unit.own:
                keys, firm = self._firmness((term,), lengths)
                apart[keys] += firm / len(unit.own)
            np.maximum(best, PARTS * apart, out=best)

    def _firmness(self, phrase: Phrase, lengths: Scores) -> tuple[Keys, Scores]:
        """Return the keys of the passages that hold a phrase, and how firmly it stands in each."""
        posting = self._postings[phrase]
        norms = K1 * (1 - B + B / TYPICAL_LENGTH * lengths[posting.keys])
        in_body = posting.body / (posting.body + norms)
        above = np.where(posting.title, TITLE, np.where(posting.headings, HEADING, 0.0))
        return posting.keys, np.asarray(in_body + (1 - in_body) * above, np.float32)


def _phrases(units: Iterable[Unit]) -> list[Phrase]:
    """Return every name of every unit, and the words of longer ones."""
    words = [(term,) for unit in units if len(unit.own) > 1 for term in unit.own]
    return list(dict.fromkeys([*(phrase for unit in units for phrase in unit.phrases), *words]))


def _often(unit: Unit, counts: Mapping[str, int]) -> int:
    """Return in how many passages a unit may stand; what is unknown is no rarer than what stands in one."""
    return max(1, *(min(counts.get(term, 0) for term in phrase) for phrase in unit.phrases))


def _rarity(often: int, total: int) -> float:
    """Return BM25's weight of what stands in ``often`` of ``total`` passages."""
    return ln(1 + (total + IDF_PRIOR - often + 0.5) / (often + 0.5))
