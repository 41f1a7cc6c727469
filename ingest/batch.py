"""Which receipts belong together, and when no more is expected.

A file directly in the window's folder is a batch of its own and closes at once. A folder is a batch: files at any depth in it, in natural
order of their names. It closes when nothing came for a while, at a `.done` file, or by command; each close is a generation. A file that
comes later joins the same batch as its next generation, within `rejoin` seconds of the last close; after that its folder's name begins a
new batch. A batch belongs to the case that was open at the window when it opened, and so does a late file.

A batch has the id of the receipt that opened it: whoever repeats that receipt repeats the batch, and nothing is opened twice.
Risk accepted: a scanner that gives the same folder name again within `rejoin` seconds puts another person's papers into the same batch;
set `rejoin` below the time in which its names come again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine

from domain.errors import NotFound
from domain.events import BATCH_CLOSED, BATCH_OPENED, RECEIPT_DUPLICATE, RECEIPT_ISSUED, RECEIPT_REFUSED, Draft
from domain.model import ReceiptState, Stored
from domain.ports import Registrar
from domain.reasons import Reason
from ingest import desk
from ingest.names import Parts, shown

FILE, QUIET, DONE_FILE, COMMAND = "file", "quiet", "done-file", "command"
"""How a batch was closed."""

APART = (ReceiptState.DUPLICATE, ReceiptState.QUARANTINED)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file about to be receipted, its bytes staged. `stored` None: refused without bytes. `folder` None: a batch of its own."""

    receipt: str
    window: str
    office: str
    parts: Parts
    folder: str | None
    stored: Stored | None
    reason: Reason | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of an arrival: its batch, the twin if it is a duplicate, whether its batch closed with it."""

    batch: str
    twin: str | None
    closed: bool


def drafts(
    connection: Connection, arrival: Arrival, now: datetime, rejoin: float, open_case: Callable[[str], str | None]
) -> tuple[list[Draft], Standing]:
    """The events that receipt `arrival`, decided from what the tables show now; they are to be recorded in one transaction.

    A duplicate names its twin; what is refused at once is refused in the same transaction; a file that is neither closes the batch it is
    alone in. Duplicates come before reasons: bytes that are on the shelf already are never put into quarantine. All of them go along with
    the receipt: where that stands already nothing is appended, whatever was decided here.
    """
    row = None if arrival.folder is None else desk.newest_batch(connection, arrival.window, arrival.folder)
    joins = row is not None and desk.joinable(connection, row, now, rejoin)
    batch = row.id if joins and row is not None else arrival.receipt
    case = row.case_id if joins and row is not None else open_case(arrival.window)
    twin = None
    if arrival.stored is not None:
        twin = desk.twin_of(connection, arrival.stored.digest, other_than=arrival.receipt)
    out = [] if joins else [_opened(arrival, batch, case, row.id if row else None)]
    out.append(_receipt(arrival, batch, case, twin))
    closed = False
    if twin is None and arrival.reason is not None:
        body = {"reason": arrival.reason.code, "step": "settle", "detail": arrival.detail}
        out.append(Draft(RECEIPT_REFUSED, arrival.receipt, f"refused:{arrival.receipt}:0", body))
    elif twin is None and arrival.folder is None:
        closed = True
        out.append(_closed(batch, 1, [arrival.receipt], FILE))
    key = _key(arrival.receipt)
    return [draft if draft.key == key else replace(draft, along=key) for draft in out], Standing(batch, twin, closed)


def _key(receipt: str) -> str:
    return f"receipt:{receipt}"


def _opened(arrival: Arrival, batch: str, case: str | None, after: str | None) -> Draft:
    body = {"window": arrival.window, "office": arrival.office, "case": case, "folder": arrival.folder is not None, "after": after}
    private = None if arrival.folder is None else {"folder": arrival.folder}
    return Draft(BATCH_OPENED, batch, f"batch:{batch}", body, private=private, group=case)


def _receipt(arrival: Arrival, batch: str, case: str | None, twin: str | None) -> Draft:
    body: dict[str, str] = {"window": arrival.window, "office": arrival.office, "batch": batch}
    if twin is not None:
        body["twin"] = twin
    return Draft(
        RECEIPT_DUPLICATE if twin else RECEIPT_ISSUED,
        arrival.receipt,
        _key(arrival.receipt),
        body,
        objects=() if arrival.stored is None else (arrival.stored,),
        private={"name": shown(arrival.parts)},
        group=case,
    )


def _closed(batch: str, generation: int, receipts: list[str], how: str, actor: str = "system") -> Draft:
    body = {"generation": generation, "receipts": receipts, "how": how}
    return Draft(BATCH_CLOSED, batch, f"closed:{batch}:{generation}", body, actor=actor)


def closing(connection: Connection, batch: str, how: str, also: tuple[str, ...] = (), actor: str = "system") -> tuple[Draft, int]:
    """The event that closes `batch` as its next generation, and which one that is. `also`: receipts that are just leaving quarantine.

    Raises:
        NotFound: no such batch.
    """
    row = desk.batch_row(connection, batch)
    if row is None:
        raise NotFound(f"no batch {batch}", batch=batch)
    members = [r.id for r in desk.receipts_of(connection, batch) if r.state not in APART or r.id in also]
    generation = row.closed_generation + 1
    return _closed(batch, generation, members, how, actor), generation


def close(registrar: Registrar, engine: Engine, batch: str, how: str, actor: str = "system") -> int | None:
    """Close `batch` as its next generation; None when nothing came since the last close.

    Raises:
        NotFound: no such batch. Conflict, Unavailable: not recorded.
    """
    with engine.connect() as connection:
        draft, generation = closing(connection, batch, how, actor=actor)
        if not desk.is_open(connection, batch):
            return None
    registrar.record([draft])
    return generation


def close_folder(registrar: Registrar, engine: Engine, window: str, folder: str, actor: str = "system") -> tuple[str, int] | None:
    """Close a folder's batch by command, whatever still settles in it; (batch, generation), or None when nothing came since the last close.

    Raises:
        NotFound: nothing was ever taken from this folder. Conflict, Unavailable: not recorded.
    """
    with engine.connect() as connection:
        row = desk.newest_batch(connection, window, folder)
    if row is None:
        raise NotFound(f"no batch of such a folder at {window}", window=window)
    generation = close(registrar, engine, row.id, COMMAND, actor)
    return None if generation is None else (row.id, generation)
