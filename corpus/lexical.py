"""The full-text index inside the catalogue: SQLite's FTS5 over our own segmented text.

Beside the migrations the only module whose queries are in a dialect of SQL; ``database``, ``backup`` and ``restore``
set up and copy SQLite files. Each live passage has one row under its key; columns hold index terms separated by blanks,
so FTS5 never segments anything itself. It is asked where terms stand, which are joined to phrases and counted in
memory, see ``corpus.postings``; and for the terms of whole articles, which it has segmented already.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, groupby
from operator import attrgetter

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from corpus.article import Article, Passage
from corpus.language import Analyzer, ManyTerms
from corpus.postings import COLUMN_BITS, NOWHERE, POSITION_BITS, Column, Places

_COLUMN = " ".join(  # the fullest first: it is compared with one after the other
    f"WHEN '{column.name.lower()}' THEN {column.value << POSITION_BITS}"
    for column in (Column.BODY, Column.BIGRAMS, Column.HEADINGS, Column.TITLE)
)
_PLACE = f"(doc << {COLUMN_BITS + POSITION_BITS}) | (CASE col {_COLUMN} END) | offset"
_PLACES = sa.text(
    f"SELECT term, group_concat({_PLACE}, ' ') FROM passages_places "  # noqa: S608 (made of constants)
    "WHERE term IN :terms GROUP BY term"
).bindparams(sa.bindparam("terms", expanding=True))

_TERMS = sa.text(
    "SELECT article_id, passages.id, coalesce(passages_fts.title, '') AS title, coalesce(body, '') AS body "
    "FROM passages JOIN versions USING (article_id, version) "
    "LEFT JOIN passages_fts ON passages_fts.rowid = passages.key "  # an index that lacks a row is mended by "verify"
    "WHERE coalesce(state, '') = 'live' AND article_id IN :ids ORDER BY article_id, ordinal"
).bindparams(sa.bindparam("ids", expanding=True))
_WORDS = sa.text(
    "SELECT term FROM passages_words WHERE term >= :first AND term < :beyond AND length(term) BETWEEN :shortest AND "
    ":longest"
)
_SIZES = sa.text("SELECT id, sz FROM passages_fts_docsize")


@dataclass(frozen=True, slots=True)
class LexicalRow:
    """The index terms of one passage."""

    key: int
    title: Sequence[str]
    headings: Sequence[str]
    body: Sequence[str]
    bigrams: Sequence[str]


@dataclass(frozen=True, slots=True)
class ArticleTerms:
    """The index terms of an article: ``every`` one of its title and its text, and those of each passage by id."""

    every: ManyTerms
    passages: Mapping[str, tuple[str, ...]]


def row_of(key: int, article: Article, passage: Passage, analyzer: Analyzer) -> LexicalRow:
    """Return the index terms of an article's passage, which has this key in the catalogue."""
    headings = " ".join(passage.headings)
    return LexicalRow(
        key,
        analyzer.terms(article.title),
        analyzer.terms(headings),
        analyzer.terms(passage.text),
        analyzer.bigrams(" ".join((article.title, *passage.headings, passage.text))),
    )


def create(connection: sa.Connection) -> None:
    """Create the index and the views of its vocabulary, as all migrations together leave them."""
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE passages_fts USING fts5(title, headings, body, bigrams, "
        "tokenize = \"unicode61 remove_diacritics 0 tokenchars '.+-&#_/,'''\")"
    )
    connection.exec_driver_sql("CREATE VIRTUAL TABLE passages_places USING fts5vocab(passages_fts, 'instance')")
    connection.exec_driver_sql("CREATE VIRTUAL TABLE passages_words USING fts5vocab(passages_fts, 'row')")


def insert(connection: sa.Connection, rows: Iterable[LexicalRow]) -> None:
    """Add rows for passages that have none."""
    statement = sa.text(
        "INSERT INTO passages_fts (rowid, title, headings, body, bigrams) "
        "VALUES (:key, :title, :headings, :body, :bigrams)"
    )
    values = [
        {
            "key": r.key,
            "title": _joined(r.title),
            "headings": _joined(r.headings),
            "body": _joined(r.body),
            "bigrams": _joined(r.bigrams),
        }
        for r in rows
    ]
    if values:
        connection.execute(statement, values)


def delete(connection: sa.Connection, keys: Iterable[int]) -> None:
    """Remove the rows of passages."""
    values = [{"key": key} for key in keys]
    if values:
        connection.execute(sa.text("DELETE FROM passages_fts WHERE rowid = :key"), values)


def optimize(connection: sa.Connection) -> None:
    """Merge the index into one: FTS5 keeps the words of removed rows in its files until then. Reads all of it."""
    connection.execute(sa.text("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')"))


def checkpoint(engine: sa.Engine) -> bool:
    """Bring the database's one file up to date and empty its write-ahead log, which holds old pages until then.

    False where a reader stood in the way of emptying it; raises the driver's error where the file can't be written
    anew.
    """
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("VACUUM")  # secure_delete leaves old copies in the gaps of pages that were rebuilt
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def keys(connection: sa.Connection) -> set[int]:
    """Return the key of every passage in the index."""
    return set(connection.execute(sa.text("SELECT rowid FROM passages_fts")).scalars())


def places(connection: sa.Connection, terms: Sequence[str]) -> dict[str, Places]:
    """Return where each of the terms stands among the live passages; see ``corpus.postings``."""
    found = dict.fromkeys(terms, NOWHERE)
    for term, joined in connection.execute(_PLACES, {"terms": list(terms)}).all() if terms else ():
        found[term] = np.sort(np.fromstring(joined, np.int64, sep=" "))
    return found


def terms_of(connection: sa.Connection, ids: Sequence[str]) -> dict[str, ArticleTerms]:
    """Return the index terms of those of the named articles that are live, by id; passages tile an article's text."""
    found: dict[str, ArticleTerms] = {}
    for article_id, rows in groupby(connection.execute(_TERMS, {"ids": list(ids)}).all(), attrgetter("article_id")):
        held = list(rows)
        passages = {row.id: tuple(row.body.split()) for row in held}
        found[article_id] = ArticleTerms(ManyTerms(chain(held[0].title.split(), *passages.values())), passages)
    return found


def words(connection: sa.Connection, first: str, last: str, lengths: range) -> list[str]:
    """Return the terms that begin with a character from ``first`` to ``last`` and have so many characters."""
    bounds = {"first": first, "beyond": chr(ord(last) + 1), "shortest": lengths.start, "longest": lengths.stop - 1}
    return list(connection.execute(_WORDS, bounds).scalars())


def body_lengths(connection: sa.Connection) -> npt.NDArray[np.float32]:
    """Return how many terms each live passage's text has, at its key; shape (greatest key + 1,), 0 where none is."""
    sizes: dict[int, bytes] = dict(connection.execute(_SIZES).all())
    lengths = np.zeros(1 + max(sizes, default=0), np.float32)
    if sizes:
        lengths[list(sizes)] = _numbers(b"".join(sizes.values())).reshape(-1, len(Column))[:, Column.BODY]
    return lengths


def _numbers(data: bytes) -> npt.NDArray[np.int64]:
    """Return the numbers of FTS5's notes of how many terms each column of a row has.

    They are as SQLite writes numbers: big-endian, seven bits a byte, the last one below 128.
    """
    held = np.frombuffer(data, np.uint8)
    lasts = np.flatnonzero(held < 0x80)
    firsts = np.append(0, lasts[:-1] + 1)
    places = np.repeat(lasts, lasts - firsts + 1) - np.arange(len(held))
    return np.add.reduceat((held & 0x7F).astype(np.int64) << 7 * places, firsts)


def _joined(terms: Sequence[str]) -> str:
    return " ".join(terms)
