"""How the pages of an accepted scan are read: each in a child process, each once.

Promises: a page that cannot be read is a page that says why; a page read once with the same step version is not read again (`Kept`).
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from domain.errors import Refused
from domain.model import Page, PageRef
from domain.ports import Sandbox, ToRead, ToWrite
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

    def beside(self, key: str) -> Path:
        """Where a file that belongs to what is kept under `key` is to be; its folder is there."""
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
    parts: bool = True
    """Whether pages are parted into layers for the archive."""

    def read(self, scan: Accepted, number: int) -> Page:
        """Page `number` of `scan`; a page that cannot be read is a page that says why."""
        ref = PageRef(scan.receipt, number)
        key = self._key(scan.digest, number)
        page = self.kept.get(key)
        if page is None:
            try:
                parted = ToWrite(str(self.kept.beside(key))) if self.parts else None
                page = self.sandbox.run(
                    read_page, ToRead(scan.path), scan.media, scan.receipt, number, self.engine, self.renderer, parted, timeout=self.seconds
                )
                self.kept.put(key, page)
            except Refused as refusal:
                page = unreadable(ref, refusal.reason)
            self.tell(page)
        return dataclasses.replace(page, ref=ref)

    def layers(self, scan: Accepted, number: int) -> Path | None:
        """The file with the layers of page `number` of `scan`, if they were made and are still there."""
        path = self.kept.beside(self._key(scan.digest, number))
        return path if self.parts and path.exists() else None

    def forget_layers(self, scan: Accepted) -> None:
        """Delete the layers of all pages of `scan`: its documents are archived."""
        for number in range(1, scan.pages + 1):
            self.kept.beside(self._key(scan.digest, number)).unlink(missing_ok=True)

    def _key(self, digest: str, number: int) -> str:
        return f"{digest}/{number}/{self.engine}/{self.renderer}/{VERSION}"
