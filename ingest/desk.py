"""What the rest of the house asks about receipts and batches.

Reads only; every function takes an open connection, so that several questions can be asked of one moment.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from domain.clock import parse_stamp, stamp
from domain.model import Batch, Digest, Receipt, ReceiptState, Scan, Stored
from ingest.names import natural
from ingest.tables import batches, living_twin, receipts

NOTHING = Digest("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
"""The digest of no bytes: what stands in `Receipt.scan` for a thing refused without being opened."""


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt as the table has it. `digest` and `media` None: refused without bytes. `name` None: its key was destroyed."""

    id: str
    seq: int
    batch: str
    window: str
    office: str
    digest: Digest | None
    size: int
    media: str | None
    name: str | None
    state: ReceiptState
    twin: str | None
    reason: str | None
    reason_step: str | None
    detail: str | None
    seen_at: str
    pages: int | None
    generation: int | None
    fresh: bool
    flags: str | None = None

    @property
    def stored(self) -> Stored | None:
        """The scan's bytes in the store, if there are any."""
        return None if self.digest is None else Stored(self.digest, self.size, self.media or "application/octet-stream")

    @property
    def receipt(self) -> Receipt:
        """The receipt as the other rooms know it; one without bytes has `NOTHING` for a digest and size 0."""
        scan = Scan(self.digest or NOTHING, self.size, self.name or "", self.window, parse_stamp(self.seen_at))
        return Receipt(self.id, self.seq, scan, self.office, self.batch, self.state, self.twin)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch as the table has it. `folder` None: a single file, or its key was destroyed. Generation 0: not yet closed or done."""

    id: str
    window: str
    office: str
    case_id: str | None
    is_folder: bool
    folder: str | None
    opened_seq: int
    opened_at: str
    last_seq: int
    last_seen: str
    closed_generation: int
    closed_at: str | None
    done_generation: int


def _receipt(row: Row[Any]) -> ReceiptRow:
    values = dict(row._mapping)
    values["digest"] = Digest.parse(values["digest"]) if values["digest"] else None
    values["state"] = ReceiptState(values["state"])
    return ReceiptRow(**values)


def _batch(row: Row[Any]) -> BatchRow:
    return BatchRow(**row._mapping)


def _fresh() -> Any:
    """Batches with receipts that wait and came after their last close. They are looked for from the receipts, which are few."""
    waits = receipts.c.fresh & (receipts.c.state == ReceiptState.PENDING.value)
    return batches.c.id.in_(select(receipts.c.batch).where(waits))


def counts(connection: Connection) -> dict[str, int]:
    """Receipts by state (every `ReceiptState` has its key), `received` their sum, and `pages` of all that were read."""
    grouped = select(receipts.c.state, func.count()).group_by(receipts.c.state)
    by_state = {str(row[0]): int(row[1]) for row in connection.execute(grouped)}
    pages = connection.execute(select(func.coalesce(func.sum(receipts.c.pages), 0))).scalar_one()
    every = {state.value: by_state.get(state.value, 0) for state in ReceiptState}
    return {**every, "received": sum(every.values()), "pages": int(pages)}


def receipt_row(connection: Connection, receipt: str) -> ReceiptRow | None:
    """The receipt with this id, or None."""
    row = connection.execute(select(receipts).where(receipts.c.id == receipt)).one_or_none()
    return None if row is None else _receipt(row)


def batch_row(connection: Connection, batch: str) -> BatchRow | None:
    """The batch with this id, or None."""
    row = connection.execute(select(batches).where(batches.c.id == batch)).one_or_none()
    return None if row is None else _batch(row)


def receipts_of(connection: Connection, batch: str) -> list[ReceiptRow]:
    """All receipts of a batch, duplicates and refused ones too, in the natural order of their names (SCAN9 before SCAN10), then by age."""
    rows = connection.execute(select(receipts).where(receipts.c.batch == batch)).all()
    return sorted((_receipt(row) for row in rows), key=lambda r: (natural(r.name or ""), r.seq))


def assembled(connection: Connection, batch: str) -> Batch | None:
    """The batch with the receipts its documents are made of, in order: no duplicates, nothing from quarantine. None: no such batch."""
    row = batch_row(connection, batch)
    if row is None:
        return None
    apart = (ReceiptState.DUPLICATE, ReceiptState.QUARANTINED)
    members = tuple(r.receipt for r in receipts_of(connection, batch) if r.state not in apart)
    return Batch(row.id, row.window, row.office, row.case_id, row.closed_generation, members)


def quarantined(connection: Connection) -> list[ReceiptRow]:
    """Everything in quarantine, oldest first."""
    query = select(receipts).where(receipts.c.state == ReceiptState.QUARANTINED.value).order_by(receipts.c.seq)
    return [_receipt(row) for row in connection.execute(query)]


def twin_of(connection: Connection, digest: Digest, other_than: str = "") -> str | None:
    """The first receipt with these bytes that is neither a duplicate nor in quarantine; None if there is none.

    What lies in quarantine is no twin: the same bytes dropped again are given another try, after a limit was raised or a reader mended.
    """
    return living_twin(connection, str(digest), other_than)


def newest_batch(connection: Connection, window: str, folder: str) -> BatchRow | None:
    """The batch opened last for this folder of this window, whatever became of it; None if there never was one."""
    query = select(batches).where(batches.c.window == window, batches.c.folder == folder).order_by(batches.c.opened_seq.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else _batch(row)


def joinable(connection: Connection, row: BatchRow, now: datetime, rejoin: float) -> bool:
    """Whether a file found now still belongs to this folder's batch.

    It does if the batch has fresh receipts, or its last close or receipt, whichever was later, is at most `rejoin` seconds ago. A close in
    the future, after the clock was set back, counts as just now.
    """
    if is_open(connection, row.id):
        return True
    return max(row.closed_at or "", row.last_seen) >= stamp(now - timedelta(seconds=rejoin))


def is_open(connection: Connection, batch: str) -> bool:
    """Whether the batch has receipts that came after its last close."""
    return connection.execute(select(batches.c.id).where(batches.c.id == batch, _fresh())).scalar() is not None


def open_folders(connection: Connection) -> list[BatchRow]:
    """Folder batches that have receipts which came after their last close, oldest first."""
    return _batches(connection, select(batches).where(batches.c.is_folder, _fresh()))


def unfinished(connection: Connection) -> list[BatchRow]:
    """Batches with work to do: closed at a generation that is not yet done, oldest first."""
    return _batches(connection, select(batches).where(batches.c.closed_generation > batches.c.done_generation))


def _batches(connection: Connection, query: Select[Any]) -> list[BatchRow]:
    return [_batch(row) for row in connection.execute(query.order_by(batches.c.opened_seq))]


__all__ = [
    "BatchRow",
    "ReceiptRow",
    "assembled",
    "batch_row",
    "counts",
    "is_open",
    "joinable",
    "newest_batch",
    "open_folders",
    "quarantined",
    "receipt_row",
    "receipts_of",
    "twin_of",
    "unfinished",
]
