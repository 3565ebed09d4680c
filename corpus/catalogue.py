"""The one truth: articles, versions, passages and vectors."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

import numpy as np
import sqlalchemy as sa

from corpus import lexical
from corpus.article import Article, Passage
from corpus.database import Database, note
from corpus.encoded import Encoded, Vector
from corpus.errors import Unavailable
from corpus.rows import (
    article_of,
    packed,
    passage_of,
    passage_row,
    same_version,
    unpacked_vector,
    version_row,
)
from corpus.schema import LIVE, State, articles, origins, passages, vectors, versions

_PURGE_DUE = "purge_due"
_OF_VERSION = same_version(passages, versions)

Edition = tuple[Article, Sequence[Passage]]
"""An article as it is to be, with its passages."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A version that was written and is not live yet; ``keys`` are its passages' in the catalogue."""

    article: Article
    version: int
    passages: tuple[Passage, ...]
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """By which marks a live article is known."""

    identity: str
    title: str
    content_hash: str
    text_hash: str
    splitter: str


class Catalogue(Database):
    """Reads and writes the catalogue; every method is one transaction unless given a connection."""

    # Articles

    def article(self, article_id: str) -> Article | None:
        """Return the live version of an article."""
        return next(iter(self._articles(versions.c.article_id == article_id)), None)

    def articles_of(self, ids: Sequence[str], within: sa.Connection | None = None) -> dict[str, Article]:
        """Return those of the named articles that are live, by id."""
        if not ids:
            return {}
        return {article.id: article for article in self._articles(versions.c.article_id.in_(ids), within=within)}

    def names(self) -> dict[str, str]:
        """Return what live articles call things, each name with what it stands for."""
        with self.read() as connection:
            rows = connection.execute(sa.select(versions.c.names).where(versions.c.state == State.LIVE)).scalars()
            return {name: meaning for names in rows for name, meaning in names.items()}

    def holdings(self) -> dict[str, Holding]:
        """Return by which marks each live article is known, by id; no texts are read."""
        hashes = (versions.c.content_hash, versions.c.text_hash)
        statement = (
            sa.select(articles.c.id, articles.c.identity, versions.c.title, *hashes, versions.c.splitter)
            .join(versions, articles.c.id == versions.c.article_id)
            .where(versions.c.state == State.LIVE)
        )
        with self.read() as connection:
            return {row[0]: Holding(*row[1:]) for row in connection.execute(statement)}

    def articles(self, limit: int | None = None, offset: int = 0) -> list[Article]:
        """Return live articles, the newest first."""
        return self._articles(sa.true(), limit=limit, offset=offset)

    def count(self) -> int:
        """Return the number of live articles."""
        with self.read() as connection:
            statement = sa.select(sa.func.count()).select_from(versions).where(versions.c.state == State.LIVE)
            return int(connection.execute(statement).scalar_one())

    def holds_samples(self) -> bool:
        """Whether one of the articles that come with the package is live."""
        with self.read() as connection:
            statement = sa.select(versions.c.article_id).where(LIVE, versions.c.sample).limit(1)
            return connection.execute(statement).first() is not None

    def _articles(
        self,
        where: sa.ColumnElement[bool],
        limit: int | None = None,
        offset: int = 0,
        within: sa.Connection | None = None,
    ) -> list[Article]:
        statement = (
            sa.select(versions, articles.c.identity)
            .join(articles, articles.c.id == versions.c.article_id)
            .where(LIVE, where)
            .order_by(versions.c.published.desc().nulls_last(), versions.c.article_id)
            .limit(limit)
            .offset(offset)
        )
        with self.read(within) as connection:
            return [article_of(row) for row in connection.execute(statement)]

    # Publishing

    def stage(
        self,
        editions: Sequence[Edition],
        encoded: Sequence[Sequence[Encoded]],
        *,
        fingerprint: str,
        splitter: str,
    ) -> list[Staged]:
        """Write a new version of each article with its passages, staged: no question sees them yet."""
        with self.write() as connection:
            numbers = _next_versions(connection, [article for article, _ in editions])
            rows = [
                version_row(article) | {"version": numbers[article.id], "state": State.STAGED, "splitter": splitter}
                for article, _ in editions
            ]
            connection.execute(versions.insert(), rows)
            staged = [_numbered(article, parts, numbers[article.id]) for article, parts in editions]
            everything = [passage for parts in staged for passage in parts]
            added = connection.execute(
                passages.insert().returning(passages.c.key, sort_by_parameter_order=True),
                [passage_row(passage) for passage in everything],
            )
            keys = dict(zip([passage.id for passage in everything], added.scalars(), strict=True))
            vectors_of = [item for of_article in encoded for item in of_article]
            connection.execute(
                vectors.insert(),
                [
                    {"passage_key": keys[passage.id], "fingerprint": fingerprint, **packed(item)}
                    for passage, item in zip(everything, vectors_of, strict=True)
                ],
            )
        return [
            Staged(article, numbers[article.id], tuple(parts), tuple(keys[passage.id] for passage in parts))
            for (article, _), parts in zip(editions, staged, strict=True)
        ]

    def flip(
        self,
        live: Mapping[str, int | None],
        rows: Sequence[lexical.LexicalRow],
        identities: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Make these versions the live ones of their articles, or none, and what was live retired.

        One transaction and one new generation for all of them; ``rows`` are the new versions' for full text,
        ``identities`` what their articles are known by from now on.
        """
        with self.begin_generation() as connection:
            was_live = sa.and_(versions.c.article_id.in_(live), LIVE)
            old = sa.select(passages.c.key).join(versions, _OF_VERSION).where(was_live)
            lexical.delete(connection, connection.execute(old).scalars().all())
            connection.execute(versions.update().where(was_live).values(state=State.RETIRED))
            for article_id, version in live.items():
                of_article = sa.and_(versions.c.article_id == article_id, versions.c.version == version)
                connection.execute(versions.update().where(of_article).values(state=State.LIVE))
            _identify(connection, identities)
            lexical.insert(connection, rows)
            if None in live.values():
                note(connection, _PURGE_DUE, "yes")

    def leftovers(self) -> list[str]:
        """Return the ids of passages that are staged or retired: what a finished or killed run leaves to sweep."""
        statement = sa.select(passages.c.id).join(versions, _OF_VERSION).where(versions.c.state != State.LIVE)
        with self.read() as connection:
            return list(connection.execute(statement).scalars())

    def sweep(self) -> None:
        """Delete every version that is not live, with its passages and vectors."""
        with self.write() as connection:
            gone = sa.select(passages.c.key).join(versions, _OF_VERSION).where(versions.c.state != State.LIVE)
            doomed = connection.execute(gone).scalars().all()
            for table, column in ((vectors, vectors.c.passage_key), (passages, passages.c.key)):
                for first in range(0, len(doomed), 500):
                    connection.execute(table.delete().where(column.in_(doomed[first : first + 500])))
            connection.execute(versions.delete().where(versions.c.state != State.LIVE))
            connection.execute(articles.delete().where(articles.c.id.not_in(sa.select(versions.c.article_id))))
            connection.execute(origins.delete().where(origins.c.article_id.not_in(sa.select(articles.c.id))))

    def purge(self) -> bool:
        """Take the bytes of what was swept out of the files as well; False where a reader holds on to old pages."""
        with self.write() as connection:
            lexical.optimize(connection)
        try:
            return lexical.checkpoint(self._engine)
        except self._engine.dialect.loaded_dbapi.Error as error:
            raise Unavailable(
                f"what was withdrawn is in no answer, but its bytes are not cleared yet: {error}"
            ) from error

    @property
    def purge_due(self) -> bool:
        """Whether the files may still hold bytes of what was withdrawn: a withdrawal did not come to its end."""
        return self.fact(_PURGE_DUE) is not None

    def purged(self) -> None:
        """Note that a withdrawal came to its end."""
        self.drop_fact(_PURGE_DUE)

    # Passages and vectors

    def all_vectors(self, fingerprint: str, batch: int = 1000) -> Generator[tuple[list[str], Vector], None, None]:
        """Yield ids and vectors of all live passages, in batches."""
        statement = (
            sa.select(passages.c.id, vectors.c.vector)
            .join(vectors, vectors.c.passage_key == passages.c.key)
            .join(versions, _OF_VERSION)
            .where(versions.c.state == State.LIVE, vectors.c.fingerprint == fingerprint)
        )
        with self.read() as connection:
            for rows in connection.execution_options(yield_per=batch).execute(statement).partitions():
                yield [row.id for row in rows], np.stack([unpacked_vector(row.vector) for row in rows])

    def sample_vectors(self, fingerprint: str, limit: int) -> list[tuple[str, Vector]]:
        """Return ids and vectors of a few live passages."""
        with closing(self.all_vectors(fingerprint, limit)) as batches:
            return [pair for batch in islice(batches, 1) for pair in zip(*batch, strict=True)]

    def without_vectors(self, fingerprint: str) -> list[str]:
        """Return the ids of live articles that have passages without vectors of this fingerprint."""
        has = sa.exists().where(vectors.c.passage_key == passages.c.key, vectors.c.fingerprint == fingerprint)
        statement = (
            sa.select(passages.c.article_id)
            .join(versions, _OF_VERSION)
            .where(versions.c.state == State.LIVE, ~has)
            .distinct()
        )
        with self.read() as connection:
            return list(connection.execute(statement).scalars())

    def passages_of(self, article_id: str) -> list[tuple[int, Passage]]:
        """Return the live passages of an article, in order, each with its key."""
        statement = (
            sa.select(passages, versions.c.text)
            .join(versions, _OF_VERSION)
            .where(passages.c.article_id == article_id, LIVE)
            .order_by(passages.c.ordinal)
        )
        with self.read() as connection:
            return [(row.key, passage_of(row, row.text)) for row in connection.execute(statement)]

    def put_vectors(self, keys: Sequence[int], encoded: Sequence[Encoded], fingerprint: str) -> None:
        """Add vectors of another fingerprint to passages; those that are gone meanwhile are left out."""
        with self.write() as connection:
            held = set(connection.execute(sa.select(passages.c.key).where(passages.c.key.in_(keys))).scalars())
            connection.execute(
                vectors.delete().where(vectors.c.passage_key.in_(keys), vectors.c.fingerprint == fingerprint)
            )
            rows = [
                {"passage_key": key, "fingerprint": fingerprint, **packed(item)}
                for key, item in zip(keys, encoded, strict=True)
                if key in held
            ]
            if rows:
                connection.execute(vectors.insert(), rows)

    def drop_vectors(self, *, keep: str) -> None:
        """Delete all vectors but those of the fingerprint ``keep``."""
        with self.write() as connection:
            connection.execute(vectors.delete().where(vectors.c.fingerprint != keep))

    def live_ids(self) -> dict[str, int]:
        """Return the id and key of every live passage."""
        statement = (
            sa.select(passages.c.id, passages.c.key).join(versions, _OF_VERSION).where(versions.c.state == State.LIVE)
        )
        with self.read() as connection:
            return {row.id: row.key for row in connection.execute(statement)}

    # Full text

    def replace_text(self, rows: Sequence[lexical.LexicalRow]) -> None:
        """Fill the full-text index anew."""
        with self.write() as connection:
            lexical.delete(connection, lexical.keys(connection))
            lexical.insert(connection, rows)

    def lexical_keys(self) -> set[int]:
        """Return the key of every passage in the full-text index."""
        with self.read() as connection:
            return lexical.keys(connection)


def _next_versions(connection: sa.Connection, staged: Sequence[Article]) -> dict[str, int]:
    """Return the number of each article's next version, and enter the articles that are new."""
    ids = [article.id for article in staged]
    known = set(connection.execute(sa.select(articles.c.id).where(articles.c.id.in_(ids))).scalars())
    new = [{"id": name, "identity": f"staged:{name}"} for name in ids if name not in known]  # until it is live
    if new:
        connection.execute(articles.insert(), new)
    newest = (
        sa.select(versions.c.article_id, sa.func.max(versions.c.version))
        .where(versions.c.article_id.in_(ids))
        .group_by(versions.c.article_id)
    )
    latest = {row[0]: int(row[1]) for row in connection.execute(newest)}
    return {article_id: latest.get(article_id, 0) + 1 for article_id in ids}


def _identify(connection: sa.Connection, identities: Mapping[str, str]) -> None:
    """Give articles their identities; those that change go out of each other's way first, should they change places."""
    held = connection.execute(sa.select(articles).where(articles.c.id.in_(identities)))
    changed = [row.id for row in held if row.identity != identities[row.id]]
    for new in ({name: f"moving:{name}" for name in changed}, {name: identities[name] for name in changed}):
        for name, identity in new.items():
            connection.execute(articles.update().where(articles.c.id == name).values(identity=identity))


def _numbered(article: Article, parts: Sequence[Passage], version: int) -> list[Passage]:
    return [
        replace(part, id=f"{article.id}.{version}.{part.ordinal}", article_id=article.id, version=version)
        for part in parts
    ]
