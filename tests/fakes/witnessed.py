"""A ledger's journal, made quickly, and a witness that answers in a thread."""

import contextlib
import threading
from pathlib import Path

from app.witness.exchange import Caller, Place
from app.witness.serve import listening, serve
from app.witness.state import State
from app.witness.submit import Submitter
from archive.journal import Journal
from archive.notes import origin_of
from archive.segments import SEGMENT
from archive.witness import WitnessBook
from archive.witnessed import ledger_id
from domain.events import CASE_OPENED, Draft
from tests.fakes.ledger import MemoryLedger
from tests.fakes.stillclock import StillClock


class Books:
    """A ledger in memory and its journal under `folder`/ledger."""

    def __init__(self, folder: Path, per_segment: int = SEGMENT) -> None:
        self.folder = folder / "ledger"
        self.ledger = MemoryLedger(StillClock())
        self.journal = Journal(self.folder, folder / "mark", per_segment=per_segment)
        folder.mkdir(parents=True, exist_ok=True)

    def grow(self, count: int, word: str = "key") -> None:
        start = self.ledger.size()
        self.ledger.append([Draft(CASE_OPENED, f"case{n}", f"{word}{n}", {"number": f"A{n}"}) for n in range(start, start + count)])
        self.journal.catch_up(self.ledger)

    @property
    def origin(self) -> str:
        return origin_of(ledger_id(self.folder))


def submitter(folder: Path, place: str, keys, restored: int = 0) -> Submitter:
    """Casefile's side of a witness, anew, as after a start; `folder` is that of `Books`."""
    return Submitter(folder / "ledger", Caller(Place.parse(place), 2.0), keys, restored, State(folder / "witness.json", StillClock()))


@contextlib.contextmanager
def answering(folder: Path, place: str, users, new=(), clock=None):
    """A witness in a thread; gives its book."""
    book = WitnessBook(folder, clock or StillClock(), "test/witness", new)
    stop = threading.Event()
    with listening(Place.parse(place)) as server:
        thread = threading.Thread(target=serve, args=(server, book, users, stop), daemon=True)
        thread.start()
        try:
            yield book
        finally:
            stop.set()
            thread.join()
