"""The durable engine's account: what ended is removed from it, what a dead executor left too, and its database may be lost."""

import sqlite3
import threading
import time

import pytest
from sqlalchemy.exc import OperationalError

from app.engine import WorkEngine, is_the_engines
from app.leases import Claim
from archive.sqlite import look_into
from domain.errors import Unavailable
from domain.ids import ALPHABET


def claims(start, count):
    return [Claim(ident("B", number), 1, ident("T", number)) for number in range(start, start + count)]


def ident(kind, number):
    return f"01M8{kind}{number:021d}".translate({ord(c): c for c in ALPHABET})


def run_all(engine, some):
    for future in [engine.run(claim, lambda: None) for claim in some]:
        future.result(timeout=60)


def rows(folder):
    with sqlite3.connect(folder / "engine.db") as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
        counts = {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
        return {table: count for table, count in counts.items() if "workflow" in table or "operation" in table}


@pytest.fixture
def engine(tmp_path):
    one = WorkEngine(tmp_path / "work", lambda claim, step: step("read", lambda: [claim.batch]))
    one.open("first")
    yield one
    one.close()


def test_the_engines_database_does_not_grow_with_what_was_done(engine, tmp_path):
    sizes = []
    for turn in range(3):
        for start in range(turn * 60, turn * 60 + 60, 20):
            run_all(engine, claims(start, 20))
        assert sum(rows(tmp_path / "work").values()) >= 60
        while engine.tidy({"first"}):
            pass
        assert not any(rows(tmp_path / "work").values())
        sizes.append((tmp_path / "work" / "engine.db").stat().st_size)
    assert max(sizes[1:]) <= sizes[0] * 1.2, sizes


def test_what_a_dead_executor_left_is_removed_and_what_a_living_one_has_is_kept(engine, tmp_path):
    run_all(engine, claims(0, 5))
    left = WorkEngine(tmp_path / "work", lambda claim, step: [])  # as a killed process leaves it: nothing tidied
    engine.close()
    left.open("second")
    try:
        assert left.tidy({"first", "second"}) == 0
        left.look_for_strangers()
        assert left.tidy({"second"}) == 5
        assert not any(rows(tmp_path / "work").values())
    finally:
        left.close()


def test_opened_again_it_does_not_run_by_itself_what_was_under_way(tmp_path):
    runs, go = list[str](), threading.Event()

    def work(claim, step):
        def read():
            runs.append(threading.current_thread().name)
            go.wait(30)
            return 1

        step("read", read)
        return [claim.batch]

    one = WorkEngine(tmp_path / "work", work)
    one.open("first")
    try:
        (claim,) = claims(0, 1)
        future = one.run(claim, lambda: None)
        until = time.monotonic() + 30
        while not runs and time.monotonic() < until:
            time.sleep(0.05)
        one.open("first")
        time.sleep(3)
        go.set()
        with pytest.raises(Unavailable):
            future.result(timeout=60)
        assert runs == [f"batch-{claim.batch}"]
        run_all(one, claims(1, 2))
        one.look_for_strangers()
        while one.tidy({"first"}):
            pass
        assert not any(rows(tmp_path / "work").values()), "what the former opening left is removed too"
    finally:
        go.set()
        one.close()


def test_an_engine_whose_database_failed_says_so_and_is_opened_again(engine, tmp_path):
    with sqlite3.connect(tmp_path / "work" / "engine.db") as connection:
        connection.execute("DROP TABLE workflow_status")
    (claim,) = claims(0, 1)
    with pytest.raises(Exception) as caught:
        engine.run(claim, lambda: None).result(timeout=60)
    assert is_the_engines(caught.value)
    assert not engine.ready
    with pytest.raises(Unavailable):
        engine.tidy({"first"})
    for path in (tmp_path / "work").glob("engine.db*"):
        path.unlink()
    engine.open("first")
    run_all(engine, claims(0, 3))


def test_a_fault_of_a_step_is_not_the_engines(engine, tmp_path):
    def bad(claim, step):
        return step("read", lambda: look_into(tmp_path / "nothing").connect())

    other = WorkEngine(tmp_path / "work", bad)
    engine.close()
    other.open("first")
    try:
        with pytest.raises(OperationalError) as caught:
            other.run(claims(0, 1)[0], lambda: None).result(timeout=60)
        assert other.ready
        assert not is_the_engines(caught.value)
    finally:
        other.close()


@pytest.mark.parametrize(("anew", "expected"), [(True, Unavailable), (False, KeyError)])
def test_what_breaks_because_the_engine_was_opened_anew_is_not_blamed_on_the_batch(tmp_path, anew, expected):
    begun, go = threading.Event(), threading.Event()

    def work(claim, step):
        begun.set()
        go.wait(30)
        raise KeyError("of a step whose engine is gone")

    one = WorkEngine(tmp_path / "work", work)
    one.open("first")
    try:
        (claim,) = claims(0, 1)
        future = one.run(claim, lambda: None)
        assert begun.wait(30)
        if anew:
            one.open("second")
        go.set()
        with pytest.raises(expected):
            future.result(timeout=60)
    finally:
        one.close()
