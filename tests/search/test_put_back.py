"""An older ledger put back where a newer one was indexed: nothing of the lost events is found, nothing of the others is missed."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from domain.errors import Unavailable
from domain.events import DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED
from domain.model import PageEntry, Rights
from search import follower
from search import outbox as outbox_module
from search.follower import FollowedIndex
from search.outbox import Outbox, ask_for_rebuild, building_of
from search.position import Position, read, write
from tests.fakes.followed import Events, Heard
from tests.fakes.search import MemoryIndex

KEPT = ("D000", "D001", "D002")
LOST = ("D003", "D004")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "BATCH_EVENTS", 2)
    monkeypatch.setattr(outbox_module, "KEPT_AFTER", 0.0)


@pytest.fixture
def position(tmp_path: Path) -> Path:
    return tmp_path / "outbox.json"


def backup() -> Events:
    """The ledger as the backup has it."""
    made = Events()
    for document in KEPT:
        made.add(DOCUMENT_SHELVED, document, case=None)
    return made


def lost() -> Events:
    """What the ledger came to afterwards: more documents, and one of the old superseded."""
    made = backup()
    for document in LOST:
        made.add(DOCUMENT_SHELVED, document, case=None)
    made.add(DOCUMENT_SUPERSEDED, KEPT[1])
    return made


def follow(position: Path, index: FollowedIndex, events: Events) -> Heard:
    heard = Heard()
    Outbox(position, index, events, events.entries, heard).catch_up()
    return heard


def documents(index: FollowedIndex) -> list[str]:
    index.refresh()
    return sorted({hit.document for hit in index.search("居住证明", Rights(), 1000).hits})


def told(heard: Heard) -> list[str]:
    return [line["what"] for line in heard.lines if line["event"] == "notice"]


def test_a_restored_folder_without_a_position_has_its_index_made_again_while_the_old_one_answers(
    index: FollowedIndex, position: Path
) -> None:
    follow(position, index, lost())
    position.unlink()
    before, restored = index.identity(), backup()
    outbox = Outbox(position, index, restored, restored.entries, Heard())
    outbox.step()
    assert index.identity() == before and {"D000", "D002"} <= set(documents(index)), "search goes on"
    outbox.catch_up()
    assert documents(index) == [*KEPT]
    assert index.identity() != before and not building_of(position).exists()
    restored.add(DOCUMENT_SHELVED, "D900", case=None)
    assert follow(position, index, restored).lines == [{"event": "indexed", "document": "D900", "pages": 2}]


def test_a_position_beyond_the_ledger_has_the_index_made_again_while_the_old_one_answers(index: FollowedIndex, position: Path) -> None:
    follow(position, index, lost())
    before, older = index.identity(), backup()
    outbox = Outbox(position, index, older, older.entries, Heard())
    outbox.step()
    assert index.identity() == before and {"D000", "D002"} <= set(documents(index)), "search goes on"
    outbox.catch_up()
    assert documents(index) == [*KEPT] and index.identity() != before


def test_an_older_ledger_that_outgrew_the_lost_one_is_known_by_its_events(index: FollowedIndex, position: Path) -> None:
    follow(position, index, lost())
    grown = backup()
    for n in range(10):
        grown.add(DOCUMENT_SHELVED, f"E{n:03}", case=None)
    assert told(follow(position, index, grown)) == ["index-rebuild-begun", "index-rebuilt"]
    assert documents(index) == [*KEPT, *(f"E{n:03}" for n in range(10))]


def test_tombstones_of_lost_events_hide_nothing_also_where_no_page_is_left(index: FollowedIndex, position: Path) -> None:
    gone = backup()
    for document in KEPT:
        gone.add(DOCUMENT_SUPERSEDED, document)
    follow(position, index, gone)
    assert documents(index) == []
    position.unlink()
    follow(position, index, backup())
    assert documents(index) == [*KEPT]


def test_a_successor_that_a_lost_ledger_began_is_begun_anew(index: FollowedIndex, position: Path) -> None:
    events = lost()
    follow(position, index, events)
    ask_for_rebuild(position)
    outbox = Outbox(position, index, events, events.entries, Heard())
    for _ in range(2):
        outbox.step()
    assert read(building_of(position)).seq == 4
    position.unlink()
    building_of(position).unlink()
    follow(position, index, backup())
    assert documents(index) == [*KEPT]


def test_an_index_that_was_emptied_is_known_before_the_first_delivery(position: Path) -> None:
    class Full(MemoryIndex):
        full = False

        def put(self, entries: Sequence[PageEntry]) -> None:
            super().put(entries)
            if self.full:
                raise Unavailable("its answer is lost")

    index, gone = Full(), backup()
    for document in KEPT:
        gone.add(DOCUMENT_SUPERSEDED, document)
    follow(position, index, gone)
    position.unlink()
    index.full = True
    with pytest.raises(Unavailable):
        follow(position, index, backup())
    index.full = False
    emptied = index.identity()
    assert told(follow(position, index, backup())) == []
    assert documents(index) == [*KEPT] and index.identity() == emptied


@pytest.mark.parametrize("killed", [1, 2, 3])
def test_killed_in_the_middle_the_next_start_still_knows(position: Path, killed: int) -> None:
    index, restored = MemoryIndex(), backup()
    follow(position, index, lost())
    position.unlink()
    outbox = Outbox(position, index, restored, restored.entries, Heard())
    for _ in range(killed):
        outbox.step()
    follow(position, index, restored)
    assert documents(index) == [*KEPT]


def test_a_first_start_makes_no_second_index(index: FollowedIndex, position: Path) -> None:
    before = index.identity()
    assert told(follow(position, index, lost())) == []
    assert index.identity() == before


def test_a_position_of_an_older_release_is_gone_on_from(position: Path) -> None:
    index, events = MemoryIndex(), backup()
    follow(position, index, events)
    form = json.loads(position.read_text())
    del form["leaf"]
    position.write_text(json.dumps(form))
    events.add(DOCUMENT_SHELVED, "D900", case=None)
    heard = follow(position, index, events)
    assert heard.indexed() == ["D900"] and told(heard) == []
    assert read(position).leaf == events.all[-1].leaf()
    write(position, Position(index.identity(), 99))
    assert told(follow(position, index, events)) == ["index-rebuild-begun", "index-rebuilt"]


def test_two_followers_of_one_index_do_not_replace_it_in_turns(tmp_path: Path) -> None:
    index, events = MemoryIndex(), backup()
    first, second = (Outbox(tmp_path / f"{n}.json", index, events, events.entries, Heard()) for n in (1, 2))
    first.catch_up()
    second.catch_up()
    settled = index.identity()
    for outbox in (first, second, first, second):
        outbox.catch_up()
    assert index.identity() == settled and documents(index) == [*KEPT]


def test_a_successor_is_not_doubted_by_who_began_it(position: Path) -> None:
    index, events = MemoryIndex(), lost()
    follow(position, index, events)
    ask_for_rebuild(position)
    Outbox(position, index, events, events.entries, Heard()).step()
    assert index.beside is not None
    under_way = index.beside.identity()
    follow(position, index, events)
    assert index.identity() == under_way, "the next start goes on with it"
