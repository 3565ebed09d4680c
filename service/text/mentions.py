"""Where a text tells of a time, an amount or a name: the few words that may answer a question by themselves.

All places count from the start of the text that is given. What is read is kept as it is written.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from corpus.article import Span
from corpus.language import CJK
from service.text.words import STOP_EN

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first)"
)
_YEAR = r"(?:1\d{3}|20\d{2})"
_PART = r"(?:(?:early|mid|late)[ -](?:the )?)"
_ERA = r"(?: ?(?:BCE?|AD|CE)\b)?"
# A bare number of four digits is a year only where such a word, a comma, a bracket or a dash stands before it.
_BEFORE_YEAR = (
    "(?:"
    + "|".join(
        rf"(?<=\b{word} )"
        for word in (
            *("in", "In", "since", "Since", "by", "By", "until", "Until", "from", "From", "of", "during", "During"),
            *(
                "around",
                "after",
                "After",
                "before",
                "Before",
                "year",
                "between",
                "Between",
                "to",
                "and",
                "late",
                "early",
            ),
            *("spring", "summer", "autumn", "winter", "fall"),
        )
    )
    + r"|(?<=\bmid-)|(?<=\()|(?<=, ))"
)
_NO_COUNT = r"(?![\d%]|[.,]\d|-\w| ?(?:per ?cent|million|billion|thousand|people|km|m\b|kg|metres|meters|miles|feet))"
_ZH_DIGIT = "一二两三四五六七八九十百千万亿"
_CLASSIFIER = (
    "(?:个|家|所|名|位|项|座|人|种|次|条|件|款|部|间|篇|岁|倍|艘|架|辆|台|届|期|批|支|只|层|平方公里|平方米|公里|公顷|亩|米|吨|公斤"
    "|美元|欧元|英镑|元|年|周|天|小时|分钟|秒)"
)
WORK_ZH = re.compile(r"《([^《》]{2,40})》")
"""A work or a law in Chinese marks, its name the first group."""
_TIMES = re.compile(
    "|".join(
        (
            rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?\b{_MONTH}"
            rf"(?:(?: \d{{1,2}}(?:st|nd|rd|th)?(?!\d))?,? (?:of )?{_YEAR}\b| \d{{1,2}}(?:st|nd|rd|th)?(?![\d:]))",
            rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?![a-z])",
            rf"\b{_PART}?{_YEAR}s\b",
            rf"{_BEFORE_YEAR}{_YEAR}(?: ?(?:-|–|—|to|and|until) ?(?:{_YEAR}|\d{{2}}(?!\d)))?{_NO_COUNT}{_ERA}",
            rf"\b{_PART}?{_ORDINAL}(?:[ -](?:and|to) {_ORDINAL})?[ -]centur(?:y|ies){_ERA}",
            r"\b\d[\d,.]* (?:(?:thousand|million|billion) )?(?:years?|months?|weeks?|days?|hours?) ago\b",
            r"\b\d{1,2}:\d{2}(?: ?[ap]\.?m\b\.?)?",
            r"(?:公元前?)?(?<![\d.])\d{3,4} ?年?(?:至|到|-|–|—|~) ?\d{4} ?年",
            r"(?:公元前?|约)?(?<![\d.])\d{3,4} ?年(?!代|前|来|后|的?历史)"
            r"(?: ?\d{1,2} ?月(?:份|(?: ?\d{1,2} ?[日号]))?)?[初底末中]?",
            r"(?:\d{1,2} ?世纪)?(?: ?\d{2,4} ?年代)[初末]?|\d{1,2} ?世纪[初末中]?叶?",
            r"(?<!\d)\d{1,2} ?月 ?\d{1,2} ?[日号]",
            rf"(?<=[\u4e00-\u9fff（( ]){_YEAR}(?= ?[）)\u4e00-\u9fff]| [A-Z])(?! ?[多余{_ZH_DIGIT}]| ?{_CLASSIFIER})",
            r"\d[\d,.]* ?[万亿]*多?年(?:以)?前",
        )
    )
)

_SPELLED = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = r"(?:hundred|thousand|million|billion|trillion)"
_SCALE_LETTER = re.compile(r" ?(?:k|mn?|bn|tn)\b", re.IGNORECASE)
_PERCENT = r"(?:[%％]|per ?cent\b|个百分点)"
_AMOUNTS = re.compile(
    rf"百分之(?:{_DIGITS}|[零{_ZH_DIGIT}]+)"
    rf"|(?<![A-Za-z\d.$£€¥-])(?P<money>(?:US|HK|A)?[$£€¥] ?|(?:RMB|USD|EUR|GBP) )?"
    rf"(?:{_DIGITS}(?:(?: ?%)? ?(?:-|–|—|~|to|至|到) ?(?:[$£€¥] ?)?{_DIGITS})?"
    rf"|(?i:\b{_SPELLED}(?: and a half(?= \w+s\b))?|\ba(?= (?:hundred|thousand|million|dozen|decade|century)\b)"
    rf"|\bhalf an?(?= (?:hour|day|year|decade|century)\b))(?: (?:to|or) {_SPELLED}(?: and a half(?= \w+s\b))?)?"
    rf"(?![a-z]|-(?!(?:year|month|week|day|hour)\b)))"
    rf"(?:[ -](?:and a half |and )?{_SCALE}\b)*(?: ?(?:万亿|[百万亿]|千(?![克米瓦]))+)?"
    rf"(?:[多余几](?={_CLASSIFIER}))?(?: ?{_PERCENT})?"
    rf"|(?<![第{_ZH_DIGIT}\d])(?!一)[{_ZH_DIGIT}]+[多余几]?(?=(?:大|小)?{_CLASSIFIER})"
)
_LENGTH = r"(?:km|kilomet(?:er|re)s?|met(?:er|re)s?|miles?|feet|foot|ft|inches|cm|mm|m\b|公里|千米|米|英里|英尺|厘米)"
_AREA = (
    r"(?:square (?:km|kilomet(?:er|re)s?|met(?:er|re)s?|miles?|feet|foot)|sq\.? ?(?:km|mi|ft|m)|km2|km²|m²|m2"
    r"|hectares?|ha\b|acres?|平方(?:公里|千米|米|英里|英尺)|公顷|亩)"
)
_DURATION = (
    r"(?:(?:working |business |calendar |full |academic )?(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?"
    r"|decades?|centur(?:y|ies))|年|个月|个工作日|周|天|小时|分钟|秒|个世纪)"
)
_SPEED = r"(?:km/h|mph|kph|m/s|kilomet(?:er|re)s per hour|miles per hour|公里/小时|(?:公里|英里)每小时)"
_MONEY = r"(?:(?:US |HK )?dollars?|euros?|pounds?|yuan|RMB|USD|renminbi|美元|欧元|英镑|元(?:人民币)?|港元|日元)"
_AGE = r"(?:years? old|years? of age|岁)"


class Measure(StrEnum):
    """What an amount is of, where its unit tells; the rest are counts."""

    PERCENT = "percent"
    MONEY = "money"
    SPEED = "speed"
    AREA = "area"
    LENGTH = "length"
    AGE = "age"
    DURATION = "duration"
    COUNT = "count"


# A longer unit first: "square miles" before "miles", "years old" before "years".
_UNITS = tuple(
    (measure, re.compile(rf"[ -]?(?:[多余几](?=\S))?{unit}(?![a-z])"))
    for measure, unit in (
        (Measure.MONEY, _MONEY),
        (Measure.SPEED, _SPEED),
        (Measure.AREA, _AREA),
        (Measure.LENGTH, _LENGTH),
        (Measure.AGE, _AGE),
        (Measure.DURATION, _DURATION),
    )
)
_NAME_WORD = rf"[A-Z](?:[^\W{CJK}]|[’'-])*(?:\.(?= [A-Z]))?"  # it ends where Chinese goes on: "CRO在江北"
_LINKS = r"(?: (?:of|the|de|di|da|del|la|le|von|van|der|den|bin|al|du|for)){0,2}"
_NAMES = re.compile(
    rf"{_NAME_WORD}(?:{_LINKS} {_NAME_WORD}|(?<=\b[A-Z])\. ?{_NAME_WORD})*(?: \d{{1,3}}\b(?![,.%]\d| [a-z]+s\b))?"
)
_LEADS_EN = r"(?:\bsuch as|\binclud(?:es?|ing)|\bnamely|\bamong them|\bconsists? of|\b(?:are|were)|:)"
_ITEM_EN = rf"(?:(?!{_LEADS_EN} )[^,;:.()]){{2,60}}?"
_END_EN = r"(?=[.;:()]|\s[–—]\s|$|,? (?:which|who|where|while|but|have|has|are|is|were|was)\b)"
_LEADS_ZH = "(?:包括|包含|例如|比如|分别[是为]|有|是|为|：)"
_ITEM_ZH = "[^，、；：。（）]{1,30}?"
_LISTS = (
    re.compile(rf"{_LEADS_EN} (?P<items>{_ITEM_EN}(?:, {_ITEM_EN})*,? (?:and|or) {_ITEM_EN}){_END_EN}"),
    re.compile(
        rf"{_LEADS_ZH}(?P<items>{_ITEM_ZH}(?:、{_ITEM_ZH})+(?:(?:以?及|[和与]){_ITEM_ZH})?)(?=[，。；（）]|等|$)"
    ),
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit; ``number`` is the place of the number alone, ``span`` that of both."""

    number: Span
    span: Span
    measure: Measure


@lru_cache(maxsize=512)
def times(text: str) -> tuple[Span, ...]:
    """Return where days, months with a year or a day, years, decades, centuries and hours stand."""
    return tuple(Span(*match.span()) for match in _TIMES.finditer(text))


@lru_cache(maxsize=512)
def amounts(text: str) -> tuple[Amount, ...]:
    """Return where numbers stand that count or measure, with their units; those of a date are none."""
    days = times(text)
    found: list[Amount] = []
    start = 0
    while match := _AMOUNTS.search(text, start):
        number = Span(*match.span())
        day = next((day for day in days if number.start < day.end and day.start < number.end), None)
        start = day.end if day else number.end  # of "in 2021 to 480 people" the end is no date
        if day is None:
            found.append(_measured(text, number, money=bool(match["money"])))
    return tuple(found)


def _measured(text: str, number: Span, *, money: bool) -> Amount:
    said = number.of(text)
    if re.search(rf"{_PERCENT}$|^百分之", said):
        return Amount(number, number, Measure.PERCENT)
    if money:  # the "m" of "£42m" is no metre
        scale = _SCALE_LETTER.match(text, number.end)
        return Amount(number, Span(number.start, scale.end() if scale else number.end), Measure.MONEY)
    for measure, unit in _UNITS:
        if match := unit.match(text, number.end):
            return Amount(number, Span(number.start, match.end()), measure)
    return Amount(number, number, Measure.COUNT)


@lru_cache(maxsize=512)
def name_spans(text: str) -> tuple[Span, ...]:
    """Return where runs of capitalised words stand, without the small words ("The", "In") that begin them."""
    found: list[Span] = []
    for match in _NAMES.finditer(text):
        start, end = match.span()
        while (word := re.match(r"[\w’'-]+", text[start:end])) and word.group().lower() in STOP_EN:
            start = min(end, start + word.end() + 1)
        if start < end and not any(day.start <= start < day.end for day in times(text)):
            found.append(Span(start, end))
    return tuple(found)


@lru_cache(maxsize=512)
def lists(text: str) -> tuple[tuple[int, Span], ...]:
    """Return where the items of enumerations stand, each after the place of the words that lead them in."""
    return tuple((match.start(), Span(*match.span("items"))) for pattern in _LISTS for match in pattern.finditer(text))
