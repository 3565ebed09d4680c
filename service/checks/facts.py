"""The facts of a statement (numbers, dates, names, quoted terms), looked for in its quotes and in what stands above."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from corpus.article import Language
from corpus.language import CHINESE_CHAR, CJK, Analyzer
from service.answer import SupportKind
from service.text.mentions import lists
from service.text.quantities import Day, Number, Value, currencies, dates, numbers, ordinals
from service.text.wording import ORDINARY_ENDING, name_index, name_words, quoted_terms, squash, words

ROUNDS_TO = 3.0
"""Percentage points by which a share in words may be off: 32 per cent is "a third"."""

_YEARS = (1500, 2100)
_ITEM = re.compile(r",? (?:and|or) |, |、|[和与及]")
_MORE_BEFORE = re.compile(
    r"(?:,|\b(?:and|or|including|includes?|such as|e\.g\.|example,?|among|like)) ?$|(?:、|[和与及]|包括|例如|比如|如)$"
)
_MORE_BEHIND = re.compile(
    r"(?: \([^)]{1,30}\)|（[^）]{1,30}）)?(?:,? (?:and|or|as well as) |, (?=[A-Z])|、|[和与及等])"
)
_LISTED = re.compile(r",(?: (?:and|or))? |、")  # "talent and capital" is one item of a list with commas
_FAMILY_ZH = re.compile(rf"(?<=[{CJK}][·•・‧])[{CJK}]{{2}}(?![{CJK}]*[·•・‧])")
_PAIR = re.compile(r"\w (?:and|as well as) \w|[和与及]")


@dataclass(frozen=True, slots=True)
class Finding:
    """What speaks against a statement, with a line on it."""

    kind: SupportKind
    reason: str


@dataclass(frozen=True, slots=True)
class FactComparison:
    """Facts of a statement that stand in the quotes, that are missing from them, and that can't be told."""

    found: int
    missing: tuple[Finding, ...]
    doubts: tuple[Finding, ...]


def language_of(text: str) -> Language:
    """Weigh Chinese characters against Latin *words*: a short Chinese sentence may be mostly names in Latin letters."""
    return "zh" if len(CHINESE_CHAR.findall(text)) > len(words(text)) else "en"


@dataclass(frozen=True, slots=True)
class _Fact:
    """One fact of a statement; ``sure`` is False where its absence from the quotes proves nothing."""

    kind: SupportKind
    text: str
    here: bool
    in_context: bool
    sure: bool = True


class _Shown:
    """What some texts show, ready to be asked for one fact after the other."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self.names = name_index(tuple(texts))
        self._values: set[Value] = {value for text in texts for number in numbers(text) for value in number.values}
        self._ordinals = frozenset[str]().union(*(ordinals(text) for text in texts))
        self._days = [day for text in texts for day in dates(text)]
        self._squashed = [squash(text) for text in texts]
        self.currencies = frozenset[str]().union(*(currencies(text) for text in texts))

    def number(self, number: Number) -> bool:
        return not self._values.isdisjoint(number.values) or self._share(number)

    def _share(self, number: Number) -> bool:
        """Whether a share in words ("a third") stands here as a percentage that rounds to it."""
        said = [value for value, percent in number.values if percent and not number.text[0].isdigit()]
        shown = [value for value, percent in self._values if percent]
        return any(abs(one - other) <= ROUNDS_TO for one in said for other in shown)

    def comes_to(self, number: Number) -> bool:
        """Whether a small number may be worked out: so many items are listed, or so many years lie between two."""
        return not {value for value, percent in number.values if not percent}.isdisjoint(self._worked_out)

    @cached_property
    def _worked_out(self) -> set[float]:
        years = sorted(value for value, percent in self._values if not percent and _YEARS[0] <= value <= _YEARS[1])
        between = {later - earlier for earlier, later in combinations(years, 2)}
        listed = (items.of(text) for text in self._texts for _, items in lists(text))
        pair = {2.0} if any(map(_PAIR.search, self._texts)) else set[float]()
        return between | pair | {float(len(_ITEM.split(items))) for items in listed}

    def lists(self, items: Sequence[str]) -> bool:
        """Whether these things stand side by side here, and no other one with them."""
        return bool(items) and any(_stand_alone(text, items) for text in self._texts)

    def ordinal(self, key: str) -> bool:
        return key in self._ordinals

    def day(self, said: Day) -> bool:
        return any(
            said.month == shown.month
            and said.day in {None, shown.day}
            and (
                said.year in {None, shown.year}
                or (shown.year is None and (float(said.year or 0), False) in self._values)
            )
            for shown in self._days
        )

    def text(self, text: str) -> bool:
        return any(squash(text) in shown for shown in self._squashed)


def compare_facts(
    statement: str, quotes: Sequence[str], context: Sequence[str], analyzer: Analyzer | None
) -> FactComparison:
    """Hold each fact of the statement against the quotes and, where it isn't there, against the context.

    ``analyzer`` is None where the quotes are in another language: then only what looks the same in both is compared.
    """
    shown, around = _Shown(quotes), _Shown(context)
    facts = _quantity_facts(statement, shown, around)
    facts += _latin_name_facts(statement, shown, around, analyzer)
    if analyzer:
        facts += [_Fact("term", text, shown.text(text), around.text(text)) for text in quoted_terms(statement)]
        facts += [
            _Fact("name", name, shown.text(name), around.text(name))
            for name in (*analyzer.chinese_names(statement), *_family_names_zh(statement))
        ]
    absent = [fact for fact in facts if not fact.here]
    return FactComparison(
        len({fact.text for fact in facts if fact.here}),
        tuple(
            Finding(fact.kind, f"“{fact.text}” is in none of the quotes")
            for fact in absent
            if fact.sure and not fact.in_context
        ),
        tuple(
            Finding(fact.kind, f"“{fact.text}” is not in the quotes themselves")
            for fact in absent
            if (fact.kind != "name" if fact.in_context else not fact.sure)
        ),
    )


def _quantity_facts(statement: str, shown: _Shown, around: _Shown) -> list[_Fact]:
    told = ordinals(statement)  # "the 2nd" may stand there as "the second", which is no number
    facts = [
        _Fact(
            "number",
            n.text,
            shown.number(n) or (key in told and shown.ordinal(key)) or shown.lists(items),
            around.number(n) or (key in told and around.ordinal(key)),
            sure=not (items or shown.comes_to(n)),
        )
        for n in numbers(statement, with_dates=False)
        for key, items in [(f"{n.text}th", _counted_out(statement, n))]
    ]
    facts += [_Fact("date", day.text, shown.day(day), around.day(day)) for day in dates(statement)]
    said = currencies(statement)
    if said and shown.currencies:  # quotes that name no currency can't contradict one
        facts += [_Fact("number", sign, sign in shown.currencies, in_context=False) for sign in sorted(said)]
    return facts


def _stand_alone(text: str, items: Sequence[str]) -> bool:
    places = [text.find(item) for item in items]
    if min(places) < 0:
        return False
    end = max(place + len(item) for place, item in zip(places, items, strict=True))
    return not (_MORE_BEFORE.search(text, 0, min(places)) or _MORE_BEHIND.match(text, end))


def _counted_out(statement: str, number: Number) -> list[str]:
    """Return the items of a list that a number of the statement stands before, if they are as many: "two: A and B"."""
    for start, items in lists(statement):
        if number.text in statement[:start].lower():
            for parting in (_ITEM, _LISTED):
                found = parting.split(items.of(statement))
                if (float(len(found)), False) in number.values:
                    return found
    return []


def _family_names_zh(text: str) -> list[str]:
    """Return how the family names of foreigners begin: where 温特 of 格雷戈里·温特 ends nothing tells."""
    return _FAMILY_ZH.findall(text)


def _latin_name_facts(statement: str, shown: _Shown, around: _Shown, analyzer: Analyzer | None) -> list[_Fact]:
    missing, unknown = set(shown.names.missing(statement)), set(around.names.missing(statement))
    translated = not analyzer and language_of(statement) == "en"  # Chinese quotes write most names in Chinese
    return [
        _Fact("name", name.text, name not in missing, name not in unknown, sure=name.sure and not translated)
        for name in name_words(statement)
        if name.sure or not ORDINARY_ENDING.search(name.text)  # "Companies" may only open the sentence
    ]
