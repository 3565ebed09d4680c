"""Which words there are, beside where each stands."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Look at the vocabulary of the full-text index word by word, too."""
    op.execute("CREATE VIRTUAL TABLE passages_words USING fts5vocab(passages_fts, 'row')")
