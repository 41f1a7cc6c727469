"""Re-reads everything a data folder, or a backup of one, keeps and says what is not as it was written.

Promises: every byte of store, ledger and keys is read; a flipped bit, or an object, line or file that was removed, added, renamed,
swapped or doubled, is found; every private body is opened; the working database, when there is one, is compared row by row with a replay
of the ledger. Nothing in the data folder is written. What a process does meanwhile, and what a killed one left, is no finding, or only a
noted one.

Does not judge file modes, derived/ beside the database, inbox/ and casefile.toml. A whole data folder replaced by an older copy of itself,
or rewritten with all its digests, is noticed only against a checkpoint kept elsewhere: what a witness signed, or what the caller brings
(archive/check_witness.py).
"""

import contextlib
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, MetaData, inspect
from sqlalchemy.exc import DatabaseError

from archive.books import DATABASE, DERIVED, KEYS, LEDGER, MARK, STORE
from archive.check_keys import Bodies, check_keys
from archive.check_ledger import LedgerCheck
from archive.check_store import StoreCheck
from archive.check_tables import Snapshot, check_tables, snapshot
from archive.check_witness import NOTHING, Outside, WitnessCheck
from archive.database import Where, look_into_database
from archive.encoding import journal_line
from archive.journal import Journal
from archive.making import Upkeep
from archive.manifest import MANIFEST, read_manifest
from archive.mark import Mark, read_mark
from archive.registrar import objects_of
from archive.report import COPY, REBUILD, START, Progress, Report
from archive.store import FolderStore, object_name
from archive.tables import apply, events, metadata
from domain.errors import Corrupt, Misconfigured, Unavailable
from domain.events import Event
from domain.model import Verdict
from domain.ports import Projector

KNOWN = {STORE, LEDGER, KEYS, DERIVED, "inbox", "casefile.toml", MANIFEST}
ATTEMPTS = 3
PAUSE = 0.3
T = TypeVar("T")
BROKEN = (DatabaseError, Corrupt, Unavailable)


def verify(
    data: Path,
    projectors: Sequence[Projector] = (),
    schemas: Sequence[MetaData] = (),
    progress: Progress | None = None,
    *,
    patience: float = 1.0,
    database: URL | None = None,
    upkeep: Upkeep | None = None,
    keys: Path | None = None,
    outside: Outside = NOTHING,
) -> Verdict:
    """Verify the data folder `data`, or a backup of one.

    Args:
        data: the folder.
        projectors: `apply` of every room with tables, as given to `open_books`.
        schemas: the MetaData of these rooms.
        progress: called with bytes read and bytes in all.
        patience: seconds for which each part looks again at what may be under way before it is a finding.
        database: the PostgreSQL database that the folder works with; None: the file in derived/.
        upkeep: as given to `open_books`; tables that are not as this release wants them are not compared.
        keys: where the keys lie, if not in the folder (a backup may keep them apart).
        outside: keys of witnesses, and checkpoints kept elsewhere.

    Returns:
        Findings, worst first, and what was looked at: bytes, objects, events, checkpoints, keys, private bodies, tables, rows.

    Raises:
        Misconfigured: this is no data folder. Unavailable: a file cannot be read.
    """
    if not (data / LEDGER).is_dir() and not (data / DERIVED / DATABASE).exists():
        raise Misconfigured(f"{data} holds no ledger: is it the data folder?", folder=str(data))
    try:
        return _Verification(data, projectors, schemas, progress, patience, database, upkeep, keys or data / KEYS, outside).run()
    except OSError as error:
        raise Unavailable(f"the data folder cannot be read: {error.strerror}", code=error.errno) from None


class _Verification:
    """One verification, in the order that makes a running writer harmless: what is written last is read first."""

    def __init__(
        self,
        data: Path,
        projectors: Sequence[Projector],
        schemas: Sequence[MetaData],
        progress: Progress | None,
        patience: float,
        database: URL | None,
        upkeep: Upkeep | None,
        keys: Path,
        outside: Outside,
    ) -> None:
        self._data, self._patience, self._upkeep, self._keys = data, patience, upkeep, keys
        self._projectors = list(dict.fromkeys([apply, *projectors]))
        self._schemas = list(dict.fromkeys([metadata, *schemas]))
        self._report = Report(progress, _total(data))
        self._store = FolderStore(data / STORE)
        self._where: Where = database or data / DERIVED / DATABASE
        self._named_so = f"derived/{DATABASE}" if database is None else f"PostgreSQL database {database.database}"
        self._witness = WitnessCheck(data / LEDGER, outside, self._report)
        self._ledger = LedgerCheck(data / LEDGER, self._mark(), self._report, patience, wanted=self._witness.sizes)

    def run(self) -> Verdict:
        self._judge_top()
        if self._there():
            bodies = self._hold_database_against_journal()
        else:
            self._ledger.read()
            self._ledger.finish(None)
            bodies = self._bodies(self._report)
        self._witness.judge(self._ledger)
        bodies.open_all(list(self._ledger.bodies.values()))
        StoreCheck(self._store.root, self._report, self._patience).run(self._named)
        return self._report.verdict()

    def _there(self) -> bool:
        """Whether there is a working database. A server that does not answer counts as one: that it cannot be compared is a finding."""
        if isinstance(self._where, Path):
            return self._where.exists()
        engine = look_into_database(self._where)
        try:
            with engine.connect() as connection:
                return inspect(connection).has_table(events.name)
        except DatabaseError:
            return True
        finally:
            engine.dispose()

    def _mark(self) -> Mark | None:
        """How far the journal reached: as a working data folder notes it, or a backup's manifest."""
        try:
            manifest = read_manifest(self._data)
        except Corrupt as error:
            self._report.bad("backup", MANIFEST, "the manifest as it was written", "another one", str(error))
            manifest = None
        return read_mark(self._data / DERIVED / MARK) or (manifest.mark if manifest else None)

    def _ask(self, question: Callable[[Snapshot], T]) -> T:
        """Ask the database; again if somebody opened it after it began to be read as a file that does not change."""
        for _ in range(ATTEMPTS):
            with snapshot(self._where) as live:
                answer = question(live)
                if not live.stale:
                    break
        return answer

    def _hold_database_against_journal(self) -> Bodies:
        try:
            part, bodies = self._ask(self._compare)
        except BROKEN as error:
            self._ledger.read()
            part = Report(None, 0)
            bodies = self._bodies(part)
            part.bad("tables", self._named_so, "a whole database", type(error).__name__, REBUILD)
        self._report.take(part)
        self._finish()
        return bodies

    def _compare(self, live: Snapshot) -> tuple[Report, Bodies]:
        """Read on in the journal, then the keys, then the tables. Findings go to a report of their own, because this may be repeated."""
        part = Report(None, 0)
        self._ledger.read(live.size)
        bodies = self._bodies(part)  # after the events that name them
        self._judge_tables(live, bodies, part)
        return part, bodies

    def _judge_tables(self, live: Snapshot, bodies: Bodies, report: Report) -> None:
        journal = self._ledger.size
        if journal < live.size:
            report.noted("ledger", "ledger/", f"{live.size} events, as in the database", f"{journal} events so far", START)
        if not self._of_this_release(live, report):
            return
        if self._ledger.sound:
            check_tables(live, self._story(live), self._projectors, self._schemas, bodies.open, report)
        else:
            report.noted("tables", self._named_so, "a sound ledger to compare with", "a damaged one: tables not compared", COPY)

    def _of_this_release(self, live: Snapshot, report: Report) -> bool:
        if self._upkeep is None:
            return True
        try:
            if self._upkeep.current(live.connection):
                return True
            found, remedy = "those of an older one: tables not compared", "start casefile: it brings them up to date"
        except Misconfigured as error:
            found, remedy = "those of a newer one: tables not compared", str(error)
        report.noted("tables", self._named_so, "the tables of this release", found, remedy)
        return False

    def _story(self, live: Snapshot) -> Iterator[Event]:
        """The first `live.size` events: the journal's, then those it lacks still."""
        written = min(self._ledger.size, live.size)
        yield from islice(Journal(self._data / LEDGER).events(), written)
        yield from live.ledger().read(written + 1, live.size + 1)

    def _finish(self) -> None:
        """Judge the journal's end, and that the database has not fallen behind it."""
        after = self._ledger.size + 1
        try:
            size, following = self._ask(lambda live: (live.size, next(live.ledger().read(after, after + 1), None)))
        except BROKEN:  # reported already
            self._ledger.finish(None)
            return
        self._ledger.finish(journal_line(following) if following else b"")
        if size < self._ledger.size:
            self._report.bad("tables", self._named_so, f"{self._ledger.size} events, as in the journal", f"{size} events", REBUILD)

    def _named(self) -> dict[str, int]:
        """What the ledger names by now, the events included that the journal lacks still."""
        self._ledger.read()
        named = dict(self._ledger.objects)
        if self._there():
            with contextlib.suppress(*BROKEN):  # a broken one was reported already
                for event in self._ask(lambda live: list(live.ledger().read(self._ledger.size + 1))):
                    named.update((object_name(stored), stored.size) for stored in objects_of(event))
        return named

    def _bodies(self, report: Report) -> Bodies:
        return Bodies(self._store, check_keys(self._keys, report, self._patience), report)

    def _judge_top(self) -> None:
        strange = [path for path in self._data.iterdir() if path.name not in KNOWN]
        if strange:
            time.sleep(min(PAUSE, self._patience))  # a probe of `doctor` is gone after a moment
        for path in sorted(strange):
            if path.exists() or path.is_symlink():
                self._report.noted("folder", path.name, "nothing", "something casefile did not write", "move it elsewhere")


def _total(data: Path) -> int:
    """Bytes to be read."""
    total = 0
    for path in (path for name in (STORE, LEDGER, KEYS) for path in (data / name).rglob("*")):
        with contextlib.suppress(OSError):  # it was staged, and is shelved by now; or reading it says what is wrong with it
            found = path.lstat()
            total += found.st_size if stat.S_ISREG(found.st_mode) else 0
    return total
