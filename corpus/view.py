"""The library as one question sees it: one generation, read in one transaction, with what was read of it before.

What a generation holds never changes, so whatever is read of it may be kept; a new generation begins with nothing kept.
"""

import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from corpus import lexical
from corpus.article import Article, Language, Passage
from corpus.catalogue import Catalogue
from corpus.encoded import Encoded
from corpus.filters import Filter
from corpus.glossary import Phrase
from corpus.kept import Kept
from corpus.lexical import ArticleTerms
from corpus.postings import Keys, Places, Postings, pair_keys, passages_with, phrase_places
from corpus.rows import passage_of, same_version, unpacked
from corpus.schema import LIVE, passages, vectors, versions
from corpus.selection import Label, Selections
from corpus.table import Matrix, PassageTable

CHINESE = ("\u4e00", "\u9fff")
"""The first and the last of the common Chinese characters."""
EXACT_MOST = 5000
"""Most passages among which the nearest are found by comparing all; a vector index only pays beyond."""

_CURRENT = sa.select(passages).join(versions, same_version(passages, versions)).where(LIVE)
_OF_KEYS = _CURRENT.where(passages.c.key.in_(sa.bindparam("keys", expanding=True)))
_KEYS = _CURRENT.with_only_columns(passages.c.id, passages.c.key).where(
    passages.c.id.in_(sa.bindparam("ids", expanding=True))
)
_EXCERPTS = _OF_KEYS.with_only_columns(
    *(passages.c[name] for name in ("key", "id", "article_id", "start", "end", "headings")),
    *(versions.c[name] for name in ("title", "url", "author", "published", "language")),
    sa.func.substr(versions.c.text, passages.c.start + 1, passages.c.end - passages.c.start).label("text"),
)
_ENCODED = sa.select(vectors).where(
    vectors.c.passage_key.in_(sa.bindparam("keys", expanding=True)),
    vectors.c.fingerprint == sa.bindparam("fingerprint"),
)
_TOTAL = sa.select(sa.func.count()).select_from(passages)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A live passage with what is said of its article, for which neither is read whole."""

    passage_id: str
    article_id: str
    title: str
    url: str | None
    author: str | None
    published: str | None
    language: Language
    headings: tuple[str, ...]
    text: str
    start: int
    end: int


class Memory:
    """What was read of one generation; safe to share among threads.

    Beside the table of all passages, some 900 bytes for each, it is as much as the last few hundred questions are
    likely to share: at 384 dimensions some 40 MB, and of places of terms up to 140 MB at 100,000 passages.
    """

    def __init__(self, catalogue: Catalogue, generation: int) -> None:
        self.generation = generation
        self.selections = Selections(catalogue)
        self.articles: Kept[str, Article] = Kept(1024)
        self.terms: Kept[str, ArticleTerms] = Kept(128)  # some 80 KB each
        self.passages: Kept[int, Passage] = Kept(2048)
        self.encoded: Kept[tuple[str, int], Encoded] = Kept(384)
        self.matrices: Kept[tuple[Filter, str], Matrix] = Kept(4)  # of the most passages one takes 8 MB
        self.keys: Kept[str, int] = Kept(16384)
        self.places: Kept[str, Places] = Kept(8_000_000, len)
        self.postings: Kept[Phrase, Postings] = Kept(4_000_000, lambda found: 1 + len(found.keys))
        self.pairs: Kept[str, Keys] = Kept(2_000_000, len)
        self.counts: Kept[str, int] = Kept(16384)
        self.total: Kept[None, int] = Kept(1)
        self._tables: Kept[str, PassageTable] = Kept(1)
        self._reading = threading.Lock()

    def table(self, fingerprint: str, connection: sa.Connection) -> PassageTable:
        """Return the table for the vectors of ``fingerprint``, read by the first who asks while the rest wait."""
        with self._reading:
            return self._tables.one(fingerprint, lambda: PassageTable.read(connection, fingerprint))


class View:
    """One generation of a library; for one thread, and only for as long as a search takes."""

    def __init__(self, catalogue: Catalogue, connection: sa.Connection, memory: Memory) -> None:
        self._catalogue, self._connection, self._memory = catalogue, connection, memory

    @property
    def generation(self) -> int:
        """The number of the state that is seen."""
        return self._memory.generation

    def articles_of(self, ids: Iterable[str]) -> dict[str, Article]:
        """Return those of the named articles that are live, by id."""
        return self._memory.articles.some(ids, lambda few: self._catalogue.articles_of(few, self._connection))

    def terms_of(self, ids: Iterable[str]) -> dict[str, ArticleTerms]:
        """Return the index terms of those of the named articles that are live, by id."""
        return self._memory.terms.some(ids, lambda few: lexical.terms_of(self._connection, few))

    def keys_of(self, ids: Iterable[str]) -> dict[str, int]:
        """Return the keys of those of the named passages that are live, by id."""
        return self._memory.keys.some(ids, self._read_keys)

    def passages(self, keys: Iterable[int]) -> dict[int, Passage]:
        """Return those of the passages that are live, by key."""
        return self._memory.passages.some(keys, self._read_passages)

    def passage(self, passage_id: str) -> Passage | None:
        """Return a live passage."""
        return next(iter(self.passages(self.keys_of([passage_id]).values()).values()), None)

    def table(self, fingerprint: str) -> PassageTable:
        """Return what ranking needs of the live passages that have a vector of this fingerprint."""
        return self._memory.table(fingerprint, self._connection)

    def excerpts(self, keys: Iterable[int]) -> dict[int, Excerpt]:
        """Return those of the passages that are live as a search shows them, by key."""
        rows = self._connection.execute(_EXCERPTS, {"keys": list(keys)}).all()
        return {
            row.key: Excerpt(
                row.id,
                row.article_id,
                row.title,
                row.url,
                row.author,
                row.published,
                row.language,
                tuple(row.headings),
                row.text,
                row.start,
                row.end,
            )
            for row in rows
        }

    def encoded(self, keys: Iterable[int], fingerprint: str) -> dict[int, Encoded]:
        """Return passages' vectors and those of their sentences, as the model of ``fingerprint`` made them, by key."""
        names = [(fingerprint, key) for key in keys]
        return {name[1]: found for name, found in self._memory.encoded.some(names, self._read_encoded).items()}

    def document_counts(self, terms: Iterable[str]) -> tuple[dict[str, int], int]:
        """Return in how many live passages each term stands, and how many passages there are."""
        counts = self._memory.counts.some(
            terms, lambda few: {term: passages_with(places) for term, places in self._places(few).items()}
        )
        return counts, self._memory.total.one(None, lambda: int(self._connection.execute(_TOTAL).scalar_one()))

    def terms_like(self, term: str, lengths: range) -> list[str]:
        """Return the terms of the live passages that begin with the same character and are so long."""
        return lexical.words(self._connection, term[0], term[0], lengths)

    def chinese_terms(self, lengths: range) -> list[str]:
        """Return the Chinese terms of the live passages that are so long."""
        return lexical.words(self._connection, *CHINESE, lengths)

    def postings(self, phrases: Iterable[Phrase]) -> dict[Phrase, Postings]:
        """Return where each phrase of index terms stands among the live passages."""
        return self._memory.postings.some(phrases, self._join)

    def pairs(self, bigrams: Iterable[str]) -> dict[str, Keys]:
        """Return the keys of the live passages that hold each pair of Chinese characters."""
        return self._memory.pairs.some(
            bigrams, lambda few: {pair: pair_keys(places) for pair, places in self._places(few).items()}
        )

    def selected(self, where: Filter) -> tuple[int, ...] | None:
        """Return the keys of the passages that ``where`` admits, ascending; None where it admits all."""
        return None if where.empty else self._memory.selections.keys(where, self._connection)

    def admitted(self, where: Filter) -> Collection[str] | None:
        """Return the ids of the articles that ``where`` admits, the newest first; None where it admits all."""
        return None if where.empty else self._memory.selections.articles(where, self._connection)

    def among(self, where: Filter, fingerprint: str) -> Matrix | Collection[str] | None:
        """Return among what the nearest are looked for: vectors, where ``where`` leaves few, else ids of articles."""
        if where.empty:
            return None
        keys = self._memory.selections.keys(where, self._connection)
        if len(keys) > EXACT_MOST:
            return self.admitted(where)
        return self._memory.matrices.one((where, fingerprint), lambda: self.table(fingerprint).among(keys))

    def page(self, where: Filter, limit: int | None, offset: int) -> list[Article]:
        """Return articles that ``where`` admits, the newest first."""
        return self._memory.selections.page(where, limit, offset, self._connection)

    def published(self) -> Mapping[str, date]:
        """Return when each live article was published, by id, as far as that is known."""
        return self._memory.selections.dates(self._connection)

    def categories(self) -> tuple[str, ...]:
        """Return the categories of the live articles, in order of their names."""
        return self._memory.selections.categories(self._connection)

    def authors(self) -> tuple[str, ...]:
        """Return the authors of the live articles, as they are named there, in order of their names."""
        return self._memory.selections.authors(self._connection)

    def labels(self, *filters: Filter) -> list[Label]:
        """Return what is known of the live articles that all ``filters`` admit, the newest first; no texts are read."""
        return self._memory.selections.labels(filters, self._connection)

    def passages_of(self, article_id: str) -> list[Passage]:
        """Return the live passages of an article, in order."""
        statement = _CURRENT.with_only_columns(passages.c.key).where(passages.c.article_id == article_id)
        keys = self._connection.execute(statement.order_by(passages.c.ordinal)).scalars()
        return list(self.passages(keys).values())

    def _read_keys(self, ids: list[str]) -> dict[str, int]:
        rows = self._connection.execute(_KEYS, {"ids": ids})
        return dict(rows.all())

    def _read_passages(self, keys: list[int]) -> dict[int, Passage]:
        rows = self._connection.execute(_OF_KEYS, {"keys": keys}).all()
        articles = self.articles_of(row.article_id for row in rows)
        return {row.key: passage_of(row, articles[row.article_id].text) for row in rows}

    def _read_encoded(self, names: list[tuple[str, int]]) -> dict[tuple[str, int], Encoded]:
        fingerprint, keys = names[0][0], [key for _, key in names]
        rows = self._connection.execute(_ENCODED, {"keys": keys, "fingerprint": fingerprint}).all()
        return {(fingerprint, row.passage_key): unpacked(row) for row in rows}

    def _places(self, terms: Iterable[str]) -> dict[str, Places]:
        return self._memory.places.some(terms, lambda few: lexical.places(self._connection, few))

    def _join(self, phrases: list[Phrase]) -> dict[Phrase, Postings]:
        places = self._places(term for phrase in phrases for term in phrase)
        return {phrase: Postings.of(phrase_places(phrase, places)) for phrase in phrases}
