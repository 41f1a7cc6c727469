"""What a file is, told by its content and never by its name, and whether all of it is there.

Promises: reads with bounds (headers, tails, and for JPEG one pass in blocks), never decodes, never raises on hostile bytes, never loops for
ever. Does not promise that a whole file can be decoded: damage inside is for triage and the pipeline to find. Risk accepted: a hole of
zeros in the middle of a JPEG or PDF looks whole; the quiet time, the two digests and the question for open writers stand against that.
"""

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ingest.structure import Claim, Whole, bmp, jp2, jpeg, pdf, png, webp
from ingest.tiff import tiff

HEAD = 1024
SHORTEST = 16
"""No scan is shorter; the first bytes of one, before the rest comes, may be."""
OCTETS = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Wholeness:
    """The answer of `whole`: `why` is a short technical fact, without anything of the file's content or name."""

    state: Whole
    media: str
    why: str = ""


def sniff(head: bytes) -> str:
    """The media type of a file that begins with `head` (its first 1024 bytes); application/octet-stream when it is none of ours.

    A PDF's header may stand anywhere in the first 1024 bytes (ISO 32000-1 annex H, implementation note 13) if nothing else begins there.
    """
    for magic, media in _MAGIC:
        if head.startswith(magic):
            return media
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:2] == b"BM" and len(head) >= 18 and struct.unpack_from("<I", head, 14)[0] in _BMP_HEADERS:
        return "image/bmp"
    return "application/pdf" if b"%PDF-" in head[:HEAD] else OCTETS


_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00\x08\x00\x00\x00", "image/tiff"),
    (b"MM\x00+\x00\x08\x00\x00", "image/tiff"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),
)
_BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)


def whole(source: Path | int) -> Wholeness:
    """Whether the structure of the file at a path, or open at a descriptor, is complete.

    A file of a format we do not know is called whole: nothing in it can be asked, so only quiet and digests speak for it. An empty file,
    one too short to tell, and one that is nothing but zeros at its beginning (a server reserved the room first), is partial.

    Raises:
        OSError: it cannot be read.
    """
    with open(source, "rb", closefd=not isinstance(source, int)) as stream:
        size = os.fstat(stream.fileno()).st_size
        stream.seek(0)
        head = stream.read(HEAD)
        if size < SHORTEST:
            return Wholeness(Whole.PARTIAL, OCTETS, "too short to be anything yet" if head else "empty")
        if not head[SHORTEST:].strip(b"\x00") and size > SHORTEST:
            return Wholeness(Whole.PARTIAL, OCTETS, "nothing but zeros at its beginning")
        media = sniff(head)
        check = _CHECKS.get(media)
        if check is None:
            return Wholeness(Whole.YES, OCTETS, "format unknown")
        try:
            claim = check(stream, size)
        except (struct.error, EOFError):  # a field that lies past the end of the file
            return Wholeness(Whole.PARTIAL, media, "ends inside its structure")
        return Wholeness(claim.state, media, claim.why)


_CHECKS: dict[str, Callable[[BinaryIO, int], Claim]] = {
    "application/pdf": pdf,
    "image/tiff": tiff,
    "image/jpeg": jpeg,
    "image/png": png,
    "image/jp2": jp2,
    "image/webp": webp,
    "image/bmp": bmp,
}

__all__ = ["HEAD", "OCTETS", "Whole", "Wholeness", "sniff", "whole"]
