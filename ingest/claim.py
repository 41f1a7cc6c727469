"""From a file that is ready to a receipt that stands.

    rename into .taken/<ulid>/ -> digest -> copy into the store (fsync) -> digest -> rename into .taken/<ulid>.due/
        -> receipt and ledger event, one transaction -> nobody holds it, digest unchanged -> unlink

Promises: receipt before removal; the rename is the lock, so two processes never take one file; the folder's ULID is the receipt's id and
its idempotency key, so whoever carries on a half-claimed file (after kill -9, at any point) issues the same receipt and no second one. A
file that changed goes back to its folder: before the receipt as if nothing had been, after it as a new file with a receipt of its own to
come. A thing that is no file gets a receipt without bytes that is refused at once, and is moved to `.refused/<ulid>/`, never opened.
A process that stands still in the middle (SIGSTOP, a frozen machine) keeps no file for ever: when its lease is over (ingest/lease.py)
another gives the file back, or finishes it once it is due. What the first does when it wakes counts for nothing: the file is not where
it left it, and of what it would record nothing is appended, because the receipt's key stands and the rest goes along with that key.
Does not promise to be quick on mounts where writers cannot be asked for: there a file stays in `.taken` for `grace` seconds more.
Risk accepted: a process stopped in the very moment in which it writes to the ledger holds the ledger's lock: others wait until it goes on
or is ended, and lose nothing. One stopped between its last look at a file on such a mount and the unlink removes what came meanwhile.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sqlalchemy import Engine

from domain.errors import Conflict, Corrupt, DiskFull, Misconfigured, Unavailable
from domain.ids import new_ulid
from domain.model import Digest, Stored
from domain.ports import Clock, Feed, Registrar, Store
from domain.reasons import Reason
from ingest import aside, desk, folders
from ingest.aside import DUE
from ingest.batch import Arrival, Standing, drafts
from ingest.folders import Found, Holder
from ingest.formats import OCTETS, Whole, whole
from ingest.lease import LEASE, Held, Leases, held
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
                late = len(self.registrar.record(events)) < len(events)
                break
            except Conflict:  # another process joined the folder or brought the same bytes: look again, decide again
                if tried == TRIES:
                    raise
        if late:  # another process issued it first
            return standing
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

    def __init__(self, folder: Path, office_name: str, office: Office, grace: float, lease: float = LEASE) -> None:
        self._folder, self._window, self._office_name = folder, folder.name, office_name
        self._office, self._grace = office, grace
        self._leases = Leases(folder, office.clock, lease)
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
            with held(self._folder, ulid) as whose:
                if whose is not Held.MINE or not aside.seize(self._folder, parts, ulid):
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
        now, waiting, claims = self._office.clock.monotonic(), [], aside.taken(self._folder)
        self._leases.keep_only(claims)
        for claim in claims:
            if aside.receipt_of(claim) is None:
                continue
            outcome = Outcome.NOT_NOW if now < self._not_before.get(claim, now) else self._resume(claim)
            if outcome is Outcome.NOT_NOW and (thing := aside.content(self._folder, claim)) is not None:
                waiting.append(thing.parts)
        return waiting

    def _resume(self, claim: str) -> Outcome:
        try:
            with held(self._folder, claim) as whose:
                if whose is Held.GONE:
                    return Outcome.GONE
                if whose is Held.OTHERS and not self._leases.over(claim):
                    return Outcome.NOT_NOW if self._receipt(claim) is None else Outcome.RECEIPTED
                return self._carry_on(claim, None, whose is Held.OTHERS)
        except (Misconfigured, Corrupt):
            raise
        except FileNotFoundError:
            return Outcome.GONE
        except Exception as error:
            log.error("window %s: receipt %s could not be finished and is tried again: %s", self._window, claim, where(error))
            self._not_before[claim] = self._office.clock.monotonic() + HOLD_OFF
            return Outcome.NOT_NOW

    def _receipt(self, claim: str) -> desk.ReceiptRow | None:
        with self._office.engine.connect() as connection:
            return desk.receipt_row(connection, claim.removesuffix(DUE))

    def _carry_on(self, claim: str, ready: Ready | None, others: bool = False) -> Outcome:
        """Go on from whatever state `.taken/<claim>` is in; `others`: the process that held it does not move.

        Without `ready`, what had been found out about the file is found out again. A file that could only be refused goes back to wait its
        time anew, unless it is due: then another process may be about to record its receipt, so this one records it too.
        """
        thing, due = aside.content(self._folder, claim), claim.endswith(DUE)
        if thing is None:
            folders.remove_if_bare(self._folder, (folders.TAKEN, claim))
            return Outcome.GONE
        known = self._receipt(claim)
        if known is not None:
            self._office.registrar.resume()  # whoever recorded it may have been stopped before it was on disk outside the database
            self._finish(claim, thing, known.digest)
            return Outcome.RECEIPTED
        if others:
            log.warning("window %s: receipt %s is carried on, the process that held it stands still", self._window, claim)
            if not due:
                return self._return(claim, thing)
        if not thing.regular or (ready is not None and ready.reason is Reason.NOT_A_FILE):
            return self._issue(claim, thing, None, Ready(thing, None, OCTETS, Reason.NOT_A_FILE, ready.detail if ready else ""))
        ready = ready or self._look(claim, thing)
        if ready is not None and ready.digest is None:
            return self._issue(claim, thing, None, ready)
        if ready is None or not self._still(claim, thing, ready.digest):
            return self._return(claim, thing)
        return self._copy(claim, thing, ready)

    def _look(self, claim: str, thing: Found) -> Ready | None:
        """What was found out before, found out again. None: it would have to wait, and may."""
        due = claim.endswith(DUE)
        if thing.links > 1:
            return Ready(thing, None, OCTETS, Reason.NOT_A_FILE, "more than one hard link") if due else None
        with folders.opened(self._folder / folders.TAKEN / claim, thing.parts) as file:
            seen = whole(file)
            reason = Reason.EMPTY_FILE if thing.size == 0 else Reason.INCOMPLETE if seen.state is Whole.PARTIAL else None
            return Ready(thing, folders.digest(file), seen.media, reason, seen.why) if due or reason is None else None

    def _still(self, claim: str, thing: Found, digest: Digest | None) -> bool:
        with folders.opened(self._folder / folders.TAKEN / claim, thing.parts) as file:
            return folders.holder(file) is not Holder.SOMEBODY and folders.digest(file) == digest

    def _return(self, claim: str, thing: Found, outcome: Outcome = Outcome.RETURNED) -> Outcome:
        """Give the file back, unless its receipt is due: then it stays and is looked at again."""
        if claim.endswith(DUE):
            return Outcome.NOT_NOW
        aside.give_back(self._folder, claim, thing.parts)
        return outcome

    def _copy(self, claim: str, thing: Found, ready: Ready) -> Outcome:
        try:
            stored = self._office.store.stage(self._folder.joinpath(folders.TAKEN, claim, *thing.parts), ready.media)
        except DiskFull:
            return self._return(claim, thing, Outcome.NO_ROOM)
        except Unavailable:
            return self._return(claim, thing, Outcome.NOT_NOW)
        if stored.digest != ready.digest or not self._still(claim, thing, ready.digest):
            return self._return(claim, thing)
        return self._issue(claim, thing, stored, ready)

    def _issue(self, claim: str, thing: Found, stored: Stored | None, ready: Ready) -> Outcome:
        if claim.endswith(DUE):
            return self._record(claim, thing, stored, ready)
        due = claim + DUE
        try:
            aside.reserve(self._folder, due)
            with held(self._folder, due):  # so that nobody does the same meanwhile; if somebody does, no matter
                if not aside.make_due(self._folder, claim, thing.parts):
                    return Outcome.GONE
                return self._record(due, thing, stored, ready)
        except DiskFull:
            return self._return(claim, thing, Outcome.NO_ROOM)

    def _record(self, claim: str, thing: Found, stored: Stored | None, ready: Ready) -> Outcome:
        folder = shown(thing.parts[:1]) if len(thing.parts) > 1 else None
        ulid = claim.removesuffix(DUE)
        arrival = Arrival(ulid, self._window, self._office_name, thing.parts, folder, stored, ready.reason, ready.detail)
        try:
            self._office.issue(arrival)
        except (Unavailable, Conflict):  # whether the ledger has it is not known: it stays in .taken, and is carried on from there
            self._not_before[claim] = self._office.clock.monotonic() + HOLD_OFF
            return Outcome.NOT_NOW
        known = self._receipt(claim)  # another process may have been first, with other bytes
        if known is not None:
            self._finish(claim, thing, known.digest)
        return Outcome.RECEIPTED

    def _finish(self, claim: str, thing: Found, digest: Digest | None) -> None:
        """The receipt stands: let go of the file, unless somebody is still at it."""
        self._not_before.pop(claim, None)
        if digest is None or not thing.regular:
            aside.set_aside(self._folder, claim, thing.parts)
            return
        now = self._office.clock.monotonic()
        with folders.opened(self._folder / folders.TAKEN / claim, thing.parts) as file:
            asked = folders.holder(file)
            since = self._lingering.setdefault(claim, now)
            if asked is Holder.SOMEBODY or (asked is Holder.UNKNOWN and now - since < self._grace):
                return
            same = folders.digest(file) == digest
        if same:
            aside.let_go(self._folder, claim, thing.parts)
        else:
            aside.give_back(self._folder, claim, thing.parts)
        self._lingering.pop(claim, None)
