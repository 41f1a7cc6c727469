"""What every vault promises (`domain.ports.Vault`)."""

import pytest

from archive.store import FolderStore
from archive.vault import FileVault
from domain.errors import Corrupt, NotFound
from domain.model import Digest, Stored
from tests.fakes.stillclock import StillClock
from tests.fakes.store import MemoryStore
from tests.fakes.vault import MemoryVault

BODY = {"name": "扫描 张三.pdf", "boxes": [[0.1, 0.25, 1e-9, 1.0]], "none": None, "deep": {"a": [True, 3]}}


@pytest.fixture(params=["memory", "files"])
def place(request, tmp_path):
    if request.param == "memory":
        store = MemoryStore(tmp_path)
        return store, MemoryVault(store)
    store = FolderStore(tmp_path / "store")
    return store, FileVault(tmp_path / "keys", store, StillClock())


def test_what_was_sealed_opens_as_it_was(place):
    store, vault = place
    stored = vault.seal(BODY, "case1")
    assert stored.media == "application/vnd.casefile.private"
    assert vault.open(stored) == BODY
    store.shelve(stored)
    assert vault.open(stored) == BODY


def test_equal_bodies_give_different_objects(place):
    _, vault = place
    assert len({vault.seal(BODY, "case1").digest for _ in range(20)}) == 20


def test_destroying_a_group_destroys_its_bodies_only(place):
    _, vault = place
    gone = [vault.seal({"n": n}, "case1") for n in range(3)]
    kept = vault.seal({"n": 4}, "case2")
    assert vault.destroy("case1") == 3
    assert [vault.open(stored) for stored in gone] == [None] * 3
    assert vault.open(kept) == {"n": 4}
    assert vault.destroy("case1") == vault.destroy("case9") == 0
    later = vault.seal({"n": 5}, "case1")
    assert vault.open(later) == {"n": 5}


def test_a_body_without_key_is_corrupt(place):
    _, vault = place
    vault.seal(BODY, "case1")
    with pytest.raises((Corrupt, NotFound)):
        vault.open(Stored(Digest("00" * 32), 60, "application/vnd.casefile.private"))


@pytest.mark.parametrize("body", [{"a": float("nan")}, {"a": object()}])
def test_what_is_no_json_is_not_sealed(place, body):
    _, vault = place
    with pytest.raises((TypeError, ValueError)):
        vault.seal(body, "case1")
