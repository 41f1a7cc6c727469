"""Keeps the tables of the working database as this release wants them, on SQLite and PostgreSQL alike.

The history of the tables is in app/migrations/, revision by revision; a revision's name ends in the release it came with. A database is
upgraded when it is opened, in one transaction, by one process while others wait. Promises: one made by release 0.1.0, which knew no
revisions, is recognised; one made by a newer release is refused and left as it is. A revision whose module says `rebuild = True` has the
rows made anew from the ledger, because an older release could not have known what it adds. There is no way back to an older revision: the
older release is given an empty database, and rebuilds it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, MetaData, inspect, text

from app import tables as work
from archive import tables as archive
from archive.making import Upkeep
from casework import tables as casework
from domain.errors import Misconfigured
from ingest import tables as ingest

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0004_0.2.0"
"""The newest revision this release knows. A constant, so that a command that only looks reads no history; a test holds it to be so."""
VERSIONS = "alembic_version"
FIRST = "0001_0.1.0"
FROM_EVENTS = (ingest.metadata, archive.metadata, casework.metadata)
"""Tables that a replay of the ledger makes again, row by row."""
ALL = (*FROM_EVENTS, work.metadata)


def upkeep() -> Upkeep:
    """What `archive.books.open_books` is given."""
    return Upkeep(current, bring)


def current(connection: Connection) -> bool:
    """Whether the tables are as this release wants them.

    Raises:
        Misconfigured: a newer release made them.
    """
    found = revision_of(connection)
    if found is not None and number_of(found) > number_of(HEAD):
        release = found.partition("_")[2] or "a newer one"
        raise Misconfigured(
            f"release {release} of casefile made this database (revision {found}), this one knows no more than {HEAD}: use that release, "
            "or stop casefile and give this one an empty database (SQLite: delete derived/casefile.db*); it is rebuilt from the ledger",
            found=found,
            known=HEAD,
        )
    return found == HEAD


def bring(connection: Connection) -> bool:
    """Upgrade the tables in the transaction of `connection`; whether their rows must be made anew from the ledger.

    Raises:
        Misconfigured: a newer release made them.
    """
    if current(connection):
        return False
    from alembic import command  # heavy: only where there is something to do
    from alembic.script import ScriptDirectory

    config = history(connection)
    before = revision_of(connection)
    if before is None and inspect(connection).has_table(archive.events.name):
        command.stamp(config, FIRST)
        before = FIRST
    pending = list(ScriptDirectory.from_config(config).iterate_revisions("head", before or "base"))
    command.upgrade(config, "head")
    anew = before is not None and any(getattr(script.module, "rebuild", False) for script in pending)
    if anew:
        _empty(connection, FROM_EVENTS)
    return anew


def history(connection: Connection) -> "Config":
    """Alembic's view of app/migrations/, working on `connection` in its transaction."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def revision_of(connection: Connection) -> str | None:
    """The revision the tables are at; None: none was noted."""
    if not inspect(connection).has_table(VERSIONS):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()  # noqa: S608 a constant


def number_of(revision: str) -> int:
    """The revision's place in the history, by its name; one that is none of ours counts as newer than all."""
    digits = revision.partition("_")[0]
    return int(digits) if digits.isdecimal() else 1 << 30


def _empty(connection: Connection, schemas: tuple[MetaData, ...]) -> None:
    for schema in schemas:
        for table in reversed(schema.sorted_tables):
            connection.execute(table.delete())
