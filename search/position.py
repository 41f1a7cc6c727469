"""How far an index was followed to, in a small file: replaced durably, and worth nothing more than the time to deliver again."""

import errno
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain.errors import DiskFull, Unavailable


@dataclass
class Position:
    """How far `identity` was delivered to: everything up to `seq` but what is in `aside`. Without an identity: nothing yet.

    `leaf` is that of the event at `seq`, so that another ledger's position is known for one; empty at 0, and where an older release wrote.
    """

    identity: str = ""
    seq: int = 0
    aside: list[int] = field(default_factory=list)
    leaf: str = ""


def read(file: Path) -> Position:
    """The position in `file`. One that is missing or unreadable only means delivering again."""
    try:
        value: dict[str, Any] = json.loads(file.read_bytes())
        return Position(str(value["identity"]), int(value["seq"]), [int(seq) for seq in value["aside"]], str(value.get("leaf", "")))
    except (OSError, ValueError, KeyError, TypeError):
        return Position()


def write(file: Path, at: Position) -> None:
    """Replace `file` durably: written beside it, synced, renamed, the folder synced.

    Raises:
        DiskFull, Unavailable: the old position, or already the new one, stands.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f"{file.name}.{os.getpid()}.new")
        with beside.open("w") as stream:
            json.dump({"identity": at.identity, "seq": at.seq, "aside": at.aside, "leaf": at.leaf}, stream)
            stream.flush()
            os.fsync(stream.fileno())
        move(beside, file)
    except OSError as error:
        code = errno.errorcode.get(error.errno or 0, "EUNKNOWN")
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"how far search has come cannot be noted: no room on the disk ({code})", code=code) from None
        raise Unavailable(f"how far search has come cannot be noted ({code}); it is tried again", code=code) from None


def move(source: Path, target: Path) -> None:
    """Rename `source` over `target`, and see to it that the folder's entry is on the disk.

    Raises:
        OSError
    """
    source.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
