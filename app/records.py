"""What the line's desk reads and writes about receipts, batches and documents, each question in a transaction of its own."""

from sqlalchemy import Engine, select

from archive.documents import DocumentRow, documents_of
from domain.errors import NotFound, Refused
from domain.kinds import kinds
from domain.model import Receipt, ReceiptState, Stored
from domain.ports import Feed, Registrar
from ingest.desk import BatchRow, ReceiptRow, assembled, batch_row, receipt_row, receipts_of, unfinished
from ingest.quarantine import refuse
from ingest.tables import receipts


class Records:
    """The working database of one data folder, as the desk asks it."""

    def __init__(self, engine: Engine, registrar: Registrar, feed: Feed) -> None:
        self._engine, self._registrar, self._feed = engine, registrar, feed

    def receipts(self, batch: str) -> list[Receipt]:
        """The receipts a batch's documents are made of, in order."""
        with self._engine.connect() as connection:
            found = assembled(connection, batch)
        return list(found.receipts) if found else []

    def scan(self, receipt: str) -> Stored:
        """Where a receipt's bytes are in the store.

        Raises:
            NotFound: no such receipt, or one refused without bytes.
        """
        stored = self.receipt(receipt).stored
        if stored is None:
            raise NotFound(f"receipt {receipt} has no bytes", receipt=receipt)
        return stored

    def receipt(self, receipt: str) -> ReceiptRow:
        """A receipt.

        Raises:
            NotFound
        """
        with self._engine.connect() as connection:
            row = receipt_row(connection, receipt)
        if row is None:
            raise NotFound(f"there is no receipt {receipt}", receipt=receipt)
        return row

    def batch(self, batch: str) -> BatchRow:
        """A batch.

        Raises:
            NotFound
        """
        with self._engine.connect() as connection:
            row = batch_row(connection, batch)
        if row is None:
            raise NotFound(f"there is no batch {batch}", batch=batch)
        return row

    def first_seen(self, batch: str) -> str:
        """When the first receipt of a batch was issued, as a stamp: the time documents carry, because it does not change on repeating."""
        with self._engine.connect() as connection:
            return min(row.seen_at for row in receipts_of(connection, batch))

    def documents(self, batch: str) -> list[DocumentRow]:
        """Every document ever made of a batch, superseded ones too."""
        with self._engine.connect() as connection:
            return documents_of(connection, batch)

    def refuse(self, receipt: str, refusal: Refused, step: str) -> None:
        """Set a pending receipt apart; one that is not pending stays what it is."""
        if self.receipt(receipt).state is ReceiptState.PENDING:
            refuse(self._registrar, self._engine, receipt, refusal.reason, step, refusal.what)
            self._feed.tell("refused", receipt=receipt, reason=refusal.reason.code, step=step)

    def of_window(self, window: str) -> list[ReceiptRow]:
        """Every receipt of a window, oldest first."""
        with self._engine.connect() as connection:
            names = connection.execute(select(receipts.c.id).where(receipts.c.window == window).order_by(receipts.c.seq)).scalars().all()
            return [row for name in names if (row := receipt_row(connection, name)) is not None]

    def work(self) -> list[tuple[str, int]]:
        """Batches that are closed and not done, with the generation to make."""
        with self._engine.connect() as connection:
            return [(row.id, row.closed_generation) for row in unfinished(connection)]

    def kind_title(self, kind: str) -> str:
        """The Chinese name of a kind, which is a document's title."""
        return kinds()[kind].zh
