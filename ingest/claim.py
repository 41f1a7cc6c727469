"""From a file that is ready to a receipt that stands.

    rename into .taken/<ulid>/ -> digest -> copy into the store (fsync) -> digest -> receipt and ledger event, one transaction
        -> nobody holds it, digest unchanged -> unlink

Promises: receipt before removal; the rename is the lock, so two processes never take one file; the folder's ULID is the receipt's id and
its idempotency key, so whoever carries on a half-claimed file (after kill -9, at any point) issues the same receipt and no second one. A
file that changed goes back to its folder: before the receipt as if nothing had been, after it as a new file with a receipt of its own to
come. A thing that is no file gets a receipt without bytes that is refused at once, and is moved to `.refused/<ulid>/`, never opened.
Does not promise to be quick on mounts where writers cannot be asked for: there a file stays in `.taken` for `grace` seconds more.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sqlalchemy import Engine

from domain.errors import Conflict, Corrupt, DiskFull, Misconfigured, Unavailable
from domain.ids import is_ulid, new_ulid
from domain.model import Digest, Stored
from domain.ports import Clock, Feed, Registrar, Store
from domain.reasons import Reason
from ingest import aside, desk, folders
from ingest.batch import Arrival, Standing, drafts
from ingest.folders import Found, Holder
from ingest.formats import OCTETS, Whole, whole
from ingest.names import Parts, shown
from ingest.settle import Ready
from ingest.trouble import where

log = logging.getLogger(__name__)
TRIES = 5
HOLD_OFF = 5.0


class Outcome(Enum):
    """What came of trying to claim a file."""

    RECEIPTED = "receipted"
    GONE = "gone"  # somebody else was first
    RETURNED = "returned"  # it changed; it lies in its folder again
    NO_ROOM = "no-room"  # it lies in its folder again, until there is room
    NOT_NOW = "not-now"  # the store or the ledger is not answering; tried again


@dataclass(frozen=True, slots=True)
class Office:
    """What it takes to issue receipts.

    `open_case(window)` gives the id of the case open there. `on_closed(batch, generation)` is told of closed batches as a hint: it may be
    lost in a crash, `desk.unfinished` is the truth. `room(bytes)` says whether so many may be taken in without touching the disk's reserve.
    """

    store: Store
    registrar: Registrar
    engine: Engine
    clock: Clock
    feed: Feed
    open_case: Callable[[str], str | None]
    on_closed: Callable[[str, int], None]
    rejoin: float
    room: Callable[[int], bool] = lambda size: True

    def issue(self, arrival: Arrival) -> Standing:
        """Issue a receipt for bytes that are staged.

        Raises:
            Conflict: others kept being first. Unavailable, Corrupt.
        """
        for tried in range(1, TRIES + 1):
            with self.engine.connect() as connection:
                events, standing = drafts(connection, arrival, self.clock.now(), self.rejoin, self.open_case)
            try:
                self.registrar.record(events)
                break
            except Conflict:  # another process joined the folder or brought the same bytes: look again, decide again
                if tried == TRIES:
                    raise
        self._tell(arrival, standing)
        if standing.closed:
            self.on_closed(standing.batch, 1)
        return standing

    def _tell(self, arrival: Arrival, standing: Standing) -> None:
        facts = {"receipt": arrival.receipt, "window": arrival.window, "batch": standing.batch}
        twin = {} if standing.twin is None else {"twin": standing.twin}
        self.feed.tell("received", **facts, bytes=arrival.stored.size if arrival.stored else 0, **twin)
        if arrival.reason is not None and standing.twin is None:
            self.feed.tell("refused", **facts, reason=arrival.reason.code, step="settle")


class Claims:
    """Claims the files of one window's folder."""

    def __init__(self, folder: Path, office_name: str, office: Office, grace: float) -> None:
        self._folder, self._window, self._office_name = folder, folder.name, office_name
        self._office, self._grace = office, grace
        self._lingering: dict[str, float] = {}
        self._not_before: dict[str, float] = {}

    def claim(self, ready: Ready) -> Outcome:
        """Claim a file that has settled; none is touched while the disk has less free than the reserve.

        Raises:
            Misconfigured: no right to rename in this folder. OSError: of the folder; what was taken is carried on at the next sweep.
        """
        ulid, parts = new_ulid(self._office.clock.now()), ready.found.parts
        if not self._office.room(ready.found.size):
            return Outcome.NO_ROOM
        try:
            aside.reserve(self._folder, ulid)
            with aside.locked(self._folder, ulid) as mine:
                if not mine or not aside.seize(self._folder, parts, ulid):
                    return Outcome.GONE
                return self._carry_on(ulid, ready)
        except DiskFull:
            return Outcome.NO_ROOM
        except Unavailable:
            return Outcome.NOT_NOW

    def sweep(self) -> list[Parts]:
        """Carry on everything in `.taken` that no other process is working on; what still waits for its receipt afterwards.

        Raises:
            Misconfigured: `.taken` is no folder. Corrupt: our own data.
        """
        now, waiting = self._office.clock.monotonic(), []
        for ulid in aside.taken(self._folder):
            if not is_ulid(ulid):
                continue
            outcome = Outcome.NOT_NOW if now < self._not_before.get(ulid, now) else self._resume(ulid)
            if outcome is Outcome.NOT_NOW and (thing := aside.content(self._folder, ulid)) is not None:
                waiting.append(thing.parts)
        return waiting

    def _resume(self, ulid: str) -> Outcome:
        try:
            with aside.locked(self._folder, ulid) as mine:
                return self._carry_on(ulid, None) if mine else Outcome.GONE
        except (Misconfigured, Corrupt):
            raise
        except Exception as error:
            log.error("window %s: receipt %s could not be finished and is tried again: %s", self._window, ulid, where(error))
            self._not_before[ulid] = self._office.clock.monotonic() + HOLD_OFF
            return Outcome.NOT_NOW

    def _carry_on(self, ulid: str, ready: Ready | None) -> Outcome:
        """Go on from whatever state `.taken/<ulid>` is in.

        Without `ready`, what had been found out about the file is found out again, and a file that could only be refused goes back to
        wait its time anew.
        """
        thing = aside.content(self._folder, ulid)
        if thing is None:
            folders.remove_if_empty(self._folder, (folders.TAKEN, ulid))
            return Outcome.GONE
        with self._office.engine.connect() as connection:
            known = desk.receipt_row(connection, ulid)
        if known is not None:
            self._office.registrar.resume()  # whoever recorded it may have been stopped before it was on disk outside the database
            self._finish(ulid, thing, known.digest)
            return Outcome.RECEIPTED
        if not thing.regular or (ready is not None and ready.reason is Reason.NOT_A_FILE):
            return self._issue(ulid, thing, None, Ready(thing, None, OCTETS, Reason.NOT_A_FILE, ready.detail if ready else ""))
        ready = ready or self._look(ulid, thing)
        if ready is None or not self._still(ulid, thing, ready.digest):
            return self._return(ulid, thing)
        return self._copy(ulid, thing, ready)

    def _look(self, ulid: str, thing: Found) -> Ready | None:
        with folders.opened(self._folder / folders.TAKEN / ulid, thing.parts) as file:
            seen = whole(file)
            if seen.state is Whole.PARTIAL or thing.links > 1:
                return None
            return Ready(thing, folders.digest(file), seen.media, detail=seen.why)

    def _still(self, ulid: str, thing: Found, digest: Digest | None) -> bool:
        with folders.opened(self._folder / folders.TAKEN / ulid, thing.parts) as file:
            return folders.holder(file) is not Holder.SOMEBODY and folders.digest(file) == digest

    def _return(self, ulid: str, thing: Found, outcome: Outcome = Outcome.RETURNED) -> Outcome:
        aside.give_back(self._folder, ulid, thing.parts)
        return outcome

    def _copy(self, ulid: str, thing: Found, ready: Ready) -> Outcome:
        try:
            stored = self._office.store.stage(self._folder.joinpath(folders.TAKEN, ulid, *thing.parts), ready.media)
        except DiskFull:
            return self._return(ulid, thing, Outcome.NO_ROOM)
        except Unavailable:
            return self._return(ulid, thing, Outcome.NOT_NOW)
        if stored.digest != ready.digest or not self._still(ulid, thing, ready.digest):
            return self._return(ulid, thing)
        return self._issue(ulid, thing, stored, ready)

    def _issue(self, ulid: str, thing: Found, stored: Stored | None, ready: Ready) -> Outcome:
        folder = shown(thing.parts[:1]) if len(thing.parts) > 1 else None
        arrival = Arrival(ulid, self._window, self._office_name, thing.parts, folder, stored, ready.reason, ready.detail)
        try:
            self._office.issue(arrival)
        except (Unavailable, Conflict):  # whether the ledger has it is not known: it stays in .taken, and is carried on from there
            self._not_before[ulid] = self._office.clock.monotonic() + HOLD_OFF
            return Outcome.NOT_NOW
        self._finish(ulid, thing, stored.digest if stored else None)
        return Outcome.RECEIPTED

    def _finish(self, ulid: str, thing: Found, digest: Digest | None) -> None:
        """The receipt stands: let go of the file, unless somebody is still at it."""
        self._not_before.pop(ulid, None)
        if digest is None or not thing.regular:
            aside.set_aside(self._folder, ulid, thing.parts)
            return
        now = self._office.clock.monotonic()
        with folders.opened(self._folder / folders.TAKEN / ulid, thing.parts) as file:
            asked = folders.holder(file)
            since = self._lingering.setdefault(ulid, now)
            if asked is Holder.SOMEBODY or (asked is Holder.UNKNOWN and now - since < self._grace):
                return
            same = folders.digest(file) == digest
        if same:
            aside.let_go(self._folder, ulid, thing.parts)
        else:
            aside.give_back(self._folder, ulid, thing.parts)
        self._lingering.pop(ulid, None)
