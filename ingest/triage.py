"""Is this a scan we can take? Asked in the sandbox, of bytes that nobody trusts, before anything is decoded.

Input: a path and the limits. Output: media type, number of pages, flags. Reasons it can give: EMPTY_FILE, UNKNOWN_FORMAT, TOO_LARGE,
TOO_MANY_PAGES, PAGE_TOO_LARGE, EXPANDS_TOO_MUCH, NESTED_TOO_DEEPLY, ENCRYPTED, NO_PAGES, DAMAGED. Nothing is stored.

Promises: limits are checked against headers; the format is told by content and the file is taken as that one format; whatever a library
raises becomes DAMAGED here and nowhere else, but for MemoryError, which the sandbox knows. Does not promise that every page can be decoded
(only the first image of a file is): a bad page is the pipeline's to mark. A hole of zeros inside coded data goes unnoticed by libraries.
Risk accepted: the libraries parse headers of hostile files; that is why this runs in a child process without network.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from domain.errors import Refused, of_the_disk
from domain.reasons import Reason
from ingest.formats import HEAD, OCTETS, sniff
from ingest.limits import Limits
from ingest.tiff import Unsound, directories


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found out about a file.

    `flags`: `encrypted` (opens without a password all the same), `active-content`, `signed`,
    `other-data` (something stands before or behind what we take the file for: a second file for other readers).
    """

    media: str
    pages: int
    flags: tuple[str, ...] = ()


def examine(path: str, limits: Limits) -> Examined:
    """Look at the file at `path`.

    Raises:
        Refused: see the module's docstring. MemoryError. OSError: the disk fails.
    """
    try:
        return _examine(Path(path), limits)
    except (Refused, MemoryError):
        raise
    except RecursionError as error:
        raise Refused(Reason.NESTED_TOO_DEEPLY) from error
    except Exception as error:
        if of_the_disk(error):
            raise
        raise Refused(Reason.DAMAGED, f"{type(error).__module__}.{type(error).__name__} while it was opened") from error


def _examine(path: Path, limits: Limits) -> Examined:
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        if size == 0:
            raise Refused(Reason.EMPTY_FILE)
        if size > limits.file_bytes:
            raise Refused(Reason.TOO_LARGE, "over the size limit", limit=limits.file_bytes, found=size)
        stream.seek(0)
        head = stream.read(HEAD)
        media = sniff(head)
        if media == OCTETS:
            raise Refused(Reason.UNKNOWN_FORMAT)
        if media == "application/pdf":
            from ingest.triage_pdf import examine_pdf  # pikepdf is loaded where a PDF is opened

            pages, flags = examine_pdf(path, size, limits)
            return Examined(media, pages, flags + _other_data(stream, head, size, media))
        pages = _tiff_pages(stream, size, limits) if media == "image/tiff" else 1
        flags = _other_data(stream, head, size, media)
    _decode_first(path, media, size, limits)
    return Examined(media, pages, flags)


def _other_data(stream: BinaryIO, head: bytes, size: int, media: str) -> tuple[str, ...]:
    """Whether a PDF begins later than its file, or the file ends as a ZIP does (APPNOTE 4.3.16: the end record, its comment to the end)."""
    if media == "application/pdf" and not head.startswith(b"%PDF-"):
        return ("other-data",)
    stream.seek(max(0, size - 65557))
    tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    found = 0 <= end <= len(tail) - 22 and end + 22 + int.from_bytes(tail[end + 20 : end + 22], "little") == len(tail)
    return ("other-data",) if found else ()


def _tiff_pages(stream: BinaryIO, size: int, limits: Limits) -> int:
    pages = 0
    try:
        for image in directories(stream, size):
            pages += 1
            limits.check_pages(pages)
            limits.check_image(image.width, image.height, image.bits, sum(length for _, length in image.data) or size)
    except Unsound as unsound:
        raise Refused(Reason.DAMAGED, unsound.claim.why) from unsound
    return pages


_PILLOW = {
    "image/tiff": "TIFF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/jp2": "JPEG2000",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
}


def _decode_first(path: Path, media: str, size: int, limits: Limits) -> None:
    """Check the first image's size by its header, then decode it; a JPEG at an eighth of its size, which still reads all of its data."""
    from PIL import Image

    before, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None  # ours is checked first, right below
    try:
        with Image.open(path, formats=[_PILLOW[media]]) as image:
            bits = {"1": 1, "L": 8, "P": 8, "I;16": 16}.get(image.mode, 8 * len(image.getbands()))
            limits.check_image(image.width, image.height, bits, size)
            if media == "image/jpeg":
                image.draft(image.mode, (max(1, image.width // 8), max(1, image.height // 8)))
            image.load()
    finally:
        Image.MAX_IMAGE_PIXELS = before


__all__ = ["Examined", "Limits", "examine"]
