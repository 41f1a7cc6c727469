"""A data folder opens the same whatever was deleted from derived/."""

import resource
import shutil

import pytest
from sqlalchemy import select

from archive import making
from archive.documents import document_row, documents_of
from archive.making import Maker
from archive.tables import document_cases, document_receipts
from archive.tables import metadata as archive_metadata
from archive.verify import verify
from domain.errors import Conflict, Corrupt, Misconfigured, Unavailable
from domain.events import DOCUMENT_ASSIGNED, DOCUMENT_UNASSIGNED, Draft
from domain.model import Outcome
from tests.fakes.datafolder import PROJECTORS, SCHEMAS, document, fill, ident, opened, receipt


def rows(books):
    with books.engine.connect() as connection:
        tables = [t for m in (archive_metadata, *SCHEMAS) for t in m.sorted_tables]
        return {t.name: sorted(map(tuple, connection.execute(select(t)))) for t in tables}


@pytest.fixture
def data(tmp_path):
    books = opened(tmp_path / "data")
    fill(books, 25)
    books.close()
    return tmp_path / "data"


@pytest.mark.parametrize("gone", ["derived", "derived/casefile.db", "derived/journal.mark"])
def test_what_is_deleted_from_derived_comes_back_equal(data, gone):
    books = opened(data)
    before = rows(books)
    books.close()
    path = data / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    books = opened(data, resume=False)
    assert rows(books) == before
    books.registrar.record([receipt(books, "new")])
    books.close()
    assert verify(data, PROJECTORS, SCHEMAS, patience=0.0).findings == ()


def test_a_rebuilding_that_was_killed_is_begun_again(data):
    (data / "derived" / "casefile.db").rename(data / "derived" / "casefile.db.building")
    (data / "derived" / "casefile.db.building-wal").write_bytes(b"half")
    opened(data).close()
    assert sorted(p.name for p in (data / "derived").iterdir()) == ["casefile.db", "journal.mark"]
    assert verify(data, PROJECTORS, SCHEMAS, patience=0.0).findings == ()


@pytest.mark.parametrize("told", [True, False])
def test_a_rebuilding_whose_log_finds_no_room_in_the_file_is_not_put_in_place(data, monkeypatch, told):
    """The commit fits into the log, and carrying the log into the file needs about that room again. SQLite itself does not say so."""
    books = opened(data)
    before = rows(books)
    books.close()
    database, bring, limits = data / "derived" / "casefile.db", Maker._bring, resource.getrlimit(resource.RLIMIT_FSIZE)
    database.unlink()

    def bring_and_fill_the_disk(maker, engine):
        bring(maker, engine)
        resource.setrlimit(resource.RLIMIT_FSIZE, (32768, limits[1]))

    monkeypatch.setattr(Maker, "_bring", bring_and_fill_the_disk)
    if not told:
        monkeypatch.setattr(making, "fold_log", lambda engine: None)
    try:
        with pytest.raises(Unavailable, match="SQLITE_IOERR" if told else "still in its log"):
            opened(data)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not database.exists()
    monkeypatch.undo()
    books = opened(data)
    assert rows(books) == before
    books.close()
    assert sorted(p.name for p in database.parent.iterdir()) == ["casefile.db", "journal.mark"]


def test_a_line_torn_when_derived_was_lost_too_is_cut_off(data):
    shutil.rmtree(data / "derived")
    path = data / "ledger" / "00000001.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole.splitlines(keepends=True)[-1][:90])
    assert verify(data, PROJECTORS, SCHEMAS, patience=0.0).outcome is Outcome.NOTED
    opened(data).close()
    assert path.read_bytes() == whole
    assert verify(data, PROJECTORS, SCHEMAS, patience=0.0).findings == ()


def test_no_database_is_made_from_a_damaged_journal(data):
    (data / "derived" / "casefile.db").unlink()
    path = data / "ledger" / "00000001.jsonl"
    path.write_bytes(path.read_bytes().replace(b"W01", b"W02", 1))
    with pytest.raises(Corrupt):
        opened(data)
    assert not (data / "derived" / "casefile.db").exists()


def test_a_database_older_than_the_journal_is_refused_with_a_remedy(data):
    shutil.copy(data / "derived" / "casefile.db", data.parent / "old.db")
    books = opened(data)
    books.registrar.record([receipt(books, "new")])
    books.close()
    shutil.copy(data.parent / "old.db", data / "derived" / "casefile.db")
    with pytest.raises(Corrupt, match="derived"):
        opened(data)


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(Misconfigured, match="file"):
        opened(tmp_path / "file" / "data")


def test_starting_clears_staging_of_what_no_event_names(data):
    books = opened(data)
    kept = books.store.stage(b"never recorded", "image/png")
    books.close()
    books = opened(data, resume=False)
    assert books.store.path(kept).exists()
    books.close()
    books = opened(data)
    assert books.store.staged() == []
    books.close()


def test_a_document_belongs_to_any_number_of_cases_by_event(tmp_path):
    books = opened(tmp_path)
    name = ident("D", 1)
    [shelved] = books.registrar.record([document(books, 1, ident("K", 1))])
    for number, kind in ((1, DOCUMENT_ASSIGNED), (2, DOCUMENT_ASSIGNED), (1, DOCUMENT_UNASSIGNED)):
        books.registrar.record([Draft(kind, name, f"{kind}:{number}", {"case": ident("K", number)})])
    with books.engine.connect() as connection:
        assert connection.execute(select(document_cases.c.case_id)).scalars().all() == [ident("K", 2)]
        pages = connection.execute(select(document_receipts).order_by(document_receipts.c.position)).all()
        row = document_row(connection, name)
        assert documents_of(connection, ident("B", 1)) == [row]
        assert document_row(connection, ident("D", 2)) is None
    assert [tuple(page) for page in pages] == [(name, 1, ident("R", 1), 1), (name, 2, ident("R", 1), 2)]
    assert row is not None
    assert (row.seq, row.kind, row.pages, row.pdf, row.superseded) == (shelved.seq, "id-card", 2, shelved.objects[0], None)
    books.close()


def test_an_event_about_a_document_that_is_not_there_is_a_conflict(tmp_path):
    books = opened(tmp_path)
    with pytest.raises(Conflict):
        books.registrar.record([Draft(DOCUMENT_ASSIGNED, ident("D", 9), "k", {"case": ident("K", 1)})])
    assert books.ledger.size() == 0
    books.close()
