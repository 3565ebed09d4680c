"""Expressions of time in a question, in English and Chinese, as calendar days; "today" is given, never asked for.

A point ("March 2025", "last year", "上个月") is read first; the words around it ("since", "before", "以来") or a second
point ("between 2023 and 2025") then make it a period. A month or a quarter without its year is the newest that has
begun.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from corpus.article import Span
from service.question.days import Period, day_of, last_units, month_of, months_of, newest, shifted, whole_unit, year_of
from service.text.months import MONTH, MONTHS

_MONTH = rf"{MONTH}\b\.?"
_YEAR = r"(?<![\d,.])(?:19|20)\d\d(?![\d%s]|[,.]\d)"
_NUMBERS = {word: n for n, word in enumerate(("zero one two three four five six seven eight nine ten").split())}
_NUMBERS |= {"eleven": 11, "twelve": 12, "few": 3, "several": 3, "couple of": 2, "couple": 2, "a": 1, "an": 1}
_NUMBERS |= {char: n for n, char in enumerate("零一二三四五六七八九十")} | {"两": 2, "几": 3, "数": 3}
_NUMBERS |= {"first": 1, "second": 2, "third": 3, "fourth": 4, "上": 1, "下": 2}
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_ZH_YEAR = str.maketrans("〇零一二三四五六七八九", "00123456789")
_COUNTED = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_N = rf"(?:\d{{1,3}}|(?:a )?few|several|(?:a )?couple(?: of)?|{_COUNTED})"
_UNITS = {"day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year"}
_UNITS |= {"天": "day", "日": "day", "周": "week", "月": "month", "季度": "quarter", "年": "year"}


@dataclass(frozen=True, slots=True)
class Expression:
    """A period and where it stands in the text, with the words that bound it.

    ``relative`` is set where it depends on today ("last year"); ``onward`` where it runs from a day until now.
    """

    span: Span
    period: Period
    relative: bool
    onward: bool = False


def expressions(text: str, *, today: date) -> list[Expression]:
    """Return the expressions of time in ``text``, in order."""
    text = text.translate(_NARROW)
    found: list[Expression] = []
    points = _points(text, today)
    place = 0
    while place < len(points):
        joined = _range(text, points[place], points[place + 1]) if place + 1 < len(points) else None
        found.append(joined or _bounded(text, points[place]))
        place += 2 if joined else 1
    return [one for one in found if not one.period.empty]


def merged(periods: Iterable[Period]) -> Period:
    """Return the days that lie in every one of ``periods``; its end lies before its start where there is none."""
    known = list(periods)
    return Period(
        max((p.since for p in known if p.since), default=None), min((p.until for p in known if p.until), default=None)
    )


# Points

_Reader = Callable[["re.Match[str]", date], Period | None]


def _number(text: str | None) -> int:
    given = (text or "1").lower().removeprefix("a ").strip()
    return int(given) if given.isdecimal() else _NUMBERS[given]


def _month_number(name: str) -> int:
    if name[0] in "一二三四五六七八九十":
        return sum(_NUMBERS[char] for char in name)
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name.capitalize()[:3]))


def _which_year(said: str | None, today: date) -> int | None:
    """Read "2024", "二〇二四年", "last year" or "去年"; None where nothing is said."""
    if not said:
        return None
    digits = re.search(r"\d{4}", said.translate(_ZH_YEAR))
    if digits:
        return int(digits.group())
    back = {"last": 1, "previous": 1, "before last": 2, "去": 1, "上": 1, "前": 2}
    return today.year - max((years for word, years in back.items() if word in said.lower()), default=0)


def _parts_of_year(match: "re.Match[str]", today: date) -> Period | None:
    """Read a quarter or a half by its group ``q`` or ``h``, with its year in ``y``."""
    groups = match.groupdict()
    size, number = (3, groups["q"]) if groups.get("q") else (6, groups["h"])
    part = _number(number)
    year = _which_year(groups.get("y"), today)
    return newest(year, today, lambda y: months_of(y, (part - 1) * size + 1, size)) if part <= 12 // size else None


def _dated(match: "re.Match[str]", today: date) -> Period | None:
    """Read groups ``m`` and, where they are there, ``y`` and ``d``."""
    groups = match.groupdict()
    name = groups["m"]
    month = int(name) if name.isdecimal() else _month_number(name)
    year = _which_year(groups.get("y"), today)
    if groups.get("d"):
        number = int(groups["d"])
        return newest(year, today, lambda y: day_of(y, month, number))
    return newest(year, today, lambda y: month_of(y, month))


def _ago(match: "re.Match[str]", today: date) -> Period | None:
    groups = match.groupdict()
    if groups.get("half"):
        return last_units(today, "month", 6)
    return last_units(today, _UNITS[groups["u"].lower().removesuffix("s")], _number(groups.get("n")))


_SAID_YEAR = rf"(?:{_YEAR}|(?:last|this|the previous) year)"
_ZH_SAID_YEAR = r"(?:(?<!\d)(?:19|20)\d\d ?年|[一二][〇零一二三四五六七八九]{3}年|[今去前]年|上一年|本年度?)"
_ZH_MONTH = r"(?:(?<![\d.个])\d{1,2}|(?<![一二三四五六七八九十])(?:十[一二]?|[一二三四五六七八九]))"
_RELATIVE, _ABSOLUTE = True, False

# Each with what reads it and whether it depends on today; the first that matches at a place has it.
_POINTS: tuple[tuple["re.Pattern[str]", _Reader, bool], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reader, relative)
    for pattern, reader, relative in (
        # English
        (r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?![\d%])", _dated, _ABSOLUTE),
        (rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m>{_MONTH})(?:,? (?P<y>{_YEAR}))?", _dated, _ABSOLUTE),
        (rf"\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<y>{_YEAR}))?", _dated, _ABSOLUTE),
        (rf"\b(?P<m>{_MONTH}),? (?:of )?(?P<y>{_SAID_YEAR})", _dated, _ABSOLUTE),
        (rf"(?P<y>{_YEAR}) ?Q(?P<q>[1-4])\b", _parts_of_year, _ABSOLUTE),
        (rf"\bQ(?P<q>[1-4])\b(?:,? (?:of )?(?P<y>{_SAID_YEAR}))?", _parts_of_year, _ABSOLUTE),
        (rf"\bH(?P<h>[12]),? (?:of )?(?P<y>{_SAID_YEAR})", _parts_of_year, _ABSOLUTE),
        (
            rf"\b(?:the )?(?:(?P<q>first|second|third|fourth) quarter|(?P<h>first|second) half)"
            rf"(?: of (?:the year )?(?P<y>{_SAID_YEAR}))",
            _parts_of_year,
            _ABSOLUTE,
        ),
        (r"\b(?:the )?(?P<q>first|second|third|fourth) quarter\b", _parts_of_year, _ABSOLUTE),
        (r"\b(?:the )?year before last\b", lambda _, t: year_of(t.year - 2), _RELATIVE),
        (
            rf"\b(?:(?:the|these) )?(?:last|past|previous) "
            rf"(?:(?P<half>half(?: a)? year)|(?P<n>{_N}) (?P<u>day|week|month|quarter|year)s?)\b",
            _ago,
            _RELATIVE,
        ),
        (r"\b(?:the (?:last|past)|past) (?P<u>week|month|quarter|year)\b", _ago, _RELATIVE),
        (
            r"\b(?:last|the previous) (?P<u>week|month|quarter|year)\b",
            lambda m, t: whole_unit(t, m["u"].lower(), 1),
            _RELATIVE,
        ),
        (r"\bthis (?P<u>week|month|quarter|year)\b", lambda m, t: whole_unit(t, m["u"].lower(), 0), _RELATIVE),
        (r"\b(?P<w>today|yesterday)\b", lambda m, t: whole_unit(t, "day", m["w"].lower() == "yesterday"), _RELATIVE),
        (rf"\b(?:last |this )?(?P<m>{_MONTH})", _dated, _ABSOLUTE),
        # Chinese
        (
            rf"(?P<y>{_ZH_SAID_YEAR})的? ?(?P<m>{_ZH_MONTH}) ?月(?:份)?(?: ?(?P<d>\d{{1,2}}) ?[日号])?",
            _dated,
            _ABSOLUTE,
        ),
        (rf"(?P<y>{_ZH_SAID_YEAR})?的?第?(?P<q>[一二三四1-4])个?季度", _parts_of_year, _ABSOLUTE),
        (rf"(?P<y>{_ZH_SAID_YEAR})?(?P<h>[上下])半年", _parts_of_year, _ABSOLUTE),
        (
            r"(?:最?近|过去)的?这?"
            r"(?:(?P<half>半年)|(?P<n>\d{1,3}|[一两二三四五六七八九十几数])个?(?P<u>年|月|周|天|日|季度))",
            _ago,
            _RELATIVE,
        ),
        (r"(?P<n>\d{1,3}|[一两二三四五六七八九十])个?(?P<u>年|月|周|天|日|季度)(?=[之以]?内)", _ago, _RELATIVE),
        (r"前年", lambda _, t: year_of(t.year - 2), _RELATIVE),
        (r"去年|上一年", lambda _, t: year_of(t.year - 1), _RELATIVE),
        (r"今年|本年度?", lambda _, t: year_of(t.year), _RELATIVE),
        (r"(?<!以)上一?个?(?P<u>月|季度|周)", lambda m, t: whole_unit(t, _UNITS[m["u"]], 1), _RELATIVE),
        (r"(?:本|这个|这一?)(?P<u>月|季度|周)", lambda m, t: whole_unit(t, _UNITS[m["u"]], 0), _RELATIVE),
        (r"今天|今日", lambda _, t: Period(t, t), _RELATIVE),
        (r"昨天|昨日", lambda _, t: whole_unit(t, "day", 1), _RELATIVE),
        (rf"(?P<m>{_ZH_MONTH}) ?月(?:份)?(?: ?(?P<d>\d{{1,2}}) ?[日号])?", _dated, _ABSOLUTE),
        (r"(?P<y>[一二][〇零一二三四五六七八九]{3})年", lambda m, t: year_of(_which_year(m["y"], t) or 1), _ABSOLUTE),
        # A year alone, in either language
        (rf"(?:\b(?:early|mid|late)[ -])?(?P<y>{_YEAR})(?: ?年)?", lambda m, _: year_of(int(m["y"])), _ABSOLUTE),
    )
)  # fmt: skip

_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|before|after|until|till|during|from|of|between|to|by|and|through)\s+$", re.IGNORECASE
)


def _points(text: str, today: date) -> list[Expression]:
    found: list[Expression] = []
    taken = bytearray(len(text))
    for pattern, reader, relative in _POINTS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]) or not _is_month(match, text):
                continue
            period = reader(match, today)
            if period is not None:
                taken[start:end] = b"\1" * (end - start)
                found.append(Expression(Span(start, end), period, relative))
    return sorted(found, key=lambda point: point.span.start)


def _is_month(match: "re.Match[str]", text: str) -> bool:
    """Whether an English month that stands alone is one: "may" and "march" are other words as well."""
    groups = match.groupdict()
    alone = bool(groups.get("m")) and not groups["m"].isdecimal() and not (groups.get("y") or groups.get("d"))
    return not alone or match.group() != match["m"] or bool(_BEFORE_MONTH.search(text, 0, match.start()))


# Periods

_SAYS_YEAR = re.compile(rf"{_YEAR}|year|年", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|–|—|~|～|\bto\b|\band\b|\buntil\b|\btill\b|\bthrough\b|至|到|和)\s*", re.IGNORECASE)
_RANGE_BEFORE = re.compile(r"(?:\bbetween\s+|\bfrom\s+|从|自|在)\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_RANGE_AFTER = re.compile(r"\s*(?:之间|期间|年间|间)")
_BEFORE = tuple(
    (re.compile(rf"(?:{pattern})\s*$", re.IGNORECASE), bound)
    for pattern, bound in (
        (
            r"\b(?:ever )?since(?: the (?:start|beginning) of)?(?: the)?\s|\bas of\s|\bstarting (?:in|from)\s|自从?|从",
            "since",
        ),
        (r"\bafter(?: the end of)?(?: the)?\s", "after"),
        (r"\b(?:before|prior to|earlier than)(?: the)?\s", "before"),
        (r"\b(?:until|till|up to|up until|no later than)(?: the end of)?(?: the)?\s|截至|截止到?", "until"),
        (r"\b(?:in|during|within|over|throughout|of|from|on)(?: the)?\s|[在于]", "in"),
    )
)
_AFTER = tuple(
    (re.compile(rf"\s*(?:年?[初底末])?(?:{pattern})", re.IGNORECASE), bound)
    for pattern, bound in (
        (r"以来|至今|起|开始|\bonwards?\b|\bon\b(?=\s*(?:[?,.]|$))", "since"),
        (r"以后|之后|后(?!来|面|续)", "after"),
        (r"以前|之前|前(?![景沿后面\d一二三四五六七八九十半几])", "before"),
        (r"为?止", "until"),
        (r"(?<=[初底末])|['’]s?(?!\w)|[以之]?内|里|期间|当中|中(?=的|我|你|发)", "in"),
    )
)


def _range(text: str, first: Expression, second: Expression) -> Expression | None:
    """Join two points with "to" between them; "and" joins only after "between". One year may stand for both."""
    link = text[first.span.end : second.span.start]
    before = _RANGE_BEFORE.search(text, 0, first.span.start)
    joins = link.strip().lower()
    if not _TO.fullmatch(link) or (joins in {"and", "和"} and not _BETWEEN.search(text, 0, first.span.start)):
        return None
    if _SAYS_YEAR.search(first.span.of(text)) and first.period.since and not _SAYS_YEAR.search(second.span.of(text)):
        second = _reread(text, second, date(first.period.since.year, 12, 31))
    elif second.period.until and not _SAYS_YEAR.search(first.span.of(text)):
        first = _reread(text, first, second.period.until)
    after = _RANGE_AFTER.match(text, second.span.end)
    span = Span(before.start() if before else first.span.start, after.end() if after else second.span.end)
    return Expression(span, Period(first.period.since, second.period.until), first.relative or second.relative)


def _reread(text: str, point: Expression, today: date) -> Expression:
    """Read a point without a year once more, as someone would on the day ``today``."""
    return next(one for one in _points(text, today) if one.span == point.span)


def _bounded(text: str, point: Expression) -> Expression:
    """Widen a point by the word before it and the word after it."""
    before = next(((m, bound) for rule, bound in _BEFORE if (m := rule.search(text, 0, point.span.start))), None)
    after = next(((m, bound) for rule, bound in _AFTER if (m := rule.match(text, point.span.end))), None)
    bound = after[1] if after and after[1] != "in" else before[1] if before else "in"
    if bound == "before" and after and re.match(r"\s*年?[底末]", after[0].group()):
        bound = "until"  # before the end of a year is in it
    span = Span(before[0].start() if before else point.span.start, after[0].end() if after else point.span.end)
    since, until = point.period.since, point.period.until
    match bound:
        case "since":
            return Expression(span, Period(since, None), point.relative, onward=True)
        case "after":
            return Expression(span, Period(shifted(until, 1), None), point.relative, onward=True)
        case "before":
            return Expression(span, Period(None, shifted(since, -1)), point.relative)
        case "until":
            return Expression(span, Period(None, until), point.relative)
    return Expression(span, point.period, point.relative)
