"""Checkpoints of the ledger: lines `<size> <root> <check>`, sizes growing, each check chained to the one before (archive/encoding.py).

The first two words are those of a C2SP tlog-checkpoint (size, root of the tree), the root in hex; the third covers every byte of the file.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from archive.encoding import START, link
from domain.errors import Corrupt

LINE = re.compile(rb"([1-9][0-9]{0,15}) ([0-9a-f]{64}) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The root over the first `size` events; `check` covers this line and all before it."""

    size: int
    root: str
    check: str

    def line(self) -> bytes:
        """The line, with its newline."""
        return f"{self.size} {self.root} {self.check}\n".encode("ascii")


def next_checkpoint(previous: str, size: int, root: str) -> Checkpoint:
    """The checkpoint that follows the one whose check is `previous`."""
    return Checkpoint(size, root, link(previous, f"{size} {root}".encode("ascii")))


def parse_checkpoint(line: bytes, before: Checkpoint | None) -> Checkpoint:
    """The checkpoint on `line` (without its newline), which follows `before`.

    Raises:
        ValueError: not the form, not growing, or its check is not that of the line.
    """
    match = LINE.fullmatch(line)
    if match is None:
        raise ValueError("not the form of a checkpoint")
    found = Checkpoint(int(match[1]), match[2].decode(), match[3].decode())
    if before is not None and found.size <= before.size:
        raise ValueError(f"size {found.size} does not grow from {before.size}")
    if found != next_checkpoint(before.check if before else START, found.size, found.root):
        raise ValueError("the check at the end is not that of the line and those before it")
    return found


def read_checkpoints(path: Path, offset: int = 0, before: Checkpoint | None = None) -> tuple[list[Checkpoint], bytes]:
    """The checkpoints from byte `offset` on, after `before`, and what stands after the last newline.

    Raises:
        Corrupt: a line is not what was written.
    """
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            *lines, torn = stream.read().split(b"\n")
    except FileNotFoundError:
        return [], b""
    found: list[Checkpoint] = []
    for line in lines:
        try:
            before = parse_checkpoint(line, before)
        except ValueError as error:
            raise Corrupt(f"a line of {path.name} is not what was written: run verify", why=str(error)) from error
        found.append(before)
    return found, torn
