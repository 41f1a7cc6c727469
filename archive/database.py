"""Opens the working database where the settings say: a file of SQLite in the data folder, or PostgreSQL. The promises are the same."""

from pathlib import Path

from sqlalchemy import URL, Engine

from archive.postgres import look_into_postgres, open_postgres
from archive.sqlite import look_into, open_sqlite

Where = Path | URL
"""A file of SQLite, or the address of a PostgreSQL database with the password in it, if it needs one."""


def open_database(where: Where) -> Engine:
    """An engine that reads and writes; see archive/sqlite.py and archive/postgres.py for what its transactions promise.

    A transaction that writes is begun with `engine.execution_options(writes=True)`, on either database.
    """
    return open_postgres(where) if isinstance(where, URL) else open_sqlite(where)


def look_into_database(where: Where) -> Engine:
    """An engine that only reads and changes nothing. Its errors are the driver's."""
    return look_into_postgres(where) if isinstance(where, URL) else look_into(where)
