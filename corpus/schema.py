"""The catalogue's tables, in SQLAlchemy Core; the migrations in ``corpus/migrations`` create them."""

from enum import StrEnum

import sqlalchemy as sa


class State(StrEnum):
    """Where a version of an article stands: only ``LIVE`` ones are ever read by a question."""

    STAGED = "staged"
    LIVE = "live"
    RETIRED = "retired"


metadata = sa.MetaData()

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("identity", sa.Text, nullable=False, unique=True),
)

versions = sa.Table(
    "versions",
    metadata,
    sa.Column("article_id", sa.Text, sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("blocks", sa.JSON, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("author", sa.Text),
    sa.Column("published", sa.Text),
    sa.Column("modified", sa.Text),
    sa.Column("categories", sa.JSON, nullable=False),
    sa.Column("names", sa.JSON, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("sample", sa.Boolean, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False, index=True),
    sa.Column("text_hash", sa.Text, index=True),
    sa.Column("splitter", sa.Text, nullable=False),
)

LIVE = sa.func.coalesce(versions.c.state, "") == State.LIVE
"""That a version is live, said so that no index answers it: nearly all are, and a database that has not counted them
would go through every one of them rather than look up the few that are asked for."""

passages = sa.Table(
    "passages",
    metadata,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("article_id", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("headings", sa.JSON, nullable=False),
    sa.Column("sentences", sa.JSON, nullable=False),
    sa.ForeignKeyConstraint(["article_id", "version"], ["versions.article_id", "versions.version"]),
    sa.Index("passages_of_version", "article_id", "version"),
)

vectors = sa.Table(
    "vectors",
    metadata,
    sa.Column("passage_key", sa.Integer, sa.ForeignKey("passages.key", ondelete="CASCADE"), primary_key=True),
    sa.Column("fingerprint", sa.Text, primary_key=True),
    sa.Column("vector", sa.LargeBinary, nullable=False),
    sa.Column("sentences", sa.LargeBinary, nullable=False),
    sa.Column("tokens", sa.LargeBinary),
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("started", sa.Text, nullable=False, index=True),
    sa.Column("finished", sa.Text),
    sa.Column("error", sa.Text),
    sa.Column("progress", sa.JSON),
    sa.Column("tally", sa.JSON),
)

run_items = sa.Table(
    "run_items",
    metadata,
    sa.Column("run_id", sa.Text, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("article_id", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("note", sa.Text),
)

origins = sa.Table(
    "origins",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("article_id", sa.Text, nullable=False, index=True),
    sa.Column("marker", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("rank", sa.Integer, nullable=False),
    sa.Column("blocks", sa.LargeBinary, nullable=False),
    sa.Column("sketch", sa.LargeBinary, nullable=False),
)

withdrawals = sa.Table(
    "withdrawals",
    metadata,
    sa.Column("identity", sa.Text, primary_key=True),
    sa.Column("article_id", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("posts", sa.JSON, nullable=False),
    sa.Column("body_hash", sa.Text),
)

held = sa.Table(
    "held",
    metadata,
    sa.Column("identity", sa.Text, primary_key=True),
    sa.Column("article", sa.JSON, nullable=False),
    sa.Column("flags", sa.JSON, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("origin", sa.JSON, nullable=False),
)

# By its design the catalogue holds what readers say of answers, too. Nothing writes or reads that yet; the table stays,
# since every catalogue has had it from the first migration on.
feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("answer_id", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("comment", sa.Text),
    sa.Column("given", sa.Text, nullable=False),
)

facts = sa.Table(
    "facts",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
