"""TIFF, classic and BigTIFF in both byte orders: its chain of directories walked by hand, without decoding.

Promises: bounded on hostile bytes (at most `DIRECTORIES` directories and `ENTRIES` array entries a file, every offset checked against the
file's size, loops found). Does not read SubIFDs, EXIF or private directories. A TIFF that a scanner appends to page by page is whole after
every page: only the quiet time and the question for open writers tell that it is finished.
Source: TIFF 6.0 (Adobe, 1992) sections 2, 7, 8, 15; BigTIFF as in libtiff's bigtiffdesign.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ingest.structure import YES, Claim, at, odd, partial, zeros

DIRECTORIES = 1 << 16
ENTRIES = 1 << 21
LOOKED_AT = 4096
"""So many strips of a file are looked at for zeros."""

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, SAMPLES = 256, 257, 258, 259, 262, 277
STRIPS, STRIP_BYTES, TILES, TILE_BYTES, JPEG_AT, JPEG_BYTES = 273, 279, 324, 325, 513, 514
_WANTED = {WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, SAMPLES, STRIPS, STRIP_BYTES, TILES, TILE_BYTES, JPEG_AT, JPEG_BYTES}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_CODES = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}


class Unsound(Exception):
    """The walk cannot go on; `claim` says what that means for the file."""

    def __init__(self, claim: Claim) -> None:
        super().__init__(claim.why)
        self.claim = claim


@dataclass(frozen=True, slots=True)
class Directory:
    """One image of the chain: size in pixels, bits a pixel, and where its data lie (offset, length in bytes)."""

    width: int
    height: int
    bits: int
    compression: int
    photometric: int
    data: tuple[tuple[int, int], ...]


class _Walk:
    def __init__(self, stream: BinaryIO, size: int) -> None:
        head = at(stream, 0, 8)
        self.stream, self.size, self.left = stream, size, ENTRIES
        self.order = "<" if head[:2] == b"II" else ">"
        self.big = struct.unpack(self.order + "H", head[2:4])[0] == 43
        self.word = "Q" if self.big else "I"
        self.first: int = self._one(self.word, 8 if self.big else 4)

    def _one(self, code: str, position: int) -> int:
        code = self.order + code
        value: int = struct.unpack(code, at(self.stream, position, struct.calcsize(code)))[0]
        return value

    def directory(self, position: int) -> tuple[Directory, int]:
        """The directory at `position` and where the next one is (0: none)."""
        number = self._one("Q" if self.big else "H", position)
        start, length = (position + 8, 20) if self.big else (position + 2, 12)
        if number == 0:
            raise Unsound(partial("a directory without entries"))
        if start + number * length > self.size or number > ENTRIES:
            raise Unsound(partial("a directory reaches past the end"))
        tags = {}
        for i in range(number):
            tag, values = self._entry(start + i * length)
            if values:
                tags[tag] = values
        return self._image(tags), self._one(self.word, start + number * length)

    def _entry(self, position: int) -> tuple[int, tuple[int, ...]]:
        tag, kind, count = struct.unpack(self.order + "HH" + self.word, at(self.stream, position, 12 if self.big else 8))
        if kind not in _SIZES or count == 0:
            return tag, ()
        length, inline = count * _SIZES[kind], 8 if self.big else 4
        where = position + (12 if self.big else 8)
        if length > inline:
            where = self._one(self.word, where)
        if where + length > self.size:
            raise Unsound(partial("a value lies past the end"))
        if tag not in _WANTED or kind not in _CODES:
            return tag, ()
        self.left -= count
        if self.left < 0:
            raise Unsound(odd("too many strips"))
        return tag, struct.unpack(f"{self.order}{count}{_CODES[kind]}", at(self.stream, where, length))

    def _image(self, tags: dict[int, tuple[int, ...]]) -> Directory:
        def first(tag: int, otherwise: int) -> int:
            return (tags.get(tag) or (otherwise,))[0]

        data: tuple[tuple[int, int], ...] = ()
        for offsets, lengths in ((STRIPS, STRIP_BYTES), (TILES, TILE_BYTES), (JPEG_AT, JPEG_BYTES)):
            if tags.get(offsets) and not data:
                sizes = tags.get(lengths) or ()
                data = tuple((o, sizes[i] if i < len(sizes) else 0) for i, o in enumerate(tags[offsets]))
        bits = tags.get(BITS) or (1,)
        depth = sum(bits) if len(bits) > 1 else bits[0] * first(SAMPLES, 1)
        return Directory(first(WIDTH, 0), first(HEIGHT, 0), depth, first(COMPRESSION, 1), first(PHOTOMETRIC, 1), data)


def directories(stream: BinaryIO, size: int) -> Iterator[Directory]:
    """The images of the chain, in its order.

    Raises:
        Unsound: an offset outside the file, a loop, or more than the bounds allow. struct.error, EOFError: ends inside a field.
    """
    walk = _Walk(stream, size)
    position, seen = walk.first, set[int]()
    if position == 0:
        raise Unsound(partial("no directory yet"))
    while position:
        if position in seen:
            raise Unsound(odd("its directories run in a circle"))
        if len(seen) >= DIRECTORIES:
            raise Unsound(odd("too many directories"))
        if position + 2 > size:
            raise Unsound(partial("a directory lies past the end"))
        seen.add(position)
        image, position = walk.directory(position)
        yield image


def tiff(stream: BinaryIO, size: int) -> Claim:
    """Every directory, and every strip or tile, inside the file, and no strip still zeros where its coding has none."""
    looked = 0
    try:
        for image in directories(stream, size):
            if not image.data:
                return odd("a directory without an image")
            claim = _strips(stream, size, image, LOOKED_AT - looked)
            if claim is not YES:
                return claim
            looked += min(len(image.data), LOOKED_AT)
    except Unsound as unsound:
        return unsound.claim
    return YES


def _strips(stream: BinaryIO, size: int, image: Directory, look: int) -> Claim:
    if any(offset + length > size for offset, length in image.data):
        return partial("a strip lies past the end")
    filled = [(offset, length) for offset, length in image.data if length]
    if not filled:
        return odd("strips without lengths") if any(offset for offset, _ in image.data) else partial("no strip written yet")
    if image.compression == 1:
        offset, length = max(filled)
        room = image.photometric != 0 and zeros(stream, offset + length, min(length // 4, 65536))  # 0: zeros are white paper
        return odd("ends in zeros") if room else YES
    for offset, length in filled[: max(0, look)]:
        if length >= 8 and zeros(stream, offset + length, min(length, 32)):
            return partial("a strip is still zeros")
    return YES
