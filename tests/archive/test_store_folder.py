"""What the folder adds to the promises of every store: names, modes, durability, and what a crash leaves."""

import errno
import threading

import pytest

from archive.store import FolderStore
from domain.errors import CasefileError, Corrupt, DiskFull, Unavailable
from tests.faulty.disk import FailingDisk


@pytest.fixture
def store(tmp_path):
    return FolderStore(tmp_path / "store")


def test_a_person_can_open_what_is_on_the_shelf(store):
    stored = store.stage(b"%PDF-1.7", "application/pdf")
    store.shelve(stored)
    path = store.path(stored)
    assert path == store.root / stored.digest.hex[:2] / f"{stored.digest.hex}.pdf"
    assert path.stat().st_mode & 0o777 == 0o444


def test_an_object_of_another_size_on_the_shelf_is_corrupt_and_stays(store):
    stored = store.stage(b"page", "image/png")
    store.shelve(stored)
    path = store.path(stored)
    path.chmod(0o644)
    path.write_bytes(b"pag")
    with pytest.raises(Corrupt) as caught:
        store.stage(b"page", "image/png")
    assert caught.value.facts == {"object": str(stored.digest), "expected": 4, "found": 3}
    assert path.read_bytes() == b"pag"
    assert store.staged() == []


def test_staging_again_puts_right_what_was_damaged_in_staging(store):
    stored = store.stage(b"page", "image/png")
    path = store.path(stored)
    path.chmod(0o644)
    path.write_bytes(b"pagf")
    assert store.stage(b"page", "image/png") == stored
    assert store.read(stored) == b"page"


@pytest.mark.parametrize(("code", "fault"), [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EIO, Unavailable)])
def test_a_fault_at_any_step_leaves_the_object_staged_or_not_at_all(store, monkeypatch, code, fault):
    disk = FailingDisk(monkeypatch, code)
    stored = store.stage(b"first", "image/png")
    store.shelve(stored)
    for number in range(20):
        disk.fail_at(number)
        try:
            one = store.stage(f"page {number}".encode(), "image/png")
            store.shelve(one)
            break
        except CasefileError as error:
            assert type(error) is fault
        disk.fail_at(None)
        assert not list((store.root / ".staging").glob("*.tmp"))
        one = store.stage(f"page {number}".encode(), "image/png")
        store.shelve(one)
        assert store.read(one) == f"page {number}".encode()
    assert 5 < number < 20


def test_a_source_that_is_gone_is_unavailable_and_not_named(store, tmp_path):
    with pytest.raises(Unavailable) as caught:
        store.stage(tmp_path / "张三.pdf", "application/pdf")
    assert "张三" not in str(caught.value) + repr(caught.value.facts)
    assert caught.value.__cause__ is None


def test_sweeping_removes_what_is_not_known_and_nothing_else(store):
    kept, gone = store.stage(b"kept", "image/png"), store.stage(b"gone", "image/png")
    (store.root / ".staging" / "ab.tmp").write_bytes(b"half")
    known = {f"{kept.digest.hex}.png"}
    assert store.shelve_staged(known) == 1
    assert store.sweep(known) == 2
    assert store.staged() == []
    assert list(store.names()) == [f"{kept.digest.hex[:2]}/{kept.digest.hex}.png"]
    assert gone != kept


def test_threads_stage_and_shelve_the_same_object(store):
    faults = []

    def work():
        try:
            for number in range(40):
                store.shelve(store.stage(f"page {number}".encode(), "image/png"))
        except CasefileError as error:
            faults.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(list(store.names())) == 40
    assert not list((store.root / ".staging").glob("*.tmp"))
