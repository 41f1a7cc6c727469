"""Watching in a thread, hostile names, files given by hand."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.clock import SystemClock
from domain.errors import Conflict, Corrupt, Misconfigured, NotFound
from domain.model import ReceiptState
from ingest import desk
from ingest.intake import Intake, IntakeSettings
from ingest.tables import apply, metadata
from tests.fakes.books import FakeFeed, FakeRegistrar, FakeStore, fake_engine
from tests.fakes.intake_room import Room
from tests.fakes.scans import scan

NAMES = Path(__file__).resolve().parents[3] / "shared" / "bad" / "misc" / "filenames.json"
HOSTILE = [
    "-rf.pdf",
    " a .pdf",
    "a\nb.pdf",
    "a\tb.pdf",
    "..%2f..%2fx.pdf",
    "C:\\x.pdf",
    "CON.pdf",
    "nul",
    "<script>.pdf",
    "$(id).pdf",
    "\u202efdp.exe",
]
HOSTILE += [
    "cafe\u0301.pdf",
    "caf\u00e9.pdf",
    "身份证复印件.pdf",
    "\U00020bb7.pdf",
    "汉" * 83 + ".pdf",
    "a" * 251 + ".pdf",
    "'; DROP TABLE receipts;--",
]


def until(true: Callable[[], bool], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


class Live:
    def __init__(self, root: Path, **changes: Any) -> None:
        (root / "inbox" / "W01").mkdir(parents=True)
        self.inbox, clock, store = root / "inbox", SystemClock(), FakeStore(root / "store")
        self.engine = fake_engine(root / "db")
        self.registrar = FakeRegistrar(self.engine, metadata, [apply], store, clock)
        settings = IntakeSettings(quiet=0.1, batch_quiet=0.5, poll=0.05, rest=changes.pop("rest", 30.0))
        ports = {"registrar": self.registrar, "on_closed": lambda b, g: None} | changes
        self.intake = Intake(
            self.inbox, settings, store, engine=self.engine, clock=clock, feed=FakeFeed(), open_case=lambda w: None, **ports
        )

    def received(self) -> int:
        with self.engine.connect() as connection:
            return desk.counts(connection)["received"]

    def put(self, name: str, data: bytes) -> None:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def test_watching_wakes_for_new_files_windows_and_folders(tmp_path: Path) -> None:
    live = Live(tmp_path)
    live.put("W01/there-before.jpg", scan("0"))
    live.intake.start()
    try:
        assert until(lambda: live.received() == 1)
        time.sleep(0.3)
        live.put("W01/a.jpg", scan("1"))
        assert until(lambda: live.received() == 2), "not before the rest of 30 s is over"
        live.put("W02/b.jpg", scan("2"))
        assert until(lambda: live.received() == 3)
        live.put("W02/job/c.jpg", scan("3"))
        assert until(lambda: live.received() == 4)
    finally:
        live.intake.stop()
        live.engine.dispose()


def test_without_the_file_system_s_help_everything_is_found_by_looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from watchdog.observers import Observer

    def limit(*args: Any, **kwargs: Any) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", limit)
    live = Live(tmp_path)
    live.intake.start()
    try:
        time.sleep(0.2)
        live.put("W01/a.jpg", scan("1"))
        assert until(lambda: live.received() == 1)
    finally:
        live.intake.stop()
        live.engine.dispose()


def test_an_error_ends_a_look_and_never_the_watch(tmp_path: Path) -> None:
    calls = []

    def failing(batch: str, generation: int) -> None:
        calls.append(batch)
        raise RuntimeError("a bug")

    live = Live(tmp_path, on_closed=failing)
    live.intake.start()
    try:
        live.put("W01/a.jpg", scan("1"))
        assert until(lambda: live.received() == 1)
        live.put("W01/b.jpg", scan("2"))
        assert until(lambda: live.received() == 2)
        assert until(lambda: not [p for p in live.inbox.rglob("*") if p.is_file()]), "what was half done is finished"
    finally:
        live.intake.stop()
        live.engine.dispose()


def test_our_own_damage_stops_the_watch_and_is_told(tmp_path: Path) -> None:
    class Broken:
        def resume(self) -> int:
            return 0

        def record(self, drafts: Any) -> Any:
            raise Corrupt("the ledger's tail is not what was written")

    live = Live(tmp_path, registrar=Broken())
    live.intake.start()
    try:
        live.put("W01/a.jpg", scan("1"))
        assert until(lambda: isinstance(live.intake.trouble, Corrupt))
    finally:
        live.intake.stop()
        live.engine.dispose()


def test_an_inbox_that_is_not_there_is_named(room: Room) -> None:
    room.inbox = room.root / "nowhere"
    with pytest.raises(Misconfigured, match="nowhere"):
        room.fresh().start()


def test_logs_hold_no_names(room: Room, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def __getattr__(self, name: str) -> Any:
            def fail(source: Path, media: str) -> None:
                raise OSError(5, "Input/output error", str(source))

            return fail

    room.put("张三/身份证.jpg", scan("1"))
    room.fresh(store=Failing())
    room.let(30)
    assert "errno 5" in caplog.text
    assert "张三" not in caplog.text
    assert "身份证" not in caplog.text


def test_hostile_names_are_taken_like_any_other(room: Room) -> None:
    names = set(HOSTILE)
    if NAMES.exists():
        names |= {entry["name"] for entry in json.loads(NAMES.read_text())}
    made = {}
    for number, name in enumerate(sorted(names)):
        if name in ("", ".", "..") or "/" in name:  # no name of one file
            continue
        try:
            (room.window / name).write_bytes(scan(str(number)))
        except (OSError, ValueError):  # the file system has no such name
            continue
        made[name] = scan(str(number))
    (room.window / os.fsdecode(b"\xff\xfe.pdf")).write_bytes(scan("bytes"))
    room.let(6)
    taken = {row.name: row for row in room.rows()}
    waiting = {name for name in made if name.startswith((".", "~")) or name.endswith((".part", ".tmp"))}
    assert set(taken) == (set(made) - waiting) | {"\\xff\\xfe.pdf"}
    assert len(made) >= len(HOSTILE) - 1
    for name, row in taken.items():
        if name in made:
            assert row.stored is not None
            assert room.store.read(row.stored) == made[name]
    assert set(room.why()) == waiting
    assert sorted(path.name for path in room.root.iterdir()) == ["inbox", "store"], "nothing was written outside"


def test_a_folder_whose_name_is_no_text_is_one_batch(room: Room) -> None:
    folder = room.window / os.fsdecode(b"\xc4\xe3\xff")
    folder.mkdir()
    (folder / "1.jpg").write_bytes(scan("1"))
    half = folder / "2.jpg"
    half.write_bytes(scan("2")[:-9])
    room.let(60)
    assert room.closed == []
    half.write_bytes(scan("2"))
    (folder / ".done").write_bytes(b"")
    room.let(4)
    assert len({row.batch for row in room.rows()}) == len(room.closed) == 1
    assert room.left() == []
    for _, private in room.registrar.events():
        str(private).encode()


def test_files_given_by_hand_are_copied_and_closed_at_once(room: Room) -> None:
    given = room.root / "given"
    (given / "back").mkdir(parents=True)
    for name in ("2.jpg", "10.jpg", "back/1.jpg", ".hidden", "x.tmp"):
        (given / name).write_bytes(scan(name))
    single = room.root / "one.pdf"
    single.write_bytes(scan("one", "pdf"))
    taken = room.intake.take([given, single], "W07")
    assert len({t.batch for t in taken}) == 2
    assert [row.name for row in room.rows()] == ["given/2.jpg", "given/10.jpg", "given/back/1.jpg", "one.pdf"]
    assert {row.window for row in room.rows()} == {"W07"}
    assert [generation for _, generation in room.closed] == [1, 1]
    assert (given / "2.jpg").exists()
    again = room.intake.take([given], "W07")
    assert [t.twin for t in again] == [t.receipt for t in taken[:3]]
    assert len(room.closed) == 2, "duplicates give no work"


def test_what_is_given_by_hand_may_be_refused_at_once(room: Room) -> None:
    folder = room.root / "given"
    folder.mkdir()
    (folder / "half.jpg").write_bytes(scan("1")[:-9])
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "link").symlink_to("/etc/passwd")
    (folder / "good.jpg").write_bytes(scan("2"))
    room.intake.take([folder], "W01")
    assert {row.name: (row.state.value, row.reason) for row in room.rows()} == {
        "given/half.jpg": ("quarantined", "incomplete"),
        "given/empty.pdf": ("quarantined", "empty-file"),
        "given/link": ("quarantined", "not-a-file"),
        "given/good.jpg": ("pending", None),
    }


def test_what_cannot_be_given_by_hand_takes_nothing(room: Room) -> None:
    path = room.root / "a.jpg"
    path.write_bytes(scan("1"))
    with pytest.raises(Misconfigured):
        room.intake.take([path], "../W01")
    with pytest.raises(NotFound):
        room.intake.take([path, room.root / "none"], "W01")
    with path.open("ab"), pytest.raises(Conflict):
        room.intake.take([path], "W01")
    assert room.rows() == []
    room.intake.take([path], "W01")
    assert [row.state for row in room.rows()] == [ReceiptState.PENDING]


def test_a_folder_given_by_hand_never_mixes_with_a_scanner_s_of_the_same_name(room: Room) -> None:
    folder = room.root / "job"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(scan("1"))
    room.intake.take([folder], "W01")
    room.put("job/2.jpg", scan("2"))
    room.let(40)
    assert len({row.batch for row in room.rows()}) == 2
