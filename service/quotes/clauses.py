"""Of whom the clause tells that a date or a number stands in.

"China joined in 2017, and the MHRA became a member in 2022" has a date for each, and "Roche opened an office in
Ulverby in 2004" does not say when Ulverby was opened.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from corpus.article import Span
from corpus.language import Analyzer
from service.question.units import terms_of
from service.text.mentions import name_spans
from service.understand import Understood

_CLAUSE = re.compile(
    r"[;；。]|, (?=(?:and|but|while|whereas|which|who|where|when|then|after|before|since)\b)"
    r"|\b(?=(?:but|while|whereas|before|after|since (?!(?:about |around )?\d))\b)"
)
_JOINER = r"[\s,;]*(?:(?:and|but|then|before|after|since|when|while|where|later|also)\b[\s,]*)*"
_AUXILIARY = r"(?:was|were|is|are|has|had|have|been|being|became|began|did|does|will)"
# no subject of its own: "and was closed in 2016", "which closed", "after it was closed"
_GOES_ON = re.compile(
    rf"{_JOINER}(?:(?:who|which|it|they|he|she)\b"
    r"|.*\b(?:it|them|him|her)\b"  # what is done to it
    rf"|(?:(?:that|this) )?(?:[a-z]+ly )?(?:{_AUXILIARY}\b|[a-z]+(?:ed|ing)\b))",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?: (?:has|had|have|also|later|first|then|itself|recently|soon))*\s")
_PLACED = re.compile(r"\b(?:in|at|near|from|to|of|on|for|outside|around)(?: the)?(?: [a-z]+)? $", re.IGNORECASE)


def clauses_of(text: str) -> list[Span]:
    """Return the clauses of a sentence in order; without any mark of one, that is all of it."""
    cuts = [0, *(m.start() for m in _CLAUSE.finditer(text) if m.start()), len(text)]
    return [Span(a, b) for a, b in pairwise(cuts)]


def tells_of_asked(place: Span, text: str, question: Understood, analyzer: Analyzer) -> bool:
    """Whether the clause that ``place`` stands in tells what is asked of whom it is asked, as far as words show it."""
    clause = next(c for c in clauses_of(text) if c.start <= place.start < c.end)
    names = terms_of(unit for unit in question.units if unit.proper)
    told = terms_of(unit for unit in question.units if not unit.name)
    here, everywhere = set(analyzer.terms(clause.of(text))), set(analyzer.terms(text))
    if told & everywhere and not told & here:
        return False
    if names & everywhere and not names & here and not _GOES_ON.match(clause.of(text)):
        return False
    return not _another_does(clause.of(text), names, told, analyzer)


def _another_does(clause: str, names: Iterable[str], told: Iterable[str], analyzer: Analyzer) -> bool:
    """Whether what is asked is done there by another name, and the one asked about only says where or of what."""
    asked = set(names)
    spans = name_spans(clause)
    own = [span for span in spans if asked & set(analyzer.terms(span.of(clause)))]
    if not own or not all(_PLACED.search(clause[: span.start]) for span in own):
        return False
    verbs = [token.span for token in analyzer.tokens(clause) if token.term in set(told)]
    others = [span for span in spans if span not in own]
    return any(_BETWEEN.fullmatch(clause, other.end, verb.start) for other in others for verb in verbs)
