"""Which files belong together, and when no more is expected."""

import pytest

from domain.errors import NotFound
from domain.events import BATCH_DONE, Draft
from domain.model import ReceiptState
from ingest import desk
from ingest.names import natural
from tests.fakes.intake_room import Room
from tests.fakes.scans import scan


def batches(room: Room) -> list[tuple[int, list[str]]]:
    with room.engine.connect() as connection:
        rows = {row.batch: desk.batch_row(connection, row.batch) for row in room.rows()}
        return [
            (b.closed_generation, [r.name or "" for r in desk.receipts_of(connection, b.id)])
            for b in sorted((b for b in rows.values() if b), key=lambda b: b.opened_seq)
        ]


def closes(room: Room) -> list[tuple[int, str, int]]:
    return [(e.body["generation"], e.body["how"], len(e.body["receipts"])) for e, _ in room.registrar.events() if e.kind == "batch.closed"]


def test_a_file_is_a_batch_that_closes_at_once(room: Room) -> None:
    room.put("a.jpg", scan("a"))
    room.put("b.jpg", scan("b"))
    room.let(4)
    assert batches(room) == [(1, ["a.jpg"]), (1, ["b.jpg"])]
    assert closes(room) == [(1, "file", 1), (1, "file", 1)]
    assert [generation for _, generation in room.closed] == [1, 1]


def test_a_folder_is_a_batch_in_natural_order_at_any_depth(room: Room) -> None:
    for name in ("job/SCAN0010.jpg", "job/SCAN0009.jpg", "job/scan0001.jpg", "job/back/2.jpg", "job/back/10.jpg"):
        room.put(name, scan(name))
    room.let(40)
    assert batches(room) == [(1, ["job/back/2.jpg", "job/back/10.jpg", "job/scan0001.jpg", "job/SCAN0009.jpg", "job/SCAN0010.jpg"])]
    assert closes(room) == [(1, "quiet", 5)]
    event = next(e for e, _ in room.registrar.events() if e.kind == "batch.closed")
    names = {row.id: row.name for row in room.rows()}
    assert [names[r] for r in event.body["receipts"]] == batches(room)[0][1]


def test_a_folder_closes_only_after_quiet_without_a_new_file(room: Room) -> None:
    for number in range(4):
        room.put(f"job/{number}.jpg", scan(str(number)))
        room.let(25)
        assert closes(room) == []
    room.let(10)
    assert closes(room) == [(1, "quiet", 4)]
    assert room.closed[0][1] == 1


def test_a_folder_stays_open_while_a_file_settles_in_it(room: Room) -> None:
    room.put("job/1.jpg", scan("1"))
    late = room.put("job/2.jpg", scan("2")[:-9])
    room.let(120)
    assert closes(room) == []
    late.write_bytes(scan("2"))
    room.let(40)
    assert closes(room) == [(1, "quiet", 2)]


def test_a_name_left_unfinished_does_not_hold_a_folder_for_ever(room: Room) -> None:
    room.put("job/1.jpg", scan("1"))
    room.put("job/.DS_Store", b"x")
    room.let(120)
    assert closes(room) == []
    room.let(room.settings.give_up, step=10)
    assert closes(room) == [(1, "quiet", 1)]
    assert room.left() == ["W01/job/.DS_Store"]


def test_a_done_file_closes_at_once_and_is_consumed(room: Room) -> None:
    room.put("job/1.jpg", scan("1"))
    room.put("job/2.jpg", scan("2"))
    room.put("job/.done", b"")
    room.let(4)
    assert closes(room) == [(1, "done-file", 2)]
    assert room.left() == []


def test_a_done_file_waits_for_what_is_still_being_written(room: Room) -> None:
    room.put("job/1.jpg", scan("1"))
    half = room.put("job/2.jpg", scan("2")[:-9])
    room.put("job/.done", b"")
    room.let(60)
    assert closes(room) == []
    half.write_bytes(scan("2"))
    room.let(4)
    assert closes(room) == [(1, "done-file", 2)]
    assert room.left() == []


def test_a_command_closes_at_once(room: Room) -> None:
    room.put("job/1.jpg", scan("1"))
    room.put("job/2.jpg", scan("2")[:-9])
    room.let(4)
    batch = room.rows()[0].batch
    assert room.intake.close("W01", "job") == (batch, 1)
    assert room.intake.close("W01", "job") is None
    assert closes(room) == [(1, "command", 1)]
    with pytest.raises(NotFound):
        room.intake.close("W01", "never seen")


@pytest.mark.parametrize("restart", [False, True])
def test_a_late_file_joins_its_batch_as_the_next_generation(room: Room, restart: bool) -> None:
    room.put("job/1.jpg", scan("1"))
    room.let(200)
    room.case = "01" + "C" * 24
    if restart:
        room.fresh()
    room.put("job/2.jpg", scan("2"))
    room.let(40)
    assert batches(room) == [(2, ["job/1.jpg", "job/2.jpg"])]
    assert closes(room) == [(1, "quiet", 1), (2, "quiet", 2)]
    with room.engine.connect() as connection:
        row = desk.batch_row(connection, room.rows()[0].batch)
    assert row is not None
    assert row.case_id is None, "the batch keeps the case that was open when it began"


def test_after_the_rejoin_time_the_name_begins_a_new_batch(room: Room) -> None:
    room.put("job/1.jpg", scan("1"))
    room.let(40)
    room.clock.move(room.settings.rejoin + 1)
    room.put("job/1.jpg", scan("2"))
    room.let(40)
    assert batches(room) == [(1, ["job/1.jpg"]), (1, ["job/1.jpg"])]
    room.put("job/3.jpg", scan("3"))
    room.let(40)
    assert batches(room) == [(1, ["job/1.jpg"]), (2, ["job/1.jpg", "job/3.jpg"])], "what is late joins the newest"


def test_the_case_open_when_a_batch_begins_is_the_batch_s(room: Room) -> None:
    room.case = "01" + "A" * 24
    room.put("job/1.jpg", scan("1"))
    room.let(4)
    room.case = "01" + "B" * 24
    room.put("job/2.jpg", scan("2"))
    room.put("x.jpg", scan("x"))
    room.let(40)
    with room.engine.connect() as connection:
        cases = {r.name: (b.case_id if (b := desk.batch_row(connection, r.batch)) else None) for r in room.rows()}
    assert cases == {"job/1.jpg": "01" + "A" * 24, "job/2.jpg": "01" + "A" * 24, "x.jpg": "01" + "B" * 24}


def test_a_late_duplicate_does_not_run_the_batch_again(room: Room) -> None:
    room.put("job/1.jpg", scan("1"))
    room.let(40)
    room.put("job/1 again.jpg", scan("1"))
    room.let(60)
    assert closes(room) == [(1, "quiet", 1)]
    first, second = room.rows()
    assert (second.state, second.twin) == (ReceiptState.DUPLICATE, first.id)


def test_emptied_folders_go_and_folders_with_a_file_never_do(room: Room) -> None:
    room.put("job/deep/1.jpg", scan("1"))
    room.put("kept/1.jpg", scan("2"))
    room.put("kept/.lock", b"")
    (room.window / "preset").mkdir()
    room.let(40)
    assert (room.window / "job").is_dir()
    room.let(room.settings.empty_quiet + 5)
    assert not (room.window / "job").exists()
    assert (room.window / "kept").is_dir()
    assert (room.window / "preset").is_dir(), "a folder nothing was taken from is the scanner's"


def test_a_folder_touched_again_is_not_removed_under_the_scanner(room: Room) -> None:
    room.put("job/1.jpg", scan("1"))
    room.let(100)
    (room.window / "job" / "next").mkdir()
    room.let(room.settings.empty_quiet - 5)
    assert (room.window / "job" / "next").is_dir()


def test_work_to_do_is_what_is_closed_and_not_done(room: Room) -> None:
    room.put("a.jpg", scan("a"))
    room.put("job/1.jpg", scan("1"))
    room.let(40)
    with room.engine.connect() as connection:
        first, second = desk.unfinished(connection)
    room.registrar.record([Draft(BATCH_DONE, first.id, "done", {"generation": 1})])
    with room.engine.connect() as connection:
        assert [row.id for row in desk.unfinished(connection)] == [second.id]
        batch = desk.assembled(connection, second.id)
    assert batch is not None
    assert [receipt.scan.name for receipt in batch.receipts] == ["job/1.jpg"]


def test_every_folder_of_the_inbox_with_a_window_s_name_is_a_window_at_once(room: Room) -> None:
    room.intake.scan_once()
    for name in ("W02", "hall-3_b", ".hidden", "bad name", "x" * 33):
        (room.inbox / name).mkdir()
        (room.inbox / name / "a.jpg").write_bytes(scan(name))
    room.let(4)
    assert {row.window for row in room.rows()} == {"W02", "hall-3_b"}


def test_names_sort_as_people_count() -> None:
    names = ["b/1.jpg", "SCAN10.jpg", "scan9.jpg", "Scan9.jpg", "a/10", "a/9", "2.jpg", "页10.jpg", "页9.jpg", ""]
    assert sorted(names, key=natural) == [
        "",
        "2.jpg",
        "a/9",
        "a/10",
        "b/1.jpg",
        "Scan9.jpg",
        "scan9.jpg",
        "SCAN10.jpg",
        "页9.jpg",
        "页10.jpg",
    ]
