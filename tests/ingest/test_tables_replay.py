"""The tables are a pure function of the ledger."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from domain.errors import Conflict
from domain.events import BATCH_DONE, BATCH_OPENED, RECEIPT_DONE, RECEIPT_ISSUED, Draft
from domain.model import Digest, ReceiptState, Stored
from domain.reasons import Reason
from ingest import desk
from ingest.batch import Arrival, close, drafts
from ingest.quarantine import refuse, requeue
from ingest.tables import apply, batches, metadata, receipts
from tests.fakes.books import FakeClock, FakeRegistrar, FakeStore, fake_engine
from tests.fakes.intake_room import Room

COMMANDS = st.lists(
    st.one_of(
        st.tuples(
            st.just("arrive"),
            st.integers(0, 5),
            st.sampled_from(["W01", "W02"]),
            st.sampled_from([None, "job", "张三"]),
            st.sampled_from([None, None, Reason.INCOMPLETE, Reason.NOT_A_FILE, Reason.EMPTY_FILE]),
        ),
        st.tuples(st.sampled_from(["close", "refuse", "requeue", "done", "batch-done"]), st.integers(0, 20)),
        st.tuples(st.just("wait"), st.sampled_from([1.0, 50.0, 500.0])),
    ),
    max_size=40,
)


def tables(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    with engine.connect() as connection:
        return {t.name: [dict(r._mapping) for r in connection.execute(select(t).order_by(t.c.id))] for t in (receipts, batches)}


def number(made: list[str]) -> str:
    return f"{len(made):026}"


def play(room: Room, commands: list[Any]) -> None:
    made: list[str] = []
    for command in commands:
        try:
            if command[0] == "arrive":
                _, content, window, folder, reason = command
                stored = None if reason is Reason.NOT_A_FILE else room.store.stage(str(content).encode(), "image/jpeg")
                arrival = Arrival(number(made), window, "main", (folder or "", f"{len(made)}.jpg"), folder, stored, reason)
                with room.engine.connect() as connection:
                    events, _ = drafts(connection, arrival, room.clock.now(), 100, lambda w: None)
                room.registrar.record(events)
                made.append(arrival.receipt)
            elif command[0] == "wait":
                room.clock.move(command[1])
            elif made:
                step(room, command[0], made[command[1] % len(made)])
        except Conflict:
            continue


def step(room: Room, what: str, receipt: str) -> None:
    with room.engine.connect() as connection:
        row = desk.receipt_row(connection, receipt)
        assert row is not None
        batch = desk.batch_row(connection, row.batch)
    assert batch is not None
    if what == "close":
        close(room.registrar, room.engine, row.batch, "quiet")
    elif what == "refuse" and row.state is ReceiptState.PENDING:
        refuse(room.registrar, room.engine, receipt, Reason.DAMAGED, "examine", "facts")
    elif what == "requeue":
        requeue(room.registrar, room.engine, receipt)
    elif what == "done" and row.state is ReceiptState.PENDING:
        body = {"state": "shelved", "pages": 2, "generation": batch.closed_generation}
        room.registrar.record([Draft(RECEIPT_DONE, receipt, f"d:{receipt}:{batch.closed_generation}", body)])
    elif what == "batch-done" and batch.closed_generation:
        generation = batch.closed_generation
        room.registrar.record([Draft(BATCH_DONE, row.batch, f"b:{row.batch}:{generation}", {"generation": generation})])


def replayed(room: Room, with_names: bool) -> dict[str, list[dict[str, Any]]]:
    other = fake_engine()
    metadata.create_all(other)
    with other.begin() as connection:
        for event, private in room.registrar.events():
            apply(connection, event, private if with_names else None)
    result = tables(other)
    other.dispose()
    return result


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commands=COMMANDS)
def test_replaying_the_ledger_gives_equal_tables(tmp_path_factory: pytest.TempPathFactory, commands: list[Any]) -> None:
    room = Room(tmp_path_factory.mktemp("room"))
    play(room, commands)
    before = tables(room.engine)
    assert replayed(room, True) == before
    without = replayed(room, False)
    for table, personal in (("receipts", "name"), ("batches", "folder")):
        assert [{**row, personal: None} for row in before[table]] == without[table], "names are all that destroyed keys take away"
    with room.engine.connect() as connection:
        counts = desk.counts(connection)
        living = [r["digest"] for r in before["receipts"] if r["state"] in ("pending", "shelved", "empty")]
    assert counts["received"] == len(before["receipts"]) == sum(counts[s.value] for s in ReceiptState)
    assert len(living) == len(set(living)), "the same bytes have at most one living receipt"
    assert all(row["done_generation"] <= row["closed_generation"] for row in before["batches"])
    room.engine.dispose()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commands=COMMANDS)
def test_every_receipt_to_be_dealt_with_is_in_an_open_or_unfinished_batch(tmp_path_factory: Any, commands: list[Any]) -> None:
    room = Room(tmp_path_factory.mktemp("room"))
    play(room, [command for command in commands if command[0] != "batch-done"])
    with room.engine.connect() as connection:
        busy = {row.id for row in [*desk.open_folders(connection), *desk.unfinished(connection)]}
    assert {row.batch for row in room.rows() if row.state is ReceiptState.PENDING} <= busy
    room.engine.dispose()


def test_a_repeated_draft_changes_nothing(room: Room) -> None:
    stored = room.store.stage(b"x", "image/jpeg")
    with room.engine.connect() as connection:
        events, _ = drafts(connection, Arrival("0" * 26, "W01", "main", ("a",), None, stored), room.clock.now(), 1, lambda w: None)
    room.registrar.record(events)
    before = tables(room.engine)
    room.registrar.record(events)
    assert tables(room.engine) == before


def test_two_processes_that_see_the_same_cannot_both_issue_or_open(room: Room) -> None:
    def view(receipt: str, content: bytes, folder: str | None) -> list[Draft]:
        arrival = Arrival(receipt, "W01", "main", ("job", receipt), folder, room.store.stage(content, "image/jpeg"))
        with room.engine.connect() as connection:
            return drafts(connection, arrival, room.clock.now(), 100, lambda w: None)[0]

    one, two = view("1" * 26, b"same", None), view("2" * 26, b"same", None)
    room.registrar.record(one)
    with pytest.raises(Conflict):
        room.registrar.record(two)
    assert [d.kind for d in view("2" * 26, b"same", None)] == [BATCH_OPENED, "receipt.duplicate"]
    three, four = view("3" * 26, b"3", "job"), view("4" * 26, b"4", "job")
    room.registrar.record(three)
    with pytest.raises(Conflict):
        room.registrar.record(four)
    assert [d.kind for d in view("4" * 26, b"4", "job")] == [RECEIPT_ISSUED]
    assert len(room.rows()) == 2


def test_no_event_holds_a_name(room: Room) -> None:
    room.put("张三 44190019900101001X/SCAN1.jpg", b"\xff\xd8\xff\xe0" + bytes(20))
    room.put("李四.pdf", b"")
    room.let(room.settings.give_up + 60, step=10)
    assert len(room.rows()) == 2
    text = str([event.plain() for event, _ in room.registrar.events()]) + str(room.feed.lines)
    for secret in ("张三", "李四", "4419", "SCAN1"):
        assert secret not in text


def test_both_tables_can_be_made_by_postgresql() -> None:
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    text = "".join(str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in metadata.sorted_tables)
    assert '"window" VARCHAR(32)' in text
    assert Stored(Digest("0" * 64), 1, "image/jpeg").digest.hex == "0" * 64


def test_the_fake_registrar_shares_a_file_between_engines(tmp_path: Any) -> None:
    one, two = fake_engine(tmp_path / "db"), fake_engine(tmp_path / "db")
    books = [FakeRegistrar(engine, metadata, [apply], FakeStore(tmp_path / "s"), FakeClock()) for engine in (one, two)]
    books[0].record([Draft("x", "y", "k")])
    assert [event.key for event, _ in books[1].events()] == ["k"]
    one.dispose()
    two.dispose()
