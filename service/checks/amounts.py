"""Amounts of a statement against those of its quotes: the same number in another unit, or bounded otherwise."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.language import CJK
from service.checks.facts import Finding
from service.text.fractions import fractions
from service.text.mentions import Amount, Measure, amounts
from service.text.quantities import Value, currencies, numbers
from service.text.units import unit_behind

# "£39 a year", "twice an hour", 每年39元
_RATE = re.compile(
    r"(?:\d[\d,.]*(?: (?:million|billion))?|\b(?:once|twice|times|foot|feet|met(?:re|er)|head|person|pounds?|dollars?"
    r"|euros?|yuan|sq ft))(?: per|/| an?| each| every) ?(?P<en>second|minute|hour|day|week|month|year|annum)\b"
    r"(?! (?:later|ago|earlier|after|before|old))"
    r"|\bper (?P<per>second|minute|hour|day|week|month|year|annum|hectare|acre|capita|person|household|share"
    r"|square (?:kilometre|metre|mile|foot)|tonne|litre)\b"
    r"|每(?:一|个)?(?P<zh>秒|分钟|小时|天|日|周|月|年|公顷|亩|平方公里|平方米|吨)",
    re.IGNORECASE,
)
_SAME_RATE = {
    "annum": "year", "秒": "second", "分钟": "minute", "小时": "hour", "天": "day", "日": "day", "周": "week",
    "月": "month", "年": "year", "公顷": "hectare", "平方公里": "square kilometre", "平方米": "square metre",
    "吨": "tonne",
}  # fmt: skip
_BEFORE, _BEHIND = 24, 20  # characters around a number in which its bound stands
_COPULA = r"\W*(?:(?:is|are|was|were|of|to|可?达到?|占到?|[为是有])\W*)?"  # "exactly was ten", 正好是十项
_UNIT = r"\W*(?:[a-z]+\W+|[人个家名项天年月周米元])?"  # "5 days or more", 5天以上
_VERB_ZH = f"[{CJK}]{{0,3}}"  # 至少停留180天
_BOUNDS = tuple(
    (name, re.compile(rf"(?:{before}){_COPULA}$", re.IGNORECASE), re.compile(rf"{_UNIT}(?:{behind})", re.IGNORECASE))
    for name, before, behind in (
        (
            "less than",
            r"(?<!no )(?<!not )\b(?:less than|fewer than|under|below)"
            r"|\b(?:at most|up to|maximum|capped at|(?:no|not) over|(?:no|not) (?:more|longer|later) than)"
            r"|\bat the (?:very )?most"
            rf"|不到|不足|(?<!不)[少低]于|不超过|不[多高]于|(?:至多|最[多高长大]){_VERB_ZH}",
            r"or (?:less|fewer|under|below)\b|at (?:the )?(?:very )?most\b|以[下内]|之内",
        ),
        (
            "more than",
            r"(?<!no )(?<!not )\b(?:more than|over|above|exceed(?:s|ed|ing)?|upwards of)"
            r"|\b(?:at least|(?:no|not) (?:fewer|less) than|a minimum|minimum|at the (?:very )?least)"
            rf"|(?<!不)超过|(?<!不)[高多]于|逾|不[少低]于|(?:至少|起码|最[少低短小]){_VERB_ZH}",
            r"or (?:more|above|over)\b|plus\b|at (?:the )?(?:very )?least\b|\+|[多余](?!年)|以上|[起](?=[，。；])",
        ),
        ("exactly", r"\b(?:exactly|precisely)|正好|恰好|整整|刚好", r"\b\B"),
        (
            "about",
            r"\b(?:about|around|roughly|approximately|some|nearly|almost|close to)|约|大约|近|将近|大概|几乎|差不多",
            r"左右|上下|or so\b",
        ),
    )
)
# "fell to 5" and "fell by 5", 降至5 and 降低了5
_CHANGE = (
    r"\b(?:rais|ris|rose|increas|grow|grew|fall|fell|drop|reduc|decreas|declin|cut|lower|climb|shr[aiu]nk|expand"
    r"|went up|went down|slash|widen|narrow)[a-z]*\b"
)
_CHANGE_ZH = "[增升涨降减跌长少低加]"
_STEPS = tuple(
    (
        step,
        re.compile(
            rf"{_CHANGE}[^.;]{{0,60}}? (?:{english}) (?:[a-z]+ ){{0,2}}\W*$|{_CHANGE_ZH}{chinese}[约近]?$", re.I
        ),
    )
    for step, english, chinese in (
        ("to", "to|as low as|as high as", "[加长少低]?[至到为]了?"),
        ("by", "by", "了"),
    )
)
_LONG_BEFORE = 90  # characters before a number in which its verb stands
_CONTRARY = {"less than": {"more than"}, "more than": {"less than"}, "exactly": {"less than", "more than", "about"}}


@dataclass(frozen=True, slots=True)
class _Said:
    """A number as it stands in a text: its values; its unit and its bound, None where there is none.

    ``step`` says whether something changes "to" it or "by" it.
    """

    text: str
    values: frozenset[Value]
    unit: str | None
    bound: str | None
    step: str | None = None


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[_Said, ...]:
    found = [_amount(text, amount) for amount in amounts(text)]
    taken = [amount.number for amount in amounts(text)]
    for said, value, percent, start, end in fractions(text.lower()) if len(text.lower()) == len(text) else ():
        if not any(start < span.end and span.start < end for span in taken):
            found.append(_Said(said, frozenset({(value, percent)}), None, _bound(text, start, end)))
    return tuple(found)


def _amount(text: str, amount: Amount) -> _Said:
    number = amount.number
    counted = text[number.start : number.end + 1]  # 五 alone is no number, 五个 is
    values = frozenset(value for said in numbers(counted) for value in said.values)
    unit = unit_behind(text, number.end)
    if amount.measure is Measure.MONEY:  # "£5m" is no length
        unit = next(iter(sorted(currencies(amount.span.of(text)))), None)
    elif amount.measure is Measure.PERCENT:
        unit = "percentage points" if number.of(text).endswith("百分点") else "per cent"
    elif unit == "percentage points":
        values = frozenset((value, True) for value, _ in values)
    before = text[max(0, amount.span.start - _LONG_BEFORE) : amount.span.start]
    step = next((name for name, pattern in _STEPS if pattern.search(before)), None)
    return _Said(number.of(text), values, unit, _bound(text, number.start, number.end), step)


def _bound(text: str, start: int, end: int) -> str | None:
    before, behind = text[max(0, start - _BEFORE) : start], text[end : end + _BEHIND]
    if text[end - 1] in "多余":  # the amount holds it: 十多项
        return "more than"
    return next((name for name, ahead, after in _BOUNDS if ahead.search(before) or after.match(behind)), None)


def otherwise_measured(statement: str, quotes: Sequence[str]) -> Iterator[Finding]:
    """Yield the amounts of a statement whose number the quotes have in other units alone, and other rates."""
    shown = [each for quote in quotes for each in _read(quote)]
    for said in _read(statement):
        units = {each.unit for each in shown if not each.values.isdisjoint(said.values)}
        if said.unit and units and None not in units and said.unit not in units:
            yield Finding("number", f"the quotes have “{said.text}” in {', '.join(sorted(filter(None, units)))}")
        steps = {each.step for each in shown if not each.values.isdisjoint(said.values)}
        if said.step and steps and None not in steps and said.step not in steps:
            yield Finding("number", f"the quotes don't have it change {said.step} “{said.text}”")
    rates, others = _rates([statement]), _rates(quotes)
    if rates - others and others - rates:
        yield Finding("number", f"the quotes tell it by the {', '.join(sorted(others))}")


def contrarily_bounded(statement: str, quotes: Sequence[str]) -> Iterator[Finding]:
    """Yield the amounts of a statement that are "at least" what the quotes have "at most", or "exactly" what about."""
    for said, bounds in _bounds(statement, quotes):
        if said.bound and bounds and None not in bounds and bounds <= _CONTRARY.get(said.bound, set()):
            yield Finding(
                "number", f"the quotes don't have “{said.bound} {said.text}”, but {min(filter(None, bounds))} that"
            )


def otherwise_bounded(statement: str, quotes: Sequence[str]) -> Iterator[Finding]:
    """Yield the amounts of a statement that are "more than", "about" or "exactly" a number that the quotes have not so.

    To leave a bound out, or to say "about" of a number that is told exactly, is no fault.
    """
    for said, bounds in _bounds(statement, quotes):
        if not bounds or said.bound is None or said.bound in bounds:
            continue
        if said.bound != "about" or None not in bounds:
            yield Finding("number", f"the quotes don't say “{said.bound} {said.text}”")


def _bounds(statement: str, quotes: Sequence[str]) -> Iterator[tuple[_Said, set[str | None]]]:
    """Yield each amount of a statement with the bounds that the quotes put to its number."""
    shown = [each for quote in quotes for each in _read(quote)]
    for said in _read(statement):
        yield said, {each.bound for each in shown if not each.values.isdisjoint(said.values)}


def _rates(texts: Sequence[str]) -> set[str]:
    found = set[str]()
    for text in texts:
        for match in _RATE.finditer(text):
            word = (match["en"] or match["per"] or match["zh"]).lower()
            found.add(_SAME_RATE.get(word, word))
    return found
