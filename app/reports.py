"""What the data folder shows of itself: the answers of `status`, `list`, `quarantine` and `show`, each read in one transaction.

The forms are part of the contract for programs (docs/decisions/0001-formats.md, tests/golden/cli).
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from archive.tables import document_cases, document_receipts, documents
from casework.tables import cases
from domain.model import Digest, ReceiptState, Stored
from domain.ports import Store
from domain.reasons import Reason
from ingest.desk import counts, quarantined
from ingest.tables import receipts


def status(engine: Engine) -> dict[str, int]:
    """Receipts by state (received is their sum, from the same query), pages read, documents on the shelf."""
    with engine.connect() as connection:
        found = counts(connection)
        shelved = connection.execute(select(func.count()).where(documents.c.superseded.is_(None))).scalar_one()
    states = {
        "shelved": ReceiptState.SHELVED,
        "quarantined": ReceiptState.QUARANTINED,
        "duplicates": ReceiptState.DUPLICATE,
        "empty": ReceiptState.EMPTY,
        "pending": ReceiptState.PENDING,
    }
    by_name = {name: found[state.value] for name, state in states.items()}
    return {"received": found["received"], **by_name, "pages": found["pages"], "documents": int(shelved)}


def document_lines(engine: Engine, store: Store, only: str | None = None) -> Iterator[dict[str, Any]]:
    """A line per document on the shelf, oldest first; `only` one of them."""
    query = select(documents).where(documents.c.superseded.is_(None)).order_by(documents.c.seq)
    if only is not None:
        query = query.where(documents.c.id == only)
    with engine.connect() as connection:
        for row in connection.execute(query).all():
            pdf = Stored(Digest.parse(row.pdf), row.pdf_size, "application/pdf")
            parts = _parts(connection, row.id)
            yield {
                "id": row.id,
                "receipts": list(dict.fromkeys(part["receipt"] for part in parts)),
                "case": _case(connection, row.id),
                "kind": row.kind,
                "pages": row.pages,
                "pdf": str(store.path(pdf).resolve()),
                "sha256": pdf.digest.hex,
                "source": list(dict.fromkeys(part["name"] for part in parts)),
                "window": row.window,
                "office": row.office,
                "batch": row.batch,
                "flags": sorted({flag for part in parts for flag in (part["flags"] or "").split()}),
            }


def _parts(connection: Connection, document: str) -> list[dict[str, Any]]:
    query = (
        select(document_receipts.c.receipt, receipts.c.name, receipts.c.flags)
        .join(receipts, receipts.c.id == document_receipts.c.receipt)
        .where(document_receipts.c.document == document)
        .order_by(document_receipts.c.position)
    )
    return [dict(row._mapping) for row in connection.execute(query)]


def _case(connection: Connection, document: str) -> str | None:
    query = (
        select(cases.c.number)
        .join(document_cases, document_cases.c.case_id == cases.c.id)
        .where(document_cases.c.document == document)
        .order_by(cases.c.number)
    )
    return connection.execute(query).scalars().first()


def quarantine_lines(engine: Engine) -> Iterator[dict[str, Any]]:
    """A line per receipt in quarantine, oldest first."""
    with engine.connect() as connection:
        rows = quarantined(connection)
    for row in rows:
        reason = Reason(row.reason)
        yield {
            "receipt": row.id,
            "name": row.name,
            "reason": reason.code,
            "detail": row.detail or "",
            "window": row.window,
            "sentence": {"zh": reason.zh, "en": reason.en},
        }
