"""What every ledger promises (`domain.ports.Ledger`)."""

import threading

import pytest

from archive.database import open_database
from archive.ledger import SqlLedger
from archive.merkle import tree_hash
from archive.tables import metadata
from domain.errors import Conflict
from domain.events import CASE_OPENED, GENESIS, LEDGER_OPENED, Draft
from domain.ids import is_ulid
from domain.model import Digest, Stored
from tests.fakes.ledger import MemoryLedger
from tests.fakes.stillclock import StillClock

SEALED = Stored(Digest("ab" * 32), 80, "application/vnd.casefile.private")


def draft(number, **more):
    return Draft(CASE_OPENED, f"case{number}", f"key{number}", {"number": f"A{number}", "window": None}, **more)


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def make(request, tmp_path, clock):
    engines = []

    def made(projectors=(), opener=None):
        if request.param == "memory":
            return MemoryLedger(clock, projectors, opener)
        where = request.getfixturevalue("postgres_url") if request.param == "postgresql" else tmp_path / "casefile.db"
        engines.append(open_database(where))
        with engines[-1].execution_options(writes=True).begin() as connection:
            metadata.create_all(connection)
        return SqlLedger(engines[-1], clock, projectors, opener)

    yield made
    for engine in engines:
        engine.dispose()


def test_the_first_event_opens_the_ledger(make):
    ledger = make()
    assert (ledger.size(), list(ledger.read())) == (0, [])
    [event] = ledger.append([draft(1)])
    first, second = ledger.read()
    assert (first.seq, first.kind, first.body, first.prev) == (1, LEDGER_OPENED, {"format": 1, "hash": "sha256"}, GENESIS)
    assert is_ulid(first.subject)
    assert second == event
    assert ledger.size() == 2


def test_each_event_names_the_leaf_of_the_one_before(make, clock):
    ledger = make()
    for number in range(5):
        ledger.append([draft(2 * number), draft(2 * number + 1)])
        clock.move(-60)  # a clock that goes back changes no order
    story = list(ledger.read())
    assert [event.seq for event in story] == list(range(1, 12))
    assert [event.prev for event in story] == [GENESIS, *(event.leaf() for event in story[:-1])]
    assert story[-1].at < story[0].at


def test_reading_gives_the_events_asked_for(make):
    ledger = make()
    ledger.append([draft(n) for n in range(1100)])
    assert [e.seq for e in ledger.read(3, 6)] == [3, 4, 5]
    assert [e.seq for e in ledger.read(1099)] == [1099, 1100, 1101]
    assert [e.seq for e in ledger.read()] == list(range(1, 1102))
    assert list(ledger.read(5, 5)) == list(ledger.read(2000)) == []


def test_a_key_stands_once_for_ever(make):
    ledger = make()
    [first] = ledger.append([draft(1)])
    again = ledger.append([Draft(CASE_OPENED, "other", "key1"), draft(2), draft(2)])
    assert again[0] == first
    assert again[1] == again[2]
    assert ledger.size() == 3


def test_what_goes_along_with_a_key_that_stood_before_is_left_out(make):
    ledger = make()
    both = ledger.append([draft(1, along="key2"), draft(2)])
    assert [event.key for event in both] == ["key1", "key2"]
    late = ledger.append([draft(1, along="key2"), draft(2), draft(3, along="key2"), draft(4)])
    assert [event.key for event in late] == ["key1", "key2", "key4"]
    assert [event.key for event in ledger.read(2)] == ["key1", "key2", "key4"]


def test_the_root_is_that_of_the_leaves(make):
    ledger = make()
    assert ledger.root() == ledger.root(0) == tree_hash([]).hex()
    ledger.append([draft(n) for n in range(9)])
    leaves = [bytes.fromhex(event.leaf()) for event in ledger.read()]
    assert ledger.root() == tree_hash(leaves).hex()
    ledger.append([draft(77)])
    for size in (10, 3, 0, 10):
        assert ledger.root(size) == tree_hash(leaves[:size]).hex()
    with pytest.raises(ValueError, match=r"12|more"):
        ledger.root(12)


def test_a_conflict_appends_nothing(make):
    def only_one(connection, event, private):
        if event.subject == "case2":
            raise Conflict("only one")

    ledger = make([only_one])
    ledger.append([draft(1)])
    with pytest.raises(Conflict):
        ledger.append([draft(3), draft(2)])
    assert [e.subject for e in ledger.read(2)] == ["case1"]
    ledger.append([draft(3)])
    assert [e.seq for e in ledger.read()] == [1, 2, 3]


def test_projectors_see_each_new_event_once_with_its_clear_body(make):
    seen = []
    ledger = make([lambda connection, event, private: seen.append((event.seq, private))], lambda stored: {"name": "张三"})
    ledger.append([draft(1, private={"name": "张三"}, sealed=SEALED), draft(2)])
    ledger.append([draft(1, private={"name": "张三"}, sealed=SEALED)])
    assert seen == [(1, None), (2, {"name": "张三"}), (3, None)]
    assert next(ledger.read(2)).private == SEALED


def test_a_private_body_must_come_sealed(make):
    ledger = make()
    with pytest.raises(ValueError, match="sealed"):
        ledger.append([draft(1, private={"name": "张三"})])
    assert ledger.size() == 0


def test_what_canonical_json_does_not_take_is_not_written(make):
    ledger = make()
    with pytest.raises(TypeError):
        ledger.append([Draft("a.b", "s", "k", {"share": 0.5})])
    assert ledger.size() == 0


def test_threads_append_without_gaps(make):
    ledger = make()
    start = threading.Barrier(4)

    def work(worker):
        start.wait()
        for number in range(20):
            ledger.append([draft(f"{worker}-{number}"), draft(f"shared-{number}")])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    story = list(ledger.read())
    assert len(story) == 1 + 4 * 20 + 20
    assert [event.prev for event in story[1:]] == [event.leaf() for event in story[:-1]]
