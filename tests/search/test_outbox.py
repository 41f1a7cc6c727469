"""From the ledger into the index: nothing lost, nothing stale, whatever is killed, unreachable or out of order."""

import json
import random
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from domain.errors import Unavailable
from domain.events import CASE_OPENED, DOCUMENT_ASSIGNED, DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED, DOCUMENT_UNASSIGNED, RECEIPT_ISSUED
from domain.model import PageEntry, Rights
from search import follower
from search import outbox as outbox_module
from search.embedded import EmbeddedIndex
from search.outbox import FollowedIndex, Outbox, rebuild
from search.position import read
from tests.fakes.followed import Events, Heard
from tests.fakes.search import MemoryIndex


class Failing(MemoryIndex):
    """Out of reach at the calls `fails` names; a put fails before or after it took effect."""

    def __init__(self, fails: Callable[[int], bool]) -> None:
        super().__init__()
        self.fails, self.calls = fails, 0

    def _reach(self) -> None:
        self.calls += 1
        if self.fails(self.calls):
            raise Unavailable("out of reach")

    def put(self, entries: Sequence[PageEntry]) -> None:
        super().put(entries)
        self._reach()


def shelve(events: Events, count: int, first: int = 0) -> None:
    for n in range(first, first + count):
        events.add(DOCUMENT_SHELVED, f"D{n:03}", case=None)


def found(index: FollowedIndex, query: str) -> list[str]:
    index.refresh()
    return [f"{hit.document}.{hit.page}" for hit in index.search(query, Rights(), 10_000).hits]


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def position(tmp_path: Path) -> Path:
    return tmp_path / "derived" / "search.position"


def test_a_shelved_document_is_found_and_told(events: Events, heard: Heard, position: Path) -> None:
    index = MemoryIndex()
    outbox = Outbox(position, index, events, events.entries, heard)
    events.add(RECEIPT_ISSUED, "R1")
    shelve(events, 1)
    assert outbox.behind() == 2
    assert outbox.step() == 2
    assert outbox.behind() == 0 and outbox.step() == 0
    assert found(index, "居住证明") == ["D000.1", "D000.2"]
    assert heard.lines == [{"event": "indexed", "document": "D000", "pages": 2}]
    assert {entry.version for entry in index.pages.values()} == {2}


def test_assigning_and_superseding_reach_the_index(events: Events, heard: Heard, position: Path) -> None:
    index = MemoryIndex()
    shelve(events, 3)
    events.add(DOCUMENT_ASSIGNED, "D000", case="2026-0001")
    events.add(DOCUMENT_ASSIGNED, "D001", case="2026-0001")
    events.add(DOCUMENT_UNASSIGNED, "D001", case="2026-0001")
    events.add(DOCUMENT_SUPERSEDED, "D002", generation=2)
    events.add(CASE_OPENED, "C1", number="2026-0001")
    Outbox(position, index, events, events.entries, heard).catch_up()
    assert found(index, "case:2026-0001") == ["D000.1", "D000.2"]
    assert found(index, 'case:""') == ["D001.1", "D001.2"]
    assert found(index, "document:D002") == []


def test_delivery_goes_on_where_it_stopped(events: Events, heard: Heard, position: Path) -> None:
    index = MemoryIndex()
    shelve(events, 5)
    Outbox(position, index, events, events.entries, heard).catch_up()
    shelve(events, 2, first=5)
    later = Outbox(position, index, events, events.entries, heard)
    assert later.behind() == 2
    later.catch_up()
    assert heard.indexed() == [f"D{n:03}" for n in range(7)]


@pytest.mark.parametrize("seed", range(5))
def test_an_index_that_fails_again_and_again_gets_everything(
    events: Events, heard: Heard, position: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "BATCH_EVENTS", 3)
    rng = random.Random(seed)
    index = Failing(lambda _: rng.random() < 0.2)
    shelve(events, 20)
    for n in range(0, 20, 4):
        events.add(DOCUMENT_SUPERSEDED, f"D{n:03}")
    outbox = Outbox(position, index, events, events.entries, heard)
    while outbox.behind():
        with suppress(Unavailable):
            outbox.step()
    assert sorted(index.pages) == sorted(f"D{n:03}-{page}" for n in range(20) if n % 4 for page in (1, 2))


def test_the_position_moves_only_after_the_index_has_acknowledged(events: Events, heard: Heard, position: Path) -> None:
    index = Failing(lambda call: call == 4)  # identity answers, it is empty, put takes effect, its answer is lost
    shelve(events, 1)
    with pytest.raises(Unavailable):
        Outbox(position, index, events, events.entries, heard).step()
    assert len(index.pages) == 2
    assert read(position).seq == 0
    assert heard.lines == []
    before = index.identity()
    Outbox(position, index, events, events.entries, heard).catch_up()
    assert index.identity() == before and heard.indexed() == ["D000"], "what is in it is known to be of this ledger"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"identity": 1}', b"\xff\xfe"])
def test_a_damaged_position_only_means_delivering_again(events: Events, heard: Heard, position: Path, content: bytes) -> None:
    index = MemoryIndex()
    shelve(events, 3)
    position.parent.mkdir()
    position.write_bytes(content)
    Outbox(position, index, events, events.entries, heard).catch_up()
    assert index.count() == 6


def test_an_index_that_was_lost_is_filled_again(events: Events, heard: Heard, tmp_path: Path, position: Path) -> None:
    index = EmbeddedIndex(tmp_path / "search.sqlite")
    shelve(events, 3)
    outbox = Outbox(position, index, events, events.entries, heard)
    outbox.catch_up()
    (tmp_path / "search.sqlite").unlink()
    outbox.catch_up()
    assert found(index, "居住证明") == [f"D{n:03}.{page}" for n in range(3) for page in (1, 2)]


def test_a_quiet_follower_notices_a_lost_index(events: Events, heard: Heard, position: Path) -> None:
    index = MemoryIndex()
    shelve(events, 3)
    outbox = Outbox(position, index, events, events.entries, heard)
    outbox.catch_up()
    index.clear()
    for _ in range(outbox_module.LOOKS + 1):
        outbox.step()
    assert index.count() == 6


def test_a_ledger_put_back_from_an_older_copy_leaves_nothing_of_the_newer(events: Events, heard: Heard, position: Path) -> None:
    index = MemoryIndex()
    shelve(events, 5)
    Outbox(position, index, events, events.entries, heard).catch_up()
    older = Events()
    shelve(older, 2)
    Outbox(position, index, older, older.entries, heard).catch_up()
    assert sorted(index.pages) == ["D000-1", "D000-2", "D001-1", "D001-2"]


def test_one_document_that_cannot_be_read_stops_no_other(events: Events, heard: Heard, position: Path) -> None:
    index = MemoryIndex()
    shelve(events, 3)
    events.damaged = {"D001"}
    outbox = Outbox(position, index, events, events.entries, heard)
    outbox.catch_up()
    assert {entry.document for entry in index.pages.values()} == {"D000", "D002"}
    assert outbox.behind() == 1
    assert {"event": "notice", "what": "not-indexed", "seq": 2, "error": "Corrupt"} in heard.lines
    assert json.loads(position.read_text())["aside"] == [2]
    shelve(events, 1, first=3)
    outbox.catch_up()
    assert json.loads(position.read_text())["aside"] == [2]


def test_what_was_set_aside_is_tried_again_at_the_next_start(events: Events, heard: Heard, position: Path) -> None:
    index = MemoryIndex()
    shelve(events, 3)
    events.damaged = {"D001", "D002"}
    Outbox(position, index, events, events.entries, heard).catch_up()
    events.damaged = {"D002"}
    again = Outbox(position, index, events, events.entries, heard)
    again.catch_up()
    assert again.behind() == 1
    assert {entry.document for entry in index.pages.values()} == {"D000", "D001"}


def test_a_late_retry_does_not_undo_what_came_after(events: Events, heard: Heard, position: Path) -> None:
    index = MemoryIndex()
    shelve(events, 1)
    events.damaged = {"D000"}
    Outbox(position, index, events, events.entries, heard).catch_up()
    events.damaged = set()
    events.add(DOCUMENT_SUPERSEDED, "D000")
    Outbox(position, index, events, events.entries, heard).catch_up()
    assert index.count() == 0


def test_rebuild_ends_with_what_following_ended_with(events: Events, heard: Heard, position: Path, tmp_path: Path) -> None:
    index = EmbeddedIndex(tmp_path / "search.sqlite")
    shelve(events, 30)
    events.add(DOCUMENT_ASSIGNED, "D003", case="2026-0001")
    events.add(DOCUMENT_SUPERSEDED, "D004")
    follower = Outbox(position, index, events, events.entries, heard)
    follower.catch_up()
    before = index.search("居住证明", Rights(), 1000)
    assert rebuild(position, index, events, events.entries, heard) == 58
    assert index.search("居住证明", Rights(), 1000) == before
    shelve(events, 1, first=30)
    follower.catch_up()
    assert index.count() == 60


def test_run_follows_until_told_to_stop_and_outlives_an_outage(
    events: Events, heard: Heard, position: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox_module, "FIRST_WAIT", 0.002)
    index, stop, done = MemoryIndex(), threading.Event(), threading.Event()
    outbox = Outbox(position, index, events, events.entries, heard)
    tell = heard.tell

    def told(event: str, **facts: Any) -> None:
        tell(event, **facts)
        if facts.get("document") == "D001" or event == "notice":
            done.set()

    monkeypatch.setattr(heard, "tell", told)
    index.down = True
    shelve(events, 1)
    thread = threading.Thread(target=outbox.run, args=(stop, 0.005), daemon=True)
    thread.start()
    assert done.wait(10), "a long outage must be told"
    done.clear()
    index.down = False
    shelve(events, 1, first=1)
    assert done.wait(10)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert index.count() == 4
    assert [line["what"] for line in heard.lines if line["event"] == "notice"] == ["search-unavailable", "search-back"]


def test_events_of_other_things_are_passed_by(events: Events, heard: Heard, position: Path) -> None:
    for n in range(500):
        events.add(RECEIPT_ISSUED, f"R{n}")
    outbox = Outbox(position, MemoryIndex(), events, events.entries, heard)
    outbox.catch_up()
    assert outbox.behind() == 0 and heard.lines == []
