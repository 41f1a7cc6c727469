"""Opens what a data folder keeps: store, keys, ledger, journal, and the working database made from them.

    DIR/store/    objects                      DIR/keys/     keys of private bodies
    DIR/ledger/   the journal, checkpoints     DIR/derived/  casefile.db, journal.mark, and whatever else can be made again

Promises: a database that is missing is rebuilt from the journal, whole or not at all, by one process while others wait; with `resume`,
what a killed process left is finished. Does not put right what contradicts itself: that is Corrupt, and verify says what to do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, MetaData

from archive.atomic import OUTAGES, fsync_folder, locked, make_folder, unavailable, world
from archive.journal import Journal
from archive.ledger import SqlLedger
from archive.registrar import Registrar
from archive.sqlite import faults, open_sqlite
from archive.store import FolderStore
from archive.tables import apply, metadata
from archive.vault import FileVault
from domain.errors import Misconfigured
from domain.ports import Clock, Projector

STORE, LEDGER, KEYS, DERIVED = "store", "ledger", "keys", "derived"
DATABASE = "casefile.db"
BUILDING = "casefile.db.building"
MARK = "journal.mark"
Prepare = Callable[[Engine], None]


@dataclass(frozen=True, slots=True)
class Books:
    """A data folder, opened."""

    store: FolderStore
    ledger: SqlLedger
    vault: FileVault
    journal: Journal
    registrar: Registrar
    engine: Engine

    def resume(self) -> int:
        """Finish what a killed process left; how many things. Any process may, at any time."""
        return self.registrar.resume()

    def sweep(self) -> int:
        """Remove from staging what no event names; how many. Only for the one process that takes files in, before it begins to."""
        with self.store.alone():
            return self.store.sweep(self.ledger.named(self.store.staged()))

    def close(self) -> None:
        """Write a last checkpoint over what was recorded here, and let go of the files."""
        try:
            self.journal.close()
        finally:
            self.vault.close()
            self.engine.dispose()


def open_books(
    data: Path,
    clock: Clock,
    projectors: Sequence[Projector] = (),
    schemas: Sequence[MetaData] = (),
    *,
    resume: bool = True,
    prepare: Prepare | None = None,
) -> Books:
    """Open the data folder `data`, making it if needed.

    Args:
        data: the folder.
        clock: gives events their time.
        projectors: `apply` of every room with tables; this room's is added if missing.
        schemas: the MetaData of every room with tables; this room's is added if missing.
        resume: finish what a killed process left, and clear staging; for the process that holds the data folder's lock. Others pass False.
        prepare: brings the tables of a database up to date (migrations); by default they are made where missing.

    Raises:
        Misconfigured: the folder cannot be made. Corrupt: journal and database contradict each other. DiskFull, Unavailable.
    """
    _make_folders(data)
    prepare = prepare or partial(_create, list(dict.fromkeys([metadata, *schemas])))
    projectors = list(dict.fromkeys([apply, *projectors]))
    store = FolderStore(data / STORE)
    vault = FileVault(data / KEYS, store, clock)
    journal = Journal(data / LEDGER, data / DERIVED / MARK)
    database = data / DERIVED / DATABASE
    with locked(data / DERIVED):
        if not database.exists():
            _rebuild(database, lambda engine: SqlLedger(engine, clock, projectors, vault.open), journal, prepare)
        engine = open_sqlite(database)
        with faults():
            prepare(engine)
    ledger = SqlLedger(engine, clock, projectors, vault.open)
    books = Books(store, ledger, vault, journal, Registrar(store, vault, ledger, journal), engine)
    if resume:
        books.resume()
        books.sweep()
    return books


def _make_folders(data: Path) -> None:
    try:
        for name in (STORE, LEDGER, DERIVED):
            make_folder(data / name)
        make_folder(data / KEYS, 0o700)
    except OSError as error:
        if error.errno in OUTAGES:
            raise unavailable(error, f"the data folder {data} cannot be written") from None
        what = f"the data folder {data} cannot be made or written ({error.strerror}): let the user who runs casefile write there"
        raise Misconfigured(what, folder=str(data)) from error


def _rebuild(database: Path, ledger: Callable[[Engine], SqlLedger], journal: Journal, prepare: Prepare) -> None:
    """Make the database from the journal beside its place, and rename it there when it is whole."""
    building = database.with_name(BUILDING)
    with world("the working database cannot be written"):
        for path in building.parent.glob(f"{BUILDING}*"):
            path.unlink()
        engine = open_sqlite(building)
        try:
            with faults():
                prepare(engine)
            journal.cut()
            ledger(engine).restore(journal.events())
        finally:
            engine.dispose()
        for ending in ("-wal", "-shm"):  # of a database that was deleted without them
            database.with_name(database.name + ending).unlink(missing_ok=True)
        building.rename(database)
        fsync_folder(database.parent)


def _create(schemas: Sequence[MetaData], engine: Engine) -> None:
    for schema in schemas:
        schema.create_all(engine)
