"""A data folder whose working database is PostgreSQL: made, rebuilt, verified and refused as it should be."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import URL, insert, select, text
from sqlalchemy.exc import DBAPIError

from app import reports
from app.wiring import METADATA, PROJECTORS
from archive.database import open_database
from archive.tables import event_objects
from archive.verify import verify
from casework.cases import Cases
from domain.clock import SystemClock
from domain.errors import Conflict, Corrupt, Misconfigured, Unavailable
from domain.events import CASE_OPENED, Draft
from domain.model import Outcome
from ingest import desk
from tests.fakes.rooms import live, rooms

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data(tmp_path, postgres_url):
    """A folder in which every table has rows."""
    books = rooms(tmp_path / "data", database=postgres_url)
    live(books)
    books.close()
    return tmp_path / "data"


def rows(books):
    with books.engine.connect() as connection:
        tables = [table for schema in METADATA for table in schema.sorted_tables]
        return {t.name: sorted((tuple(r) for r in connection.execute(select(t))), key=repr) for t in tables}


def check(data, url):
    return verify(data, PROJECTORS, METADATA, patience=0.0, database=url)


def change(url, *statements):
    engine = open_database(url)
    with engine.execution_options(writes=True).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_both_databases_hold_the_same_rows(data, postgres_url, tmp_path):
    books = rooms(data, database=postgres_url)
    on_server = rows(books)
    books.close()
    books = rooms(data)  # the same folder without PostgreSQL: SQLite is made from the journal
    assert rows(books) == on_server
    assert all(on_server.values()), "every table has rows"
    books.close()


def test_every_answer_is_the_same_on_both_databases(data, postgres_url):
    answers = []
    for database in (postgres_url, None):
        books = rooms(data, database=database)
        with books.engine.connect() as connection:
            desks = [desk.open_folders(connection), desk.unfinished(connection), desk.quarantined(connection), desk.counts(connection)]
            batches = [row.batch for row in desk.quarantined(connection)]
            desks += [[desk.receipts_of(connection, batch), desk.assembled(connection, batch)] for batch in batches]
        told = [list(reports.document_lines(books.engine, books.store)), list(reports.quarantine_lines(books.engine))]
        answers.append([desks, told, reports.status(books.engine), Cases(books.engine, books.registrar, SystemClock()).all()])
        books.close()
    assert answers[0] == answers[1]
    assert answers[0][2]["documents"] == 1
    assert answers[0][2]["quarantined"] == 2


def test_what_a_room_wrote_verifies_row_by_row(data, postgres_url):
    verdict = check(data, postgres_url)
    assert verdict.findings == ()
    assert verdict.looked_at["rows"] > 80


@pytest.mark.parametrize("gone", ["derived", "database", "both"])
def test_what_is_deleted_comes_back_equal(data, postgres_server, postgres_url, gone):
    books = rooms(data, database=postgres_url)
    before = rows(books)
    books.close()
    if gone in ("derived", "both"):
        shutil.rmtree(data / "derived")
    if gone in ("database", "both"):
        postgres_server.drop(postgres_url)
        postgres_server.tell(f"CREATE DATABASE {postgres_url.database}")
    books = rooms(data, database=postgres_url)
    assert rows(books) == before
    books.close()
    assert check(data, postgres_url).findings == ()


def test_a_rebuilding_that_was_killed_leaves_nothing_and_is_begun_again(data, postgres_server, tmp_path):
    url = postgres_server.fresh()
    program = f"""
import os
from sqlalchemy import make_url
from archive.ledger import SqlLedger
from tests.fakes.rooms import rooms
whole = SqlLedger._insert
def dying(self, connection, event, private):
    if event.seq == 20:
        os.kill(os.getpid(), 9)
    return whole(self, connection, event, private)
SqlLedger._insert = dying
rooms(__import__("pathlib").Path({str(data)!r}), database=make_url({url.render_as_string(hide_password=False)!r}))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert done.returncode == -9
    assert postgres_server.tell("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database=url.database) == [(0,)]
    rooms(data, database=url).close()
    assert check(data, url).findings == ()
    postgres_server.drop(url)


def test_several_open_an_empty_database_and_one_makes_it(data, postgres_server):
    url, sizes, start = postgres_server.fresh(), [], threading.Barrier(4)

    def work():
        start.wait()
        books = rooms(data, database=url, resume=False)
        sizes.append(books.ledger.size())
        books.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sizes) == 4
    assert len(set(sizes)) == 1
    postgres_server.drop(url)


@pytest.mark.parametrize("known", [False, True])
def test_a_database_of_another_ledger_is_refused_and_nothing_is_written(data, postgres_url, postgres_server, tmp_path, known):
    other = tmp_path / "other"
    if known:
        own = postgres_server.fresh()
        books = rooms(other, database=own)
        live(books)
        books.close()
        postgres_server.drop(own)
    before = {path: path.read_bytes() for path in other.rglob("*") if path.is_file()}
    with pytest.raises(Misconfigured, match=r"another (ledger|data folder).*database\.url"):
        rooms(other, database=postgres_url)
    assert {path: path.read_bytes() for path in other.rglob("*") if path.is_file()} == before
    assert check(data, postgres_url).findings == ()


def test_a_database_whose_events_were_emptied_is_refused_not_filled(data, postgres_url):
    change(postgres_url, "DELETE FROM event_objects", "DELETE FROM events")
    with pytest.raises(Misconfigured, match="no event"):
        rooms(data, database=postgres_url)


def test_a_database_older_than_the_journal_is_refused(data, postgres_url):
    change(
        postgres_url,
        "DELETE FROM event_objects WHERE seq = (SELECT max(seq) FROM events)",
        "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)",
    )
    with pytest.raises(Corrupt, match="verify"):
        rooms(data, database=postgres_url)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents SET kind = 'other' WHERE generation = 1",
        "DELETE FROM document_cases",
        "INSERT INTO cases VALUES ('X', 'A-99', 'main', NULL, true, 'x', NULL, 1)",
        "UPDATE receipts SET name = 'x' WHERE seq = 5",
        "UPDATE receipts SET fresh = NOT fresh WHERE seq = 5",
        "UPDATE events SET kind = 'x' WHERE seq = 9",
        r"UPDATE events SET bytes = bytes || '\x20'::bytea WHERE seq = 4",
        "DROP TABLE document_cases",
        "DROP TABLE events CASCADE",
    ],
)
def test_a_database_that_differs_from_the_journal_is_found(data, postgres_url, statement):
    change(postgres_url, statement)
    verdict = check(data, postgres_url)
    if "events CASCADE" in statement:  # counts as no database: it is rebuilt
        assert verdict.findings == ()
        return
    assert verdict.outcome is Outcome.BAD
    assert not any("张三" in str(finding) for finding in verdict.findings)


def test_a_server_that_is_down_is_found_and_named(data, postgres_server, postgres_url):
    nobody = postgres_server.by_tcp(postgres_url).set(port=1)
    with pytest.raises(Unavailable, match="does not answer"):
        rooms(data, database=nobody)
    verdict = check(data, nobody)
    assert [finding.check for finding in verdict.findings] == ["tables"]


def test_no_password_stands_in_an_error(data, postgres_server, postgres_url):
    wrong = postgres_server.by_tcp(postgres_url).set(password="hunter2-secret")
    with pytest.raises(Unavailable, match="password authentication failed") as caught:
        rooms(data, database=wrong)
    chain, told = caught.value, []
    while chain is not None:
        told.append(f"{chain!s} {chain!r}")
        chain = chain.__cause__ or chain.__context__
    assert "hunter2" not in "".join(told)


def test_a_broken_rule_tells_the_rule_and_no_value(data, postgres_url):
    books = rooms(data, database=postgres_url)
    body = {"number": "2026-0001", "window": None, "office": "main"}
    with pytest.raises(Conflict) as caught:
        books.registrar.record([Draft(CASE_OPENED, "other", "k", body)])
    books.close()
    assert "cases_number_key" in caught.value.facts["rule"]
    chain, told = caught.value, []
    while chain is not None:
        told.append(f"{chain!s} {chain!r}")
        chain = chain.__cause__ or chain.__context__
    assert "2026-0001" not in "".join(told)


def test_text_is_ordered_by_bytes_whatever_the_server_speaks(postgres_url, tmp_path):
    numbers = ["2026-0001", "20260-001", "A-B1", "AB-1", "A1B2", "9999"]
    found = []
    for where in (postgres_url, None):
        books = rooms(tmp_path / str(where is None), database=where)
        cases = Cases(books.engine, books.registrar, SystemClock())
        for number in numbers:
            cases.open(number, "main")
        found.append([row.number for row in cases.all()])
        books.close()
    assert found[0] == found[1] == sorted(numbers)


def test_objects_between_two_names_are_told_by_bytes_also_where_aa_comes_last(postgres_server, tmp_path):
    """Danish and Norwegian order `aa` behind `z`: names of objects are hex digits."""
    url = postgres_server.fresh(locale="da-DK")
    books = rooms(tmp_path / "data", database=url)
    books.registrar.record([Draft(CASE_OPENED, "0" * 26, "k", {"number": "2026-0001", "window": None, "office": "main"})])
    with books.engine.execution_options(writes=True).begin() as connection:
        assert connection.execute(text("SELECT 'aa' > 'ab'")).scalar_one(), "the database orders as it is meant to"
        connection.execute(insert(event_objects), [{"name": name, "seq": 1} for name in ("ab", "aa", "b0", "9f", "a0")])
    assert books.ledger.names_between("a0", "b0") == ["a0", "aa", "ab"]
    assert books.ledger.names_between("aa", "ab") == ["aa"]
    books.close()
    postgres_server.drop(url)


def test_a_reading_transaction_sees_one_moment_and_writes_nothing(data, postgres_url):
    books = rooms(data, database=postgres_url)
    with books.engine.connect() as connection:
        before = connection.execute(text("SELECT count(*) FROM events")).scalar_one()
        books.registrar.record([Draft(CASE_OPENED, "0" * 26, "new", {"number": "NEW-1", "window": None, "office": "main"})])
        assert connection.execute(text("SELECT count(*) FROM events")).scalar_one() == before
        with pytest.raises(DBAPIError, match="read-only"):
            connection.execute(text("DELETE FROM cases"))
    assert books.ledger.size() == before + 1
    books.close()


def test_commits_are_durable_whatever_the_server_says(data, postgres_url):
    """The tests' server has synchronous_commit off; every connection of ours turns it on."""
    books = rooms(data, database=postgres_url)
    with books.engine.connect() as connection:
        shown = {
            name: connection.execute(text(f"SHOW {name}")).scalar_one()
            for name in ("synchronous_commit", "application_name", "lock_timeout")
        }
    books.close()
    assert shown == {"synchronous_commit": "on", "application_name": "casefile", "lock_timeout": "30s"}


def test_options_of_the_address_are_kept(postgres_url):
    url = URL.create(
        **(postgres_url._asdict() | {"query": dict(postgres_url.query) | {"options": "-c work_mem=5MB", "application_name": "desk"}})
    )
    engine = open_database(url)
    with engine.connect() as connection:
        assert connection.execute(text("SHOW work_mem")).scalar_one() == "5MB"
        assert connection.execute(text("SHOW application_name")).scalar_one() == "desk"
        assert connection.execute(text("SHOW synchronous_commit")).scalar_one() == "on"
    engine.dispose()
