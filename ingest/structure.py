"""Is all of it there? One function a format, each walking the file's own structure with bounded reads and without decoding anything.

Each function takes a stream and the file's size in bytes and gives a Claim; it may raise struct.error or EOFError where a field lies past
the end, which the caller takes for an unfinished file. Bounds: at most `SEGMENTS` steps, blocks of 1 MiB.

Sources: ISO 32000-1 7.5.4-7.5.5, 7.5.8 (PDF), ITU-T T.81 annex B (JPEG), W3C PNG third edition 5.2-5.3, ITU-T T.800 annexes A and I
(JPEG 2000), RFC 9649 2.3-2.7 (WebP), Microsoft's BITMAPFILEHEADER and BITMAPINFOHEADER (BMP).
"""

import re
import struct
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO

SEGMENTS = 1 << 18
BLOCK = 1 << 20
TAIL = 2048


class Whole(Enum):
    """How complete a file's structure is."""

    YES = "yes"
    PARTIAL = "partial"  # bytes are missing: somebody is still writing it, or broke off
    ODD = "odd"  # its end is there but something inside does not fit: taken as it is, after the give-up time


@dataclass(frozen=True, slots=True)
class Claim:
    """What a check says; `why` is a short technical fact without anything of the file's content or name."""

    state: Whole
    why: str = ""


YES = Claim(Whole.YES)


def partial(why: str) -> Claim:
    """Bytes are missing."""
    return Claim(Whole.PARTIAL, why)


def odd(why: str) -> Claim:
    """The end is there, but."""
    return Claim(Whole.ODD, why)


def at(stream: BinaryIO, position: int, size: int) -> bytes:
    """Exactly `size` bytes at `position`.

    Raises:
        EOFError: they are not all there.
    """
    stream.seek(position)
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def zeros(stream: BinaryIO, end: int, length: int) -> bool:
    """Whether the `length` bytes before `end` are all there and all zero."""
    return length > 0 and not at(stream, max(0, end - length), min(length, end)).strip(b"\x00")


def pdf(stream: BinaryIO, size: int) -> Claim:
    """`%%EOF` within the last 2048 bytes, and a `startxref` before it that points at a cross-reference table or stream."""
    start = max(0, size - TAIL)
    tail = at(stream, start, size - start)
    end = tail.rfind(b"%%EOF")
    if end < 0:
        return partial("no %%EOF at its end")
    found = re.match(rb"startxref\s+(\d{1,15})\s", tail[max(0, tail.rfind(b"startxref", 0, end)) :])
    if found is None:
        return odd("no startxref before %%EOF")
    header = max(0, at(stream, 0, min(size, 1024)).find(b"%PDF-"))
    for offset in {int(found[1]), int(found[1]) + header}:  # some writers count from the header, some from the first byte
        if offset < size:
            stream.seek(offset)
            there = stream.read(64)
            if re.match(rb"\s*(xref\s|\d+\s+\d+\s+obj)", there):
                return YES
            if len(there) >= 16 and not there.strip(b"\x00"):
                return partial("its cross-reference is still zeros")
    return odd("startxref points at no cross-reference")


_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")


def jpeg(stream: BinaryIO, size: int) -> Claim:
    """From SOI from segment to segment, through the coded data, to EOI. What stands behind EOI is not looked at."""
    position = 2
    for _ in range(SEGMENTS):
        marker = at(stream, position, 2) if position + 2 <= size else b""
        if len(marker) < 2 or marker[0] != 0xFF:
            return _jpeg_broken(stream, size, "no marker where one must stand")
        code = marker[1]
        if code == 0xD9:
            return YES
        if code == 0xFF:  # fill byte
            position += 1
            continue
        if code in (0x01, 0xD8) or 0xD0 <= code <= 0xD7:
            position += 2
            continue
        if position + 4 > size or (length := struct.unpack(">H", at(stream, position + 2, 2))[0]) < 2:
            return _jpeg_broken(stream, size, "a segment without length")
        position += 2 + length
        if code == 0xDA:
            after = _after_scan(stream, position)
            if after is None:
                return partial("no end of image")
            position = after
    return odd("too many segments")


def _after_scan(stream: BinaryIO, position: int) -> int | None:
    """Where the next marker stands that is neither a restart nor a stuffed byte; None if there is none."""
    while True:
        stream.seek(position)
        block = stream.read(BLOCK)
        found = _MARKER.search(block)
        if found:
            return position + found.end() - 2
        if len(block) < BLOCK:
            return None
        position += len(block) - (1 if block.endswith(b"\xff") else 0)


def _jpeg_broken(stream: BinaryIO, size: int, why: str) -> Claim:
    tail = at(stream, max(0, size - TAIL), min(size, TAIL)).rstrip(b"\x00\r\n")
    return odd(why) if tail.endswith(b"\xff\xd9") else partial(why)


def png(stream: BinaryIO, size: int) -> Claim:
    """Chunk by chunk to IEND. Checksums are not computed; triage decodes."""
    position = 8
    for _ in range(SEGMENTS):
        length, kind = struct.unpack(">I4s", at(stream, position, 8))
        if not kind.isalpha() or length > 0x7FFFFFFF:
            ends = b"IEND\xaeB\x60\x82" in at(stream, max(0, size - 64), min(size, 64))
            return odd("a chunk without a type") if ends else partial("a chunk without a type")
        position += 12 + length
        if position > size:
            return partial("a chunk reaches past the end")
        if kind == b"IEND":
            return YES
    return odd("too many chunks")


def jp2(stream: BinaryIO, size: int) -> Claim:
    """Box by box, the codestream ending with EOC; a bare codestream must end with EOC itself."""
    if at(stream, 0, 2) == b"\xff\x4f":
        return _codestream(stream, size)
    position, found = 0, False
    for _ in range(SEGMENTS):
        if position >= size:
            return YES if found else partial("no codestream")
        length, kind = struct.unpack(">I4s", at(stream, position, 8))
        if length == 1:
            (length,) = struct.unpack(">Q", at(stream, position + 8, 8))
        end = size if length == 0 and kind == b"jp2c" else position + length
        if end < position + 8:
            return YES if found else partial("a box without length")
        if end > size:
            return partial("a box reaches past the end")
        if kind == b"jp2c":
            claim = _codestream(stream, end)
            if claim.state is not Whole.YES:
                return claim
            found = True
        position = end
    return odd("too many boxes")


def _codestream(stream: BinaryIO, end: int) -> Claim:
    start = max(0, end - TAIL)
    tail = at(stream, start, end - start).rstrip(b"\x00")
    return YES if tail.endswith(b"\xff\xd9") else partial("the codestream has no end")


def webp(stream: BinaryIO, size: int) -> Claim:
    """The RIFF size inside the file, its chunks reaching just there."""
    end = struct.unpack("<I", at(stream, 4, 4))[0] + 8
    if end > size:
        return partial("shorter than it says")
    position, image = 12, False
    for _ in range(SEGMENTS):
        if position + 8 > end:
            break
        kind, length = struct.unpack("<4sI", at(stream, position, 8))
        if not kind.strip(b"\x00"):
            return partial("a chunk without a type")
        image = image or kind in (b"VP8 ", b"VP8L", b"ANMF")
        position += 8 + length + (length & 1)
    if position < end or position > end + 1:
        return odd("its chunks do not fill it")
    if not image:
        return odd("no image chunk")
    return odd("ends in zeros") if zeros(stream, end, min(32, end - 20)) else YES


def bmp(stream: BinaryIO, size: int) -> Claim:
    """As long as the header says, and all rows of an uncompressed image inside; a long tail of zeros may be room not yet written."""
    said, pixels, kind = struct.unpack("<I4xII", at(stream, 2, 16))
    if said > size:
        return partial("shorter than it says")
    if kind == 12:
        width, height, _, bits = struct.unpack("<HHHH", at(stream, 18, 8))
        packed = 0
    else:
        width, height, _, bits, packed = struct.unpack("<iiHHI", at(stream, 18, 16))
    if packed in (0, 3) and pixels + (max(0, width) * bits + 31) // 32 * 4 * abs(height) > size:
        return partial("rows are missing")
    return odd("ends in zeros") if zeros(stream, size, min(65536, max(0, size - pixels) // 4)) else YES
