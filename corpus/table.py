"""All live passages as ranking needs them: arrays in the order of their keys, read once for a generation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from corpus import lexical
from corpus.encoded import Vector
from corpus.postings import Keys
from corpus.rows import same_version
from corpus.schema import LIVE, passages, vectors, versions

Rows = npt.NDArray[np.int64]
"""Places in a table."""

_TOGETHER = 500  # rows in hand at a time: many more keep the garbage collector busy

_READ = (
    sa.select(passages.c.key, passages.c.id, passages.c.article_id, versions.c.language, vectors.c.vector)
    .join(versions, same_version(passages, versions))
    .join(vectors, vectors.c.passage_key == passages.c.key)
    .where(LIVE, vectors.c.fingerprint == sa.bindparam("fingerprint"))
    .order_by(passages.c.key)
)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Passages' ids and their vectors, of shape (n, d)."""

    ids: Sequence[str]
    vectors: Vector

    def nearest(self, vector: Vector, k: int) -> list[tuple[str, float]]:
        """Return at most ``k`` ids with their cosine, nearest first."""
        if not self.ids:
            return []
        scores = self.vectors @ vector
        order = np.argsort(-scores, kind="stable")[:k]
        return [(self.ids[place], float(scores[place])) for place in order]


@dataclass(frozen=True)
class PassageTable:
    """The n live passages that have a vector of one model, ascending by key.

    ``languages`` are their articles'. ``vectors`` has shape (n, d), in half precision, as the catalogue keeps them.
    ``lengths`` is how many index terms each passage's text has, at its key: its shape is (greatest key + 1,), and it is
    0 where there is none.
    """

    keys: Keys
    passage_ids: Sequence[str]
    article_ids: Sequence[str]
    languages: npt.NDArray[np.str_]
    vectors: npt.NDArray[np.float16]
    lengths: npt.NDArray[np.float32]
    _rows: Mapping[str, int]

    @classmethod
    def read(cls, connection: sa.Connection, fingerprint: str) -> "PassageTable":
        """Read the passages with vectors of this ``fingerprint``, and the lengths of all."""
        columns: tuple[list[Any], ...] = ([], [], [], [], [])
        for rows in connection.execute(_READ, {"fingerprint": fingerprint}).partitions(_TOGETHER):
            for column, values in zip(columns, zip(*rows, strict=True), strict=True):
                column.extend(values)
        keys, ids, articles, languages, packed = columns
        return cls(
            keys=np.array(keys, np.int64),
            passage_ids=ids,
            article_ids=articles,
            languages=np.array(languages, np.str_),
            vectors=np.frombuffer(b"".join(packed), np.float16).reshape(len(keys), -1 if keys else 0),
            lengths=lexical.body_lengths(connection),
            _rows={name: row for row, name in enumerate(ids)},
        )

    @cached_property
    def held(self) -> frozenset[str]:
        """The languages of all articles."""
        return frozenset(np.unique(self.languages).tolist())

    def rows_of(self, keys: npt.ArrayLike) -> Rows:
        """Return the rows of those of the keys that are there, in their order."""
        wanted = np.asarray(keys, np.int64)
        rows = np.searchsorted(self.keys, wanted)
        there = rows < len(self.keys)
        there[there] = self.keys[rows[there]] == wanted[there]
        return rows[there]

    def rows_named(self, ids: Iterable[str]) -> Rows:
        """Return the rows of those of the named passages that are there, in their order."""
        return np.array([self._rows[name] for name in ids if name in self._rows], np.int64)

    def among(self, keys: Sequence[int]) -> Matrix:
        """Return the vectors of those of the keys that are there, to compare all of them."""
        rows = self.rows_of(keys)
        return Matrix([self.passage_ids[row] for row in rows], self.vectors[rows].astype(np.float32))
