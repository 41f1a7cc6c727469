"""What the domain allows fits into every column, on both databases: SQLite checks no length, PostgreSQL does."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import String, Text, select

from app import upkeep
from app.settings import OFFICE
from app.wiring import METADATA
from archive.database import open_database
from archive.store import object_name
from domain import events
from domain.clock import SystemClock, stamp
from domain.events import RECEIPT_DONE, Draft
from domain.ids import new_ulid
from domain.kinds import kinds
from domain.model import MEDIA, Digest, ReceiptState, Stored
from domain.reasons import Reason
from ingest.batch import Arrival, close_folder, drafts
from ingest.names import shown
from ingest.quarantine import refuse
from ingest.tables import apply, metadata, receipts
from tests.fakes.books import FakeRegistrar
from tests.fakes.intake_room import Room
from tests.fakes.rooms import NOW, ident, rooms
from tests.ingest.test_tables_replay import COMMANDS, play, tables

DIGEST = Digest("f" * 64)
WINDOW, NUMBER, OFFICE_NAME = "W" * 32, "A" * 32, "o" * 64
LONGEST: dict[str, str] = {
    "leaf": "f" * 64,
    "kind": max([*kinds(), *(v for n, v in vars(events).items() if n.isupper() and isinstance(v, str) and "." in v)], key=len),
    "subject": new_ulid(NOW),
    "name": max((object_name(Stored(DIGEST, 1, media)) for media in MEDIA), key=len),
    "pdf": str(DIGEST),
    "digest": str(DIGEST),
    "window": WINDOW,
    "office": OFFICE_NAME,
    "code": NUMBER,
    "number": NUMBER,
    "media": max(MEDIA, key=len),
    "state": max((state.value for state in ReceiptState), key=len),
    "reason": max((reason.code for reason in Reason), key=len),
    "reason_step": "x" * 40,
    "flags": "active-content encrypted more-data signed",
} | dict.fromkeys(("shelved_at", "seen_at", "opened_at", "closed_at", "last_seen"), stamp(NOW))
LONGEST |= dict.fromkeys(("id", "batch", "document", "receipt", "case_id", "twin"), new_ulid(NOW))


def test_every_column_of_text_has_room_for_the_longest_value_there_is():
    columns = [c for schema in METADATA for t in schema.sorted_tables for c in t.columns if isinstance(c.type, String)]
    limited = [column for column in columns if not isinstance(column.type, Text) and column.type.length]
    assert len(limited) > 30
    for column in limited:
        assert len(LONGEST[column.name]) <= column.type.length, f"{column.table.name}.{column.name}"
    assert OFFICE.endswith("{0,63}$")


@pytest.fixture(params=["sqlite", "postgresql"])
def books(request, tmp_path):
    database = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    books = rooms(tmp_path / "data", upkeep=upkeep.upkeep(), database=database)
    yield books
    books.close()


def arrival(books: Any, number: int, parts: tuple[str, ...], folder: str | None, detail: str = "", size: int = 1) -> str:
    stored = books.store.stage(f"{number}".encode(), "application/octet-stream")
    came = Arrival(ident("R", number), WINDOW, OFFICE_NAME, parts, folder, stored, Reason.EXPANDS_TOO_MUCH if detail else None, detail)
    with books.engine.connect() as connection:
        made, _ = drafts(connection, came, NOW, 86400.0, lambda window: None)
    books.registrar.record(made)
    return came.receipt


def test_the_longest_names_and_numbers_are_kept_as_they_are(books):
    from casework.cases import Cases

    folder, deep = "\udcff" * 255, tuple("夹" * 85 for _ in range(15))
    Cases(books.engine, books.registrar, SystemClock()).open(NUMBER, OFFICE_NAME, WINDOW)
    receipt = arrival(books, 1, (folder, *deep, "\udcb2.tif"), shown((folder,)))
    arrival(books, 2, ("x.pdf",), None, "facts " * 5000)
    close_folder(books.registrar, books.engine, WINDOW, shown((folder,)))
    done = {"state": "shelved", "pages": 2**31 - 1, "generation": 2**31 - 1}
    books.registrar.record([Draft(RECEIPT_DONE, receipt, "done", done)])
    with books.engine.connect() as connection:
        row = connection.execute(select(receipts).where(receipts.c.id == receipt)).one()
    assert row.name == shown((folder, *deep, "\udcb2.tif"))
    assert (row.pages, row.fresh, len(row.name)) == (2**31 - 1, False, len(shown((folder,))) + 15 * 86 + 9)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60), number=st.integers(10, 10**9))
def test_any_text_a_name_or_a_detail_can_be_is_kept(books, text, number):
    with books.engine.connect() as connection:
        if connection.execute(select(receipts.c.id).where(receipts.c.id == ident("R", number))).first():
            return
    receipt = arrival(books, number, (f"{text}.tif",), None)
    refuse(books.registrar, books.engine, receipt, Reason.DAMAGED, "examine", text)
    with books.engine.connect() as connection:
        row = connection.execute(select(receipts).where(receipts.c.id == receipt)).one()
    assert (row.name, row.detail) == (f"{text}.tif".replace("\0", "\ufffd"), text.replace("\0", "\ufffd"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commands=COMMANDS)
def test_any_story_of_intake_gives_the_same_tables_on_both_databases(tmp_path_factory, postgres_server, commands):
    """Also the same refusals: what is a Conflict on one is a Conflict on the other, or the tables would differ."""
    url, rows = postgres_server.fresh(), []
    for where in ("sqlite", url):
        room = Room(tmp_path_factory.mktemp("room"))
        if where == url:
            room.engine.dispose()
            room.engine = open_database(url)
            room.registrar = FakeRegistrar(room.engine, metadata, [apply], room.store, room.clock)
            room.fresh()
        play(room, commands)
        rows.append(tables(room.engine))
        room.engine.dispose()
    postgres_server.drop(url)
    assert rows[0] == rows[1]
