"""Holds the ledger against checkpoints from outside: those a witness signed (`ledger/witnessed.txt`), and any the caller brings.

Whoever rewrites the whole data folder cannot make these fit: a root stands for every byte of every event before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.check_ledger import LedgerCheck
from archive.notes import ORIGIN, Cosigned, Key, is_begun_note, origin_of, parse_note, parse_origin, split_notes
from archive.report import Report
from archive.segments import WITNESSED

CONTRADICTED = (
    "keep everything as it is and compare with a copy: the ledger was changed after it was witnessed. If an older copy was put back by"
    " decision, see docs/operations.md, Witness"
)
UNCHECKED = "set witness.key to the witness's public key"
FOREIGN = "find out who answers there, and take the witness's address and key from outside the data folder (docs/operations.md, Witness)"
UNDECIDED = (
    "the settings say it was put back by decision, and nothing signed shows that the witness was told so. If it was: let serve run until"
    " the witness signed, then bring its newest checkpoint; if not: the settings were changed too, keep everything as it is"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A checkpoint from outside. `origin` is empty where it is not known; `whence` tells people where it comes from."""

    size: int
    root: bytes
    origin: str = ""
    whence: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """What a verification is given from outside the ledger.

    `keys`: of witnesses whose signatures count. `restored`: how often the ledger was, as the settings claim, put back older than witnessed;
    it is believed only where a checkpoint of `restored` shows that the witness was told too.
    `anchors`: checkpoints kept elsewhere; `asked`: who was asked for some, so that having none of this ledger is a finding.
    `silent`: the witness that did not answer, which is noted. `foreign`: who answered in its place with a signature of none of `keys`.
    """

    keys: Sequence[Key] = ()
    restored: int = 0
    anchors: Sequence[Anchor] = ()
    asked: str = ""
    silent: str = ""
    foreign: str = ""


NOTHING = Outside()


class WitnessCheck:
    """`sizes` are the numbers of events whose roots `judge` wants to know. Made before the journal is read, because it is written after."""

    def __init__(self, folder: Path, outside: Outside, report: Report) -> None:
        self._where, self._outside, self._report = f"ledger/{WITNESSED}", outside, report
        self._notes: list[Cosigned] = []
        self._read(folder / WITNESSED)
        self.sizes = {note.tree.size for note in self._notes} | {anchor.size for anchor in outside.anchors}

    def judge(self, ledger: LedgerCheck) -> None:
        """Hold `ledger`, which was read to its end, against everything from outside."""
        newest, decided = 0, self._decided(ledger)
        for note in self._notes:
            tree = note.tree
            newest = max(newest, self._hold(ledger, Anchor(tree.size, tree.root, tree.origin, self._where), decided))
        for anchor in self._outside.anchors:
            newest = max(newest, self._hold(ledger, anchor, decided))
        self._judge_asked(ledger)
        if self._outside.foreign:
            self._bad(self._outside.foreign, "a checkpoint signed by a key that is set", "another signature, or none that holds", FOREIGN)
        if self._outside.silent:
            what = "the last checkpoint it signed"
            self._report.noted("witness", self._outside.silent, what, "no answer", "see that it runs; then verify again")
        if self.sizes:
            self._report.looked_at["witnessed events"] = newest
            self._report.looked_at["events since"] = max(0, ledger.size - newest)

    def _judge_asked(self, ledger: LedgerCheck) -> None:
        """Who was asked must have a checkpoint of this ledger as it stands now."""
        mine = origin_of(ledger.opened or "?", self._outside.restored)
        if not self._outside.asked or any(anchor.origin in ("", mine) for anchor in self._outside.anchors):
            return
        earlier = any(parse_origin(anchor.origin)[0] == ledger.opened for anchor in self._outside.anchors)
        found = "only such as the settings call older" if earlier and self._outside.restored else "none of this ledger"
        self._bad(self._outside.asked, f"a checkpoint of {mine}", found, UNDECIDED if self._outside.restored else CONTRADICTED)

    def _decided(self, ledger: LedgerCheck) -> bool:
        """Whether the ledger was witnessed as what was put back: by a signature that counts, or by a checkpoint that was brought."""
        signed = [note.tree for note in self._notes if note.by(self._outside.keys)]
        shown = [(tree.origin, tree.size, tree.root) for tree in signed] + [(a.origin, a.size, a.root) for a in self._outside.anchors]
        mine = origin_of(ledger.opened, self._outside.restored)
        return any(origin == mine and ledger.root(size) == root.hex() for origin, size, root in shown)

    def _hold(self, ledger: LedgerCheck, anchor: Anchor, decided: bool) -> int:
        """How many events `anchor` shows to be as they were; what was `decided` for may lack what was witnessed before."""
        named, generation = parse_origin(anchor.origin)
        where, root = anchor.whence, ledger.root(anchor.size)
        if anchor.origin and named != ledger.opened:
            if anchor.whence == self._where:
                self._bad(where, f"checkpoints of {ORIGIN}{ledger.opened}", "one of another ledger", CONTRADICTED)
            return 0
        if root == anchor.root.hex():
            return anchor.size
        if root is None and anchor.size <= ledger.size:
            return 0  # the journal is damaged before it, which is a finding already
        found = "other events" if root else f"{ledger.size} events: the ledger is older than the witnessed size {anchor.size}"
        earlier = bool(anchor.origin) and generation < self._outside.restored
        if earlier and decided:
            self._report.noted("witness", where, f"the first {anchor.size} events as witnessed before it was put back", found, CONTRADICTED)
        else:
            self._bad(where, f"the first {anchor.size} events as they were witnessed", found, UNDECIDED if earlier else CONTRADICTED)
        return 0

    def _read(self, path: Path) -> None:
        data = path.read_bytes() if path.is_file() else b""
        self._report.read(len(data))
        for offset, text in split_notes(data):
            try:
                note = parse_note(text)
            except ValueError as error:
                if is_begun_note(text) and offset + len(text) == len(data):
                    self._report.noted("witness", self._where, "whole notes", f"{len(text)} bytes of one that was being written")
                else:
                    self._bad(f"{self._where} byte {offset}", "the note as it was written", str(error))
                continue
            self._report.looked_at["witnessed checkpoints"] += 1
            self._notes.append(note)
            if self._outside.keys and not note.by(self._outside.keys):
                self._bad(f"{self._where} byte {offset}", "the signature of a witness whose key is set", "another, or none that holds")
        if self._notes and not self._outside.keys:
            self._report.noted("witness", self._where, "signatures that can be checked", "no key of a witness is set", UNCHECKED)

    def _bad(self, where: str, expected: str, found: str, remedy: str = CONTRADICTED) -> None:
        self._report.bad("witness", where, expected, found, remedy)
