"""When which part of the store is read again: told by the ledger's own events, so that losing derived/ does not lose it.

Promises: one part at a time, the longest unread first, in a rhythm in which all have their turn within nine tenths of `days`; what a
stopped machine missed is made up at once, part after part. A time that lies ahead of the clock counts for nothing, or a clock once set
wrong would excuse a part for ever. Does not know how long reading takes: a store too large for its pace falls behind, and `State.oldest`
says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.clock import parse_stamp
from domain.events import FIXITY_CHECKED, LEDGER_OPENED, Event

PARTS = 90
SHARE = 0.9


@dataclass(frozen=True, slots=True)
class State:
    """When each part was last read (part 1 first; the ledger's beginning if never), and which have something that is not whole."""

    read_at: tuple[datetime, ...]
    harmed: frozenset[int]
    never: int

    @property
    def oldest(self) -> datetime:
        """When the part that waits longest was read."""
        return min(self.read_at)


def state(story: Iterable[Event], now: datetime, parts: int = PARTS) -> State:
    """The state after `story`, the events about the ledger itself. A reading of other parts counts for those it covers whole."""
    opened, harmed = now, set[int]()
    seen: dict[int, datetime] = {}
    for event in story:
        at = parse_stamp(event.at)
        if event.kind == LEDGER_OPENED and at <= now:
            opened = at
        if event.kind != FIXITY_CHECKED:
            continue
        body = event.body
        whole = body["damaged"] + body["missing"] <= body["healed"]
        begun = parse_stamp(body["begun"])
        for part in range(1, parts + 1):
            covered = (body["part"] - 1) * parts <= (part - 1) * body["parts"] and part * body["parts"] <= body["part"] * parts
            within = (part - 1) * body["parts"] <= (body["part"] - 1) * parts and body["part"] * parts <= part * body["parts"]
            if covered and begun <= now:
                seen[part] = begun
            if covered and whole:
                harmed.discard(part)
            elif (covered or within) and not whole:
                harmed.add(part)
    return State(tuple(seen.get(part, opened) for part in range(1, parts + 1)), frozenset(harmed), parts - len(seen))


def due(found: State, now: datetime, days: float) -> int | None:
    """The part to read now, or None. `days`: within which every part is to be read.

    The k-th longest unread of t parts may wait for its share of the time, (t - k + 1) / t of it: so rounds are spread evenly, also the
    first one of a new ledger and the one after a long stop.
    """
    parts, pace = len(found.read_at), timedelta(days=days * SHARE)
    waiting = sorted(range(parts), key=lambda index: found.read_at[index])
    if any(now - found.read_at[index] >= pace * (parts - before) / parts for before, index in enumerate(waiting)):
        return waiting[0] + 1
    return None
