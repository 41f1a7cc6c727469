"""The store in memory."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from domain.errors import Corrupt, NotFound
from domain.model import MEDIA, Digest, Stored


class MemoryStore:
    """Implements `domain.ports.Store`. Files appear in `folder` only when somebody asks for their path."""

    def __init__(self, folder: Path) -> None:
        self.staged: dict[Stored, bytes] = {}
        self.shelf: dict[Stored, bytes] = {}
        self._folder = folder

    def stage(self, source: Path | bytes, media: str) -> Stored:
        if media not in MEDIA:
            raise ValueError(f"not a media type of the store: {media}")
        data = source if isinstance(source, bytes) else source.read_bytes()
        stored = Stored(Digest(hashlib.sha256(data).hexdigest()), len(data), media)
        if stored not in self.shelf:
            self.staged[stored] = data
        return stored

    def shelve(self, stored: Stored) -> None:
        if stored not in self.shelf:
            self.shelf[stored] = self._bytes(stored)
        self.staged.pop(stored, None)

    def discard(self, stored: Stored) -> None:
        self.staged.pop(stored, None)

    def path(self, stored: Stored) -> Path:
        path = self._folder / f"{stored.digest.hex}.{MEDIA[stored.media]}"
        path.write_bytes(self._bytes(stored))
        return path

    def read(self, stored: Stored) -> bytes:
        data = self._bytes(stored)
        if hashlib.sha256(data).hexdigest() != stored.digest.hex:
            raise Corrupt("not what was written", object=str(stored.digest))
        return data

    def names(self) -> Iterator[str]:
        yield from sorted(f"{s.digest.hex[:2]}/{s.digest.hex}.{MEDIA[s.media]}" for s in self.shelf)

    def damage(self, stored: Stored) -> None:
        """Flip a bit."""
        place = self.shelf if stored in self.shelf else self.staged
        place[stored] = bytes([place[stored][0] ^ 1]) + place[stored][1:]

    def _bytes(self, stored: Stored) -> bytes:
        data = self.shelf.get(stored, self.staged.get(stored))
        if data is None:
            raise NotFound("neither staged nor shelved", object=str(stored.digest))
        return data
