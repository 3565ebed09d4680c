"""The migrations lead to the tables of the schema, keep what is there, and stay what they were once written."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from corpus import lexical
from corpus.article import Article
from corpus.catalogue import Catalogue
from corpus.database import CATALOGUE
from corpus.embedder import Embedder
from corpus.library import Library
from corpus.records import Outcome, Run, RunItem
from corpus.rows import packed, passage_row, version_row
from corpus.schema import State, metadata
from tests.corpus.examples import RefusingEncoder, WordEncoder, embedded, holding, make_article, passages_of


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[sa.Engine]:
    """A catalogue as the migrations make it."""
    Catalogue.open(tmp_path).close()
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture
def declared() -> Iterator[sa.Engine]:
    """A catalogue as the schema and the full-text module declare it."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with engine.begin() as connection:
        metadata.create_all(connection)
        lexical.create(connection)
    yield engine
    engine.dispose()


def tables_of(engine: sa.Engine) -> dict[str, dict[str, Any]]:
    """Return columns, keys and indexes of every table of ours, without an order."""
    found = sa.inspect(engine)
    return {
        name: {
            "columns": {column["name"]: repr(column) for column in found.get_columns(name)},
            "key": found.get_pk_constraint(name)["constrained_columns"],
            "foreign": sorted(map(repr, found.get_foreign_keys(name))),
            "unique": sorted(map(repr, found.get_unique_constraints(name))),
            "indexes": sorted(map(repr, found.get_indexes(name))),
        }
        for name in found.get_table_names()
        if not name.startswith(("passages_fts", "alembic_"))
    }


def full_text_of(engine: sa.Engine) -> list[str]:
    """Return the statements that made the virtual tables."""
    statement = sa.text("SELECT sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name")
    with engine.connect() as connection:
        return list(connection.execute(statement).scalars())


def test_the_migrations_lead_to_the_schema(migrated: sa.Engine, declared: sa.Engine) -> None:
    tables = tables_of(migrated)
    assert set(metadata.tables) <= set(tables)
    assert tables == tables_of(declared)


def test_the_migrations_lead_to_the_full_text_index(migrated: sa.Engine, declared: sa.Engine) -> None:
    assert len(full_text_of(migrated)) == 3
    assert full_text_of(migrated) == full_text_of(declared)


@pytest.mark.parametrize("change", ["table", "full text"])
def test_a_later_change_does_not_change_the_past(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, request: pytest.FixtureRequest
) -> None:
    if change == "table":
        later = sa.Table("later", metadata, sa.Column("id", sa.Text, primary_key=True))
        request.addfinalizer(lambda: metadata.remove(later))
    else:
        monkeypatch.setattr(lexical, "create", lambda connection: connection.exec_driver_sql("CREATE TABLE later (id)"))
    migrated: sa.Engine = request.getfixturevalue("migrated")
    assert "later" not in sa.inspect(migrated).get_table_names()
    assert full_text_of(migrated)


# A catalogue of the version before


def migrate_to(folder: Path, revision: str) -> sa.Engine:
    """Make a catalogue as the migrations up to one of them do."""
    from alembic import command
    from alembic.config import Config

    folder.mkdir()
    catalogue = Catalogue.at(folder / CATALOGUE)
    config = Config()
    config.set_main_option("script_location", str(Path(lexical.__file__).parent / "migrations"))
    with catalogue.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return catalogue._engine


ARTICLES = [
    make_article("a", "The first article is about drugs.", "And it has two paragraphs.", published="2025-01-01"),
    make_article("zh", "江北新区有多家合同研究组织。", language="zh", title="  江北 \n 新区 "),
    make_article("odd", "Half a character \ud83d stands here, ＡＢＣ and STRASSE.", title="Straße"),
]
ITEMS = (
    RunItem("posts/a.md", Outcome.ADDED, "a", "Title of a"),
    RunItem("posts/bad.md", Outcome.REFUSED, reason="it has no text"),
)
RUNS = [
    Run("r1", "posts", "2025-01-01T00:00:00Z", "2025-01-01T00:01:00Z", None, ITEMS),
    Run("r2", "feed", "2025-01-02T00:00:00Z", "2025-01-02T00:01:00Z", "it broke off"),
    Run("r3", "posts", "2025-01-03T00:00:00Z", None, None, (replace(ITEMS[0], outcome=Outcome.KEPT),)),
]


def insert(connection: sa.Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Fill a table as the first migration has it."""
    for row in rows:
        values = {name: json.dumps(v) if isinstance(v, list | dict) else v for name, v in row.items()}
        names = ", ".join(f'"{name}"' for name in values)
        places = ", ".join(f":{name}" for name in values)
        connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)


def fill(engine: sa.Engine) -> None:
    """Put articles with their passages and vectors, runs with their items and facts into an old catalogue."""
    embedder = Embedder(WordEncoder())
    with engine.begin() as connection:
        for article in ARTICLES[:2]:
            insert(connection, "articles", [{"id": article.id, "identity": article.identity}])
            own = version_row(article) | {"version": 1, "state": State.LIVE.value, "splitter": "blocks-1"}
            del own["text_hash"]
            insert(connection, "versions", [own])
            parts = [replace(part, id=f"{article.id}.1.{part.ordinal}", version=1) for part in passages_of(article)]
            insert(connection, "passages", [passage_row(part) for part in parts])
            keys = [row.key for row in connection.execute(sa.text("SELECT key FROM passages ORDER BY key"))]
            encoded = embedded(embedder, article, parts)
            kept = zip(keys[-len(parts) :], encoded, strict=True)
            vectors = [{"passage_key": key, "fingerprint": embedder.fingerprint, **packed(item)} for key, item in kept]
            for row in vectors:
                del row["tokens"]
            insert(connection, "vectors", vectors)
        for run in RUNS:
            told = asdict(run)
            items = [{name: item[name] for name in OLD_ITEM} for item in told["items"]]
            insert(connection, "runs", [{name: told[name] for name in OLD_RUN} | {"items": items}])
        insert(connection, "facts", [{"name": "generation", "value": "7"}])
        insert(connection, "facts", [{"name": "fingerprint", "value": embedder.fingerprint}])
        insert(connection, "feedback", [{"answer_id": "x", "question": "Why?", "verdict": "good", "given": "2025"}])


OLD_ITEM = ("address", "outcome", "article_id", "title", "reason")
OLD_RUN = ("id", "source", "started", "finished", "error")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A data folder whose catalogue was made by the first migration alone."""
    engine = migrate_to(tmp_path / "data", "0001")
    fill(engine)
    engine.dispose()
    return tmp_path / "data"


def test_an_old_catalogue_keeps_its_articles_and_finds_them_by_their_text(old: Path) -> None:
    catalogue = Catalogue.open(old)
    assert {article.id: article for article in catalogue.articles()} == {each.id: each for each in ARTICLES[:2]}
    assert {name: holding.text_hash for name, holding in catalogue.holdings().items()} == {
        each.id: each.text_hash for each in ARTICLES[:2]
    }
    assert catalogue.generation == 7
    with catalogue.read() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM feedback")).scalar() == 1
    catalogue.close()


def test_an_old_catalogue_keeps_its_runs_with_their_items_and_counts(old: Path) -> None:
    from corpus.ledger import Ledger

    catalogue = Catalogue.open(old)
    ledger = Ledger(catalogue)
    assert [ledger.run(run.id) for run in RUNS] == RUNS
    listed = ledger.runs()
    assert [(run.id, run.counts) for run in listed] == [(run.id, run.counts) for run in reversed(RUNS)]
    assert listed[-1].counts["refused"] == 1
    catalogue.close()


def test_an_old_library_opens_and_goes_on(old: Path, open_stub: Callable[..., Library]) -> None:
    library = open_stub(old, RefusingEncoder())
    assert library.verify().sound
    assert {passage.article_id for passage in holding(library, "drug").values()} == {"a"}
    interrupted = library.ledger.run("r3")
    assert interrupted is not None
    assert (str(interrupted.error)[:11], interrupted.counts["kept"]) == ("interrupted", 1)
    library.embedder._encoder = WordEncoder()
    changed = replace(ARTICLES[0], title="Another title")
    assert library.publish(changed, passages_of(changed)) == 2
    assert library.withdraw("zh")
    assert [article.title for article in library.articles()] == ["Another title"]


@pytest.mark.parametrize("article", [pytest.param(article, id=article.id) for article in ARTICLES])
def test_the_migration_knows_texts_by_what_the_article_does(tmp_path: Path, article: Article) -> None:
    """The migration has its own definition, which must not drift from the article's."""
    engine = migrate_to(tmp_path / "data", "0001")
    own = version_row(article) | {"version": 1, "state": State.LIVE.value, "splitter": "s"}
    del own["text_hash"]
    if article.id == "odd":
        own["text"] = own["text"].replace("\ud83d", "")  # SQLite takes no halves of characters
        article = replace(article, text=own["text"])
    with engine.begin() as connection:
        insert(connection, "articles", [{"id": article.id, "identity": article.identity}])
        insert(connection, "versions", [own])
    engine.dispose()
    catalogue = Catalogue.open(tmp_path / "data")
    assert catalogue.holdings()[article.id].text_hash == article.text_hash
    catalogue.close()
