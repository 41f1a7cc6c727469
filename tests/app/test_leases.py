"""Leases, claims and the fence, on a real PostgreSQL, without processes: who holds a batch, and what the ledger takes from whom."""

import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import text, update

from app.leases import GONE, SILENT, Fenced, LeaseLost, Leases, roster
from app.tables import metadata, workers
from domain.clock import SystemClock
from domain.errors import Unavailable
from domain.ids import new_ulid
from tests.fakes.datafolder import document, opened, receipt

CLOCK = SystemClock()
WORK = [("B" * 26, 1), ("C" * 26, 1), ("D" * 26, 2)]
FROZEN_WITH_A_LOCK = """
import fcntl, os, signal, sys
handle = os.open(sys.argv[1], os.O_RDONLY)
fcntl.flock(handle, fcntl.LOCK_EX)
print("held", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
"""


@pytest.fixture
def room(tmp_path, postgres_url):
    books = opened(tmp_path / "data", database=postgres_url)
    with books.engine.execution_options(writes=True).begin() as connection:
        metadata.create_all(connection)
    yield Room(books, tmp_path / "data")
    books.close()


class Room:
    def __init__(self, books, data):
        self.books, self.data = books, data

    def worker(self, seconds=30.0):
        one = Leases(self.books.engine, CLOCK, self.data, "worker", seconds)
        one.begin()
        return one

    def expire(self, one):
        with self.books.engine.execution_options(writes="rows").begin() as connection:
            long_ago = text("clock_timestamp() - interval '1 second'")
            connection.execute(update(workers).where(workers.c.id == one.id).values(until=long_ago))

    def become(self, one, **columns):
        with self.books.engine.execution_options(writes="rows").begin() as connection:
            connection.execute(update(workers).where(workers.c.id == one.id).values(**columns))

    def fenced(self, one, claim):
        return Fenced(self.books.registrar, self.books.engine, one, claim)

    def everything(self):
        """What is written that others see: events, journal, shelf, keys."""
        files = sorted(path for folder in ("ledger", "keys") for path in (self.data / folder).rglob("*") if path.is_file())
        return (self.books.ledger.size(), [path.read_bytes() for path in files], list(self.books.store.names()))


def test_a_batch_has_one_holder(room):
    one, two = room.worker(), room.worker()
    first = one.take(WORK, 2)
    assert [claim.batch for claim in first] == [batch for batch, _ in WORK[:2]]
    assert [claim.batch for claim in two.take(WORK, 3)] == [WORK[2][0]]
    one.release(first[0])
    assert [claim.batch for claim in two.take(WORK, 3)] == [WORK[0][0]]


def test_a_claim_that_its_worker_does_not_know_of_is_let_go(room):
    one, two = room.worker(), room.worker()
    first, lost = one.take(WORK, 2)
    (other,) = two.take(WORK, 3)
    assert one.keep([first]) == 1
    assert [claim.batch for claim in two.take(WORK, 3)] == [lost.batch]
    assert one.keep([first]) == 0
    assert two.keep([]) == 2
    assert [claim.batch for claim in one.take(WORK, 3)] == [lost.batch, other.batch]


def test_eight_workers_that_ask_at_once_share_the_work_without_one_batch_doubled(room):
    work = [(new_ulid(CLOCK.now()), 1) for _ in range(100)]
    everyone, taken, together = [room.worker() for _ in range(8)], [], threading.Barrier(8)

    def ask(one):
        together.wait()
        while got := one.take(work, 3):
            taken.extend(claim.batch for claim in got)

    threads = [threading.Thread(target=ask, args=(one,)) for one in everyone]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(batch for batch, _ in work)


def test_what_is_recorded_after_the_lease_ran_out_is_written_nowhere(room):
    one = room.worker()
    (claim,) = one.take(WORK, 1)
    room.fenced(one, claim).record([receipt(room.books, 1)])
    draft = document(room.books, 1)
    room.expire(one)
    before = room.everything()
    with pytest.raises(LeaseLost):
        room.fenced(one, claim).record([draft])
    assert room.everything() == before
    assert not one.renew(), "what ran out is never renewed"
    with pytest.raises(LeaseLost):
        one.take(WORK, 1)


def test_a_holder_that_slept_between_its_first_look_and_the_ledgers_transaction_writes_nothing(room):
    one, two = room.worker(), room.worker()
    (claim,) = one.take(WORK, 1)
    draft = receipt(room.books, 1)

    def slept(connection):
        one.check(connection, claim)

    room.expire(one)
    assert [ended.how for ended in two.reap()] == [SILENT]
    assert two.take(WORK, 1)[0].batch == claim.batch
    size, shelf = room.books.ledger.size(), list(room.books.store.names())
    with pytest.raises(LeaseLost):
        room.books.registrar.record([draft], guard=slept)
    assert (room.books.ledger.size(), list(room.books.store.names())) == (size, shelf)


def test_the_same_worker_with_an_older_claim_of_the_same_batch_is_refused(room):
    one = room.worker()
    (old,) = one.take(WORK, 1)
    one.release(old)
    (new,) = one.take(WORK, 1)
    with pytest.raises(LeaseLost):
        room.fenced(one, old).record([receipt(room.books, 1)])
    assert room.fenced(one, new).record([receipt(room.books, 1)])


def test_a_claim_does_not_change_hands_between_the_check_and_the_commit(room):
    one, two = room.worker(seconds=2), room.worker()
    (claim,) = one.take(WORK, 1)
    inside, go_on, seen = threading.Event(), threading.Event(), []

    def slow(connection):
        one.check(connection, claim)
        inside.set()
        go_on.wait(20)

    writer = threading.Thread(target=lambda: room.books.registrar.record([receipt(room.books, 1)], guard=slow))
    writer.start()
    assert inside.wait(10)
    room.expire(one)
    with pytest.raises(Unavailable):
        two.reap()  # waits for the writer's transaction, and not for ever
    seen.extend(two.take(WORK[:1], 1))
    go_on.set()
    writer.join()
    assert seen == [], "the batch was given away while its holder was writing"
    assert [ended.how for ended in two.reap()] == [SILENT]
    assert [taken.batch for taken in two.take(WORK[:1], 1)] == [claim.batch]


def test_a_process_that_is_gone_from_this_machine_is_ended_before_its_lease_runs_out(room):
    one, two = room.worker(seconds=40), room.worker()
    one.take(WORK, 2)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    room.become(one, pid=gone.pid, born=1)
    (ended,) = two.reap()
    assert (ended.worker, ended.how, ended.batches) == (one.id, GONE, 2)
    assert two.reap() == [], "told once"
    assert len(two.take(WORK, 3)) == 3


def test_a_process_of_another_machine_keeps_its_work_until_its_lease_runs_out(room):
    one, two = room.worker(seconds=40), room.worker()
    one.take(WORK, 2)
    room.become(one, machine="another", pid=1, born=1)
    assert two.reap() == []
    room.expire(one)
    assert [ended.how for ended in two.reap()] == [SILENT]


def test_a_stop_frees_what_was_held_at_once(room):
    one, two = room.worker(), room.worker()
    one.take(WORK, 3)
    one.end()
    assert len(two.take(WORK, 3)) == 3
    assert [(row["state"], row["batches"]) for row in roster(room.books.engine)] == [("working", 3), ("stopped", 0)]


def test_workers_whose_rows_were_lost_with_the_database_begin_anew(room):
    one = room.worker()
    one.take(WORK, 1)
    with room.books.engine.execution_options(writes="rows").begin() as connection:
        connection.execute(text("TRUNCATE workers, claims"))
    assert not one.renew()
    one.begin()
    assert len(one.take(WORK, 3)) == 3


def test_a_stopped_process_that_holds_a_lock_of_the_data_folder_past_its_lease_is_killed(room):
    frozen = subprocess.Popen([sys.executable, "-c", FROZEN_WITH_A_LOCK, str(room.data / "keys")], stdout=subprocess.PIPE)
    own = room.data / "derived" / "work" / "children" / "0123"  # a pool holds the folder of its trays for life
    own.mkdir(parents=True)
    idle = subprocess.Popen([sys.executable, "-c", FROZEN_WITH_A_LOCK, str(own)], stdout=subprocess.PIPE)
    try:
        leases = [room.worker(), room.worker()]
        two = room.worker()
        for lease, process in zip(leases, (frozen, idle), strict=True):
            assert process.stdout.readline() == b"held\n"
            room.become(lease, pid=process.pid, born=born(process.pid))
            room.expire(lease)
        until = time.monotonic() + 20
        found = []
        while frozen.poll() is None and time.monotonic() < until:
            found += two.reap()
        assert [ended.pid for ended in found if ended.killed] == [frozen.pid]
        assert idle.poll() is None, "who holds no lock that others wait for is left alone"
    finally:
        for process in (frozen, idle):
            process.kill()
            process.wait()
            process.stdout.close()


def born(pid):
    from app.process import _stat

    return _stat(pid)[1]
