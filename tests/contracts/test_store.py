"""What every store promises (`domain.ports.Store`)."""

import hashlib

import pytest

from archive.store import FolderStore
from domain.errors import Corrupt, NotFound
from domain.model import Digest, Stored
from tests.fakes.store import MemoryStore

PDF = "application/pdf"


@pytest.fixture(params=["memory", "folder"])
def store(request, tmp_path):
    return MemoryStore(tmp_path) if request.param == "memory" else FolderStore(tmp_path / "store")


def damage(store, stored):
    if isinstance(store, MemoryStore):
        store.damage(stored)
        return
    path = store.path(stored)
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)


def test_what_was_staged_in_vain_can_be_discarded_and_what_is_shelved_cannot(store):
    vain, kept = store.stage(b"vain", PDF), store.stage(b"kept", PDF)
    store.shelve(kept)
    for stored in (vain, vain, kept):
        store.discard(stored)
    with pytest.raises(NotFound):
        store.path(vain)
    assert store.read(kept) == b"kept"


def test_what_was_staged_can_be_read_by_its_digest(store, tmp_path):
    source = tmp_path / "scan"
    source.write_bytes(b"x" * 3_000_000)
    for given, data in ((b"small", b"small"), (source, b"x" * 3_000_000), (b"", b"")):
        stored = store.stage(given, PDF)
        assert stored == Stored(Digest(hashlib.sha256(data).hexdigest()), len(data), PDF)
        assert store.read(stored) == data
        assert store.path(stored).read_bytes() == data


def test_staged_is_not_on_the_shelf_and_shelved_is(store):
    stored = store.stage(b"page", "image/png")
    assert list(store.names()) == []
    store.shelve(stored)
    assert list(store.names()) == [f"{stored.digest.hex[:2]}/{stored.digest.hex}.png"]
    assert store.read(stored) == b"page"
    assert store.path(stored).read_bytes() == b"page"


def test_repeating_changes_nothing(store):
    stored = store.stage(b"page", PDF)
    assert store.stage(b"page", PDF) == stored
    store.shelve(stored)
    store.shelve(stored)
    assert store.stage(b"page", PDF) == stored
    store.shelve(stored)
    assert len(list(store.names())) == 1
    assert store.read(stored) == b"page"


def test_what_was_never_staged_is_not_found(store):
    nothing = Stored(Digest("0" * 64), 4, PDF)
    for ask in (store.shelve, store.path, store.read):
        with pytest.raises(NotFound):
            ask(nothing)


@pytest.mark.parametrize("shelved", [False, True])
def test_damaged_bytes_are_not_given_out(store, shelved):
    stored = store.stage(b"page", PDF)
    if shelved:
        store.shelve(stored)
    damage(store, stored)
    with pytest.raises(Corrupt) as caught:
        store.read(stored)
    assert caught.value.facts["object"] == str(stored.digest)


def test_media_types_it_does_not_know_are_refused(store):
    with pytest.raises(ValueError, match="media type"):
        store.stage(b"page", "text/html")
