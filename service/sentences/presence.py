"""Whether a unit of a question stands in a text, by its own words or by another name."""

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches

from corpus.glossary import holds, occurrences
from corpus.language import CHINESE_CHAR, Analyzer
from service.question.units import Unit
from service.ranking.bm25 import ABROAD, OTHER_NAME, PARTS
from service.text.mentions import name_spans

NAMED = 0.5
"""Least presence of what is there itself."""
_DEFINITE = re.compile(r"\bthe ([a-z]{4,})\b")
_PARTS_OF_NAME = 0.4  # a name whose words stand apart is hardly that name: another university of Nanjing is not its own


def presence(unit: Unit, terms: Sequence[str]) -> float:
    """Return 0 to 1: whether a unit stands among ``terms``, by its own words or another name."""
    if holds(unit.own, terms):
        return 1.0
    best = max(_as_other(unit, terms), _within_a_word(unit.own, terms))
    if len(unit.own) == 1 or (unit.term and not all(part in terms for part in unit.own)):
        return best  # "executive" alone is no chief executive
    apart = _PARTS_OF_NAME if unit.name else PARTS
    return max(best, apart * sum(part in terms for part in unit.own) / len(unit.own))


def _within_a_word(own: Sequence[str], terms: Sequence[str]) -> float:
    """Return how firmly a word of one Chinese character stands as part of one of two: 治 in 治疗."""
    word = own[0]
    if len(own) > 1 or len(word) > 1 or not CHINESE_CHAR.match(word):
        return 0.0
    return PARTS if any(len(term) == 2 and word in term for term in terms) else 0.0


def _as_other(unit: Unit, terms: Sequence[str]) -> float:
    if any(holds(other, terms) for other in unit.others):
        return OTHER_NAME
    return ABROAD if any(holds(meant, terms) for meant in unit.abroad) else 0.0


def stands_as_name(unit: Unit, terms: Sequence[str]) -> bool:
    """Whether a name stands there, also in another form; its words apart may be of another name."""
    return presence(unit, terms) >= NAMED or (len(unit.own) == 1 and resembles(unit.own, terms))


def is_unreadable(unit: Unit, terms: Sequence[str]) -> bool:
    """Whether it can't be told if a unit stands in a text of the other language, whose index terms are ``terms``.

    That is a word with no known meaning there, or a name in Latin script that the text may write in characters.
    """
    if len(unit.phrases) > 1:
        return False
    written = unit.surface.isascii() and (unit.name or any(map(str.isdigit, unit.surface)))
    return not (written and (not unit.proper or stands_as_name(unit, terms)))


def recurs(unit: Unit, terms: Sequence[str]) -> float:
    """Return 0 to 1: whether a unit is a topic of a text, named more than once; a passing mention is none.

    Several words are a topic also where they are said once, or apart; but a term's words apart are other things.
    """
    times = sum(occurrences(phrase, terms) for phrase in set(unit.phrases))
    topic = times > 1 or (len(unit.own) > 1 and (times > 0 or not unit.term))
    return presence(unit, terms) if topic else 0.0


def names_there(question: str, text: str) -> frozenset[str]:
    """Return the words that a question says with "the" and that a text has as names alone: "the valley", the Valley."""
    said = frozenset(_DEFINITE.findall(question))
    return frozenset(
        word
        for word in said
        if not re.search(rf"\b{word}\b", text) and len(re.findall(rf"(?<=[a-z,] ){word.title()}\b", text)) > 1
    )


def names_in_full(names: Collection[str], text: str, analyzer: Analyzer) -> frozenset[str]:
    """Return the index terms of names that begin with one of ``names``, themselves index terms.

    Where "Ulverby Science Park" stands "the park" is another name of Ulverby.
    """
    found = (analyzer.terms(span.of(text)) for span in (name_spans(text) if names else ()))
    return frozenset(term for first, *more in filter(None, found) if first in names for term in more)


def resembles(own: Sequence[str], terms: Sequence[str]) -> bool:
    """Whether a name stands in another form ("Californian") or with a slip of the pen ("Carslbad").

    Short names are left alone: Suzhou and Xuzhou are two places.
    """
    known = set(terms)
    return all(
        word in known or (len(word) > 6 and bool(get_close_matches(word, _alike(word, known), n=1, cutoff=0.8)))
        for word in own
    )


def _alike(word: str, terms: Collection[str]) -> set[str]:
    return {term for term in terms if term[0] == word[0]}
