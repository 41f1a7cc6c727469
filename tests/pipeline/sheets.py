"""Sheets drawn for the imaging tests: print on paper, then turned, skewed and laid on a scanner as the conventions of domain/geometry say."""

import random
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from domain.geometry import Placement, invert

A4 = (1654, 2339)
WORDS = [
    "applicant",
    "residence",
    "permit",
    "office",
    "number",
    "date",
    "issued",
    "authority",
    "address",
    "signature",
    "valid",
    "until",
    "person",
    "household",
    "register",
    "copy",
    "case",
]


def letter(seed: int = 0, size: tuple[int, int] = A4, rows: int = 36, ink: int = 25, paper: int = 250) -> Any:
    """A grey page of print: a heading, paragraphs, a ruled table; another text for each seed."""
    chosen = random.Random(seed)
    width = size[0]
    unit = width / 1654
    image = Image.new("L", size, paper)
    draw = ImageDraw.Draw(image)
    draw.text((width * 0.3, 120 * unit), f"Record {chosen.randrange(10**8):08d}", font=ImageFont.load_default(60 * unit), fill=ink)
    body = ImageFont.load_default(30 * unit)
    for row in range(rows):
        line = " ".join(chosen.choice(WORDS) for _ in range(chosen.randint(5, 9)))
        draw.text((160 * unit, (260 + 44 * row) * unit), line, font=body, fill=ink)
    if rows > 20:
        for row in range(5):
            draw.line((160 * unit, (1900 + 60 * row) * unit, 1480 * unit, (1900 + 60 * row) * unit), fill=ink, width=3)
    return np.asarray(image).copy()


def colored(seed: int = 0) -> Any:
    """A page of print in colour, BGR, unlike itself under any turn or mirror, small enough to compare pixel by pixel."""
    page = cv2.cvtColor(letter(seed, (620, 877)), cv2.COLOR_GRAY2BGR)
    page[40:120, 60:160] = (200, 60, 30)
    page[700:820, 400:600] = (30, 60, 200)
    return page


def scanned(upright: Any, turned: int, skew: float, lid: int = 255) -> Any:
    """`upright` as a scanner gives it: content skewed by `skew` (counter-clockwise positive), then the page turned clockwise by `turned`.

    The sheet keeps its size; what the skew turns out of it is lost, as on glass.
    """
    height, width = upright.shape[:2]
    middle = cv2.getRotationMatrix2D((width / 2 - 0.5, height / 2 - 0.5), skew, 1)
    page = cv2.warpAffine(upright, middle, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(lid,) * 3)
    turn = {0: None, 90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}[turned]
    return page if turn is None else cv2.rotate(page, turn)


def displaced(upright: Any, placement: Placement) -> Any:
    """The displayed image from which `placement` makes `upright`: the inverse of its matrix, drawn."""
    a, b, c, d, e, f = invert(placement.matrix)
    warp = np.array([[a, c, e + (a + c - 1) / 2], [b, d, f + (b + d - 1) / 2]])
    return cv2.warpAffine(upright, warp, (placement.width, placement.height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
