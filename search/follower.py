"""Follows the ledger into one index, by version, remembering in a file how far it came.

Promises: every event is delivered at least once, however often anything is killed or unreachable: the position moves, durably, only after
the index has acknowledged. An index that was emptied, lost or begun anew (its `identity` differs) is followed again from the first event.
A position that tells of events which are not the ledger's is known for one by the leaf of its last event.
The version of every delivery is the sequence of its event, so neither order nor repetition matters. A document that cannot be read, or
that the index refuses, is set aside with its event; the others go on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, Self

from domain.errors import CasefileError, Corrupt, Unavailable
from domain.events import DOCUMENT_ASSIGNED, DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED, DOCUMENT_UNASSIGNED, Event
from domain.model import PageEntry
from domain.ports import Ledger, SearchIndex
from search.position import Position, read, write

FOLLOWED = frozenset({DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED, DOCUMENT_ASSIGNED, DOCUMENT_UNASSIGNED})
BATCH_EVENTS, BATCH_PAGES = 200, 500


@dataclass(frozen=True, slots=True)
class Drop:
    """All pages of `document` go."""

    document: str


class EntriesOf(Protocol):
    """What an event changes in the index. Given by app, which knows tables and private bodies."""

    def __call__(self, event: Event) -> Sequence[PageEntry | Drop]:
        """Pages to put and documents to drop; empty if the event changes nothing.

        May answer with how things stand now instead of then: later events bring later versions. `version` is set by the follower.
        A document that was superseded, or whose private body can no longer be opened, is a Drop.

        Raises:
            Unavailable: tried again. Any other CasefileError: the event is set aside.
        """
        ...


class FollowedIndex(SearchIndex, Protocol):
    """A SearchIndex that can tell whether it still is the one that was delivered to, and can be replaced without a gap in search.

    Where single documents are refused, `put` and `drop` take all others first and then raise Corrupt with the fact `documents`.
    """

    def identity(self) -> str:
        """A name it keeps until it is cleared, lost or begun anew; begun anew if there is none.

        Raises:
            Unavailable, Misconfigured
        """
        ...

    def outdated(self) -> bool:
        """Whether another analysis or form made it, by the last `identity`: it may still answer, takes nothing more, must be replaced."""
        ...

    def touched(self) -> bool:
        """Whether it holds anything: pages, or that documents were dropped.

        Raises:
            Unavailable
        """
        ...

    def successor(self) -> Self:
        """The index under way beside this one, which nobody searches; begun by its `identity`."""
        ...

    def succeed(self) -> None:
        """The successor answers from now on, in one step: no search finds less in between. Nothing happens without a successor.

        Raises:
            Unavailable
        """
        ...

    def tidy(self, *, successor: bool = False) -> None:
        """Remove what was replaced; with `successor` also the one under way.

        Raises:
            Unavailable
        """
        ...


@dataclass
class Parcel:
    """What one round delivers: up to event `seq`, whose leaf is `leaf`. `dealt` counts its events."""

    seq: int
    leaf: str = ""
    dealt: int = 0
    puts: list[PageEntry] = field(default_factory=list)
    drops: list[tuple[str, int]] = field(default_factory=list)
    aside: dict[int, CasefileError] = field(default_factory=dict)


class Follower:
    """Follows `ledger` into `index`. One thread at a time."""

    def __init__(self, file: Path, index: FollowedIndex, ledger: Ledger, entries_of: EntriesOf) -> None:
        self.file, self.index, self._ledger, self._entries_of = file, index, ledger, entries_of
        self.at = read(file)
        self.again = list(self.at.aside)

    def retry(self) -> None:
        """Try what was set aside once more."""
        self.again = list(self.at.aside)

    def strayed(self) -> bool:
        """Whether it came to an event that is not the ledger's: an older copy of the ledger was put back, or another one.

        Raises:
            Unavailable
        """
        if not self.at.leaf:
            return self.at.seq > self._ledger.size()
        try:
            event = next(iter(self._ledger.read(self.at.seq, self.at.seq + 1)), None)
        except Corrupt:
            return False  # damage, which verify finds, says nothing of whose ledger it is
        return event is None or event.leaf() != self.at.leaf

    def start_over(self, identity: str) -> None:
        """Follow the index, which calls itself `identity`, from the first event; noted before anything is delivered.

        Raises:
            DiskFull, Unavailable
        """
        at = Position(identity)
        write(self.file, at)
        self.at, self.again = at, []

    def deliver(self, identity: str) -> Parcel:
        """Deliver one batch to the index, which calls itself `identity`.

        Raises:
            Unavailable, Misconfigured: nothing was lost; call again. Corrupt: the ledger is not what was written.
        """
        if identity != self.at.identity:
            self.at, self.again = Position(identity), []
        parcel = self._collect()
        if not parcel.dealt:
            return parcel
        self._give(parcel)
        kept = [seq for seq in self.at.aside if seq not in self.again]
        at = Position(identity, parcel.seq, sorted({*kept, *parcel.aside}), parcel.leaf)
        write(self.file, at)
        self.at, self.again = at, []
        return parcel

    def _give(self, parcel: Parcel) -> None:
        try:
            if parcel.puts:
                self.index.put(parcel.puts)
        except Corrupt as error:
            refused = set(error.facts.get("documents", ()))
            if not refused:
                raise
            parcel.aside.update({entry.version: error for entry in parcel.puts if entry.document in refused})
            parcel.puts = [entry for entry in parcel.puts if entry.document not in refused]
        for document, version in parcel.drops:
            try:
                self.index.drop(document, version)
            except Corrupt as error:
                if document not in error.facts.get("documents", ()):
                    raise
                parcel.aside[version] = error
        if parcel.puts or parcel.drops:
            self.index.refresh()

    def _collect(self) -> Parcel:
        parcel, last = Parcel(self.at.seq, self.at.leaf), None
        for event in self._events():
            if event.kind in FOLLOWED:
                self._add(parcel, event)
            if event.seq > parcel.seq:
                parcel.seq, last = event.seq, event
            if len(parcel.puts) >= BATCH_PAGES and event.seq > self.at.seq:
                break
        parcel.leaf = last.leaf() if last else parcel.leaf
        parcel.dealt = parcel.seq - self.at.seq + len(self.again)
        return parcel

    def _events(self) -> Iterator[Event]:
        """What was set aside and is tried again, then what is new."""
        for seq in self.again:
            yield from self._ledger.read(seq, seq + 1)
        yield from self._ledger.read(self.at.seq + 1, self.at.seq + 1 + BATCH_EVENTS)

    def _add(self, parcel: Parcel, event: Event) -> None:
        try:
            entries = self._entries_of(event)
        except Unavailable:
            raise
        except CasefileError as error:
            parcel.aside[event.seq] = error
            return
        for entry in entries:
            if isinstance(entry, Drop):
                parcel.drops.append((entry.document, event.seq))
            else:
                parcel.puts.append(replace(entry, version=event.seq))
