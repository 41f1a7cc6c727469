"""A restore makes the folder that was; what is of different days is listed, one by one, and nothing is deleted."""

import shutil

import pytest
from sqlalchemy import select

from archive.backup import backup
from archive.books import RESTORING
from archive.differences import differences, on_shelf, read_names
from archive.report import Report
from archive.restore import check, restore
from archive.tables import metadata as archive_metadata
from archive.verify import verify
from domain.clock import SystemClock
from domain.errors import Corrupt, Misconfigured
from domain.model import Outcome
from tests.fakes.datafolder import PROJECTORS, SCHEMAS, document, fill, ident, opened, receipt


@pytest.fixture
def data(tmp_path):
    books = opened(tmp_path / "data")
    fill(books, 8)
    books.close()
    return tmp_path / "data"


@pytest.fixture
def copy(data):
    (data / "inbox" / "W01").mkdir(parents=True)
    backup(data, data.parent / "copy", SystemClock())
    return data.parent / "copy"


def more(data, number):
    books = opened(data)
    books.registrar.record([receipt(books, number), document(books, number)])
    books.close()


def rows(data):
    books = opened(data, resume=False)
    try:
        with books.engine.connect() as connection:
            tables = [t for m in (archive_metadata, *SCHEMAS) for t in m.sorted_tables]
            return {t.name: sorted(map(tuple, connection.execute(select(t)))) for t in tables}
    finally:
        books.close()


def listed(folder, **more):
    report = Report(None, 0, None)
    differences(folder, report, **more)
    return [(f.check, f.subject) for f in report.verdict().findings if f.outcome is Outcome.BAD]


def checked(folder, **more):
    return check(folder, PROJECTORS, SCHEMAS, patience=0.0, **more)


def files(folder, parts=("store", "ledger", "keys")):
    return {str(p.relative_to(folder)): p.read_bytes() for part in parts for p in sorted((folder / part).rglob("*")) if p.is_file()}


def test_what_is_restored_is_the_folder_that_was(data, copy):
    new = data.parent / "new"
    done = restore(copy, new)
    assert done.findings == ()
    assert files(new) == files(data)
    assert (new / "inbox" / "W01").is_dir()
    verdict = checked(new)
    assert verdict.findings == ()
    assert verdict.looked_at["rows"] > 40
    assert rows(new) == rows(data)
    books = opened(new)
    books.registrar.record([receipt(books, "after")])
    books.close()
    assert verify(new, PROJECTORS, SCHEMAS, patience=0.0).findings == ()


def test_only_an_empty_folder_is_restored_into(data, copy):
    (data.parent / "full").mkdir()
    (data.parent / "full" / "letter.txt").write_text("mine")
    for place in (data, data.parent / "full", copy, copy / "inside", data.parent):
        with pytest.raises(Misconfigured):
            restore(copy, place)
    assert (data.parent / "full" / "letter.txt").read_text() == "mine"
    (data.parent / "empty").mkdir()
    restore(copy, data.parent / "empty")


def test_a_restore_that_was_killed_is_not_worked_in_and_goes_on(data, copy, monkeypatch):
    new = data.parent / "new"

    class Killed(BaseException):
        pass

    def die(*_, **__):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("archive.restore.shelve_all", die)
        with pytest.raises(Killed):
            restore(copy, new)
    assert (new / RESTORING).exists()
    with pytest.raises(Misconfigured, match="did not finish"):
        opened(new)
    restore(copy, new)
    assert files(new) == files(data)
    assert not (new / RESTORING).exists()
    opened(new).close()


def test_a_ledger_newer_than_the_store_is_listed_and_nothing_is_deleted(data):
    """The store was put back from yesterday."""
    shutil.copytree(data / "store", data.parent / "yesterday")
    before = files(data)
    more(data, "new")
    new = files(data).keys() - before.keys() - {"keys/keys.jsonl"}
    new = {name for name in new if name.startswith("store/")}
    shutil.rmtree(data / "store")
    shutil.copytree(data.parent / "yesterday", data / "store")
    assert {subject for what, subject in listed(data) if what == "ledger newer than store"} == new
    assert len(new) == 4
    finding = next(f for f in checked(data).findings if f.check == "ledger newer than store" and f.subject.endswith(".pdf"))
    assert f"document.shelved of {ident('D', 'new')}" in finding.expected
    kept = files(data)
    opened(data).close()
    assert files(data) == kept


def test_a_store_newer_than_the_ledger_is_listed_and_nothing_is_deleted(data):
    """Ledger, keys and database were put back from yesterday; the store is today's."""
    shutil.copytree(data, data.parent / "yesterday")
    more(data, "new")
    books = opened(data)
    staged = books.store.stage(b"its event was in the ledger that is gone", "image/png")
    books.close()
    today = {name for name in files(data) if name.startswith("store/")}
    for part in ("ledger", "keys", "derived"):
        shutil.rmtree(data / part)
        shutil.copytree(data.parent / "yesterday" / part, data / part)
    shelved = {name for name in today - files(data.parent / "yesterday").keys() if ".staging" not in name}
    assert {subject for what, subject in listed(data) if what == "store newer than ledger"} == shelved
    assert len(shelved) == 4
    books = opened(data)  # resumes and sweeps, as serve does
    assert books.store.path(staged).exists(), "it may be the only copy of something that had a receipt"
    books.registrar.record([receipt(books, "today")])
    books.close()
    assert today <= files(data).keys()
    assert {subject for what, subject in listed(data) if what == "store newer than ledger"} == shelved


def test_keys_older_than_the_ledger_are_listed(data):
    old = (data / "keys" / "keys.jsonl").read_bytes()
    more(data, "new")
    (data / "keys" / "keys.jsonl").write_bytes(old)
    assert [what for what, _ in listed(data)] == ["ledger newer than keys"] * 2


def test_a_journal_shorter_than_its_checkpoint_is_listed(data):
    books = opened(data)
    fill(books, 30)
    books.close()
    path = data / "ledger" / "00000001.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:50]))
    assert {what for what, _ in listed(data)} >= {"ledger shortened"}
    assert any(f.check == "ledger shortened" for f in checked(data).findings)


def test_every_difference_is_listed_however_many_there_are(data):
    for number in range(150):
        name = f"{number:064x}.pdf"
        (data / "store" / name[:2]).mkdir(exist_ok=True)
        (data / "store" / name[:2] / name).write_bytes(b"x")
    assert len(listed(data)) == 150
    assert sum(f.check == "store newer than ledger" for f in checked(data).findings) == 150


def test_what_others_record_meanwhile_is_no_difference(data, monkeypatch):
    books, count = opened(data), [0]

    def meanwhile(real):
        def call(*args):
            books.registrar.record([receipt(books, f"before {count[0]}"), document(books, f"before {count[0]}")])
            answer = real(*args)
            books.registrar.record([receipt(books, f"after {count[0]}"), document(books, f"after {count[0]}")])
            count[0] += 1
            return answer

        return call

    monkeypatch.setattr("archive.differences.on_shelf", meanwhile(on_shelf))
    monkeypatch.setattr("archive.differences.read_names", meanwhile(read_names))
    assert listed(data) == []
    assert count[0] == 2
    books.close()


def test_damage_in_a_backup_is_found_without_restoring_it_and_not_restored(data, copy):
    path = sorted((copy / "store").glob("*/*.pdf"))[0]
    path.chmod(0o644)
    path.write_bytes(b"X" + path.read_bytes()[1:])
    whole = files(copy)
    [finding] = [f for f in checked(copy).findings if f.outcome is Outcome.BAD]
    assert path.name in finding.subject
    assert files(copy) == whole
    done = restore(copy, data.parent / "new")
    assert [f.subject.rpartition("/")[2] for f in done.findings] == [path.name]
    assert not (data.parent / "new" / "store" / path.name[:2] / path.name).exists()
    assert [f.check for f in checked(data.parent / "new").findings] == ["ledger newer than store"]


def test_a_damaged_ledger_in_a_backup_is_found(copy):
    path = copy / "ledger" / "00000001.jsonl"
    path.write_bytes(path.read_bytes().replace(b"W01", b"W02", 1))
    assert {f.check for f in checked(copy).findings} >= {"ledger", "tables"}


@pytest.mark.parametrize(
    ("written", "flipped"),
    [
        (b'"media":"image/png"', b'"media":"image/pnf"'),
        (b'"media":"image/png"', b'"media":"imagm/png"'),
        (b'"media"', b'"medma"'),
        (b'"digest"', b'"digesu"'),
        (b'"digest":"sha256:', b'"digest":"sha256:!'),
        (b'"size":', b'"sizd":'),
        (b'"size":', b'"size":1.5,"s":'),
        (b'"private":{', b'"private":{"a":'),
        (b'"objects":[{', b'"objects":[7,{'),
        (b'"seq":', b'"seq":"x","s":'),
    ],
)
def test_an_event_that_is_json_and_no_event_any_more_is_a_finding(copy, written, flipped):
    path = copy / "ledger" / "00000001.jsonl"
    assert path.read_bytes().count(written) > 2
    before, _, after = path.read_bytes().rpartition(written)
    path.write_bytes(before + flipped + after)
    found = checked(copy).findings
    assert any(f.check == "ledger" and f.subject.startswith("ledger/00000001.jsonl line") for f in found)
    assert not any(f.check in ("store", "ledger newer than store") for f in found)


def test_what_is_bad_is_told_even_where_a_list_of_differences_has_noted_it(data):
    name = f"{'0' * 64}.pdf"
    (data / "store" / ".staging" / name).symlink_to("/dev/null")
    assert {f.outcome for f in checked(data).findings if f.subject == f"store/.staging/{name}"} == {Outcome.BAD, Outcome.NOTED}


def test_destructions_are_replayed_after_a_restore(data, copy):
    books = opened(data)
    fill(books, 8)
    gone = books.vault.destroy(ident("K", 1)) + books.vault.destroy(ident("C", 2))
    assert gone >= 3
    books.close()
    older, newer = data.parent / "older", data.parent / "newer"
    restore(copy, older)
    assert checked(older).looked_at.get("destroyed bodies", 0) == 0
    for place in (data, data / "keys", data / "keys" / "keys.jsonl"):
        shutil.rmtree(newer, ignore_errors=True)
        done = restore(copy, newer, destroyed_from=place)
        assert done.destroyed == gone
        assert (newer / "keys" / "keys.jsonl").read_bytes() == (data / "keys" / "keys.jsonl").read_bytes()
    verdict = checked(newer)
    assert verdict.outcome is Outcome.GOOD
    assert verdict.looked_at["destroyed bodies"] == gone


def test_a_damaged_list_of_destructions_is_not_half_applied(data, copy):
    path = data / "keys" / "keys.jsonl"
    raw = bytearray(path.read_bytes())
    raw[40] ^= 1
    path.write_bytes(bytes(raw))
    with pytest.raises(Corrupt):
        restore(copy, data.parent / "new", destroyed_from=path)
    assert not (data.parent / "new").exists()
    with pytest.raises(Misconfigured):
        restore(copy, data.parent / "new", destroyed_from=data / "store")


def test_a_backup_with_its_keys_apart_is_restored_with_them(data):
    backup(data, data.parent / "copy", SystemClock(), keys=data.parent / "apart")
    done = restore(data.parent / "copy", data.parent / "without")
    assert [f.check for f in done.findings] == ["keys"]
    restore(data.parent / "copy", data.parent / "new", keys=data.parent / "apart")
    assert checked(data.parent / "new").findings == ()
    assert checked(data.parent / "copy", keys=data.parent / "apart").findings == ()
