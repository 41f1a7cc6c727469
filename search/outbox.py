"""What carries the ledger into the index: it follows the events of documents and cases and delivers what they change, by version.

Promises: every event is delivered at least once, however often anything is killed or unreachable: the position moves, durably, only after
the index has acknowledged. An index that was emptied, lost or begun anew (its `identity` differs) is followed again from the first event.
The version of every delivery is the sequence of its event, so neither order nor repetition matters.

Does not promise: that an event whose pages cannot be read now (its body or object is damaged) is found; such an event is set aside, told to
the feed, kept in the position file and tried again at the next start, while the others go on. The risk accepted: several followers of one
index deliver everything several times.
"""

import errno
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event as StopEvent
from typing import Any, Protocol

from domain.errors import CasefileError, DiskFull, Unavailable
from domain.events import CASE_OPENED, DOCUMENT_ASSIGNED, DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED, DOCUMENT_UNASSIGNED, Event
from domain.model import PageEntry
from domain.ports import Feed, Ledger, SearchIndex

FOLLOWED = frozenset({DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED, DOCUMENT_ASSIGNED, DOCUMENT_UNASSIGNED, CASE_OPENED})
BATCH_EVENTS, BATCH_PAGES = 200, 500
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
ALARM_AFTER = 5
LOOKS = 25
"""Rounds with nothing new before the index is asked again whether it still is the same."""


@dataclass(frozen=True, slots=True)
class Drop:
    """All pages of `document` go."""

    document: str


class EntriesOf(Protocol):
    """What an event changes in the index. Given by app, which knows tables and private bodies."""

    def __call__(self, event: Event) -> Sequence[PageEntry | Drop]:
        """Pages to put and documents to drop; empty if the event changes nothing.

        May answer with how things stand now instead of then: later events bring later versions. `version` is set by the outbox.
        A document that was superseded, or whose private body can no longer be opened, is a Drop.

        Raises:
            Unavailable: tried again. Any other CasefileError: the event is set aside.
        """
        ...


class FollowedIndex(SearchIndex, Protocol):
    """A SearchIndex that can tell whether it still is the one that was delivered to."""

    def identity(self) -> str:
        """A name it keeps until it is cleared, lost or begun anew.

        Raises:
            Unavailable
        """
        ...


@dataclass
class _Position:
    """How far `identity` was delivered to: everything up to `seq` but what is in `aside`."""

    identity: str = ""
    seq: int = 0
    aside: list[int] = field(default_factory=list)


@dataclass
class _Parcel:
    """What one round delivers: up to event `seq`."""

    seq: int
    puts: list[PageEntry] = field(default_factory=list)
    drops: list[tuple[str, int]] = field(default_factory=list)
    aside: list[tuple[int, CasefileError]] = field(default_factory=list)


class Outbox:
    """Follows `ledger` into `index`, remembering in the file `position` how far it came. One thread at a time."""

    def __init__(self, position: Path, index: FollowedIndex, ledger: Ledger, entries_of: EntriesOf, feed: Feed) -> None:
        self._file, self._index, self._ledger, self._entries_of, self._feed = position, index, ledger, entries_of, feed
        self._at = _read(position)
        self._again = list(self._at.aside)
        self._quiet = LOOKS

    def behind(self) -> int:
        """How many events of the ledger are not delivered yet, those set aside counted. Asks no index, so it never waits."""
        return max(0, self._ledger.size() - self._at.seq) + len(self._at.aside)

    def step(self) -> int:
        """Deliver one batch; how many events were dealt with, 0 when there is nothing to do.

        Raises:
            Unavailable: nothing was lost; call again.
            CasefileError: the index refuses what it is given.
        """
        size = self._ledger.size()
        if size == self._at.seq and not self._again and self._quiet < LOOKS:
            self._quiet += 1
            return 0
        self._quiet = 0
        if self._at.seq > size:
            self._index.clear()  # the ledger was put back from an older copy: what came after it must not stay in the index
        identity = self._index.identity()
        if identity != self._at.identity:
            self._at, self._again = _Position(identity), []
        parcel = self._collect()
        dealt_with = parcel.seq - self._at.seq + len(self._again)
        if not dealt_with:
            return 0
        if parcel.puts:
            self._index.put(parcel.puts)
        for document, version in parcel.drops:
            self._index.drop(document, version)
        if parcel.puts or parcel.drops:
            self._index.refresh()
        at = _Position(identity, parcel.seq, [seq for seq, _ in parcel.aside] + [s for s in self._at.aside if s not in self._again])
        _write(self._file, at)
        self._at, self._again = at, []
        self._tell(parcel)
        return dealt_with

    def catch_up(self) -> None:
        """Deliver until nothing is left.

        Raises:
            Unavailable, CasefileError: as `step`.
        """
        self._quiet = LOOKS
        while self.step():
            self._quiet = LOOKS

    def run(self, stop: StopEvent, pause: float = 0.2) -> None:
        """Deliver until `stop` is set. An index out of reach is tried again after 0.5 s, doubling up to 30 s, one notice at the fifth.

        `pause`: seconds between two looks at a ledger that has nothing new.
        """
        failures = 0
        while not stop.is_set():
            try:
                wait = 0.0 if self.step() else pause
                failures = 0
            except Unavailable as error:
                wait = min(LONGEST_WAIT, FIRST_WAIT * 2**failures)
                failures = min(failures + 1, 16)
                if failures == ALARM_AFTER:
                    self._feed.tell("notice", what="search-unavailable", detail=error.what, behind=self.behind())
            if wait:
                stop.wait(wait)

    def _collect(self) -> _Parcel:
        parcel = _Parcel(self._at.seq)
        for event in self._events():
            if event.kind in FOLLOWED:
                self._add(parcel, event)
            parcel.seq = max(parcel.seq, event.seq)
            if len(parcel.puts) >= BATCH_PAGES and event.seq > self._at.seq:
                break
        return parcel

    def _events(self) -> Iterator[Event]:
        """What was set aside before this start, then what is new."""
        for seq in self._again:
            yield from self._ledger.read(seq, seq + 1)
        yield from self._ledger.read(self._at.seq + 1, self._at.seq + 1 + BATCH_EVENTS)

    def _add(self, parcel: _Parcel, event: Event) -> None:
        try:
            entries = self._entries_of(event)
        except Unavailable:
            raise
        except CasefileError as error:
            parcel.aside.append((event.seq, error))
            return
        for entry in entries:
            if isinstance(entry, Drop):
                parcel.drops.append((entry.document, event.seq))
            else:
                parcel.puts.append(replace(entry, version=event.seq))

    def _tell(self, parcel: _Parcel) -> None:
        pages: dict[str, set[int]] = {}
        for entry in parcel.puts:
            pages.setdefault(entry.document, set()).add(entry.page)
        for document, numbers in pages.items():
            self._feed.tell("indexed", document=document, pages=len(numbers))
        for seq, error in parcel.aside:
            self._feed.tell("notice", what="not-indexed", seq=seq, error=type(error).__name__)


def rebuild(position: Path, index: FollowedIndex, ledger: Ledger, entries_of: EntriesOf, feed: Feed) -> int:
    """Empty `index` and deliver the whole ledger to it; how many pages it then holds. A follower at work notices and follows anew.

    Raises:
        Unavailable, CasefileError: what was delivered stays; the follower, or another call, does the rest.
    """
    index.clear()
    Outbox(position, index, ledger, entries_of, feed).catch_up()
    return index.count()


def _read(file: Path) -> _Position:
    """The position in `file`. One that is missing or unreadable only means delivering again."""
    try:
        value: dict[str, Any] = json.loads(file.read_bytes())
        return _Position(str(value["identity"]), int(value["seq"]), [int(seq) for seq in value["aside"]])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return _Position()


def _write(file: Path, at: _Position) -> None:
    """Replace `file` durably: written beside it, synced, renamed, the folder synced.

    Raises:
        DiskFull, Unavailable: the old position, or already the new one, stands.
    """
    try:
        _replace(file, at)
    except OSError as error:
        code = errno.errorcode.get(error.errno or 0, "EUNKNOWN")
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"how far search has come cannot be noted: no room on the disk ({code})", code=code) from None
        raise Unavailable(f"how far search has come cannot be noted: {os.strerror(error.errno or 0)} ({code})", code=code) from None


def _replace(file: Path, at: _Position) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    with beside.open("w") as stream:
        json.dump({"identity": at.identity, "seq": at.seq, "aside": at.aside}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
