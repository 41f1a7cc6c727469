"""Which database a data folder works with, and how that is said without its secrets."""

from dataclasses import dataclass

from sqlalchemy import URL, inspect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from app.settings import Settings
from app.upkeep import revision_of
from archive.database import Where, look_into_database
from archive.faults import fault_of
from archive.tables import events
from domain.errors import Misconfigured, Unavailable


@dataclass(frozen=True, slots=True)
class Stand:
    """How a database was found: the server's version, whether there is a ledger in it, the revision of its tables (None: none noted)."""

    version: tuple[int, ...]
    begun: bool
    revision: str | None


def database_of(settings: Settings) -> URL | None:
    """The address of the PostgreSQL database the settings name, with its password; None: SQLite in the data folder.

    Without `database.password_file` and a password in the address, libpq looks where it always does: PGPASSFILE, ~/.pgpass.

    Raises:
        Misconfigured: no address, or the password's file cannot be read.
    """
    given = settings.database.url.get_secret_value()
    if not given:
        return None
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        raise Misconfigured("setting database.url: it is no address: postgresql://user@host:port/name") from None
    if not url.database:
        raise Misconfigured("setting database.url: it names no database: postgresql://user@host:port/name")
    file = settings.database.password_file
    if file is None:
        return url
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"setting database.password_file: {file} cannot be read ({type(error).__name__})") from None
    if not lines or not lines[0]:
        raise Misconfigured(f"setting database.password_file: the first line of {file} is empty; it is the password")
    return url.set(password=lines[0])


def said(url: URL) -> str:
    """Host, port and name of a database, for people: no user, no password, nothing of the query."""
    return f"{url.host or url.query.get('host') or 'localhost'}:{url.port or 5432}/{url.database}"


def stand(where: Where) -> Stand:
    """Look at a database and change nothing.

    Raises:
        Unavailable: it does not answer. Corrupt, Misconfigured.
    """
    engine = look_into_database(where)
    try:
        with engine.connect() as connection:
            version = tuple(int(part) for part in connection.dialect.server_version_info or ())
            return Stand(version, inspect(connection).has_table(events.name), revision_of(connection))
    except DBAPIError as error:
        raise fault_of(error.orig) or Unavailable(f"the database does not answer ({type(error.orig).__name__})") from None
    finally:
        engine.dispose()
