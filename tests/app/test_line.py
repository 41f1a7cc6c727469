"""The line itself, with everything around it faked: what is at fault decides what happens next."""

import pytest

from app.durable import park
from app.line import line
from domain.clock import SystemClock
from domain.errors import Refused, Unavailable
from domain.ids import new_ulid
from domain.model import Digest, Receipt, Scan
from domain.reasons import Reason
from pipeline.reader import Accepted


class FakeDesk:
    """A desk that remembers what it was asked."""

    def __init__(self, receipts=3, refused=(), failing=None):
        clock = SystemClock()
        self.all = [
            Receipt(new_ulid(clock.now()), i, Scan(Digest("0" * 64), 1, f"s{i}", "W01", clock.now()), "main", "B") for i in range(receipts)
        ]
        self.refused_ones, self.failing, self.did, self.set_apart = set(refused), failing, [], []

    def receipts(self, batch):
        return [r for r in self.all if r.id not in {name for name, _, _ in self.set_apart}]

    def examine(self, receipt):
        if self.all.index(receipt) in self.refused_ones:
            raise Refused(Reason.DAMAGED)
        return Accepted(receipt.id, "d", "/x", "image/png", 2)

    def refuse(self, receipt, refusal, step):
        self.set_apart.append((receipt, refusal.reason, step))

    def read(self, scans):
        self.did.append(("read", len(scans)))
        if self.failing == "read":
            raise Unavailable("no room")
        return "assembly"

    def shelve(self, batch, generation, scans, assembly):
        self.did.append(("shelve", generation))
        return ["D1"]

    def finish(self, batch, generation, scans, assembly):
        self.did.append(("finish", generation))


def plain_step(name, function):
    return function()


def test_a_batch_goes_through_examine_read_shelve_finish_in_this_order():
    desk = FakeDesk()
    assert line(desk, "B", 1, plain_step) == ["D1"]
    assert [name for name, _ in desk.did] == ["read", "read", "shelve", "finish"]


def test_one_bad_file_never_sinks_its_stack():
    desk = FakeDesk(refused=(1,))
    assert line(desk, "B", 1, plain_step) == ["D1"]
    assert [reason for _, reason, _ in desk.set_apart] == [Reason.DAMAGED]
    assert ("read", 2) in desk.did


def test_what_the_world_does_not_give_now_is_not_the_papers_fault():
    desk = FakeDesk(failing="read")
    with pytest.raises(Unavailable):
        line(desk, "B", 1, plain_step)
    assert desk.set_apart == []


def test_a_fault_of_our_own_parks_the_batch_and_says_where_without_quoting_the_page():
    desk = FakeDesk()
    try:
        raise ValueError("李伟杰 440100199003070012")
    except ValueError as error:
        where = park(desk, "B", error)
    assert len(desk.set_apart) == 3
    assert "ValueError at test_line.py" in where
    assert "440100" not in where
