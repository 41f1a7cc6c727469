"""What only the embedded index promises: one file, many readers, killed writers, damaged files."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from domain.errors import Corrupt, Unavailable
from domain.model import PageEntry, Rights
from search import embedded, tables
from search.embedded import EmbeddedIndex
from tests.fakes.words import words_of


def entry(number: int, version: int = 1, text: str = "居住证明 李明") -> PageEntry:
    return PageEntry(f"D{number:05}", 1, version, words_of(f"{text}{number}"), "other", "main", "W01")


WRITER = """
import sys
from pathlib import Path
from search.embedded import EmbeddedIndex
from tests.search.test_embedded_index import entry
index, n = EmbeddedIndex(Path(sys.argv[1])), int(sys.argv[2])
while True:
    index.put([entry(k) for k in range(n, n + 5)])
    index.drop(f"D{n:05}", 2)
    n += 5
    print(n, flush=True)
"""


def start_writer(path: Path, first: int) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(first)], stdout=subprocess.PIPE, text=True)


def assert_whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("INSERT INTO terms (terms) VALUES ('integrity-check')")
        ids = {table: connection.execute(f"SELECT count(*), sum(id) FROM {table}").fetchone() for table in ("pages", "words")}
        assert ids["pages"] == ids["words"]


@pytest.mark.crash
def test_a_killed_writer_loses_nothing_it_had_finished(tmp_path: Path) -> None:
    path, done, rng = tmp_path / "search.sqlite", 0, random.Random(5)
    for _ in range(6):
        writer = start_writer(path, done)
        assert writer.stdout is not None
        done = int(writer.stdout.readline())
        time.sleep(rng.uniform(0, 0.15))
        writer.send_signal(signal.SIGKILL)
        for line in writer.stdout:
            done = int(line)
        writer.stdout.close()
        writer.wait()
        index = EmbeddedIndex(path)
        found = {hit.document for hit in index.search("李明", Rights(), limit=100_000).hits}
        assert {f"D{n:05}" for n in range(done) if n % 5} <= found
        assert not {f"D{n:05}" for n in range(done) if n % 5 == 0} & found
        assert_whole(path)


def test_other_processes_read_while_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    writer = start_writer(path, 0)
    try:
        assert writer.stdout is not None
        reader = EmbeddedIndex(path)
        for _ in range(20):
            done = int(writer.stdout.readline())
            answer = reader.search("李明", Rights(), limit=100_000)
            assert answer.pages == len(answer.hits) >= done // 5 * 4
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


def test_a_reader_makes_no_file(tmp_path: Path) -> None:
    assert EmbeddedIndex(tmp_path / "none" / "search.sqlite").search("李", Rights()).pages == 0
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    EmbeddedIndex(tmp_path / "search.sqlite").put([entry(1)])
    assert (tmp_path / "search.sqlite").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 400, b"\x00" * 8192])
def test_a_file_that_is_no_index_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "search.sqlite"
    path.write_bytes(damage)
    index = EmbeddedIndex(path)
    index.put([entry(1)])
    assert index.search("李明", Rights()).pages == 1


@pytest.mark.parametrize("first_damaged_page", [1, 10])
def test_damage_inside_the_file_ends_in_a_new_identity_not_in_wrong_answers(tmp_path: Path, first_damaged_page: int) -> None:
    path = tmp_path / "search.sqlite"
    index = EmbeddedIndex(path)
    index.put([entry(n) for n in range(300)])
    identity = index.identity()
    with path.open("r+b") as file:
        for offset in range(4096 * first_damaged_page, path.stat().st_size, 4096):
            file.seek(offset)
            file.write(b"\xff" * 200)
    with pytest.raises(Unavailable, match="damaged"):
        index.search("李明", Rights())
    with suppress(Unavailable):
        index.put([entry(n, 2) for n in range(300)])
    assert index.identity() != identity
    index.put([entry(1)])
    assert index.search("李明1", Rights()).pages == 1
    assert_whole(path)


def test_words_that_were_damaged_are_no_reason_to_stop_delivering(tmp_path: Path) -> None:
    """SQLite does not see a flipped bit inside a value; the words' own checksum does."""
    path = tmp_path / "search.sqlite"
    index = EmbeddedIndex(path)
    index.put([entry(1)])
    identity = index.identity()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE words SET packed = x'00'")
    with pytest.raises(Corrupt, match="reindex"):
        index.search("李明", Rights())
    with pytest.raises(Unavailable, match="damaged"):
        index.put([entry(1, 2, "新的")])
    assert index.identity() != identity


def test_clear_replaces_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    index = EmbeddedIndex(path)
    index.put([entry(n) for n in range(300)])
    path.write_bytes(path.read_bytes()[:4096] + os.urandom(40_000))
    index.clear()
    assert index.count() == 0


def test_clear_leaves_no_text_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    index = EmbeddedIndex(path)
    index.put([entry(n, text="zyzzogeton ") for n in range(50)])
    assert b"yzzogeton" in path.read_bytes()
    index.clear()
    assert b"yzzogeton" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_an_index_of_another_analysis_answers_and_takes_nothing_until_it_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = EmbeddedIndex(tmp_path / "search.sqlite")
    index.put([entry(1)])
    identity = index.identity()
    monkeypatch.setattr(tables, "fingerprint", lambda form: f"form{form}-another")
    assert index.outdated() and index.identity() == identity
    assert index.search("李明", Rights()).pages == 1
    with pytest.raises(Unavailable, match="reindex"):
        index.put([entry(1, 2)])
    with pytest.raises(Unavailable, match="reindex"):
        index.drop("D00001", 2)
    index.successor().put([entry(2)])
    index.succeed()
    assert not index.outdated()
    assert [hit.document for hit in index.search("李明", Rights()).hits] == ["D00002"]


def test_an_index_of_a_form_that_cannot_be_read_is_not_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = EmbeddedIndex(tmp_path / "search.sqlite")
    index.put([entry(1)])
    monkeypatch.setattr(tables, "FORM", 2)
    monkeypatch.setattr(tables, "READABLE", (2,))
    assert index.outdated()
    with pytest.raises(Unavailable, match="reindex"):
        index.search("李", Rights())


TAKE_OVER = """
import sys
from pathlib import Path
from search.embedded import EmbeddedIndex
print("go", flush=True)
EmbeddedIndex(Path(sys.argv[1])).succeed()
"""


@pytest.mark.crash
def test_a_take_over_killed_anywhere_leaves_the_old_or_the_new_whole(tmp_path: Path) -> None:
    path, rng = tmp_path / "search.sqlite", random.Random(9)
    index = EmbeddedIndex(path)
    index.put([entry(n) for n in range(300)])
    seen = set()
    for version in range(2, 10):
        beside = index.successor()
        beside.clear()
        beside.put([entry(n, version) for n in range(300 + version)])
        before, after = index.identity(), beside.identity()
        killed = subprocess.Popen([sys.executable, "-c", TAKE_OVER, str(path)], stdout=subprocess.PIPE, text=True)
        assert killed.stdout is not None
        killed.stdout.readline()
        time.sleep(rng.uniform(0, 0.05))
        killed.kill()
        killed.wait()
        killed.stdout.close()
        assert index.identity() in (before, after)
        seen.add(index.identity() == after)
        assert_whole(path)
        index.succeed()
        index.tidy()
        assert (index.identity(), index.count()) == (after, 300 + version)
        assert {file.name for file in tmp_path.iterdir()} <= {path.name, f"{path.name}-wal", f"{path.name}-shm"}


def test_readers_find_all_of_the_old_or_all_of_the_new(tmp_path: Path) -> None:
    index = EmbeddedIndex(tmp_path / "search.sqlite")
    index.put([entry(n) for n in range(200)])
    index.successor().put([entry(n, 2) for n in range(400)])
    counts: list[int] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            counts.append(EmbeddedIndex(tmp_path / "search.sqlite").search("李明", Rights(), 0).pages)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    time.sleep(0.05)
    index.succeed()
    time.sleep(0.05)
    stop.set()
    reader.join()
    assert set(counts) <= {200, 400} and counts == sorted(counts) and counts[-1] == 400


def test_a_damaged_successor_does_not_take_over(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    index = EmbeddedIndex(path)
    index.put([entry(1)])
    index.successor().put([entry(n) for n in range(300)])
    beside = path.with_name(path.name + ".building")
    with closing(sqlite3.connect(beside)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    beside.write_bytes(beside.read_bytes()[:8192] + os.urandom(8192) + beside.read_bytes()[16384:])
    with pytest.raises(Unavailable, match="damaged"):
        index.succeed()
    assert index.count() == 1 and not beside.exists()


def test_a_locked_file_is_unavailable_to_a_second_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "search.sqlite"
    index = EmbeddedIndex(path)
    index.put([entry(1)])
    monkeypatch.setattr(embedded, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="SQLITE_BUSY"):
            index.put([entry(2)])
        assert index.search("李明", Rights()).pages == 1
    index.put([entry(2)])
    assert index.search("李明", Rights()).pages == 2
