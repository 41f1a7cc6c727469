"""Recording loses nothing and doubles nothing, wherever it is interrupted."""

import errno
import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.verify import verify
from domain.errors import CasefileError, Conflict, DiskFull, NotFound, Unavailable
from domain.events import CASE_OPENED, RECEIPT_ISSUED, Draft
from domain.model import Digest, Outcome, Stored
from tests.fakes.datafolder import PROJECTORS, SCHEMAS, document, fill, ident, opened, receipt
from tests.faulty.disk import FailingDisk
from tests.faulty.kill import Fuse, Killed

ROOT = Path(__file__).resolve().parents[2]
SEED = 20261123
KILLS = 10


def sound(data):
    verdict = verify(data, PROJECTORS, SCHEMAS, patience=0.0)
    assert verdict.findings == (), verdict.findings


def test_what_was_recorded_is_in_ledger_journal_and_on_the_shelf(tmp_path):
    books = opened(tmp_path)
    draft = receipt(books, 1)
    [event] = books.registrar.record([draft])
    assert list(books.ledger.read())[-1] == list(books.journal.events())[-1] == event
    assert len(list(books.store.names())) == 2
    assert event.private is not None
    assert books.vault.open(event.private) == draft.private
    assert not any(
        "扫描".encode() in p.read_bytes() for part in ("ledger", "store", "keys") for p in (tmp_path / part).rglob("*") if p.is_file()
    )
    books.close()
    sound(tmp_path)


def test_a_repeated_record_appends_nothing_and_seals_nothing(tmp_path):
    books = opened(tmp_path)
    draft = receipt(books, 1)
    first = books.registrar.record([draft, draft])
    assert first[0] == first[1]
    keys = (tmp_path / "keys" / "keys.jsonl").read_bytes()
    assert books.registrar.record([draft]) == first[:1]
    assert (tmp_path / "keys" / "keys.jsonl").read_bytes() == keys
    assert books.ledger.size() == 2
    books.close()
    sound(tmp_path)


def test_an_object_that_was_never_staged_is_not_recorded(tmp_path):
    books = opened(tmp_path)
    missing = Stored(Digest("ab" * 32), 4, "image/png")
    with pytest.raises(NotFound):
        books.registrar.record([Draft(RECEIPT_ISSUED, ident("R", 1), "k", {}, (missing,))])
    assert books.ledger.size() == 0
    books.close()


def test_a_conflict_records_nothing(tmp_path):
    books = opened(tmp_path)
    books.registrar.record([receipt(books, 1)])
    again = receipt(books, 1)
    with pytest.raises(Conflict):  # the same receipt under another key: the room's table forbids it
        books.registrar.record([receipt(books, 2), Draft(again.kind, again.subject, "other", again.body, again.objects, {"name": "x"})])
    assert books.ledger.size() == 2
    books.registrar.record([receipt(books, 2)])
    books.close()
    books = opened(tmp_path)  # clears what was sealed in vain
    books.close()
    sound(tmp_path)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("port", ["_store", "_vault", "_ledger", "_journal"])
def test_killed_between_any_two_steps_it_is_finished_at_the_next_start(tmp_path, port, after):
    for at in range(12):
        data = tmp_path / str(at)
        books = opened(data)
        fill(books, 1)
        size = books.ledger.size()
        drafts = [receipt(books, "x"), document(books, "x")]
        fuse = Fuse(at, after)
        setattr(books.registrar, port, fuse.guard(getattr(books.registrar, port)))
        try:
            books.registrar.record(drafts)
            done = True
        except Killed:
            done = False
        books.engine.dispose()
        assert verify(data, PROJECTORS, SCHEMAS, patience=0.0).outcome is not Outcome.BAD
        books = opened(data)
        assert books.ledger.size() in (size, size + 2)
        books.registrar.record([receipt(books, "x"), document(books, "x")])
        assert books.ledger.size() == size + 2
        assert books.store.staged() == []
        books.close()
        sound(data)
        if done:
            return
    raise AssertionError("record never came to its end")


@pytest.mark.parametrize(("code", "fault"), [(errno.ENOSPC, DiskFull), (errno.EIO, Unavailable)])
def test_a_fault_of_the_disk_anywhere_is_a_pause(tmp_path, monkeypatch, code, fault):
    disk = FailingDisk(monkeypatch, code)
    books = opened(tmp_path)
    fill(books, 1)
    for number in range(60):
        disk.fail_at(number)
        try:
            books.registrar.record([receipt(books, f"x{number}")])
            reached = disk.calls > number
        except CasefileError as error:
            reached = True
            assert type(error) is fault
            assert "张三" not in str(error) + repr(error.facts) + repr(error.__cause__)
        disk.fail_at(None)
        books.registrar.record([receipt(books, f"x{number}")])
        if not reached:
            break
    else:
        raise AssertionError("record never came to its end")
    assert number > 10
    books.close()
    opened(tmp_path).close()
    sound(tmp_path)


RECORDER = """
import sys, itertools, json
from pathlib import Path
from tests.fakes.datafolder import opened, receipt, document
books = opened(Path(sys.argv[1]))
for n in itertools.count(int(sys.argv[2])):
    events = books.registrar.record([receipt(books, n)]) + books.registrar.record([document(books, n)])
    print(json.dumps([n, [e.seq for e in events]]), flush=True)
"""


@pytest.mark.crash
def test_kill_9_of_a_recording_process_loses_nothing_and_doubles_nothing(tmp_path):
    chance = random.Random(SEED)
    promised, next_number = {}, 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", RECORDER, str(tmp_path), str(next_number)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))
        process.kill()
        rest, _ = process.communicate()
        for line in [first, *rest.splitlines()]:
            if line.strip().endswith("]]"):  # the last may be torn
                number, seqs = json.loads(line)
                promised[number] = seqs
        next_number = max(promised, default=-1) + 1  # the one under way is repeated
        assert verify(tmp_path, PROJECTORS, SCHEMAS, patience=0.0).outcome is not Outcome.BAD
    books = opened(tmp_path)
    story = {event.seq: event for event in books.ledger.read()}
    for number, seqs in promised.items():
        assert [story[seq].key for seq in seqs] == [f"receipt:{number}", f"document:{number}"]
    keys = [event.key for event in story.values()]
    assert len(keys) == len(set(keys))
    assert len(promised) >= KILLS
    books.close()
    sound(tmp_path)


def test_processes_record_side_by_side(tmp_path):
    books = opened(tmp_path)
    books.registrar.record([Draft(CASE_OPENED, ident("K", 1), "case", {"number": "A1"})])
    code = RECORDER.replace("opened(Path(sys.argv[1]))", "opened(Path(sys.argv[1]), resume=False)").replace(
        "itertools.count(int(sys.argv[2]))", "range(int(sys.argv[2]), int(sys.argv[2]) + 40)"
    )
    workers = [
        subprocess.Popen([sys.executable, "-c", code + "books.close()\n", str(tmp_path), str(start)], cwd=ROOT, stdout=subprocess.DEVNULL)
        for start in (1000, 2000)
    ]
    for number in range(40):
        books.registrar.record([receipt(books, number)])
    assert [worker.wait() for worker in workers] == [0, 0]
    assert books.ledger.size() == 2 + 40 + 2 * 80
    books.close()
    sound(tmp_path)


def test_what_broke_off_after_the_event_stood_is_finished_by_the_next_call_without_a_restart(tmp_path):
    books = opened(tmp_path)
    books.registrar.record([receipt(books, 1)])
    real = books.journal.catch_up

    def broken(ledger):
        raise Unavailable("the journal cannot be written")

    books.journal.catch_up = broken
    draft = receipt(books, 2)
    with pytest.raises(Unavailable):
        books.registrar.record([draft])
    assert books.registrar.unfinished
    assert books.ledger.standing([draft.key])
    books.journal.catch_up = real
    books.registrar.record([receipt(books, 3)])
    assert not books.registrar.unfinished
    assert books.store.staged() == []
    assert len(list(books.journal.events())) == books.ledger.size()
    books.close()


def test_bodies_sealed_for_a_call_that_failed_do_not_fill_the_disk(tmp_path):
    books = opened(tmp_path)
    drafts, real = [receipt(books, 1)], books.ledger.append

    def full(drafts, guard=None):
        raise DiskFull("no room")

    books.ledger.append = full
    for _ in range(5):
        with pytest.raises(DiskFull):
            books.registrar.record(drafts)
    books.ledger.append = real
    books.resume()
    assert [name for name in books.store.staged() if name.endswith(".cfp")] == []
    books.registrar.record(drafts)
    assert books.store.staged() == []
    books.close()
