"""Step `codes`: QR codes and bar codes on a page, and whether the sheet is there only to separate.

`find`: input a page in grey; output what was found, with corners in pixels of that page. `parse_code`: what a text means to us.
`separator`: whether a sheet carries nothing but a code of ours and its caption. Nothing is stored.
Promises: a code that cannot be read spoils only itself and is left out; no text of a code is ever run, opened or followed.
Formats: QR Code, Data Matrix, Aztec, PDF417, Code 128, Code 39, EAN-13. Ours: `CASEFILE:1:<case number>` as QR or Code 128, and the
`PATCHT` sheet (Code 128 or Code 39), which separates without naming a case.
Risk accepted: a bar code that is skewed by over some five degrees may be missed; the deskewed page is asked again for sheets that look
like separators.
"""

import logging
import re
from dataclasses import dataclass
from typing import Any

from domain.checks import CASE_NUMBER, case_number
from domain.geometry import Placement, apply, bound
from domain.model import Code
from domain.ports import Image
from pipeline.marks import Marks

VERSION = "1"
CASE = re.compile(rf"CASEFILE:1:({CASE_NUMBER})")
PATCH_TEXT = "PATCHT"
_CAPTION = 150
"""The most parts of writing a separator's caption may have; a Chinese character has one to five. Forms have several hundred."""
_LONGEST = 4000
_FORMATS = "QRCode,DataMatrix,Aztec,PDF417,Code128,Code39,EAN13"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CaseCode:
    """The code of a separator sheet that names a case."""

    case: str


@dataclass(frozen=True, slots=True)
class Patch:
    """The code of a separator sheet that names no case."""


@dataclass(frozen=True, slots=True)
class Found:
    """A code as it was found: format (QRCode, Code128, ...), text, its four corners in pixels of the page it was looked for on."""

    format: str
    text: str
    corners: tuple[tuple[float, float], ...]

    def placed(self, placement: Placement) -> Code:
        """The code on the upright page; corners must be of the page as displayed."""
        width, height = placement.size
        points = [apply(placement.matrix, x, y) for x, y in self.corners]
        box = bound([(x / width, y / height, x / width, y / height) for x, y in points])
        return Code(self.format, self.text, (max(0.0, box[0]), max(0.0, box[1]), min(1.0, box[2]), min(1.0, box[3])))


def parse_code(text: str) -> CaseCode | Patch | None:
    """What the text of a code says to casefile: a case, a patch, or nothing. A person's number names no case."""
    match = CASE.fullmatch(text)
    if match is None:
        return Patch() if text == PATCH_TEXT else None
    return CaseCode(match[1]) if case_number(match[1]) else Patch()


def find(image: Image, scale: tuple[float, float] = (1.0, 1.0)) -> tuple[Found, ...]:
    """Codes on `image` (H x W, uint8), corners divided by `scale` (x, y); never raises because of a code."""
    import zxingcpp as zxing

    wanted = zxing.barcode_formats_from_str(_FORMATS)
    try:
        read = zxing.read_barcodes(image, formats=wanted, text_mode=zxing.TextMode.Plain)
    except (RuntimeError, ValueError) as error:  # what the library throws at a picture it cannot handle
        _log.warning("looking for codes failed: %s", type(error).__name__)
        return ()
    found = []
    for code in read:
        corners = _corners(code.position, scale)
        if code.valid and code.text and len(code.text) <= _LONGEST:
            found.append(Found(str(code.format).replace(" ", ""), code.text, corners))
    return tuple(sorted(found, key=lambda code: (code.corners[0][1], code.corners[0][0], code.text)))


def _corners(position: Any, scale: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    points = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return tuple(((p.x + 0.5) / scale[0], (p.y + 0.5) / scale[1]) for p in points)


def sparse(marks: Marks, found: tuple[Found, ...] = ()) -> bool:
    """Whether a page has little enough writing on it, outside the codes, to be a separator."""
    return marks.outside([code.corners for code in found]) <= _CAPTION


def separator(marks: Marks, found: tuple[Found, ...]) -> bool:
    """Whether the sheet only separates: every code on it is ours, all name the same, and hardly anything else is on it."""
    said = {parse_code(code.text) for code in found}
    return len(said) == 1 and None not in said and sparse(marks, found)
