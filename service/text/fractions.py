"""Fractions and multiples in words, as values that can be compared: "a third", "nine out of ten", 三分之二, "twice".

Half an hour is the thirty of its minutes, half a year the six of its months, half a century the fifty of its years.
"""

import re
from collections.abc import Iterator

from service.text.numerals import DIGITS_ZH, NUMBERS, SCALES_ZH

_SMALL = {word: value for word, value in NUMBERS.items() if 1 <= value <= 12}
_PARTS = {
    word: value for value, word in enumerate("third quarter fifth sixth seventh eighth ninth tenth".split(), start=3)
}
PART_WORDS = frozenset({"half", "halves", "twice", *_PARTS, *(f"{part}s" for part in _PARTS)})
"""The words that fractions and multiples are made of."""
_ZH = {char: value for char, value in DIGITS_ZH.items() if value} | {"十": SCALES_ZH["十"]}
_COUNT = rf"(?:{'|'.join(_SMALL)}|\d{{1,3}})"
_BASES = rf"(?:every )?(?P<base>{'|'.join(_SMALL)}|5|10|12|20|100|1,?000)"
# "a third of", but no "a third company"; the two halves of a year or a match are no shares
_WHOLE = r"(?=\s(?:of|as|more|less|larger|smaller|higher|lower|are|is|was|were|has|had|have|came|went)\b|[,.;:)]|$)"
_FRACTIONS = re.compile(
    rf"\b(?P<count>{_COUNT}|a)[ -](?P<part>{'|'.join(_PARTS)})s?\b{_WHOLE}"
    rf"|\b(?P<out>{_COUNT}) (?:out of|(?:(?<=[a-z] )|(?=in (?:every|5|10|100)\b))in) {_BASES}\b(?![,.]?\d)"
    r"|(?P<half>(?<!first )(?<!second )(?<!latter )(?<!later )(?<!other )\b(?:one[ -])?half\b"
    r"(?! (?:an? |past|price|day|year|time|term|(?:a )?(?:million|billion|dozen)))|一半|半数)"
    r"|(?P<bottom>[一二两三四五六七八九十]|\d{1,3})分之(?P<top>[一二两三四五六七八九十]|\d{1,3})(?![零百千])"
    r"|(?P<tenths>[一二三四五六七八九])成(?![立为就员本功果果长熟绩都])"
    r"|(?P<span>\bhalf an? (?:hour|day|month|year|decade|century)\b|半(?:个?小时|天|年|个月|个世纪))"
    r"|(?P<twice>\b(?:twice|doubl(?:e[sd]?|ing)|twofold)\b|翻了?一番|翻倍)"
    r"|(?P<thrice>\b(?:tripled|trebled|threefold)\b)"
)
_HALVES = {
    "hour": 30.0, "小时": 30.0, "day": 12.0, "天": 12.0, "month": 15.0, "月": 15.0, "year": 6.0, "年": 6.0,
    "decade": 5.0, "century": 50.0, "世纪": 50.0,
}  # fmt: skip

Fraction = tuple[str, float, bool, int, int]
"""How it is written, its value, whether that is a percentage, and from where to where it stands."""


def fractions(text: str) -> Iterator[Fraction]:
    """Yield the fractions of a text in small letters as percentages, its multiples as numbers."""
    for match in _FRACTIONS.finditer(text):
        said = match.groupdict()
        start, end = match.span()
        if said["span"]:
            yield match.group(), _HALVES[re.split(r" |半个?", said["span"])[-1]], False, start, end
        elif said["twice"] or said["thrice"]:
            yield match.group(), 2.0 if said["twice"] else 3.0, False, start, end
        elif share := _share(said):
            yield match.group(), round(100 * share, 3), True, start, end


def _share(said: dict[str, str | None]) -> float | None:
    """Return the share, above 0 and below 1; None where a match is none: "ten in two"."""
    if said["half"]:
        return 0.5
    if said["part"]:
        top, bottom = _number(said["count"]), float(_PARTS[said["part"]])
    elif said["out"]:
        top, bottom = _number(said["out"]), _number(said["base"])
    elif said["tenths"]:
        top, bottom = _number(said["tenths"]), 10.0
    else:
        top, bottom = _number(said["top"]), _number(said["bottom"])
    return top / bottom if 0 < top < bottom else None


def _number(word: str | None) -> float:
    said = (word or "a").replace(",", "")
    return float(said) if said.isdigit() else float(_SMALL.get(said) or _ZH.get(said) or 1)
