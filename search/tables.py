"""The embedded index's own tables: what is written for a page, and how a query is put to them. One SQLite connection in, no files.

Promises: within the caller's transaction, versions decide: an entry older than what is there, or not newer than a drop, changes nothing.
"""

import sqlite3
import uuid
from collections.abc import Sequence

from domain.model import PageEntry, Rights, Word
from search.analysis import fingerprint
from search.locate import page_text
from search.query import Query, Term
from search.stored import pack, unpack

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE pages (
  id INTEGER PRIMARY KEY, document TEXT NOT NULL, page INTEGER NOT NULL, version INTEGER NOT NULL, case_date TEXT NOT NULL,
  kind TEXT NOT NULL, office TEXT NOT NULL, window TEXT NOT NULL, "case" TEXT, line TEXT NOT NULL, item TEXT NOT NULL,
  restricted INTEGER NOT NULL, UNIQUE (document, page));
CREATE INDEX pages_in_order ON pages (case_date, document, page);
CREATE TABLE words (id INTEGER PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE dropped (document TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE terms USING fts5 (singles, grams, content='', columnsize=0, tokenize='ascii');
"""
"""FTS5's ascii tokenizer takes every character beyond ASCII as part of a term, so terms arrive as the analysis made them."""

FORM = 1
"""Grows with every change of `SCHEMA` or of what is written under it."""

READABLE = (FORM,)
"""Forms that queries of this version can be put to: an index of one of them goes on answering while its successor is filled."""

PUT = """
INSERT INTO pages (document, page, version, case_date, kind, office, window, "case", line, item, restricted)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (document, page) DO UPDATE SET
  version = excluded.version, case_date = excluded.case_date, kind = excluded.kind, office = excluded.office, window = excluded.window,
  "case" = excluded."case", line = excluded.line, item = excluded.item, restricted = excluded.restricted
"""

ORDER = "p.case_date, p.document, p.page"


def begin_anew(connection: sqlite3.Connection) -> None:
    """Make the tables, empty, under a new identity; whatever was there goes."""
    for table in ("terms", "meta", "pages", "words", "dropped"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in SCHEMA.split(";"):
        connection.execute(statement)
    for fact in (("fingerprint", fingerprint(FORM)), ("identity", uuid.uuid4().hex)):
        connection.execute("INSERT INTO meta VALUES (?, ?)", fact)


def current(connection: sqlite3.Connection) -> bool | None:
    """Whether the tables are of this form and analysis; None where there are none."""
    made_for = meta(connection, "fingerprint")
    return None if made_for is None else made_for == fingerprint(FORM)


def readable(connection: sqlite3.Connection) -> bool:
    """Whether the tables, made by whichever analysis, can be searched."""
    return (meta(connection, "fingerprint") or "").split("-")[0] in {f"form{form}" for form in READABLE}


def meta(connection: sqlite3.Connection, name: str) -> str | None:
    """A fact about the index: `identity`, `fingerprint`."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone() is None:
        return None
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def touched(connection: sqlite3.Connection) -> bool:
    """Whether there are pages, or documents that were dropped."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM pages) OR EXISTS (SELECT 1 FROM dropped)").fetchone()[0])


def put(connection: sqlite3.Connection, entry: PageEntry) -> None:
    """Add or replace one page."""
    dropped = connection.execute("SELECT version FROM dropped WHERE document = ?", (entry.document,)).fetchone()
    if dropped is not None and entry.version <= dropped[0]:
        return
    known = connection.execute("SELECT id, version FROM pages WHERE document = ? AND page = ?", (entry.document, entry.page)).fetchone()
    if known is not None and entry.version < known[1]:
        return
    connection.execute(
        PUT,
        (
            *(entry.document, entry.page, entry.version, entry.case_date, entry.kind, entry.office, entry.window),
            *(entry.case, entry.line, entry.item, int(entry.restricted)),
        ),
    )
    select = "SELECT id FROM pages WHERE document = ? AND page = ?"
    _keep_words(connection, connection.execute(select, (entry.document, entry.page)).fetchone()[0], entry.words)


def _keep_words(connection: sqlite3.Connection, page_id: int, words: tuple[Word, ...]) -> None:
    packed = pack(words)
    known = connection.execute("SELECT packed FROM words WHERE id = ?", (page_id,)).fetchone()
    if known is not None and known[0] == packed:
        return
    if known is not None:
        _forget_words(connection, page_id)
    connection.execute("INSERT INTO words VALUES (?, ?)", (page_id, packed))
    connection.execute("INSERT INTO terms (rowid, singles, grams) VALUES (?, ?, ?)", (page_id, *_rows(words)))


def _forget_words(connection: sqlite3.Connection, page_id: int) -> None:
    """FTS5 is told the terms it was given: the same words under the same fingerprint give the same terms."""
    words = words_of(connection, page_id)
    connection.execute("INSERT INTO terms (terms, rowid, singles, grams) VALUES ('delete', ?, ?, ?)", (page_id, *_rows(words)))
    connection.execute("DELETE FROM words WHERE id = ?", (page_id,))


def _rows(words: Sequence[Word]) -> tuple[str, str]:
    analysed = page_text(words).analysed
    return " ".join(analysed.singles), " ".join(analysed.grams)


def words_of(connection: sqlite3.Connection, page_id: int) -> tuple[Word, ...]:
    """The words of a page that is there.

    Raises:
        Corrupt
    """
    return unpack(connection.execute("SELECT packed FROM words WHERE id = ?", (page_id,)).fetchone()[0])


def drop(connection: sqlite3.Connection, document: str, version: int) -> None:
    """Remove the pages of `document` up to `version`, and remember that it was dropped."""
    connection.execute(
        "INSERT INTO dropped VALUES (?, ?) ON CONFLICT (document) DO UPDATE SET version = max(version, excluded.version)",
        (document, version),
    )
    rows = connection.execute("SELECT id FROM pages WHERE document = ? AND version <= ?", (document, version)).fetchall()
    for (page_id,) in rows:
        _forget_words(connection, page_id)
        connection.execute("DELETE FROM pages WHERE id = ?", (page_id,))


def selection(asked: Query, rights: Rights) -> tuple[str, list[str]]:
    """FROM and WHERE of the pages `asked` may find, with the values for its question marks."""
    tables, where, values = "pages p", [], []
    if asked.terms:
        tables = "terms CROSS JOIN pages p ON p.id = terms.rowid"
        expression = " AND ".join(_phrase(term) for term in asked.terms)
        where.append("terms MATCH ?")
        values.append(f"({expression})" + "".join(f" NOT {_phrase(term)}" for term in asked.excluded))
    elif asked.excluded:
        where.append("p.id NOT IN (SELECT rowid FROM terms WHERE terms MATCH ?)")
        values.append(" OR ".join(_phrase(term) for term in asked.excluded))
    for chosen in asked.filters:
        marks = ", ".join("?" * len(chosen.values))
        where.append(f"coalesce(p.\"{chosen.name}\", '') COLLATE NOCASE {'NOT ' if chosen.excluded else ''}IN ({marks})")
        values += chosen.values
    if rights.offices:
        where.append(f"p.office IN ({', '.join('?' * len(rights.offices))})")
        values += rights.offices
    if not rights.restricted:
        where.append("p.restricted = 0")
    return f"{tables} WHERE {' AND '.join(where) or '1'}", values


def _phrase(term: Term) -> str:
    """A term as an FTS5 phrase. Atoms hold letters, digits and ideographs only, so nothing needs escaping."""
    grams = term.grams
    if grams is not None:
        return f'grams : "{" ".join(grams)}"'
    return f'singles : "{" ".join(term.atoms)}"' + (" *" if term.prefix else "")
