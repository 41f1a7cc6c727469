"""One window's folder, looked through once: carry on what was half taken, settle, claim, close folders, remove empty ones.

Promises: one file's trouble never keeps another from being taken; a folder closes only when nothing in it is still settling; a folder is
removed only after its batch closed, when it stayed empty and unchanged for `empty_quiet` seconds, and only by rmdir, which no file survives
being in the way of. Names ending or beginning as unfinished hold a folder open until they were quiet for `give_up` seconds.
"""

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from domain.errors import Conflict, Corrupt, Misconfigured, Unavailable
from ingest import desk, folders
from ingest.batch import DONE_FILE, QUIET, close
from ingest.claim import HOLD_OFF, Claims, Office, Outcome
from ingest.folders import Found
from ingest.lease import LEASE
from ingest.names import DONE, Parts, natural, shown, unfinished
from ingest.settle import UNREADABLE, Patience, Settling
from ingest.trouble import where

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """When a file and a folder count as finished. Seconds, but `office`.

    quiet: no change of size or time, and between the two digests. give_up: not whole for so long: refused as incomplete. grace: quiet and
    waiting time where open writers cannot be asked. batch_quiet: a folder closes. rejoin: a late file joins its folder's last batch.
    poll: between scans while something waits; rest: while nothing does. empty_quiet: an emptied folder is removed. lease: a process
    that holds a taken file and gives no sign of life for so long is taken for stopped.
    """

    quiet: float = 2.0
    give_up: float = 600.0
    grace: float = 10.0
    batch_quiet: float = 30.0
    rejoin: float = 86400.0
    poll: float = 1.0
    rest: float = 5.0
    empty_quiet: float = 120.0
    lease: float = LEASE
    office: str = "main"


@dataclass(slots=True)
class Scanned:
    """What one look through a folder came to: receipts issued, and whether anything there still waits."""

    receipted: int = 0
    waits: bool = False


class Window:
    """What is remembered of one window from scan to scan. Nothing of it needs to survive the process."""

    def __init__(self, folder: Path, settings: IntakeSettings, office: Office) -> None:
        self._folder, self._name, self._settings, self._office = folder, folder.name, settings, office
        self.settling = Settling(folder, Patience(settings.quiet, settings.give_up, settings.grace), office.clock)
        self._claims = Claims(folder, settings.office, office, settings.grace, settings.lease)
        self._forbidden: Misconfigured | None = None
        self._calm: dict[str, tuple[int, float]] = {}
        self._bare: dict[str, tuple[tuple[int, int], float]] = {}

    def scan(self) -> Scanned:
        """Look through the folder once.

        Raises:
            Misconfigured: no right to take some file here; everything else was done. Corrupt: our own data. OSError: the folder cannot be
                read.
        """
        result, self._forbidden = Scanned(), None
        held = {shown(parts[:1]) for parts in self._claims.sweep() if len(parts) > 1}
        present: set[Parts] = set()
        finished: dict[str, str] = {}
        for found in sorted(folders.walk(self._folder), key=lambda f: natural(shown(f.parts))):
            present.add(found.parts)
            if found.parts[1:] == (DONE,) and found.regular:
                finished[shown(found.parts[:1])] = found.parts[0]
            elif self._offer(found):
                result.receipted += 1
            else:
                result.waits = True
                if len(found.parts) > 1 and not self._left_behind(found):
                    held.add(shown(found.parts[:1]))
        self.settling.keep_only(present)
        still_open = self._close(held, set(finished))
        for folder in set(finished) - held - still_open:
            self._consume(finished[folder])
        bare = self._prune({parts[0] for parts in present})
        result.waits = result.waits or bool(held or still_open or bare)
        if self._forbidden is not None:
            raise self._forbidden
        return result

    def _offer(self, found: Found) -> bool:
        """Look at one file, take it if it is ready; whether it is gone from here."""
        try:
            ready = self.settling.consider(found)
            outcome = Outcome.RETURNED if ready is None else self._claims.claim(ready)
        except FileNotFoundError:
            return False
        except Corrupt:
            raise
        except Misconfigured as error:
            self._forbidden = self._forbidden or error
            return False
        except Exception as error:
            log.error("window %s: a file could not be taken and is tried again: %s", self._name, where(error))
            self.settling.hold_off(found.parts, HOLD_OFF, UNREADABLE)
            return False
        if outcome is Outcome.RECEIPTED:
            self.settling.forget(found.parts)
        if outcome in (Outcome.NO_ROOM, Outcome.NOT_NOW):
            self.settling.hold_off(found.parts, HOLD_OFF, outcome.value)
        return outcome is Outcome.RECEIPTED

    def _left_behind(self, found: Found) -> bool:
        return unfinished(found.parts) and self.settling.quiet_for(found.parts) >= self._settings.give_up

    def _close(self, held: set[str], finished: set[str]) -> set[str]:
        """Close the folders that are due; which stay open."""
        with self._office.engine.connect() as connection:
            rows = [row for row in desk.open_folders(connection) if row.window == self._name]
        now, calm, still_open = self._office.clock.monotonic(), {}, set()
        for row in rows:
            folder = row.folder or ""
            seq, since = self._calm.get(row.id, (row.last_seq, now))
            if folder in held or seq != row.last_seq:
                seq, since = row.last_seq, now
            calm[row.id] = (seq, since)
            due = QUIET if now - since >= self._settings.batch_quiet else None
            how = DONE_FILE if folder in finished and folder not in held else due
            if how is None or not self._closed(row.id, how):
                still_open.add(folder)
        self._calm = calm
        return still_open

    def _closed(self, batch: str, how: str) -> bool:
        try:
            generation = close(self._office.registrar, self._office.engine, batch, how)
        except (Conflict, Unavailable) as error:
            log.warning("window %s: batch %s could not be closed and is tried again: %s", self._name, batch, where(error))
            return False
        if generation is not None:
            self._office.on_closed(batch, generation)
        return True

    def _consume(self, folder: str) -> None:
        try:
            with folders.folder_of(self._folder, (folder, DONE)) as descriptor:
                os.unlink(DONE, dir_fd=descriptor)
        except OSError as error:
            log.warning("window %s: a %s file could not be removed: %s", self._name, DONE, where(error))

    def _prune(self, occupied: set[str]) -> bool:
        """Remove folders that stayed empty after their batch closed; whether some are waiting for that."""
        now, bare = self._office.clock.monotonic(), {}
        for name, state in folders.subfolders(self._folder):
            if name in occupied or unfinished((name,)):
                continue
            known, since = self._bare.get(name, (state, now))
            bare[name] = (state, since if known == state else now)
            if now - bare[name][1] >= self._settings.empty_quiet and self._over(name):
                folders.remove_if_bare(self._folder, (name,))
        self._bare = bare
        return any(now - since < self._settings.empty_quiet for _, since in bare.values())

    def _over(self, folder: str) -> bool:
        with self._office.engine.connect() as connection:
            row = desk.newest_batch(connection, self._name, shown((folder,)))
            return row is not None and not desk.is_open(connection, row.id)
