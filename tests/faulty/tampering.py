"""Seven ways to tamper with a ledger at a position, in two strengths.

Naive: the lines of the journal are changed, everything else stays. Strong: by somebody who may rewrite the whole data folder: every hash, leaf
and checkpoint is made anew from the change on, what else bears a trace is removed, and events are invented so that none is missing at the end.
"""

import random
from dataclasses import replace
from pathlib import Path

from archive import check_ledger
from archive.check_ledger import LedgerCheck
from archive.check_witness import Anchor, Outside, WitnessCheck
from archive.checkpoints import next_checkpoint
from archive.encoding import START, journal_line, parse_line
from archive.journal import EVERY
from archive.mark import read_mark
from archive.merkle import Range
from archive.report import Report
from archive.segments import CHECKPOINTS, SEGMENT, segment_name
from domain.events import GENESIS, Event
from domain.model import Outcome
from tests.fakes.witnessed import Books

KINDS = ("edit", "drop", "reorder", "insert", "truncate", "swap", "replay")


class Parser:
    """Parses each line of the true ledger once: the same line is always the same event, and a thousand readings hold nearly the same lines.

    `told` are lines that were made from these events just now; they are parsed too, unless `believe` is set.
    """

    def __init__(self) -> None:
        self.known: dict[bytes, tuple[Event, str]] = {}
        self.told: dict[bytes, tuple[Event, str]] = {}
        self.believe = False

    def __call__(self, line: bytes) -> tuple[Event, str]:
        found = self.known.get(line) or (self.told.get(line) if self.believe else None)
        return found or parse_line(line)


PARSER = Parser()


class Ledger:
    """A whole ledger of `count` events in memory, and a folder where tampered ones are written."""

    def __init__(self, folder: Path, count: int, per_segment: int = SEGMENT) -> None:
        self.books = Books(folder / "true", per_segment)
        self.books.grow(count - 1)
        self.events = list(self.books.ledger.read())
        self.lines = [journal_line(event) for event in self.events]
        PARSER.known = {line[:-1]: parse_line(line[:-1]) for line in self.lines}
        self.mark = read_mark(folder / "true" / "mark")
        self.checkpoints = (self.books.folder / CHECKPOINTS).read_bytes()
        self.trees, tree = [Range()], Range()
        for event in self.events:
            tree.push(bytes.fromhex(event.leaf()))
            self.trees.append(Range(tree.size, tree.peaks))
        self.tampered, self._per_segment = folder / "tampered", per_segment
        self.tampered.mkdir()

    def anchor(self, size: int) -> Anchor:
        """What the witness keeps of the first `size` events."""
        return Anchor(size, self.trees[size].root(), self.books.origin, "witness")

    def write(self, lines: list[bytes], checkpoints: bytes) -> Path:
        for path in self.tampered.iterdir():
            path.unlink()
        for first in range(0, len(lines), self._per_segment):
            (self.tampered / segment_name(first + 1, self._per_segment)).write_bytes(b"".join(lines[first : first + self._per_segment]))
        (self.tampered / CHECKPOINTS).write_bytes(checkpoints)
        return self.tampered

    def look(self, lines, checkpoints, mark, anchor=None) -> tuple[Outcome, Outcome]:
        """What verify says of a ledger with these lines, by itself and against the witness: the part that reads the ledger."""
        folder, report = self.write(lines, checkpoints), Report(None, 0)
        witness = WitnessCheck(folder, Outside(anchors=[anchor], asked="witness") if anchor else Outside(), report)
        check = LedgerCheck(folder, mark, report, 0.0, self._per_segment, witness.sizes)
        check.read()
        check.finish(None)
        alone = report.verdict().outcome
        witness.judge(check)
        return alone, report.verdict().outcome

    def naive(self, kind: str, position: int, chance: random.Random) -> Outcome:
        """Tamper at `position` (from 1), changing lines only."""
        lines, i = list(self.lines), position - 1
        if kind == "edit":
            place = chance.randrange(len(lines[i]))
            lines[i] = lines[i][:place] + bytes([lines[i][place] ^ 1 << chance.randrange(8)]) + lines[i][place + 1 :]
        elif kind == "insert":
            prev = self.events[i - 1].leaf() if i else GENESIS
            lines.insert(i, journal_line(invented(position, prev)))
        elif kind == "replay":
            lines = lines[: i or 1]
            return self.look(lines, remade(self.trees, len(lines)), self.mark)[0]  # the ledger's folder as it was then, the rest as it is
        else:
            lines = moved(lines, kind, i, chance)
        return self.look(lines, self.checkpoints, self.mark)[0]

    def strong(self, kind: str, position: int, chance: random.Random, witnessed: int) -> tuple[Outcome, Outcome]:
        """Tamper at `position`, everything made anew: what verify says alone, and against the checkpoint over `witnessed` events."""
        events = self.rewritten(kind, position, chance)
        same = next(
            (n for n, (a, b) in enumerate(zip(events, self.events, strict=False)) if a is not b), min(len(events), len(self.events))
        )
        lines, prev = self.lines[:same], self.events[same - 1].leaf() if same else GENESIS
        trees, tree = self.trees[: same + 1], Range(same, self.trees[same].peaks)
        PARSER.told = {}
        for seq, event in enumerate(events[same:], start=same + 1):
            fit = replace(event, seq=seq, prev=prev)
            line = journal_line(fit)
            prev = line[-65:-1].decode("ascii")
            PARSER.told[line[:-1]] = fit, prev
            tree.push(bytes.fromhex(prev))
            trees.append(Range(tree.size, tree.peaks))
            lines.append(line)
        return self.look(lines, remade(trees, len(lines)), None, self.anchor(witnessed))

    def rewritten(self, kind: str, position: int, chance: random.Random) -> list[Event]:
        """The events after a change, their sequences and leaves not fitted yet."""
        events, i = list(self.events), position - 1
        if kind == "edit":
            subject = chance.choice("GHJKMNPQ") + events[i].subject[1:]
            events[i] = replace(events[i], subject=subject)
        elif kind == "insert":
            events.insert(i, invented(position, GENESIS))
        elif kind == "replay":
            return events[: i or 1] if position < len(events) else events[:-1]
        else:
            events = moved(events, kind, i, chance)
        return events + [invented(n + 1, GENESIS) for n in range(len(events), len(self.events))]


def moved(things: list, kind: str, i: int, chance: random.Random) -> list:
    """Drop, cut behind, swap with a neighbour, or move somewhere farther."""
    if kind == "drop":
        return things[:i] + things[i + 1 :]
    if kind == "truncate":
        return things[:i]
    if kind == "swap":
        j = i + 1 if i + 1 < len(things) else i - 1
        things[i], things[j] = things[j], things[i]
        return things
    assert kind == "reorder"
    thing = things.pop(i)
    things.insert(chance.choice([j for j in range(len(things) + 1) if abs(j - i) > 1]), thing)
    return things


def invented(seq: int, prev: str) -> Event:
    return Event(seq, "2026-11-23T08:00:00.123456Z", "clerk", "case.opened", f"invented{seq}", f"invented{seq}", {}, (), None, prev)


def remade(trees: list[Range], size: int) -> bytes:
    """The file of checkpoints over these trees, as it is written."""
    check, data = START, b""
    for at in sorted({*range(EVERY, size + 1, EVERY), size} - {0}):
        checkpoint = next_checkpoint(check, at, trees[at].root().hex())
        check, data = checkpoint.check, data + checkpoint.line()
    return data


def quick(monkey) -> None:
    """Parse the true ledger's lines once; `monkey` sets attributes (pytest's monkeypatch, or anything with `setattr`)."""
    monkey.setattr(check_ledger, "parse_line", PARSER)
