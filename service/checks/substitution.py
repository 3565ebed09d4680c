"""A word of a statement where its quotes have another one among the same words: "paid usually" for "paid partly"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from corpus.language import Analyzer, sentence_spans
from service.checks.alignment import SMALL_WEIGHT
from service.checks.reading import Word, read
from service.text.quantities import is_spelled_quantity
from service.text.words import BEING_EN

_REACH = 3  # words on either side that make up a place
_LEAST = 1.25  # weight of the neighbours on both sides: a content word and a small one
# verbs that say little by themselves: "made a printing" for "printed"
_EMPTY = BEING_EN | frozenset(
    "give given gives happen happened happens made make makes making take taken takes took".split()
)
_LONGEST_RUN = 4  # parts of a Chinese word that stands in the place of another
_ARTICLES = frozenset({"a", "an", "the"})
_STATES = frozenset("effect force operation place use".split())
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
            if len(said) == len(shown) == 1:
                if _is_ordinary(self.said[said[0]]) and _is_ordinary(shown[0]) and self._is_of_one_shape(*ends):
                    yield said[0], Substituted(self.said[said[0]].text, shown[0].text, self.sentence)
            elif _is_chinese_run(self.said[first:last]) and _is_chinese_run(self.shown[begin:end]):
                one, other = (
                    "".join(word.text for word in run) for run in (self.said[first:last], self.shown[begin:end])
                )
                yield first, Substituted(one, other, self.sentence)

    def _is_of_one_shape(self, first: int, last: int, begin: int, end: int) -> bool:
        """Whether the small words of two stretches are the same: "a year" does not stand in the place of "to pay it".

        Nor does a state that something is in, "in force", stand for anything but that it is so.
        """
        one, other = (
            {word.text.lower() for word in run if word.small} - _ARTICLES
            for run in (self.said[first:last], self.shown[begin:end])
        )
        behind_in = first > 0 and self.said[first - 1].text.lower() == "in"
        return one == other and not (behind_in and self.said[first].text.lower() in _STATES)

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
        before = _weight(self.said[:first][::-1], self.shown[:begin][::-1])
        behind = _weight(self.said[last:], self.shown[end:])
        opens, closes = first == begin == 0, last == len(self.said) and end == len(self.shown)
        return (before > 0 or opens) and (behind > 0 or closes) and before + behind >= _LEAST


def _is_ordinary(word: Word) -> bool:
    return word.kind is None and word.text.lower() not in _EMPTY and not is_spelled_quantity(word.text)


def _is_chinese_run(run: Sequence[Word]) -> bool:
    """Whether some words are one longer Chinese one, as it may be cut: 合同研究组织."""
    return 0 < len(run) <= _LONGEST_RUN and not any(word.small or word.kind or word.text.isascii() for word in run)


def _weight(said: Sequence[Word], shown: Sequence[Word]) -> float:
    """Weigh the words that two rows begin with alike; one Chinese word more may stand among those of the quotes."""
    total, at, more = 0.0, 0, 0
    for one in said[:_REACH]:
        ahead = [word.key for word in shown[at : at + 2]]
        if not more and len(ahead) == 2 and ahead[1] == one.key != ahead[0] and not ahead[0].isascii():
            more, at = 1, at + 1
        elif ahead[:1] != [one.key]:
            break
        at += 1
        total += SMALL_WEIGHT if one.small else 1.0
    return total
