"""Of what a number is told: the clause of the quotes that has it, against the one that has the words around it.

In "Brill opened in 1998, and Norvane bought it in 2007" both years stand; which is whose, only their clauses tell.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.language import Analyzer, sentence_spans
from service.text.quantities import Number, Value, numbers
from service.text.wording import SMALL_WORDS, fold

_ENDS = re.compile(
    r"(?<!\d),(?=\s)(?!\s+\d{4}\b)|[;:.](?=\s|$)|\s[—–]\s|[，；：。]"
    r"|\b(?:and|but|while|whereas|because|since|which|who|when|after|before|although|though)\b"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d年?")
_LEAST = 2  # words that a clause must share with a part of a statement to tell what that is about

Shared = Callable[[str, str], int]
"""How many words of a part of a statement a clause of the quotes says."""


@dataclass(frozen=True, slots=True)
class Place:
    """A number of a statement as written, which the quotes tell of the same ("here").

    Or it is "exchanged": its clause has another number of the statement, which stands there in its place. ``rivals``
    are the numbers of the quotes that may have stood in its place.
    """

    number: str
    told: Literal["here", "exchanged"]
    rivals: frozenset[Value]


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with the values of its numbers, and which of these are years."""

    text: str
    has: frozenset[Value]
    years: frozenset[Value]

    def rivals(self, part: "_Clause", number: Number) -> bool:
        """Whether it has other numbers of the sort of one in a part of the statement, and none of that part's."""
        sort = self.years if _YEAR.fullmatch(number.text) else self.has - self.years
        return bool(sort) and self.has.isdisjoint(part.has)


def number_places(statement: str, quotes: Sequence[str], shared: Shared) -> Iterator[Place]:
    """Yield the numbers of a statement of which the clauses of a sentence of the quotes tell what they are told of."""
    sentences = [_clauses(span.of(quote)) for quote in quotes for span in sentence_spans(quote)]
    said = [(part, number) for part in _clauses(statement) for number in numbers(part.text)]
    nearest = list[tuple[Number, frozenset[Value]]]()  # with the numbers that the quotes have in its place
    for part, number in said:
        if sum(not number.values.isdisjoint(other.values) for _, other in said) > 1:
            continue
        rivals = [clause for clauses in sentences for clause in clauses if clause.rivals(part, number)]
        anywhere = max((shared(part.text, clause.text) for clause in rivals), default=0)
        for clauses in sentences:
            own = [clause for clause in clauses if not clause.has.isdisjoint(number.values)]
            others = [clause for clause in clauses if clause.rivals(part, number)]
            if not own or not others:
                continue
            most, other = max(((shared(part.text, clause.text), clause) for clause in others), key=lambda it: it[0])
            least = max(shared(part.text, clause.text) for clause in own)
            if least >= _LEAST and least >= 2 * anywhere:
                yield Place(number.text, "here", frozenset[Value]().union(*(clause.has for clause in others)))
            elif not least and most >= _LEAST:
                nearest.append((number, other.has))
    for number, there in nearest:
        if any(not (there.isdisjoint(one.values) or shows.isdisjoint(number.values)) for one, shows in nearest):
            yield Place(number.text, "exchanged", there)


def words_shared(analyzer: Analyzer) -> Shared:
    """Return how words with content are counted that two texts in one language share, but for amounts."""

    def shared(part: str, clause: str) -> int:
        return len(_content(part, analyzer) & _content(clause, analyzer))

    return shared


@lru_cache(maxsize=4096)
def _content(text: str, analyzer: Analyzer) -> frozenset[str]:
    words = [(token.term, fold(token.span.of(text))) for token in analyzer.tokens(text)]
    units = {place + 1 for place, (_, word) in enumerate(words) if word[0].isdigit()}
    return frozenset(
        term
        for place, (term, word) in enumerate(words)
        if place not in units and word not in SMALL_WORDS and not word[0].isdigit()
    )


@lru_cache(maxsize=4096)
def _clauses(text: str) -> tuple[_Clause, ...]:
    found = list[_Clause]()
    for part in _ENDS.split(text):
        if part.strip():
            said = numbers(part)
            years = frozenset(value for number in said if _YEAR.fullmatch(number.text) for value in number.values)
            found.append(_Clause(part, frozenset(value for number in said for value in number.values), years))
    return tuple(found)
