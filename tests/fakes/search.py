"""SearchIndex in memory, and the definition of what is found: it looks through every page with search.locate.matches."""

import uuid
from collections.abc import Sequence
from typing import Self

from domain.errors import Unavailable
from domain.model import Answer, Hit, PageEntry, Rights
from search.locate import locate, matches, page_text
from search.query import Filter, parse


class MemoryIndex:
    def __init__(self) -> None:
        self.pages: dict[str, PageEntry] = {}
        self.dropped: dict[str, int] = {}
        self.down = False
        self.old = False
        self.beside: Self | None = None
        self._identity = uuid.uuid4().hex

    def _reach(self) -> None:
        if self.down:
            raise Unavailable("the index is out of reach")

    def identity(self) -> str:
        self._reach()
        return self._identity

    def put(self, entries: Sequence[PageEntry]) -> None:
        self._reach()
        for entry in entries:
            known = self.pages.get(entry.id)
            if entry.version > self.dropped.get(entry.document, 0) and (known is None or entry.version >= known.version):
                self.pages[entry.id] = entry

    def drop(self, document: str, version: int) -> None:
        self._reach()
        self.dropped[document] = max(version, self.dropped.get(document, 0))
        self.pages = {k: e for k, e in self.pages.items() if e.document != document or e.version > version}

    def search(self, query: str, rights: Rights, limit: int = 20, offset: int = 0) -> Answer:
        self._reach()
        if limit < 0 or offset < 0:
            raise ValueError("limit and offset count from 0")
        asked = parse(query)
        if asked.empty:
            return Answer((), 0, 0)
        found = []
        for entry in self.pages.values():
            analysed = page_text(entry.words).analysed
            if (
                all(any(True for _ in matches(term, analysed)) for term in asked.terms)
                and not any(any(True for _ in matches(term, analysed)) for term in asked.excluded)
                and all(_passes(entry, chosen) for chosen in asked.filters)
                and (not rights.offices or entry.office in rights.offices)
                and (rights.restricted or not entry.restricted)
            ):
                found.append(entry)
        found.sort(key=lambda e: (e.case_date, e.document, e.page))
        hits = []
        for entry in found[offset : offset + limit]:
            located = locate(entry.words, asked.terms)
            hits.append(Hit(entry.document, entry.page, entry.case, located.boxes, located.snippet, located.lit))
        return Answer(tuple(hits), len(found), len({entry.document for entry in found}))

    def count(self) -> int:
        self._reach()
        return len(self.pages)

    def touched(self) -> bool:
        self._reach()
        return bool(self.pages or self.dropped)

    def refresh(self) -> None:
        self._reach()

    def clear(self) -> None:
        self._reach()
        self.pages, self.dropped, self._identity = {}, {}, uuid.uuid4().hex
        self.old = False

    def outdated(self) -> bool:
        return self.old

    def successor(self) -> Self:
        if self.beside is None:
            self.beside = type(self)()
        return self.beside

    def succeed(self) -> None:
        self._reach()
        if self.beside is not None:
            beside, self.beside = self.beside, None
            self.pages, self.dropped, self._identity, self.old = beside.pages, beside.dropped, beside._identity, False

    def tidy(self, *, successor: bool = False) -> None:
        self._reach()
        if successor:
            self.beside = None


def _passes(entry: PageEntry, chosen: Filter) -> bool:
    value = (getattr(entry, chosen.name) or "").lower()
    return (value in [v.lower() for v in chosen.values]) is not chosen.excluded
