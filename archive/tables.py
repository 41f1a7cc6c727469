"""The room's tables: the ledger as it is worked with, and what stands on the shelf.

`events` and `event_objects` are written by archive/ledger.py alone. The others are made from events by `apply`, a pure function of the
events in their order, so that a replay of the ledger gives equal rows. Nothing personal stands here: a document's fields, evidence and
pages are in its private body.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from domain.events import DOCUMENT_ASSIGNED, DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED, DOCUMENT_UNASSIGNED, Event

metadata = MetaData()
Sequence = BigInteger().with_variant(Integer, "sqlite")

events = Table(
    "events",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=False),
    Column("bytes", LargeBinary, nullable=False),  # exactly what is hashed
    Column("leaf", String(64), nullable=False),
    Column("key", String, nullable=False, unique=True),
    Column("kind", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Index("events_subject", "subject", "seq"),
)

event_objects = Table(
    "event_objects",
    metadata,
    Column("name", String(80), primary_key=True),  # as the store calls it
    Column("seq", Sequence, ForeignKey("events.seq"), primary_key=True),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("seq", Sequence, nullable=False, unique=True),  # of the event that shelved it
    Column("batch", String(26), nullable=False, index=True),
    Column("generation", Integer, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("pages", Integer, nullable=False),
    Column("pdf", String(71), nullable=False),  # sha256:<hex>
    Column("pdf_size", BigInteger, nullable=False),
    Column("window", String(32), nullable=False),
    Column("office", String(64), nullable=False),
    Column("code", String(32)),  # the case number its separator sheet named
    Column("superseded", Sequence),  # seq of the event that superseded it
    Column("shelved_at", String(27), nullable=False),
)

document_receipts = Table(
    "document_receipts",
    metadata,
    Column("document", String(26), ForeignKey("documents.id"), primary_key=True),
    Column("position", Integer, primary_key=True),  # page of the document, from 1
    Column("receipt", String(26), nullable=False, index=True),
    Column("page", Integer, nullable=False),  # page of the received file, from 1
)

document_cases = Table(
    "document_cases",
    metadata,
    Column("document", String(26), ForeignKey("documents.id"), primary_key=True),
    Column("case_id", String(26), primary_key=True, index=True),
    Column("seq", Sequence, nullable=False),  # of the event that assigned it
)


def apply(connection: Connection, event: Event, private: Mapping[str, Any] | None) -> None:
    """Bring the tables up to `event` (a `domain.ports.Projector`). Events of other rooms change nothing.

    Raises:
        sqlalchemy.exc.IntegrityError: an event about a document that is not there, or one shelved twice; the ledger makes it Conflict.
    """
    if event.kind == DOCUMENT_SHELVED:
        _shelved(connection, event)
    elif event.kind == DOCUMENT_SUPERSEDED:
        mine = (documents.c.id == event.subject) & documents.c.superseded.is_(None)
        connection.execute(update(documents).where(mine).values(superseded=event.seq))
    elif event.kind == DOCUMENT_ASSIGNED:
        _assign(connection, event, event.body["case"])
    elif event.kind == DOCUMENT_UNASSIGNED:
        here = (document_cases.c.document == event.subject) & (document_cases.c.case_id == event.body["case"])
        connection.execute(delete(document_cases).where(here))


def _shelved(connection: Connection, event: Event) -> None:
    body, pdf = event.body, event.objects[0]
    row = {
        "id": event.subject,
        "seq": event.seq,
        "batch": body["batch"],
        "generation": body["generation"],
        "kind": body["kind"],
        "pages": body["pages"],
        "pdf": str(pdf.digest),
        "pdf_size": pdf.size,
        "window": body["window"],
        "office": body["office"],
        "code": body["code"],
        "superseded": None,
        "shelved_at": event.at,
    }
    connection.execute(insert(documents).values(row))
    pages = [
        {"document": event.subject, "position": position, "receipt": page["receipt"], "page": page["page"]}
        for position, page in enumerate(body["receipts"], start=1)
    ]
    if pages:
        connection.execute(insert(document_receipts), pages)
    if body["case"] is not None:
        _assign(connection, event, body["case"])


def _assign(connection: Connection, event: Event, case: str) -> None:
    here = (document_cases.c.document == event.subject) & (document_cases.c.case_id == case)
    if connection.execute(select(document_cases.c.seq).where(here)).first() is None:
        connection.execute(insert(document_cases).values(document=event.subject, case_id=case, seq=event.seq))
