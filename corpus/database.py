"""The database under the catalogue (SQLite by default): its transactions, migrations, generations and facts.

Writers take the database's write lock at the start of a transaction; readers see the last committed state.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa

from corpus.errors import Unavailable
from corpus.schema import facts

CATALOGUE = "catalogue.sqlite"
"""The database's file in a data folder."""
_FACT = sa.select(facts.c.value).where(facts.c.name == sa.bindparam("name"))
_GENERATION = sa.select(facts.c.value).where(facts.c.name == "generation")


class Database:
    """Opens transactions, and keeps small facts; every method is one transaction unless given a connection."""

    def __init__(self, url: str | sa.URL) -> None:
        self._engine = sa.create_engine(url)
        self._newest = 0
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", _prepare_sqlite)
            sa.event.listen(self._engine, "begin", _begin_sqlite)

    @classmethod
    def open(cls, data_dir: Path) -> Self:
        """Open the catalogue in ``data_dir``, bringing its tables up to date; raises Unavailable."""
        from alembic.util import CommandError

        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            database = cls.at(data_dir / CATALOGUE)
            database.migrate()
        except CommandError as error:
            raise Unavailable(f"the catalogue in '{data_dir}' was made by a newer version: {error}") from error
        except (OSError, sa.exc.DatabaseError) as error:
            raise Unavailable(f"the catalogue in '{data_dir}' can't be opened: {cause(error)}") from error
        return database

    @classmethod
    def open_to_read(cls, data_dir: Path) -> Self:
        """Open the catalogue in ``data_dir``, or an empty one in memory where there is none: a look makes no library.

        Raises Unavailable.
        """
        if (data_dir / CATALOGUE).is_file():
            return cls.open(data_dir)
        empty = cls("sqlite://")
        empty.migrate()
        return empty

    @classmethod
    def at(cls, file: Path) -> Self:
        """Return the database in an SQLite file, whatever its path holds; nothing is read yet."""
        return cls(sa.URL.create("sqlite", database=str(file)))

    def migrate(self) -> None:
        """Bring the tables up to the newest migration; a database that is there already is not written to."""
        from alembic import command
        from alembic.config import Config
        from alembic.runtime.migration import MigrationContext
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self.read() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
        if revision != ScriptDirectory.from_config(config).get_current_head():
            with self.write() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        self._newest = self.generation

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def read(self, within: sa.Connection | None = None) -> Iterator[sa.Connection]:
        """One consistent view of the catalogue: the one of ``within``, or a new one."""
        if within is not None:
            yield within
            return
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction that holds the write lock; raises Unavailable where it can't be committed."""
        with self._engine.connect().execution_options(insight_write=True) as connection:
            try:
                with connection.begin():
                    yield connection
            except sa.exc.OperationalError as error:
                raise Unavailable(f"the catalogue can't be written: {cause(error)}; nothing was changed") from error

    # Generation

    @property
    def generation(self) -> int:
        """The number of the newest state that questions can see."""
        return self.generation_in(None)

    def generation_in(self, within: sa.Connection | None) -> int:
        """Return the number of the state that ``within`` sees."""
        with self.read(within) as connection:
            return int(connection.execute(_GENERATION).scalar() or 0)

    @property
    def newest(self) -> int:
        """The number of the newest state as this process knows it, without a look at the database.

        It is never behind when ``begin_generation`` is over.
        """
        return self._newest

    @contextmanager
    def begin_generation(self) -> Iterator[sa.Connection]:
        """One transaction that writes and, where it is committed, begins a new generation."""
        with self.write() as connection:
            yield connection
            begun = self.generation_in(connection) + 1
            note(connection, "generation", str(begun))
        self._newest = begun

    def bump(self) -> None:
        """Begin a new generation without a change of articles: what is found may differ from now on."""
        with self.begin_generation():
            pass

    # Facts

    def fact(self, name: str) -> str | None:
        """Return what is noted under a name."""
        with self.read() as connection:
            return connection.execute(_FACT, {"name": name}).scalar()

    def put_fact(self, name: str, value: str) -> None:
        """Note a value under a name, where it is not there already."""
        if self.fact(name) != value:
            with self.write() as connection:
                note(connection, name, value)

    def drop_fact(self, name: str) -> None:
        """Forget what is noted under a name."""
        with self.write() as connection:
            connection.execute(facts.delete().where(facts.c.name == name))


def note(connection: sa.Connection, name: str, value: str) -> None:
    """Note a fact under a name, in place of what was there."""
    connection.execute(facts.delete().where(facts.c.name == name))
    connection.execute(facts.insert().values(name=name, value=value))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Make SQLAlchemy's own BEGIN the only one, and set what a catalogue needs."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "busy_timeout = 10000",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    """Take the write lock at once where a transaction will write: two writers queue instead of failing half-way."""
    writes = connection.get_execution_options().get("insight_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def cause(error: Exception) -> str:
    """Return the reason that an error of the system or the database gives."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(getattr(error, "orig", None) or error)
