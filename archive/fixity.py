"""Reads what is kept again, a part at a time, so that damage is found while another copy still has what it was.

Objects are dealt to parts by their digests: part n of t holds those whose first 32 bits lie in the n-th of t equal stretches. So each is
in exactly one part, and stays there while the archive grows. Promises: every object of the part that an event names or that lies on the
shelf is read from the disk, not from the kernel's memory of it; what was found is one event, `fixity.checked`; what is damaged or missing
is never touched, unless a backup holds it whole: then the damaged file is set aside and the good one put in its place, an event too. Does
not open private bodies or PDFs, and does not read the ledger: verify does.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from archive.atomic import SPOILT, Unreadable, make_folder, world
from archive.books import STORE, Books
from archive.carry import Carrier, digest_of, open_in, shelf_place, shelve_all, size_in
from archive.check_store import NAME
from archive.report import Report
from domain.clock import stamp
from domain.events import FIXITY_CHECKED, FIXITY_HEALED, Draft
from domain.ids import new_ulid
from domain.ports import Clock

SPACE = 1 << 32
UNREADABLE = "unreadable"


def bounds(part: int, parts: int) -> tuple[str, str]:
    """Names of objects in part `part` of `parts` (from 1) are those from the first up to but without the second.

    Raises:
        ValueError: there is no such part.
    """
    if not 1 <= part <= parts <= SPACE:
        raise ValueError(f"no part {part} of {parts}")
    low, high = -(-(part - 1) * SPACE // parts), -(-part * SPACE // parts)
    return f"{low:08x}", "g" if high == SPACE else f"{high:08x}"


def part_of(name: str, parts: int) -> int:
    """The part of `parts` (from 1) that holds the object `name`."""
    return (int(name[:8], 16) * parts >> 32) + 1


@dataclass(slots=True)
class Reading:
    """One reading of a part, as far as it got: up to object `after`. `damaged`: name -> its digest now; `missing`, `healed`: names."""

    part: int
    parts: int
    begun: str
    after: str = ""
    objects: int = 0
    bytes: int = 0
    damaged: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    healed: list[str] = field(default_factory=list)

    @property
    def left(self) -> list[str]:
        """Damaged or missing, and not healed."""
        return sorted({*self.damaged, *self.missing} - set(self.healed))


class Fixity:
    """Reads the objects of `books`. `copy`: a backup to heal from, if any. `aside`: where damaged files go. `pace` is told each block read.

    `alarm` is called for each object that is not whole: what (object-damaged, object-missing, object-healed) and its name.
    """

    def __init__(
        self,
        books: Books,
        clock: Clock,
        aside: Path,
        copy: Path | None = None,
        pace: Callable[[int], None] = lambda size: None,
        alarm: Callable[[str, str], None] = lambda what, name: None,
    ) -> None:
        self._books, self._clock, self._aside, self._copy, self._pace, self._alarm = books, clock, aside, copy, pace, alarm

    def begin(self, part: int, parts: int) -> Reading:
        """A reading of the part that has not begun."""
        bounds(part, parts)
        return Reading(part, parts, stamp(self._clock.now()))

    def read(self, reading: Reading, save: Callable[[Reading], None], stop: Callable[[], bool]) -> bool:
        """Read on to the end of the part and record it; False if `stop` said so before. `save` is called after each object.

        Raises:
            DiskFull, Unavailable: it can go on from what was saved.
        """
        for name in [name for name in self._names(reading) if name > reading.after]:
            if stop():
                return False
            self._look(reading, name)
            reading.after = name
            save(reading)
        self._record(reading)
        return True

    def _names(self, reading: Reading) -> list[str]:
        low, high = bounds(reading.part, reading.parts)
        named = self._books.ledger.names_between(low, high)
        shelf = list[str]()
        with world("the store cannot be read"):
            for folder in self._books.store.root.iterdir():
                if low[:2] <= folder.name <= high[:2] and len(folder.name) == 2:
                    shelf.extend(p.name for p in folder.iterdir() if NAME.fullmatch(p.name) and low <= p.name < high)
        return sorted({*named, *shelf})

    def _look(self, reading: Reading, name: str) -> None:
        found, size = self._read(name)
        reading.bytes += size
        reading.objects += 1
        if found is None:
            reading.missing.append(name)
            self._alarm("object-missing", name)
            self._heal(reading, name, None)
        elif found != name.partition(".")[0]:
            reading.damaged[name] = found
            self._alarm("object-damaged", name)
            self._heal(reading, name, found)

    def _read(self, name: str) -> tuple[str | None, int]:
        """Digest and size of an object as the disk gives it back; UNREADABLE if it cannot, None if the object is nowhere.

        Raises:
            Unavailable: the disk does not answer, which says nothing of the object.
        """
        with world("the store cannot be read"):
            try:
                handle = open_in(self._books.store.root, name)
                if handle is None:
                    return None, 0
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)  # or memory would answer for the disk
                return digest_of(handle, lambda block: self._pace(len(block)))
            except Unreadable:
                return UNREADABLE, 0

    def _heal(self, reading: Reading, name: str, found: str | None) -> None:
        """Put the backup's copy in the place of what is damaged or missing, if it has it whole."""
        size = self._size_in_copy(name)
        if self._copy is None or size is None:
            return
        root, report = self._books.store.root, Report(None, 0)
        with self._books.store.holding():
            carrier = Carrier(self._copy / STORE, root, report)
            carrier.carry_all({name: size})
            if carrier.missing:
                return
            if found is not None:
                self._set_aside(shelf_place(root, name), name)
            shelve_all(root, [name])
        if self._read(name)[0] != name.partition(".")[0]:  # whoever shelves what he staged himself removes what was staged here
            return
        reading.healed.append(name)
        body = {"object": f"sha256:{name.partition('.')[0]}", "found": f"sha256:{found}" if found and found != UNREADABLE else None}
        key = f"fixity:healed:{name.partition('.')[0]}:{new_ulid(self._clock.now())}"
        self._books.registrar.record([Draft(FIXITY_HEALED, self._ledger_id(), key, body)])
        self._alarm("object-healed", name)

    def _size_in_copy(self, name: str) -> int | None:
        """The object's size in the backup; None if it has not got it, or does not answer: then there is nothing to heal from now."""
        try:
            return size_in(self._copy / STORE, name) if self._copy is not None else None
        except OSError:
            return None

    def _set_aside(self, damaged: Path, name: str) -> None:
        """Keep the damaged file under another name, unless it lies in staging or not a byte of it can be read.

        Raises:
            DiskFull, Unavailable: then nothing takes its place.
        """
        with world("a damaged object cannot be set aside"):
            make_folder(self._aside, 0o700)
            place = self._aside / f"{new_ulid(self._clock.now())}-{name}"
            try:
                place.hardlink_to(damaged)
            except FileNotFoundError:
                return
            except OSError:  # another file system
                try:
                    shutil.copyfile(damaged, place)
                except OSError as error:
                    if error.errno not in SPOILT:
                        raise

    def _ledger_id(self) -> str:
        return next(self._books.ledger.read(1, 2)).subject

    def _record(self, reading: Reading) -> None:
        body = {
            "part": reading.part,
            "parts": reading.parts,
            "begun": reading.begun,
            "objects": reading.objects,
            "bytes": reading.bytes,
            "damaged": len(reading.damaged),
            "missing": len(reading.missing),
            "healed": len(reading.healed),
        }
        if self._books.ledger.size() == 0:  # nothing was ever kept, so there is nothing to say
            return
        key = f"fixity:{reading.part}/{reading.parts}:{reading.begun}"
        self._books.registrar.record([Draft(FIXITY_CHECKED, self._ledger_id(), key, body)])
