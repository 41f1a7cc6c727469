"""How far the journal was known to reach, noted under derived/: a convenience that may be deleted, lost or stale, but never ahead.

It is replaced after the journal and its checkpoints are on disk, without forcing itself to disk: a power cut may set it back, which costs
reading a little more. A mark that is not whole counts as none.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from archive.merkle import Range
from domain.canonical import canonical, sha256


@dataclass(frozen=True, slots=True)
class Mark:
    """`size` events up to byte `offset` of the segment of event size + 1, the last with leaf `leaf`; the tree's peaks; the checkpoints.

    `checkpointed` and `check` are the last checkpoint's size, root and check (0 and empty: none), `checkpoint_bytes` where it ends.
    """

    size: int
    offset: int
    leaf: str
    peaks: list[str]
    checkpointed: int
    checkpoint_root: str
    check: str
    checkpoint_bytes: int

    def tree(self) -> Range:
        """The compact range over the marked events."""
        return Range(self.size, [bytes.fromhex(peak) for peak in self.peaks])


def read_mark(path: Path | None) -> Mark | None:
    """The mark, or None."""
    try:
        text, _, check = path.read_bytes().strip(b"\n").rpartition(b"\t") if path else (b"", b"", b"")
        if sha256(text) != check.decode("ascii"):
            return None
        return Mark(**json.loads(text))
    except (FileNotFoundError, UnicodeDecodeError, ValueError, TypeError):
        return None


def write_mark(path: Path, mark: Mark) -> None:
    """Replace the mark."""
    text = canonical(asdict(mark))
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_bytes(text + b"\t" + sha256(text).encode("ascii") + b"\n")
    temporary.replace(path)
