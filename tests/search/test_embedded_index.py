"""What only the embedded index promises: one file, many readers, killed writers, damaged files."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
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


def test_an_index_of_another_analysis_is_not_searched_and_begun_anew_by_a_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = EmbeddedIndex(tmp_path / "search.sqlite")
    index.put([entry(1)])
    identity = index.identity()
    monkeypatch.setattr(tables, "fingerprint", lambda form: "another")
    with pytest.raises(Unavailable, match="reindex"):
        index.search("李", Rights())
    assert index.identity() != identity
    assert index.search("李", Rights()).pages == 0


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
