"""Objects carried from one store into another, each hashed on its way.

Promises: what appears in the target's staging under an object's name is whole, on disk, and has that digest; a source that has not, or
cannot be read, is reported and left where it is: nothing of it is carried, and all others are. Forced to disk in batches, because one at a
time costs a disk's turn each.
Plain copies: a hard link would be the same file twice, a reflink the same blocks, and neither outlives the disk or a bad sector.
"""

import hashlib
import io
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archive.atomic import Unreadable, force, fsync_folder, make_folder, spoilt, world
from archive.report import COPY, Report
from archive.store import BLOCK, STAGING, TEMPORARY

AT_ONCE = 256
BYTES_AT_ONCE = 256 << 20


def shelf_place(root: Path, name: str) -> Path:
    """Where object `name` lies on the shelf of the store in `root`."""
    return root / name[:2] / name


def size_of(path: Path) -> int:
    """The size of a file; -1, which no object has, if the disk has lost its record.

    Raises:
        OSError: it is not there, or the disk does not answer.
    """
    try:
        with spoilt():
            return path.stat().st_size
    except Unreadable:
        return -1


def size_in(root: Path, name: str) -> int | None:
    """The size of object `name`, on the shelf or in staging of the store in `root`; None if it is in neither, -1 as `size_of`."""
    for place in (shelf_place(root, name), root / STAGING / name, shelf_place(root, name)):
        try:
            return size_of(place)
        except FileNotFoundError:
            continue
    return None


def open_in(root: Path, name: str) -> int | None:
    """A descriptor of object `name`, which may be shelved meanwhile; None if it is not there.

    Raises:
        Unreadable. OSError: the disk does not answer.
    """
    for place in (shelf_place(root, name), root / STAGING / name, shelf_place(root, name)):
        try:
            with spoilt():
                return os.open(place, os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            continue
    return None


def digest_of(handle: int, take: Callable[[bytes], object] = len) -> tuple[str, int]:
    """SHA-256 (hex) and size of what `handle` reads, each block given to `take`; closes it.

    Raises:
        Unreadable: not for what `take` meets. OSError: the disk does not answer.
    """
    digest, size = hashlib.sha256(), 0
    with os.fdopen(handle, "rb", buffering=0) as stream:
        while block := _next(stream):
            digest.update(block)
            size += len(block)
            take(block)
    return digest.hexdigest(), size


def _next(stream: io.FileIO) -> bytes:
    with spoilt():
        return stream.read(BLOCK)


@dataclass(slots=True)
class Carrier:
    """Carries from the store in `source` into the staging of the store in `target`. `copied` and `bytes` count what was carried."""

    source: Path
    target: Path
    report: Report
    copied: int = 0
    bytes: int = 0
    missing: dict[str, int] = field(default_factory=dict)
    _waiting: list[str] = field(default_factory=list)
    _weight: int = 0

    def carry_all(self, objects: Mapping[str, int]) -> None:
        """Carry each object (name -> size); `missing` are those the source does not have whole.

        Raises:
            DiskFull, Unavailable: what was carried before stays.
        """
        with world("the copy cannot be written"):
            make_folder(self.target / STAGING)
            for name, size in objects.items():
                self._carry(name, size)
            self._settle()

    def _carry(self, name: str, size: int) -> None:
        temporary = self.target / STAGING / (name + TEMPORARY)
        try:
            handle = open_in(self.source, name)
            if handle is None:
                self._fail(name, size, "nothing")
                return
            digest, length = _copy(handle, temporary)
        except Unreadable:
            temporary.unlink(missing_ok=True)
            self._fail(name, size, "unreadable")
            return
        self.report.read(length)
        if digest != name.partition(".")[0] or length != size:
            temporary.unlink()
            self._fail(name, size, f"sha256:{digest}, {length} bytes")
            return
        self._waiting.append(name)
        self.copied, self.bytes, self._weight = self.copied + 1, self.bytes + length, self._weight + length
        if len(self._waiting) >= AT_ONCE or self._weight >= BYTES_AT_ONCE:
            self._settle()

    def _fail(self, name: str, size: int, found: str) -> None:
        self.missing[name] = size
        expected = f"an object of {size} bytes, as its event says" if size >= 0 else "an object"
        self.report.bad("store", f"store/{name[:2]}/{name}", expected, found, COPY)

    def _settle(self) -> None:
        """Force what waits to disk, then give it its names."""
        staging = self.target / STAGING
        for name in self._waiting:
            force(staging / (name + TEMPORARY))
        for name in self._waiting:
            (staging / (name + TEMPORARY)).rename(staging / name)
        fsync_folder(staging)
        self._waiting, self._weight = [], 0


def _copy(handle: int, target: Path) -> tuple[str, int]:
    """Write what `handle` reads to `target`, read-only; its digest and size."""
    target.unlink(missing_ok=True)  # a killed copy may have left one, which its mode keeps everybody but root from opening again
    out = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(out, "wb") as stream:
        found = digest_of(handle, stream.write)
        os.fchmod(out, 0o444)
    return found


def shelve_all(root: Path, names: Iterable[str]) -> None:
    """Move those of `names` that lie in staging to their places on the shelf, over damaged ones too; on disk when this returns."""
    folders = set[Path]()
    with world("the copy cannot be written"):
        for name in names:
            staged, shelved = root / STAGING / name, shelf_place(root, name)
            if staged.exists():
                make_folder(shelved.parent)
                staged.rename(shelved)
                folders.add(shelved.parent)
        for folder in folders:
            fsync_folder(folder)
        if folders:
            fsync_folder(root / STAGING)
