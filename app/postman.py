"""What search is told of an event (the outbox asks): pages to put, or a document to drop.

The words come from the document's private body; a document whose key was destroyed has no words any more and is dropped.
"""

from collections.abc import Sequence

from sqlalchemy import Engine, select

from archive.documents import document_row
from archive.tables import document_cases
from casework.tables import cases
from domain.codec import build
from domain.events import DOCUMENT_ASSIGNED, DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED, DOCUMENT_UNASSIGNED, Event
from domain.model import Page, PageEntry
from domain.ports import Ledger, Vault
from search.outbox import Drop

ABOUT = (DOCUMENT_SHELVED, DOCUMENT_ASSIGNED, DOCUMENT_UNASSIGNED, DOCUMENT_SUPERSEDED)


class Postman:
    """Makes deliveries of events."""

    def __init__(self, engine: Engine, ledger: Ledger, vault: Vault) -> None:
        self._engine, self._ledger, self._vault = engine, ledger, vault

    def __call__(self, event: Event) -> Sequence[PageEntry | Drop]:
        """What to deliver for `event` (a `search.outbox.EntriesOf`): how the document stands now."""
        if event.kind not in ABOUT:
            return ()
        return self.entries(event.subject, event.seq) or (Drop(event.subject),)

    def entries(self, document: str, version: int) -> tuple[PageEntry, ...]:
        """The pages of a document as search is given them; none if it is superseded or its words were destroyed."""
        with self._engine.connect() as connection:
            row = document_row(connection, document)
            if row is None or row.superseded:
                return ()
            assigned = connection.execute(
                select(cases.c.number, cases.c.opened_at)
                .join(document_cases, document_cases.c.case_id == cases.c.id)
                .where(document_cases.c.document == document)
                .order_by(cases.c.number)
            ).first()
        shelved = next(self._ledger.read(row.seq, row.seq + 1))
        private = self._vault.open(shelved.private) if shelved.private else None
        if private is None:
            return ()
        number, date = (assigned.number, assigned.opened_at[:10]) if assigned else (None, shelved.at[:10])
        pages = [build(Page, page) for page in private["pages"]]
        return tuple(
            PageEntry(document, i, version, page.words, row.kind, row.office, row.window, number, date)
            for i, page in enumerate(pages, start=1)
        )
