"""Keys of private bodies: on disk before they are needed, gone when they are destroyed."""

import hashlib
import random
import subprocess
import sys
import threading
import tracemalloc
from pathlib import Path

import pytest

from archive.keys import BLOCK, KEYS, TEMPORARY, Key, KeyFile
from archive.store import FolderStore
from archive.vault import FileVault
from domain.errors import Corrupt
from domain.model import Digest
from tests.fakes.stillclock import StillClock

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def place(tmp_path):
    return tmp_path, FolderStore(tmp_path / "store"), FileVault(tmp_path / "keys", FolderStore(tmp_path / "store"), StillClock())


def again(place):
    return FileVault(place[0] / "keys", place[1], StillClock())


def test_only_the_owner_may_read_the_keys(place):
    place[2].seal({"a": 1}, "g")
    assert (place[0] / "keys").stat().st_mode & 0o777 == 0o700
    assert (place[0] / "keys" / KEYS).stat().st_mode & 0o777 == 0o600
    place[2].destroy("g")
    assert (place[0] / "keys" / KEYS).stat().st_mode & 0o777 == 0o600


def test_another_process_opens_what_this_one_sealed_and_sees_it_destroyed(place):
    other = again(place)
    first = place[2].seal({"a": 1}, "g")
    assert other.open(first) == {"a": 1}
    second = other.seal({"a": 2}, "h")
    assert place[2].open(second) == {"a": 2}
    other.destroy("g")
    assert place[2].open(first) is None
    assert place[2].open(second) == {"a": 2}
    third = place[2].seal({"a": 3}, "g")
    assert other.open(third) == again(place).open(third) == {"a": 3}


def test_a_destroyed_key_is_in_no_file(place):
    stored = place[2].seal({"a": 1}, "g")
    path = place[0] / "keys" / KEYS
    key = path.read_bytes().split(b'"key":"')[1].split(b'"')[0]
    place[2].destroy("g")
    assert not any(key in p.read_bytes() for p in place[0].rglob("*") if p.is_file())
    assert str(stored.digest).encode() in path.read_bytes()


def test_a_body_under_another_key_or_with_a_flipped_bit_is_corrupt(place):
    one, two = place[2].seal({"a": 1}, "g"), place[2].seal({"a": 2}, "g")
    path = place[0] / "keys" / KEYS
    lines = path.read_bytes()
    for position in range(0, len(lines) // 2, 11):
        path.write_bytes(lines[:position] + bytes([lines[position] ^ 4]) + lines[position + 1 :])
        with pytest.raises(Corrupt):
            again(place).open(one)
    path.write_bytes(lines)
    assert again(place).open(two) == {"a": 2}


def test_a_damaged_line_hurts_only_its_own_body_and_stops_destruction(place):
    bodies = [place[2].seal({"a": n}, f"g{n}") for n in range(4)]
    path = place[0] / "keys" / KEYS
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"group":"g1"', b'"group":"g0"')
    path.write_bytes(b"".join(lines))
    vault = again(place)
    assert [vault.open(bodies[n]) for n in (0, 2, 3)] == [{"a": 0}, {"a": 2}, {"a": 3}]
    with pytest.raises(Corrupt):
        vault.open(bodies[1])
    with pytest.raises(Corrupt):
        vault.destroy("g0")
    assert path.read_bytes() == b"".join(lines)


def test_a_torn_line_is_cut_off_by_the_next(place):
    first = place[2].seal({"a": 1}, "g")
    with (place[0] / "keys" / KEYS).open("ab") as stream:
        stream.write(b'{"body":"sha256:00')
    vault = again(place)
    second = vault.seal({"a": 2}, "g")
    assert [again(place).open(s) for s in (first, second)] == [{"a": 1}, {"a": 2}]
    assert vault.destroy("g") == 2


def test_what_a_crash_in_destroy_left_is_removed(place):
    place[2].seal({"a": 1}, "g")
    left = place[0] / "keys" / TEMPORARY
    left.write_bytes(b"keys")
    place[2].tidy()
    assert not left.exists()


def test_several_bodies_share_one_write(place, monkeypatch):
    calls = []
    real = KeyFile.add
    monkeypatch.setattr(KeyFile, "add", lambda self, keys: (calls.append(len(keys)), real(self, keys)))
    sealed = place[2].seal_all([({"a": n}, "g") for n in range(5)])
    assert calls == [5]
    assert [place[2].open(s) for s in sealed] == [{"a": n} for n in range(5)]


ADDER = """
import sys
from pathlib import Path
from archive.keys import Key, KeyFile
from domain.model import Digest
keys = KeyFile(Path(sys.argv[1]))
for n in range(60):
    keys.add([Key(Digest(f"{int(sys.argv[2]):032x}{n:032x}"), "g", bytes(32))])
"""


def test_processes_and_threads_add_without_losing_a_key(tmp_path):
    folder = tmp_path / "keys"
    workers = [subprocess.Popen([sys.executable, "-c", ADDER, str(folder), str(n)], cwd=ROOT) for n in range(2)]
    mine = KeyFile(folder)

    def add(worker):
        for n in range(30):
            mine.add([Key(Digest(f"{worker:032x}{n:032x}"), "g", bytes(32))])

    threads = [threading.Thread(target=add, args=(n,)) for n in (7, 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [w.wait() for w in workers] == [0, 0]
    wanted = [(w, n) for w in (0, 1) for n in range(60)] + [(w, n) for w in (7, 8) for n in range(30)]
    assert all(mine.find(Digest(f"{w:032x}{n:032x}")) for w, n in wanted)
    assert mine.destroy("g", "2026-11-23T08:00:00.000000Z") == len(wanted)


def test_every_key_is_found_in_any_order_however_long_the_file(tmp_path):
    """Lines that lie across the blocks in which the file is read are found too."""
    mine = KeyFile(tmp_path / "keys")
    digests = [Digest(hashlib.sha256(str(n).encode()).hexdigest()) for n in range(12000)]
    for at in range(0, len(digests), 3000):
        mine.add([Key(d, f"group {n}", bytes(32)) for n, d in enumerate(digests[at : at + 3000])])
    assert (tmp_path / "keys" / KEYS).stat().st_size > 2 * BLOCK
    for order in (digests[::97], digests[::-89], random.Random(1).sample(digests, 200)):
        assert [mine.find(d).body for d in order] == order
    assert mine.find(Digest("0" * 64)) is None


def test_memory_does_not_grow_with_the_number_of_keys(tmp_path):
    mine = KeyFile(tmp_path / "keys")
    mine.add([Key(Digest(f"{n:064x}"), "g", bytes(32)) for n in range(1000)])
    mine.find(Digest(f"{7:064x}"))
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for at in range(1000, 9000, 1000):
        mine.add([Key(Digest(f"{n:064x}"), "g", bytes(32)) for n in range(at, at + 1000)])
        assert mine.find(Digest(f"{at:064x}")) is not None
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 20_000


def test_lines_that_another_process_had_to_cut_off_again_leave_no_hole(tmp_path):
    ours, theirs = KeyFile(tmp_path), KeyFile(tmp_path)
    first, second, third = (Key(Digest(f"{number:064x}"), "G", bytes(32)) for number in (1, 2, 3))
    theirs.add([first])
    theirs.add([second])
    assert ours.find(second.body) is not None
    path = tmp_path / KEYS
    with path.open("r+b") as stream:
        stream.truncate(path.read_bytes().index(b"\n") + 1)
    ours.add([third])
    assert path.read_bytes().count(b"\0") == 0
    assert [ours.find(key.body) is not None for key in (first, second, third)] == [True, False, True]
