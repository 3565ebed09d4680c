"""The migrations lead to the tables of the schema, and a migration once written stays what it was."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from corpus import lexical
from corpus.catalogue import Catalogue
from corpus.schema import metadata


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
    assert len(full_text_of(migrated)) == 2
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
