"""Pages drawn for tests: lines of text at known places, and the words a perfect engine would give of them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from domain.geometry import Box, Placement, bound
from domain.model import Code, Page, PageRef, Quality, Word
from pipeline.ocr.cells import east_asian

FONTS = (
    Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
    Path("/usr/share/fonts/truetype/arphic/uming.ttc"),
)
Line = tuple[str, int, int, int]
"""Text, left, top, size; pixels of a page of 1654 x 2339 (A4 at 200 dpi)."""
SIZE = (1654, 2339)


def font(size: int) -> ImageFont.FreeTypeFont:
    path = next((p for p in FONTS if p.exists()), None)
    if path is None:
        pytest.skip("no Chinese font (apt-get install -y fonts-noto-cjk)")
    return ImageFont.truetype(str(path), size, index=2 if path.name.startswith("Noto") else 0)  # 2: simplified


def drawn(lines: Sequence[Line]) -> np.ndarray:
    """The lines black on white, H x W x 3."""
    image = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(image)
    for text, x, y, size in lines:
        draw.text((x, y), text, font=font(size), fill=(20, 20, 20))
    return np.asarray(image)[:, :, ::-1].copy()


def boxes(line: Line) -> list[Box]:
    """A box for each character that is not a blank, as wide as its cell."""
    text, x, y, size = line
    found, left = [], float(x)
    for character in text:
        width = size if east_asian(character) else size * 0.55
        if not character.isspace():
            found.append((left / SIZE[0], y / SIZE[1], (left + width * 0.95) / SIZE[0], (y + size) / SIZE[1]))
        left += width
    return found


def words(lines: Sequence[Line]) -> tuple[Word, ...]:
    """What a perfect engine says: one word for each line drawn, rows in the order given; lines on one level share a row."""
    found: list[Word] = []
    row = -1
    level = None
    for line in lines:
        row += line[2] != level
        level = line[2]
        cells = boxes(line)
        found.append(Word("".join(line[0].split()), bound(cells), tuple(cells), 0.99, row, False))
    return tuple(found)


def page(lines: Sequence[Line], number: int = 1, receipt: str = "R", **others: object) -> Page:
    """A page on which a perfect engine found `lines`."""
    values: dict = {"blank": not lines, "separator": False, "codes": (), "words": words(lines) if lines else ()} | others
    return Page(PageRef(receipt, number), Placement(*SIZE, 0, 0.0), (200.0, 200.0), 0, quality=Quality(), **values)


def separator(text: str, number: int = 1, receipt: str = "R") -> Page:
    """A sheet with nothing but a code."""
    return page([], number, receipt, blank=False, separator=True, codes=(Code("QRCode", text, (0.4, 0.4, 0.6, 0.6)),))
