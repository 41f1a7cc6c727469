"""The journal as far as it reached at one moment, while others go on writing it.

Promises: the moment is one at which no process was between a line and its checkpoint (the journal's lock is held while lengths are noted,
not longer); every line up to it is held against its leaf, the chain and the checkpoints; lines that a `known` mark covers are hashed but
not parsed, because the mark's root covers them. Risk accepted: the journal is read whole, about 3 us a known line and 50 us a new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archive.atomic import locked, world
from archive.checkpoints import Checkpoint, next_checkpoint, parse_checkpoint
from archive.encoding import START
from archive.journal import EVERY, next_event
from archive.mark import Mark
from archive.merkle import Range
from archive.registrar import objects_of
from archive.segments import CHECKPOINTS, SEGMENT, Lines, is_segment
from archive.store import object_name
from archive.vault import MEDIA as PRIVATE
from domain.canonical import sha256
from domain.errors import Conflict, Corrupt
from domain.events import GENESIS
from domain.model import MEDIA as ENDINGS


class _Bounded(Lines):
    """Reads no further than the noted lengths."""

    def __init__(self, folder: Path, ends: Mapping[str, int], per_segment: int) -> None:
        super().__init__(folder, per_segment=per_segment)
        self._ends = ends

    def _rest(self) -> bytes:
        return super()._rest()[: max(0, self._ends.get(self.segment.name, 0) - self.offset)]


@dataclass(slots=True)
class Extent:
    """`mark`: how far the journal reached. `checkpoints`: their bytes up to there. `ends`: each segment's length in whole lines.

    `objects` (name -> size): of the new events.
    """

    mark: Mark
    checkpoints: bytes
    ends: dict[str, int] = field(default_factory=dict)
    objects: dict[str, int] = field(default_factory=dict)

    @property
    def bodies(self) -> set[str]:
        """The private ones among the objects, by their digests in hex."""
        return {name.partition(".")[0] for name in self.objects if name.endswith(f".{ENDINGS[PRIVATE]}")}


def read_extent(folder: Path, known: Mark | None = None, *, whole: bool = False, per_segment: int = SEGMENT) -> Extent:
    """Read the journal in `folder`. Objects are those of events after `known`, of all events if `whole`.

    Raises:
        Corrupt: the journal is not what was written. Conflict: not the journal `known` was made of, or an older one. Unavailable.
    """
    with world("the journal cannot be read"):
        with locked(folder, shared=True):
            ends = {path.name: path.stat().st_size for path in folder.iterdir() if is_segment(path.name, per_segment)}
            noted = (folder / CHECKPOINTS).read_bytes() if (folder / CHECKPOINTS).exists() else b""
        given = _checkpoints(noted)
        roots = {c.size: c.root for c in given}
        lines, tree, prev = _Bounded(folder, ends, per_segment), Range(), GENESIS
        found, due = Extent(Mark(0, 0, GENESIS, [], 0, "", START, 0), b""), list[tuple[int, str]]()
        for line in lines.more():
            if known is not None and lines.size <= known.size and not whole:
                prev = sha256(b"\x00" + line.rpartition(b"\t")[0])
            else:
                event, prev = next_event(line, lines.size, prev)
                found.objects.update((object_name(stored), stored.size) for stored in objects_of(event))
            tree.push(bytes.fromhex(prev))
            _judge(tree, roots, known)
            if tree.size % EVERY == 0:
                due.append((tree.size, tree.root().hex()))
    _judge_end(tree.size, given, known)
    found.ends = {name: _whole_lines(lines, name, end) for name, end in ends.items() if end}
    last = given[-1] if given else None
    for size, root in due:
        if last is None or size > last.size:
            last = next_checkpoint(last.check if last else START, size, root)
            given.append(last)
    found.checkpoints = b"".join(c.line() for c in given)
    place = (tree.size, lines.offset, prev, [peak.hex() for peak in tree.peaks])
    told = (last.size, last.root, last.check) if last else (0, "", START)
    found.mark = Mark(*place, *told, len(found.checkpoints))
    return found


def _checkpoints(data: bytes) -> list[Checkpoint]:
    """The whole lines of checkpoints.txt. What a crash left out at the end is written anew from the tree, as the journal itself will do."""
    found: list[Checkpoint] = []
    for line in data.split(b"\n")[:-1]:
        try:
            found.append(parse_checkpoint(line, found[-1] if found else None))
        except ValueError as error:
            raise Corrupt(f"a line of {CHECKPOINTS} is not what was written: run verify", why=str(error)) from error
    return found


def _judge(tree: Range, roots: Mapping[int, str], known: Mark | None) -> None:
    if tree.size in roots and roots[tree.size] != tree.root().hex():
        raise Corrupt(f"the journal's first {tree.size} events have another root than their checkpoint: run verify", event=tree.size)
    if known is not None and tree.size == known.size and tree.root() != known.tree().root():
        what = f"the first {known.size} events are not those of this backup: it is of another ledger, or one of the two was changed"
        raise Conflict(f"{what}; run verify on both, back up into another folder. Nothing was changed", event=known.size)


def _judge_end(size: int, given: list[Checkpoint], known: Mark | None) -> None:
    if given and given[-1].size > size:
        raise Corrupt(f"the journal ends at event {size}, it had {given[-1].size}: run verify", expected=given[-1].size, found=size)
    if known is not None and size < known.size:
        what = f"the data folder's ledger has {size} events, this backup {known.size}: the ledger is older than its backup"
        raise Conflict(f"{what}; restore from it, or back up into another folder. Nothing was changed", expected=known.size, found=size)


def _whole_lines(lines: Lines, name: str, end: int) -> int:
    """Where the last whole line of a segment ends: a torn one is left out."""
    return end - len(lines.torn) if name == lines.segment.name else end
