"""A file is taken when it is finished, and not before."""

import os
import random
from pathlib import Path

import pytest

from domain.model import ReceiptState
from domain.reasons import Reason
from ingest import settle
from ingest.folders import Holder
from tests.fakes.intake_room import Room
from tests.fakes.scans import scan

BAD = Path(__file__).resolve().parents[3] / "shared" / "bad"
ENDINGS = ["jpg", "png", "tif", "bmp", "webp", "jp2", "pdf"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_finished_file_is_taken_within_two_quiet_periods(room: Room, ending: str) -> None:
    room.put(f"SCAN0001.{ending}", scan("one", ending))
    assert room.let(2 * room.settings.quiet) == 1
    (row,) = room.rows()
    assert row.state is ReceiptState.PENDING
    assert row.name == f"SCAN0001.{ending}"
    assert room.left() == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_grows_slowly_and_closed_between_is_taken_only_when_whole(room: Room, ending: str) -> None:
    data = scan("slow", ending, pages=3 if ending in ("tif", "pdf") else 1)
    cuts = sorted(random.Random(1).sample(range(1, len(data)), 5))
    path, start = room.put("a", b""), 0
    for cut in cuts:
        with path.open("ab") as stream:
            stream.write(data[start:cut])
        start = cut
        assert room.let(30) == 0, f"taken with {cut} of {len(data)} bytes"
    with path.open("ab") as stream:
        stream.write(data[start:])
    assert room.let(6) == 1
    assert room.rows()[0].size == len(data)
    assert room.rows()[0].state is ReceiptState.PENDING


@pytest.mark.parametrize("ending", ENDINGS)
def test_room_reserved_by_a_server_and_filled_in_any_order_is_not_taken_early(room: Room, ending: str) -> None:
    data = scan("smb", ending, pages=2 if ending in ("tif", "pdf") else 1)
    path = room.put("a", b"")
    os.truncate(path, len(data))
    assert room.let(60) == 0
    half = len(data) // 2
    with path.open("r+b") as stream:
        stream.write(data[:half])
    if ending in ("tif", "bmp") and half > len(data) - 64:
        pytest.skip("nothing left to be filled in")
    assert room.let(60) == 0
    with path.open("r+b") as stream:
        stream.seek(half)
        stream.write(data[half:])
    assert room.let(6) == 1
    assert room.rows()[0].size == len(data)


def test_a_file_somebody_holds_open_for_writing_waits_however_whole_it_is(room: Room) -> None:
    path = room.put("a.tif", scan("page", "tif", pages=1))
    with path.open("ab"):
        assert room.let(60) == 0
        assert room.why() == {"a.tif": settle.HELD}
    assert room.let(1) == 1


def test_a_broken_file_is_not_given_up_while_its_writer_holds_it(room: Room) -> None:
    path = room.put("a.jpg", scan("page")[:-20])
    with path.open("ab"):
        assert room.let(1300, step=20) == 0
    assert room.let(20) == 1
    assert room.rows()[0].reason == Reason.INCOMPLETE.code


def test_a_file_renamed_into_place_is_taken_under_its_last_name(room: Room) -> None:
    part = room.put(".~SCAN.part", scan("page"))
    assert room.let(30) == 0
    assert room.why() == {".~SCAN.part": settle.NAMED}
    part.rename(room.window / "SCAN.jpg")
    assert room.let(4) == 1
    assert room.rows()[0].name == "SCAN.jpg"


@pytest.mark.parametrize("name", [".hidden.pdf", "~lock.pdf", "scan.pdf.part", "scan.PDF.TMP", ".sync/a.pdf", "job.tmp/a.pdf"])
def test_names_that_say_unfinished_wait_for_ever_and_are_listed(room: Room, name: str) -> None:
    room.put(name, scan("page", "pdf"))
    assert room.let(1300, step=20) == 0
    assert room.why() == {name: settle.NAMED}


def test_a_writer_that_pauses_in_the_middle_is_waited_for(room: Room) -> None:
    data = scan("page")
    path = room.put("a.jpg", data[: len(data) // 2])
    assert room.let(30) == 0
    assert room.why() == {"a.jpg": settle.PARTIAL}
    path.write_bytes(data)
    assert room.let(4) == 1


def test_a_file_written_to_without_a_change_of_size_or_time_is_read_again(room: Room) -> None:
    first, second = scan("one", "bmp"), scan("two", "bmp")
    assert len(first) == len(second)
    path = room.put("a.bmp", first)
    room.let(1)
    status = path.stat()
    with path.open("r+b") as stream:
        stream.write(second)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    room.let(10)
    (row,) = room.rows()
    assert row.stored is not None
    assert room.store.read(row.stored) == second


def test_where_writers_cannot_be_asked_a_file_waits_for_grace(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.folders.holder", lambda file: Holder.UNKNOWN)
    monkeypatch.setattr("ingest.settle.holder", lambda file: Holder.UNKNOWN)
    path = room.put("a.jpg", scan("page"))
    assert room.let(room.settings.grace - 1) == 0
    assert room.let(2) == 1
    (taken,) = (p for p in room.window.rglob("*") if p.is_file())
    assert not path.exists(), "the scanner's folder is clear"
    assert room.let(room.settings.grace + 1) == 0
    assert not taken.exists()


def test_a_late_writer_on_a_mount_without_leases_loses_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.folders.holder", lambda file: Holder.UNKNOWN)
    monkeypatch.setattr("ingest.settle.holder", lambda file: Holder.UNKNOWN)
    path = room.put("a.tif", scan("page", "tif"))
    later = scan("page", "tif", pages=2)
    with path.open("r+b") as stream:
        assert room.let(12) == 1
        stream.write(later)
    room.let(40)
    assert [row.size for row in room.rows()] == [len(scan("page", "tif")), len(later)]
    assert room.left() == []


@pytest.mark.parametrize("jump", [-86400, 86400, -40 * 365 * 86400])
def test_a_clock_that_jumps_takes_nothing_early(room: Room, jump: float) -> None:
    room.put("half.jpg", scan("page")[:-10])
    room.put("whole.jpg", scan("other"))
    room.let(1)
    room.clock.jump(jump)
    assert room.intake.scan_once() == 0
    assert room.let(2) == 1


def test_an_empty_file_waits_then_lies_in_quarantine(room: Room) -> None:
    room.put("a.pdf", b"")
    room.put("b.pdf", b"")
    assert room.let(room.settings.give_up - 1, step=10) == 0
    assert room.let(20, step=10) == 2
    assert [row.reason for row in room.rows()] == [Reason.EMPTY_FILE.code] * 2


def test_what_is_never_finished_is_refused_with_its_bytes_kept(room: Room) -> None:
    data = scan("page", "pdf")[:-30]
    room.put("a.pdf", data)
    assert room.let(room.settings.give_up - 1, step=7) == 0
    assert room.let(14, step=7) == 1
    (row,) = room.rows()
    assert (row.state, row.reason, row.reason_step) == (ReceiptState.QUARANTINED, "incomplete", "settle")
    assert row.stored is not None
    assert room.store.read(row.stored) == data
    assert room.feed.of("refused")[0]["reason"] == "incomplete"
    assert room.left() == []


def test_what_is_odd_inside_is_left_to_triage_after_the_same_time(room: Room) -> None:
    data = scan("page", "pdf").replace(b"startxref\n", b"startxref\n1")
    room.put("a.pdf", data)
    assert room.let(room.settings.give_up - 10, step=10) == 0
    room.let(20, step=10)
    assert [row.state for row in room.rows()] == [ReceiptState.PENDING]


@pytest.mark.skipif(not (BAD / "half").is_dir(), reason="needs ../shared/bad/half")
def test_half_written_files_wait_and_end_in_quarantine_or_are_taken_whole(room: Room) -> None:
    for path in sorted((BAD / "half").iterdir()):
        room.put(path.name, path.read_bytes())
    room.let(60, step=2)
    taken = {row.name for row in room.rows()}
    assert taken <= {f"zerohole_{end}" for end in ("g4.tif", "jpg.jpg", "multi.tif", "pdf.pdf", "png.png")} | {"minus1_multi.tif"}
    room.let(room.settings.give_up + 40, step=20)
    rows = room.rows()
    assert len(rows) == 35
    assert {row.reason for row in rows if row.name not in taken} == {"incomplete"}


def test_unknown_formats_settle_by_quiet_and_digests(room: Room) -> None:
    room.put("letter.docx", b"PK\x03\x04" + os.urandom(500))
    assert room.let(4) == 1
    assert room.rows()[0].media == "application/octet-stream"


def test_links_pipes_and_devices_are_refused_unopened_and_moved_aside(room: Room) -> None:
    secret = room.root / "secret"
    secret.write_bytes(scan("secret"))
    (room.window / "link.jpg").symlink_to(secret)
    (room.window / "dangling.jpg").symlink_to("/nowhere")
    (room.window / "folder").symlink_to(room.root)
    os.mkfifo(room.window / "pipe.jpg")
    assert room.let(1) == 4
    rows = room.rows()
    assert {(row.state, row.reason, row.digest, row.size) for row in rows} == {(ReceiptState.QUARANTINED, "not-a-file", None, 0)}
    assert secret.exists()
    assert all(line.startswith("W01/.refused/") for line in room.left())
    assert len(room.left()) == 4
    assert room.let(5) == 0


def test_a_file_with_a_second_hard_link_waits_for_it_to_go(room: Room) -> None:
    path = room.put("a.jpg", scan("page"))
    other = room.root / "elsewhere.jpg"
    other.hardlink_to(path)
    assert room.let(60) == 0
    assert room.why() == {"a.jpg": settle.LINKED}
    other.unlink()
    assert room.let(4) == 1
    assert room.rows()[0].state is ReceiptState.PENDING


def test_a_hard_link_that_stays_is_refused_without_its_bytes(room: Room) -> None:
    path = room.put("a.jpg", scan("page"))
    (room.root / "elsewhere.jpg").hardlink_to(path)
    room.let(room.settings.give_up + 20, step=10)
    (row,) = room.rows()
    assert (row.reason, row.digest) == ("not-a-file", None)
    assert list(room.store.names()) == []


def test_a_file_that_may_not_be_read_waits_and_does_not_stop_the_others(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest import folders

    original = folders.opened

    def opened(root: Path, parts: tuple[str, ...]) -> object:
        if parts[-1] == "a.jpg":
            raise PermissionError(13, "no", "a.jpg")
        return original(root, parts)

    monkeypatch.setattr("ingest.settle.opened", opened)
    room.put("a.jpg", scan("one"))
    room.put("b.jpg", scan("two"))
    assert room.let(5) == 1
    assert room.why() == {"a.jpg": settle.UNREADABLE}


def test_waiting_files_are_told_by_a_process_that_never_watched(room: Room) -> None:
    room.put("a.jpg", scan("one"))
    room.put("b.jpg", scan("two")[:-9])
    room.put("c.jpg.part", b"x")
    room.put("d.pdf", b"")
    room.put("job/.done", b"")
    with (room.window / "a.jpg").open("ab"):
        assert room.why() == {"a.jpg": settle.HELD, "b.jpg": settle.PARTIAL, "c.jpg.part": settle.NAMED, "d.pdf": settle.EMPTY}
    assert room.why()["a.jpg"] == settle.SETTLING
