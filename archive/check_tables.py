"""Replays the ledger into a database of its own and holds every row against the working database.

Nothing is written into the data folder. Findings name tables, keys and columns, never values: a table may show personal data.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Engine, MetaData, String, Table, func, inspect, select
from sqlalchemy.exc import DatabaseError

from archive.database import Where, look_into_database
from archive.ledger import Opener, SqlLedger
from archive.report import REBUILD, Report
from archive.sqlite import has_log, open_sqlite
from archive.tables import events
from domain.clock import SystemClock
from domain.errors import CasefileError
from domain.events import Event
from domain.ports import Projector

LOSABLE = ("PRAGMA journal_mode=MEMORY", "PRAGMA synchronous=OFF", "PRAGMA foreign_keys=ON")
Row = tuple[Any, ...]


class Snapshot:
    """The working database as it stood when this was made: `size` events."""

    def __init__(self, where: Where) -> None:
        self._file = where if isinstance(where, Path) and not has_log(where) else None
        self._engine = look_into_database(where)
        try:
            self.connection: Connection = self._engine.connect()
        except DatabaseError:
            self._engine.dispose()
            raise
        try:
            self.size = int(self.connection.execute(select(func.coalesce(func.max(events.c.seq), 0))).scalar_one())
        except DatabaseError:
            self.close()
            raise

    @property
    def stale(self) -> bool:
        """Whether somebody opened the database after it was read as a file that does not change."""
        return self._file is not None and has_log(self._file)

    def ledger(self) -> SqlLedger:
        """The events, to be read only."""
        return SqlLedger(self._engine, SystemClock())

    def close(self) -> None:
        """Let go of it."""
        self.connection.close()
        self._engine.dispose()


@contextmanager
def snapshot(where: Where) -> Iterator[Snapshot]:
    """A `Snapshot` that is closed at the end.

    Raises:
        sqlalchemy.exc.DatabaseError: not a database, a damaged one, or one that does not answer.
    """
    found = Snapshot(where)
    try:
        yield found
    finally:
        found.close()


def check_tables(
    live: Snapshot, story: Iterable[Event], projectors: Sequence[Projector], schemas: Sequence[MetaData], opener: Opener, report: Report
) -> None:
    """Compare `live` with what the projectors make of `story` (its events, in order)."""
    with tempfile.TemporaryDirectory(prefix="casefile-verify-") as folder:
        engine = open_sqlite(Path(folder) / "replay.db", pragmas=LOSABLE)
        try:
            for schema in schemas:
                schema.create_all(engine)
            if _replay(engine, story, projectors, opener, report):
                with engine.connect() as replayed:
                    for schema in schemas:
                        for table in schema.sorted_tables:
                            _compare(table, live.connection, replayed, report)
        finally:
            engine.dispose()


def _replay(engine: Engine, story: Iterable[Event], projectors: Sequence[Projector], opener: Opener, report: Report) -> bool:
    try:
        SqlLedger(engine, SystemClock(), projectors, opener).restore(story)
    except CasefileError as error:
        report.bad("tables", "derived/casefile.db", "a ledger that can be replayed", f"{type(error).__name__}: {error}")
        return False
    except Exception as error:  # a room's apply may stumble over what was damaged, in any way
        report.bad("tables", "derived/casefile.db", "a ledger that can be replayed", type(error).__name__)
        return False
    return True


def _compare(table: Table, live: Connection, replayed: Connection, report: Report) -> None:
    report.looked_at["tables"] += 1
    if not inspect(live).has_table(table.name):
        report.bad("tables", f"table {table.name}", "a table", "nothing", REBUILD)
        return
    names = [column.name for column in table.columns]
    width = len(table.primary_key.columns)
    wanted, found = _rows(table, replayed), _rows(table, live)
    mine, theirs = next(wanted, None), next(found, None)
    while mine is not None or theirs is not None:
        report.looked_at["rows"] += 1
        if theirs is None or (mine is not None and mine[:width] < theirs[:width]):
            assert mine is not None
            report.bad("tables", _subject(table, mine, width), "a row", "nothing", REBUILD)
            mine = next(wanted, None)
        elif mine is None or theirs[:width] < mine[:width]:
            report.bad("tables", _subject(table, theirs, width), "nothing", "a row that no event made", REBUILD)
            theirs = next(found, None)
        else:
            if mine != theirs:
                order = [*(c.name for c in table.primary_key.columns), *(n for n in names if n not in table.primary_key.columns)]
                other = ", ".join(name for name, a, b in zip(order, mine, theirs, strict=True) if a != b)
                report.bad("tables", _subject(table, mine, width), "the row as the ledger makes it", f"another value in {other}", REBUILD)
            mine, theirs = next(wanted, None), next(found, None)


def _rows(table: Table, connection: Connection) -> Iterator[Row]:
    """Rows in the order of the primary key, whose columns stand first."""
    keys = list(table.primary_key.columns)
    rest = [column for column in table.columns if not column.primary_key]
    result = connection.execution_options(yield_per=1000).execute(
        select(*keys, *rest).order_by(*(_by_bytes(key, connection) for key in keys))
    )
    yield from (tuple(row) for row in result)


def _by_bytes(key: Column[Any], connection: Connection) -> ColumnElement[Any]:
    """`key` to order by, so that text comes in the order in which Python compares it, whatever the server's language."""
    return key.collate("C") if connection.dialect.name == "postgresql" and isinstance(key.type, String) else key


def _subject(table: Table, row: Row, width: int) -> str:
    return f"table {table.name}, row {' '.join(str(value) for value in row[:width])}"
