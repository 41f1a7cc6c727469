"""Where concrete things meet: one house for one data folder.

`open_house(data)` opens what a command needs and nothing heavier; `exclusive=True` takes the lock that only one process may hold: the one
that takes files in, reads and archives. Other processes may ask and record (open a case, assign a document) at the same time.
"""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from app.house import House
from app.outage import outages
from app.places import Places
from app.settings import load
from archive import tables as archive_tables
from archive.books import open_books
from archive.verify import verify
from casework import tables as casework_tables
from domain.clock import SystemClock
from domain.errors import Conflict
from domain.model import Verdict
from ingest import tables as ingest_tables

PROJECTORS = (ingest_tables.apply, archive_tables.apply, casework_tables.apply)
METADATA = (ingest_tables.metadata, archive_tables.metadata, casework_tables.metadata)


@contextlib.contextmanager
def open_house(data: Path, *, exclusive: bool = False) -> Iterator[House]:
    """The house of `data`, closed at the end.

    Raises:
        Misconfigured: a setting, or no right to the folder. Conflict: exclusive, and another process works on this folder.
    """
    settings = load(data)
    with contextlib.ExitStack() as stack:
        places = Places(data)
        with outages(f"the data folder {data} cannot be written"):
            places.derived.mkdir(parents=True, exist_ok=True)
        if exclusive:
            stack.enter_context(lock(places.lock))
        books = open_books(data, SystemClock(), PROJECTORS, METADATA, resume=exclusive)
        house = House(data, settings, books)
        stack.callback(house.close)
        yield house


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold `path` for this process alone; the kernel lets go when the process ends, however it ends.

    Raises:
        Conflict. DiskFull, Unavailable: it cannot be opened.
    """
    with outages("the data folder cannot be locked"):
        stream = path.open("a")
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(f"another casefile works on this data folder ({path}); stop it first") from None
        yield


def verify_data(data: Path, console: Console | None) -> Verdict:
    """Re-read everything (`archive.verify`), with progress on `console` where it is a terminal."""
    if console is None or not console.is_terminal:
        return verify(data, PROJECTORS, METADATA)
    from rich.progress import Progress

    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("verify", total=None)
        return verify(data, PROJECTORS, METADATA, lambda done, total: progress.update(task, completed=done, total=total))


def print_coversheet(case: str | None, out: Path) -> None:
    """Write a separator sheet."""
    from pipeline.coversheet import coversheet

    coversheet(case, str(out))
