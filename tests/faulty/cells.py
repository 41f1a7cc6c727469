"""One intake and archive run in one process and one thread, so that every call has a number, and what it does when a call of it fails.

Everything is real (inbox, receipts, ledger, journal, keys, shelf, line, PDF, index, feed) but the durable engine, whose database may be
lost, and the child processes: what they run, runs here, its errors turned into ours as theirs are. A page is read once and remembered.
"""

import contextlib
import hashlib
import os
import random
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from app.answers import error_of, result_of
from app.child import answer
from app.durable import DurableLine
from app.house import House
from app.leases import Claim, Sole
from app.line import line
from app.outage import outages
from app.sandbox import MODULES
from app.settings import load
from app.upkeep import upkeep
from app.wiring import METADATA, PROJECTORS
from archive.books import open_books
from domain.errors import CasefileError, Conflict, Corrupt, Misconfigured, Unavailable
from domain.ids import new_ulid
from tests.fakes.books import FakeClock
from tests.faulty.calls import Calls
from tests.faulty.window import Window, encoded, judge, page, settled

ROUNDS = 40


class Inline:
    """The sandbox without its walls. What reading a page came to is remembered, for it is made from the bytes alone."""

    def __init__(self, read: dict[Any, Any]) -> None:
        self._read = read

    def run(self, function: Any, *args: Any, timeout: float | None = None) -> Any:
        key = None
        if function.__name__ == "read_page":
            key = (hashlib.sha256(Path(args[0]).read_bytes()).hexdigest(), *args[1:2], *args[3:])
        reply = self._read.get(key) or answer((function.__module__, function.__qualname__, args), frozenset(MODULES))
        if "error" in reply:
            raise error_of(reply)
        if key is not None:
            self._read[key] = reply
        return result_of(function, reply)

    def close(self) -> None:
        pass


def _gone_through(house: House, claim: Claim) -> "Future[list[str]]":
    """What the durable engine would say of a batch that was worked on just now."""
    future: Future[list[str]] = Future()
    try:
        with outages("the line cannot read or write"):
            future.set_result(line(house.desk(claim), claim.batch, claim.generation, lambda name, function: function()))
    except Exception as error:
        future.set_exception(error)
    return future


class Run:
    """One data folder, worked on until all is done. `read` may be shared between runs."""

    def __init__(self, place: Path, read: dict[Any, Any], calls: Calls) -> None:
        calls.watch(place / "data")
        self._calls = calls
        self.window, self._read, self.wrong = Window(place / "data", random.Random(0)), read, list[str]()
        self.window._put("a.png", encoded([page("one")], "PNG"), 1)
        self.window._put("b.png", encoded([page("one")], "PNG"), 1)
        for number in (1, 2):
            self.window._put(f"job/{number}.png", encoded([page(f"job {number}")], "PNG"), 1)
        (self.window.folder / "job" / ".done").touch()
        self.clock = FakeClock()
        self.house: House | None = None
        self._line: DurableLine | None = None

    def work(self, rounds: int = ROUNDS) -> None:
        """Rounds until nothing is left to do; a house that cannot be opened is tried again, as serve does."""
        for _ in range(rounds):
            self.clock.move(6)
            if self.house is None and not self._open():
                continue
            self._round()
            with self._calls.sleeping():
                self.look()
                if self.done():
                    return

    def _open(self) -> bool:
        data = self.window.data
        try:
            with outages("the data folder cannot be written"):
                (data / "derived").mkdir(exist_ok=True)
                self.house = House(data, load(data), open_books(data, self.clock, PROJECTORS, METADATA, resume=True, upkeep=upkeep()))
                self.house.clock = self.house.feed._clock = self.clock
                self.house.__dict__["sandbox"] = Inline(self._read)
                self._line = DurableLine(None, Sole(self.clock), self.house.desk, self.house.records.work, 2)
                self.house.__dict__["line"] = self._line
        except Unavailable:
            self.house = None
        return self.house is not None

    def _round(self) -> None:
        assert self.house is not None and self._line is not None
        with self._as_serve("intake", (Corrupt, Misconfigured)):
            self.house.intake.scan_once()
        self._line._pause.clear()
        with self._as_serve("line", (CasefileError,)), outages("the engine"):
            for batch, generation in self.house.records.work():
                claim = Claim(batch, generation, new_ulid(self.clock.now()))
                self._line._settle(claim, _gone_through(self.house, claim))
        if self._line.fault:
            self.wrong.append(f"the line stopped: {self._line.fault}")
        with self._as_serve("search", (CasefileError,)), outages("what search is told"):
            self.house.outbox._aside_at = 0.0  # what was set aside is tried again: the clock of the machine does not move here
            self.house.outbox.step()
        with self._as_serve("check", (CasefileError,)):
            self.house.check()

    @contextlib.contextmanager
    def _as_serve(self, part: str, fatal: tuple[type[Exception], ...]) -> Iterator[None]:
        """What passes by itself, passes; what would end serve is wrong."""
        try:
            yield
        except (Unavailable, Conflict):
            return
        except fatal as error:
            self.wrong.append(f"{part} ended: {type(error).__name__} {error}")
        except Exception as error:
            if part != "intake":  # the watch logs it and looks again
                self.wrong.append(f"{part} ended: {type(error).__name__} {error}")

    def look(self) -> None:
        """Every original lies in the inbox or has its receipt and its bytes."""
        self.wrong += [f"{name} is gone" for name in self.window.missing()]

    def done(self) -> bool:
        assert self.house is not None
        with contextlib.suppress(OSError):
            left = [path for path in self.window.folder.rglob("*") if path.is_file()]
            return not left and settled(self.window) and not self.house.books.registrar.unfinished
        return False

    def close(self) -> None:
        if self.house is not None:
            house, self.house = self.house, None
            with contextlib.suppress(Unavailable), outages("closing"):
                house.close()


def counted(place: Path, kind: str, monkeypatch: Any, read: dict[Any, Any]) -> int:
    """How many calls of `kind` a run without faults makes."""
    calls = Calls(monkeypatch, place, kind)
    run = Run(place, read, calls)
    calls.arm(None)
    run.work()
    done = run.done()
    run.close()
    wrong = run.wrong + judge(run.window)
    assert done and not wrong, wrong
    return calls.count


def failed(place: Path, calls: Calls, read: dict[Any, Any], at: int, fault: str, on: bool) -> list[str]:
    """A run in which call `at` fails, and with `on` every later one of its kind for three rounds; what is wrong when it is over."""
    run = Run(place, read, calls)
    calls.arm(at, fault, on)
    run.work(3 if on else ROUNDS)
    if on:
        calls.arm(None)
        run.work()
    calls.arm(None)
    if run.house is None or not run.done():
        run.work()
    done = run.house is not None and run.done()
    run.close()
    if calls.kind == "unlink":  # what could not be removed goes with the next start
        run.work(1)
        run.close()
    return run.wrong + ([] if done else ["it did not go on by itself"]) + judge(run.window)


def killed(place: Path, calls: Calls, read: dict[Any, Any], at: int) -> list[str]:
    """A run whose process kills itself at call `at`, and a new one after it; what is wrong when it is over."""
    run = Run(place, read, calls)
    child = os.fork()
    if child == 0:
        calls.arm(at, "kill")
        try:
            run.work()
            run.close()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    calls.arm(None)
    run.look()
    run.work()
    done = run.house is not None and run.done()
    run.close()
    return run.wrong + ([] if done else ["it did not go on by itself"]) + judge(run.window)
