"""A data folder in which every table of every room has rows, made through the rooms' own steps."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.wiring import METADATA, PROJECTORS
from archive.books import Books, open_books
from casework.cases import Cases
from domain.clock import SystemClock
from domain.events import (
    BATCH_DONE,
    CODE_NOT_OPEN,
    DOCUMENT_ASSIGNED,
    DOCUMENT_SHELVED,
    DOCUMENT_SUPERSEDED,
    DOCUMENT_UNASSIGNED,
    DOCUMENT_VIEWED,
    RECEIPT_DONE,
    Draft,
)
from domain.reasons import Reason
from ingest.batch import Arrival, close_folder, drafts
from ingest.quarantine import refuse, requeue

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NAMES = ("扫描 张三.pdf", "20261115121802_001/SCAN0001.jpg", 'O\'Brien "x" %s \\x.tif', "\\xb2\\xe2.png", "😀.jpg", "a" * 255)


def rooms(data: Path, **more: Any) -> Books:
    return open_books(data, SystemClock(), PROJECTORS, METADATA, **more)


def ident(kind: str, number: int) -> str:
    return f"01M8{kind}{number:021d}"


def arrive(
    books: Books, number: int, *, name: str, folder: str | None = None, content: bytes | None = b"", reason: Reason | None = None
) -> str:
    cases = Cases(books.engine, books.registrar, SystemClock())
    stored = None if content is None else books.store.stage(content or f"scan {number}".encode(), "image/png")
    parts = (folder, name) if folder else (name,)
    arrival = Arrival(ident("R", number), "W01", "main", parts, folder, stored, reason, "facts: 1 < 2" if reason else "")

    def open_case(window: str) -> str | None:
        found = cases.at(window)
        return found.id if found else None

    with books.engine.connect() as connection:
        made, _ = drafts(connection, arrival, NOW, 86400.0, open_case)
    books.registrar.record(made)
    return arrival.receipt


def shelve(books: Books, number: int, receipt: str, batch: str, case: str | None) -> str:
    pdf = books.store.stage(b"%PDF-1.7 " + f"document {number}".encode(), "application/pdf")
    body = {
        "batch": batch,
        "generation": 1,
        "kind": "id-card",
        "pages": 2,
        "receipts": [{"receipt": receipt, "page": 1}, {"receipt": receipt, "page": 2}],
        "window": "W01",
        "office": "main",
        "seal": {"state": "unsealed"},
        "case": case,
        "code": "2026-0001",
    }
    private = {"fields": [{"name": "name", "value": "张三", "confidence": 0.93}], "evidence": [], "pages": []}
    document = ident("D", number)
    books.registrar.record([Draft(DOCUMENT_SHELVED, document, f"document:{document}", body, (pdf,), private, case)])
    done = {"state": "shelved", "pages": 2, "generation": 1}
    books.registrar.record([Draft(RECEIPT_DONE, receipt, f"done:{receipt}:1", done)])
    books.registrar.record([Draft(BATCH_DONE, batch, f"batch-done:{batch}:1", {"generation": 1, "documents": [document], "pages": 2})])
    return document


def live(books: Books) -> None:
    """Some forty events: every kind the line knows."""
    cases = Cases(books.engine, books.registrar, SystemClock())
    first = cases.open("2026-0001", "main", "W01")
    cases.open("20260-001", "main", None)
    single = arrive(books, 1, name=NAMES[0])
    document = shelve(books, 1, single, single, first.id)
    arrive(books, 2, name=NAMES[2], content=b"scan 1")  # the same bytes
    folder = "张三 20261115"
    members = [arrive(books, 10 + n, name=name, folder=folder) for n, name in enumerate(NAMES[1:])]
    close_folder(books.registrar, books.engine, "W01", folder)
    refuse(books.registrar, books.engine, members[0], Reason.DAMAGED, "examine", "page 3: bad marker")
    requeue(books.registrar, books.engine, members[0])
    arrive(books, 3, name="空.pdf", reason=Reason.EMPTY_FILE)
    arrive(books, 4, name="link", content=None, reason=Reason.NOT_A_FILE)
    other = shelve(books, 2, members[1], members[0], None)
    second = cases.open("2026-0002", "main", None)
    for number, kind in ((1, DOCUMENT_ASSIGNED), (2, DOCUMENT_UNASSIGNED), (3, DOCUMENT_ASSIGNED)):
        books.registrar.record([Draft(kind, other, f"{kind}:{number}", {"case": second.id})])
    books.registrar.record([Draft(DOCUMENT_SUPERSEDED, document, "superseded:1", {"batch": single, "generation": 2})])
    books.registrar.record([Draft(DOCUMENT_VIEWED, other, "viewed:1", {}, actor="operator")])
    books.registrar.record([Draft(CODE_NOT_OPEN, single, "code:1", {"code": "2026-0099", "why": "no such case"})])
    cases.close("2026-0001")
