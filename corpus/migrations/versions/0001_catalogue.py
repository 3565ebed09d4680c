"""The first catalogue."""

from alembic import op

from corpus import lexical
from corpus.schema import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table and the full-text index."""
    connection = op.get_bind()
    metadata.create_all(connection)
    lexical.create(connection)
