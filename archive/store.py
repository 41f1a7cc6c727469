"""The shelf: a folder of write-once, read-only files named by the SHA-256 of their bytes.

Layout: `<first two hex>/<64 hex>.<ending of the media type>`; what is being written lies in `.staging/`. A file appears under its name only
when it is whole and on disk. Promises: staging is durable when it returns; shelving is a rename, repeats harmlessly and never overwrites;
`read` gives no byte that is not of the digest. Does not judge file modes, and does not notice damage before somebody reads (verify does).
Risk accepted: who may write to the folder can remove files; the ledger then says what is missing.
"""

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from archive.atomic import Unreadable, fsync_folder, locked, make_folder, spoilt, world
from domain.errors import Corrupt, NotFound
from domain.model import MEDIA, Digest, Stored

STAGING = ".staging"
TEMPORARY = ".tmp"
BLOCK = 1 << 20


def object_name(stored: Stored) -> str:
    """What the object is called, on the shelf and in staging: `<64 hex>.<ending>`.

    Raises:
        ValueError: a media type the store does not keep.
    """
    if stored.media not in MEDIA:
        raise ValueError(f"not a media type of the store: {stored.media}")
    return f"{stored.digest.hex}.{MEDIA[stored.media]}"


class FolderStore:
    """Implements `domain.ports.Store` in one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._staging = root / STAGING

    def stage(self, source: Path | bytes, media: str) -> Stored:
        """See `domain.ports.Store`.

        Raises:
            DiskFull, Unavailable: nothing is staged. Corrupt: the shelf has the object with another size.
        """
        if media not in MEDIA:
            raise ValueError(f"not a media type of the store: {media}")
        with world("the store cannot be written"):
            make_folder(self._staging)
            temporary = self._staging / (secrets.token_hex(16) + TEMPORARY)
            try:
                stored = Stored(*_copy(source, temporary), media)
                self._settle(stored, temporary)
            finally:
                temporary.unlink(missing_ok=True)
        return stored

    def _settle(self, stored: Stored, temporary: Path) -> None:
        shelved, staged = self._places(stored)
        if shelved.exists():
            found = shelved.stat().st_size
            if found != stored.size:
                raise Corrupt(
                    f"{object_name(stored)} on the shelf has {found} bytes, not {stored.size}: run verify, put it back from a copy",
                    object=str(stored.digest),
                    expected=stored.size,
                    found=found,
                )
            return
        temporary.replace(staged)  # over an equal one too: these bytes were read a moment ago, those may have been damaged since
        fsync_folder(self._staging)

    def shelve(self, stored: Stored) -> None:
        """See `domain.ports.Store`."""
        shelved, staged = self._places(stored)
        with world("the store cannot be written"):
            if shelved.exists():
                staged.unlink(missing_ok=True)
                return
            make_folder(shelved.parent)
            try:
                staged.rename(shelved)
            except FileNotFoundError:
                if shelved.exists():  # another process was first
                    return
                raise NotFound(f"{object_name(stored)} is neither staged nor shelved", object=str(stored.digest)) from None
            fsync_folder(shelved.parent)
            fsync_folder(self._staging)

    def discard(self, stored: Stored) -> None:
        """Remove a staged object that no event names. Not for bytes that somebody else may have staged too.

        Raises:
            DiskFull, Unavailable
        """
        with world("the store cannot be written"):
            self._places(stored)[1].unlink(missing_ok=True)

    def path(self, stored: Stored) -> Path:
        """See `domain.ports.Store`."""
        shelved, staged = self._places(stored)
        for place in (shelved, staged, shelved):  # it may be shelved between the first look and the second
            if place.is_file():
                return place
        raise NotFound(f"{object_name(stored)} is neither staged nor shelved", object=str(stored.digest))

    def read(self, stored: Stored) -> bytes:
        """See `domain.ports.Store`."""
        data = self._bytes(stored)
        found = Digest(hashlib.sha256(data).hexdigest())
        if found != stored.digest or len(data) != stored.size:
            raise Corrupt(
                f"{object_name(stored)} is not what was written: run verify, put it back from a copy",
                object=str(stored.digest),
                expected=stored.size,
                found=len(data),
                found_digest=str(found),
            )
        return data

    def _bytes(self, stored: Stored) -> bytes:
        try:
            with spoilt():
                try:
                    return self.path(stored).read_bytes()
                except FileNotFoundError:  # shelved between looking and opening
                    return self.path(stored).read_bytes()
        except Unreadable as error:
            what = f"{object_name(stored)} cannot be read from its disk ({error.facts['code']}): run verify, put it back from a copy"
            raise Unreadable(what, object=str(stored.digest), code=error.facts["code"]) from None

    def names(self) -> Iterator[str]:
        """See `domain.ports.Store`."""
        for path in sorted(self.root.glob("*/*")):
            if path.parent.name != STAGING:
                yield path.relative_to(self.root).as_posix()

    def staged(self) -> list[str]:
        """The names of staged objects; unfinished files left out."""
        if not self._staging.is_dir():
            return []
        return sorted(p.name for p in self._staging.iterdir() if p.suffix != TEMPORARY)

    @contextlib.contextmanager
    def holding(self) -> Iterator[None]:
        """While held, `sweep` in any process waits: what this process staged stays."""
        with world("the store cannot be written"):
            make_folder(self._staging)
        with locked(self._staging, shared=True):
            yield

    def shelve_staged(self, known: Collection[str]) -> int:
        """Shelve the staged objects whose names are `known` to the ledger; how many."""
        names = [name for name in self.staged() if name in known]
        for name in names:
            self.shelve(_named(name, self._staging))
        return len(names)

    def sweep(self, known: Collection[str], older: float = 0.0) -> int:
        """Remove from staging what is not `known` and was not touched for `older` seconds, unfinished files too; how many.

        With 0 only for the one process that takes files in: what others have just staged is not known yet.

        `known` must have been asked of the ledger while no `holding` was under way; `archive.books.Books.sweep` does it in this order.
        """
        gone = 0
        if self._staging.is_dir():
            with world("the store cannot be written"):
                for path in [p for p in self._staging.iterdir() if p.name not in known]:
                    with contextlib.suppress(FileNotFoundError):
                        if older <= 0 or time.time() - path.stat().st_mtime >= older:  # a clock set back keeps nothing
                            path.unlink()
                            gone += 1
                fsync_folder(self._staging)
        return gone

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no process is `holding`, and keep it so."""
        with world("the store cannot be written"):
            make_folder(self._staging)
        with locked(self._staging):
            yield

    def _places(self, stored: Stored) -> tuple[Path, Path]:
        name = object_name(stored)
        return self.root / name[:2] / name, self._staging / name


def _named(name: str, folder: Path) -> Stored:
    digits, _, ending = name.partition(".")
    media = next(m for m, e in MEDIA.items() if e == ending)
    return Stored(Digest(digits), (folder / name).stat().st_size, media)


def _copy(source: Path | bytes, target: Path) -> tuple[Digest, int]:
    """Write `source` to `target` (new, read-only) and to disk; its digest and size."""
    digest, size = hashlib.sha256(), 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
    with os.fdopen(handle, "wb") as out:
        os.fchmod(handle, 0o444)
        for block in _blocks(source):
            digest.update(block)
            size += len(block)
            out.write(block)
        out.flush()
        os.fsync(handle)
    return Digest(digest.hexdigest()), size


def _blocks(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block
