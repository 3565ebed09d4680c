"""Where terms stand, in place of how many passages hold them."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Look at the vocabulary of the full-text index place by place."""
    op.execute("DROP TABLE passages_terms")
    op.execute("CREATE VIRTUAL TABLE passages_places USING fts5vocab(passages_fts, 'instance')")
