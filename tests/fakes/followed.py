"""A ledger as far as search sees it, the tables behind it, and a feed that remembers."""

import threading
from collections.abc import Iterator, Sequence
from typing import Any

from domain.errors import Corrupt
from domain.events import CASE_OPENED, DOCUMENT_ASSIGNED, DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED, DOCUMENT_UNASSIGNED, GENESIS, Event
from domain.model import PageEntry
from search.outbox import Drop
from tests.fakes.words import words_of


class Events:
    """A ledger as far as the outbox sees it, and the tables behind it: which document is in which case."""

    def __init__(self) -> None:
        self.all: list[Event] = []
        self.cases: dict[str, str | None] = {}
        self.gone: set[str] = set()
        self.damaged: set[str] = set()
        self.lock = threading.Lock()

    def add(self, kind: str, subject: str, **body: Any) -> None:
        with self.lock:
            if kind in (DOCUMENT_SHELVED, DOCUMENT_ASSIGNED):
                self.cases[subject] = body.get("case")
            elif kind == DOCUMENT_UNASSIGNED:
                self.cases[subject] = None
            elif kind == DOCUMENT_SUPERSEDED:
                self.gone.add(subject)
            seq = len(self.all) + 1
            self.all.append(Event(seq, "2026-11-23T00:00:00.000000Z", "system", kind, subject, str(seq), body, (), None, GENESIS))

    def size(self) -> int:
        return len(self.all)

    def read(self, start: int = 1, stop: int | None = None) -> Iterator[Event]:
        yield from self.all[start - 1 : None if stop is None else stop - 1]

    def append(self, drafts: Any) -> list[Event]:
        raise NotImplementedError

    def root(self, size: int | None = None) -> str:
        raise NotImplementedError

    def entries(self, event: Event) -> Sequence[PageEntry | Drop]:
        if event.subject in self.damaged:
            raise Corrupt("a private body is not what was written")
        if event.kind == CASE_OPENED:
            return ()
        if event.subject in self.gone:
            return (Drop(event.subject),)
        case = self.cases[event.subject]
        return [PageEntry(event.subject, n, 0, words_of(f"居住证明 {event.subject}"), "other", "main", "W01", case) for n in (1, 2)]


class Heard:
    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []

    def tell(self, event: str, **facts: Any) -> None:
        self.lines.append({"event": event, **facts})

    def indexed(self) -> list[str]:
        return [line["document"] for line in self.lines if line["event"] == "indexed"]
