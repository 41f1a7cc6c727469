"""serve reads what is kept again by itself: in turn, within the days, slowly, and says aloud what is not whole."""

import json
import logging
import os
import threading
import time

import pytest

from app import caretaker
from app.caretaker import Noted
from archive.fixity import part_of
from archive.rounds import PARTS
from domain.events import FIXITY_CHECKED
from tests.fakes.datafolder import document, receipt
from tests.fakes.kept import house
from tests.fakes.stillclock import StillClock

SOME = 12


def fill(found, count=6):
    for number in range(count):
        found.books.registrar.record([receipt(found.books, number), document(found.books, number)])


def spoil(data):
    path = sorted((data / "store").glob("*/*.pdf"))[0]
    path.chmod(0o644)
    path.write_bytes(b"X" + path.read_bytes()[1:])
    return path.name


def checked(found):
    return [event.body["part"] for event in found.books.ledger.read() if event.kind == FIXITY_CHECKED]


def test_each_turn_reads_what_is_due_and_nothing_is_due_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(caretaker, "PARTS", SOME)
    (tmp_path / "casefile.toml").write_text("[fixity]\ndays = 9\n")
    clock = StillClock()
    with house(tmp_path, clock) as found:
        fill(found)
        assert found.caretaker.turn() is None, "a new archive needs nothing"
        for _ in range(9 * 4):
            clock.move(6 * 3600)
            while found.caretaker.turn() is not None:
                pass
        assert set(checked(found)) == set(range(1, SOME + 1))
        assert len(checked(found)) <= 1.3 * SOME
        assert (clock.now() - found.caretaker.state().oldest).days < 9


def test_damage_is_an_alarm_in_log_and_feed(tmp_path, caplog):
    clock = StillClock()
    with house(tmp_path, clock) as found:
        fill(found)
        name = spoil(tmp_path)
        with caplog.at_level(logging.CRITICAL, "casefile.fixity"):
            assert found.caretaker.read(part_of(name, PARTS), PARTS).left == [name]
        assert name[:64] in caplog.text
        facts = [json.loads(line) for line in found.places.feed.read_text().splitlines()]
        assert [f["object"] for f in facts if f.get("what") == "object-damaged"] == [f"sha256:{name[:64]}"]
        assert set(Noted.load(found.places.fixity).harmed) == {name}


def test_what_is_damaged_is_put_back_only_where_a_copy_was_named(tmp_path):
    from archive.backup import backup

    data = tmp_path / "data"
    with house(data) as found:
        fill(found)
        backup(data, tmp_path / "copy", found.clock)
        name = spoil(data)
        assert found.caretaker.read(1, 1).left == [name]
    (data / "casefile.toml").write_text(f'[fixity]\ncopy_from = "{tmp_path / "copy"}"\n')
    with house(data) as found:
        reading = found.caretaker.read(1, 1)
        assert (reading.healed, reading.left) == ([name], [])
        assert Noted.load(found.places.fixity).harmed == {}


def test_a_reading_goes_on_after_a_restart(tmp_path, monkeypatch):
    monkeypatch.setattr(caretaker, "SAVE", 0.0)
    with house(tmp_path) as found:
        fill(found)
        keeper, stop, seen = found.caretaker, threading.Event(), []
        keeper._stop = stop
        keeper._pace = lambda: lambda size: (seen.append(size), stop.set() if len(seen) == 7 else None)
        assert keeper.read(1, 1) is None
        assert Noted.load(found.places.fixity).reading.objects == 7
        assert checked(found) == []
    with house(tmp_path) as found:
        assert found.caretaker.turn().objects == 24
        assert Noted.load(found.places.fixity).reading is None
        assert len(checked(found)) == 1


def test_it_reads_no_faster_than_it_was_told(tmp_path):
    (tmp_path / "casefile.toml").write_text("[fixity]\nrate = 2\n")
    with house(tmp_path) as found:
        fill(found, 1)
        pace = found.caretaker._pace()
        begun = time.monotonic()
        for _ in range(10):
            pace(100_000)
        assert 0.4 <= time.monotonic() - begun < 5


def test_its_thread_alone_steps_back(tmp_path):
    (tmp_path / "casefile.toml").write_text("[fixity]\ndays = 1000\n")
    with house(tmp_path) as found:
        fill(found, 1)
        mine, theirs, stop = os.getpriority(os.PRIO_PROCESS, threading.get_native_id()), [], threading.Event()

        def work():
            found.caretaker.run(stop, look=0.01)
            theirs.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

        thread = threading.Thread(target=work)
        thread.start()
        time.sleep(0.1)
        stop.set()
        thread.join()
        assert theirs == [19]
        assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == mine


@pytest.mark.parametrize("fault", [OSError(5, "of the disk"), RuntimeError("of ours")])
def test_a_fault_ends_neither_the_rounds_nor_the_service(tmp_path, monkeypatch, fault, caplog):
    with house(tmp_path) as found:
        fill(found, 1)
        turns, stop = [], threading.Event()

        def turn():
            turns.append(1)
            if len(turns) == 1:
                raise fault
            stop.set()

        monkeypatch.setattr(caretaker, "AGAIN", 0.01)
        monkeypatch.setattr(found.caretaker, "turn", turn)
        thread = threading.Thread(target=found.caretaker.run, args=(stop, 0.01))  # of its own: it asks for the lowest priority
        thread.start()
        thread.join(timeout=30)
        assert len(turns) == 2
        assert "reading again stopped" in caplog.text
