"""The tables as release 0.1.0 made them."""

import sqlalchemy as sa
from alembic import op

revision = "0001_0.1.0"
down_revision = None

metadata = sa.MetaData()
Sequence = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Number = sa.String(32).with_variant(sa.String(32, collation="C"), "postgresql")

sa.Table(
    "events",
    metadata,
    sa.Column("seq", Sequence, primary_key=True, autoincrement=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    sa.Column("leaf", sa.String(64), nullable=False),
    sa.Column("key", sa.String, nullable=False, unique=True),
    sa.Column("kind", sa.String(64), nullable=False),
    sa.Column("subject", sa.String(64), nullable=False),
    sa.Index("events_subject", "subject", "seq"),
)

sa.Table(
    "event_objects",
    metadata,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("seq", Sequence, sa.ForeignKey("events.seq"), primary_key=True),
)

sa.Table(
    "documents",
    metadata,
    sa.Column("id", sa.String(26), primary_key=True),
    sa.Column("seq", Sequence, nullable=False, unique=True),
    sa.Column("batch", sa.String(26), nullable=False, index=True),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(64), nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("pdf", sa.String(71), nullable=False),
    sa.Column("pdf_size", sa.BigInteger, nullable=False),
    sa.Column("window", sa.String(32), nullable=False),
    sa.Column("office", sa.String(64), nullable=False),
    sa.Column("code", sa.String(32)),
    sa.Column("superseded", Sequence),
    sa.Column("shelved_at", sa.String(27), nullable=False),
)

sa.Table(
    "document_receipts",
    metadata,
    sa.Column("document", sa.String(26), sa.ForeignKey("documents.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("receipt", sa.String(26), nullable=False, index=True),
    sa.Column("page", sa.Integer, nullable=False),
)

sa.Table(
    "document_cases",
    metadata,
    sa.Column("document", sa.String(26), sa.ForeignKey("documents.id"), primary_key=True),
    sa.Column("case_id", sa.String(26), primary_key=True, index=True),
    sa.Column("seq", Sequence, nullable=False),
)

sa.Table(
    "receipts",
    metadata,
    sa.Column("id", sa.String(26), primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False, index=True),
    sa.Column("batch", sa.String(26), nullable=False, index=True),
    sa.Column("window", sa.String(32), nullable=False, index=True),
    sa.Column("office", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(71), index=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("media", sa.String(64)),
    sa.Column("name", sa.Text),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("twin", sa.String(26)),
    sa.Column("reason", sa.String(32)),
    sa.Column("reason_step", sa.String(64)),
    sa.Column("detail", sa.Text),
    sa.Column("seen_at", sa.String(27), nullable=False),
    sa.Column("pages", sa.Integer),
    sa.Column("generation", sa.Integer),
    sa.Column("fresh", sa.Boolean, nullable=False),
)

sa.Table(
    "batches",
    metadata,
    sa.Column("id", sa.String(26), primary_key=True),
    sa.Column("window", sa.String(32), nullable=False, index=True),
    sa.Column("office", sa.String(64), nullable=False),
    sa.Column("case_id", sa.String(26), index=True),
    sa.Column("is_folder", sa.Boolean, nullable=False),
    sa.Column("folder", sa.Text),
    sa.Column("opened_seq", sa.BigInteger, nullable=False),
    sa.Column("opened_at", sa.String(27), nullable=False),
    sa.Column("last_seq", sa.BigInteger, nullable=False),
    sa.Column("last_seen", sa.String(27), nullable=False),
    sa.Column("closed_generation", sa.Integer, nullable=False),
    sa.Column("closed_at", sa.String(27)),
    sa.Column("done_generation", sa.Integer, nullable=False),
)

sa.Table(
    "cases",
    metadata,
    sa.Column("id", sa.String(26), primary_key=True),
    sa.Column("number", Number, nullable=False, unique=True),
    sa.Column("office", sa.String(64), nullable=False),
    sa.Column("window", sa.String(32), nullable=True, unique=True),
    sa.Column("open", sa.Boolean, nullable=False),
    sa.Column("opened_at", sa.String(27), nullable=False),
    sa.Column("closed_at", sa.String(27), nullable=True),
    sa.Column("openings", sa.Integer, nullable=False),
)


def upgrade() -> None:
    """Make every table."""
    metadata.create_all(op.get_bind())
