"""Scanners that write strangely, with a clock that is moved. The same as processes against a real `serve`: bench/writers.py."""

import os
from pathlib import Path

import pytest

from ingest import lease
from ingest.folders import TAKEN
from ingest.lease import Held, Leases, held
from tests.fakes.intake_room import Room
from tests.fakes.scans import scan


def sizes(room: Room) -> list[int]:
    return [row.size for row in room.rows()]


def test_a_tiff_opened_anew_for_each_page_is_taken_once_with_all_of_them(room: Room) -> None:
    """Its chain is whole after each page; its pauses are shorter than `quiet`."""
    for pages in range(1, 12):
        data = scan("page by page", "tif", pages=pages)
        room.put("pages.tif", data)
        assert room.let(room.settings.quiet - 0.5, step=0.5) == 0, f"taken with {pages} pages"
    assert room.let(2 * room.settings.quiet) == 1
    assert sizes(room) == [len(data)]


@pytest.mark.parametrize("after", [0.5, 1.0, 1.5])
def test_a_new_file_over_the_bytes_of_one_that_was_seen_is_the_one_taken(room: Room, after: float) -> None:
    room.put("a.bmp", scan("first", "bmp"))
    room.let(after, step=0.5)
    room.put("a.bmp", scan("other", "bmp"))
    assert room.let(2 * room.settings.quiet) == 1
    (row,) = room.rows()
    assert row.stored is not None
    assert room.store.read(row.stored) == scan("other", "bmp")


def test_a_copy_that_keeps_its_old_time_of_change_is_waited_for_and_taken(room: Room) -> None:
    data = scan("old", "pdf")
    path = room.put("old.pdf", data[:500])
    os.utime(path, (10**9, 10**9))
    assert room.let(30) == 0
    path.write_bytes(data)
    os.utime(path, (10**9, 10**9))
    assert room.let(2 * room.settings.quiet) == 1
    assert sizes(room) == [len(data)]


def test_files_under_one_name_in_turn_are_each_taken(room: Room) -> None:
    wanted = []
    for number in range(5):
        data = scan(f"in turn {number}")
        path = room.put("turn.jpg", data)
        os.utime(path, (10**9, 10**9))
        wanted.append(len(data))
        assert room.let(2 * room.settings.quiet) == 1
        assert not path.exists()
    assert sizes(room) == wanted
    assert len({row.digest for row in room.rows()}) == 5


def test_a_name_used_again_while_its_first_file_is_being_claimed_loses_neither(room: Room) -> None:
    first, second = scan("first"), scan("second")
    room.put("a.jpg", first)

    class Reusing:
        def __getattr__(self, name: str) -> object:
            return getattr(room.store, name)

        def stage(self, source: Path, media: str) -> object:
            if not (room.window / "a.jpg").exists() and len(room.rows()) == 0:
                room.put("a.jpg", second)
            return room.store.stage(source, media)

    room.fresh(store=Reusing())
    room.let(4 * room.settings.quiet)
    rows = room.rows()
    assert [room.store.read(row.stored) for row in rows if row.stored] == [first, second]
    assert room.left() == []


def test_a_finished_file_is_taken_one_look_and_one_quiet_period_after_its_end(room: Room) -> None:
    room.put("a.jpg", scan("one"))
    room.intake.scan_once()
    assert room.intake._soon == pytest.approx(room.clock.monotonic() + room.settings.quiet)
    room.clock.move(room.settings.quiet)
    assert room.intake.scan_once() == 1


@pytest.mark.parametrize("jump", [-3600, 86400, -2e9])
def test_a_clock_that_is_set_while_files_come_loses_and_doubles_nothing(room: Room, jump: float) -> None:
    room.put("job/1.jpg", scan("1"))
    room.let(3)
    room.clock.jump(jump)
    room.put("job/2.jpg", scan("2"))
    room.put("a.jpg", scan("a"))
    room.let(60)
    room.clock.jump(-jump)
    room.put("b.jpg", scan("b"))
    room.let(60)
    assert sorted(row.name or "" for row in room.rows()) == ["a.jpg", "b.jpg", "job/1.jpg", "job/2.jpg"]
    assert len({row.batch for row in room.rows()}) == 3
    assert room.left() == []


def test_whoever_works_on_a_claim_gives_signs_of_life_and_silence_ends_its_lease(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "BEAT", 0.01)
    folder = room.window / TAKEN / ("0" * 26)
    folder.mkdir(parents=True)
    leases = Leases(room.window, room.clock, 60.0)
    with held(room.window, folder.name) as mine:
        assert mine is Held.MINE
        with held(room.window, folder.name) as again:
            assert again is Held.OTHERS
        before = folder.stat().st_mtime_ns
        while folder.stat().st_mtime_ns == before:
            pass
        assert not leases.over(folder.name)
    assert not leases.over(folder.name)
    room.clock.move(59)
    assert not leases.over(folder.name)
    room.clock.move(1)
    assert leases.over(folder.name)
    os.utime(folder)
    assert not leases.over(folder.name), "a sign of life begins it anew"
    folder.rmdir()
    with held(room.window, folder.name) as gone:
        assert gone is Held.GONE
