"""A child that a hostile file has taken over makes its own task fail, and nothing else."""

import time

import pytest

from app import sandbox
from app.limited import Child
from app.process import Used
from app.sandbox import ChildPool
from domain.errors import Refused, Unavailable
from domain.reasons import Reason
from ingest.triage import examine
from tests.fakes import rude_child


@pytest.fixture
def rude(monkeypatch):
    monkeypatch.setattr(sandbox, "CHILD", rude_child.__name__)
    pool = ChildPool(1, 4 << 30, 20, ("ingest.triage",))
    yield pool
    pool.close()


SILENT = {"deaf": Reason.TOOK_TOO_LONG, "babbling": Reason.TOOK_TOO_LONG}


@pytest.mark.parametrize("how", [*rude_child.WAYS])
def test_whatever_a_child_answers_is_a_refusal_of_its_task_in_time(rude, how):
    began = time.monotonic()
    with pytest.raises(Refused) as caught:
        rude.run(examine, how, timeout=0.5)
    assert time.monotonic() - began < 15
    if how == "what-stood-on-a-page":
        assert caught.value.reason is Reason.DAMAGED
        assert str(caught.value).startswith("? xxx") and len(str(caught.value)) <= 300
        assert caught.value.facts == {"page": 3, "boxes": [None], "text": "?" + "y" * 299}
    else:
        assert caught.value.reason is SILENT.get(how, Reason.READER_FAILED)


def test_a_task_that_its_child_does_not_read_is_not_waited_for(rude):
    began = time.monotonic()
    with pytest.raises(Refused) as caught:
        rude.run(examine, "deaf" + "x" * (4 << 20), timeout=0.5)
    assert caught.value.reason is Reason.TOOK_TOO_LONG
    assert time.monotonic() - began < 15


def test_a_child_that_does_not_start_is_no_fault_of_a_file(rude, monkeypatch):
    monkeypatch.setenv("LANG", "unfit")
    for _ in range(3):
        with pytest.raises(Unavailable, match="could not be started"):
            rude.run(examine, "a-list")
    monkeypatch.setenv("LANG", "C.UTF-8")
    with pytest.raises(Refused):
        rude.run(examine, "a-list")


def test_who_seems_over_its_memory_at_one_look_only_was_starting_a_program(monkeypatch):
    child = Child.__new__(Child)
    child._memory, child._seconds, child._over, child._may_compute, child._until = 100, 5.0, False, 9.0, time.monotonic() + 60
    child.process = type("Process", (), {"pid": 1})()

    def look(seen):
        monkeypatch.setattr("app.limited.used", lambda pid: seen)
        child._looked = 0.0
        child._judge()

    for seen in (Used(150, 5.0), Used(50, 5.1), Used(150, 5.2), None, Used(60, 5.3)):
        look(seen)
    assert child.seconds == 5.3
    look(Used(150, 5.4))
    with pytest.raises(MemoryError):
        look(Used(150, 5.5))
    child._over = False
    look(None)
    with pytest.raises(TimeoutError):
        look(Used(50, 9.1))
