"""The room's table: cases, brought up to date by events only, so that replaying the ledger makes it again.

Two rules stand in the table itself and therefore hold for any number of processes: a number names one case, and a window has at most
one open case (`window` is set only while the case is open there, and is unique).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Integer, MetaData, String, Table, insert, select, update

from domain.events import CASE_CLOSED, CASE_OPENED, Event

metadata = MetaData()
Number = String(32).with_variant(String(32, collation="C"), "postgresql")  # in the order of its bytes, whatever the server's language

cases = Table(
    "cases",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("number", Number, nullable=False, unique=True),
    Column("office", String(64), nullable=False),
    Column("window", String(32), nullable=True, unique=True),
    Column("open", Boolean, nullable=False),
    Column("opened_at", String(27), nullable=False),
    Column("closed_at", String(27), nullable=True),
    Column("openings", Integer, nullable=False),
)


def apply(connection: Connection, event: Event, private: Mapping[str, Any] | None) -> None:
    """Bring `cases` up to `event` (a `domain.ports.Projector`).

    Raises:
        sqlalchemy.exc.IntegrityError: a rule of the table forbids it; the ledger turns it into Conflict.
    """
    body = event.body
    if event.kind == CASE_OPENED:
        row = connection.execute(select(cases.c.openings).where(cases.c.id == event.subject)).first()
        values = {"window": body["window"], "open": True, "closed_at": None}
        if row is None:
            new = {"id": event.subject, "number": body["number"], "office": body["office"], "opened_at": event.at, "openings": 1}
            connection.execute(insert(cases).values(**new, **values))
        else:
            connection.execute(update(cases).where(cases.c.id == event.subject).values(openings=row.openings + 1, **values))
    elif event.kind == CASE_CLOSED:
        connection.execute(update(cases).where(cases.c.id == event.subject).values(window=None, open=False, closed_at=event.at))
