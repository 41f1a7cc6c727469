"""The durable line against a database that takes a claim and does not get to say so."""

import threading
import time
from concurrent.futures import Future

import pytest

from app.durable import DurableLine
from app.leases import Claim
from domain.errors import Misconfigured, Unavailable

BATCH = "B" * 26


class Hold:
    """Claims as a database has them; the answer to the first `take` (or to what follows it) is lost."""

    def __init__(self):
        self.id, self.beat, self.rows, self.taken, self.ended = "me", None, set[Claim](), 0, False

    def begin(self):
        pass

    def take(self, work, most):
        free = [(b, g) for b, g in work if b not in {claim.batch for claim in self.rows}][:most]
        got = [Claim(b, g, f"T{self.taken}") for b, g in free]
        self.rows.update(got)
        self.taken += 1
        if self.taken == 1:
            raise Unavailable("the answer was lost")
        return got

    def keep(self, known):
        self.rows &= set(known)

    def release(self, claim):
        self.rows.discard(claim)

    def reap(self):
        return []

    def living(self):
        return {"me"}

    def end(self):
        self.ended = True


class Engine:
    ready = True

    def __init__(self):
        self.ran, self.fault = [], None

    def open(self, executor):
        if self.fault:
            raise self.fault

    def run(self, claim, ended):
        self.ran.append(claim)
        future = Future()
        future.set_result([])
        ended()
        return future

    def tidy(self, living):
        return 0

    def close(self):
        pass


def test_a_batch_whose_claim_was_written_and_not_answered_is_worked_on_all_the_same():
    hold, engine, asked = Hold(), Engine(), threading.Event()

    def work():
        asked.set()
        return [] if engine.ran else [(BATCH, 1)]

    line = DurableLine(engine, hold, lambda claim: None, work, 2)
    line.start()
    try:
        until = time.monotonic() + 20
        while not engine.ran and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        line.stop()
    assert [claim.batch for claim in engine.ran] == [BATCH]
    assert hold.rows == set()


def test_a_lease_is_given_back_when_the_engine_does_not_start():
    hold, engine = Hold(), Engine()
    engine.fault = Misconfigured("not on this Python")
    line = DurableLine(engine, hold, lambda claim: None, list, 2)
    with pytest.raises(Misconfigured):
        line.start()
    assert hold.ended
