"""What the line needs done, so that it can be read and tested without what does it (app/desk.py)."""

from typing import Protocol

from domain.errors import Refused
from domain.model import Receipt
from pipeline.assemble import Assembly
from pipeline.reader import Accepted


class Desk(Protocol):
    """Somebody who does it."""

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
