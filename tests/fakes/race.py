"""Several processes that claim from one inbox: what they start with, what each does, and what must have come of it.

`real` books are those of archive/books.py (SQLite with fsync, journal, keys); the others are tests/fakes/books.py, several times as quick.
"""

import multiprocessing
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.books import open_books
from archive.tables import metadata as archive_tables
from domain.clock import SystemClock
from ingest import desk
from ingest.intake import Intake, IntakeSettings
from ingest.tables import apply, metadata
from tests.fakes.books import FakeFeed, FakeRegistrar, FakeStore, fake_engine

SETTINGS = IntakeSettings(quiet=0.05, batch_quiet=1.0, poll=0.02)
SECONDS = 240


class Books:
    """Store, registrar and engine of either kind."""

    def __init__(self, root: Path, real: bool) -> None:
        self._real = None
        if real:
            self._real = open_books(root / "data", SystemClock(), [apply], [metadata, archive_tables], resume=False)
            self.store, self.registrar, self.engine = self._real.store, self._real.registrar, self._real.engine
        else:
            self.engine, self.store = fake_engine(root / "books.db"), FakeStore(root / "store")
            self.registrar = FakeRegistrar(self.engine, metadata, [apply], self.store, SystemClock())

    def kinds(self) -> list[str]:
        return [event.kind for event in self._real.ledger.read()] if self._real else self.registrar.kinds()

    def close(self) -> None:
        if self._real:
            self._real.close()
        else:
            self.engine.dispose()


@dataclass(frozen=True)
class Raced:
    """What came of a race. `doubled`: files with two receipts; `lost`: without one, or whose bytes are not on the shelf."""

    seconds: float
    received: int
    doubled: int
    lost: int
    batches: int
    left: int


def drop(root: Path, count: int) -> dict[str, bytes]:
    """`count` files of a few bytes in one window, half of them in folders of twenty."""
    window, data = root / "inbox" / "W01", {}
    for number in range(count):
        name = f"job{number // 20:03}/S{number:04}.bin" if number < count // 2 else f"S{number:04}.bin"
        data[name] = b"scan number %06d of the race" % number
        (window / name).parent.mkdir(parents=True, exist_ok=True)
        (window / name).write_bytes(data[name])
    return data


def compete(root: Path, want: int, real: bool) -> None:
    """One of the processes: looks until everything has its receipt and every folder is closed."""
    books, clock = Books(root, real), SystemClock()
    ports = (books.store, books.registrar, books.engine, clock, FakeFeed(), lambda w: None, lambda b, g: None)
    intake = Intake(root / "inbox", SETTINGS, *ports)
    until = clock.monotonic() + SECONDS
    while clock.monotonic() < until:
        intake.scan_once()
        with books.engine.connect() as connection:
            if desk.counts(connection)["received"] >= want and not desk.open_folders(connection):
                break
        time.sleep(SETTINGS.poll)
    books.close()


def race(root: Path, processes: int, count: int, real: bool) -> Raced:
    """Let `processes` claim `count` files and look at what they left.

    Raises:
        AssertionError: a process failed.
    """
    data = drop(root, count)
    books = Books(root, real)  # made before they start
    context: Any = multiprocessing.get_context("spawn")
    workers = [context.Process(target=compete, args=(root, count, real)) for _ in range(processes)]
    started = time.monotonic()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.monotonic() - started
    assert [worker.exitcode for worker in workers] == [0] * processes
    with books.engine.connect() as connection:
        rows = [row for batch in desk.unfinished(connection) for row in desk.receipts_of(connection, batch.id)]
        received = desk.counts(connection)["received"]
    names = [row.name or "" for row in rows]
    good = {row.name for row in rows if row.stored and books.store.read(row.stored) == data[row.name or ""]}
    left = sum(1 for path in (root / "inbox").rglob("*") if path.is_file())
    kinds = books.kinds()
    assert kinds.count("batch.opened") == kinds.count("batch.closed"), "each folder closed once, each file with its receipt"
    assert kinds.count("receipt.issued") + kinds.count("receipt.duplicate") == received
    books.close()
    return Raced(seconds, received, len(names) - len(set(names)), len(set(data) - good), kinds.count("batch.opened"), left)
