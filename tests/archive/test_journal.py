"""The journal holds what the database holds, line for line, and never loses a line that was promised."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.checkpoints import read_checkpoints
from archive.encoding import journal_line, parse_event, parse_line
from archive.journal import Journal
from archive.merkle import tree_hash
from domain.errors import Corrupt
from domain.events import CASE_OPENED, GENESIS, Draft, Event
from domain.model import Digest, Stored
from tests.fakes.ledger import MemoryLedger
from tests.fakes.stillclock import StillClock


def draft(number):
    return Draft(CASE_OPENED, f"case{number}", f"key{number}", {"number": f"A{number}"})


@pytest.fixture
def ledger():
    return MemoryLedger(StillClock())


@pytest.fixture
def make(tmp_path):
    return lambda **more: Journal(tmp_path / "ledger", tmp_path / "mark", **more)


def test_every_event_stands_in_the_journal_as_it_was_hashed(make, ledger, tmp_path):
    journal = make()
    ledger.append([draft(n) for n in range(5)])
    assert journal.catch_up(ledger) == 6
    assert journal.catch_up(ledger) == 0
    lines = (tmp_path / "ledger" / "00000001.jsonl").read_bytes().splitlines()
    for line, event in zip(lines, ledger.read(), strict=True):
        data, leaf = line.split(b"\t")
        assert (data, leaf.decode()) == (event.encoded(), event.leaf())
        assert json.loads(data)["seq"] == event.seq
    assert list(journal.events()) == list(ledger.read())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.integers(2, 7), st.integers(2, 5), st.lists(st.booleans(), min_size=12))
def test_however_it_was_written_it_reads_the_same(tmp_path_factory, steps, per_segment, every, reopen):
    folder = tmp_path_factory.mktemp("journal")
    ledger, number = MemoryLedger(StillClock()), 0
    journal = Journal(folder / "ledger", folder / "mark", per_segment=per_segment, every=every)
    for step, again in zip(steps, reopen, strict=False):
        ledger.append([draft(number + n) for n in range(step)])
        number += step
        journal.catch_up(ledger)
        if again:
            journal.close()
            journal = Journal(folder / "ledger", folder / "mark", per_segment=per_segment, every=every)
    journal.close()
    story = list(ledger.read())
    assert list(journal.events()) == story
    names = sorted(p.name for p in (folder / "ledger").glob("*.jsonl"))
    assert names == [f"{first:08d}.jsonl" for first in range(1, len(story) + 1, per_segment)]
    points = read_checkpoints(folder / "ledger" / "checkpoints.txt")[0]
    assert {size for size in range(every, len(story) + 1, every)} <= {p.size for p in points}
    leaves = [bytes.fromhex(event.leaf()) for event in story]
    assert all(p.root == tree_hash(leaves[: p.size]).hex() for p in points)


def test_two_journals_on_one_folder_follow_each_other(make, ledger):
    one, two = make(per_segment=4, every=3), make(per_segment=4, every=3)
    for number in range(20):
        ledger.append([draft(number)])
        (one if number % 3 else two).catch_up(ledger)
    one.close()
    two.close()
    assert list(make(per_segment=4).events()) == list(ledger.read())


@pytest.mark.parametrize("with_mark", [True, False])
def test_a_torn_line_is_cut_back_and_written_again(make, ledger, tmp_path, with_mark):
    ledger.append([draft(1), draft(2)])
    make().catch_up(ledger)
    mark = (tmp_path / "mark").read_bytes()
    ledger.append([draft(3)])
    line = journal_line(list(ledger.read())[-1])
    path = tmp_path / "ledger" / "00000001.jsonl"
    whole = path.read_bytes()
    for length in range(0, len(line), 7):
        path.write_bytes(whole + line[:length])
        (tmp_path / "mark").write_bytes(mark if with_mark else b"")
        assert make().catch_up(ledger) == 1
        assert path.read_bytes() == whole + line


def damages(path):
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    yield whole[:-1] + b"x"
    yield whole + b"x"
    yield whole.replace(b"A2", b"A9")
    yield b"".join(lines[:-1])
    yield b"".join([*lines[:2], *lines[3:]])
    yield b"".join([*lines, lines[-1]])
    yield b""


def test_a_journal_that_contradicts_the_database_is_left_untouched(make, ledger, tmp_path):
    ledger.append([draft(n) for n in range(5)])
    make().catch_up(ledger)
    path = tmp_path / "ledger" / "00000001.jsonl"
    original, mark = path.read_bytes(), (tmp_path / "mark").read_bytes()
    for number, damaged in enumerate(damages(path)):
        path.write_bytes(damaged)
        for with_mark in (True, False):
            (tmp_path / "mark").write_bytes(mark if with_mark else b"")
            if with_mark or number not in (0, 3, 6):  # a cut journal shows only by the mark; without it the database writes it again
                kept = {p: p.read_bytes() for p in path.parent.iterdir()}
                with pytest.raises(Corrupt):
                    make().catch_up(ledger)
                    list(make().events())
                assert {p: p.read_bytes() for p in path.parent.iterdir()} == kept
        path.write_bytes(original)


def test_a_database_with_another_past_is_not_written_down(make, ledger, tmp_path):
    ledger.append([draft(1), draft(2)])
    make().catch_up(ledger)
    other = MemoryLedger(StillClock())
    other.append([draft(1), draft(3), draft(4)])
    for with_mark in (True, False):
        if not with_mark:
            (tmp_path / "mark").unlink()
        with pytest.raises(Corrupt):
            make().catch_up(other)


def test_a_journal_shorter_than_its_checkpoint_is_not_read_as_whole(make, ledger, tmp_path):
    ledger.append([draft(n) for n in range(5)])
    journal = make()
    journal.catch_up(ledger)
    journal.close()
    (tmp_path / "mark").unlink()
    path = tmp_path / "ledger" / "00000001.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(Corrupt):
        list(make().events())


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.tuples(st.builds(Stored, st.just(Digest("cd" * 32)), st.integers(0, 2**40), st.just("image/png")))


@given(st.dictionaries(st.text(max_size=5), PLAIN, max_size=4), st.text(max_size=9), OBJECTS, st.booleans())
def test_an_event_parsed_is_the_event_encoded(body, text, objects, private):
    event = Event(7, "2026-11-23T08:00:00.000000Z", text, "a.b", text, text, body, objects, objects[0] if private else None, GENESIS)
    assert parse_event(event.encoded()) == event
    assert parse_line(journal_line(event)[:-1]) == (event, event.leaf())


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"v":1', b'"v":2'), (b'"v":1', b'"v":1.0'), (b'"seq":3', b'"seq": 3'), (b'"seq":3', b'"seq":true'), (b'"alg"', b'"alh"')],
)
def test_a_second_spelling_of_an_event_is_none(old, new):
    data = Event(3, "t", "a", "k", "s", "y", {}, (), None, GENESIS).encoded()
    with pytest.raises(ValueError):
        parse_event(data.replace(old, new))
