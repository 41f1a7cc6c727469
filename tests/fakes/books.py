"""A store in a folder and a registrar in one SQLite file (or memory), small enough to be read at once. The books of tests of intake.

FakeRegistrar keeps events and clear private bodies in a table beside the projected ones, in one transaction; several processes may use one
file. Hash chain, encryption and read-only files are left out.
"""

import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, Text, create_engine, event, func, insert, select
from sqlalchemy.pool import StaticPool

from domain.clock import stamp
from domain.errors import NotFound
from domain.events import GENESIS, Draft, Event
from domain.model import MEDIA, Digest, Stored
from domain.ports import Projector

_own = MetaData()
_events = Table(
    "fake_events",
    _own,
    Column("seq", Integer, primary_key=True),
    Column("key", String, unique=True),
    Column("at", String),
    Column("kind", String),
    Column("subject", String),
    Column("body", Text),
    Column("objects", Text),
    Column("private", Text),
)


class FakeClock:
    """A clock that stands still until it is moved. `jump` moves only the wall clock, as a person or a time server does."""

    def __init__(self) -> None:
        self._now, self._mono = datetime(2026, 11, 23, 9, 0, tzinfo=UTC), 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._mono

    def move(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._mono += seconds

    def jump(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


class FakeStore:
    def __init__(self, root: Path) -> None:
        self.root, self.staging, self.shelf = root, root / "staging", root / "shelf"
        self.staging.mkdir(parents=True, exist_ok=True)
        self.shelf.mkdir(parents=True, exist_ok=True)

    def _name(self, stored: Stored) -> str:
        return f"{stored.digest.hex}.{MEDIA[stored.media]}"

    def stage(self, source: Path | bytes, media: str) -> Stored:
        part = self.staging / f"{secrets.token_hex(8)}.part"
        if isinstance(source, bytes):
            part.write_bytes(source)
        else:
            shutil.copyfile(source, part)
        data = part.read_bytes()
        stored = Stored(Digest(hashlib.sha256(data).hexdigest()), len(data), media)
        part.replace(self.staging / self._name(stored))
        return stored

    def shelve(self, stored: Stored) -> None:
        try:
            (self.staging / self._name(stored)).replace(self.shelf / self._name(stored))
        except FileNotFoundError:
            if not (self.shelf / self._name(stored)).exists():
                raise NotFound("neither staged nor shelved") from None

    def discard(self, stored: Stored) -> None:
        (self.staging / self._name(stored)).unlink(missing_ok=True)

    def path(self, stored: Stored) -> Path:
        for folder in (self.shelf, self.staging):
            if (folder / self._name(stored)).exists():
                return folder / self._name(stored)
        raise NotFound("no such object")

    def read(self, stored: Stored) -> bytes:
        return self.path(stored).read_bytes()

    def names(self) -> Iterator[str]:
        return (path.name for path in sorted(self.shelf.iterdir()))


class FakeFeed:
    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []

    def tell(self, event: str, **facts: Any) -> None:
        self.lines.append({"event": event, **facts})

    def of(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["event"] == event]


def fake_engine(path: Path | None = None) -> Engine:
    """An SQLite in memory, or in a file that several processes share; transactions begin as writers."""
    if path is None:
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 60})

        @event.listens_for(engine, "connect")
        def _manual(connection: Any, record: Any) -> None:
            connection.isolation_level = None
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            writes = connection.get_execution_options().get("writes")
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


class FakeRegistrar:
    """Keeps events; `record` is all or nothing; a key that stands gives the event that has it."""

    def __init__(self, engine: Engine, metadata: MetaData, projectors: Sequence[Projector], store: FakeStore, clock: FakeClock) -> None:
        self.engine, self.projectors, self.store, self.clock = engine, projectors, store, clock
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            _own.create_all(connection)
            metadata.create_all(connection)

    def record(self, drafts: Sequence[Draft]) -> list[Event]:
        out = []
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            stood = set(connection.execute(select(_events.c.key).where(_events.c.key.in_([d.key for d in drafts]))).scalars())
            for draft in drafts:
                if draft.along in stood and draft.key not in stood:
                    continue
                standing = connection.execute(select(_events).where(_events.c.key == draft.key)).one_or_none()
                out.append(_event(standing) if standing else self._append(connection, draft))
        for draft in drafts:
            for stored in draft.objects:
                self.store.shelve(stored)
        return out

    def resume(self) -> int:
        return 0

    def _append(self, connection: Any, draft: Draft) -> Event:
        seq = (connection.execute(select(func.max(_events.c.seq))).scalar() or 0) + 1
        row = {
            "seq": seq,
            "key": draft.key,
            "at": stamp(self.clock.now()),
            "kind": draft.kind,
            "subject": draft.subject,
            "body": json.dumps(dict(draft.body)),
            "objects": json.dumps([[str(o.digest), o.size, o.media] for o in draft.objects]),
            "private": None if draft.private is None else json.dumps(dict(draft.private)),
        }
        connection.execute(insert(_events).values(row))
        written = connection.execute(select(_events).where(_events.c.seq == seq)).one()
        for projector in self.projectors:
            projector(connection, _event(written), draft.private)
        return _event(written)

    def events(self) -> list[tuple[Event, Mapping[str, Any] | None]]:
        with self.engine.connect() as connection:
            rows = connection.execute(select(_events).order_by(_events.c.seq)).all()
        return [(_event(row), None if row.private is None else json.loads(row.private)) for row in rows]

    def kinds(self) -> list[str]:
        return [event.kind for event, _ in self.events()]


def _event(row: Any) -> Event:
    objects = tuple(Stored(Digest.parse(digest), size, media) for digest, size, media in json.loads(row.objects))
    return Event(row.seq, row.at, "system", row.kind, row.subject, row.key, json.loads(row.body), objects, None, GENESIS)
