"""Where two articles say different things of the same: other dates, or other numbers, for one question.

Conservative: both sentences must hold every name of the question that their articles' titles don't, lie near each other
in likelihood, and each point to one date or number only (see ``service.quotes.direct``), so that two different things
are not set against each other. A number said to be about or above something agrees with what it leaves room for.
"""

import re
from collections.abc import Sequence
from itertools import islice

from corpus.article import Span
from corpus.language import Analyzer
from service.evidence import Evidence, ScoredSentence
from service.question.kinds import Kind
from service.quotes.bounds import ABOVE, ROUGH
from service.quotes.direct import point_at
from service.sentences.presence import NAMED, presence
from service.text.quantities import dates, numbers
from service.understand import Understood

NEAR = 0.5  # a sentence of another article must be this likely, as a share of the best one's likelihood
ABOUT = 0.1  # how far a number said to be about another may lie from it, as a share

_KINDS = frozenset({Kind.WHEN, Kind.QUANTITY})
_YEAR = re.compile(r"(?<!\d)\d{3,4}(?=s?\b|[^\d%])|(?<!\d)\d{4}$")
_AROUND = 14  # characters before a number, and a few after it, in which such a word stands


def differing(
    evidence: Evidence, question: Understood, chosen: Sequence[ScoredSentence], analyzer: Analyzer
) -> tuple[ScoredSentence, ...]:
    """Return the best sentence and the one of another article that differs from it, the newer article's first.

    Empty where nothing differs. An article without a date counts as older than one with a date.
    """
    if question.kind not in _KINDS or not chosen or not any(unit.name for unit in question.units):
        return ()
    best = chosen[0]
    place = point_at(question, best, analyzer)
    if place is None or not _about_the_same(question, best, best, analyzer):
        return ()
    near = (
        other
        for other in evidence.sentences
        if other.article.id != best.article.id
        and other.score >= best.score * NEAR
        and _about_the_same(question, best, other, analyzer)
    )
    for other in islice(near, 1):
        there = point_at(question, other, analyzer)
        if there and _differ(question.kind, (best, place), (other, there)):
            return tuple(sorted((best, other), key=_published, reverse=True))
    return ()


def _about_the_same(question: Understood, best: ScoredSentence, other: ScoredSentence, analyzer: Analyzer) -> bool:
    """Whether a sentence holds every name of the question and whatever else of it the best one holds.

    Of what its article's title names the sentence tells without the name.
    """
    names = {place for place, unit in enumerate(question.units) if unit.name}
    lacking = (names | best.holds) - other.holds
    if not lacking <= names:
        return False
    title = analyzer.terms(other.article.title) if lacking else ()
    return all(presence(question.units[place], title) >= NAMED for place in lacking)


def _published(sentence: ScoredSentence) -> str:
    return sentence.article.published or ""


def _differ(kind: Kind, one: tuple[ScoredSentence, Span], two: tuple[ScoredSentence, Span]) -> bool:
    said, also = (place.of(sentence.article.text) for sentence, place in (one, two))
    if said in two[0].text or also in one[0].text:
        return False
    return _days_differ(said, also) if kind is Kind.WHEN else _numbers_differ(one, two)


def _days_differ(one: str, two: str) -> bool:
    """Whether two dates can't both be right: other years, or other months or days of the same year."""
    years, other = set(_YEAR.findall(one)), set(_YEAR.findall(two))
    if len(years) != 1 or len(other) != 1 or "世纪" in one + two or "centur" in one + two:
        return False
    if years != other:
        # "the 1990s" has room for 1994
        decades = re.search(r"\ds\b|年代", one) or re.search(r"\ds\b|年代", two)
        return not decades
    parts = [[(day.month, day.day) for day in dates(text)] for text in (one, two)]
    return all(parts) and any(
        a is not None and b is not None and a != b for a, b in zip(*(p[0] for p in parts), strict=True)
    )


def _numbers_differ(one: tuple[ScoredSentence, Span], two: tuple[ScoredSentence, Span]) -> bool:
    read = []
    for sentence, place in (one, two):
        text, start, end = sentence.article.text, place.start, place.end
        values = {value for number in numbers(place.of(text)) for value in number.values}
        if len(values) != 1:
            return False
        ((value, percent),) = values
        before, after = text[max(0, start - _AROUND) : start], text[end : end + 3]
        said = place.of(text)
        above = bool(ABOVE.search(before) or ABOVE.search(said) or "以上" in after)
        rough = bool(ROUGH.search(before) or "左右" in after)
        read.append((value, percent, above, rough))
    (first, percent, above, rough), (second, other_percent, other_above, other_rough) = read
    if percent != other_percent or (above and second >= first) or (other_above and first >= second):
        return False
    if rough or other_rough or above or other_above:
        return abs(first - second) > ABOUT * max(first, second)
    return first != second
