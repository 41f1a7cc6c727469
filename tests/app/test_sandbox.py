"""What the sandbox promises."""

import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from app.sandbox import ChildPool
from domain.errors import Corrupt, Refused, Unavailable
from domain.reasons import Reason
from tests.fakes import tasks


@pytest.fixture
def pool():
    pool = ChildPool(1, 1 << 30, 20, (tasks.__name__,))
    yield pool
    pool.close()


def test_a_task_runs_in_another_process_and_its_result_comes_back(pool):
    assert pool.run(tasks.add, 2, 3) == 5
    assert pool.run(tasks.pid) == pool.run(tasks.pid)


def test_what_a_library_prints_does_not_disturb_the_results(pool):
    assert pool.run(tasks.shout) == 1
    assert pool.run(tasks.add, 1, 1) == 2


@pytest.mark.parametrize(
    ("task", "arguments", "reason"),
    [
        (tasks.refuse, (), Reason.ENCRYPTED),
        (tasks.eat, (3 << 30,), Reason.TOOK_TOO_MUCH_MEMORY),
        (tasks.crash, (), Reason.READER_FAILED),
        (tasks.bug, (), Reason.INTERNAL),
    ],
)
def test_what_goes_wrong_in_a_child_is_a_refusal_and_the_next_task_runs(pool, task, arguments, reason):
    with pytest.raises(Refused) as caught:
        pool.run(task, *arguments)
    assert caught.value.reason is reason
    assert "personal data" not in str(caught.value)
    assert pool.run(tasks.add, 1, 1) == 2


@pytest.mark.parametrize("task", [tasks.spin, tasks.start_and_spin, tasks.sleep], ids=["computes", "what it starts computes", "waits"])
def test_a_task_that_takes_too_long_is_killed(pool, task):
    pool.run(tasks.spin, 0.8)  # what was computed for an earlier task is not counted
    start = time.monotonic()
    with pytest.raises(Refused) as caught:
        pool.run(task, 60, timeout=1)
    assert caught.value.reason is Reason.TOOK_TOO_LONG
    assert time.monotonic() - start < 15
    assert pool.run(tasks.add, 1, 1) == 2


def test_a_task_that_has_to_wait_for_a_processor_or_a_disk_is_not_taken_for_a_slow_one(pool):
    assert pool.run(tasks.sleep, 2, timeout=1) == 0


def test_what_is_found_wrong_in_what_we_made_comes_back_as_it_is_and_from_nowhere_else(pool, monkeypatch):
    with pytest.raises(Refused):
        pool.run(tasks.corrupt)
    monkeypatch.setattr("app.sandbox.READS_BACK", (tasks.__name__,))
    with pytest.raises(Corrupt) as caught:
        pool.run(tasks.corrupt)
    assert caught.value.facts == {"expected": "a", "found": "b"}


def test_a_child_has_no_network(pool):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.5)
        with pytest.raises(Refused) as caught:
            pool.run(tasks.connect, server.getsockname()[1])
        assert "PermissionError" in str(caught.value)
        with pytest.raises(TimeoutError):
            server.accept()


def test_only_listed_modules_run(pool):
    with pytest.raises(Refused) as caught:
        pool.run(subprocess.getoutput, "true")
    assert "may not run" in str(caught.value)


def test_closing_the_pool_ends_what_is_under_way_at_once_as_unavailable_and_so_is_all_that_is_asked_afterwards(pool):
    ended: list[Exception] = []

    def work() -> None:
        try:
            pool.run(tasks.sleep, 15)
        except Exception as error:
            ended.append(error)

    at_work = [threading.Thread(target=work) for _ in range(3)]  # one has the child, two wait for it
    pool.run(tasks.pid)
    for each in at_work:
        each.start()
    time.sleep(0.5)
    began = time.monotonic()
    pool.close()
    for each in at_work:
        each.join(timeout=10)
    assert not any(each.is_alive() for each in at_work)
    work()
    assert time.monotonic() - began < 10
    assert [type(error) for error in ended] == [Unavailable] * 4, "what a stop breaks off is no fault of the paper"


def test_children_die_when_the_parent_is_killed(tmp_path: Path):
    code = (
        "import time; from app.sandbox import ChildPool; from tests.fakes import tasks\n"
        "p = ChildPool(1, 1 << 30, 20, (tasks.__name__,)); print(p.run(tasks.pid), flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], start_new_session=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert psutil.pid_exists(child)
    parent.kill()
    parent.communicate()
    until = time.monotonic() + 10
    while psutil.pid_exists(child) and psutil.Process(child).status() != psutil.STATUS_ZOMBIE and time.monotonic() < until:
        time.sleep(0.05)
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE
