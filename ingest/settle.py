"""When is a file finished? Not by a timer alone.

A file is ready when its structure is whole, it was quiet (same inode, size and times of change) for `quiet` seconds, two digests taken
`quiet` seconds apart agree, and nobody holds it open for writing. Where that cannot be asked (network mounts, files of another user's) it
must have been quiet for `grace` seconds as well. The time that passes is monotonic time, so a clock that jumps takes nothing early.
The first digest is taken at the first look at which nobody writes, and `soonest` tells when the second is due, so a finished file is ready
one `poll` and one `quiet` after its end.

What is not whole after `give_up` seconds of quiet, with no writer holding it, is ready with a Reason. What is whole at its end but odd
inside is ready without one after the same time: triage decides. Links, pipes, devices are ready at once with NOT_A_FILE, unopened. A file
with more than one hard link waits like one that is not whole (some programs link a finished file into place and unlink the old name), then
is NOT_A_FILE too: its bytes could be changed from elsewhere, and may be somebody else's.

A TIFF that a local program opens anew for each page is waited for as long as its pauses are shorter than `quiet`; a longer one is taken for
the end, and what comes later under that name is a file of its own.
Risk accepted: a file that a remote writer left structurally whole and untouched for `grace` seconds, only to go on (a TIFF grown page by
page over SMB), is taken early; what was added comes as a second receipt, or is lost if the writer's server already let go of the name.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.model import Digest
from domain.ports import Clock
from domain.reasons import Reason
from ingest.folders import Found, Holder, digest, holder, opened
from ingest.formats import OCTETS, Whole, Wholeness, whole
from ingest.names import Parts, unfinished

NAMED, WRITING, SETTLING, PARTIAL, ODD, EMPTY, HELD, LINKED, UNREADABLE, HELD_OFF = (
    "named-unfinished",
    "being-written",
    "settling",
    "not-whole",
    "odd-inside",
    "empty",
    "held-open",
    "linked",
    "unreadable",
    "held-off",
)
"""Why a file waits. Codes are stable: `status` shows them."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. See the module's docstring."""

    quiet: float = 2.0
    give_up: float = 600.0
    grace: float = 10.0


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that may be claimed. `digest` is None for what was not read, `reason` is why it is to be refused at once."""

    found: Found
    digest: Digest | None
    media: str
    reason: Reason | None = None
    detail: str = ""


@dataclass(slots=True)
class _Sight:
    """What was seen of one file; times are monotonic but `first`."""

    identity: tuple[int, int, int, int]
    since: float
    first: datetime
    why: str = WRITING
    looks: int = 0
    wholeness: Wholeness | None = None
    checked: float = 0.0
    digest: Digest | None = None
    digested: float = 0.0
    due: float = float("inf")
    not_before: float = float("-inf")


class Settling:
    """Remembers what one window's files looked like, from scan to scan. Nothing of it needs to survive the process."""

    def __init__(self, window: Path, patience: Patience, clock: Clock) -> None:
        self._window, self._patience, self._clock = window, patience, clock
        self._sights: dict[Parts, _Sight] = {}

    def consider(self, found: Found) -> Ready | None:
        """Look at a file once more; what may be claimed now, or None while it waits.

        Raises:
            FileNotFoundError: it is gone.
        """
        now = self._clock.monotonic()
        sight = self._sights.get(found.parts)
        if sight is None or sight.identity != found.identity:
            first = sight.first if sight and sight.identity[0] == found.inode else self._clock.now()
            hold = sight.not_before if sight else float("-inf")
            why = sight.why if sight and now < hold else WRITING  # given back by us, which the kernel counts as a change
            sight = self._sights[found.parts] = _Sight(found.identity, now, first, why, not_before=hold)
        sight.looks, sight.due = sight.looks + 1, float("inf")
        if unfinished(found.parts):
            sight.why = NAMED
            return None
        if not found.regular:
            return Ready(found, None, OCTETS, Reason.NOT_A_FILE)
        if now < sight.not_before:
            return None
        try:
            return self._judge(found, sight, now)
        except FileNotFoundError:
            raise
        except OSError:  # may not be read, or the mount is gone: listed as such and tried again at the next scan
            sight.why, sight.digest, sight.wholeness = UNREADABLE, None, None
            return None

    def _judge(self, found: Found, sight: _Sight, now: float) -> Ready | None:
        age, patience = now - sight.since, self._patience
        if found.links > 1:
            sight.why = LINKED
            return Ready(found, None, OCTETS, Reason.NOT_A_FILE, "more than one hard link") if age >= patience.give_up else None
        with opened(self._window, found.parts) as file:
            if sight.looks < 2 and holder(file) is not Holder.NOBODY:  # read only what somebody may still be writing when it kept still
                return None
            if sight.wholeness is None or (sight.wholeness.state is not Whole.YES and now - sight.checked >= patience.quiet):
                sight.wholeness, sight.checked = whole(file), now
            state = sight.wholeness.state
            if state is not Whole.YES:
                sight.why = EMPTY if found.size == 0 else PARTIAL if state is Whole.PARTIAL else ODD
                if age < patience.give_up:
                    return None
            return self._settle(found, sight, file, age)

    def _settle(self, found: Found, sight: _Sight, file: int, age: float) -> Ready | None:
        assert sight.wholeness is not None
        state, media, patience = sight.wholeness.state, sight.wholeness.media, self._patience
        if sight.digest is None:
            sight.digest, sight.digested = digest(file), self._clock.monotonic()
        if state is Whole.YES:
            sight.why = SETTLING
        sight.due = max(sight.since, sight.digested) + patience.quiet
        if self._clock.monotonic() < sight.due:
            return None
        asked = holder(file)
        if asked is Holder.SOMEBODY:
            sight.why = HELD
            return None
        if asked is Holder.UNKNOWN and age < patience.grace:
            sight.due = sight.since + patience.grace
            return None
        again = digest(file)
        if again != sight.digest:  # written to without a change of size or time
            sight.digest, sight.digested, sight.since, sight.wholeness = again, self._clock.monotonic(), self._clock.monotonic(), None
            return None
        if found.size == 0:
            return Ready(found, again, OCTETS, Reason.EMPTY_FILE)
        return Ready(found, again, media, Reason.INCOMPLETE if state is Whole.PARTIAL else None, sight.wholeness.why)

    def soonest(self) -> float:
        """When the next file may be ready if nothing changes, by the clock's monotonic time; infinity if none settles."""
        return min((sight.due for sight in self._sights.values()), default=float("inf"))

    def forget(self, parts: Parts) -> None:
        """It was taken: what comes under its name is another file."""
        self._sights.pop(parts, None)

    def hold_off(self, parts: Parts, seconds: float, why: str = HELD_OFF) -> None:
        """Do not offer this file again for a while: there was no room, or something was not answering."""
        if (sight := self._sights.get(parts)) is not None:
            sight.not_before, sight.why = self._clock.monotonic() + seconds, why

    def keep_only(self, present: set[Parts]) -> None:
        """Forget what is no longer there."""
        self._sights = {parts: sight for parts, sight in self._sights.items() if parts in present}

    def why(self, parts: Parts) -> tuple[str, datetime] | None:
        """Why a file waits, and since when it has been seen (UTC); None if it has not been seen yet."""
        sight = self._sights.get(parts)
        return None if sight is None else (sight.why, sight.first)

    def quiet_for(self, parts: Parts) -> float:
        """Seconds since it was last seen to change; 0 if it has not been seen yet."""
        sight = self._sights.get(parts)
        return 0.0 if sight is None else self._clock.monotonic() - sight.since


def glance(window: Path, found: Found) -> str:
    """Why a file waits, as far as one look can tell, for a process that has not watched it.

    Raises:
        OSError: it cannot be read.
    """
    if unfinished(found.parts):
        return NAMED
    if not found.regular or found.links > 1:
        return LINKED
    if found.size == 0:
        return EMPTY
    with opened(window, found.parts) as file:
        if holder(file) is Holder.SOMEBODY:
            return HELD
        state = whole(file).state
    return {Whole.YES: SETTLING, Whole.PARTIAL: PARTIAL, Whole.ODD: ODD}[state]
