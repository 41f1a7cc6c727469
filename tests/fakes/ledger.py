"""The ledger in memory."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from archive.encoding import parse_event
from archive.merkle import tree_hash
from domain.clock import stamp
from domain.events import GENESIS, LEDGER_OPENED, Draft, Event
from domain.ids import new_ulid
from domain.model import Stored
from domain.ports import Clock, Projector


class MemoryLedger:
    """Implements `domain.ports.Ledger`. Projectors are given None as their connection; one that raises leaves the ledger as it was."""

    def __init__(
        self, clock: Clock, projectors: Sequence[Projector] = (), opener: Callable[[Stored], Mapping[str, Any] | None] | None = None
    ) -> None:
        self._clock, self._projectors, self._opener = clock, projectors, opener
        self._events: list[Event] = []
        self._lock = threading.Lock()

    def append(self, drafts: Sequence[Draft]) -> list[Event]:
        if any(draft.private is not None and draft.sealed is None for draft in drafts):
            raise ValueError("not sealed")
        with self._lock:
            story = list(self._events)
            if drafts and not story:
                now = self._clock.now()
                story.append(self._event(Draft(LEDGER_OPENED, new_ulid(now), LEDGER_OPENED, {"format": 1, "hash": "sha256"}), story))
            keys = {event.key: event for event in story}
            late = {draft.key for draft in drafts if draft.along in keys} - set(keys)
            for draft in drafts:
                if draft.key not in keys and draft.key not in late:
                    story.append(self._event(draft, story))
                    keys[draft.key] = story[-1]
            for event in story[len(self._events) :]:
                for project in self._projectors:
                    project(None, event, self._opener(event.private) if self._opener and event.private else None)
            self._events = story
            return [keys[draft.key] for draft in drafts if draft.key not in late]

    def read(self, start: int = 1, stop: int | None = None) -> Iterator[Event]:
        yield from self._events[max(0, start - 1) : None if stop is None else max(0, stop - 1)]

    def size(self) -> int:
        return len(self._events)

    def root(self, size: int | None = None) -> str:
        wanted = len(self._events) if size is None else size
        if not 0 <= wanted <= len(self._events):
            raise ValueError("more than there are")
        return tree_hash([bytes.fromhex(event.leaf()) for event in self._events[:wanted]]).hex()

    def _event(self, draft: Draft, story: list[Event]) -> Event:
        prev = story[-1].leaf() if story else GENESIS
        at, seq = stamp(self._clock.now()), len(story) + 1
        plain = Event(seq, at, draft.actor, draft.kind, draft.subject, draft.key, draft.body, draft.objects, draft.sealed, prev)
        return parse_event(plain.encoded())
