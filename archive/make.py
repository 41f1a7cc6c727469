"""An archived PDF that has been read back: what the shelf is given.

A damaged scan may still decode, but each decoder makes something else of it; then the archived page, drawn by one, does not show what
another made of the original. Such a page is written again from its pixels, as they were read, so that every viewer shows the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.layered import opened
from archive.pdfa import Written, write
from archive.readback import ReadBack, read_back
from archive.xmp import Meta
from domain.errors import Corrupt
from domain.model import Document


@dataclass(frozen=True, slots=True)
class Made:
    """What was written, what was found in it, and pages, from 1: whose pixels were kept because their stream is damaged; in layers."""

    written: Written
    back: ReadBack
    decoded: tuple[int, ...]
    layered: tuple[int, ...] = ()


def make(out: str, sources: Mapping[str, tuple[str, str]], document: Document, meta: Meta, layers: Mapping[int, str] | None = None) -> Made:
    """Write `document` to the path `out` and read it back; for the sandbox. `sources`: receipt id to (path, media type).

    `layers`: page (from 1) to the path of its layers (domain/layers.py). A page that does not read back in layers is kept as scanned.

    Raises:
        Corrupt: it does not read back as it was meant. Refused: a file cannot be opened as what it is said to be.
    """
    decoded: list[int] = []
    parted = {number: found for number, path in (layers or {}).items() if (found := opened(path))}
    while True:
        written = write(out, sources, document, meta, decoded, parted)
        try:
            return Made(written, read_back(out, sources, document, meta), tuple(decoded), written.layered)
        except Corrupt as corrupt:
            page = corrupt.facts.get("page")
            if page in written.layered:
                del parted[page]
                continue
            if corrupt.facts.get("check") not in ("picture", "image data") or not isinstance(page, int) or page in decoded:
                raise
            decoded.append(page)
