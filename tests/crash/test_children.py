"""A child process killed from outside costs nothing the first time, and a poison file still comes to an end."""

import os
import random
import signal
import threading
import time

import psutil
import pytest

from app.sandbox import ChildPool
from domain.errors import DiskFull, Refused
from domain.reasons import Reason
from tests.fakes import tasks
from tests.faulty.lives import Lives
from tests.faulty.window import Window, judge, settled


@pytest.fixture
def pool():
    pool = ChildPool(1, 1 << 30, 20, (tasks.__name__,))
    yield pool
    pool.close()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_killed_from_outside_while_it_works_is_replaced_and_its_task_done(pool, number):
    first = pool.run(tasks.pid)
    killer = threading.Timer(0.5, os.kill, (first, number))
    killer.start()
    assert pool.run(tasks.nap, 1.5) == 1
    assert pool.run(tasks.pid) != first


def test_a_child_killed_while_it_waits_is_replaced(pool):
    os.kill(pool.run(tasks.pid), signal.SIGKILL)
    assert pool.run(tasks.add, 2, 3) == 5


def test_a_task_whose_child_is_killed_twice_is_refused(pool):
    began = time.monotonic()
    with pytest.raises(Refused) as caught:
        pool.run(tasks.kill_me, 9)
    assert caught.value.reason is Reason.TOOK_TOO_MUCH_MEMORY
    assert time.monotonic() - began < 30
    assert pool.run(tasks.add, 1, 1) == 2


def test_a_child_that_falls_by_its_own_fault_is_not_tried_again(pool, monkeypatch):
    pool.run(tasks.pid)
    begun, new = [], pool._new
    monkeypatch.setattr(pool, "_new", lambda: (begun.append(1), new())[1])
    with pytest.raises(Refused) as caught:
        pool.run(tasks.crash)
    assert caught.value.reason is Reason.READER_FAILED
    assert begun == []


def test_a_child_that_aborts_while_the_disk_is_full_is_not_blamed_on_its_file(pool, monkeypatch):
    with pytest.raises(Refused):
        pool.run(tasks.kill_me, int(signal.SIGABRT))
    monkeypatch.setattr(pool._trays, "free", lambda: 4096)
    with pytest.raises(DiskFull):
        pool.run(tasks.kill_me, int(signal.SIGABRT))


def test_a_full_disk_in_a_child_is_the_worlds_fault_not_the_papers(pool):
    with pytest.raises(DiskFull):
        pool.run(tasks.write_full)


@pytest.mark.crash
@pytest.mark.slow
@pytest.mark.timeout(240)
def test_children_killed_again_and_again_while_serve_works_leave_every_page_read(tmp_path):
    """One every second and a half, so that hardly a task meets it twice: what they worked on is read, and nothing is set apart."""
    window, lives = Window(tmp_path / "data", random.Random(7)), Lives()
    for _ in range(40):
        window.arrive()
    life, stop = lives.begin(window.data, tmp_path / "log"), threading.Event()
    killed = set[int]()

    def kill() -> None:
        chance = random.Random(8)
        while not stop.wait(1.5):
            children = [child for child in psutil.Process(life).children() if "quick_child" in " ".join(child.cmdline())]
            if children and not stop.is_set():
                victim = chance.choice(children)
                killed.add(victim.pid)
                victim.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        until = time.monotonic() + 120
        while not settled(window) and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        stop.set()
        killer.join()
        time.sleep(0.3)
        lives.stop(life)
        lives.close()
    assert len(killed) >= 2
    assert judge(window) == []
