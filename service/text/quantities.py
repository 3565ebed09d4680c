"""Numbers, dates and currencies of a text in English or Chinese, as values that can be compared.

A statement and its quotes are read by the same rules, so what is read oddly is read oddly on both sides.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from service.text.fractions import PART_WORDS, fractions
from service.text.months import MONTH, MONTHS
from service.text.numerals import DIGITS_ZH, NUMBERS, TENS, chinese_value

_WORD_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALES = _WORD_SCALES | {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "百": 1e2, "千": 1e3, "万": 1e4}
_SCALES |= {"亿": 1e8, "万亿": 1e12}

_SCALE = rf"(?:万亿|[百万亿]|千(?![克米瓦])|(?:{'|'.join(_WORD_SCALES)}|k|m|mn|bn|tn)\b)"
_PERCENT = r"(?:%|per ?cent\b|percentage points?\b|个百分点)"
_AMOUNT = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_NUMBER = re.compile(
    rf"(?P<of>百分之)?(?<![a-z\d.])(?P<amount>{_AMOUNT})"
    rf"(?:\s?(?:-|–|—|~|to|and|至|到)\s?(?P<upper>{_AMOUNT}))?"
    rf"(?:[\s-]?(?P<scale>{_SCALE}))?(?:\s?(?P<percent>{_PERCENT}))?"
)
# A scale alone counts after "a" only: in "1.2 million" it belongs to the digits.
_SPELLED = f"(?:{'|'.join([*NUMBERS, *_WORD_SCALES, 'dozen'])})"
_WORD_NUMBER = re.compile(
    rf"\b(?:(?:{'|'.join(NUMBERS)})|(?<=\ba )(?:{'|'.join([*_WORD_SCALES, 'dozen'])}))"
    rf"(?:(?:\s?-\s?|\s|\sand\s){_SPELLED})*\b(?:\s(?P<percent>{_PERCENT}))?"
)
_ZH_NUMBER = re.compile(
    r"百分之(?P<share>[零一二三四五六七八九十百]+)"
    r"|(?<!第)(?P<count>[零〇一二两三四五六七八九十百千万亿]+)"
    r"(?=多?(?:个|项|家|名|位|年|月|日|次|种|倍|人|款|批|座|岁|周|天|小时|分钟|元|美元|所|条|类|大|%"
    r"|件|方面|步|部|篇|支|只|辆|台|艘|份|笔|轮|张|间|栋|架|阶段|点(?!燃|明|名|评|缀|滴)|度|届|场))"
    r"|(?<=[分为有共])(?P<phases>[一二两三四五六七八九十]+)(?=期)"  # 二期 alone is the second one
)
_ZH_WORD = re.compile(
    r"(?:百分之)?(?P<digits>[零〇一二两三四五六七八九十百千万亿]+)[多余]?[个项家名位年月日号次种倍人款期批届座岁周天元所条类点度场]?"
)

_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<m>{MONTH})\b\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<y>\d{{4}}))?",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m>{MONTH})\b\.?(?:,? (?P<y>\d{{4}}))?",
        rf"\b(?P<m>{MONTH})\b\.?,? (?:of )?(?P<y>\d{{4}})",
        r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?![\d%])",
        r"(?<!\d)(?P<y>\d{4}) ?年 ?(?P<m>\d{1,2}) ?月(?: ?(?P<d>\d{1,2}) ?[日号])?",
        r"(?<![\d个])(?P<m>\d{1,2}) ?月(?: ?(?P<d>\d{1,2}) ?[日号])?",
    )
)
# Alone, a month needs its capital and something before it: "May" and "March" open sentences as other words too.
_BARE_MONTH = re.compile(rf"(?<=[\w,;:] )(?P<m>{'|'.join(MONTHS)})\b")

_CURRENCIES = (
    ("HK$", re.compile(r"hk ?\$|\bhkd\b|\bhong kong dollars?\b|港[元币]")),
    ("S$", re.compile(r"(?<!u)s ?\$|\bsgd\b|\bsingapore dollars?\b|新加坡元|新元")),
    ("A$", re.compile(r"\ba ?\$|\baud\b|\baustralian dollars?\b|澳元")),
    ("JP¥", re.compile(r"\byen\b|\bjpy\b|日元")),
    (
        "$",
        re.compile(r"(?<!hk)(?<!hk )(?<!\ba)(?<![^u]s)\$|\busd|(?<!kong )(?<!pore )(?<!lian )\bdollars?\b|美元|美金"),
    ),
    ("¥", re.compile(r"¥|\brmb|\bcny\b|\byuan\b|\brenminbi\b|人民币|(?<=[\d万亿])元")),
    ("€", re.compile(r"€|\beur\b|\beuros?\b|欧元")),
    ("£", re.compile(r"£|\bgbp\b|\bpounds?\b|英镑")),
)

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
)
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_ORDINAL_WORD = re.compile(rf"\b(?:(?P<tens>{'|'.join(TENS)})-)?(?P<last>\d+(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})\b")
_QUANTITY_WORDS = frozenset({*NUMBERS, *_SCALES, *PART_WORDS, "dozen", "percent", "percentage", "cent"})

Value = tuple[float, bool]
"""A number with its scale applied, and whether it is a percentage."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, and every value that it can be read as (the "m" of "5m" may be a million or a metre)."""

    text: str
    values: frozenset[Value]


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is given; each part is None where the text leaves it open."""

    text: str
    year: int | None
    month: int
    day: int | None


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[Day, ...]:
    """Return the dates that name at least a month."""
    return tuple(day for day, _, _ in _dates(text))


def _dates(text: str) -> list[tuple[Day, int, int]]:
    plain = unicodedata.normalize("NFKC", text)
    lower = plain.lower() if len(plain.lower()) == len(plain) else plain
    found: list[tuple[Day, int, int]] = []
    taken = bytearray(len(plain))
    for pattern in (*_DATES, _BARE_MONTH):
        for match in pattern.finditer(plain if pattern is _BARE_MONTH else lower):
            start, end = match.span()
            month = _month(match["m"])
            # "may 5" in small letters is no date, a 13th month is some other number
            if month is None or (match["m"] == "may" and plain[match.start("m")] == "m") or any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            given = match.groupdict()
            year, day = (int(given[key]) if given.get(key) else None for key in ("y", "d"))
            found.append((Day(plain[start:end], year, month, day), start, end))
    return found


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(text.capitalize()[:3]))


@lru_cache(maxsize=4096)
def numbers(text: str, *, with_dates: bool = True) -> tuple[Number, ...]:
    """Return every number but a spelled-out "one"; without those that ``dates`` reads, where not ``with_dates``."""
    plain = unicodedata.normalize("NFKC", text)
    if not with_dates:
        for _, start, end in _dates(text):
            plain = plain[:start] + " " * (end - start) + plain[end:]
    lower = plain.lower()
    parts: list[Number] = []
    for said, value, percent, start, end in fractions(lower):
        parts.append(Number(said, frozenset({(value, percent)})))
        lower = lower[:start] + " " * (end - start) + lower[end:]
    return (*parts, *_digit_numbers(lower), *_word_numbers(lower), *_chinese_numbers(lower))


def _digit_numbers(text: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        percent = bool(match["of"] or match["percent"])
        readings = {(_SCALES[match["scale"]] if match["scale"] else 1.0, percent)}
        if match["scale"] in {"k", "m"}:  # thousand or kelvin, million or metre
            readings.add((1.0, percent))
        last = match["upper"] or match["amount"]
        yield Number(last, _values(last, readings))
        if match["upper"]:  # in "5 to 10%" the five is a percentage too, in "5 and 10%" it may not be
            yield Number(match["amount"], _values(match["amount"], readings | {(1.0, False), (1.0, percent)}))


def _values(amount: str, readings: set[tuple[float, bool]]) -> frozenset[Value]:
    number = float(amount.replace(",", ""))
    return frozenset((round(number * scale, 6), percent) for scale, percent in readings)


def _word_numbers(text: str) -> Iterator[Number]:
    for match in _WORD_NUMBER.finditer(text):
        percent = match["percent"] is not None
        spelled = match.group().removesuffix(match["percent"] or "").strip()
        for words in _spelled_groups(re.split(r"[\s-]+", spelled)):
            if words != ["one"]:  # a pronoun as often as a number
                yield Number(" ".join(words), frozenset({(_spelled_value(words), percent)}))


def _spelled_groups(words: list[str]) -> Iterator[list[str]]:
    """Part "ten and twelve" or "two three" into two numbers, and leave "one hundred and five" as one."""
    group: list[str] = []
    for word in words:
        if word == "and":
            if group and group[-1] not in _WORD_SCALES:
                yield group
                group = []
        elif word in NUMBERS and group and group[-1] in NUMBERS and not (group[-1] in TENS and NUMBERS[word] < 10):
            yield group
            group = [word]
        else:
            group.append(word)
    if group:
        yield group


def _spelled_value(words: list[str]) -> float:
    total = current = 0.0
    for word in words:
        if word in NUMBERS:
            current += NUMBERS[word]
        elif word in {"hundred", "dozen"}:
            current = (current or 1) * (100 if word == "hundred" else 12)
        else:
            total, current = total + (current or 1) * _SCALES[word], 0.0
    return total + current


def _chinese_numbers(text: str) -> Iterator[Number]:
    for match in _ZH_NUMBER.finditer(text):
        digits = match["share"] or match["count"] or match["phases"]
        # 一 alone is an article as often as a number; 万 or 百 alone belongs to digits before it
        if digits != "一" and any(char in DIGITS_ZH or char == "十" for char in digits):
            yield Number(match.group(), frozenset({(chinese_value(digits), match["share"] is not None)}))


@lru_cache(maxsize=4096)
def currencies(text: str) -> frozenset[str]:
    """Return the currencies that ``text`` names, by their signs."""
    lower = unicodedata.normalize("NFKC", text).lower()
    return frozenset(sign for sign, pattern in _CURRENCIES if pattern.search(lower))


def is_spelled_quantity(word: str) -> bool:
    """Whether one word, as written, is a number in words, a scale, a percentage or a currency: "ten", "million"."""
    lower = unicodedata.normalize("NFKC", word).lower()
    return lower in _QUANTITY_WORDS or any(pattern.fullmatch(lower) for _, pattern in _CURRENCIES)


def plain_number(word: str) -> str | None:
    """Return what one word is compared by where it is a number, "twelve" and "12" alike; None where it is none.

    "One" and 一 are pronouns and articles as often as numbers, and no numbers here.
    """
    lower = unicodedata.normalize("NFKC", word).lower()
    if lower in NUMBERS and lower != "one":
        return str(NUMBERS[lower])
    if re.fullmatch(_AMOUNT, lower):
        return f"{float(lower.replace(',', '')):g}"
    match = _ZH_WORD.fullmatch(lower)
    digits = match["digits"] if match else "一"
    counts = digits != "一" and any(char in DIGITS_ZH or char == "十" for char in digits)
    return f"{chinese_value(digits):g}" if counts else None


def ordinals(text: str) -> frozenset[str]:
    """Return the ordinals of ``text``, "second" and "2nd" as "2th", "twenty-first" as "21th"."""
    found = set[str]()
    for match in _ORDINAL_WORD.finditer(text.lower()):
        last = ordinal(match["last"]) or ""
        found.add(f"{NUMBERS[match['tens']] + int(last[:-2])}th" if match["tens"] else last)
    return frozenset(found)


def ordinal(word: str) -> str | None:
    """Return what one word is compared by where it is an ordinal, "second" and "2nd" alike; None where it is none."""
    lower = word.lower()
    if lower in _ORDINALS:
        return f"{_ORDINALS.index(lower) + 1}th"
    match = _ORDINAL.fullmatch(lower)
    return f"{match[1]}th" if match else None


def is_month(word: str) -> bool:
    """Whether one word is the whole name of a month, with its capital: "may" and "march" are other words too."""
    return word[:1].isupper() and word.capitalize() in MONTHS
