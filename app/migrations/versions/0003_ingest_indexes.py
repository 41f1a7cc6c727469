"""Indexes for what is asked all day: the newest batch of a folder, and batches with work to do."""

import sqlalchemy as sa
from alembic import op

revision = "0003_0.2.0"
down_revision = "0002_0.2.0"


def upgrade() -> None:
    """Make both indexes."""
    op.create_index("batches_folder", "batches", ["window", "folder", "opened_seq"])
    waits = sa.text("closed_generation > done_generation")
    op.create_index("batches_unfinished", "batches", ["opened_seq"], sqlite_where=waits, postgresql_where=waits)
