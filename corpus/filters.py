"""Which articles a question may be answered from: by category, author, language and day of publication."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from corpus.article import Article, Language
from corpus.errors import BadInput
from corpus.language import CJK
from corpus.schema import versions

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Filter:
    """What an article must be: one of each that is given, published from ``since`` to ``until``, both included.

    Categories are compared whole and authors by any name that stands in theirs, both without regard to case. An
    article without a date of publication is never within dates.
    """

    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def empty(self) -> bool:
        """Whether every article passes."""
        return not (self.categories or self.authors or self.languages or self.since or self.until)

    def within(self, since: date | None, until: date | None) -> "Filter":
        """Return the filter with its dates narrowed further."""
        sinces, untils = ([day for day in days if day] for days in ((self.since, since), (self.until, until)))
        return Filter(
            self.categories, self.authors, self.languages, max(sinces, default=None), min(untils, default=None)
        )

    def where(self) -> sa.ColumnElement[bool]:
        """Return what a database can tell of it as a condition on ``versions``: language and dates."""
        day = sa.func.substr(versions.c.published, 1, 10)
        conditions: list[sa.ColumnElement[bool]] = [sa.true()]
        if self.languages:
            conditions.append(versions.c.language.in_(self.languages))
        if self.since:
            conditions.append(day >= self.since.isoformat())
        if self.until:
            conditions.append(day <= self.until.isoformat())
        return sa.and_(*conditions)

    def names(self, categories: Iterable[str], author: str | None) -> bool:
        """Tell the rest: whether an article of these categories and this author passes."""
        if self.categories and _folded(self.categories).isdisjoint(_folded(categories)):
            return False
        return not self.authors or (author is not None and any(_holds(_fold(author), _fold(a)) for a in self.authors))

    def admits(self, article: Article) -> bool:
        """Whether ``article`` passes."""
        if self.languages and article.language not in self.languages:
            return False
        if self.since or self.until:
            day = article.published_date
            if day is None or (self.since and day < self.since) or (self.until and day > self.until):
                return False
        return self.names(article.categories, article.author)


EVERYTHING = Filter()
"""The filter that every article passes."""


def filter_of(
    *,
    categories: Collection[str] = (),
    authors: Collection[str] = (),
    language: Language | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
) -> Filter:
    """Build a filter from what a person gave, days as "2025-01-31"; raises BadInput with what to change."""
    for what, names in (("category", categories), ("author", authors)):
        if not all(name.strip() for name in names):
            raise BadInput(f"{what}: an empty name matches nothing; leave it out")
    first, last = calendar_day(since, "since"), calendar_day(until, "until")
    if first and last and first > last:
        raise BadInput(f"since: {first} lies after until, {last}; swap them")
    return Filter(tuple(categories), tuple(authors), (language,) if language else (), first, last)


def calendar_day(given: str | date | None, name: str) -> date | None:
    """Read a calendar day; raises BadInput with ``name`` where it is none."""
    if given is None or isinstance(given, date):
        return given
    try:
        # Python reads "20250131" and "2025-W05-5" as well, which no one gives on purpose
        return date.fromisoformat(given.strip() if _DAY.fullmatch(given.strip()) else "")
    except ValueError as error:
        raise BadInput(f"{name}: '{given[:40]}' is no day; give one such as 2025-01-31") from error


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _folded(names: Iterable[str]) -> set[str]:
    return {_fold(name) for name in names}


def _holds(author: str, name: str) -> bool:
    """Whether ``name`` stands in ``author``, as whole words where it is written in words: "Li" is not in "Oliver"."""
    edge = f"[^\\W{CJK}]"
    return re.search(rf"(?<!{edge}){re.escape(name)}(?!{edge})", author) is not None
