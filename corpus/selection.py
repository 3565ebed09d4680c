"""What a filter lets through: its articles and their passages.

Each is worked out once for a generation of the library and a filter, and the last few are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from corpus.article import Article, Language
from corpus.catalogue import Catalogue
from corpus.filters import Filter
from corpus.kept import Kept
from corpus.rows import same_version
from corpus.schema import LIVE, passages, versions

_KEPT = 32
_LABEL = [versions.c[name] for name in ("article_id", "title", "author", "published", "categories", "language")]


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of an article beside its text; ``published`` is None where the day is unknown."""

    article_id: str
    title: str
    author: str | None
    published: date | None
    categories: tuple[str, ...]
    language: Language


class Selections:
    """Works out selections of one generation of a catalogue, each read within the view that asks."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._articles: Kept[Filter, dict[str, None]] = Kept(_KEPT)
        self._keys: Kept[Filter, tuple[int, ...]] = Kept(_KEPT)
        self._dates: Kept[None, dict[str, date]] = Kept(1)
        self._categories: Kept[None, tuple[str, ...]] = Kept(1)
        self._authors: Kept[None, tuple[str, ...]] = Kept(1)

    def articles(self, where: Filter, within: sa.Connection | None = None) -> dict[str, None]:
        """Return the ids of the live articles that ``where`` admits, the newest first, as an ordered set."""
        return self._articles.one(where, lambda: self._read_articles(where, within))

    def page(
        self, where: Filter, limit: int | None = None, offset: int = 0, within: sa.Connection | None = None
    ) -> list[Article]:
        """Return articles that ``where`` admits, the newest first."""
        ids = list(self.articles(where, within))[offset : None if limit is None else offset + limit]
        found = self._catalogue.articles_of(ids, within)
        return [found[name] for name in ids if name in found]

    def keys(self, where: Filter, within: sa.Connection | None = None) -> tuple[int, ...]:
        """Return the keys of their passages."""
        return self._keys.one(where, lambda: self._read_keys(where, within))

    def dates(self, within: sa.Connection | None = None) -> dict[str, date]:
        """Return when each live article was published, as far as that is known."""
        return self._dates.one(None, lambda: self._read_dates(within))

    def categories(self, within: sa.Connection | None = None) -> tuple[str, ...]:
        """Return the categories of the live articles, in order of their names."""
        return self._categories.one(None, lambda: self._read_categories(within))

    def authors(self, within: sa.Connection | None = None) -> tuple[str, ...]:
        """Return the authors of the live articles, as they are named there, in order of their names."""
        return self._authors.one(None, lambda: self._read_authors(within))

    def labels(self, filters: Sequence[Filter], within: sa.Connection | None = None) -> list[Label]:
        """Return what is known of the live articles that all ``filters`` admit, the newest first; none is kept."""
        statement = (
            sa.select(*_LABEL)
            .where(LIVE, *(where.where() for where in filters))
            .order_by(versions.c.published.desc().nulls_last(), versions.c.article_id)
        )
        with self._catalogue.read(within) as connection:
            rows = connection.execute(statement).all()
        return [
            Label(
                row.article_id,
                row.title,
                row.author,
                date.fromisoformat(row.published[:10]) if row.published else None,
                tuple(row.categories),
                row.language,
            )
            for row in rows
            if all(where.names(row.categories, row.author) for where in filters)
        ]

    def _read_articles(self, where: Filter, within: sa.Connection | None) -> dict[str, None]:
        return {label.article_id: None for label in self.labels([where], within)}

    def _read_keys(self, where: Filter, within: sa.Connection | None) -> tuple[int, ...]:
        admitted = self.articles(where, within)
        statement = (
            sa.select(passages.c.key, passages.c.article_id)
            .join(versions, same_version(passages, versions))
            .where(LIVE, where.where())
            .order_by(passages.c.key)
        )
        with self._catalogue.read(within) as connection:
            return tuple(row.key for row in connection.execute(statement) if row.article_id in admitted)

    def _read_dates(self, within: sa.Connection | None) -> dict[str, date]:
        statement = sa.select(versions.c.article_id, versions.c.published)
        with self._catalogue.read(within) as connection:
            rows = connection.execute(statement.where(LIVE, versions.c.published.is_not(None)))
            return {row.article_id: date.fromisoformat(row.published[:10]) for row in rows}

    def _read_categories(self, within: sa.Connection | None) -> tuple[str, ...]:
        with self._catalogue.read(within) as connection:
            held = connection.execute(sa.select(versions.c.categories).where(LIVE)).scalars().all()
        return tuple(sorted({name for names in held for name in names}, key=str.casefold))

    def _read_authors(self, within: sa.Connection | None) -> tuple[str, ...]:
        with self._catalogue.read(within) as connection:
            held = connection.execute(sa.select(versions.c.author).where(LIVE).distinct()).scalars().all()
        return tuple(sorted(filter(None, held), key=str.casefold))
