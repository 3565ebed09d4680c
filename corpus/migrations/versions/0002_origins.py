"""Where articles came from, what was withdrawn, what is held back, and runs with a row for each post."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables, move the items of past runs into theirs, and know articles by their text."""
    _create_origins()
    items = {row.id: row.items for row in op.get_bind().execute(sa.text("SELECT id, items FROM runs"))}
    # SQLite has the table of runs made anew for this, which would take rows that refer to it along
    with op.batch_alter_table("runs") as runs:
        runs.drop_column("items")
        runs.add_column(sa.Column("progress", sa.JSON))
        runs.add_column(sa.Column("tally", sa.JSON))
    _create_run_items()
    for run_id, kept in items.items():
        _move_items(run_id, json.loads(kept) if isinstance(kept, str) else kept)
    op.add_column("versions", sa.Column("text_hash", sa.Text))
    op.create_index("ix_versions_text_hash", "versions", ["text_hash"])
    _hash_texts()


def _create_origins() -> None:
    op.create_table(
        "origins",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("marker", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("blocks", sa.LargeBinary, nullable=False),
        sa.Column("sketch", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_origins_article_id", "origins", ["article_id"])
    op.create_table(
        "withdrawals",
        sa.Column("identity", sa.Text, primary_key=True),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("posts", sa.JSON, nullable=False),
    )
    op.create_table(
        "held",
        sa.Column("identity", sa.Text, primary_key=True),
        sa.Column("article", sa.JSON, nullable=False),
        sa.Column("flags", sa.JSON, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("origin", sa.JSON, nullable=False),
    )


def _create_run_items() -> None:
    op.create_table(
        "run_items",
        sa.Column("run_id", sa.Text, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("article_id", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("note", sa.Text),
    )


def _move_items(run_id: str, kept: list[dict[str, str | None]]) -> None:
    """Give each item of a run a row, and the run the counts that were made of its items until now."""
    connection = op.get_bind()
    items = sa.table("run_items", *(sa.column(name) for name in ("run_id", "number", *_ITEM)))
    rows = [
        {"run_id": run_id, "number": number} | {name: item.get(name) for name in _ITEM}
        for number, item in enumerate(kept)
    ]
    if rows:
        connection.execute(items.insert(), rows)
    tally = {"seen": len(kept)} | {name: sum(item["outcome"] == name for item in kept) for name in _OUTCOMES}
    runs = sa.table("runs", sa.column("id"), sa.column("tally", sa.JSON))
    connection.execute(runs.update().where(runs.c.id == run_id).values(tally=tally))


_ITEM = ("address", "outcome", "article_id", "title", "reason")
_OUTCOMES = ("added", "changed", "kept", "withdrawn", "held", "refused")


def _hash_texts() -> None:
    connection = op.get_bind()
    kept = sa.text("SELECT article_id, version, title, text FROM versions")
    for article_id, version, title, text in connection.execute(kept).all():
        words = " ".join([*title.split(), *text.split()])
        digest = hashlib.sha256(words.casefold().encode("utf-8", "surrogatepass")).hexdigest()
        connection.execute(
            sa.text("UPDATE versions SET text_hash = :digest WHERE article_id = :id AND version = :version"),
            {"digest": digest, "id": article_id, "version": version},
        )
