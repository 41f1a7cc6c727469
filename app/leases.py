"""Who may work on which batch, so that several processes share the work and none that was thought dead writes afterwards.

A worker has a lease: a row in `workers` that it renews. To work on a batch it puts a row with a fresh token into `claims`. Whoever finds a
worker whose lease ran out, or whose process is gone from this machine, ends it and removes its claims; the batches are free then. All times
are the database's clock.

Promises:
- A batch has one holder. Its claim changes hands only by the row being removed and put in again, with another token.
- What a worker records, it records while it holds the batch: `check` runs inside the ledger's own transaction and locks the claim's row, so
  that the claim cannot be removed between the check and the commit.
- A lease that ran out is never renewed: a process that slept past it must begin a new one, without claims.
- A stopped process that holds a lock of the data folder past its lease is killed by whoever finds it, where the machine is the same.

Does not promise: that nothing is computed twice. Risk accepted: a process that is frozen by other means than a signal (a paused container)
or on another machine, in the middle of a write under such a lock, holds the others up until it goes on or is ended by a person.
On SQLite one process works on a data folder and holds its lock: `Sole` grants everything, and there is nobody to be fenced from.
"""

import os
import signal
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_if_free

from app.process import holds_a_lock, is_stopped, lives, this_process
from app.tables import claims, workers
from archive.faults import faults
from archive.registrar import Registrar as Recorder
from domain.errors import Conflict
from domain.events import Draft, Event
from domain.ids import new_ulid
from domain.ports import Clock

STOPPED, GONE, SILENT, LOST = "stopped", "gone", "silent", "lost"
HOW = {STOPPED: "it was told to stop", GONE: "its process is gone", SILENT: "its lease ran out", LOST: "it noticed that its lease ran out"}
REMEMBERED = timedelta(days=7)
WORTH_A_LOOK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a batch, once."""

    batch: str
    generation: int
    token: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A worker that was found dead, and how many batches it held."""

    worker: str
    host: str
    pid: int
    how: str
    batches: int
    killed: bool = False


class LeaseLost(Conflict):
    """This process was too slow: its lease ran out, and others may have its work. Nothing was written."""


class Hold(Protocol):
    """How a process comes by its work."""

    id: str
    beat: float | None

    def begin(self) -> None:
        """Begin a new lease, leaving the old one and all its claims. Raises Unavailable."""
        ...

    def renew(self) -> bool:
        """Whether the lease still ran, and now runs on. Raises Unavailable."""
        ...

    def take(self, work: Sequence[tuple[str, int]], most: int) -> list[Claim]:
        """Claim up to `most` of these batches that nobody holds. Raises LeaseLost, Unavailable."""
        ...

    def release(self, claim: Claim) -> None:
        """Let go of a batch. Raises Unavailable."""
        ...

    def keep(self, known: Collection[Claim]) -> int:
        """Let go of all that this worker holds but these: claims it does not know to be its own, because an answer was lost. How many.

        Raises Unavailable.
        """
        ...

    def check(self, connection: Connection, claim: Claim) -> None:
        """In a transaction that writes: nothing if the claim stands, and it stands until the transaction ends. Raises LeaseLost."""
        ...

    def reap(self) -> list[Ended]:
        """End workers that are dead and free what they held. Raises Unavailable."""
        ...

    def living(self) -> set[str]:
        """The leases that run. Raises Unavailable."""
        ...

    def end(self) -> None:
        """Give up the lease; what was held is free at once. Raises Unavailable."""
        ...


class Sole:
    """The only worker on a data folder."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.id = new_ulid(clock.now())
        self.beat: float | None = None

    def begin(self) -> None:
        """See `Hold`."""

    def renew(self) -> bool:
        """See `Hold`."""
        return True

    def take(self, work: Sequence[tuple[str, int]], most: int) -> list[Claim]:
        """See `Hold`."""
        return [Claim(batch, generation, new_ulid(self._clock.now())) for batch, generation in work[:most]]

    def release(self, claim: Claim) -> None:
        """See `Hold`."""

    def keep(self, known: Collection[Claim]) -> int:
        """See `Hold`."""
        return 0

    def check(self, connection: Connection, claim: Claim) -> None:
        """See `Hold`."""

    def reap(self) -> list[Ended]:
        """See `Hold`."""
        return []

    def living(self) -> set[str]:
        """See `Hold`."""
        return {self.id}

    def end(self) -> None:
        """See `Hold`."""


class Leases:
    """Leases and claims in a PostgreSQL database."""

    def __init__(self, engine: Engine, clock: Clock, folder: Path, role: str, seconds: float) -> None:
        self._engine, self._clock, self._folder, self._role = engine, clock, folder, role
        self._rows = engine.execution_options(writes="rows")
        self._length = timedelta(seconds=seconds)
        self._me = this_process()
        self.id = ""
        self.beat: float | None = seconds / 5

    def begin(self) -> None:
        """See `Hold`."""
        fresh, me = new_ulid(self._clock.now()), self._me
        now = func.clock_timestamp()
        row = {"id": fresh, "machine": me.machine, "host": me.host, "pid": me.pid, "born": me.born, "role": self._role}
        with faults(), self._rows.begin() as connection:
            _end(connection, self.id, LOST)
            connection.execute(insert(workers).values(**row, since=now, until=now + self._length))
        self.id = fresh

    def renew(self) -> bool:
        """See `Hold`."""
        mine = (workers.c.id == self.id) & _runs()
        with faults(), self._rows.begin() as connection:
            return connection.execute(update(workers).where(mine).values(until=func.clock_timestamp() + self._length)).rowcount == 1

    def take(self, work: Sequence[tuple[str, int]], most: int) -> list[Claim]:
        """See `Hold`."""
        got = list[Claim]()
        with faults(), self._rows.begin() as connection:
            mine = select(workers.c.id).where(workers.c.id == self.id, _runs()).with_for_update(read=True)
            if connection.execute(mine).first() is None:
                raise LeaseLost("the lease of this worker ran out")
            held = set(connection.execute(select(claims.c.batch)).scalars())
            for batch, generation in work:
                if len(got) == most:
                    break
                claim = Claim(batch, generation, new_ulid(self._clock.now()))
                if batch not in held and self._put(connection, claim):
                    got.append(claim)
        return got

    def _put(self, connection: Connection, claim: Claim) -> bool:
        row = {"batch": claim.batch, "generation": claim.generation, "worker": self.id, "token": claim.token}
        put = insert_if_free(claims).values(**row, since=func.clock_timestamp()).on_conflict_do_nothing().returning(claims.c.batch)
        return connection.execute(put).first() is not None

    def release(self, claim: Claim) -> None:
        """See `Hold`."""
        with faults(), self._rows.begin() as connection:
            connection.execute(delete(claims).where(claims.c.batch == claim.batch, claims.c.token == claim.token))

    def keep(self, known: Collection[Claim]) -> int:
        """See `Hold`."""
        tokens = [claim.token for claim in known]
        with faults(), self._rows.begin() as connection:
            return connection.execute(delete(claims).where(claims.c.worker == self.id, claims.c.token.not_in(tokens))).rowcount

    def check(self, connection: Connection, claim: Claim) -> None:
        """See `Hold`."""
        held = (claims.c.batch == claim.batch) & (claims.c.token == claim.token)
        query = select(claims.c.token).join(workers, workers.c.id == claims.c.worker).where(held, _runs())
        if connection.execute(query.with_for_update(read=True, of=claims)).first() is None:
            raise LeaseLost("this worker's lease ran out, others may have its work; nothing was written", batch=claim.batch)

    def reap(self) -> list[Ended]:
        """See `Hold`."""
        with faults(), self._engine.connect() as connection:
            others = connection.execute(
                select(workers, _runs().label("runs")).where(workers.c.id != self.id, workers.c.ended.is_(None))
            ).all()
            frozen = connection.execute(self._frozen()).all()
        found = []
        for row in others:
            gone = row.machine == self._me.machine and not lives(row.pid, row.born)
            if gone or not row.runs:
                found.extend(self._bury(row, GONE if gone else SILENT))
        found.extend(Ended(row.id, row.host, row.pid, SILENT, 0, killed=True) for row in frozen if self._kill(row))
        with faults(), self._rows.begin() as connection:
            known = select(workers.c.id).where(workers.c.ended.is_(None))
            connection.execute(delete(claims).where(claims.c.worker.not_in(known)))
            connection.execute(delete(workers).where(workers.c.ended_at < func.clock_timestamp() - REMEMBERED))
        return found

    def _bury(self, row: Any, how: str) -> list[Ended]:
        """End one worker, if nobody else did and its lease was not renewed meanwhile."""
        with faults(), self._rows.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '3s'"))
            batches = _end(connection, row.id, how)
        return [] if batches is None else [Ended(row.id, row.host, row.pid, how, batches)]

    def _frozen(self) -> Any:
        """Leases of this machine that ran out lately, whose process has not begun another."""
        again = workers.alias()
        back = select(again.c.id).where(again.c.pid == workers.c.pid, again.c.born == workers.c.born, again.c.ended.is_(None)).exists()
        lately = workers.c.ended_at > func.clock_timestamp() - WORTH_A_LOOK
        return select(workers).where(workers.c.ended == SILENT, workers.c.machine == self._me.machine, lately, ~back)

    def _kill(self, row: Any) -> bool:
        """A stopped process gives its locks back only when it ends. What it was writing is finished by whoever comes next."""
        if not is_stopped(row.pid, row.born) or not holds_a_lock(row.pid, self._folder):
            return False
        try:
            os.kill(row.pid, signal.SIGKILL)
        except OSError:
            return False
        return True

    def living(self) -> set[str]:
        """See `Hold`."""
        with faults(), self._engine.connect() as connection:
            return set(connection.execute(select(workers.c.id).where(_runs())).scalars())

    def end(self) -> None:
        """See `Hold`."""
        with faults(), self._rows.begin() as connection:
            _end(connection, self.id, STOPPED)


class Fenced:
    """A `domain.ports.Registrar` that records only while the claim stands."""

    def __init__(self, registrar: Recorder, engine: Engine, hold: Hold, claim: Claim) -> None:
        self._registrar, self._hold, self._claim = registrar, hold, claim
        self._rows = engine.execution_options(writes="rows")

    def record(self, drafts: Sequence[Draft]) -> list[Event]:
        """See `domain.ports.Registrar`.

        Raises:
            LeaseLost: nothing was recorded; where it was lost before this call, nothing was staged or sealed either.
        """
        with faults(), self._rows.begin() as connection:
            self._hold.check(connection, self._claim)
        return self._registrar.record(drafts, guard=lambda connection: self._hold.check(connection, self._claim))

    def resume(self) -> int:
        """See `domain.ports.Registrar`. Needs no claim: what it finishes stands in the ledger already."""
        return self._registrar.resume()


def _runs() -> Any:
    return workers.c.ended.is_(None) & (workers.c.until > func.clock_timestamp())


def _end(connection: Connection, worker: str, how: str) -> int | None:
    """End a lease and free its claims, how many; None: it has ended already, or (SILENT) runs again."""
    mine = (workers.c.id == worker) & workers.c.ended.is_(None)
    if how == SILENT:
        mine &= workers.c.until <= func.clock_timestamp()
    ended = connection.execute(update(workers).where(mine).values(ended=how, ended_at=func.clock_timestamp())).rowcount
    if not ended:
        return None
    return connection.execute(delete(claims).where(claims.c.worker == worker)).rowcount


def roster(engine: Engine) -> list[dict[str, Any]]:
    """Who works, and who did in the last week, newest first: id, host, pid, role, since, state, batches held. Empty on SQLite."""
    if engine.dialect.name != "postgresql":
        return []
    held = select(func.count()).where(claims.c.worker == workers.c.id).scalar_subquery()
    query = select(workers, _runs().label("runs"), held.label("batches")).order_by(workers.c.id.desc()).limit(100)
    with faults(), engine.connect() as connection:
        rows = connection.execute(query).all()
    return [
        {
            "worker": row.id,
            "role": row.role,
            "host": row.host,
            "pid": row.pid,
            "state": "working" if row.runs else row.ended or SILENT,
            "batches": row.batches,
        }
        for row in rows
    ]
