"""The middle of the line: from accepted scans to finished documents.

    split -> upright -> deskew -> clean -> read (each page, in a child process) -> duplicates -> classify -> fields -> assemble

Promises: every page of every scan is in the outcome exactly once; one bad page never sinks its stack; a page that was read once with the
same step version is not read again (`Kept`). What it does not do: it writes nothing anybody relies on, and it knows no case and no ledger.
"""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from domain.errors import Refused
from domain.geometry import Placement
from domain.model import Page, PageRef, Quality
from domain.ports import Classifier, Sandbox
from pipeline.assemble import Assembly, assemble
from pipeline.clean import duplicates
from pipeline.page import VERSION, read_page

A4_AT_200 = Placement(1654, 2339, 0, 0.0)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A received file that may be opened: where its bytes are, what they are, how many pages they hold."""

    receipt: str
    digest: str
    path: str
    media: str
    pages: int


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
                    read_page, scan.path, scan.media, scan.receipt, number, self.engine, self.renderer, timeout=self.seconds
                )
                self.kept.put(key, page)
            except Refused as refusal:
                page = unreadable(ref, refusal)
            self.tell(page)
        return dataclasses.replace(page, ref=ref)


def unreadable(ref: PageRef, refusal: Refused) -> Page:
    """The page that stands for one that could not be read: an A4 sheet at 200 dpi without words."""
    return Page(ref, A4_AT_200, (200.0, 200.0), None, False, False, Quality(flags=("unreadable",)), failure=refusal.reason.code)


def split(scans: Sequence[Accepted]) -> Iterator[tuple[Accepted, int]]:
    """Every page of every scan, in order."""
    for scan in scans:
        for number in range(1, scan.pages + 1):
            yield scan, number


def run(scans: Sequence[Accepted], reader: Reader, classifier: Classifier) -> Assembly:
    """Documents, blanks and separators of `scans`, which are one batch in its order."""
    with ThreadPoolExecutor(max(1, reader.workers), thread_name_prefix="page") as pool:
        pages = list(pool.map(lambda task: reader.read(*task), split(scans)))
    twins = duplicates(pages)
    return assemble([dataclasses.replace(page, duplicate_of=twins.get(page.ref)) for page in pages], classifier)
