"""How the pages of an accepted scan are read: each in a child process, each once.

Promises: a page that cannot be read is a page that says why; a page read once with the same step version is not read again (`Kept`).
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from domain.errors import Refused
from domain.model import Page, PageRef
from domain.ports import Sandbox, ToRead
from pipeline.page import VERSION, read_page, unreadable


@dataclass(frozen=True, slots=True)
class Accepted:
    """A received file that may be opened: where its bytes are, what they are, how many pages they hold, what was noticed in it."""

    receipt: str
    digest: str
    path: str
    media: str
    pages: int
    flags: tuple[str, ...] = ()


class Kept(Protocol):
    """Results of steps, kept under what they were made from. Losing them costs time only."""

    def get(self, key: str) -> Page | None:
        """The page kept under `key`, or None."""
        ...

    def put(self, key: str, page: Page) -> None:
        """Keep `page` under `key`."""
        ...


@dataclass(frozen=True, slots=True)
class Reader:
    """How pages are read: where, with what, for how long (seconds), and whom to tell of a page that was just read."""

    sandbox: Sandbox
    kept: Kept
    engine: str
    renderer: str
    seconds: float
    workers: int
    tell: Callable[[Page], None]

    def read(self, scan: Accepted, number: int) -> Page:
        """Page `number` of `scan`; a page that cannot be read is a page that says why."""
        ref = PageRef(scan.receipt, number)
        key = f"{scan.digest}/{number}/{self.engine}/{self.renderer}/{VERSION}"
        page = self.kept.get(key)
        if page is None:
            try:
                page = self.sandbox.run(
                    read_page, ToRead(scan.path), scan.media, scan.receipt, number, self.engine, self.renderer, timeout=self.seconds
                )
                self.kept.put(key, page)
            except Refused as refusal:
                page = unreadable(ref, refusal.reason)
            self.tell(page)
        return dataclasses.replace(page, ref=ref)
