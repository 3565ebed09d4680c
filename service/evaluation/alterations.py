"""Statements made false on purpose, to measure whether the check of statements notices.

A fact is changed by rules of this module's own, simpler than those that read facts in ``service.verify``: shared rules
would be blind in the same places on both sides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

from service.text.months import MONTHS
from service.text.words import STOP_EN

AlterationKind = Literal["number", "date", "name", "negation"]
ALTERATION_KINDS: tuple[AlterationKind, ...] = ("number", "date", "name", "negation")

_Change = tuple[int, int, str]
"""From where to where a statement is rewritten, and what stands there then."""

_ANY_MONTH = rf"\b(?:{'|'.join(MONTHS)})\b"
_MONTH = re.compile(rf"{_ANY_MONTH}(?=,? \d|,? of \d)|(?<=\d ){_ANY_MONTH}|\d{{1,2}}(?=月)")
_YEAR = re.compile(r"(?<![\w.,/-])(?:1\d|20)\d\d(?![\w%]|[.,]\d)|(?<!\d)(?:1\d|20)\d\d(?=年)")
_NUMBER = re.compile(r"(?<![A-Za-z\d.,/-])\d+(?:,\d{3})*(?:\.\d+)?(?![A-Za-z\d年月日号/]|[.,]\d)")
_SPELLED = tuple("two three four five six seven eight nine ten eleven twelve".split())
_ZH_DIGITS = tuple("二三四五六七八九")
_WORD_NUMBER = re.compile(
    rf"\b(?:{'|'.join(_SPELLED)})\b|(?<![第十百千万二三四五六七八九])[二三四五六七八九](?=[个项家名位种倍人座所条次])",
    re.IGNORECASE,
)

_CAPITALISED = r"[A-Z][a-zà-ÿ]+(?:[A-Z][a-z]+)?"
_NAME = re.compile(rf"(?<=[a-z,] ){_CAPITALISED}(?: {_CAPITALISED})*")
_NO_NAME = STOP_EN | frozenset(month.lower() for month in MONTHS)

_NOT = re.compile(r" (?:not|never)\b|(?<=[a-z])n['’]t\b|并?不(?=是|能|可以|会)|没(?=有)")
_AFFIRMED = re.compile(
    r"\b(?:is|was|are|were|can|could|will|would|must|may|should|has|have|had|does|did|do)\b(?! not\b|n['’]t\b)"
)
_ZH_AFFIRMED = re.compile(
    r"(?<![不没并就也都而或但可于若总还只正老])(?:是(?![否不])|可以|能够)|(?<![没所只具含拥享])有(?![关效所些限时])"
)


@dataclass(frozen=True, slots=True)
class Altered:
    """A statement with one fact changed."""

    kind: AlterationKind
    text: str


def altered(statement: str, *, names: Sequence[str] = ()) -> Iterator[Altered]:
    """Yield ``statement`` with one fact changed, once for every fact that the rules find, in English and Chinese.

    Numbers and dates become others near them; a name becomes one of ``names``, chosen by a checksum, so that the same
    statement is always changed alike; a denial is taken out, or put in where the whole statement has none.
    """
    changes: dict[AlterationKind, Iterator[_Change]] = {
        "number": _numbers(statement),
        "date": _dates(statement),
        "name": _names(statement, names),
        "negation": _denials(statement),
    }
    for kind, found in changes.items():
        for start, end, now in found:
            yield Altered(kind, statement[:start] + now + statement[end:])


def names_of(text: str) -> list[str]:
    """Return a text's names in Latin script, each once, but for those that open a sentence: they may be no names."""
    return list(dict.fromkeys(match.group() for match in _named(text)))


def _named(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _NAME.finditer(text) if _NO_NAME.isdisjoint(match.group().lower().split()))


def _dates(statement: str) -> Iterator[_Change]:
    for match in _YEAR.finditer(statement):
        yield *match.span(), str(int(match.group()) + (3 if match.group() < "2000" else -3))
    for match in _MONTH.finditer(statement):
        month = match.group()
        other = str(int(month) % 12 + 1) if month.isdigit() else MONTHS[(MONTHS.index(month) + 5) % 12]
        yield *match.span(), other


def _numbers(statement: str) -> Iterator[_Change]:
    years = {match.start() for match in _YEAR.finditer(statement)}
    for match in _NUMBER.finditer(statement):
        if match.start() not in years:
            yield *match.span(), _other_number(match.group())
    for match in _WORD_NUMBER.finditer(statement):
        word = match.group().lower()
        row = _SPELLED if word in _SPELLED else _ZH_DIGITS
        yield *match.span(), row[(row.index(word) + 4) % len(row)]


def _other_number(written: str) -> str:
    """Return about half as much again, written the same way: "1,000" becomes "1,501", "2.5" becomes "4.8"."""
    whole, _, decimals = written.replace(",", "").partition(".")
    if decimals:
        return f"{float(f'{whole}.{decimals}') * 1.5 + 1:.{len(decimals)}f}"
    other = int(whole) * 3 // 2 + 1
    return f"{other:,}" if "," in written else str(other)


def _names(statement: str, names: Sequence[str]) -> Iterator[_Change]:
    for match in _named(statement) if names else ():
        used = set(statement.lower().split())
        first = crc32(match.group().encode())
        turned = (names[(first + step) % len(names)] for step in range(len(names)))
        other = next((name for name in turned if used.isdisjoint(name.lower().split())), None)
        if other:
            yield *match.span(), other


def _denials(statement: str) -> Iterator[_Change]:
    denied = list(_NOT.finditer(statement))
    for match in denied:
        yield *match.span(), ""
    if denied:
        return
    for match in _AFFIRMED.finditer(statement):
        yield match.end(), match.end(), " not"
    for match in _ZH_AFFIRMED.finditer(statement):
        yield match.start(), match.start(), "没" if match.group() == "有" else "不"
