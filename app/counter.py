"""What people ask of a data folder and decide at the desk: each answer a form of the contract, each decision an event.

Promises: showing what holds personal data is recorded before it is shown, and is not shown where that fails.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from app import reports
from app.leases import roster
from archive.documents import document_row
from casework.cases import CaseRow, no_case
from domain.errors import Conflict, NotFound
from domain.events import DOCUMENT_ASSIGNED, DOCUMENT_UNASSIGNED, DOCUMENT_VIEWED, Draft
from domain.ids import is_ulid, new_ulid
from domain.kinds import kinds
from domain.model import Answer, Rights
from domain.remarks import PAGE
from ingest.quarantine import requeue

if TYPE_CHECKING:
    from app.house import House


class Counter:
    """Asks and decides for whoever stands before it."""

    def __init__(self, house: "House") -> None:
        self._house = house

    def status(self) -> dict[str, Any]:
        """The contract's `status --json`."""
        waiting = self._house.intake.waiting() if self._house.places.inbox.is_dir() else []
        return {
            **reports.status(self._house.books.engine),
            "waiting": len(waiting),
            "waiting_files": [{"window": w.window, "name": w.name, "why": w.why} for w in waiting],
            "workers": roster(self._house.books.engine),
            "search": self._house.search_state(),
        }

    def documents(self) -> Iterator[dict[str, Any]]:
        """The contract's `list --json`."""
        return reports.document_lines(self._house.books.engine, self._house.books.store)

    def quarantine(self) -> Iterator[dict[str, Any]]:
        """The contract's `quarantine --json`."""
        return reports.quarantine_lines(self._house.books.engine)

    def kind_name(self, kind: str) -> str:
        """A kind's Chinese name."""
        return kinds()[kind].zh

    def search(self, query: str, limit: int) -> Answer:
        """Pages that answer `query`. A case that was assigned a moment ago is there once the outbox has passed by."""
        return self._house.index.search(query, Rights(), limit)

    def assign(self, document: str, number: str, *, remove: bool = False) -> None:
        """Assign a document to case `number`, or take it out: an event, nothing else.

        Raises:
            NotFound: no such document or case. Conflict: the case is closed.
        """
        case = self._house.cases.find(number)
        with self._house.books.engine.connect() as connection:
            row = document_row(connection, document)
        if case is None:
            raise no_case(number)
        if row is None:
            raise NotFound("there is no such document on the shelf")
        if not case.open and not remove:
            raise Conflict(f"case {number} is closed: open it first", number=number)
        kind = DOCUMENT_UNASSIGNED if remove else DOCUMENT_ASSIGNED
        key = f"document:{document}:{kind}:{case.id}:{self._house.books.ledger.size()}"
        self._house.books.registrar.record([Draft(kind, document, key, {"case": case.id}, actor="clerk")])

    def show(self, document: str) -> dict[str, Any]:
        """One document with its fields, evidence and what is wrong with its scans; showing it is an event, because it holds personal data.

        Raises:
            NotFound
        """
        facts = next(reports.document_lines(self._house.books.engine, self._house.books.store, document), None)
        if facts is None:
            raise NotFound("there is no such document on the shelf")
        with self._house.books.engine.connect() as connection:
            row = document_row(connection, document)
        assert row is not None
        event = next(self._house.books.ledger.read(row.seq, row.seq + 1))
        private = self._house.books.vault.open(event.private) if event.private else None
        key = f"document:{document}:viewed:{new_ulid(self._house.clock.now())}"
        self._house.books.registrar.record([Draft(DOCUMENT_VIEWED, document, key, {}, actor="operator")])
        private = private or {"pages": [], "fields": [], "evidence": []}
        remarks = [
            {"page": number, "code": flag, "sentence": {"zh": said.zh, "en": said.en}}
            for number, page in enumerate(private["pages"], 1)
            for flag in page["quality"]["flags"]
            if (said := PAGE.get(flag))
        ]
        shown = {name: private[name] for name in ("fields", "evidence")}
        return {**facts, "seal": event.body["seal"]["state"], "remarks": remarks, **shown}

    def requeue(self, receipt: str) -> None:
        """Send a receipt in quarantine through the line again.

        Raises:
            NotFound, Conflict
        """
        if not is_ulid(receipt):
            raise NotFound("there is no such receipt")
        requeue(self._house.books.registrar, self._house.books.engine, receipt, actor="clerk")

    def all_cases(self) -> list[CaseRow]:
        """Every case."""
        return self._house.cases.all()
