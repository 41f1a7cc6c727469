"""A backup is whole after every step, holds what was recorded when it began, and never writes over something better."""

import os
import shutil
import threading

import pytest

from archive.atomic import append_durably
from archive.backup import backup
from archive.books import open_books
from archive.manifest import MANIFEST, read_manifest
from archive.restore import check, restore
from domain.clock import SystemClock
from domain.errors import Conflict, Corrupt, DiskFull, Misconfigured
from domain.events import CASE_CLOSED, Draft
from domain.model import Outcome
from tests.fakes.copied import copy, files, judged, more
from tests.fakes.datafolder import PROJECTORS, SCHEMAS, document, fill, ident, opened, receipt
from tests.faulty.disk import FailingDisk


@pytest.fixture
def data(tmp_path):
    books = opened(tmp_path / "data")
    fill(books, 5)
    books.close()
    (tmp_path / "data" / "inbox" / "W01").mkdir(parents=True)
    (tmp_path / "data" / "inbox" / "W01" / "张三.pdf").write_bytes(b"no receipt yet")
    (tmp_path / "data" / "casefile.toml").write_text("office = 'o1'\n")
    return tmp_path / "data"


def objects(data):
    return sum(1 for _ in (data / "store").glob("*/*.*"))


def test_a_backup_is_a_data_folder_that_verifies(data):
    done = copy(data)
    target = data.parent / "copy"
    assert judged(target).findings == ()
    assert done.copied == objects(data) == objects(target)
    assert (target / "casefile.toml").read_bytes() == (data / "casefile.toml").read_bytes()
    assert read_manifest(target) == done.manifest
    assert done.manifest.windows == ("W01",)
    assert target.stat().st_mode & 0o777 == 0o700


def test_the_second_backup_copies_only_what_is_new(data):
    copy(data)
    assert copy(data).copied == 0
    more(data, "new")
    done = copy(data)
    assert done.copied == 4  # a scan, a PDF, two private bodies
    assert judged(data.parent / "copy").findings == ()


def test_no_name_from_an_inbox_is_in_a_backup(data):
    copy(data)
    assert not any("张三" in str(path) for path in (data.parent / "copy").rglob("*"))
    assert b"no receipt yet" not in b"".join(files(data.parent / "copy").values())


def test_a_backup_taken_while_events_are_recorded_is_whole_each_time(data):
    books = opened(data)
    stop = threading.Event()

    def work():
        number = 0
        while not stop.is_set():
            books.registrar.record([receipt(books, f"w{number}"), document(books, f"w{number}")])
            number += 1

    worker = threading.Thread(target=work)
    worker.start()
    try:
        sizes = []
        for _ in range(8):
            sizes.append(copy(data).manifest.mark.size)
            assert check(data.parent / "copy", PROJECTORS, SCHEMAS, patience=0.0).findings == ()
    finally:
        stop.set()
        worker.join()
        books.close()
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0], "events came while it was copied, or this shows nothing"


class Killed(BaseException):
    pass


def _killed_at(monkeypatch, number, work):
    """Run `work`, ended at its `number`th change of the disk as a kill would: nothing after it runs. How many there were."""
    count = [0]

    def wrapped(real, torn=False):
        def call(*args, **kwargs):
            count[0] += 1
            if count[0] == number and torn:
                path, new, mode, at = args
                real(path, new[: len(new) // 2], mode, at)
            if count[0] >= number:
                raise Killed
            return real(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", wrapped(os.fsync))
        patch.setattr(os, "rename", wrapped(os.rename))
        patch.setattr(os, "replace", wrapped(os.replace))
        patch.setattr(os, "mkdir", wrapped(os.mkdir))
        for module in ("backup", "key_copy"):
            patch.setattr(f"archive.{module}.append_durably", wrapped(append_durably, torn=True))
        try:
            work()
        except Killed:
            return None
    return count[0]


@pytest.mark.parametrize("first", [True, False], ids=["first", "incremental"])
def test_ended_at_any_change_of_the_disk_the_backup_before_is_whole(data, monkeypatch, first):
    target, spare = data.parent / "copy", data.parent / "spare"
    if not first:
        copy(data)
        more(data, "new")
        shutil.copytree(target, spare)
    before = read_manifest(spare) if spare.exists() else None
    steps = _killed_at(monkeypatch, 10**9, lambda: copy(data))
    assert steps > 20
    for number in range(1, steps + 1, 4 if first else 1):
        shutil.rmtree(target)
        if not first:
            shutil.copytree(spare, target)
        assert _killed_at(monkeypatch, number, lambda: copy(data)) is None, "it was to be killed"
        if before is not None:
            verdict = judged(target)
            assert verdict.outcome is not Outcome.BAD, (number, verdict.findings)
            assert verdict.looked_at["events"] >= before.mark.size
        copy(data)
        assert judged(target).findings == (), number
        assert files(target).keys() == files(data).keys() - {n for n in files(data) if n.startswith(("derived", "inbox"))} | {MANIFEST}


def test_a_full_disk_is_said_so_and_leaves_the_backup_before_whole(data, monkeypatch):
    copy(data)
    more(data, "new")
    target = data.parent / "copy"
    before = read_manifest(target)
    at = 0
    with monkeypatch.context() as patch:
        disk = FailingDisk(patch)
        while True:
            disk.fail_at(at)
            try:
                copy(data)
                break
            except DiskFull as error:
                assert "张三" not in str(error)
            disk.fail_at(None)
            verdict = judged(target)
            assert verdict.outcome is not Outcome.BAD, (at, verdict.findings)
            assert verdict.looked_at["events"] >= before.mark.size
            at += 1
    assert at > 12
    copy(data)
    assert judged(target).findings == ()


def test_what_is_damaged_or_missing_in_the_data_folder_is_listed_and_tried_again(data):
    gone, damaged = sorted((data / "store").glob("*/*.png"))[:2]
    saved = gone.read_bytes(), damaged.read_bytes()
    gone.unlink()
    damaged.chmod(0o644)
    damaged.write_bytes(b"X" + saved[1][1:])
    done = copy(data)
    assert {f.subject.rpartition("/")[2] for f in done.findings} == {gone.name, damaged.name}
    assert set(done.manifest.missing) == {gone.name, damaged.name}
    assert not (data.parent / "copy" / "store" / damaged.name[:2] / damaged.name).exists()
    gone.write_bytes(saved[0])
    damaged.write_bytes(saved[1])
    done = copy(data)
    assert (done.copied, done.findings, done.manifest.missing) == (2, (), {})
    assert judged(data.parent / "copy").findings == ()


def test_a_damaged_copy_is_replaced_only_by_a_full_backup(data):
    copy(data)
    path = sorted((data.parent / "copy" / "store").glob("*/*.pdf"))[0]
    good = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(b"X" + good[1:])
    assert copy(data).copied == 0
    done = copy(data, full=True)
    assert done.copied == 1
    assert [f.outcome for f in done.findings] == [Outcome.NOTED]
    assert path.read_bytes() == good
    segment = data.parent / "copy" / "ledger" / "00000001.jsonl"
    segment.write_bytes(segment.read_bytes().replace(b"W01", b"W02", 1))
    with pytest.raises(Corrupt, match="--full"):
        copy(data)
    copy(data, full=True)
    assert judged(data.parent / "copy").findings == ()


@pytest.mark.parametrize("part", ["ledger/00000001.jsonl", "ledger/checkpoints.txt"])
def test_a_damaged_ledger_never_reaches_the_backup(data, part):
    copy(data)
    whole = files(data.parent / "copy")
    path = data / part
    at = 70 if "checkpoints" in part else path.stat().st_size // 2
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(bytes(raw))
    with pytest.raises((Corrupt, Conflict)):
        copy(data)
    assert files(data.parent / "copy") == whole


def test_a_ledger_older_than_its_backup_never_shortens_it(data):
    shutil.copytree(data, data.parent / "old")
    more(data, "new")
    copy(data)
    whole = files(data.parent / "copy")
    with pytest.raises(Conflict, match="older than its backup"):
        backup(data.parent / "old", data.parent / "copy", SystemClock())
    more(data.parent / "old", "other")
    more(data.parent / "old", "still other")
    with pytest.raises(Conflict, match="another"):
        backup(data.parent / "old", data.parent / "copy", SystemClock())
    assert files(data.parent / "copy") == whole


@pytest.mark.parametrize("where", ["data", "data/inside", ".", "full"])
def test_a_backup_goes_only_where_nothing_else_is(data, where):
    (data.parent / "full").mkdir()
    (data.parent / "full" / "letter.txt").write_text("mine")
    with pytest.raises(Misconfigured):
        backup(data, data.parent / where, SystemClock())


def test_a_backup_is_not_worked_in(data):
    copy(data)
    with pytest.raises(Misconfigured, match="is a backup"):
        open_books(data.parent / "copy", SystemClock())


@pytest.mark.parametrize("name", ["old-copy.jsonl", "00000001 (copy).jsonl", "00000002.jsonl", "٠٠٠٠٠٠٠١.jsonl"])
def test_what_somebody_laid_beside_the_ledger_is_not_copied_and_stops_no_backup(data, name):
    shutil.copyfile(data / "ledger" / "00000001.jsonl", data / "ledger" / name)
    for full in (False, False, True):
        assert copy(data, full=full).findings == ()
    assert judged(data.parent / "copy").findings == ()
    assert any(name in f.subject for f in judged(data).findings), "verify tells"


def test_two_backups_at_once_into_one_folder_are_refused(data):
    copy(data)
    handle = os.open(data.parent / "copy", os.O_RDONLY)
    import fcntl

    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        with pytest.raises(Conflict, match="under way"):
            copy(data)
    finally:
        os.close(handle)


def test_checkpoints_that_a_kill_left_out_are_in_the_backup(data):
    books = opened(data)
    for number in range(70):
        books.registrar.record([Draft(CASE_CLOSED, ident("K", 1), f"again:{number}", {"number": "A1"})])
    lines = (data / "ledger" / "checkpoints.txt").read_bytes()
    books.close()
    (data / "ledger" / "checkpoints.txt").write_bytes(lines[: lines.index(b"\n") + 1])  # killed before the newer ones
    copy(data)
    assert judged(data.parent / "copy").findings == ()


def test_a_manifest_that_promises_more_than_the_journal_is_found(data):
    copy(data)
    segment = data.parent / "copy" / "ledger" / "00000001.jsonl"
    lines = segment.read_bytes().splitlines(keepends=True)
    segment.write_bytes(b"".join(lines[:-3]))
    (data.parent / "copy" / "ledger" / "checkpoints.txt").unlink()
    found = check(data.parent / "copy", PROJECTORS, SCHEMAS, patience=0.0)
    assert any(f.check == "ledger shortened" for f in found.findings)
    with pytest.raises(Misconfigured):
        restore(data.parent / "nothing", data.parent / "new")
