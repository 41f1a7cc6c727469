"""A new index beside the old: search never finds less, whatever is killed, asked twice or recorded meanwhile."""

import json
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from domain.errors import Corrupt, Misconfigured, Unavailable
from domain.events import DOCUMENT_ASSIGNED, DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED
from domain.model import PageEntry, Rights
from search import follower, tables
from search import outbox as outbox_module
from search.embedded import EmbeddedIndex
from search.follower import FollowedIndex
from search.outbox import Outbox, ask_for_rebuild, building_of, rebuild, trouble_of
from search.position import read
from tests.fakes.followed import Events, Heard
from tests.fakes.search import MemoryIndex

DOCUMENTS = 30


class Killed(BaseException):
    """What a kill looks like from inside: nothing after it happens."""


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> Events:
    monkeypatch.setattr(follower, "BATCH_EVENTS", 8)
    monkeypatch.setattr(outbox_module, "KEPT_AFTER", 0.0)
    made = Events()
    for n in range(DOCUMENTS):
        made.add(DOCUMENT_SHELVED, f"D{n:03}", case=None)
    made.add(DOCUMENT_SUPERSEDED, "D004")
    made.add(DOCUMENT_ASSIGNED, "D003", case="2026-0001")
    return made


@pytest.fixture
def position(tmp_path: Path) -> Path:
    return tmp_path / "outbox.json"


def pages(index: FollowedIndex) -> int:
    return index.search("居住证明", Rights(), 0).pages


def test_a_rebuild_ends_with_the_same_and_without_what_the_ledger_does_not_know(
    index: FollowedIndex, events: Events, position: Path
) -> None:
    outbox = Outbox(position, index, events, events.entries, Heard())
    outbox.catch_up()
    before, whole = index.identity(), index.search("居住证明", Rights(), 1000)
    stray = PageEntry("STRAY", 1, 1, events.entries(events.all[0])[0].words, "other", "main", "W01")  # type: ignore[union-attr]
    index.put([stray])
    index.refresh()
    assert pages(index) == whole.pages + 1
    shares: list[tuple[int, int]] = []
    assert rebuild(position, index, events, events.entries, Heard(), lambda done, total: shares.append((done, total))) == whole.pages
    assert index.search("居住证明", Rights(), 1000) == whole
    assert index.identity() != before and not building_of(position).exists()
    assert shares == sorted(shares) and shares[-1] == (32, 32) and len(shares) >= 4
    events.add(DOCUMENT_SHELVED, "D900", case=None)
    heard = Heard()
    Outbox(position, index, events, events.entries, heard).catch_up()
    assert heard.indexed() == ["D900"], "the new index is followed on, not from the first event"


def test_what_is_recorded_during_a_rebuild_is_found_before_and_after_the_take_over(
    index: FollowedIndex, events: Events, position: Path
) -> None:
    outbox = Outbox(position, index, events, events.entries, Heard())
    outbox.catch_up()
    ask_for_rebuild(position)
    least, n, before = pages(index), 0, index.identity()
    while outbox.step() or building_of(position).exists():
        if n < 12:
            events.add(DOCUMENT_SHELVED, f"E{n:03}", case=None)
            n += 1
        now = pages(index)
        assert now >= least
        least = now
    assert index.identity() != before and n == 12
    assert pages(index) == 2 * (DOCUMENTS - 1 + 12)


class Mortal(EmbeddedIndex):
    """Killed before or after the call that `countdown` reaches."""

    countdown, after = -1, False

    def _count(self, after: bool) -> None:
        if after is Mortal.after:
            Mortal.countdown -= 1
            if Mortal.countdown == 0:
                raise Killed

    def identity(self) -> str:
        self._count(False)
        found = super().identity()
        self._count(True)
        return found

    def put(self, entries: Sequence[PageEntry]) -> None:
        self._count(False)
        super().put(entries)
        self._count(True)

    def succeed(self) -> None:
        self._count(False)
        super().succeed()
        self._count(True)

    def tidy(self, *, successor: bool = False) -> None:
        self._count(False)
        super().tidy(successor=successor)
        self._count(True)


@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_point_the_next_start_finishes(events: Events, tmp_path: Path, after: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "BATCH_EVENTS", 20)
    died, at = True, 0
    while died:
        at, died = at + 1, False
        place = tmp_path / f"{at}"
        position, index = place / "outbox.json", Mortal(place / "index.db")
        Outbox(position, index, events, events.entries, Heard()).catch_up()
        whole, before = index.search("居住证明", Rights(), 1000), index.identity()
        ask_for_rebuild(position)
        Mortal.countdown, Mortal.after = at, after
        try:
            Outbox(position, index, events, events.entries, Heard()).catch_up()
        except Killed:
            died = True
        Mortal.countdown = -1
        assert index.search("居住证明", Rights(), 1000) == whole, f"a gap after call {at}"
        heard = Heard()
        Outbox(position, index, events, events.entries, heard).catch_up()
        index.tidy()
        assert index.search("居住证明", Rights(), 1000) == whole
        assert index.identity() != before and heard.indexed() == []
        assert {file.name for file in place.iterdir()} <= {"outbox.json", "index.db", "index.db-wal", "index.db-shm"}
    assert at > 8


def test_an_index_of_another_analysis_is_replaced_unasked(events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    position, index = tmp_path / "outbox.json", EmbeddedIndex(tmp_path / "index.db")
    Outbox(position, index, events, events.entries, Heard()).catch_up()
    whole, before = index.search("居住证明", Rights(), 1000), index.identity()
    monkeypatch.setattr(tables, "fingerprint", lambda form: f"form{form}-another")
    heard, outbox = Heard(), Outbox(position, index, events, events.entries, Heard())
    outbox._feed = heard
    outbox.step()
    assert index.identity() == before and index.search("居住证明", Rights(), 1000) == whole
    outbox.catch_up()
    assert index.identity() != before and index.search("居住证明", Rights(), 1000) == whole
    assert [line["what"] for line in heard.lines] == ["index-rebuild-begun", "index-rebuilt"]


def test_an_index_that_lost_a_part_is_replaced_although_it_takes_nothing(events: Events, position: Path) -> None:
    class Red(MemoryIndex):
        red = False

        def put(self, entries: Sequence[PageEntry]) -> None:
            if self.red:
                raise Unavailable("a shard is gone")
            super().put(entries)

    index = Red()
    outbox = Outbox(position, index, events, events.entries, Heard())
    outbox.catch_up()
    index.red = True
    events.add(DOCUMENT_SHELVED, "D900", case=None)
    with pytest.raises(Unavailable):
        outbox.step()
    ask_for_rebuild(position)
    while building_of(position).exists():
        outbox.step()
    assert pages(index) == 2 * DOCUMENTS


def test_a_successor_filled_from_a_newer_ledger_does_not_take_over(events: Events, position: Path) -> None:
    index = MemoryIndex()
    outbox = Outbox(position, index, events, events.entries, Heard())
    outbox.catch_up()
    ask_for_rebuild(position)
    for _ in range(3):
        outbox.step()
    assert read(building_of(position)).seq > 10
    older = Events()
    older.add(DOCUMENT_SHELVED, "D000", case=None)
    Outbox(position, index, older, older.entries, Heard()).catch_up()
    assert sorted(index.pages) == ["D000-1", "D000-2"]


def test_an_empty_index_is_filled_itself_without_a_successor(index: FollowedIndex, events: Events, position: Path) -> None:
    heard = Heard()
    assert rebuild(position, index, events, events.entries, heard) == 2 * (DOCUMENTS - 1)
    assert not [line for line in heard.lines if line["event"] == "notice"]


class Choosy(MemoryIndex):
    """Refuses what is said of the documents in `refused`, and takes the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: set[str] = set()

    def put(self, entries: Sequence[PageEntry]) -> None:
        super().put([entry for entry in entries if entry.document not in self.refused])
        bad = sorted({entry.document for entry in entries} & self.refused)
        if bad:
            raise Corrupt("refused", documents=bad)

    def drop(self, document: str, version: int) -> None:
        if document in self.refused:
            raise Corrupt("refused", documents=[document])
        super().drop(document, version)


def test_a_document_the_index_refuses_keeps_back_no_other_and_is_tried_again(
    events: Events, position: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, heard = Choosy(), Heard()
    index.refused = {"D002", "D004"}
    outbox = Outbox(position, index, events, events.entries, heard)
    outbox.catch_up()
    assert pages(index) == 2 * (DOCUMENTS - 2) and outbox.behind() == 3
    assert "D002" not in heard.indexed() and "D005" in heard.indexed()
    told = [(line["what"], line["seq"], line["error"]) for line in heard.lines if line["event"] == "notice"]
    assert sorted(told) == [("not-indexed", 3, "Corrupt"), ("not-indexed", 5, "Corrupt"), ("not-indexed", 31, "Corrupt")]
    assert json.loads(position.read_text())["aside"] == [3, 5, 31]
    index.refused = set()
    outbox.catch_up()
    assert outbox.behind() == 3, "it is not tried again at once"
    outbox._aside_at = time.monotonic()
    outbox.step()
    assert outbox.behind() == 0 and pages(index) == 2 * (DOCUMENTS - 1)


def test_what_was_set_aside_is_tried_again_soon_and_then_ever_more_seldom(
    events: Events, position: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(outbox_module.time, "monotonic", lambda: now[0])
    index, tried = Choosy(), []
    index.refused = {"D002"}

    def entries(event):
        tried.append((now[0], event.seq))
        return events.entries(event)

    outbox = Outbox(position, index, events, entries, Heard())
    outbox.catch_up()
    tried.clear()
    while now[0] < 9000:
        now[0] += 1
        outbox.step()
    when = [at for at, _ in tried]
    assert when[0] == 15 and when[1] == 45 and [b - a for a, b in zip(when[-2:], when[-1:], strict=False)] == [3600]
    assert len(when) < 12
    index.refused = set()
    now[0] += 3600
    outbox.step()
    assert outbox.behind() == 0


@pytest.mark.parametrize("error", [Unavailable("the cluster is red"), Misconfigured("the password is wrong")])
def test_an_outage_is_told_once_and_its_end_once_and_kept_for_status(
    events: Events, position: Path, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox_module, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(outbox_module, "LONGEST_WAIT", 0.01)

    class Out(MemoryIndex):
        calls = 0

        def _reach(self) -> None:
            self.calls += 1
            if self.down:
                raise error

    index, heard, stop = Out(), Heard(), threading.Event()
    index.down = True
    outbox = Outbox(position, index, events, events.entries, heard)
    thread = threading.Thread(target=outbox.run, args=(stop, 0.005), daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while index.calls < 20 and time.monotonic() < until:
        time.sleep(0.01)
    assert trouble_of(position) == str(error)
    index.down = False
    while trouble_of(position) and time.monotonic() < until:
        time.sleep(0.01)
    stop.set()
    thread.join()
    assert [line["what"] for line in heard.lines if line["event"] == "notice"] == ["search-unavailable", "search-back"]
    assert pages(index) > 0
