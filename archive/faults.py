"""What a database's errors mean, in our own words: who is at fault, and what to do.

Promises: no message and no cause holds a value of a row (PostgreSQL quotes the row it refuses, so the text of its error is cut down to the
sentence without it); every error that passes by itself is Unavailable, on both databases, wherever it is met: an engine that `speaks`
raises our errors out of any statement, so that no room needs to know the database's own.
"""

import contextlib
import sqlite3
from collections.abc import Iterator

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import SQLAlchemyError

from domain.errors import CasefileError, Conflict, Corrupt, DiskFull, Misconfigured, Unavailable

REMEDY_SQLITE = "stop casefile, delete derived/casefile.db*, start; it is rebuilt from the ledger"
REMEDY_POSTGRES = "stop casefile, give it an empty database (dropdb, createdb), start; it is rebuilt from the ledger"
RULE = "a rule of the tables forbids it: someone was first; read again"
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
PASSING = ("08", "40", "53", "57", "58", "25P", "55P03")
"""SQLSTATEs, or their beginnings, of what passes by itself: connections, deadlocks, resources, an operator, the machine, timeouts."""
LOST = ("42P01", "42703", "3F000")
"""No such table, column or schema: somebody took them away."""
NOT_LET_IN = ("28", "3D000", "42501")


def speak(engine: Engine) -> Engine:
    """Let `engine` raise errors of ours; the same engine."""

    @event.listens_for(engine, "handle_error")
    def _translate(context: ExceptionContext) -> BaseException | None:
        return fault_of(context.original_exception)

    return engine


@contextlib.contextmanager
def faults() -> Iterator[None]:
    """Turn into ours what an engine that speaks leaves over: no free connection in time, one that was taken away.

    Raises:
        Unavailable
    """
    try:
        yield
    except SQLAlchemyError as error:
        if "Timeout" in type(error).__name__ or "Disconnection" in type(error).__name__:
            raise Unavailable(f"the database does not answer ({type(error).__name__})") from error
        raise


def fault_of(error: BaseException | None) -> CasefileError | None:
    """What a driver's `error` means; None: a fault of the program, which is shown as it is.

    Conflict: a rule of a table forbids it. DiskFull, Unavailable: the world. Corrupt: the database is damaged. Misconfigured: not let in.
    """
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if isinstance(error, Exception) and type(error).__module__.startswith("psycopg"):
        return _of_postgres(error)
    return None


def _of_sqlite(error: sqlite3.Error) -> CasefileError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    if isinstance(error, sqlite3.IntegrityError):
        return Conflict(RULE, rule=str(error))
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(f"no room for the database ({name}); make room, it goes on by itself", code=name)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Corrupt(f"the working database is damaged ({name}): {REMEDY_SQLITE}", code=name)
    if code in BUSY:
        return Unavailable(f"the database does not answer ({name})", code=name)
    return None


def _of_postgres(error: Exception) -> CasefileError | None:
    state = getattr(error, "sqlstate", None)
    diagnosis = getattr(error, "diag", None)
    told = getattr(diagnosis, "message_primary", None)
    if told:
        error.args = (told,)  # without DETAIL, which quotes the row
    if state is None:
        return _of_connection(error)
    if state.startswith("23"):
        return Conflict(RULE, rule=f"{diagnosis.table_name}: {diagnosis.constraint_name or diagnosis.column_name}" if diagnosis else state)
    if state == "53100":
        return DiskFull(f"no room for the database ({state}); make room where PostgreSQL keeps its files, it goes on by itself", code=state)
    if state in ("XX001", "XX002"):
        return Corrupt(f"the working database is damaged ({state}): {REMEDY_POSTGRES}", code=state)
    if state in LOST:
        return Corrupt(f"the working database is not as casefile left it ({state}): {REMEDY_POSTGRES}", code=state)
    if state.startswith(NOT_LET_IN):
        return Misconfigured(f"database.url: PostgreSQL does not let casefile in, or not do its work: {told} ({state})", code=state)
    if state.startswith(PASSING):
        return Unavailable(f"the database does not answer ({state}: {type(error).__name__})", code=state)
    return None


def _of_connection(error: Exception) -> CasefileError | None:
    """A connection that could not be made, or broke: the driver has no SQLSTATE then, and its text names host and reason, no secret."""
    if type(error).__name__ not in ("OperationalError", "InterfaceError", "ConnectionTimeout"):
        return None
    why = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return Unavailable(f"the database does not answer: {why}", code="connection")
