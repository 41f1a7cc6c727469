"""Small data folders with some of everything in them, and a room's table that shows something private."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, insert, update

from archive.books import Books, open_books
from domain.clock import SystemClock
from domain.events import (
    CASE_OPENED,
    DOCUMENT_ASSIGNED,
    DOCUMENT_SHELVED,
    DOCUMENT_SUPERSEDED,
    RECEIPT_DONE,
    RECEIPT_ISSUED,
    Draft,
    Event,
)

metadata = MetaData()
names = Table(
    "names",
    metadata,
    Column("receipt", String(26), primary_key=True),
    Column("name", String),
    Column("pages", Integer),
)


def apply(connection: Connection, event: Event, private: Mapping[str, Any] | None) -> None:
    if event.kind == RECEIPT_ISSUED:
        connection.execute(insert(names).values(receipt=event.subject, name=private["name"] if private else None))
    elif event.kind == RECEIPT_DONE:
        connection.execute(update(names).where(names.c.receipt == event.subject).values(pages=event.body["pages"]))


PROJECTORS = (apply,)
SCHEMAS = (metadata,)


def opened(data: Path, **more: Any) -> Books:
    return open_books(data, SystemClock(), PROJECTORS, SCHEMAS, **more)


def ident(kind: str, number: int | str) -> str:
    return f"{kind}{number}".upper().rjust(26, "0")


def receipt(books: Books, number: int | str) -> Draft:
    """A receipt whose scan was staged."""
    scan = books.store.stage(f"scan {number} ".encode() * 40, "image/png")
    body = {"window": "W01", "office": "o1", "batch": ident("B", number)}
    return Draft(RECEIPT_ISSUED, ident("R", number), f"receipt:{number}", body, (scan,), {"name": f"扫描 {number}.png"}, ident("C", number))


def document(books: Books, number: int | str, case: str | None = None) -> Draft:
    """A document whose PDF was staged."""
    pdf = books.store.stage(b"%PDF-1.7 " + f"document {number}".encode() * 30, "application/pdf")
    body = {
        "batch": ident("B", number),
        "generation": 1,
        "kind": "id-card",
        "pages": 2,
        "receipts": [{"receipt": ident("R", number), "page": 1}, {"receipt": ident("R", number), "page": 2}],
        "window": "W01",
        "office": "o1",
        "seal": {"state": "unsealed"},
        "case": case,
        "code": None,
    }
    private = {"fields": [{"name": "name", "value": "张三", "confidence": 0.93}], "evidence": [], "pages": []}
    return Draft(DOCUMENT_SHELVED, ident("D", number), f"document:{number}", body, (pdf,), private, case)


def fill(books: Books, count: int) -> None:
    """`count` receipts, each with a document; some assigned, some superseded."""
    case = ident("K", 1)
    books.registrar.record([Draft(CASE_OPENED, case, "case:1", {"number": "A1", "window": "W01", "office": "o1"})])
    for number in range(count):
        books.registrar.record([receipt(books, number)])
        books.registrar.record([document(books, number, case if number % 3 == 0 else None)])
        done = Draft(RECEIPT_DONE, ident("R", number), f"done:{number}", {"state": "shelved", "pages": 2, "generation": 1})
        books.registrar.record([done])
        if number % 3 == 1:
            books.registrar.record([Draft(DOCUMENT_ASSIGNED, ident("D", number), f"assign:{number}", {"case": case})])
        if number % 5 == 4:
            body = {"batch": ident("B", number), "generation": 2}
            books.registrar.record([Draft(DOCUMENT_SUPERSEDED, ident("D", number), f"superseded:{number}", body)])
