"""What a filter lets through: its articles, their passages and, where they are few, their vectors.

Each is worked out once for a generation of the library and a filter, and the last few are kept.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import sqlalchemy as sa

from corpus.article import Article
from corpus.catalogue import Catalogue
from corpus.encoder import Vector
from corpus.filters import Filter
from corpus.rows import same_version, unpacked_vector
from corpus.schema import State, passages, vectors, versions

EXACT_MOST = 5000
"""Most passages among which the nearest are found by comparing all; a vector index only pays beyond."""

_KEPT, _MATRICES_KEPT = 32, 4  # a matrix of the most passages takes 8 MB at 384 dimensions
_BATCH = 500  # values of one IN list


@dataclass(frozen=True, slots=True)
class Matrix:
    """Passages' keys and their vectors, of shape (n, d)."""

    keys: tuple[int, ...]
    vectors: Vector

    def nearest(self, vector: Vector, k: int) -> list[tuple[int, float]]:
        """Return at most ``k`` keys with their cosine, nearest first."""
        if not self.keys:
            return []
        scores = self.vectors @ vector
        order = np.argsort(-scores, kind="stable")[:k]
        return [(self.keys[place], float(scores[place])) for place in order]


class Selections:
    """Works out selections of one catalogue; safe to share among threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        # An ingest that lands between the generation's being read and the rows' does no harm: the next
        # question asks for the next generation.
        self._articles = lru_cache(_KEPT)(self._read_articles)
        self._keys = lru_cache(_KEPT)(self._read_keys)
        self._matrix = lru_cache(_MATRICES_KEPT)(self._read_matrix)
        self._dates = lru_cache(1)(self._read_dates)
        self._categories = lru_cache(1)(self._read_categories)

    def articles(self, where: Filter) -> dict[str, None]:
        """Return the ids of the live articles that ``where`` admits, the newest first, as an ordered set."""
        return self._articles(self._catalogue.generation, where)

    def page(self, where: Filter, limit: int | None = None, offset: int = 0) -> list[Article]:
        """Return articles that ``where`` admits, the newest first."""
        ids = list(self.articles(where))[offset : None if limit is None else offset + limit]
        found = self._catalogue.articles_of(ids)
        return [found[name] for name in ids if name in found]

    def keys(self, where: Filter) -> tuple[int, ...]:
        """Return the keys of their passages."""
        return self._keys(self._catalogue.generation, where)

    def matrix(self, where: Filter, fingerprint: str) -> Matrix | None:
        """Return their passages' vectors; None where there are more than ``EXACT_MOST``."""
        generation = self._catalogue.generation
        if len(self._keys(generation, where)) > EXACT_MOST:
            return None
        return self._matrix(generation, where, fingerprint)

    def dates(self) -> dict[str, date]:
        """Return when each live article was published, as far as that is known."""
        return self._dates(self._catalogue.generation)

    def categories(self) -> tuple[str, ...]:
        """Return the categories of the live articles, in order of their names."""
        return self._categories(self._catalogue.generation)

    def _read_articles(self, _generation: int, where: Filter) -> dict[str, None]:
        columns = (versions.c.article_id, versions.c.categories, versions.c.author)
        statement = (
            sa.select(*columns)
            .where(versions.c.state == State.LIVE, where.where())
            .order_by(versions.c.published.desc().nulls_last(), versions.c.article_id)
        )
        with self._catalogue.read() as connection:
            rows = connection.execute(statement).all()
        return {row.article_id: None for row in rows if where.names(row.categories, row.author)}

    def _read_keys(self, generation: int, where: Filter) -> tuple[int, ...]:
        admitted = self._articles(generation, where)
        statement = (
            sa.select(passages.c.key, passages.c.article_id)
            .join(versions, same_version(passages, versions))
            .where(versions.c.state == State.LIVE, where.where())
            .order_by(passages.c.key)
        )
        with self._catalogue.read() as connection:
            return tuple(row.key for row in connection.execute(statement) if row.article_id in admitted)

    def _read_matrix(self, generation: int, where: Filter, fingerprint: str) -> Matrix:
        keys = self._keys(generation, where)
        found: dict[int, Vector] = {}
        with self._catalogue.read() as connection:
            for first in range(0, len(keys), _BATCH):
                among = vectors.c.passage_key.in_(keys[first : first + _BATCH])
                statement = sa.select(vectors.c.passage_key, vectors.c.vector)
                rows = connection.execute(statement.where(among, vectors.c.fingerprint == fingerprint))
                found |= {row.passage_key: unpacked_vector(row.vector) for row in rows}
        return Matrix(tuple(found), np.stack(list(found.values())) if found else np.zeros((0, 0), np.float32))

    def _read_dates(self, _generation: int) -> dict[str, date]:
        statement = sa.select(versions.c.article_id, versions.c.published)
        with self._catalogue.read() as connection:
            rows = connection.execute(
                statement.where(versions.c.state == State.LIVE, versions.c.published.is_not(None))
            )
            return {row.article_id: date.fromisoformat(row.published[:10]) for row in rows}

    def _read_categories(self, _generation: int) -> tuple[str, ...]:
        statement = sa.select(versions.c.categories).where(versions.c.state == State.LIVE)
        with self._catalogue.read() as connection:
            held = connection.execute(statement).scalars().all()
        return tuple(sorted({name for names in held for name in names}, key=str.casefold))
