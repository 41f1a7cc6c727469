"""Intake as the rest of the house sees it: an inbox with a folder for each window, and receipts that come of it.

Promises: what ingest/settle.py, claim.py and batch.py promise, for every folder of the inbox whose name is a window's, new ones at once;
the same gate for what lies there already when it starts. Any number of processes may watch one inbox. Does not promise an order between
windows.
Risk accepted: one thread serves all windows, so a mount that hangs holds up the others; start a process of its own for such an inbox.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from domain.errors import CasefileError, Misconfigured, Unavailable
from domain.ports import Clock, Feed, Registrar, Store
from ingest import aside, desk, folders
from ingest.batch import close_folder
from ingest.claim import Office, Outcome
from ingest.folders import Found
from ingest.names import DONE, is_window, shown
from ingest.settle import SETTLING, UNREADABLE, glance
from ingest.take import Taken, take
from ingest.watch import Watch
from ingest.window import IntakeSettings, Window

BEING_TAKEN = "being-taken"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that has no receipt yet.

    `name` is its path below the window's folder: personal data. `why` is a code of ingest/settle.py, or `being-taken`, `no-room`,
    `not-now`; `since` when it was first seen, or (not watched by this process) last written to.
    """

    window: str
    name: str
    why: str
    since: datetime


class Intake:
    """Watches `inbox` and issues receipts.

    `open_case(window)` gives the id of the case open there, or None. `on_closed(batch, generation)` is told of each closed batch once it
    stands; it may be called again after a crash or not at all, so ask `desk.unfinished` at start. `room(bytes)` says whether so many may be
    taken in now.
    """

    def __init__(
        self,
        inbox: Path,
        settings: IntakeSettings,
        store: Store,
        registrar: Registrar,
        engine: Engine,
        clock: Clock,
        feed: Feed,
        open_case: Callable[[str], str | None],
        on_closed: Callable[[str, int], None],
        room: Callable[[int], bool] = lambda size: True,
    ) -> None:
        self._inbox, self._settings = inbox, settings
        self._office = Office(store, registrar, engine, clock, feed, open_case, on_closed, settings.rejoin, room)
        self._windows: dict[str, Window] = {}
        self._soon: float | None = None
        self._watch: Watch | None = None

    def start(self) -> None:
        """Check every window's folder, then watch in a thread of its own.

        Raises:
            Misconfigured: the inbox is not there, or files may not be taken from a window's folder.
        """
        if not self._inbox.is_dir():
            raise Misconfigured(f"there is no inbox {self._inbox}; make the folder, and one in it for each window, such as W01")
        for folder in self._folders():
            aside.check_rights(folder)
        self._watch = Watch(self._inbox, self._look, self._settings.poll, self._settings.rest)
        self._watch.start()

    def stop(self) -> None:
        """Stop watching, after the scan under way."""
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    @property
    def trouble(self) -> CasefileError | None:
        """What the last look through the inbox ended with; None if all was well."""
        return None if self._watch is None else self._watch.trouble

    def scan_once(self) -> int:
        """Look through every window once; how many receipts were issued. A file needs several looks, `quiet` seconds apart, to settle.

        Raises:
            Misconfigured, Unavailable: files cannot be taken from some window's folder (the others were served). Corrupt: our own data.
        """
        receipted, soon, trouble = 0, None, list[CasefileError | OSError]()
        for folder in self._folders():
            window = self._windows.setdefault(folder.name, Window(folder, self._settings, self._office))
            try:
                scanned = window.scan()
            except (Misconfigured, Unavailable, OSError) as error:
                trouble.append(error)
                continue
            receipted += scanned.receipted
            if scanned.waits:
                soon = min(soon or math.inf, window.settling.soonest())
        self._soon = soon
        if trouble:
            raise trouble[0]
        return receipted

    def _look(self) -> float | None:
        if self._watch is not None:
            self._watch.listen(self._folders())
        self.scan_once()
        return None if self._soon is None else self._soon - self._office.clock.monotonic()

    def _folders(self) -> list[Path]:
        return sorted(path for path in self._inbox.iterdir() if is_window(path.name) and path.is_dir())

    def waiting(self) -> list[Waiting]:
        """Every file of the inbox that has no receipt yet, by window and name. May be asked of an Intake that was never started."""
        out = []
        for folder in self._folders():
            out += [self._waiting(folder, thing) for thing in folders.walk(folder) if thing.parts[1:] != (DONE,)]
            with self._office.engine.connect() as connection:
                claims = [(claim, aside.receipt_of(claim)) for claim in aside.taken(folder)]
                half = [claim for claim, receipt in claims if receipt and desk.receipt_row(connection, receipt) is None]
            for thing in (aside.content(folder, claim) for claim in half):
                if thing is not None:
                    out.append(Waiting(folder.name, shown(thing.parts), BEING_TAKEN, _written(thing)))
        return sorted(out, key=lambda w: (w.window, w.name))

    def _waiting(self, folder: Path, thing: Found) -> Waiting:
        window = self._windows.get(folder.name)
        known = window.settling.why(thing.parts) if window else None
        if known is not None:
            return Waiting(folder.name, shown(thing.parts), *known)
        try:
            why = glance(folder, thing)
        except OSError:
            why = UNREADABLE
        if why == SETTLING and not self._office.room(thing.size):
            why = Outcome.NO_ROOM.value
        return Waiting(folder.name, shown(thing.parts), why, _written(thing))

    def take(self, paths: Sequence[Path], window: str) -> list[Taken]:
        """Issue receipts for files given by hand, by copy; see ingest/take.py.

        Raises:
            Misconfigured, NotFound, Conflict, DiskFull, Unavailable
        """
        return take(self._office, paths, window, self._settings.office)

    def close(self, window: str, folder: str) -> tuple[str, int] | None:
        """Close a folder's batch by command; (batch, generation), or None when nothing came since the last close.

        Raises:
            NotFound: nothing was ever taken from this folder. Conflict, Unavailable.
        """
        closed = close_folder(self._office.registrar, self._office.engine, window, folder)
        if closed is not None:
            self._office.on_closed(*closed)
        return closed


def _written(thing: Found) -> datetime:
    return datetime.fromtimestamp(thing.mtime_ns / 1e9, UTC)


__all__ = ["Intake", "IntakeSettings", "Taken", "Waiting"]
