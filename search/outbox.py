"""What carries the ledger into the index in use, and replaces that index by a new one while search goes on answering.

Promises: what search/follower.py promises. A rebuild (asked for by `ask_for_rebuild`, or because another analysis made the index) fills a
successor beside the index in use; both get what is new meanwhile; the successor takes over in one step when it has everything the other
has. Killed at any point, the next start goes on with the successor or finishes the take-over: the successor has a position file of its own
(`….building.json`, which is also the request), that is renamed over the position only after the take-over, and both name the identity of
the index they belong to. An index that may hold what this ledger does not know is rebuilt: one that is not empty and of which no position
is known, and one whose position tells of events that are not this ledger's (the ledger was put back from an older copy, which ends earlier
or went on otherwise). An index out of reach is told once to the feed, and once more when it is back.

Does not promise: that an event whose pages cannot be read now (its body or object is damaged), or which the index refuses, is found; it is
set aside, told to the feed, kept in the position file and tried again every hour and at the next start, while the others go on. An index
that another analysis made gets nothing new until it is replaced: documents shelved meanwhile are found after the take-over, and documents
dropped meanwhile until then. An index whose position went back together with the ledger (a snapshot of the whole machine) is not known for
what it is: `reindex`. The risk accepted: several followers of one index deliver everything several times, and fill one successor together.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event as StopEvent

from domain.errors import CasefileError, Misconfigured, Unavailable
from domain.ports import Feed, Ledger
from search import position as positions
from search.follower import FOLLOWED, Drop, EntriesOf, FollowedIndex, Follower, Parcel
from search.position import Position

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
ALARM_AFTER = 5
LOOKS = 25
"""Rounds with nothing new before the index is asked again whether it still is the same."""

LOOKED_THROUGH = 5000
KEPT_AFTER = 10.0
"""Seconds that a replaced index is kept for the searches that were under way in it."""

ASIDE_FIRST, ASIDE_AGAIN = 15.0, 3600.0
"""Seconds until what was set aside is tried again: a disk that failed once is well again soon, what is spoiled for good costs little."""

__all__ = ["Drop", "EntriesOf", "FollowedIndex", "Outbox", "ask_for_rebuild", "building_of", "rebuild", "trouble_of"]


class Outbox:
    """Follows `ledger` into `index`, remembering in the file `position` how far it came. One thread at a time."""

    def __init__(self, position: Path, index: FollowedIndex, ledger: Ledger, entries_of: EntriesOf, feed: Feed) -> None:
        self._file, self._index, self._ledger, self._entries_of, self._feed = position, index, ledger, entries_of, feed
        self._building, self._trouble = building_of(position), _trouble_file(position)
        self._live = self._follower(position, index)
        self._next: Follower | None = None
        self._quiet = LOOKS
        self._followed = False
        self.failing = False
        """Whether the index was out of reach at the last try of `run`."""
        self._tidy_at: float | None = None
        self._aside_wait = ASIDE_FIRST
        self._aside_at = time.monotonic() + ASIDE_FIRST

    def behind(self) -> int:
        """How many events of the ledger are not delivered yet, those set aside counted. Asks no index, so it never waits."""
        at = self._live.at
        return max(0, self._ledger.size() - at.seq) + len(at.aside)

    def idle(self) -> bool:
        """Whether there is nothing to deliver, or nobody to deliver to: what was set aside, or cannot be reached, is not waited for."""
        return self.failing or self._live.at.seq >= self._ledger.size()

    def unseen(self) -> int:
        """As `behind`, but of events that change what is found, as far as the next thousands of events tell."""
        at, size = self._live.at, self._ledger.size()
        if size - at.seq > LOOKED_THROUGH:
            return self.behind()
        new = () if size <= at.seq else self._ledger.read(at.seq + 1)
        return sum(event.kind in FOLLOWED for event in new) + len(at.aside)

    def rebuilding(self) -> tuple[int, int] | None:
        """How many events the successor has, of how many; None if there is none."""
        return (self._next.at.seq, self._ledger.size()) if self._next else None

    def under_way(self) -> float | None:
        """How much of a successor is made, 0 to 1, whoever makes it; None if there is none."""
        if not self._building.exists():
            return None
        return positions.read(self._building).seq / max(1, self._ledger.size())

    def step(self) -> int:
        """Deliver one batch, and one to the successor if there is one; how many events were dealt with, 0 when there is nothing to do.

        Raises:
            Unavailable, Misconfigured: nothing was lost; call again.
            CasefileError: the ledger cannot be read.
        """
        size = self._ledger.size()
        if time.monotonic() >= self._aside_at:
            self._aside_wait = min(ASIDE_AGAIN, 2 * self._aside_wait) if self._live.at.aside else ASIDE_FIRST
            self._aside_at = time.monotonic() + self._aside_wait
            self._live.retry()
        live = self._live
        asked = self._next is not None or self._building.exists()
        if size == live.at.seq and not live.again and not asked and self._quiet < LOOKS:
            self._quiet += 1
            return 0
        self._quiet = 0
        identity = self._known()
        dealt, failed = 0, None
        try:
            dealt = self._follow(identity)
        except Unavailable as error:  # an index that lost its only copy of a shard: the successor is the way out
            failed = error
        if self._next is not None:
            dealt += self._fill(size)
        if failed is not None and not dealt:
            raise failed
        if self._tidy_at is not None and time.monotonic() >= self._tidy_at:
            self._index.tidy()
            self._tidy_at = None
        return dealt

    def catch_up(self) -> None:
        """Deliver until nothing is left, a rebuild under way included.

        Raises:
            Unavailable, CasefileError: as `step`.
        """
        self._quiet = LOOKS
        while self.step():
            self._quiet = LOOKS

    def run(self, stop: StopEvent, pause: float = 0.2) -> None:
        """Deliver until `stop` is set. An index out of reach is tried again after 0.5 s, doubling up to 30 s.

        The fifth failure in a row is told to the feed (`search-unavailable`), and so is the end of such an outage (`search-back`).
        `pause`: seconds between two looks at a ledger that has nothing new.
        """
        failures = 0
        while not stop.is_set():
            try:
                wait = 0.0 if self.step() else pause
                self.tell_back()
                failures, self.failing = 0, False
            except (Unavailable, Misconfigured) as error:
                wait = min(LONGEST_WAIT, FIRST_WAIT * 2**failures)
                failures, self.failing = min(failures + 1, 16), True
                if failures == ALARM_AFTER:
                    self._alarm(error)
            if wait:
                stop.wait(wait)

    def _known(self) -> str:
        """The identity of the index in use, after what it calls for: a position that belongs to it, a successor that is wanted."""
        identity = self._index.identity()
        known = identity == self._live.at.identity or self._adopted(identity)
        if not known or self._live.strayed():
            if self._next is not None:
                self._abandon()  # it was begun beside an index, or from a ledger, that is no more
            self._start_over(identity, doubtful=known or not self._followed)
        self._followed = True
        if self._index.outdated() and not self._building.exists():
            positions.write(self._building, Position())
        if self._next is None and self._building.exists():
            self._begin()
            return self._index.identity()
        return identity

    def _start_over(self, identity: str, *, doubtful: bool) -> None:
        """Follow the index in use from the first event; where it is doubtful and not empty, a successor is asked for first.

        Not doubtful is one that changed while this process followed: it was lost, or another follower of this ledger replaced it.
        """
        if doubtful and _touched(self._index):
            ask_for_rebuild(self._file)
        self._live.start_over(identity)

    def _follow(self, identity: str) -> int:
        """A batch for the index in use."""
        if self._index.outdated():
            return 0
        parcel = self._live.deliver(identity)
        self._tell(parcel)
        return parcel.dealt

    def _adopted(self, identity: str) -> bool:
        """Whether a position is known for the index that is in use now: a take-over was cut short, or another process did it."""
        for file in (self._building, self._file):
            if positions.read(file).identity == identity:
                if file == self._building:
                    positions.move(file, self._file)
                    self._next = None
                self._live = self._follower(self._file, self._index)
                self._tidy_at = time.monotonic() + KEPT_AFTER
                return True
        return False

    def _begin(self) -> None:
        """Take a successor up, unless there is nothing that it could leave a gap in."""
        if self._empty():
            self._index.clear()
            self._abandon()
            self._live.start_over(self._index.identity())
            return
        found = self._follower(self._building, self._index.successor())
        identity = found.index.identity()
        stray = found.strayed() or (identity != found.at.identity and _touched(found.index))
        if stray or found.index.outdated():
            self._index.tidy(successor=True)  # left behind by another version, by a newer copy of the ledger, by who knows whom
            found.index = self._index.successor()
            identity = found.index.identity()
        self._next = found
        if identity != found.at.identity:
            found.start_over(identity)
            self._feed.tell("notice", what="index-rebuild-begun", events=self._ledger.size())

    def _fill(self, size: int) -> int:
        """A batch for the successor; the take-over when it has all that there was at the beginning of the round, and all the other has."""
        follower = self._next
        assert follower is not None
        identity = follower.index.identity()
        dealt = follower.deliver(identity).dealt
        if follower.at.seq < max(size, self._live.at.seq):
            return dealt
        positions.write(self._building, follower.at)
        self._index.succeed()
        positions.move(self._building, self._file)
        self._next, self._live = None, self._follower(self._file, self._index)
        self._live.again = []
        self._tidy_at = time.monotonic() + KEPT_AFTER
        self._feed.tell("notice", what="index-rebuilt", pages=self._index.count())
        return dealt + 1

    def _abandon(self) -> None:
        self._index.tidy(successor=True)
        self._building.unlink(missing_ok=True)
        self._next = None

    def _empty(self) -> bool:
        try:
            return self._index.count() == 0
        except Unavailable:
            return False

    def _follower(self, file: Path, index: FollowedIndex) -> Follower:
        return Follower(file, index, self._ledger, self._entries_of)

    def _alarm(self, error: CasefileError) -> None:
        if not self._trouble.exists():  # else a process before this one has told of the same outage
            self._feed.tell("notice", what="search-unavailable", detail=error.what, behind=self._behind_if_known())
        self._trouble.parent.mkdir(parents=True, exist_ok=True)
        self._trouble.write_text(json.dumps({"what": error.what}))

    def _behind_if_known(self) -> int | None:
        """None: it is the ledger that does not answer."""
        try:
            return self.behind()
        except Unavailable:
            return None

    def tell_back(self) -> None:
        """Say that an outage which was told is over."""
        if self._trouble.exists():
            self._trouble.unlink(missing_ok=True)
            self._feed.tell("notice", what="search-back", behind=self._behind_if_known())

    def _tell(self, parcel: Parcel) -> None:
        pages: dict[str, set[int]] = {}
        for entry in parcel.puts:
            pages.setdefault(entry.document, set()).add(entry.page)
        for document, numbers in pages.items():
            self._feed.tell("indexed", document=document, pages=len(numbers))
        for seq, error in parcel.aside.items():
            self._feed.tell("notice", what="not-indexed", seq=seq, error=type(error).__name__)


def _touched(index: FollowedIndex) -> bool:
    try:
        return index.touched()
    except Unavailable:  # it answers to its name, and not for all it should hold
        return True


def building_of(position: Path) -> Path:
    """The successor's position; that it is there asks for a successor."""
    return position.with_suffix(".building.json")


def ask_for_rebuild(position: Path) -> None:
    """Ask whoever follows with `position`, now or later, to replace the index; one that is under way goes on.

    Raises:
        DiskFull, Unavailable
    """
    if not building_of(position).exists():
        positions.write(building_of(position), Position())


def trouble_of(position: Path) -> str | None:
    """What keeps the follower from its index, since its alarm; None if nothing does."""
    try:
        return str(json.loads(_trouble_file(position).read_text())["what"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _trouble_file(position: Path) -> Path:
    return position.with_suffix(".trouble.json")


def rebuild(
    position: Path,
    index: FollowedIndex,
    ledger: Ledger,
    entries_of: EntriesOf,
    feed: Feed,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Fill a successor of `index` from the whole ledger and let it take over; how many pages it holds. Search answers all the time.

    `progress(done, total)` is told how many events of how many the new index has.

    Raises:
        Unavailable, CasefileError: the index in use is as it was; the follower, or another call, does the rest.
    """
    ask_for_rebuild(position)
    outbox = Outbox(position, index, ledger, entries_of, feed)
    while outbox.step() or building_of(position).exists():
        progress(*(outbox.rebuilding() or (ledger.size(), ledger.size())))
    outbox.tell_back()
    index.tidy()
    return index.count()
