"""How much a file may ask of us. Checked from headers, before anything is decoded."""

from dataclasses import dataclass

from domain.errors import Refused
from domain.reasons import Reason

FLOOR = 256 << 20
"""Bytes that anything may unpack to whatever its size: a blank sheet of A3 in colour at 600 dpi is 209 MB and may take a few kilobytes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """file_bytes: size of the file. pages: of the file. page_pixels: of an image. expansion: decoded bytes per byte of the file.

    media_box_inches: longer side of a PDF page, UserUnit counted. nesting: of a PDF's values in one another, and of its page tree.
    encrypted: whether a PDF that is encrypted and opens without a password all the same is taken, and flagged.
    """

    file_bytes: int = 500_000_000
    pages: int = 2000
    page_pixels: int = 200_000_000
    expansion: float = 200.0
    media_box_inches: float = 200.0
    nesting: int = 100
    encrypted: bool = False

    def check_pages(self, pages: int) -> None:
        """Raises Refused: TOO_MANY_PAGES, NO_PAGES."""
        if pages < 1:
            raise Refused(Reason.NO_PAGES)
        if pages > self.pages:
            raise Refused(Reason.TOO_MANY_PAGES, "over the limit of pages", limit=self.pages, found=pages)

    def check_nesting(self, depth: int) -> None:
        """Raises Refused: NESTED_TOO_DEEPLY."""
        if depth > self.nesting:
            raise Refused(Reason.NESTED_TOO_DEEPLY, "over the limit of nesting", limit=self.nesting)

    def check_image(self, width: int, height: int, bits: int, coded: int) -> None:
        """An image of `width` x `height` pixels of `bits` each, coded in `coded` bytes.

        Raises:
            Refused: DAMAGED (no size), PAGE_TOO_LARGE, EXPANDS_TOO_MUCH.
        """
        if width < 1 or height < 1:
            raise Refused(Reason.DAMAGED, "an image without size", width=width, height=height)
        if width * height > self.page_pixels:
            raise Refused(Reason.PAGE_TOO_LARGE, "an image over the limit of pixels", limit=self.page_pixels, width=width, height=height)
        self.check_expansion(width * height * bits // 8, coded)

    def check_expansion(self, decoded: int, coded: int) -> None:
        """Raises Refused: EXPANDS_TOO_MUCH, when it is more than `expansion` times as large decoded, and over `FLOOR`."""
        if decoded > FLOOR and decoded > self.expansion * max(1, coded):
            raise Refused(Reason.EXPANDS_TOO_MUCH, "unpacks to far more than it is", decoded=decoded, coded=coded)
