"""Opens what a data folder keeps: store, keys, ledger, journal, and the working database made from them.

    DIR/store/    objects                      DIR/keys/     keys of private bodies
    DIR/ledger/   the journal, checkpoints     DIR/derived/  casefile.db, journal.mark, and whatever else can be made again

Promises: a database that is missing is rebuilt from the journal, whole or not at all, by one process while others wait; with `resume`,
what a killed process left is finished. Does not put right what contradicts itself: that is Corrupt, and verify says what to do.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, MetaData, inspect

from archive.atomic import OUTAGES, locked, make_folder, unavailable
from archive.database import open_database
from archive.journal import Journal
from archive.ledger import SqlLedger
from archive.making import Maker, Upkeep
from archive.manifest import MANIFEST
from archive.registrar import Registrar
from archive.store import FolderStore
from archive.tables import apply, metadata
from archive.vault import FileVault
from domain.errors import Misconfigured
from domain.ports import Clock, Projector

STORE, LEDGER, KEYS, DERIVED = "store", "ledger", "keys", "derived"
DATABASE = "casefile.db"
MARK = "journal.mark"
log = logging.getLogger("casefile.books")
RESTORING = "restoring"
"""Stands in a data folder while a restore fills it."""


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

    def sweep(self, older: float = 0.0) -> int:
        """Remove from staging what no event names and nobody touched for `older` seconds; how many.

        With 0 only for the one process that takes files in, before it begins to. Where the shelf holds objects that no event names, the
        ledger is older than the store: what is staged may then be the only copy of something that had a receipt, and stays.
        """
        with self.store.alone():
            staged = self.store.staged()
            known = self.ledger.named(staged)
            if len(known) < len(staged) and self._ledger_is_older():
                log.warning("the store holds objects that no event names: staging keeps %d (run doctor)", len(staged) - len(known))
                known = set(staged)
            return self.store.sweep(known, older)

    def _ledger_is_older(self) -> bool:
        names = [name.rpartition("/")[2] for name in self.store.names()]
        return len(self.ledger.named(names)) < len(set(names))

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
    sweep_older: float = 0.0,
    upkeep: Upkeep | None = None,
    database: URL | None = None,
) -> Books:
    """Open the data folder `data`, making it if needed.

    Args:
        data: the folder.
        clock: gives events their time.
        projectors: `apply` of every room with tables; this room's is added if missing.
        schemas: the MetaData of every room with tables; this room's is added if missing.
        resume: finish what a killed process left, and clear staging; for the process that holds the data folder's lock. Others pass False.
        sweep_older: seconds; what lies younger than this in staging is another worker's, and is left.
        upkeep: keeps the tables as this release wants them (migrations); by default they are made where missing.
        database: a PostgreSQL database; None: the file in derived/.

    Raises:
        Misconfigured: the folder cannot be made, is a backup, or a restore into it is not done; or the database is another ledger's.
        Corrupt: journal and database contradict each other. DiskFull, Unavailable.
    """
    if (data / RESTORING).exists():
        what = f"a restore into {data} did not finish: give the command again, it goes on"
        raise Misconfigured(what, folder=str(data))
    if (data / MANIFEST).exists():
        raise Misconfigured(f"{data} is a backup: restore it into another folder and work there", folder=str(data))
    _make_folders(data)
    upkeep = upkeep or _made_where_missing(list(dict.fromkeys([metadata, *schemas])))
    projectors = list(dict.fromkeys([apply, *projectors]))
    store = FolderStore(data / STORE)
    vault = FileVault(data / KEYS, store, clock)
    journal = Journal(data / LEDGER, data / DERIVED / MARK)
    engine = open_database(database or data / DERIVED / DATABASE)
    maker = Maker(journal, upkeep, lambda of: SqlLedger(of, clock, projectors, vault.open))
    ledger = maker.ledger(engine)
    books = Books(store, ledger, vault, journal, Registrar(store, vault, ledger, journal), engine)
    try:
        with locked(data / DERIVED):
            if database is None:
                maker.in_file(data / DERIVED / DATABASE)
            else:
                maker.on_server(engine, known=(data / DERIVED / MARK).exists())
                journal.catch_up(ledger)  # leaves the mark by which this folder is known
        if resume:
            books.resume()
            books.sweep(sweep_older)
    except BaseException:
        engine.dispose()
        raise
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


def _made_where_missing(schemas: Sequence[MetaData]) -> Upkeep:
    tables = [table for schema in schemas for table in schema.sorted_tables]

    def current(connection: Connection) -> bool:
        there = set(inspect(connection).get_table_names())
        return all(table.name in there for table in tables)

    def bring(connection: Connection) -> bool:
        for schema in schemas:
            schema.create_all(connection)
        return False

    return Upkeep(current, bring)
