"""The whole line as one durable workflow per batch, each part a step that may be repeated.

    examine -> read (split, upright, deskew, clean, read, classify, fields, assemble) -> PDF/A -> seal -> read back -> shelve
            -> ledger -> index (the outbox follows the ledger)

Values between steps are ids and counts, never bytes and never a person's data. Everything a step records has a key of its own, so that
repeating it records nothing twice.
"""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.duties import Desk
from app.outage import outages
from domain.errors import CasefileError, Refused
from domain.reasons import Reason
from pipeline.assemble import Assembly
from pipeline.reader import Accepted

DISK = "the line cannot read or write"
log = logging.getLogger("casefile.line")
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
    step("read", lambda: _textless(read, desk, batch))
    documents: list[str] = step("shelve", lambda: _textless(shelve, desk, batch, generation))
    return documents


def _textless(function: Callable[..., Any], desk: Desk, batch: str, *arguments: Any) -> Any:
    """The step, a fault of the program in it turned into a refusal that says where: the durable engine keeps what a step raises.

    What passes by itself, a failing disk or a database that does not answer, is no fault of the program (app/outage.py).
    """
    try:
        with outages(DISK):
            return function(desk, batch, *arguments)
    except CasefileError:
        raise
    except Exception as error:
        where = place_of(error)
        log.critical("batch %s is parked: %s", batch, where)
        raise Refused(Reason.INTERNAL, where) from None


def place_of(error: BaseException) -> str:
    """What an error is and where it was raised, without its text, which may quote what stood on a page."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at " + " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames[-4:]))
