"""The ledger as plain text: what outlives the database and this program.

`ledger/` holds segments of lines (an event's canonical bytes, a tab, its leaf hash) and checkpoints.txt (the Merkle root over the first
so many events). Promises: when `catch_up` returns, every event of the database stands on disk; any number of processes may call it;
nothing that was whole is ever rewritten; a journal that contradicts the database is left untouched (Corrupt). Only what follows the last
newline, a line torn by a crash, is cut off, and only when the database has the event that was being written.

How far the journal reached is noted in a mark under derived/ (archive/mark.py), so that opening it costs nothing and verify can tell a
journal that was cut from one that a crash left behind. Without the mark the journal is read from the beginning. Risk accepted: without
database, mark and a copy elsewhere, removing the newest events after the last checkpoint shows only by objects of the store that no event
names.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from archive.atomic import append_durably, force, fsync_folder, locked, make_folder, world
from archive.checkpoints import Checkpoint, next_checkpoint, read_checkpoints
from archive.encoding import START, is_begun, journal_line, parse_line
from archive.mark import Mark, read_mark, write_mark
from archive.merkle import Range
from archive.segments import CHECKPOINTS, SEGMENT, Lines
from domain.errors import Corrupt
from domain.events import GENESIS, Event
from domain.ports import Ledger

EVERY = 64
"""A checkpoint stands at every multiple of this, and where a process closed."""

MODE = 0o644
RESTORED = "put ledger/ back from a copy; if that is what was just done, delete derived/ and start again"


@dataclass(slots=True)
class _Tail:
    """Where the journal ends, as far as this process has followed it; `due` are checkpoints not written yet."""

    lines: Lines
    leaf: str = GENESIS
    tree: Range = field(default_factory=Range)
    last: Checkpoint | None = None
    checkpoint_bytes: int = 0
    due: list[tuple[int, str]] = field(default_factory=list)

    def push(self, leaf: str, every: int) -> None:
        self.tree.push(bytes.fromhex(leaf))
        self.leaf = leaf
        if self.tree.size % every == 0:
            self.due.append((self.tree.size, self.tree.root().hex()))


class Journal:
    """The segments and checkpoints in `folder`; `mark` is the file under derived/ that says how far they reach."""

    def __init__(self, folder: Path, mark: Path | None = None, *, per_segment: int = SEGMENT, every: int = EVERY) -> None:
        self.folder = folder
        self._mark, self._per_segment, self._every = mark, per_segment, every
        self._tail: _Tail | None = None
        self._mutex = threading.Lock()

    def catch_up(self, ledger: Ledger) -> int:
        """Write every event that `ledger` has and the journal lacks, on disk when this returns; how many.

        Raises:
            Corrupt: the journal is damaged or contradicts the ledger; nothing was touched. DiskFull, Unavailable.
        """
        with self._mutex, world("the journal cannot be written"):
            make_folder(self.folder)
            with locked(self.folder):
                tail, self._tail = self._tail, None  # whatever fails below, the next call reads it again
                tail = self._load(ledger) if tail is None else tail
                self._follow(tail, ledger)
                written = self._write(tail, ledger)
                self._settle(tail)
                self._tail = tail
                return written

    def events(self) -> Iterator[Event]:
        """Every event, its leaf, place and chain checked, and the roots at the checkpoints. A torn line at the end is left out.

        Raises:
            Corrupt: the journal is not what was written, or ends before its last checkpoint or its mark.
        """
        roots = {c.size: c.root for c in read_checkpoints(self.folder / CHECKPOINTS)[0]}
        mark = read_mark(self._mark)
        lines, tree, prev = Lines(self.folder, per_segment=self._per_segment), Range(), GENESIS
        for line in lines.more():
            event, prev = next_event(line, lines.size, prev)
            tree.push(bytes.fromhex(prev))
            if tree.size in roots and roots[tree.size] != tree.root().hex():
                raise Corrupt(
                    f"the journal's first {tree.size} events have another root than their checkpoint: run verify", event=tree.size
                )
            yield event
        wanted = max([*roots, mark.size if mark else 0], default=0)
        if tree.size < wanted:
            raise Corrupt(f"the journal ends at event {tree.size}, it had {wanted}: {RESTORED}", expected=wanted, found=tree.size)

    def cut(self) -> int:
        """Cut off a line that a crash tore at the very end, when there is no database that could still have its event; how many bytes.

        Raises:
            Corrupt: what stands there is not the beginning of a line, or the journal before it is damaged. DiskFull, Unavailable.
        """
        with self._mutex, world("the journal cannot be written"), locked(self.folder):
            lines, prev = Lines(self.folder, per_segment=self._per_segment), GENESIS
            for line in lines.more():
                _, prev = next_event(line, lines.size, prev)
            if not lines.torn:
                return 0
            if lines.surplus or not is_begun(lines.torn):
                found = len(lines.torn)
                raise Corrupt(f"{lines.segment.name} ends in {found} bytes that are no line: run verify", found=found)
            append_durably(lines.segment, b"", MODE, lines.offset)
            return len(lines.torn)

    def close(self) -> None:
        """Write a checkpoint over what this process has followed, if events came since the last."""
        with self._mutex, world("the journal cannot be written"):
            tail, self._tail = self._tail, None
            if tail is None:
                return
            with locked(self.folder):
                self._follow(tail, None)
                size, root = tail.tree.size, tail.tree.root().hex()
                if size > (tail.last.size if tail.last else 0) and (size, root) not in tail.due:
                    tail.due.append((size, root))
                self._settle(tail)

    def _load(self, ledger: Ledger) -> _Tail:
        """The tail at the mark, checked against journal and ledger; at the beginning where there is no mark."""
        mark = read_mark(self._mark)
        if mark is None or mark.size == 0:
            return _Tail(Lines(self.folder, per_segment=self._per_segment))
        lines = Lines(self.folder, mark.size, mark.offset, self._per_segment)
        if not _ends_with(self.folder, mark, self._per_segment):
            raise Corrupt(f"the journal does not hold event {mark.size} where it stood: {RESTORED}", event=mark.size, expected=mark.leaf)
        stands = next(ledger.read(mark.size, mark.size + 1), None)
        if stands is None or stands.leaf() != mark.leaf:
            raise _contradiction(mark.size, mark.leaf, stands.leaf() if stands else "nothing")
        last = Checkpoint(mark.checkpointed, mark.checkpoint_root, mark.check) if mark.checkpointed else None
        return _Tail(lines, mark.leaf, mark.tree(), last, mark.checkpoint_bytes)

    def _follow(self, tail: _Tail, ledger: Ledger | None) -> None:
        """Read what other processes wrote since, and hold it against the ledger where one is given."""
        first, leaves, before = tail.tree.size + 1, list[str](), tail.lines.segment
        for line in tail.lines.more():
            _, leaf = next_event(line, tail.lines.size, tail.leaf)
            tail.push(leaf, self._every)
            leaves.append(leaf)
        if leaves:  # whoever wrote them may have been killed before they were on disk
            for segment in dict.fromkeys((before, tail.lines.segment)):
                if segment.exists():
                    force(segment)
            fsync_folder(self.folder)
        if ledger is not None and leaves:
            stand = (event.leaf() for event in ledger.read(first, first + len(leaves)))
            for seq, (mine, theirs) in enumerate(zip_longest(leaves, stand), start=first):
                if mine != theirs:
                    raise _contradiction(seq, mine, theirs or "nothing")
        for checkpoint in read_checkpoints(self.folder / CHECKPOINTS, tail.checkpoint_bytes, tail.last)[0]:
            tail.checkpoint_bytes += len(checkpoint.line())
            tail.last = checkpoint

    def _write(self, tail: _Tail, ledger: Ledger) -> int:
        start, path, at, waiting = tail.tree.size, tail.lines.segment, tail.lines.offset, list[bytes]()
        for event in ledger.read(start + 1):
            if tail.lines.surplus or event.prev != tail.leaf:
                raise _contradiction(event.seq, tail.leaf, "bytes behind the segment's last line" if tail.lines.surplus else event.prev)
            if tail.lines.segment != path:
                append_durably(path, b"".join(waiting), MODE, at)
                path, at, waiting = tail.lines.segment, 0, []
            waiting.append(journal_line(event))
            tail.lines.step(len(waiting[-1]))
            tail.push(event.leaf(), self._every)
        if waiting:
            append_durably(path, b"".join(waiting), MODE, at)
        elif tail.lines.torn:
            found = len(tail.lines.torn)
            raise Corrupt(f"{path.name} ends in {found} bytes that are no event of the database: run verify", found=found)
        return tail.tree.size - start

    def _settle(self, tail: _Tail) -> None:
        """Write the checkpoints that are due, then the mark."""
        before = tail.last
        due = [(size, root) for size, root in tail.due if before is None or size > before.size]
        data = b""
        for size, root in due:
            tail.last = next_checkpoint(tail.last.check if tail.last else START, size, root)
            data += tail.last.line()
        if data:
            append_durably(self.folder / CHECKPOINTS, data, MODE, tail.checkpoint_bytes)
        tail.checkpoint_bytes += len(data)
        tail.due.clear()
        if self._mark is not None:
            write_mark(self._mark, _mark_of(tail))


def next_event(line: bytes, seq: int, prev: str) -> tuple[Event, str]:
    """The event on `line` (without its newline), which must be event `seq` and follow leaf `prev`, and its leaf.

    Raises:
        Corrupt: it is not.
    """
    try:
        event, leaf = parse_line(line)
    except ValueError as error:
        raise Corrupt(f"line {seq} of the journal is not what was written: run verify", event=seq, why=str(error)) from error
    if event.seq != seq or event.prev != prev:
        raise Corrupt(f"line {seq} of the journal does not follow the one before: run verify", event=seq, found=event.seq)
    return event, leaf


def _ends_with(folder: Path, mark: Mark, per_segment: int) -> bool:
    """Whether the line before the mark's place ends in the mark's leaf and a newline."""
    path = Lines(folder, mark.size - 1, 0, per_segment).segment
    wanted = mark.leaf.encode("ascii") + b"\n"
    try:
        with path.open("rb") as stream:
            end = mark.offset or stream.seek(0, 2)
            stream.seek(max(0, end - len(wanted)))
            return stream.read(len(wanted)) == wanted
    except FileNotFoundError:
        return False


def _contradiction(seq: int, journal: str | None, database: str) -> Corrupt:
    what = f"journal and database differ at event {seq}: run verify; the database can be deleted (derived/) and is rebuilt from the journal"
    return Corrupt(what, event=seq, journal=journal or "nothing", database=database)


def _mark_of(tail: _Tail) -> Mark:
    last = tail.last or Checkpoint(0, "", START)
    peaks = [peak.hex() for peak in tail.tree.peaks]
    place = (tail.tree.size, tail.lines.offset, tail.leaf, peaks)
    return Mark(*place, last.size, last.root, last.check, tail.checkpoint_bytes)
