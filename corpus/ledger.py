"""What the catalogue remembers besides articles: runs, origins of posts, withdrawals, and what is held back."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from typing import Any

import sqlalchemy as sa

from corpus.article import article_from
from corpus.database import Database
from corpus.records import ADMIN, Held, Origin, Outcome, Run, RunItem, Withdrawal
from corpus.rows import run_item_of, run_item_row, run_of, run_row
from corpus.schema import held, origins, run_items, runs, withdrawals

_WHOLE_RUNS = 20  # only the newest runs keep a row for each post that was merely kept
_BY_A_SOURCE = withdrawals.c.source != ADMIN


class Ledger:
    """Reads and writes the records; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Runs

    def record_run(self, run: Run) -> None:
        """Write a run in place of what was known of it, and its items where it carries any."""
        with self._database.write() as connection:
            if connection.execute(runs.update().where(runs.c.id == run.id).values(run_row(run))).rowcount == 0:
                connection.execute(runs.insert().values(run_row(run)))
            if run.items:
                connection.execute(run_items.delete().where(run_items.c.run_id == run.id))
                _insert_items(connection, run.id, 0, run.items)
            if run.finished:
                _prune(connection)

    def tell(self, run: Run, first: int) -> None:
        """Write how far a run has come, with its items from number ``first`` on."""
        with self._database.write() as connection:
            _insert_items(connection, run.id, first, run.items[first:])
            connection.execute(runs.update().where(runs.c.id == run.id).values(run_row(run)))

    def runs(self, limit: int = 50) -> list[Run]:
        """Return the newest runs with their counts and without their items."""
        statement = sa.select(runs).order_by(runs.c.started.desc(), runs.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [run_of(row) for row in connection.execute(statement)]

    def run(self, run_id: str) -> Run | None:
        """Return one run with its items."""
        items = sa.select(run_items).where(run_items.c.run_id == run_id).order_by(run_items.c.number)
        with self._database.read() as connection:
            row = connection.execute(sa.select(runs).where(runs.c.id == run_id)).first()
            return run_of(row, [run_item_of(item) for item in connection.execute(items)]) if row else None

    def close_interrupted(self, at: str) -> list[str]:
        """End the runs that a killed process left open, at ``at`` (ISO 8601); return their ids."""
        reason = "interrupted: the process ended in the middle of it; ingest again to go on"
        statement = (
            runs.update().where(runs.c.finished.is_(None)).values(finished=at, error=reason).returning(runs.c.id)
        )
        with self._database.write() as connection:
            return list(connection.execute(statement).scalars())

    # Origins

    def origins(self, source: str) -> dict[str, Origin]:
        """Return the posts that a source gave and that are held as articles, by key."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(origins).where(origins.c.source == source))
            return {row.key: Origin(**row._mapping) for row in rows}

    def origins_of(self, article_id: str) -> list[Origin]:
        """Return every post that an article came from."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(origins).where(origins.c.article_id == article_id))
            return [Origin(**row._mapping) for row in rows]

    def put_origins(self, found: Sequence[Origin]) -> None:
        """Remember posts, each in place of what was known by its source and key; none is held back any more."""
        if not found:
            return
        rows = {(origin.source, origin.key): asdict(origin) for origin in found}
        with self._database.write() as connection:
            doomed = origins.delete().where(
                origins.c.source == sa.bindparam("of"), origins.c.key == sa.bindparam("under")
            )
            connection.execute(doomed, [{"of": source, "under": key} for source, key in rows])
            connection.execute(origins.insert(), list(rows.values()))
            if connection.execute(sa.select(held.c.identity).limit(1)).first():
                _end_holds(connection, found)

    def forget(self, source: str, key: str) -> None:
        """Forget one post of a source."""
        with self._database.write() as connection:
            connection.execute(origins.delete().where(origins.c.source == source, origins.c.key == key))

    def sketches(self) -> list[tuple[str, bytes]]:
        """Return the sketch of each article that has one, with its id; of several origins, one."""
        statement = sa.select(origins.c.article_id, origins.c.sketch).where(sa.func.length(origins.c.sketch) > 0)
        with self._database.read() as connection:
            return list({row.article_id: row.sketch for row in connection.execute(statement)}.items())

    # Withdrawals

    def withdrawals(self) -> list[Withdrawal]:
        """Return what was withdrawn and not let in again, the newest first."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(withdrawals).order_by(withdrawals.c.at.desc()))
            return [_withdrawal(row) for row in rows]

    def put_withdrawals(self, found: Sequence[Withdrawal]) -> None:
        """Remember withdrawals, so that nothing brings the articles back: no other source, and no release."""
        if not found:
            return
        rows = {item.identity: asdict(item) for item in found}
        with self._database.write() as connection:
            connection.execute(withdrawals.delete().where(withdrawals.c.identity.in_(rows)))
            connection.execute(withdrawals.insert(), list(rows.values()))
            of_these = held.c.article["id"].as_string().in_([item.article_id for item in found])
            connection.execute(held.delete().where(of_these | held.c.identity.in_(rows)))

    def barred(self, identities: Collection[str]) -> set[str]:
        """Return those of the articles that an admin withdrew."""
        chosen = sa.and_(withdrawals.c.identity.in_(identities), withdrawals.c.source == ADMIN)
        with self._database.read() as connection:
            return set(connection.execute(sa.select(withdrawals.c.identity).where(chosen)).scalars())

    def let_in(self, identities: Sequence[str], *, by_admin: bool = False) -> None:
        """Forget that articles were withdrawn or held back: they come in, or may do so again.

        What an admin withdrew stays so unless one lets it in.
        """
        doomed = {
            table: sa.and_(table.c.identity.in_(identities), sa.true() if by_admin or table is held else _BY_A_SOURCE)
            for table in (withdrawals, held)
        }
        with self._database.read() as connection:
            known = [
                table
                for table, where in doomed.items()
                if connection.execute(sa.select(table.c.identity).where(where)).first()
            ]
        if known:
            with self._database.write() as connection:
                for table in known:
                    connection.execute(table.delete().where(doomed[table]))

    # Held back

    def held(self) -> list[Held]:
        """Return what is held back, the newest first."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(held).order_by(held.c.at.desc(), held.c.identity))
            return [Held(article_from(row.article), tuple(row.flags), row.at, _origin(row.origin)) for row in rows]

    def hold(self, found: Held) -> None:
        """Hold an article back, in place of what was held of it, or of its post, before."""
        origin = asdict(found.origin)
        for name in ("blocks", "sketch"):
            origin[name] = origin[name].hex()
        row = {"article": asdict(found.article), "flags": list(found.flags), "at": found.at, "origin": origin}
        with self._database.write() as connection:
            connection.execute(held.delete().where(held.c.identity == found.article.identity))
            _end_holds(connection, [found.origin])
            connection.execute(held.insert().values(identity=found.article.identity, **row))


def _withdrawal(row: Any) -> Withdrawal:
    return Withdrawal(**{**row._mapping, "posts": tuple((source, key) for source, key in row.posts)})


def _origin(values: dict[str, str]) -> Origin:
    found = Origin(**values)  # type: ignore[arg-type]  # the two that are bytes are turned back here
    return replace(found, blocks=bytes.fromhex(values["blocks"]), sketch=bytes.fromhex(values["sketch"]))


def _end_holds(connection: sa.Connection, posts: Sequence[Origin]) -> None:
    of_post = held.delete().where(
        held.c.origin["source"].as_string() == sa.bindparam("of"),
        held.c.origin["key"].as_string() == sa.bindparam("under"),
    )
    connection.execute(of_post, [{"of": post.source, "under": post.key} for post in posts])


def _insert_items(connection: sa.Connection, run_id: str, first: int, items: Sequence[RunItem]) -> None:
    rows = [run_item_row(run_id, number, item) for number, item in enumerate(items, first)]
    if rows:
        connection.execute(run_items.insert(), rows)


def _prune(connection: sa.Connection) -> None:
    newest = sa.select(runs.c.id).order_by(runs.c.started.desc(), runs.c.id.desc()).limit(_WHOLE_RUNS)
    old = sa.select(runs.c.id).where(runs.c.id.not_in(newest))
    connection.execute(run_items.delete().where(run_items.c.run_id.in_(old), run_items.c.outcome == Outcome.KEPT))
