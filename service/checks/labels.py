"""A description under a label ("Phase II: safety and dose"): whether the quotes have it under that label too.

A list of a model puts what it tells of several things each under its name, and may put it under the wrong one.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from corpus.language import CHINESE_CHAR, Analyzer, sentence_spans
from service.text.wording import SMALL_WORDS, fold

_LABELLED = re.compile(r"(?P<label>[^:：。.;；\n]{1,60}?)\s*(?:[:：]|\s[–—-]\s)\s*(?P<told>\S.*)", re.DOTALL)
_PART_ENDS = re.compile(r"[,;:](?=\s)|\.\s|\b(?:and|while|whereas|but)\b|[，；：。、]")
_NUMERAL = re.compile(r"(?<![A-Za-z])(?:[IVX]{2,4}(?![A-Za-z])|[A-Z](?=[类期型级组])|(?<=[a-z] )[A-Z](?![A-Za-z]))")
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z]{2,8}(?=s?(?![A-Za-z]))")

Label = Literal["another", "unknown"]


def mislabelled(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> Label | None:
    """Say whether the quotes have what a statement tells under a label under another one.

    "another" where both labels have a short form or a numeral of their own, "unknown" where they have no word in
    common; None where the label is theirs, and where the statement has none.
    """
    match = _LABELLED.fullmatch(statement.strip())
    if not match:
        return None
    label, told = match["label"], match["told"]
    if any(_clash(label, names) for names in _names_of(told, quotes, analyzer)):
        return "another"
    words, sentences = _words(told, analyzer), [span.of(quote) for quote in quotes for span in sentence_spans(quote)]
    under, apart = set[str](), set[str]()
    for sentence in sentences:
        own = _LABELLED.fullmatch(sentence)
        alike = not own or _alike(label, own["label"], analyzer)
        (under if alike else apart).update(_words(sentence, analyzer))
    return "unknown" if (words & apart) - under else None


def _names_of(told: str, quotes: Sequence[str], analyzer: Analyzer) -> Iterator[str]:
    """Yield what the quotes name where they tell the same: in the part that has most of it, or in those before it."""
    words = _words(told, analyzer)
    rows = [[part for part in _PART_ENDS.split(quote) if part.strip()] for quote in quotes]
    shared = [(len(words & _words(part, analyzer)), row, place) for row in rows for place, part in enumerate(row)]
    most = max((count for count, _, _ in shared), default=0)
    best = [(row, place) for count, row, place in shared if count == most and count > 1]
    names = [_nearest(row[: place + 1], told) for row, place in best]
    if len(set(names)) == 1:  # else it is told of several
        yield names[0]


def _nearest(parts: Sequence[str], told: str) -> str:
    """Return the last of some parts that names anything which is not named in what is told."""
    known = _marks(told)
    return next((part for part in reversed(parts) if any(map(set.difference, _marks(part), known))), "")


def _alike(label: str, other: str, analyzer: Analyzer) -> bool:
    return not _words(label, analyzer).isdisjoint(_words(other, analyzer)) and not _clash(label, other)


def _clash(label: str, other: str) -> bool:
    """Whether each of two has a short form, or a numeral, that the other lacks."""
    return any(one - two and two - one for one, two in zip(_marks(label), _marks(other), strict=True))


def _marks(text: str) -> tuple[set[str], set[str]]:
    numerals = set(_NUMERAL.findall(text))
    return numerals, set(_ACRONYM.findall(text)) - numerals


def _words(text: str, analyzer: Analyzer) -> set[str]:
    if CHINESE_CHAR.search(text):  # words may be cut otherwise in another sentence
        plain = "".join(filter(str.isalnum, text))
        return {plain[at : at + 2] for at in range(max(1, len(plain) - 1))}
    return {token.term for token in analyzer.tokens(text) if fold(token.span.of(text)) not in SMALL_WORDS}
