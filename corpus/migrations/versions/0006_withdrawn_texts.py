"""What a withdrawn article read, as a hash: the same text stays out under any address."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the hash, which is not known of what was withdrawn before."""
    op.add_column("withdrawals", sa.Column("body_hash", sa.Text))
