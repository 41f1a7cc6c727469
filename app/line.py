"""The whole line as one durable workflow per batch, each part a step that may be repeated.

    examine -> read (split, upright, deskew, clean, read, classify, fields, assemble) -> PDF/A -> seal -> read back -> shelve
            -> ledger -> index (the outbox follows the ledger)

Values between steps are ids and counts, never bytes and never a person's data. Everything a step records has a key of its own, so that
repeating it records nothing twice.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from domain.errors import Refused
from domain.model import Receipt
from pipeline.assemble import Assembly
from pipeline.run import Accepted

R = TypeVar("R")
Step = Callable[..., Any]
"""`step(name, function, *arguments)` runs a function as a durable step; the plain one just calls it."""


class Desk(Protocol):
    """What the line needs done; app/desk.py does it."""

    def receipts(self, batch: str) -> list[Receipt]:
        """The batch's receipts that are not duplicates or refused, in order."""
        ...

    def examine(self, receipt: Receipt) -> Accepted:
        """Open the receipt's file in the sandbox. Raises Refused."""
        ...

    def refuse(self, receipt: str, refusal: Refused, step: str) -> None:
        """Set the receipt apart with its reason."""
        ...

    def read(self, scans: list[Accepted]) -> Assembly:
        """Read all pages and make documents of them."""
        ...

    def shelve(self, batch: str, generation: int, scans: list[Accepted], assembly: Assembly) -> list[str]:
        """Write, read back, shelve and record every document; supersede what an earlier assembly made. The documents' ids."""
        ...

    def finish(self, batch: str, generation: int, scans: list[Accepted], assembly: Assembly) -> None:
        """Record what became of each receipt, and that the batch is done."""
        ...


def examine(desk: Desk, batch: str) -> list[Accepted]:
    """Which files of the batch may be opened; the others are refused, each for itself."""
    accepted = []
    for receipt in desk.receipts(batch):
        try:
            accepted.append(desk.examine(receipt))
        except Refused as refusal:
            desk.refuse(receipt.id, refusal, "examine")
    return accepted


def read(desk: Desk, batch: str) -> int:
    """Read every page; how many there are. The pages themselves are kept by their digests."""
    return sum(scan.pages for scan in _read(desk, batch)[0])


def shelve(desk: Desk, batch: str, generation: int) -> list[str]:
    """Archive the batch's documents; their ids."""
    scans, assembly = _read(desk, batch)
    documents = desk.shelve(batch, generation, scans, assembly)
    desk.finish(batch, generation, scans, assembly)
    return documents


def _read(desk: Desk, batch: str) -> tuple[list[Accepted], Assembly]:
    scans = examine(desk, batch)
    return scans, desk.read(scans)


def line(desk: Desk, batch: str, generation: int, step: Step) -> list[str]:
    """Take one closed batch through the line; the ids of its documents."""
    step("examine", lambda: len(examine(desk, batch)))
    step("read", lambda: read(desk, batch))
    documents: list[str] = step("shelve", lambda: shelve(desk, batch, generation))
    return documents
