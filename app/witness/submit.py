"""Shows the ledger to the witness: one submission, and what its answer means.

Promises: what is submitted is on disk in the journal; a signature is kept in `ledger/witnessed.txt` only if the pinned key made it; a
refusal is called damage (Corrupt) only when the witness's own signature shows that the ledger contradicts what was witnessed, so that
nobody who merely answers at the witness's place can stop casefile. The first submission of a process holds the whole journal against what
was witnessed last; the later ones read only what is new.
"""

from collections.abc import Sequence
from pathlib import Path

from app.witness.exchange import Answer, Caller, read_signature
from app.witness.state import State
from archive.merkle import Range, grow
from archive.notes import Cosigned, Key, Tree, origin_of
from archive.segments import read_leaves
from archive.witnessed import WitnessedFile, durable_size, ledger_id, tree_at
from domain.errors import Corrupt, Unavailable

ATTEMPTS = 3
OLDER = (
    "put the newer ledger back; if this older one shall stand, set witness.restored one higher and start the witness with --new ORIGIN"
    " (docs/operations.md)"
)


class Declined(Unavailable):
    """The witness answers and does not sign, and has not shown why: somebody must look."""


class Submitter:
    """Casefile's side of one witness, for one ledger."""

    def __init__(self, folder: Path, caller: Caller, keys: Sequence[Key], restored: int, state: State) -> None:
        self._folder, self._caller, self._keys, self._restored, self._state = folder, caller, keys, restored, state
        self._file = WitnessedFile(folder)
        self._seen: Range | None = None

    def submit(self) -> Cosigned | None:
        """Show the ledger as it stands; what the witness signed, None while there is no ledger.

        Raises:
            Corrupt: the ledger contradicts what the witness signed. Declined: it does not sign, for another reason.
            DiskFull, Unavailable: tried again later.
        """
        ledger = ledger_id(self._folder)
        if ledger is None:
            return None
        origin = origin_of(ledger, self._restored)
        old = self._known(origin)
        for _ in range(ATTEMPTS):
            size = durable_size(self._folder, old.size)
            if size < old.size:
                raise _older(old.size, size)
            proof, new = grow(old, read_leaves(self._folder, old.size), size - old.size)
            tree = Tree(origin, new.size, new.root())
            answer = self._caller.add(old.size, proof, tree)
            if answer.status == 200:
                return self._keep(new, self._signed(_signature(tree, answer)))
            if answer.status not in (409, 422):
                raise Declined(f"the witness does not sign ({answer.status}): {answer.text.strip()[:300]}", status=answer.status)
            old = self._hold(origin)
        raise Declined(f"the witness does not sign ({answer.status}), although the ledger agrees with what it signed", status=answer.status)

    def _known(self, origin: str) -> Range:
        """The tree that was witnessed last, as far as is known here; empty if none was."""
        if self._seen is None:
            last = self._file.last(origin, self._keys)
            if last is None:
                return Range()
            self._seen = self._same(last)
        return self._seen

    def _hold(self, origin: str) -> Range:
        """Hold the ledger against what the witness says it signed last; the tree it is, if it is ours."""
        last = self._caller.last(origin)
        if last is None or last.tree.origin != origin:
            raise Declined("the witness does not sign, and shows no checkpoint of this ledger")
        self._signed(last)
        mine = self._same(last)
        self._write_down(last)
        return mine

    def _same(self, last: Cosigned) -> Range:
        """The ledger's own tree of the size of `last`, which must be the same."""
        size = last.tree.size
        mine = tree_at(self._folder, size)
        if mine is None:
            raise _older(size, durable_size(self._folder))
        if mine.root() != last.tree.root:
            what = f"the first {size} events are not those that were witnessed: the ledger was changed, or is a copy that went its own way"
            raise Corrupt(f"{what}; {OLDER}", size=size, expected=last.tree.root.hex(), found=mine.root().hex())
        return mine

    def _signed(self, note: Cosigned) -> Cosigned:
        if not note.by(self._keys):
            raise Declined("what answers as the witness has another key than witness.key: it may be another, or witness.key is wrong")
        return note

    def _keep(self, new: Range, note: Cosigned) -> Cosigned:
        if self._seen is None or self._seen.size != new.size:
            self._write_down(note)
        self._seen = new
        self._state.signed(note)
        return note

    def _write_down(self, note: Cosigned) -> None:
        """Keep `note` if it is newer than what is kept: who shows an old one again and again must not make the file grow."""
        kept = self._file.last(note.tree.origin, self._keys)
        if kept is None or kept.tree.size < note.tree.size:
            self._file.append(note)


def _older(size: int, have: int) -> Corrupt:
    return Corrupt(f"the ledger is older than the witnessed size {size}: it has {have} events; {OLDER}", expected=size, found=have)


def _signature(tree: Tree, answer: Answer) -> Cosigned:
    try:
        return read_signature(tree, answer)
    except ValueError as error:
        raise Declined(f"what answers as the witness sends no signature: {error}") from None
