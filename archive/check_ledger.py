"""Reads the whole journal and its checkpoints, line by line, and says what is not as it was written.

Works without the program that wrote it and while that program writes: a line that is not whole yet is read again a moment later. `mark` and
checkpoints must be read before the journal, because they are written after it.
"""

import re
import time
from collections.abc import Collection
from pathlib import Path

from archive.checkpoints import LINE, Checkpoint, parse_checkpoint
from archive.encoding import is_begun, parse_line
from archive.journal import EVERY
from archive.mark import Mark
from archive.merkle import Range
from archive.report import COPY, Report
from archive.segments import CHECKPOINTS, SEGMENT, WITNESSED, Lines, segment_name
from archive.store import object_name
from domain.events import GENESIS, Event
from domain.model import Stored

PAUSE = 0.05
HEX = re.compile(rb"[0-9a-f]{64}")


class LedgerCheck:
    """The journal in `folder`, as far as it was read: `size` events, their objects by name and size, their private bodies.

    `opened` is the ledger's id. `wanted` are sizes whose roots will be asked for beside those of checkpoints.
    """

    def __init__(
        self,
        folder: Path,
        mark: Mark | None,
        report: Report,
        patience: float,
        per_segment: int = SEGMENT,
        wanted: Collection[int] = (),
    ) -> None:
        self.folder, self.mark, self.report, self._rounds = folder, mark, report, round(patience / PAUSE)
        self._per_segment = per_segment
        self.sound, self.opened = True, ""
        self.objects: dict[str, int] = {}
        self.bodies: dict[str, Stored] = {}
        self._checkpoints, self._torn_checkpoint = self._read_checkpoints()
        self._lines, self._tree = Lines(folder, per_segment=per_segment), Range()
        self._seq, self._prev = 0, GENESIS.encode("ascii")
        self._wanted = {c.size for c in self._checkpoints} | ({mark.size} if mark else set()) | set(wanted)
        self._roots: dict[int, tuple[str, str]] = {}

    @property
    def size(self) -> int:
        """The sequence of the last event read."""
        return self._seq

    def root(self, size: int) -> str | None:
        """The root over the first `size` events, if that was wanted and everything up to there is sound."""
        return self._roots[size][1] if size in self._roots else None

    def read(self, at_least: int = 0) -> None:
        """Read on to the end, waiting a moment for what is being written, or for the journal to reach `at_least` events."""
        self._read()
        for _ in range(self._rounds):
            if not self._lines.torn and self._seq >= at_least:
                return
            time.sleep(PAUSE)
            self._read()

    def finish(self, following: bytes | None) -> None:
        """Judge the end, the checkpoints and the folder.

        `following` is the line that comes next as the database has it, empty if there is none; None without a database.
        """
        self._judge_torn(following)
        mark, size = self.mark, self._seq
        if mark is not None and size < mark.size:
            self.report.bad("ledger", "ledger/", f"{mark.size} events", f"{size} events: the end was cut off", COPY)
        elif mark is not None and mark.size and self.sound and self._roots.get(mark.size) != (mark.leaf, mark.tree().root().hex()):
            self.report.bad("ledger", "ledger/", f"the first {mark.size} events as they were", "other events", COPY)
        self._judge_checkpoints()
        self._judge_folder()

    def _read(self) -> None:
        while True:
            for line in self._lines.more():
                self.report.read(len(line) + 1)
                self.report.looked_at["events"] += 1
                self._line(line)
            if self._lines.surplus:
                self._bad(self._where(self._lines.size), f"{self._per_segment} lines", f"{len(self._lines.torn)} more bytes behind them")
                self._lines = Lines(self.folder, self._lines.size, 0, self._per_segment)
            elif later := self._later_segment():
                found = f"{self._lines.size % self._per_segment}, then something else"
                self._bad(self._where(self._lines.size + 1), f"{self._per_segment} lines before the next segment", found)
                self._lines = Lines(self.folder, later - 1, 0, self._per_segment)
            else:
                return

    def _later_segment(self) -> int | None:
        """The first event of the next segment there is behind the one being read."""
        current = self._lines.size // self._per_segment * self._per_segment + 1
        firsts = (int(path.stem) for path in self.folder.glob("*.jsonl") if re.fullmatch(r"[0-9]{8}", path.stem))
        return min((first for first in firsts if first > current and first % self._per_segment == 1 % self._per_segment), default=None)

    def _where(self, seq: int) -> str:
        return f"ledger/{segment_name(seq, self._per_segment)}"

    def _line(self, line: bytes) -> None:
        where = f"{self._where(self._lines.size)} line {(self._lines.size - 1) % self._per_segment + 1}"
        leaf = line.rpartition(b"\t")[2]
        try:
            event, _ = parse_line(line)
        except ValueError as error:
            self._bad(where, "the event as it was written", str(error))
            self._seq, self._prev = self._seq + 1, leaf if HEX.fullmatch(leaf) else b""
            return
        if event.seq != self._seq + 1:
            self._bad(where, f"event {self._seq + 1}", f"event {event.seq}")
        elif self._prev and event.prev.encode("ascii", "replace") != self._prev:
            self._bad(where, "the leaf of the event before", "another leaf")
        self._seq, self._prev = event.seq, leaf
        self._take(event, leaf.decode("ascii"))

    def _take(self, event: Event, leaf: str) -> None:
        if event.seq == 1:
            self.opened = event.subject
        for stored in event.objects:
            self.objects[object_name(stored)] = stored.size
        if event.private is not None:
            self.objects[object_name(event.private)] = event.private.size
            self.bodies[event.private.digest.hex] = event.private
        if self.sound:
            self._tree.push(bytes.fromhex(leaf))
            if event.seq in self._wanted:
                self._roots[event.seq] = (leaf, self._tree.root().hex())

    def _judge_torn(self, following: bytes | None) -> None:
        torn = self._lines.torn
        if not torn:
            return
        where = self._where(self._lines.size + 1)
        if is_begun(torn) if following is None else following.startswith(torn):
            self.report.noted("ledger", where, "whole lines", f"{len(torn)} bytes of a line that was being written")
        else:
            self._bad(where, "whole lines", f"{len(torn)} bytes behind the last line")

    def _read_checkpoints(self) -> tuple[list[Checkpoint], bytes]:
        try:
            data = (self.folder / CHECKPOINTS).read_bytes()
        except FileNotFoundError:
            return [], b""
        self.report.read(len(data))
        *lines, torn = data.split(b"\n")
        found: list[Checkpoint] = []
        before: Checkpoint | None = None
        for number, line in enumerate(lines, start=1):
            self.report.looked_at["checkpoints"] += 1
            try:
                before = parse_checkpoint(line, before)
                found.append(before)
            except ValueError as error:
                self.report.bad("checkpoints", f"ledger/{CHECKPOINTS} line {number}", "the checkpoint as it was written", str(error), COPY)
                if match := LINE.fullmatch(line):
                    before = Checkpoint(int(match[1]), match[2].decode(), match[3].decode())
        return found, torn

    def _judge_checkpoints(self) -> None:
        where = f"ledger/{CHECKPOINTS}"
        for checkpoint in self._checkpoints:
            if checkpoint.size > self._seq:
                self._bad("ledger/", f"at least {checkpoint.size} events, as a checkpoint says", f"{self._seq} events")
            elif self.sound and self._roots.get(checkpoint.size, ("", ""))[1] != checkpoint.root:
                self._bad("ledger/", f"the root of checkpoint {checkpoint.size}", "another root")
        sizes = [c.size for c in self._checkpoints]
        surely = max(self.mark.size if self.mark else self._seq - EVERY, sizes[-1] if sizes else 0)
        missing = sorted(set(range(EVERY, surely + 1, EVERY)) - set(sizes))
        if missing:
            self.report.bad("checkpoints", where, f"a checkpoint at event {missing[0]}", f"{len(missing)} are missing", COPY)
        if self.mark and self.mark.checkpointed and self.mark.check not in {c.check for c in self._checkpoints}:
            self.report.bad("checkpoints", where, f"a checkpoint at event {self.mark.checkpointed}", "none, or another", COPY)
        self._judge_torn_checkpoint(where, sizes[-1] if sizes else 0)

    def _judge_torn_checkpoint(self, where: str, last: int) -> None:
        torn = self._torn_checkpoint
        if not torn:
            return
        match = re.fullmatch(rb"([1-9][0-9]{0,15})(?: [0-9a-f]{0,64}| [0-9a-f]{64} [0-9a-f]{0,64})?", torn)
        if match and (b" " not in torn or last < int(match[1]) <= self._seq):
            self.report.noted("checkpoints", where, "whole lines", f"{len(torn)} bytes of a line that was being written")
        else:
            self.report.bad("checkpoints", where, "whole lines", f"{len(torn)} bytes behind the last line", COPY)

    def _judge_folder(self) -> None:
        known = {segment_name(first, self._per_segment) for first in range(1, self._seq + 2, self._per_segment)} | {CHECKPOINTS, WITNESSED}
        strange = [path for path in self.folder.iterdir() if path.name not in known or not _plain(path)] if self.folder.is_dir() else []
        for path in sorted(strange):
            self._bad(f"ledger/{path.name}", "nothing, or an ordinary file", "something casefile did not write")

    def _bad(self, where: str, expected: str, found: str) -> None:
        self.sound = False
        self.report.bad("ledger", where, expected, found, COPY)


def _plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
