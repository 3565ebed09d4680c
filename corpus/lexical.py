"""Full-text search inside the catalogue: SQLite's FTS5 over our own segmented text.

Beside the migrations the only module that speaks a dialect of SQL. Each live passage has one row under its key;
columns hold index terms separated by blanks, so FTS5 never segments anything itself. Scores are FTS5's BM25 (k1 1.2,
b 0.75).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa

TITLE_WEIGHT, HEADINGS_WEIGHT, BODY_WEIGHT, BIGRAMS_WEIGHT = 0.6, 0.4, 1.0, 0.35
MAX_TERMS = 64
MOST_MATCHES = 4000
"""Of a question's terms the rarest are looked for that stand in so many passages together: ranking takes time for each
passage that matches, and the commoner terms hardly tell one from another. Small libraries never come to it."""

_TERMS_OF = sa.text("SELECT rowid, title, headings, body, bigrams FROM passages_fts WHERE rowid IN :keys").bindparams(
    sa.bindparam("keys", expanding=True)
)
_DOCUMENT_COUNTS = sa.text("SELECT term, doc FROM passages_terms WHERE term IN :terms").bindparams(
    sa.bindparam("terms", expanding=True)
)


@dataclass(frozen=True, slots=True)
class LexicalRow:
    """The index terms of one passage."""

    key: int
    title: Sequence[str]
    headings: Sequence[str]
    body: Sequence[str]
    bigrams: Sequence[str]


@dataclass(frozen=True, slots=True)
class IndexedTerms:
    """What the index holds of one passage, in the text's order, as ``spaced`` writes it."""

    title: str
    headings: str
    body: str
    bigrams: str

    @property
    def length(self) -> int:
        """The number of terms of the body."""
        return self.body.count(" ") // 2


def spaced(terms: Sequence[str]) -> str:
    """Write terms with two blanks to each, " drug  trial ": so written, ``str.count`` counts a phrase."""
    return f" {'  '.join(terms)} " if terms else ""


def create(connection: sa.Connection) -> None:
    """Create the index and the view of its vocabulary, as all migrations together leave them."""
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE passages_fts USING fts5(title, headings, body, bigrams, "
        "tokenize = \"unicode61 remove_diacritics 0 tokenchars '.+-&#_/,'''\")"
    )
    connection.exec_driver_sql("CREATE VIRTUAL TABLE passages_terms USING fts5vocab(passages_fts, 'row')")


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


def search(
    connection: sa.Connection,
    terms: Sequence[str],
    bigrams: Sequence[str],
    limit: int,
    *,
    within: Sequence[int] | None = None,
) -> list[tuple[int, float]]:
    """Return the keys of at most ``limit`` passages that hold any term, best first, with BM25 as a positive score.

    Only passages whose keys are in ``within`` are looked at, where it is given.
    Terms beyond ``MAX_TERMS`` are left out: a longer question names nothing more.
    """
    clauses = []
    if terms:
        clauses.append("{title headings body} : (" + " OR ".join(map(_quoted, terms[:MAX_TERMS])) + ")")
    if bigrams:
        clauses.append("{bigrams} : (" + " OR ".join(map(_quoted, bigrams[:MAX_TERMS])) + ")")
    if not clauses:
        return []
    # The plus keeps SQLite from running the whole search once for each key.
    among = "" if within is None else "AND +rowid IN (SELECT value FROM json_each(:keys))"
    rank = f"bm25(passages_fts, {TITLE_WEIGHT}, {HEADINGS_WEIGHT}, {BODY_WEIGHT}, {BIGRAMS_WEIGHT})"
    statement = sa.text(
        f"SELECT rowid, {rank} AS rank FROM passages_fts "  # noqa: S608 (weights are constants)
        f"WHERE passages_fts MATCH :query {among} ORDER BY rank LIMIT :limit"
    )
    values = {"query": " OR ".join(clauses), "limit": limit, "keys": json.dumps(within)}
    rows = connection.execute(statement, values if among else {k: v for k, v in values.items() if k != "keys"})
    return [(key, -rank) for key, rank in rows.all()]


def rarest(
    terms: Sequence[str], bigrams: Sequence[str], counts: Mapping[str, int], *, least: int
) -> tuple[list[str], list[str]]:
    """Return which of terms and bigrams to look for, in their order: the rarest, within ``MOST_MATCHES``.

    ``counts`` tells in how many passages a word or bigram stands; a phrase stands in no more than its rarest word.
    Commoner ones are taken as well until ``least`` passages may match.
    """
    often = {(term, False): min(counts.get(word, 0) for word in term.split(" ")) for term in terms}
    often |= {(pair, True): counts.get(pair, 0) for pair in bigrams}
    taken: set[tuple[str, bool]] = set()
    matches = 0
    for item in sorted((item for item in often if often[item]), key=often.__getitem__):
        if matches >= least and matches + often[item] > MOST_MATCHES:
            break
        matches += often[item]
        taken.add(item)
    return [term for term in terms if (term, False) in taken], [pair for pair in bigrams if (pair, True) in taken]


def terms_of(connection: sa.Connection, keys: Sequence[int]) -> dict[int, IndexedTerms]:
    """Return the index terms of passages, by key."""
    rows = connection.execute(_TERMS_OF, {"keys": list(keys)})
    return {key: IndexedTerms(*map(_respaced, columns)) for key, *columns in rows.all()}


def document_counts(connection: sa.Connection, terms: Sequence[str]) -> Mapping[str, int]:
    """Return in how many live passages each term stands."""
    if not terms:
        return {}
    return dict(connection.execute(_DOCUMENT_COUNTS, {"terms": list(terms)}).all())


def _joined(terms: Sequence[str]) -> str:
    return " ".join(terms)


def _respaced(joined: str) -> str:
    """Write as ``spaced`` does what ``_joined`` wrote."""
    return f" {joined.replace(' ', '  ')} " if joined else ""


def _quoted(term: str) -> str:
    """Quote a term, so that nothing in it is FTS5 syntax; a NUL would end the query."""
    return '"' + term.replace('"', '""').replace("\0", "") + '"'
