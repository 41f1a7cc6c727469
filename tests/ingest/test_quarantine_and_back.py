"""Set apart with a reason, and the way back."""

import pytest

from domain.errors import Conflict, NotFound
from domain.model import ReceiptState
from domain.reasons import Reason
from ingest import desk
from ingest.quarantine import refuse, requeue
from tests.fakes.intake_room import Room
from tests.fakes.scans import scan


def test_a_refused_receipt_is_listed_with_its_reason_and_keeps_its_bytes(room: Room) -> None:
    room.put("a.jpg", scan("a"))
    room.let(4)
    (row,) = room.rows()
    refuse(room.registrar, room.engine, row.id, Reason.DAMAGED, "examine", "no end of image")
    refuse(room.registrar, room.engine, row.id, Reason.DAMAGED, "examine", "no end of image")
    with room.engine.connect() as connection:
        (kept,) = desk.quarantined(connection)
        batch = desk.assembled(connection, kept.batch)
    assert (kept.reason, kept.reason_step, kept.detail, kept.name) == ("damaged", "examine", "no end of image", "a.jpg")
    assert kept.stored is not None
    assert room.store.read(kept.stored) == scan("a")
    assert batch is not None
    assert batch.receipts == ()
    assert room.registrar.kinds().count("receipt.refused") == 1


def test_requeue_makes_it_pending_and_runs_its_batch_again(room: Room) -> None:
    room.put("a.jpg", scan("a"))
    room.let(4)
    (row,) = room.rows()
    for generation in (2, 3):
        refuse(room.registrar, room.engine, row.id, Reason.READER_FAILED, "read")
        assert requeue(room.registrar, room.engine, row.id) == (row.batch, generation)
        (back,) = room.rows()
        assert (back.state, back.reason, back.detail) == (ReceiptState.PENDING, None, None)
        with room.engine.connect() as connection:
            assert [b.closed_generation for b in desk.unfinished(connection)] == [generation]


def test_what_was_refused_before_its_batch_ever_closed_can_come_back(room: Room) -> None:
    room.put("a.pdf", b"")
    room.let(room.settings.give_up + 20, step=10)
    (row,) = room.rows()
    with room.engine.connect() as connection:
        assert desk.unfinished(connection) == []
    assert requeue(room.registrar, room.engine, row.id) == (row.batch, 1)
    room.put("b.pdf", b"")
    room.let(room.settings.give_up + 20, step=10)
    assert [r.state for r in room.rows()] == [ReceiptState.PENDING, ReceiptState.DUPLICATE]


def test_requeue_refuses_what_makes_no_sense(room: Room) -> None:
    (room.window / "link.jpg").symlink_to("/nowhere")
    room.put("a.jpg", scan("a"))
    room.let(4)
    link, scanned = room.rows()
    with pytest.raises(Conflict, match="no bytes"):
        requeue(room.registrar, room.engine, link.id)
    with pytest.raises(Conflict, match="not in quarantine"):
        requeue(room.registrar, room.engine, scanned.id)
    with pytest.raises(NotFound):
        requeue(room.registrar, room.engine, "0" * 26)
    with pytest.raises(NotFound):
        refuse(room.registrar, room.engine, "0" * 26, Reason.DAMAGED, "x")


def test_bytes_in_quarantine_stand_in_nobody_s_way_and_never_come_back_doubled(room: Room) -> None:
    room.put("a.jpg", scan("a"))
    room.let(4)
    refuse(room.registrar, room.engine, room.rows()[0].id, Reason.TOO_LARGE, "examine")
    room.put("a.jpg", scan("a"))
    room.let(4)
    first, second = room.rows()
    assert (second.state, second.twin) == (ReceiptState.PENDING, None)
    with pytest.raises(Conflict) as caught:
        requeue(room.registrar, room.engine, first.id)
    assert caught.value.facts["twin"] == second.id


def test_a_duplicate_names_the_first_of_its_kind(room: Room) -> None:
    for name in ("a.jpg", "b.jpg", "job/c.jpg"):
        room.put(name, scan("same"))
        room.let(4)
    first, *others = room.rows()
    assert [(row.state, row.twin) for row in others] == [(ReceiptState.DUPLICATE, first.id)] * 2
    assert room.feed.of("received")[1]["twin"] == first.id
    with room.engine.connect() as connection:
        assert desk.counts(connection) == {
            "pending": 1,
            "shelved": 0,
            "quarantined": 0,
            "duplicate": 2,
            "empty": 0,
            "received": 3,
            "pages": 0,
        }
