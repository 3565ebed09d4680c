"""Amounts of a statement against those of its quotes: the same number in another unit, or bounded otherwise."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.checks.facts import Finding
from service.text.mentions import amounts
from service.text.quantities import Value, numbers

_SQUARE = r"(?:square |sq\.? ?)"
_UNITS = tuple(
    (key, re.compile(rf"[ -]?[多余几]?个?(?:{unit})(?![a-z])", re.IGNORECASE))
    for key, unit in (
        ("working days", r"(?:working|business)[ -]days?|工作日"),
        ("square kilometres", rf"{_SQUARE}(?:km|kilomet(?:er|re)s?)|km²|km2|平方公里|平方千米"),
        ("square metres", rf"{_SQUARE}(?:m|met(?:er|re)s?)|m²|m2|平方米|平米"),
        ("square miles", rf"{_SQUARE}(?:mi|miles?)|平方英里"),
        ("square feet", rf"{_SQUARE}(?:ft|feet|foot)|平方英尺"),
        ("hectares", "hectares?|ha|公顷"),
        ("acres", "acres?|英亩"),
        ("mu", "mu|亩"),
        ("seconds", "seconds?|secs?|秒钟?"),
        ("minutes", "minutes?|mins?|分钟"),
        ("hours", "hours?|hrs?|小时"),
        ("days", "(?:calendar )?days?|天|日(?!元)"),
        ("weeks", "weeks?|周(?!年)|星期"),
        ("months", "months?|月"),
        ("years", "years?|年"),
        ("decades", "decades?"),
        ("centuries", "centur(?:y|ies)|世纪"),
        ("kilometres", "km|kilomet(?:er|re)s?|公里|千米"),
        ("metres", "met(?:er|re)s?|米"),
        ("miles", "miles?|英里"),
        ("feet", "feet|foot|ft|英尺"),
    )
)
# "£39 a year", "twice an hour", 每年39元
_RATE = re.compile(
    r"(?:\d[\d,.]*(?: (?:million|billion))?|\b(?:once|twice|times|foot|feet|met(?:re|er)|head|person|pounds?|dollars?"
    r"|euros?|yuan|sq ft))(?: per|/| an?| each| every) ?(?P<en>second|minute|hour|day|week|month|year|annum)\b"
    r"(?! (?:later|ago|earlier|after|before|old))"
    r"|\bper (?P<per>second|minute|hour|day|week|month|year|annum)\b"
    r"|每(?:一|个)?(?P<zh>秒|分钟|小时|天|日|周|月|年)",
    re.IGNORECASE,
)
_SAME_TIME = {"annum": "year", "秒": "second", "分钟": "minute", "小时": "hour", "天": "day", "日": "day", "周": "week",
              "月": "month", "年": "year"}  # fmt: skip
_BEFORE, _BEHIND = 18, 8  # characters around a number in which its bound stands
_BOUNDS = tuple(
    (name, re.compile(rf"(?:{before})\W*$", re.IGNORECASE), re.compile(rf"\W*(?:{behind})", re.IGNORECASE))
    for name, before, behind in (
        (
            "less than",
            r"\b(?:less than|fewer than|under|below|at most|up to|no more than|not more than)"
            r"|不到|不足|少于|至多|最多|不超过",
            r"or (?:less|fewer)\b|以下|以内",
        ),
        (
            "more than",
            r"\b(?:more than|over|above|at least|exceed(?:s|ed|ing)?|upwards of|(?:no|not) (?:fewer|less) than)"
            r"|超过|逾|不少于|至少",
            r"or more\b|\+|[多余](?!年)|以上",
        ),
        ("exactly", r"\b(?:exactly|precisely)|正好|恰好|整整", r"\b\B"),
        (
            "about",
            r"\b(?:about|around|roughly|approximately|some|nearly|almost|close to)|约|大约|近|将近|大概",
            r"左右|上下",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A number as it stands in a text: its values; its unit and its bound, None where there is none."""

    text: str
    values: frozenset[Value]
    unit: str | None
    bound: str | None


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[_Said, ...]:
    found = []
    for amount in amounts(text):
        number = amount.number
        tail = text[number.end : number.end + 24]
        counted = f"{number.of(text)}{tail[:1]}"  # 五 alone is no number, 五个 is
        values = frozenset(value for said in numbers(counted) for value in said.values)
        unit = next((key for key, pattern in _UNITS if pattern.match(tail)), None)
        before = text[max(0, number.start - _BEFORE) : number.start]
        bound = next(
            (name for name, ahead, behind in _BOUNDS if ahead.search(before) or behind.match(tail[:_BEHIND])), None
        )
        found.append(_Said(number.of(text), values, unit, bound))
    return tuple(found)


def otherwise_measured(statement: str, quotes: Sequence[str]) -> Iterator[Finding]:
    """Yield the amounts of a statement whose number the quotes have in other units alone, and other rates."""
    shown = [each for quote in quotes for each in _read(quote)]
    for said in _read(statement):
        units = {each.unit for each in shown if not each.values.isdisjoint(said.values)}
        if said.unit and units and None not in units and said.unit not in units:
            yield Finding("number", f"the quotes have “{said.text}” in {', '.join(sorted(filter(None, units)))}")
    rates, others = _rates([statement]), _rates(quotes)
    if rates and others and rates.isdisjoint(others):
        yield Finding("number", f"the quotes tell it by the {', '.join(sorted(others))}")


def otherwise_bounded(statement: str, quotes: Sequence[str]) -> Iterator[Finding]:
    """Yield the amounts of a statement that are "more than", "about" or "exactly" a number that the quotes have not so.

    To leave a bound out, or to say "about" of a number that is told exactly, is no fault.
    """
    shown = [each for quote in quotes for each in _read(quote)]
    for said in _read(statement):
        bounds = {each.bound for each in shown if not each.values.isdisjoint(said.values)}
        if not bounds or said.bound is None or said.bound in bounds:
            continue
        if said.bound != "about" or None not in bounds:
            yield Finding("number", f"the quotes don't say “{said.bound} {said.text}”")


def _rates(texts: Sequence[str]) -> set[str]:
    found = set[str]()
    for text in texts:
        for match in _RATE.finditer(text):
            word = (match["en"] or match["per"] or match["zh"]).lower()
            found.add(_SAME_TIME.get(word, word))
    return found
