"""JPEG 2000: which files a PDF/A-2 may hold as they are.

Taken: a JP2 file (ISO/IEC 15444-1, annex I) of one or three unsigned 8-bit channels whose one colour specification is enumerated as
sRGB or grey, without palette or alpha. That is less than ISO 19005-2, 6.2.8.3 allows; the rest is decoded.
"""

import struct
from collections.abc import Iterator

from archive.raster import Raster

SIGNATURE = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
SPACES = {16: ("rgb", 3), 17: ("gray", 1)}


def keep(data: bytes) -> Raster | None:
    """`data` as a JPX stream; None if it must be decoded."""
    if data[:12] != SIGNATURE:
        return None
    top = dict(_boxes(data, 0, len(data)))
    if b"jp2h" not in top or b"jp2c" not in top:
        return None
    start, end = top[b"jp2h"]
    inner = list(_boxes(data, start, end))
    kinds = [kind for kind, _ in inner]
    if kinds.count(b"colr") != 1 or kinds.count(b"ihdr") != 1 or b"pclr" in kinds or b"cdef" in kinds or b"bpcc" in kinds:
        return None
    at = dict(inner)
    ihdr, colr = (data[slice(*at[b"ihdr"])], data[slice(*at[b"colr"])])
    if len(ihdr) < 12 or len(colr) < 7 or colr[0] != 1:
        return None
    height, width, channels, depth = struct.unpack(">IIHB", ihdr[:11])
    space, wanted = SPACES.get(int.from_bytes(colr[3:7], "big"), ("", 0))
    if depth != 7 or channels != wanted or not _even(data[slice(*top[b"jp2c"])], channels):
        return None
    return Raster(data, width, height, 8, space, "/JPXDecode")


def _even(codestream: bytes, channels: int) -> bool:
    """Whether every channel is sampled at every pixel: the SIZ segment, ISO/IEC 15444-1, A.5.1."""
    if codestream[:4] != b"\xff\x4f\xff\x51":
        return False
    return all(codestream[42 + 3 * k : 45 + 3 * k] == b"\x07\x01\x01" for k in range(channels))


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    while at + 8 <= end:
        length, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if length == 1 and at + 16 <= end:
            length, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        stop = end if length == 0 else at + length
        if stop < at + head or stop > end:
            return
        yield kind, (at + head, stop)
        at = stop
