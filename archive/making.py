"""How the working database comes to be: from nothing, from the journal, or from what an older release left.

Promises: one process makes it while others wait; it is made or brought up to date whole or not at all (a new SQLite file beside its place,
renamed once nothing of it is left in its log; everything else in one transaction); one that is up to date is only looked at; a PostgreSQL
database that belongs to another data folder is refused before a byte is written anywhere.
Risk accepted: two data folders that are both empty, of which one was copied from the other with its derived/, are taken for one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select, text

from archive.atomic import fsync_folder, world
from archive.faults import faults
from archive.journal import Journal
from archive.ledger import SqlLedger
from archive.sqlite import fold_log, open_sqlite
from archive.tables import events
from domain.errors import Misconfigured, Unavailable

BUILDING = "casefile.db.building"
EMPTY = "give it an empty database of its own (createdb), or set database.url to the right one; nothing was changed"


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What keeps the tables as this release wants them.

    `current`: whether nothing need be done; Misconfigured if a newer release made them. `bring`: bring them up to date in the transaction
    given; whether the rows must be made anew from the ledger.
    """

    current: Callable[[Connection], bool]
    bring: Callable[[Connection], bool]


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the working database of one data folder. The caller holds the lock of derived/."""

    journal: Journal
    upkeep: Upkeep
    ledger: Callable[[Engine], SqlLedger]

    def in_file(self, path: Path) -> None:
        """Make or bring up to date the SQLite database at `path`.

        Raises:
            Corrupt: the journal is damaged. Misconfigured: a newer release made it. DiskFull, Unavailable.
        """
        if not path.exists():
            self._build_beside(path)
            return
        engine = open_sqlite(path)
        try:
            with faults(), engine.connect() as connection:
                current = self.upkeep.current(connection)
            if not current:
                self._bring(engine)
        finally:
            engine.dispose()

    def on_server(self, engine: Engine, *, known: bool) -> None:
        """Make or bring up to date the PostgreSQL database of `engine`; `known`: this data folder has worked with a database before.

        Raises:
            Misconfigured: it is another ledger's, or a newer release made it. Corrupt: the journal is damaged. DiskFull, Unavailable.
        """
        with faults(), engine.connect() as connection:
            if inspect(connection).has_table(events.name):
                self._refuse_a_stranger(connection, known)
                if self.upkeep.current(connection):
                    return
        self._bring(engine, known=known)

    def _bring(self, engine: Engine, *, known: bool = True) -> None:
        """Upgrade the tables and, where they are new or must be made anew, fill them from the journal, in one transaction."""
        ledger = self.ledger(engine)
        with faults(), engine.execution_options(writes=True).begin() as connection:
            begun = inspect(connection).has_table(events.name)
            if connection.dialect.name == "postgresql":
                for timeout in ("statement_timeout = 0", "idle_in_transaction_session_timeout = '10min'"):  # this may take its time
                    connection.execute(text(f"SET LOCAL {timeout}"))
                if begun:
                    self._refuse_a_stranger(connection, known)
            if begun:
                self.journal.catch_up(ledger)  # nobody can record now, and what is made anew is made from all that was recorded
            else:
                self.journal.cut()
            if self.upkeep.bring(connection) or not begun:
                ledger.restore_in(connection, self.journal.events())

    def _refuse_a_stranger(self, connection: Connection, known: bool) -> None:
        mine = next((event.leaf() for event in self.journal.events()), None)
        theirs = connection.execute(select(events.c.leaf).where(events.c.seq == 1)).scalar()
        if mine is None and not known:
            raise Misconfigured(f"the database was begun by another data folder than this one, which is new: {EMPTY}")
        if mine is not None and theirs is None:
            raise Misconfigured(f"the database has casefile's tables and no event, and this folder's ledger has some: {EMPTY}")
        if mine is not None and mine != theirs:
            raise Misconfigured(f"the database holds another ledger than this data folder: {EMPTY}", expected=mine, found=theirs)

    def _build_beside(self, database: Path) -> None:
        building = database.with_name(BUILDING)
        with world("the working database cannot be written"):
            for path in building.parent.glob(f"{BUILDING}*"):
                path.unlink()
            engine = open_sqlite(building)
            try:
                self._bring(engine)
                fold_log(engine)
            finally:
                engine.dispose()
            log = building.with_name(building.name + "-wal")
            if log.exists() and log.stat().st_size:
                raise Unavailable("the working database was made, and a part of it is still in its log: it is made again")
            for ending in ("-wal", "-shm"):  # of a database that was deleted without them
                database.with_name(database.name + ending).unlink(missing_ok=True)
            building.rename(database)
            fsync_folder(database.parent)
