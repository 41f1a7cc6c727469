"""What intake shows: receipts and batches, made from the ledger's events and from nothing else.

Promises: `apply` is a pure function of the events in their order (times come from the events, ids from their bodies), so replaying the
ledger gives equal tables; it holds two rules that no process may break and raises Conflict inside the ledger's transaction when an event
would: the same bytes have at most one living receipt, and a folder has at most one batch that followed from the same view of it.
Does not promise: names, once the key of a private body was destroyed: they come out as null, and both rules hold all the same, because a
ledger that was accepted with the names is accepted without them. A NUL in a text comes out as U+FFFD: PostgreSQL keeps none.
Risk accepted: the rules are checked by queries, not by indexes; they rely on the ledger writing one transaction at a time.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, Integer, MetaData, String, Table, Text, func, insert, select, update

from domain import events
from domain.errors import Conflict
from domain.events import Event
from domain.model import ReceiptState

LIVING = (ReceiptState.PENDING.value, ReceiptState.SHELVED.value, ReceiptState.EMPTY.value)
"""States of a receipt whose bytes another receipt may be a duplicate of. What lies in quarantine stands in nobody's way: the same bytes
dropped again are given another try."""

metadata = MetaData()

receipts = Table(
    "receipts",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("seq", BigInteger, nullable=False, index=True),  # of the event that issued it
    Column("batch", String(26), nullable=False, index=True),
    Column("window", String(32), nullable=False, index=True),
    Column("office", String(64), nullable=False),
    Column("digest", String(71), index=True),  # null: refused without bytes (a link, a pipe, a device)
    Column("size", BigInteger, nullable=False),
    Column("media", String(64)),
    Column("name", Text),  # path below the window's folder as found; null once its key was destroyed
    Column("state", String(16), nullable=False, index=True),
    Column("twin", String(26)),  # of a duplicate: the receipt that came first
    Column("reason", String(32)),  # of one in quarantine, with the step that refused it and technical facts
    Column("reason_step", String(64)),
    Column("detail", Text),
    Column("seen_at", String(27), nullable=False),
    Column("pages", Integer),
    Column("generation", Integer),  # of its batch, in which it was last dealt with
    Column("fresh", Boolean, nullable=False),  # to be dealt with, and not yet part of a close of its batch
    Column("flags", String(120)),  # what its examination noticed, in the order of the alphabet, parted by spaces
)

batches = Table(
    "batches",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("window", String(32), nullable=False, index=True),
    Column("office", String(64), nullable=False),
    Column("case_id", String(26), index=True),  # the case open at the window when the batch opened
    Column("is_folder", Boolean, nullable=False),
    Column("folder", Text),  # its name; null for a single file, or once its key was destroyed
    Column("opened_seq", BigInteger, nullable=False),
    Column("opened_at", String(27), nullable=False),
    Column("last_seq", BigInteger, nullable=False),  # of the last event that brought it a receipt
    Column("last_seen", String(27), nullable=False),
    Column("closed_generation", Integer, nullable=False),  # 0: never closed
    Column("closed_at", String(27)),
    Column("done_generation", Integer, nullable=False),
    Index("batches_folder", "window", "folder", "opened_seq"),
)
Index(
    "batches_unfinished",  # asked for twice a second, for as long as the archive grows
    batches.c.opened_seq,
    sqlite_where=batches.c.closed_generation > batches.c.done_generation,
    postgresql_where=batches.c.closed_generation > batches.c.done_generation,
)


def apply(connection: Connection, event: Event, private: Mapping[str, Any] | None) -> None:
    """Bring both tables up to `event` (a `domain.ports.Projector`). Events of other rooms change nothing.

    Raises:
        Conflict: a second living receipt of the same bytes, or a second batch of one folder opened from the same view of it.
    """
    handler = _HANDLERS.get(event.kind)
    if handler is not None:
        handler(connection, event, private or {})


def _batch_opened(connection: Connection, event: Event, private: Mapping[str, Any]) -> None:
    body, folder = event.body, _storable(private.get("folder"))
    if folder is not None:
        _refuse_second_batch(connection, body["window"], folder, body.get("after"))
    row = {
        "id": event.subject,
        "window": body["window"],
        "office": body["office"],
        "case_id": body["case"],
        "is_folder": body["folder"],
        "folder": folder,
        "opened_seq": event.seq,
        "opened_at": event.at,
        "last_seq": event.seq,
        "last_seen": event.at,
        "closed_generation": 0,
        "done_generation": 0,
    }
    connection.execute(insert(batches).values(row))


def _refuse_second_batch(connection: Connection, window: str, folder: str, after: str | None) -> None:
    of_folder = (batches.c.window == window) & (batches.c.folder == folder)
    newest = connection.execute(select(batches.c.id).where(of_folder).order_by(batches.c.opened_seq.desc()).limit(1)).scalar()
    if newest is None or newest == after:
        return
    known = select(batches.c.opened_seq).where(batches.c.id == after).scalar_subquery()
    later = select(func.count()).where(of_folder, batches.c.opened_seq > func.coalesce(known, 0))
    if connection.execute(later).scalar_one():
        raise Conflict("another process opened a batch for this folder first; read again and join it", batch=newest)


def _batch_closed(connection: Connection, event: Event, private: Mapping[str, Any]) -> None:
    values = {"closed_generation": event.body["generation"], "closed_at": event.at}
    connection.execute(update(batches).where(batches.c.id == event.subject).values(values))
    for receipt in event.body["receipts"]:  # only those it names: one that came between reading and closing stays fresh
        connection.execute(update(receipts).where(receipts.c.id == receipt).values(fresh=False))


def _batch_done(connection: Connection, event: Event, private: Mapping[str, Any]) -> None:
    generation = event.body["generation"]
    newer = (batches.c.id == event.subject) & (batches.c.done_generation < generation)
    connection.execute(update(batches).where(newer).values(done_generation=generation))


def _issued(connection: Connection, event: Event, private: Mapping[str, Any]) -> None:
    scan = event.objects[0] if event.objects else None
    if scan is not None and (twin := living_twin(connection, str(scan.digest))) is not None:
        raise Conflict("another receipt has the same bytes; read again and name it as the twin", twin=twin)
    _insert(connection, event, private, ReceiptState.PENDING, None)
    _touch(connection, event)


def _duplicate(connection: Connection, event: Event, private: Mapping[str, Any]) -> None:
    _insert(connection, event, private, ReceiptState.DUPLICATE, event.body["twin"])
    _touch(connection, event)


def _insert(connection: Connection, event: Event, private: Mapping[str, Any], state: ReceiptState, twin: str | None) -> None:
    scan = event.objects[0] if event.objects else None
    row = {
        "id": event.subject,
        "seq": event.seq,
        "batch": event.body["batch"],
        "window": event.body["window"],
        "office": event.body["office"],
        "digest": str(scan.digest) if scan else None,
        "size": scan.size if scan else 0,
        "media": scan.media if scan else None,
        "name": _storable(private.get("name")),
        "state": state.value,
        "twin": twin,
        "seen_at": event.at,
        "fresh": state is ReceiptState.PENDING,
    }
    connection.execute(insert(receipts).values(row))


def _storable(value: str | None) -> str | None:
    return None if value is None else value.replace("\0", "\ufffd")


def _touch(connection: Connection, event: Event) -> None:
    values = {"last_seq": event.seq, "last_seen": event.at}
    connection.execute(update(batches).where(batches.c.id == event.body["batch"]).values(values))


def _refused(connection: Connection, event: Event, private: Mapping[str, Any]) -> None:
    body = event.body
    why = {"reason": body["reason"], "reason_step": body["step"], "detail": _storable(body.get("detail"))}
    values = {"state": ReceiptState.QUARANTINED.value, "fresh": False, **why}
    connection.execute(update(receipts).where(receipts.c.id == event.subject).values(values))


def _requeued(connection: Connection, event: Event, private: Mapping[str, Any]) -> None:
    mine = receipts.c.id == event.subject
    digest = connection.execute(select(receipts.c.digest).where(mine)).scalar()
    if digest is not None and (twin := living_twin(connection, digest)) is not None:
        raise Conflict("another receipt has the same bytes and is not in quarantine", twin=twin)
    values = {"state": ReceiptState.PENDING.value, "fresh": True, "reason": None, "reason_step": None, "detail": None, "flags": None}
    connection.execute(update(receipts).where(mine).values(values))


def _done(connection: Connection, event: Event, private: Mapping[str, Any]) -> None:
    body = event.body
    why = {"reason": None, "reason_step": None, "detail": None}
    values = {"state": body["state"], "pages": body["pages"], "generation": body["generation"], "fresh": False, **why}
    values["flags"] = " ".join(sorted(body.get("flags", ()))) or None
    connection.execute(update(receipts).where(receipts.c.id == event.subject).values(values))


def living_twin(connection: Connection, digest: str, other_than: str = "") -> str | None:
    """The first receipt with these bytes that is neither a duplicate nor in quarantine, `other_than` left out; None if there is none."""
    same = (receipts.c.digest == digest) & receipts.c.state.in_(LIVING) & (receipts.c.id != other_than)
    return connection.execute(select(receipts.c.id).where(same).order_by(receipts.c.seq).limit(1)).scalar()


_HANDLERS: dict[str, Callable[[Connection, Event, Mapping[str, Any]], None]] = {
    events.BATCH_OPENED: _batch_opened,
    events.BATCH_CLOSED: _batch_closed,
    events.BATCH_DONE: _batch_done,
    events.RECEIPT_ISSUED: _issued,
    events.RECEIPT_DUPLICATE: _duplicate,
    events.RECEIPT_REFUSED: _refused,
    events.RECEIPT_REQUEUED: _requeued,
    events.RECEIPT_DONE: _done,
}
