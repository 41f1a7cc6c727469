"""Who works on this data folder now, and what each holds. Only on PostgreSQL are there rows; see app/leases.py.

Not made from the ledger and of no worth after a stop: the rows may vanish at any time, and whoever worked begins anew.
"""

from sqlalchemy import BigInteger, Column, DateTime, Integer, MetaData, String, Table

metadata = MetaData()
Moment = DateTime(timezone=True)

workers = Table(
    "workers",
    metadata,
    Column("id", String(26), primary_key=True),  # of one lease; a process that lost its lease takes another
    Column("machine", String(32), nullable=False),  # where `pid` means something (app/process.py)
    Column("host", String(255), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("born", BigInteger, nullable=False),
    Column("role", String(16), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),  # by the database's clock, as every time here
    Column("ended", String(16)),  # how: see `app.leases.HOW`
    Column("ended_at", Moment),
)

claims = Table(
    "claims",
    metadata,
    Column("batch", String(26), primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("worker", String(26), nullable=False, index=True),
    Column("token", String(26), nullable=False),
    Column("since", Moment, nullable=False),
)
