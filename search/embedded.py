"""The embedded index: one SQLite file with full-text tables (FTS5) over our own terms. The default, nothing to start.

Promises: what `put` and `drop` were given is on disk when they return (WAL, synchronous=FULL) and found at once, also by other processes;
any number of processes read while one writes; a killed writer leaves the file as it was after its last finished call; a file that is
damaged is begun anew by the next writer, with a new `identity`, so that the outbox delivers everything again; one that another analysis
made answers until its successor takes over. Several writers wait for one another (SQLite's own lock).

The successor is a file beside (`….building`). It takes over by SQLite's own backup into the file in use, one transaction of it: readers see
all of the old or all of the new, a killed take-over is rolled back. (A rename would leave the old write-ahead log beside the new file.)

Does not promise: a file on a network mount (SQLite's locks do not hold there); speed beyond some hundred thousand pages
(docs/decisions/0002-embedded-index.md has the figures). The risk accepted: terms of dropped pages stay in the file's inner nodes, bound to
no page, until FTS5 merges them or the index is rebuilt.

What is stored: for each page its fields, its words with boxes (search/stored.py), and the postings of two rows of terms
(search/analysis.py).
"""

import errno
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from domain.errors import Corrupt, DiskFull, Unavailable
from domain.model import Answer, Hit, PageEntry, Rights, Word
from search import tables
from search.locate import locate
from search.query import Query, parse

BUSY_SECONDS = 30.0
OTHER = "the search index was made by another version of casefile and is being replaced: `serve` does it, or `casefile reindex` at once"
DAMAGED = "the search index is damaged; it is begun anew by the next delivery, or at once by `casefile reindex`"


class EmbeddedIndex:
    """domain.ports.SearchIndex in the file `path`. Objects may be shared between threads; nothing is held open between calls."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def identity(self) -> str:
        """A name this index keeps until it is cleared or begun anew."""
        with self._writing(current=False) as connection:
            return tables.meta(connection, "identity") or ""

    def outdated(self) -> bool:
        """Whether another analysis or form made it: it takes nothing more and must be replaced."""
        if not self._path.exists():
            return False
        try:
            with closing(self._connect()) as connection:
                return tables.current(connection) is False
        except sqlite3.DatabaseError as error:
            raise _ours(error) from error

    def successor(self) -> Self:
        """The index under way beside this one."""
        return type(self)(self._path.with_name(self._path.name + ".building"))

    def succeed(self) -> None:
        """The successor's pages become this file's, in one transaction.

        Raises:
            Unavailable, DiskFull
        """
        beside = self.successor()
        if not beside._path.exists():
            return
        try:
            if not beside._whole():
                beside._discard()
                raise Unavailable("the new search index is damaged; it is filled once more")
            with closing(beside._connect()) as source, closing(self._ready()) as target:
                source.backup(target)
                target.execute("PRAGMA busy_timeout = 0")
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.DatabaseError as error:
            if _damaged(error):
                self._discard()
            raise _ours(error) from error
        beside._discard()

    def tidy(self, *, successor: bool = False) -> None:
        """Remove the file under way if `successor`, or if it has taken over already."""
        beside = self.successor()
        if beside._path.exists() and (successor or beside.identity() == self.identity()):
            beside._discard()

    def put(self, entries: Sequence[PageEntry]) -> None:
        """Add or replace pages in one transaction; an entry older than what is there is ignored.

        Raises:
            Unavailable, DiskFull
        """
        with self._writing() as connection:
            for entry in entries:
                tables.put(connection, entry)

    def drop(self, document: str, version: int) -> None:
        """Remove the pages of `document` up to `version`, and refuse those that come later with no higher version.

        Raises:
            Unavailable, DiskFull
        """
        with self._writing() as connection:
            tables.drop(connection, document, version)

    def search(self, query: str, rights: Rights, limit: int = 20, offset: int = 0) -> Answer:
        """Pages that hold every term of `query`, by case date, document, page.

        Raises:
            Unavailable: the file is damaged, of another version, or locked.
            ValueError: `limit` or `offset` is negative.
        """
        if limit < 0 or offset < 0:
            raise ValueError("limit and offset count from 0")
        asked = parse(query)
        with self._reading() as connection:
            if connection is None or asked.empty:
                return Answer((), 0, 0)
            chosen, values = tables.selection(asked, rights)
            counted = connection.execute(f"SELECT count(*), count(DISTINCT p.document) FROM {chosen}", values).fetchone()  # noqa: S608
            rows = connection.execute(
                f'SELECT p.id, p.document, p.page, p."case" FROM {chosen} ORDER BY {tables.ORDER} LIMIT ? OFFSET ?',  # noqa: S608
                (*values, limit, offset),
            ).fetchall()
            found = [(row, tables.words_of(connection, row[0])) for row in rows]
        hits = (_hit(row[1], row[2], row[3], words, asked) for row, words in found)
        return Answer(tuple(hits), counted[0], counted[1])

    def count(self) -> int:
        """How many pages there are."""
        with self._reading() as connection:
            return 0 if connection is None else int(connection.execute("SELECT count(*) FROM pages").fetchone()[0])

    def touched(self) -> bool:
        """Whether it holds anything: pages, or that documents were dropped.

        Raises:
            Unavailable
        """
        with self._reading() as connection:
            return connection is not None and tables.touched(connection)

    def refresh(self) -> None:
        """Nothing to do: a transaction is findable when it ends."""

    def clear(self) -> None:
        """Remove everything, also from the free room inside the file; the identity changes. A damaged file is replaced.

        Raises:
            Unavailable, DiskFull
        """
        try:
            with closing(self._ready()) as connection:
                connection.execute("BEGIN IMMEDIATE")
                tables.begin_anew(connection)
                connection.execute("COMMIT")
                connection.execute("VACUUM")
        except sqlite3.DatabaseError as error:
            if not _damaged(error):
                raise _ours(error) from error
            self._discard()
            self.identity()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection inside one read transaction, so that count and hits agree; None where nothing was ever put."""
        if not self._path.exists():
            yield None
            return
        try:
            with closing(self._connect()) as connection:
                connection.execute("PRAGMA query_only = 1")
                connection.execute("BEGIN")
                current = tables.current(connection)
                if current is False and not tables.readable(connection):
                    raise Unavailable(OTHER)
                yield None if current is None else connection
        except sqlite3.DatabaseError as error:
            raise _ours(error) from error

    @contextmanager
    def _writing(self, *, current: bool = True) -> Iterator[sqlite3.Connection]:
        """A connection inside one write transaction, committed at the end, rolled back by an error. A damaged file is discarded.

        With `current`, tables of another analysis are refused: what they were given could not be taken out again.
        """
        try:
            with closing(self._ready()) as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    if current and not tables.current(connection):
                        raise Unavailable(OTHER)
                    yield connection
                except BaseException:
                    connection.rollback()
                    raise
                connection.commit()
        except Corrupt as error:
            self._discard()
            raise Unavailable(DAMAGED) from error
        except sqlite3.DatabaseError as error:
            if _damaged(error):
                self._discard()
            raise _ours(error) from error

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _ready(self) -> sqlite3.Connection:
        """A connection to a file that is whole, with tables; begun anew where it is not."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise DiskFull("no room for the search index; free some, nothing is lost") from error
            raise Unavailable(f"the search index cannot be opened ({error.strerror}); it is tried again") from error
        try:
            return self._prepared()
        except sqlite3.DatabaseError as error:
            if not _damaged(error):
                raise
        self._discard()
        return self._prepared()

    def _prepared(self) -> sqlite3.Connection:
        connection = self._connect()
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            if tables.current(connection) is None:
                tables.begin_anew(connection)
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        return connection

    def _whole(self) -> bool:
        with closing(self._connect()) as connection:
            try:
                return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
            except sqlite3.DatabaseError as error:
                if _damaged(error):
                    return False
                raise

    def _discard(self) -> None:
        """Delete the file. Its log goes first: SQLite would play an old log into a new file."""
        for ending in ("-wal", "-shm", ""):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)


def _damaged(error: sqlite3.DatabaseError) -> bool:
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _ours(error: sqlite3.DatabaseError) -> Unavailable:
    """SQLite's error as ours, by its name alone."""
    if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
        return DiskFull("no room for the search index; free some, nothing is lost")
    if _damaged(error):
        return Unavailable(DAMAGED)
    return Unavailable(f"the search index does not answer ({error.sqlite_errorname}); it is tried again")


def _hit(document: str, page: int, case: str | None, words: Sequence[Word], asked: Query) -> Hit:
    located = locate(words, asked.terms)
    return Hit(document, page, case, located.boxes, located.snippet, located.lit)
