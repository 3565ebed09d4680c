"""What is kept of the tokens of passages."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; the vectors of older recipes have none."""
    op.add_column("vectors", sa.Column("tokens", sa.LargeBinary))
