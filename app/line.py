"""The whole line as one durable workflow per batch, each part a step that may be repeated.

    examine -> read (split, upright, deskew, clean, read, classify, fields, assemble) -> PDF/A -> seal -> read back -> shelve
            -> ledger -> index (the outbox follows the ledger)

Values between steps are ids and counts, never bytes and never a person's data. Everything a step records has a key of its own, so that
repeating it records nothing twice.
"""

from collections.abc import Callable
from typing import Any

from app.duties import Desk
from domain.errors import Refused
from pipeline.assemble import Assembly
from pipeline.reader import Accepted

Step = Callable[..., Any]
"""`step(name, function, *arguments)` runs a function as a durable step; the plain one just calls it."""


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
    step("read", lambda: read(desk, batch))
    documents: list[str] = step("shelve", lambda: shelve(desk, batch, generation))
    return documents
