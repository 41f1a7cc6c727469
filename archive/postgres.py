"""The one place where PostgreSQL is opened, so that every connection has the promises that archive/sqlite.py gives on SQLite.

A reading transaction sees one moment from its first statement to its last and can write nothing (REPEATABLE READ READ ONLY). One that
writes is begun with `engine.execution_options(writes=True)` and is alone: it waits for the lock of this ledger, an advisory lock that ends
with the transaction, and sees what the one before it committed. `writes="rows"` is for tables that are no part of the ledger (leases): it
takes no lock but those of its rows. What was committed survives a crash of the server (synchronous_commit on, whatever the server says).
A connection that died is noticed by ping, keepalives and timeouts; a process that stopped inside a transaction loses it after
`IDLE_SECONDS`, so that a frozen writer does not hold up the others. Parameters never stand in error messages.

Does not promise: to work through a pooler that gives each transaction another connection.
"""

from typing import Any, cast

from psycopg import Connection as Session
from psycopg import IsolationLevel
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, text

from archive.faults import speak

LOCK = 0x63617365
"""The advisory lock under which the ledger and its tables are written."""
WAIT_SECONDS = 30
STATEMENT_SECONDS = 120
IDLE_SECONDS = 15
DRIVER = "postgresql+psycopg"
CONNECT = {
    "connect_timeout": 10,
    "application_name": "casefile",
    "target_session_attrs": "read-write",
    "keepalives": 1,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
SESSION = {
    "synchronous_commit": "on",
    "client_encoding": "UTF8",
    "timezone": "UTC",
    "lock_timeout": f"{WAIT_SECONDS}s",
    "statement_timeout": f"{STATEMENT_SECONDS}s",
    "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
    "client_connection_check_interval": "10s",
}
READING = {"lock_timeout": f"{WAIT_SECONDS}s", "statement_timeout": "0", "idle_in_transaction_session_timeout": "0", "timezone": "UTC"}
"""Of one who reads everything and compares, for minutes."""


def open_postgres(url: URL, **more: Any) -> Engine:
    """An engine for the database at `url`. `more` goes to `create_engine`. Nothing is asked of the server yet."""
    engine = _engine(url, SESSION, pool_pre_ping=True, pool_size=8, max_overflow=24, pool_timeout=WAIT_SECONDS, **more)
    event.listen(engine, "begin", _begin)
    return speak(engine)


def look_into_postgres(url: URL) -> Engine:
    """An engine that only reads, for as long as it likes; its errors are the driver's, as those of `archive.sqlite.look_into`."""
    engine = _engine(url, READING, poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    return engine


def _engine(url: URL, session: dict[str, str], **more: Any) -> Engine:
    own = url.query.get("options", "")
    options = " ".join([*([own] if isinstance(own, str) else own), *(f"-c {name}={value}" for name, value in session.items())])
    given = {name: value for name, value in CONNECT.items() if name not in url.query}
    plain = url.set(drivername=DRIVER).difference_update_query(["options"])
    return create_engine(plain, hide_parameters=True, connect_args={**given, "options": options.strip()}, **more)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    session = cast(Session, connection.connection.dbapi_connection)
    session.isolation_level = IsolationLevel.READ_COMMITTED if writes else IsolationLevel.REPEATABLE_READ
    session.read_only = not writes
    if writes and writes != "rows":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
