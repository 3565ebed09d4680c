"""A word of a statement where its quotes have another one among the same words: "paid usually" for "paid partly"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from corpus.language import Analyzer, sentence_spans
from service.checks.alignment import SMALL_WEIGHT, Word, read
from service.text.quantities import is_spelled_quantity
from service.text.words import BEING_EN

_REACH = 3  # words on either side that make up a place
_LEAST = 1.25  # weight of the neighbours on both sides: a content word and a small one
# verbs that say little by themselves: "made a printing" for "printed"
_EMPTY = BEING_EN | frozenset(
    "give given gives happen happened happens made make makes making take taken takes took".split()
)
_CONFIRMED = 2  # words in a row of which each stands where the quotes have it


@dataclass(frozen=True, slots=True)
class Substituted:
    """The ordinary word that a statement says, and the one that a sentence of its quotes has in its place."""

    said: str
    shown: str
    sentence: str


def substituted(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> list[Substituted]:
    """Return what a statement says otherwise, word by word, than the sentence of the quotes that is most like it.

    Both must be in one language. A word that any sentence has among the same words as the statement is not otherwise.
    """
    said = read(statement, analyzer)
    sentences = [span.of(quote) for quote in quotes for span in sentence_spans(quote)]
    aligned = [_Aligned.of(said, sentence, read(sentence, analyzer)) for sentence in sentences]
    confirmed = {place for one in aligned for place in one.confirmed()}
    best = max(aligned, key=_Aligned.shared, default=None)
    if not best:
        return []
    found = [other for place, other in best.substituted() if place not in confirmed]
    return found + [other for other in best.counted() if other not in found]


@dataclass(frozen=True, slots=True)
class _Aligned:
    """The words of a statement beside those of a sentence; ``steps`` lead from the ones to the others."""

    said: Sequence[Word]
    shown: Sequence[Word]
    sentence: str
    steps: Sequence[tuple[str, int, int, int, int]]

    @classmethod
    def of(cls, said: Sequence[Word], sentence: str, shown: Sequence[Word]) -> "_Aligned":
        matcher = SequenceMatcher(None, [word.key for word in said], [word.key for word in shown], autojunk=False)
        return cls(said, shown, sentence, matcher.get_opcodes())

    def shared(self) -> int:
        """Return how many words that carry content both have in the same order."""
        return sum(not word.small for tag, a, b, *_ in self.steps if tag == "equal" for word in self.said[a:b])

    def confirmed(self) -> Iterator[int]:
        """Yield the places of the statement's words that stand here among the same words."""
        return (
            place for tag, a, b, *_ in self.steps if tag == "equal" and b - a >= _CONFIRMED for place in range(a, b)
        )

    def substituted(self) -> Iterator[tuple[int, Substituted]]:
        """Yield the place of each word that is another one here, with both."""
        for tag, *ends in self.steps:
            if tag != "replace" or not self._is_same_place(*ends):
                continue
            first, last, begin, end = ends
            said = [place for place in range(first, last) if not self.said[place].small]
            shown = [word for word in self.shown[begin:end] if not word.small]
            if len(said) == len(shown) == 1 and _is_ordinary(self.said[said[0]]) and _is_ordinary(shown[0]):
                yield said[0], Substituted(self.said[said[0]].text, shown[0].text, self.sentence)

    def counted(self) -> Iterator[Substituted]:
        """Yield the word right behind a number that has another one behind it here; neither stands on both sides."""
        own, others = {word.key for word in self.said}, {word.key for word in self.shown}
        for one, said in pairwise(self.said):
            if one.kind != "number" or not _is_ordinary(said) or said.small or said.key in others:
                continue
            behind = [shown for other, shown in pairwise(self.shown) if other.key == one.key]
            if len(behind) == 1 and _is_ordinary(behind[0]) and not behind[0].small and behind[0].key not in own:
                yield Substituted(said.text, behind[0].text, self.sentence)

    def _is_same_place(self, first: int, last: int, begin: int, end: int) -> bool:
        """Whether enough of the same words stand right before and right behind two stretches."""
        before = _weight(zip(reversed(self.said[:first]), reversed(self.shown[:begin]), strict=False))
        behind = _weight(zip(self.said[last:], self.shown[end:], strict=False))
        opens, closes = first == begin == 0, last == len(self.said) and end == len(self.shown)
        return (before > 0 or opens) and (behind > 0 or closes) and before + behind >= _LEAST


def _is_ordinary(word: Word) -> bool:
    return word.kind is None and word.text.lower() not in _EMPTY and not is_spelled_quantity(word.text)


def _weight(pairs: Iterator[tuple[Word, Word]]) -> float:
    total = 0.0
    for count, (one, other) in enumerate(pairs):
        if count == _REACH or one.key != other.key:
            break
        total += SMALL_WEIGHT if one.small else 1.0
    return total
