"""Who stops when the disk runs out of room, and who is told; what cannot be written passes."""

import errno
import os

import pytest

from app.feed import FileFeed, follow
from app.outage import outages
from app.room import Room
from domain.clock import SystemClock
from domain.errors import DiskFull, Unavailable
from ingest.intake import Intake
from ingest.settle import SETTLING
from tests.fakes.books import FakeFeed
from tests.fakes.intake_room import Room as Place
from tests.fakes.scans import scan


@pytest.fixture
def room(tmp_path, monkeypatch):
    room = Room((tmp_path, tmp_path / "missing"), 100, FakeFeed())
    monkeypatch.setattr(room, "free", lambda: room.has)
    room.has = 1000
    return room


def test_intake_stops_first_then_the_line_and_what_is_left_is_for_what_was_promised(room):
    for free, file, line in ((1000, True, True), (100, False, True), (99, False, True), (50, False, True), (49, False, False)):
        room.has = free
        assert (room.for_bytes(1), room.for_work()) == (file, line), free


def test_a_file_is_not_taken_that_would_reach_into_the_reserve(room):
    assert room.for_bytes(900)
    assert not room.for_bytes(901)


def test_a_reserve_of_0_stops_nobody(tmp_path):
    room = Room((tmp_path,), 0, FakeFeed())
    assert room.for_bytes(1 << 60)
    assert room.for_work()


def test_running_out_of_room_is_told_once_and_so_is_its_end(room, caplog):
    for free in (1000, 99, 98, 97, 500, 600, 10):
        room.has = free
        room.watch()
    assert [line["why"] for line in room._feed.of("notice")] == ["disk-full", "disk-has-room", "disk-full"]
    assert [record.getMessage().split(":")[0] for record in caplog.records] == ["no room", "there is room again", "no room"]


def intake(place: Place, free: list[int]) -> Intake:
    return place.fresh(room=lambda size: free[0] - size >= 1000)


def test_below_the_reserve_nothing_is_touched_and_all_is_taken_when_there_is_room(tmp_path):
    place, free = Place(tmp_path), [500]
    place.put("a.jpg", scan("a"))
    place.put("job/1.jpg", scan("1"))
    intake(place, free)
    place.let(30)
    assert place.rows() == []
    assert place.left() == ["W01/a.jpg", "W01/job/1.jpg"]
    assert set(place.why().values()) == {"no-room"}
    assert not list((place.window / ".taken").glob("*"))
    free[0] = 1 << 30
    place.let(60)
    assert len(place.rows()) == 2
    assert place.left() == []


def test_a_process_that_did_not_watch_says_no_room_too(tmp_path):
    place, free = Place(tmp_path), [1 << 30]
    place.put("a.jpg", scan("a"))
    assert {waiting.why for waiting in intake(place, free).waiting()} == {SETTLING}
    free[0] = 5
    assert {waiting.why for waiting in intake(place, free).waiting()} == {"no-room"}


def test_files_given_by_hand_are_not_taken_below_the_reserve(tmp_path):
    place = Place(tmp_path)
    path = tmp_path / "given.jpg"
    path.write_bytes(scan("a"))
    with pytest.raises(DiskFull, match="reserve"):
        intake(place, [5]).take([path], "W01")
    assert place.rows() == []


@pytest.mark.parametrize(("code", "kind"), [(errno.ENOSPC, DiskFull), (errno.EIO, Unavailable), (errno.EROFS, Unavailable)])
def test_a_failing_disk_passes_and_a_fault_of_the_program_does_not(code, kind):
    with pytest.raises(kind) as caught, outages("it cannot be written"):
        raise OSError(code, "text of the system", "张三.pdf")
    assert "张三" not in str(caught.value)
    with pytest.raises(FileNotFoundError), outages("it cannot be written"):
        raise FileNotFoundError(errno.ENOENT, "no such file", "x")


def test_a_feed_that_cannot_be_written_stops_nobody_and_goes_on_with_a_line_of_its_own(tmp_path, monkeypatch):
    feed, real = FileFeed(tmp_path / "feed.jsonl", SystemClock()), os.write
    feed.tell("received", receipt="A")
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:20]))
    feed.tell("received", receipt="B")

    def full(handle, data):
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "write", full)
    feed.tell("received", receipt="C")
    monkeypatch.setattr(os, "write", real)
    feed.tell("received", receipt="D")
    assert [line["receipt"] for line in follow(tmp_path / "feed.jsonl", from_start=True, keep_on=False)] == ["A", "D"]
