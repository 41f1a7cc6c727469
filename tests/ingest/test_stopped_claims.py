"""A process that is stopped in the middle of a claim, while another carries its file on, writes nothing that counts when it wakes.

Real processes, real SIGSTOP and SIGCONT, the real books.
"""

import multiprocessing
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from archive.books import Books, open_books
from archive.tables import metadata as archive_tables
from archive.verify import verify
from domain.clock import SystemClock
from domain.events import BATCH_CLOSED, RECEIPT_DUPLICATE, RECEIPT_ISSUED, RECEIPT_REFUSED
from domain.model import Outcome
from ingest import aside, claim, desk, folders
from ingest.intake import Intake, IntakeSettings
from ingest.tables import apply, metadata
from tests.fakes.books import FakeFeed
from tests.fakes.scans import scan

SETTINGS = IntakeSettings(quiet=0.2, give_up=1.0, grace=0.5, batch_quiet=0.5, poll=0.05, lease=1.0)
STEPS = {
    "before the rename": (aside, "seize", "before"),
    "after the rename": (aside, "seize", "after"),
    "before the copy": ("store", "stage", "before"),
    "after the copy": ("store", "stage", "after"),
    "before it is due": (aside, "make_due", "before"),
    "before the receipt": ("registrar", "record", "before"),
    "after the receipt": ("registrar", "record", "after"),
    "before the unlink": (os, "unlink", "before"),
    "before it is given back": (aside, "give_back", "before"),
}

CASES = [(step, "whole") for step in STEPS]
CASES += [(step, content) for step in ("after the copy", "before it is due", "before the receipt") for content in ("twin", "half")]


class Stopping:
    """A port or a module whose function stops this process once, before or after its work."""

    def __init__(self, port: Any, name: str, when: str) -> None:
        self.port, self.name, self.when, self.done = port, name, when, False

    def __getattr__(self, name: str) -> Any:
        real = getattr(self.port, name)
        return self.wrapped(real) if name == self.name else real

    def wrapped(self, real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            if self.name == "unlink" and "dir_fd" not in kwargs:  # not the scanner's file
                return real(*args, **kwargs)
            if self.when == "before":
                self.stop()
            result = real(*args, **kwargs)
            if self.when == "after":
                self.stop()
            return result

        return call

    def stop(self) -> None:
        if not self.done:
            self.done = True
            os.kill(os.getpid(), signal.SIGSTOP)


def books_of(root: Path) -> Books:
    return open_books(root / "data", SystemClock(), [apply], [metadata, archive_tables], resume=False)


def intake_of(root: Path, books: Books, **ports: Any) -> Intake:
    parts = {"store": books.store, "registrar": books.registrar} | ports
    return Intake(
        root / "inbox",
        SETTINGS,
        engine=books.engine,
        clock=SystemClock(),
        feed=FakeFeed(),
        open_case=lambda w: None,
        on_closed=lambda b, g: None,
        **parts,
    )


def work(root: Path, step: str, changed: bool) -> None:
    """The process that is stopped: looks until the file is gone or it was stopped and woken, then a few times more."""
    books = books_of(root)
    where, name, when = STEPS[step]
    stopping = Stopping(getattr(books, where) if isinstance(where, str) else where, name, when)
    if isinstance(where, str):
        intake = intake_of(root, books, **{where: stopping})
    else:
        setattr(where, name, stopping.wrapped(getattr(where, name)))
        intake = intake_of(root, books)
    if changed:  # so that it wants to give the file back
        still = claim.Claims._still
        claim.Claims._still = lambda *a: stopping.done and still(*a)
    until = time.monotonic() + 30
    looks = 0
    while time.monotonic() < until and looks < 10:
        intake.scan_once()
        looks += stopping.done
        time.sleep(0.05)
    assert stopping.done, "never came to that step"
    books.close()


def stopped(process: Any) -> bool:
    state = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return state == "T"


def until_true(true: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "too long"
        time.sleep(0.02)


def everything(root: Path, books: Books) -> list[Path]:
    return [path for path in (root / "inbox").rglob("*") if path.is_file()]


@pytest.mark.crash
@pytest.mark.parametrize(("step", "content"), CASES)
def test_a_frozen_process_that_wakes_writes_nothing(tmp_path: Path, step: str, content: str) -> None:
    """`whole`: a good file. `twin`: while it stands still the same bytes come in another window. `half`: a file refused as incomplete."""
    data = scan("page")[:-9] if content == "half" else scan("page")
    window = tmp_path / "inbox" / "W01"
    window.mkdir(parents=True)
    (tmp_path / "inbox" / "W02").mkdir()
    (window / "job").mkdir()
    name = "张三.jpg" if content == "twin" else "job/张三.jpg"
    (window / name).write_bytes(data)
    books = books_of(tmp_path)
    frozen = multiprocessing.get_context("spawn").Process(target=work, args=(tmp_path, step, step == "before it is given back"))
    frozen.start()
    try:
        until_true(lambda: stopped(frozen))
        if content == "twin":
            (tmp_path / "inbox" / "W02" / "twin.jpg").write_bytes(data)
        other = intake_of(tmp_path, books)
        held = {w.name: w.why for w in other.waiting()}
        received = step in ("after the receipt", "before the unlink")
        assert (name in held) is not received, "a file without a receipt is seen to wait"

        def all_taken() -> bool:
            other.scan_once()
            return not everything(tmp_path, books)

        until_true(all_taken)
        before = list(books.ledger.read())
        os.kill(frozen.pid or 0, signal.SIGCONT)
        frozen.join(20)
        assert frozen.exitcode == 0
        while other.scan_once():
            pass
        late = [event for event in books.ledger.read(len(before) + 1) if event.kind != BATCH_CLOSED or event.body["how"] != "quiet"]
        assert late == [], "what it wrote late counts for nothing"
        check(tmp_path, books, content, data)
    finally:
        if frozen.is_alive():
            frozen.kill()
            frozen.join()
        books.close()
    findings = [f for f in verify(tmp_path / "data", [apply], [metadata, archive_tables]).findings if f.outcome is Outcome.BAD]
    assert findings == []


def check(root: Path, books: Books, content: str, data: bytes) -> None:
    """One receipt a file, its bytes on the shelf, nothing left in the inbox and nothing put back there."""
    kinds = [event.kind for event in books.ledger.read()]
    assert kinds.count(RECEIPT_ISSUED) == 1
    assert kinds.count(RECEIPT_DUPLICATE) == (content == "twin")
    assert kinds.count(RECEIPT_REFUSED) == (content == "half")
    assert everything(root, books) == []
    with books.engine.connect() as connection:
        assert desk.counts(connection)["received"] == 1 + (content == "twin")
    issued = next(event for event in books.ledger.read() if event.kind == RECEIPT_ISSUED)
    assert books.store.read(issued.objects[0]) == data
    assert list((root / "inbox" / "W01" / folders.TAKEN).iterdir()) == []
