"""`ledger/witnessed.txt`: the checkpoints of this ledger that a witness signed, one note behind another, only ever appended to.

The last of them is what `verify` holds the ledger against. The file is in the hands of whoever can write the data folder: it shows what it
shows by the witness's signature, and that it was not cut short is shown by the witness alone (`verify --against`).
"""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from archive.atomic import append_durably, locked, world
from archive.encoding import parse_line
from archive.merkle import Range
from archive.notes import Cosigned, Key, parse_note, split_notes
from archive.segments import WITNESSED, Lines, read_leaves
from domain.errors import Corrupt

MODE = 0o644
FIRST = 1 << 16


def ledger_id(folder: Path) -> str | None:
    """The id of the ledger whose journal is in `folder`: the subject of its first event. None before there is one.

    Raises:
        Corrupt: the first line is no event.
    """
    path = Lines(folder).segment
    if not path.exists():
        return None
    with path.open("rb") as stream:
        line, ended, _ = stream.read(FIRST).partition(b"\n")
    if not ended:
        return None
    try:
        return parse_line(line)[0].subject
    except ValueError as error:
        raise Corrupt("the first line of the journal is not what was written: run verify", why=str(error)) from error


def durable_size(folder: Path, after: int = 0) -> int:
    """How many events of the journal are on disk; lines that another process is just forcing there are waited for.

    Of a journal with `after` events or more, only what is behind them (and the segment they end in) is read.
    """
    start = max(after - 1, 0)  # the last known is read again: if it is not there, the journal is shorter
    behind = sum(1 for _ in read_leaves(folder, start))
    size = start + behind if behind or not start else sum(1 for _ in read_leaves(folder))
    with locked(folder, shared=True):  # whoever wrote what was read has forced it to disk by now
        return size


def tree_at(folder: Path, size: int) -> Range | None:
    """The tree over the first `size` events of the journal, None if it has not so many."""
    tree = Range()
    for leaf in islice(read_leaves(folder), size):
        tree.push(leaf)
    return tree if tree.size == size else None


def whole_notes(folder: Path) -> list[bytes]:
    """The whole notes of the file in `folder`, as they stand there.

    Raises:
        Unavailable
    """
    return [data for _, data in _split(folder / WITNESSED) if _is_whole(data)]


def carry_notes(notes: Sequence[bytes], folder: Path) -> int:
    """Append to the file in `folder` those of `notes` that it has not; how many. What it has stays: each is a witness's word for itself.

    So what is damaged is not carried: it would stay for ever.

    Raises:
        DiskFull, Unavailable
    """
    held = whole_notes(folder)
    fresh = [note for note in notes if note not in set(held) and _is_sound(note)]
    if fresh:
        with world("the file of witnessed checkpoints cannot be written"):
            append_durably(folder / WITNESSED, b"".join(fresh), MODE, sum(map(len, held)))
    return len(fresh)


def _split(path: Path) -> list[tuple[int, bytes]]:
    with world("the file of witnessed checkpoints cannot be read"):
        return list(split_notes(path.read_bytes())) if path.exists() else []


def _is_whole(note: bytes) -> bool:
    return note.count(b"\n") == 5


def _is_sound(note: bytes) -> bool:
    try:
        parse_note(note)
    except ValueError:
        return False
    return True


class WitnessedFile:
    """The file in `folder`, as the one process that appends to it sees it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / WITNESSED

    def last(self, origin: str, keys: Sequence[Key]) -> Cosigned | None:
        """The newest checkpoint of this origin that one of `keys` signed.

        Raises:
            Unavailable
        """
        found = None
        for _, data in _split(self._path):
            try:
                note = parse_note(data)
            except ValueError:
                continue  # verify says so; what counts here is the newest that holds
            if note.tree.origin == origin and note.by(keys) and (found is None or note.tree.size > found.tree.size):
                found = note
        return found

    def append(self, note: Cosigned) -> None:
        """Write one more, cutting off what a crash tore. On disk when this returns.

        Raises:
            DiskFull, Unavailable
        """
        end = 0
        for offset, data in _split(self._path):
            if _is_whole(data):
                end = offset + len(data)
        with world("the file of witnessed checkpoints cannot be written"):
            append_durably(self._path, note.note().encode("utf-8"), MODE, end)
