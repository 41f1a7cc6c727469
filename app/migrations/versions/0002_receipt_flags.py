"""What the examination of a receipt noticed. Events of 0.1.0 have nothing of the kind, so null is what a replay would give too."""

import sqlalchemy as sa
from alembic import op

revision = "0002_0.2.0"
down_revision = "0001_0.1.0"


def upgrade() -> None:
    """Add the column."""
    op.add_column("receipts", sa.Column("flags", sa.String(120)))
