"""A database of any earlier release is brought up to date when it is opened, whole or not at all; a newer one is left alone."""

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, MetaData, insert, inspect, select, text

from app import upkeep
from app.wiring import METADATA, PROJECTORS
from archive.books import DATABASE, DERIVED
from archive.database import open_database
from archive.verify import verify
from domain.clock import SystemClock
from domain.errors import Misconfigured, Unavailable
from ingest.tables import receipts
from tests.fakes.rooms import live, rooms

GOLDEN = Path(__file__).parents[1] / "golden" / "database"
RELEASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())


def copy(release, data):
    for name in ("ledger", "keys", "store"):
        shutil.copytree(GOLDEN / release / name, data / name)
    (data / DERIVED).mkdir()
    return data


def rows(engine):
    with engine.connect() as connection:
        tables = [table for schema in METADATA for table in schema.sorted_tables]
        return {t.name: sorted((tuple(r) for r in connection.execute(select(t))), key=repr) for t in tables}


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request, tmp_path):
    """Where the working database of the data folder `tmp_path/data` is."""
    (tmp_path / "data" / DERIVED).mkdir(parents=True)
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else tmp_path / "data" / DERIVED / DATABASE


def opened(data, where, **more):
    return rooms(data, upkeep=upkeep.upkeep(), database=None if isinstance(where, Path) else where, **more)


def old(release, data, where):
    """Put the working database that `release` made at `where`."""
    if isinstance(where, Path):
        with sqlite3.connect(where) as session:
            session.executescript((GOLDEN / release / "casefile.sql").read_text(encoding="utf-8"))
        session.close()
        return
    engine = open_database(where)  # no release before revisions had PostgreSQL; this is what its tables and rows would have been
    source = sqlite3.connect(":memory:")
    source.executescript((GOLDEN / release / "casefile.sql").read_text(encoding="utf-8"))
    with engine.execution_options(writes=True).begin() as connection:
        command.upgrade(upkeep.history(connection), upkeep.FIRST)
        connection.execute(text("DROP TABLE alembic_version"))
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            turn = [bool if isinstance(column.type, Boolean) else (lambda value: value) for column in table.columns]
            found = source.execute(f'SELECT {names} FROM "{table.name}"').fetchall()
            rows_of = [{c.name: t(v) for c, t, v in zip(table.columns, turn, row, strict=True)} for row in found]
            if rows_of:
                connection.execute(insert(table), rows_of)
    source.close()
    engine.dispose()


@pytest.mark.parametrize("release", RELEASES)
def test_a_database_of_an_earlier_release_is_upgraded_and_keeps_its_rows(release, tmp_path, where):
    shutil.rmtree(tmp_path / "data")
    data = copy(release, tmp_path / "data")
    replayed = rooms(copy(release, tmp_path / "anew"))
    wanted = rows(replayed.engine)
    replayed.close()
    old(release, data, where)
    (data / DERIVED / "journal.mark").unlink(missing_ok=True)
    books = opened(data, where)
    assert rows(books.engine) == wanted
    assert len(wanted["receipts"]) > 5
    with books.engine.connect() as connection:
        assert upkeep.revision_of(connection) == upkeep.HEAD
        assert set(connection.execute(select(receipts.c.flags)).scalars()) == {None}
    size = books.ledger.size()
    live_more(books)
    assert books.ledger.size() > size
    books.close()


def live_more(books):
    from casework.cases import Cases

    Cases(books.engine, books.registrar, SystemClock()).open("2027-0001", "main", "W02")


@pytest.mark.parametrize("release", RELEASES)
def test_a_data_folder_of_an_earlier_release_verifies(release, tmp_path):
    data = copy(release, tmp_path / "data")
    old(release, data, data / DERIVED / DATABASE)
    opened(data, data / DERIVED / DATABASE).close()
    verdict = verify(data, PROJECTORS, METADATA, patience=0.0)
    assert verdict.findings == ()
    assert verdict.looked_at["rows"] > 80


def test_the_history_ends_in_the_tables_of_the_program(tmp_path, where):
    """From empty, revision by revision: nothing is left to be done, and SQL made by hand agrees with the tables' definitions."""
    engine = open_database(where)
    with engine.execution_options(writes=True).begin() as connection:
        assert upkeep.bring(connection) is False
    with engine.connect() as connection:
        whole = MetaData()
        for schema in upkeep.ALL:
            for table in schema.tables.values():
                table.to_metadata(whole)
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, whole) == []
        for table in whole.tables.values():
            wanted = {(str(index.name), tuple(column.name for column in index.columns)) for index in table.indexes}
            found = {
                (i["name"], tuple(i["column_names"]))
                for i in inspect(connection).get_indexes(table.name)
                if not i.get("duplicates_constraint")
            }
            assert found == wanted, table.name
    engine.dispose()


def test_the_newest_revision_is_the_one_the_program_names(tmp_path):
    engine = open_database(tmp_path / "any.db")
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(upkeep.history(connection))
    engine.dispose()
    assert scripts.get_heads() == [upkeep.HEAD]
    names = [script.revision for script in scripts.walk_revisions()][::-1]
    assert [upkeep.number_of(name) for name in names] == list(range(1, len(names) + 1))
    assert names[0] == upkeep.FIRST
    assert all("." in name.partition("_")[2] for name in names), "a revision's name ends in its release"


@pytest.mark.parametrize("revision", ["0099_9.1.0", "strange"])
def test_a_database_of_a_newer_release_is_refused_and_left_as_it_is(tmp_path, where, revision):
    books = opened(tmp_path / "data", where)
    live(books)
    before = rows(books.engine)
    with books.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    books.close()
    with pytest.raises(Misconfigured, match=r"release (9\.1\.0|a newer one) of casefile.*rebuilt from the ledger"):
        opened(tmp_path / "data", where)
    engine = open_database(where)
    assert rows(engine) == before
    with engine.connect() as connection:
        assert upkeep.revision_of(connection) == revision
    engine.dispose()


def test_an_upgrade_that_fails_leaves_the_old_database(tmp_path, where, monkeypatch):
    shutil.rmtree(tmp_path / "data")
    data = copy("0.1.0", tmp_path / "data")
    old("0.1.0", data, where)
    engine = open_database(where)
    whole = command.upgrade

    def torn(config, revision):
        whole(config, "0003_0.2.0")
        raise Unavailable("the machine went away")

    monkeypatch.setattr(command, "upgrade", torn)
    with pytest.raises(Unavailable):
        opened(data, where)
    with engine.connect() as connection:
        assert upkeep.revision_of(connection) is None
        assert "flags" not in {column["name"] for column in inspect(connection).get_columns("receipts")}
    engine.dispose()
    monkeypatch.setattr(command, "upgrade", whole)
    opened(data, where).close()


def test_a_revision_that_asks_for_it_has_the_rows_made_anew(tmp_path, where, monkeypatch):
    """Rows that the older release got wrong are right afterwards, and an event the journal lacked still is not lost."""
    books = opened(tmp_path / "data", where)
    live(books)
    before, size = rows(books.engine), books.ledger.size()
    books.close()
    engine = open_database(where)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE receipts SET state = 'wrong'"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0003_0.2.0'"))
        connection.execute(text("DROP TABLE workers"))
        connection.execute(text("DROP TABLE claims"))
    engine.dispose()
    segment = tmp_path / "data" / "ledger" / "00000001.jsonl"
    segment.write_bytes(b"".join(segment.read_bytes().splitlines(keepends=True)[:-1]))
    for name in (tmp_path / "data" / DERIVED / "journal.mark", tmp_path / "data" / "ledger" / "checkpoints.txt"):
        name.unlink()
    find = ScriptDirectory.iterate_revisions

    def asking(self, upper, lower, **more):
        for script in find(self, upper, lower, **more):
            script.module.rebuild = True
            yield script

    monkeypatch.setattr(ScriptDirectory, "iterate_revisions", asking)
    books = opened(tmp_path / "data", where)
    assert (rows(books.engine), books.ledger.size()) == (before, size)
    books.close()


def test_several_processes_open_an_old_database_and_one_upgrades_it(tmp_path, where):
    shutil.rmtree(tmp_path / "data")
    data = copy("0.1.0", tmp_path / "data")
    old("0.1.0", data, where)
    sizes, start = [], threading.Barrier(4)

    def work():
        start.wait()
        books = opened(data, where, resume=False)
        sizes.append(books.ledger.size())
        books.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sizes) == 4
    assert len(set(sizes)) == 1
