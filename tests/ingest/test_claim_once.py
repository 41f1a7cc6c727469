"""Receipt before removal, once for each file, whatever happens between."""

import os
from pathlib import Path
from typing import Any

import pytest

from domain.errors import Conflict, Corrupt, DiskFull, Misconfigured, Unavailable
from domain.model import ReceiptState
from ingest import aside, folders
from tests.fakes.intake_room import Room
from tests.fakes.race import race
from tests.fakes.scans import scan
from tests.faulty.kill import Fuse, Killed


def files(room: Room) -> dict[str, bytes]:
    data = {"a.jpg": scan("a"), "job/1.jpg": scan("1"), "job/2.tif": scan("2", "tif"), "twin.jpg": scan("a")}
    for name, content in data.items():
        room.put(name, content)
    return data


def everything_stands_once(room: Room, data: dict[str, bytes]) -> None:
    rows = room.rows()
    assert sorted(row.name or "" for row in rows) == sorted(data)
    assert [row.state for row in rows].count(ReceiptState.DUPLICATE) == 1
    for row in rows:
        assert row.stored is not None
        assert room.store.read(row.stored) == data[row.name or ""]
    assert room.left() == []
    kinds = room.registrar.kinds()
    assert kinds.count("batch.opened") == 3, "two files and a folder"
    assert kinds.count("batch.closed") == 2, "the duplicate has nothing to be dealt with"


def test_receipt_is_written_before_the_scan_disappears(room: Room) -> None:
    path = room.put("a.jpg", scan("a"))
    seen = []

    class Looking:
        def resume(self) -> int:
            return 0

        def record(self, drafts: Any) -> Any:
            seen.append([p.read_bytes() for p in room.window.rglob("*") if p.is_file()])
            return room.registrar.record(drafts)

    room.fresh(registrar=Looking())
    room.let(4)
    assert seen == [[scan("a")]]
    assert not path.exists()


def calls_of_a_whole_run(room: Room) -> int:
    fuse = Fuse(-1, False)
    run(room, fuse)
    return fuse.calls


def run(room: Room, fuse: Fuse) -> None:
    ports = {
        "store": room.store,
        "registrar": room.registrar,
        "feed": room.feed,
        "open_case": lambda w: None,
        "on_closed": lambda b, g: None,
    }
    room.fresh(**{name: fuse.guard(port) for name, port in ports.items()})
    room.let(40)


@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_call_nothing_is_lost_or_doubled(tmp_path: Path, after: bool) -> None:
    counting = Room(tmp_path / "count")
    data = files(counting)
    calls = calls_of_a_whole_run(counting)
    everything_stands_once(counting, data)
    assert calls >= 15
    for at in range(calls):
        room = Room(tmp_path / f"{at}")
        files(room)
        with pytest.raises(Killed):
            run(room, Fuse(at, after))
        room.fresh()
        room.let(40)
        everything_stands_once(room, data)
        room.engine.dispose()


@pytest.mark.parametrize("step", ["reserve", "seize", "digest", "let_go", "give_back", "clear", "content", "holder"])
@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_touch_of_the_folder_nothing_is_lost_or_doubled(tmp_path: Path, step: str, after: bool) -> None:
    module = aside if hasattr(aside, step) else folders
    original = getattr(module, step)
    for at in range(40):
        room = Room(tmp_path / f"{at}")
        data = files(room)
        fuse = Fuse(at, after)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, step, lambda *a, f=fuse, **k: f.call(original, *a, **k))
            try:
                room.let(40)
            except Killed:
                room.fresh()
        room.let(40)
        everything_stands_once(room, data)
        room.engine.dispose()
        if fuse.calls <= at:
            break


def test_a_file_changed_after_the_rename_goes_back_and_settles_again(room: Room) -> None:
    room.put("job/a.tif", scan("a", "tif"))
    later = scan("a", "tif", pages=2)

    class Changing:
        def __getattr__(self, name: str) -> Any:
            return getattr(room.store, name)

        def stage(self, source: Path, media: str) -> Any:
            source.write_bytes(later)
            room.fresh()
            return room.store.stage(source, media)

    room.fresh(store=Changing())
    intake = room.intake
    for _ in range(5):
        room.clock.move(1)
        intake.scan_once()
    assert room.left() == ["W01/job/a.tif"]
    assert room.rows() == []
    room.let(4)
    assert [row.size for row in room.rows()] == [len(later)]


def test_a_file_changed_after_its_receipt_comes_back_as_a_new_one(room: Room) -> None:
    room.put("a.tif", scan("a", "tif"))
    later = scan("a", "tif", pages=2)

    class Changing:
        def resume(self) -> int:
            return 0

        def record(self, drafts: Any) -> Any:
            events = room.registrar.record(drafts)
            for path in (room.window / ".taken").rglob("*.tif"):
                path.write_bytes(later)
            room.fresh()
            return events

    room.fresh(registrar=Changing())
    intake = room.intake
    for _ in range(5):
        room.clock.move(1)
        intake.scan_once()
    assert room.left() == ["W01/a.tif"]
    room.let(4)
    assert [(row.size, row.name) for row in room.rows()] == [(len(scan("a", "tif")), "a.tif"), (len(later), "a.tif")]


def test_giving_back_never_replaces_what_the_scanner_wrote_meanwhile(room: Room) -> None:
    room.put("job/a.jpg", scan("one"))
    aside.reserve(room.window, "0" * 26)
    assert aside.seize(room.window, ("job", "a.jpg"), "0" * 26)
    room.put("job/a.jpg", scan("two"))
    aside.give_back(room.window, "0" * 26, ("job", "a.jpg"))
    assert {p.read_bytes() for p in (room.window / "job").iterdir()} == {scan("one"), scan("two")}
    assert (room.window / "job" / "a.jpg").read_bytes() == scan("two")


def test_a_half_claimed_file_that_is_not_whole_waits_again(room: Room) -> None:
    room.put("job/a.jpg", scan("one")[:-5])
    aside.reserve(room.window, "0" * 26)
    aside.seize(room.window, ("job", "a.jpg"), "0" * 26)
    room.let(30)
    assert room.left() == ["W01/job/a.jpg"]
    assert room.rows() == []


class Failing:
    def __init__(self, port: Any, method: str, error: Exception, times: int) -> None:
        self.port, self.method, self.error, self.times = port, method, error, times

    def __getattr__(self, name: str) -> Any:
        return self._fail if name == self.method and self.times > 0 else getattr(self.port, name)

    def _fail(self, *args: Any) -> Any:
        self.times -= 1
        raise self.error


def test_a_full_disk_is_a_pause(room: Room) -> None:
    data = files(room)
    room.fresh(store=Failing(room.store, "stage", DiskFull("no room"), 9))
    room.let(4)
    assert room.left() == sorted(f"W01/{name}" for name in data)
    assert set(room.why().values()) == {"no-room"}
    room.let(60)
    everything_stands_once(room, data)


@pytest.mark.parametrize("port", ["store", "registrar"])
@pytest.mark.parametrize(
    "error", [Unavailable("not answering"), Conflict("someone was first"), OSError(5, "EIO", "name"), ValueError("bug")]
)
def test_whatever_fails_is_tried_again_and_the_others_go_on(room: Room, port: str, error: Exception) -> None:
    data = files(room)
    method = {"store": "stage", "registrar": "record"}[port]
    room.fresh(**{port: Failing(getattr(room, port), method, error, 7)})
    room.let(120)
    everything_stands_once(room, data)


def test_a_receipt_that_stands_though_its_answer_was_lost_is_not_issued_again(room: Room) -> None:
    data = files(room)

    class Deaf:
        lost = 3

        def resume(self) -> int:
            return 0

        def record(self, drafts: Any) -> Any:
            events = room.registrar.record(drafts)
            self.lost -= 1
            if self.lost >= 0:
                raise Unavailable("the answer was lost")
            return events

    room.fresh(registrar=Deaf())
    room.let(90)
    everything_stands_once(room, data)


def test_our_own_damage_stops_intake_with_the_file_kept(room: Room) -> None:
    room.put("a.jpg", scan("a"))
    room.fresh(registrar=Failing(room.registrar, "record", Corrupt("ledger"), 9))
    with pytest.raises(Corrupt):
        room.let(4)
    assert len(room.left()) == 1


def test_no_right_to_rename_names_folder_and_remedy(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    other = room.inbox / "W02"
    other.mkdir()
    (other / "b.jpg").write_bytes(scan("b"))
    room.put("a.jpg", scan("a"))
    room.put("c.jpg", scan("c"))
    original = os.rename

    def rename(*args: Any, **kwargs: Any) -> None:
        if args[0] == "a.jpg":
            raise PermissionError(13, "Permission denied", "a.jpg")
        original(*args, **kwargs)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(Misconfigured) as caught:
        room.let(4)
    assert str(room.window) in str(caught.value)
    assert "rename" in str(caught.value)
    assert "a.jpg" not in str(caught.value)
    assert room.left() == ["W01/a.jpg"]
    assert {row.name for row in room.rows()} == {"b.jpg", "c.jpg"}, "the others are taken all the same"


def test_a_taken_folder_that_is_a_link_is_refused_by_name(room: Room) -> None:
    (room.root / "elsewhere").mkdir()
    (room.window / ".taken").symlink_to(room.root / "elsewhere")
    room.put("a.jpg", scan("a"))
    with pytest.raises(Misconfigured, match="taken"):
        room.let(4)
    with pytest.raises(Misconfigured, match="taken"):
        room.intake.start()
    assert list((room.root / "elsewhere").iterdir()) == []


def test_a_folder_replaced_by_a_link_leads_nowhere(room: Room) -> None:
    outside = room.root / "outside"
    outside.mkdir()
    (outside / "a.jpg").write_bytes(scan("secret"))
    aside.reserve(room.window, "0" * 26)
    (room.window / "job").symlink_to(outside)
    assert not aside.seize(room.window, ("job", "a.jpg"), "0" * 26)
    assert (outside / "a.jpg").exists()


@pytest.mark.crash
@pytest.mark.parametrize("real", [False, True])
def test_eight_processes_claim_from_one_inbox_and_nothing_is_taken_twice(tmp_path: Path, real: bool) -> None:
    """The long form is bench/races.py."""
    raced = race(tmp_path, processes=8, count=240, real=real)
    assert (raced.received, raced.doubled, raced.lost, raced.left) == (240, 0, 0, 0)
    assert raced.batches == 6 + 120
