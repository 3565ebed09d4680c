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
from corpus.view import Card, View
from service.understand import Unit

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

K1, B = 1.2, 0.6
NAME = 1.5  # a proper name or a number weighs so much more than another word as rare
OTHER_NAME = 0.85  # another name of a unit counts a little less than the question's own word
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


class _All:
    """Every passage at its key, as if each had the typical length."""

    def __init__(self, size: int) -> None:
        self.size = size

    def find(self, posted: Keys) -> tuple[Rows, Rows | slice, Scores | float]:
        """Return the rows of those that are posted, which of the posted they are, and their length norms."""
        return posted, slice(None), K1


class _Some:
    """A few passages, a row for each."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self.size = len(cards)
        self._keys = np.fromiter((card.key for card in cards), np.int64, self.size)
        lengths = np.fromiter((card.length for card in cards), np.float32, self.size)
        self._norms: Scores = np.asarray(K1 * (1 - B + B * lengths / TYPICAL_LENGTH), np.float32)

    def find(self, posted: Keys) -> tuple[Rows, Rows | slice, Scores | float]:
        """Return the rows of those that are posted, which of the posted they are, and their length norms."""
        if not len(posted):
            return np.zeros(0, np.int64), slice(0), 0.0
        which = np.minimum(np.searchsorted(posted, self._keys), len(posted) - 1)
        rows = np.flatnonzero(posted[which] == self._keys)
        return rows, which[rows], self._norms[rows]


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
        terms = {term for unit in units for phrase in (unit.own, *unit.others) for term in phrase}
        counts, total = view.document_counts(terms.union(bigrams))
        return cls(
            [Weighed(unit, unit.weight * _rarity(_often(unit, counts), total)) for unit in units],
            view.postings(_phrases(units)),
            {pair: _rarity(counts.get(pair, 0), total) for pair in bigrams},
            view.pairs(bigrams),
        )

    def everywhere(self) -> Scores:
        """Return each passage's score at its key, as if all had the typical length; the array ends where all is 0."""
        keys = [posting.keys for posting in self._postings.values()] + list(self._pairs.values())
        return self._scores(_All(1 + max((int(some[-1]) for some in keys if len(some)), default=0)))

    def scores(self, cards: Sequence[Card]) -> Scores:
        """Return the share of the question's weight that each passage holds, 0 to 1; shape (n,)."""
        return self._scores(_Some(cards))

    def _scores(self, among: _All | _Some) -> Scores:
        weights = [item.weight * (NAME if item.unit.name else 1.0) for item in self.weighed]
        words, total = np.zeros(among.size, np.float32), sum(weights)
        for item, weight in zip(self.weighed, weights, strict=True):
            words += weight / total * self._presence(item.unit, among)
        pairs = sum(self.bigrams.values())
        if not pairs:
            return words
        held = np.zeros(among.size, np.float32)
        for pair, weight in self.bigrams.items():
            rows, *_ = among.find(self._pairs[pair])
            held[rows] += weight / pairs
        return (1 - BIGRAM_SHARE) * words + BIGRAM_SHARE * held

    def _presence(self, unit: Unit, among: _All | _Some) -> Scores:
        """Return 0 to 1: how firmly a unit stands in each passage, by any of its names."""
        best = np.zeros(among.size, np.float32)
        for phrase, share in ((unit.own, 1.0), *((other, OTHER_NAME) for other in unit.others)):
            rows, firm = self._firmness(phrase, among)
            best[rows] = np.maximum(best[rows], share * firm)
        if len(unit.own) > 1:
            apart = np.zeros(among.size, np.float32)
            for term in unit.own:
                rows, firm = self._firmness((term,), among)
                apart[rows] += firm / len(unit.own)
            best = np.maximum(best, PARTS * apart)
        return best

    def _firmness(self, phrase: Phrase, among: _All | _Some) -> tuple[Rows, Scores]:
        """Return the rows of the passages that hold a phrase, and how firmly it stands in each."""
        posting = self._postings[phrase]
        rows, which, norms = among.find(posting.keys)
        counts = posting.body[which]
        in_body = counts / (counts + norms)
        above = np.where(posting.title[which], TITLE, np.where(posting.headings[which], HEADING, 0.0))
        return rows, in_body + (1 - in_body) * above


def _phrases(units: Iterable[Unit]) -> list[Phrase]:
    """Return every name of every unit, and the words of longer ones."""
    words = [(term,) for unit in units if len(unit.own) > 1 for term in unit.own]
    return list(dict.fromkeys([*(phrase for unit in units for phrase in (unit.own, *unit.others)), *words]))


def _often(unit: Unit, counts: Mapping[str, int]) -> int:
    """Return in how many passages a unit may stand; what is unknown is no rarer than what stands in one."""
    return max(1, *(min(counts.get(term, 0) for term in phrase) for phrase in (unit.own, *unit.others)))


def _rarity(often: int, total: int) -> float:
    """Return BM25's weight of what stands in ``often`` of ``total`` passages."""
    return ln(1 + (total + IDF_PRIOR - often + 0.5) / (often + 0.5))
