"""Several real processes on one data folder and one PostgreSQL, reading faked: killed, stopped, told to stop, their databases taken away."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.fakes.crew import ROOT, Crew

pytestmark = [pytest.mark.slow, pytest.mark.crash, pytest.mark.timeout(300)]
WITHIN = 60.0


@pytest.fixture
def crew(tmp_path, postgres_url):
    one = Crew(tmp_path, postgres_url)
    yield one
    one.end()


def worker_row(crew, process):
    """The newest lease of a process, as `status` tells it."""
    return next((row for row in crew.ask("status")[0]["workers"] if row["pid"] == process.pid), None)


def until_it_holds_work(crew, process, feed=True):
    """Wait until the process has a batch; `feed` drops more files where the others were so quick that nothing is left."""

    def holds():
        if feed and crew.shelved() >= crew.dropped - 4:
            crew.drop(8)
        return (worker_row(crew, process) or {"batches": 0})["batches"] > 0

    crew.until(holds, 60, "the worker took no batch")


def notices(crew, process, *whats):
    return [fact for fact in crew.feed("notice") if fact.get("what") in whats and fact.get("pid", process.pid) == process.pid]


def test_a_worker_killed_for_good_has_its_work_taken_up_by_another_within_60_seconds(crew):
    crew.start("serve", "--no-web")
    victim = crew.start("worker")
    crew.until(lambda: worker_row(crew, victim), 60, "the worker did not start")
    crew.drop(40)
    until_it_holds_work(crew, victim)
    os.killpg(victim.pid, signal.SIGKILL)
    taken = crew.until(lambda: notices(crew, victim, "worker-died"), WITHIN, "nobody noticed")
    crew.until(crew.finished, WITHIN - taken, "its work was not taken up")
    crew.assert_nothing_lost_nothing_doubled()


def test_a_frozen_process_that_wakes_writes_nothing_and_goes_on_as_a_fresh_worker(crew):
    crew.start("serve", "--no-web")
    sleeper = crew.start("worker")
    crew.until(lambda: worker_row(crew, sleeper), 60, "the worker did not start")
    crew.drop(20)
    until_it_holds_work(crew, sleeper)
    os.kill(sleeper.pid, signal.SIGSTOP)
    crew.until(lambda: notices(crew, sleeper, "worker-died"), WITHIN, "nobody noticed")
    crew.until(crew.finished, WITHIN, "its work was not taken up")
    before = (crew.journal(), shelf(crew))
    if sleeper.poll() is not None:
        assert notices(crew, sleeper, "worker-killed"), "it held a lock that others waited for, or it must still be there"
    else:
        os.kill(sleeper.pid, signal.SIGCONT)
        crew.until(lambda: notices(crew, sleeper, "lease-lost"), 30, "it did not notice that its lease ran out")
        time.sleep(3)
        assert (crew.journal(), shelf(crew)) == before
        assert worker_row(crew, sleeper)["state"] == "working"
    crew.drop(6)
    crew.until(crew.finished, WITHIN, "work does not go on")
    crew.assert_nothing_lost_nothing_doubled()


def shelf(crew):
    return sorted(path.name for path in (crew.data / "store").glob("[0-9a-f][0-9a-f]/*"))


def test_workers_go_on_with_closed_batches_while_serve_is_dead_and_a_stop_hands_over_at_once(tmp_path, postgres_url):
    crew = Crew(tmp_path, postgres_url, lease=40)
    try:
        server = crew.start("serve", "--no-web")
        crew.until(lambda: worker_row(crew, server), 60, "serve did not start")
        crew.drop(40)
        crew.until(lambda: len(crew.feed("received")) == 40, 60, "not taken")
        os.killpg(server.pid, signal.SIGKILL)
        first, second = crew.start("worker"), crew.start("worker")
        until_it_holds_work(crew, first, feed=False)
        first.terminate()
        assert first.wait(timeout=20) == 0
        row = worker_row(crew, first)
        assert (row["state"], row["batches"]) == ("stopped", 0)
        crew.until(lambda: crew.ask("status")[0]["shelved"] == 40, 2 * WITHIN, "the other did not take it up")
        assert second.poll() is None
        crew.start("serve", "--no-web")
        crew.drop(2)
        crew.until(crew.finished, WITHIN, "serve does not come back")
        crew.assert_nothing_lost_nothing_doubled()
    finally:
        crew.end()


def test_the_engines_schema_dropped_while_they_work_loses_nothing(crew, postgres_server, postgres_url):
    crew.start("serve", "--no-web")
    worker = crew.start("worker")
    crew.until(lambda: worker_row(crew, worker), 60, "the worker did not start")
    crew.drop(20)
    until_it_holds_work(crew, worker)
    postgres_server.tell("DROP SCHEMA casefile_work CASCADE", database=postgres_url.database)
    crew.until(crew.finished, 2 * WITHIN, "it is not rebuilt from the receipts")
    crew.assert_nothing_lost_nothing_doubled()


@pytest.mark.parametrize("away", [1, 8], ids=["shorter than the lease", "longer than the lease"])
def test_a_server_that_crashes_and_comes_back_is_waited_for(crew, postgres_server, away):
    server, worker = crew.start("serve", "--no-web"), crew.start("worker")
    crew.until(lambda: worker_row(crew, worker), 60, "the worker did not start")
    crew.drop(20)
    until_it_holds_work(crew, worker)
    postgres_server.crash()
    time.sleep(away)
    postgres_server.start()
    crew.until(crew.finished, WITHIN, "the line does not go on")
    assert (server.poll(), worker.poll()) == (None, None), crew.everything_said()
    crew.assert_nothing_lost_nothing_doubled()


def test_the_engines_file_deleted_between_two_runs_loses_nothing(tmp_path):
    crew = Crew(tmp_path)
    try:
        server = crew.start("serve", "--no-web")
        crew.drop(12)
        crew.until(lambda: crew.shelved() >= 3, 60, "the line does not work")
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        for path in (crew.data / "derived" / "work").glob("engine.db*"):
            path.unlink()
        crew.start("serve", "--no-web")
        crew.until(crew.finished, WITHIN, "it is not rebuilt from the receipts")
        crew.assert_nothing_lost_nothing_doubled()
    finally:
        crew.end()


def test_a_worker_on_sqlite_is_refused_with_the_remedy(tmp_path):
    command = [sys.executable, "-m", "app.main", "--data", str(tmp_path / "data"), "worker"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert "set database.url (CASEFILE_DATABASE_URL)" in done.stderr
