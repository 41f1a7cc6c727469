"""What every `domain.ports.Sandbox` promises: the fake and the pool of child processes alike."""

import pytest

from app.sandbox import ChildPool
from domain.errors import Corrupt, Refused
from domain.reasons import Reason
from tests.fakes import tasks
from tests.fakes.sandbox import Direct


@pytest.fixture(params=["direct", "children"])
def sandbox(request, monkeypatch):
    monkeypatch.setattr("app.sandbox.READS_BACK", (tasks.__name__,))
    if request.param == "direct":
        yield Direct()
        return
    pool = ChildPool(2, 1 << 30, 20, (tasks.__name__,))
    yield pool
    pool.close()


def test_the_result_of_the_function_comes_back(sandbox):
    assert sandbox.run(tasks.add, 2, 3) == 5


def test_a_refusal_comes_back_with_its_reason_and_facts(sandbox):
    with pytest.raises(Refused) as caught:
        sandbox.run(tasks.refuse)
    assert (caught.value.reason, caught.value.facts) == (Reason.ENCRYPTED, {"pages": 3})


def test_other_errors_of_ours_come_back_as_they_are(sandbox):
    with pytest.raises(Corrupt):
        sandbox.run(tasks.corrupt)


def test_a_fault_of_the_function_is_a_refusal_without_its_text(sandbox):
    with pytest.raises(Refused) as caught:
        sandbox.run(tasks.bug)
    assert caught.value.reason is Reason.INTERNAL
    assert "personal" not in str(caught.value)


def test_after_a_fault_the_next_task_runs(sandbox):
    for task in (tasks.refuse, tasks.bug, tasks.corrupt):
        with pytest.raises((Refused, Corrupt)):
            sandbox.run(task)
        assert sandbox.run(tasks.add, 1, 1) == 2
