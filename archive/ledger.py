"""The ledger in a database: an append-only table of events, written in one transaction with the tables that show them.

Promises: events have gapless sequences from 1, each names the leaf of the one before; a key stands once for ever; all drafts of a call or
none; any number of processes and threads may append; what `read` gives was checked against its leaf. The first append begins the ledger
with `ledger.opened`, whose subject is the ledger's own id. `at` is the clock's and decides nothing: order is by sequence.
Does not outlive its database: the journal does (archive/journal.py).
"""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from archive.atomic import Unreadable
from archive.encoding import parse_event
from archive.faults import faults
from archive.merkle import Range
from archive.store import object_name
from archive.tables import event_objects, events
from domain.canonical import sha256
from domain.clock import stamp
from domain.errors import Corrupt, Unavailable
from domain.events import GENESIS, LEDGER_OPENED, Draft, Event
from domain.ids import new_ulid
from domain.model import Stored
from domain.ports import Clock, Projector

Opener = Callable[[Stored], Mapping[str, Any] | None]
Guard = Callable[[Connection], None]
"""Asked first inside the writing transaction; what it raises undoes it."""
AT_ONCE = 500


class SqlLedger:
    """Implements `domain.ports.Ledger` on SQLAlchemy; its tables are in archive/tables.py."""

    def __init__(self, engine: Engine, clock: Clock, projectors: Sequence[Projector] = (), opener: Opener | None = None) -> None:
        self._engine, self._clock, self._opener = engine, clock, opener
        self._writing = engine.execution_options(writes=True)
        self._projectors = tuple(projectors)
        self._tree = Range()
        self._tree_lock = threading.Lock()

    def append(self, drafts: Sequence[Draft], guard: Guard | None = None) -> list[Event]:
        """See `domain.ports.Ledger`. Drafts with a private body come sealed (the registrar does it).

        Raises:
            ValueError: a draft with a private body that is not sealed. TypeError: a body that canonical JSON does not take.
            What `guard` raises; nothing was appended then.
        """
        opened = {draft.key: self._open(draft.sealed) for draft in drafts if _must_open(draft)}  # read back before the lock is held
        with faults(), self._writing.begin() as connection:
            if guard is not None:
                guard(connection)
            size, prev = _tail(connection)
            standing = _standing(connection, [draft.key for draft in drafts])
            late = {draft.key for draft in drafts if draft.along in standing} - set(standing)
            if drafts and size == 0:
                prev = self._insert(connection, self._event(_opening(self._clock), 1, GENESIS), None)
                size = 1
            for draft in drafts:
                if draft.key not in standing and draft.key not in late:
                    size += 1
                    event = self._event(draft, size, prev)
                    prev = self._insert(connection, event, opened.get(draft.key))
                    standing[draft.key] = event
        return [standing[draft.key] for draft in drafts if draft.key not in late]

    def restore(self, story: Iterable[Event]) -> None:
        """Write events as they are, which must follow those that stand; the tables that show them too. In several transactions.

        Raises:
            Corrupt: an event does not follow the one before. Conflict: a rule of the tables forbids it.
        """
        remaining = iter(story)
        while some := list(islice(remaining, AT_ONCE)):
            with faults(), self._writing.begin() as connection:
                self.restore_in(connection, some)

    def restore_in(self, connection: Connection, story: Iterable[Event]) -> None:
        """The same in the caller's transaction, which must be one that writes."""
        size, prev = _tail(connection)
        for event in story:
            size += 1
            if event.seq != size or event.prev != prev:
                raise Corrupt(f"event {event.seq} does not follow event {size - 1}", expected=size, found=event.seq)
            prev = self._insert(connection, event, self._open(event.private))

    def read(self, start: int = 1, stop: int | None = None) -> Iterator[Event]:
        """See `domain.ports.Ledger`. Holds no transaction between two of its pages.

        Raises:
            Corrupt: an event is not what was written.
        """
        while stop is None or start < stop:
            last = start + AT_ONCE if stop is None else min(start + AT_ONCE, stop)
            with faults(), self._engine.connect() as connection:
                query = select(events.c.seq, events.c.bytes, events.c.leaf).where(events.c.seq >= start, events.c.seq < last)
                rows = connection.execute(query.order_by(events.c.seq)).all()
            for row in rows:
                yield _checked(row.seq, row.bytes, row.leaf)
            if len(rows) < last - start:
                return
            start = last

    def size(self) -> int:
        """See `domain.ports.Ledger`."""
        with faults(), self._engine.connect() as connection:
            return _tail(connection)[0]

    def root(self, size: int | None = None) -> str:
        """See `domain.ports.Ledger`.

        Raises:
            ValueError: more than there are.
        """
        have = self.size()
        wanted = have if size is None else size
        if not 0 <= wanted <= have:
            raise ValueError(f"the ledger has {have} events, not {wanted}")
        with self._tree_lock:
            if wanted < self._tree.size:
                return self._grow(Range(), wanted).root().hex()
            return self._grow(self._tree, wanted).root().hex()

    def standing(self, keys: Collection[str]) -> dict[str, Event]:
        """The events that have these keys already."""
        with faults(), self._engine.connect() as connection:
            return _standing(connection, list(keys))

    def named(self, names: Collection[str], *, settled: bool = False) -> set[str]:
        """Which of these names of objects (as the store calls them) stand in events.

        With `settled` the ledger's lock is taken first, so that no transaction that began before can still be committed afterwards.
        """
        wanted, found = list(names), set[str]()
        with faults(), (self._writing if settled else self._engine).begin() as connection:
            for i in range(0, len(wanted), AT_ONCE):
                query = select(event_objects.c.name).where(event_objects.c.name.in_(wanted[i : i + AT_ONCE]))
                found.update(connection.execute(query).scalars())
        return found

    def names_between(self, low: str, high: str) -> list[str]:
        """The names of objects that stand in events, from `low` up to but without `high`, in the order of their bytes."""
        name = event_objects.c.name.collate("C" if self._engine.dialect.name == "postgresql" else "BINARY")
        query = select(name).distinct().where(name >= low, name < high).order_by(name)
        with faults(), self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def about(self, subject: str) -> list[Event]:
        """The events about `subject`, in order."""
        query = select(events.c.seq, events.c.bytes, events.c.leaf).where(events.c.subject == subject).order_by(events.c.seq)
        with faults(), self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [_checked(row.seq, row.bytes, row.leaf) for row in rows]

    def _grow(self, tree: Range, size: int) -> Range:
        with faults(), self._engine.connect() as connection:
            query = select(events.c.leaf).where(events.c.seq > tree.size, events.c.seq <= size).order_by(events.c.seq)
            for leaf in connection.execute(query).scalars():
                tree.push(bytes.fromhex(leaf))
        return tree

    def _open(self, sealed: Stored | None) -> Mapping[str, Any] | None:
        if sealed is None or self._opener is None:
            return None
        try:
            return self._opener(sealed)
        except Unreadable as error:  # who writes waits for a disk that fails; only who reads can leave one body out
            raise Unavailable(error.what, **error.facts) from None

    def _event(self, draft: Draft, seq: int, prev: str) -> Event:
        at = stamp(self._clock.now())
        event = Event(seq, at, draft.actor, draft.kind, draft.subject, draft.key, draft.body, draft.objects, draft.sealed, prev)
        return parse_event(event.encoded())  # as a replay will see it: lists, not tuples

    def _insert(self, connection: Connection, event: Event, private: Mapping[str, Any] | None) -> str:
        """Write one event and let the projectors see it; its leaf."""
        data = event.encoded()
        leaf = sha256(b"\x00" + data)
        row = {"seq": event.seq, "bytes": data, "leaf": leaf, "key": event.key, "kind": event.kind, "subject": event.subject}
        connection.execute(insert(events).values(row))
        names = dict.fromkeys(object_name(stored) for stored in (*event.objects, *([event.private] if event.private else [])))
        if names:
            connection.execute(insert(event_objects), [{"name": name, "seq": event.seq} for name in names])
        for project in self._projectors:
            project(connection, event, private)
        return leaf


def _must_open(draft: Draft) -> bool:
    if draft.private is not None and draft.sealed is None:
        raise ValueError(f"the private body of {draft.kind} is not sealed: record it through the registrar")
    return draft.sealed is not None


def _opening(clock: Clock) -> Draft:
    return Draft(LEDGER_OPENED, new_ulid(clock.now()), LEDGER_OPENED, {"format": 1, "hash": "sha256"})


def _tail(connection: Connection) -> tuple[int, str]:
    newest = select(func.max(events.c.seq)).scalar_subquery()
    row = connection.execute(select(events.c.seq, events.c.leaf).where(events.c.seq == newest)).first()
    return (row.seq, row.leaf) if row else (0, GENESIS)


def _standing(connection: Connection, keys: Sequence[str]) -> dict[str, Event]:
    found = {}
    for i in range(0, len(keys), AT_ONCE):
        query = select(events.c.seq, events.c.bytes, events.c.leaf, events.c.key).where(events.c.key.in_(keys[i : i + AT_ONCE]))
        for row in connection.execute(query):
            found[row.key] = _checked(row.seq, row.bytes, row.leaf)
    return found


def _checked(seq: int, data: bytes, leaf: str) -> Event:
    try:
        event = parse_event(bytes(data))
    except ValueError as error:
        raise Corrupt(f"event {seq} in the database is no event: run verify", event=seq, why=str(error)) from error
    found = sha256(b"\x00" + bytes(data))
    if found != leaf or event.seq != seq:
        raise Corrupt(f"event {seq} in the database is not what was written: run verify", event=seq, expected=leaf, found=found)
    return event
