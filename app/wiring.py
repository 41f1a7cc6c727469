"""Where concrete things meet: one house for one data folder.

`open_house(data)` opens what a command needs and nothing heavier; `exclusive=True` takes the lock that only one process may hold: the one
that takes files in, reads and archives. Other processes may ask and record (open a case, assign a document) at the same time.
"""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from app.database import database_of
from app.house import ABANDONED, House
from app.outage import outages
from app.places import Places
from app.settings import load
from app.upkeep import upkeep
from app.witness.outside import keys_of, outside
from archive import tables as archive_tables
from archive.backup import Backed, backup
from archive.books import open_books
from archive.check_witness import NOTHING, Outside
from archive.report import Progress
from archive.restore import Restored, check, restore
from archive.verify import verify
from casework import tables as casework_tables
from casework.cases import WRONG
from domain.checks import case_number
from domain.clock import SystemClock
from domain.errors import Conflict, Misconfigured
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
        database = database_of(settings)
        others = 0.0 if database is None else ABANDONED
        books = open_books(
            data, SystemClock(), PROJECTORS, METADATA, resume=exclusive, sweep_older=others, upkeep=upkeep(), database=database
        )
        house = House(data, settings, books, database)
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


def verify_data(data: Path, console: Console | None, against: str | None = None) -> Verdict:
    """Re-read everything (`archive.verify`), with progress on `console` where it is a terminal.

    The ledger is held against what the witness of the settings signed, or against the checkpoint `against` (app/witness/outside.py).
    """
    settings = load(data)
    beyond, database = outside(Places(data).ledger, settings, against), database_of(settings)
    with shown("verify", console) as progress:
        return verify(data, PROJECTORS, METADATA, progress, database=database, upkeep=upkeep(), outside=beyond)


def backup_data(data: Path, target: Path, keys: Path | None, full: bool, console: Console | None) -> Backed:
    """Bring a backup up to date (`archive.backup`)."""
    with shown("backup", console) as progress:
        return backup(data, target, SystemClock(), keys=keys, full=full, progress=progress)


def restore_data(source: Path, data: Path, keys: Path | None, destroyed_from: Path | None, console: Console | None) -> Restored:
    """Make a data folder from a backup (`archive.restore`)."""
    with shown("restore", console) as progress:
        return restore(source, data, keys=keys, destroyed_from=destroyed_from, progress=progress)


def check_folder(folder: Path, keys: Path | None, console: Console | None) -> Verdict:
    """Whether a backup or a restored folder is whole and of one day (`archive.restore.check`).

    The checkpoints that lie in it are held against the keys its settings name; the witness is not asked, `verify` does that.
    """
    seen = NOTHING
    with contextlib.suppress(Misconfigured):  # a folder whose settings are wrong can be whole all the same
        witness = load(folder).witness
        seen = Outside(keys_of(witness), witness.restored)
    with shown("check", console) as progress:
        return check(folder, PROJECTORS, METADATA, keys=keys, progress=progress, outside=seen)


@contextlib.contextmanager
def shown(what: str, console: Console | None) -> Iterator[Progress | None]:
    """Shows bytes done of bytes in all on `console`, where it is a terminal."""
    if console is None or not console.is_terminal:
        yield None
        return
    from rich.progress import Progress as Bar

    with Bar(console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


def print_coversheet(case: str | None, out: Path) -> None:
    """Write a separator sheet.

    Raises:
        Misconfigured: `case` is no case number.
    """
    if case is not None and not case_number(case):
        raise Misconfigured(WRONG)
    from pipeline.coversheet import coversheet

    coversheet(case, str(out))
