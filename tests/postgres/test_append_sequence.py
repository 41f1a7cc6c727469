"""Several processes record into one ledger on PostgreSQL: no gap, nothing lost, nothing doubled, whatever is killed meanwhile."""

import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from archive import postgres
from archive.database import open_database
from archive.verify import verify
from domain.errors import Unavailable
from tests.fakes.datafolder import PROJECTORS, SCHEMAS, opened

ROOT = Path(__file__).resolve().parents[2]
SEED = 20261123
KILL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'casefile' AND datname = '{}' ORDER BY random() LIMIT 2"


def start(data, url, names, count):
    address = url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.postgres.appender", str(data), address]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    workers = [subprocess.Popen([*command, name, str(count)], **pipes) for name in names]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    return workers


def finish(workers):
    """How often each had to try again."""
    again = []
    try:
        for worker in workers:
            told, _ = worker.communicate(timeout=120)
            assert worker.returncode == 0
            again.append(int(told))
    finally:
        for worker in workers:  # after a failure nobody goes on trying a server that is gone
            worker.kill()
            worker.wait()
    return again


def expect_whole(data, url, names, count):
    books = opened(data, database=url)
    story = list(books.ledger.read())
    keys = [event.key for event in story[1:]]
    wanted = {f"own:{name}:{n}" for name in names for n in range(count)} | {f"shared:{n}" for n in range(0, count, 3)}
    assert sorted(keys) == sorted(wanted), "nothing is lost, nothing doubled"
    assert [event.seq for event in story] == list(range(1, len(story) + 1))
    assert [event.prev for event in story[1:]] == [event.leaf() for event in story[:-1]]
    assert list(books.journal.events()) == story
    books.close()
    assert verify(data, PROJECTORS, SCHEMAS, patience=0.0, database=url).findings == ()


@pytest.fixture
def data(tmp_path, postgres_url):
    opened(tmp_path / "data", database=postgres_url).close()
    return tmp_path / "data"


def test_eight_processes_append_without_a_gap(data, postgres_url):
    names = [f"w{n}" for n in range(8)]
    again = finish(start(data, postgres_url, names, 30))
    expect_whole(data, postgres_url, names, 30)
    assert sum(again) == 0, "they wait for one another and do not fail"


@pytest.mark.crash
def test_connections_killed_in_the_middle_lose_and_double_nothing(data, postgres_server, postgres_url):
    names, rng = ["a", "b", "c"], random.Random(SEED)
    workers = start(data, postgres_url, names, 40)
    killed, done = 0, threading.Event()

    def kill():
        nonlocal killed
        while not done.is_set():
            killed += len(postgres_server.tell(KILL.format(postgres_url.database)))
            time.sleep(rng.uniform(0.02, 0.1))

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        again = finish(workers)
    finally:
        done.set()
        killer.join()
    assert killed > 5
    assert sum(again) > 0
    expect_whole(data, postgres_url, names, 40)


@pytest.mark.crash
def test_a_server_that_crashes_in_the_middle_loses_nothing_that_was_answered(data, postgres_server, postgres_url):
    """`pg_ctl restart -m immediate`, three times, under writers that go on by themselves."""
    names, rng = ["a", "b"], random.Random(SEED)
    workers = start(data, postgres_url, names, 100)
    for _ in range(3):
        time.sleep(rng.uniform(0.2, 0.5))
        postgres_server.crash()
        time.sleep(0.2)
        postgres_server.start()
    again = finish(workers)
    assert sum(again) > 0
    expect_whole(data, postgres_url, names, 100)


@pytest.mark.crash
def test_a_writer_killed_between_database_and_journal_is_finished_by_another(data, postgres_url):
    worker = subprocess.Popen(
        [sys.executable, "-c", DYING, str(data), postgres_url.render_as_string(hide_password=False)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    assert worker.wait(timeout=60) == -9
    expect_whole(data, postgres_url, ["a"], 1)


DYING = """
import os, sys
from pathlib import Path
from sqlalchemy import make_url
from archive.journal import Journal
from domain.events import CASE_OPENED, Draft
from tests.fakes.datafolder import opened
books = opened(Path(sys.argv[1]), database=make_url(sys.argv[2]), resume=False)
Journal.catch_up = lambda self, ledger: os.kill(os.getpid(), 9)
own = Draft(CASE_OPENED, "a-0", "own:a:0", {"number": 0}, private={"name": "x"})
books.registrar.record([own, Draft(CASE_OPENED, "shared-0", "shared:0", {"number": 0})])
"""


def test_a_writer_that_stands_still_inside_a_transaction_does_not_hold_up_the_others(data, postgres_url, monkeypatch):
    """It loses its transaction, and with it the ledger's lock, after `IDLE_SECONDS` (here 2); what it had written is gone."""
    assert postgres.IDLE_SECONDS < postgres.WAIT_SECONDS
    assert postgres.SESSION["idle_in_transaction_session_timeout"] == f"{postgres.IDLE_SECONDS}s"
    monkeypatch.setitem(postgres.SESSION, "idle_in_transaction_session_timeout", "2s")
    frozen = open_database(postgres_url)
    with pytest.raises(Unavailable), frozen.execution_options(writes=True).begin() as connection:
        connection.execute(text("CREATE TABLE never (x int)"))
        begun = time.monotonic()
        finish(start(data, postgres_url, ["a"], 1))
        assert time.monotonic() - begun > 1, "the others did wait"
        connection.execute(text("SELECT 1"))
    frozen.dispose()
    expect_whole(data, postgres_url, ["a"], 1)
