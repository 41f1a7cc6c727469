"""Reading the journal's segments while another process may be writing them.

A segment holds `SEGMENT` lines and is named by the sequence of its first: 00000001.jsonl, 00010001.jsonl, ... Lines end with a newline.
What stands after the last newline is kept in `torn`: a line being written, or torn by a crash, or damage; the caller decides.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from domain.errors import Corrupt

SEGMENT = 10_000
CHECKPOINTS = "checkpoints.txt"
WITNESSED = "witnessed.txt"
LEAF = 64


def segment_name(seq: int, per_segment: int = SEGMENT) -> str:
    """The file in which event `seq` stands."""
    return f"{(seq - 1) // per_segment * per_segment + 1:08d}.jsonl"


def is_segment(name: str, per_segment: int = SEGMENT) -> bool:
    """Whether a file so named is a segment, and not something else that somebody laid beside them."""
    return re.fullmatch(r"[0-9]{8,16}\.jsonl", name) is not None and segment_name(max(1, int(name.partition(".")[0])), per_segment) == name


class Lines:
    """Reads on from a place. `size` lines were read so far; `offset` is the next line's place in its segment, in bytes.

    `surplus` says that `torn` stands behind the last line a segment may hold, where nothing is ever written.
    """

    def __init__(self, folder: Path, size: int = 0, offset: int = 0, per_segment: int = SEGMENT) -> None:
        self.folder, self.size, self.offset, self.per_segment = folder, size, offset, per_segment
        self.torn = b""
        self.surplus = False

    @property
    def segment(self) -> Path:
        """The segment that the next line stands in or belongs into."""
        return self.folder / segment_name(self.size + 1, self.per_segment)

    def more(self) -> Iterator[bytes]:
        """The whole lines that stand after the place, without newlines; the place moves with each."""
        while True:
            room = self.per_segment - self.size % self.per_segment
            *lines, self.torn = self._rest().split(b"\n", room)
            self.surplus = len(lines) == room and bool(self.torn)
            for line in lines:
                self.step(len(line) + 1)
                yield line
            if len(lines) < room or self.torn:
                return

    def step(self, length: int) -> None:
        """Move the place over one line of `length` bytes, its newline counted."""
        self.size += 1
        self.offset = 0 if self.size % self.per_segment == 0 else self.offset + length

    def _rest(self) -> bytes:
        try:
            with self.segment.open("rb") as stream:
                stream.seek(self.offset)
                return stream.read()
        except FileNotFoundError:
            return b""


def read_leaves(folder: Path, after: int = 0, per_segment: int = SEGMENT) -> Iterator[bytes]:
    """The leaf hashes of the events behind event `after`, as the lines say them (verify holds them against the lines). A segment in memory.

    Raises:
        Corrupt: a line does not end in a hash.
    """
    lines = Lines(folder, after // per_segment * per_segment, 0, per_segment)
    for line in lines.more():
        if lines.size > after:
            try:
                leaf = bytes.fromhex(line[-LEAF:].decode("ascii"))
            except ValueError:
                leaf = b""
            if len(leaf) != LEAF // 2:
                raise Corrupt(f"line {lines.size} of the journal does not end in a hash: run verify", event=lines.size)
            yield leaf
