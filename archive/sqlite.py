"""The one place where SQLite is opened, so that every connection has the same promises.

WAL with synchronous=FULL: what was committed survives a crash and a power cut. Foreign keys are on. A connection waits up to 30 seconds for
another process's transaction. Transactions are ours (the driver's own are off): a reading one begins deferred and never blocks anybody;
one that reads and then writes must be begun with `engine.execution_options(writes=True)`, which takes the write lock first
(BEGIN IMMEDIATE), because SQLite refuses to turn a stale reader into a writer. Parameters never stand in error messages.
"""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event

from archive.faults import fault_of, speak
from domain.errors import Unavailable

BUSY_SECONDS = 30
PRAGMAS = ("PRAGMA busy_timeout=30000", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON")
CACHE = "PRAGMA cache_size=-512"
"""KiB of pages a connection keeps, a quarter of SQLite's own: each of the pool's fills for hours, and the system's cache holds them too."""


STATEMENTS = 24
"""Prepared statements a connection keeps, not Python's 128: many are never seen again (lists of another length), each holds kilobytes."""


def open_sqlite(path: Path, *, pragmas: tuple[str, ...] = PRAGMAS) -> Engine:
    """An engine for the database at `path`, made if missing (its folder must exist).

    `pragmas` is for databases that may be lost, such as one made for a comparison.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None, "check_same_thread": False, "cached_statements": STATEMENTS},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: object) -> None:
        for pragma in (CACHE, *pragmas):
            connection.execute(pragma)

    event.listen(engine, "begin", _begin)
    return speak(engine)


def look_into(path: Path) -> Engine:
    """An engine that only reads the database at `path` and leaves every byte of it as it is.

    Where no write-ahead log lies beside the database nobody has it open, and it is read as a file that does not change; the caller must
    look again afterwards whether that is still so (`has_log`). Otherwise SQLite's shared-memory file beside it may be touched.
    """
    mode = "mode=ro" if has_log(path) else "mode=ro&immutable=1"
    name = f"file:{quote(str(path))}?{mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(name, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def fold_log(engine: Engine) -> None:
    """Carry the write-ahead log into the database's own file, so that the file is the whole database.

    After a commit, and when it closes a database, SQLite tries the same and says nothing when there is no room for it.

    Raises:
        DiskFull, Unavailable, Corrupt: the log still holds what was committed.
    """
    connection = engine.raw_connection()
    try:
        busy = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        raise fault_of(error) or error from error
    finally:
        connection.close()
    if busy:
        raise Unavailable("somebody else has the database open, and its log cannot be carried into it")


def has_log(path: Path) -> bool:
    """Whether a write-ahead log lies beside the database: somebody has it open, or was killed."""
    return path.with_name(path.name + "-wal").exists()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
