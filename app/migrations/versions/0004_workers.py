"""Who works on this data folder, and what each holds (app/tables.py)."""

import sqlalchemy as sa
from alembic import op

revision = "0004_0.2.0"
down_revision = "0003_0.2.0"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "workers",
        sa.Column("id", sa.String(26), primary_key=True),
        sa.Column("machine", sa.String(32), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("born", sa.BigInteger, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.String(16)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "claims",
        sa.Column("batch", sa.String(26), primary_key=True),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("worker", sa.String(26), nullable=False, index=True),
        sa.Column("token", sa.String(26), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
