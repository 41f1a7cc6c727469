"""Whether what is drawn from layers still says what the scan says: the ink of every word, and the lines that were hardest to read."""

from collections.abc import Callable, Sequence
from typing import Any

import cv2
import numpy as np

from domain.geometry import Box, Placement, apply, bound, invert
from domain.model import Word
from domain.ports import Image
from pipeline.layers.ground import Rect
from pipeline.pixels import grey, upright

COVERED = 0.97
"""Share of a word's ink that must be ink in the drawing too, give or take a pixel, and the reverse."""
FLAT = 24
"""Levels between paper and ink under which a box holds no print."""
FAINT = 40
"""Levels by which even the faintest print is darker than its paper."""
WEAKEST = 5
MARGIN = 4
"""Pixels around a line that is read again."""


def faded(scan: Image, drawn: Image, words: Sequence[Word], placement: Placement) -> list[Rect]:
    """The boxes (pixels as displayed) of words whose ink the drawing does not keep."""
    one, two = grey(scan), grey(drawn)
    boxes = (displayed(word.box, placement) for word in words if word.text)
    return [box for box in boxes if box[2] > box[0] and box[3] > box[1] and not _kept(_cut(one, box), _cut(two, box))]


def _kept(scan: Any, drawn: Any) -> bool:
    """Whether ink and faint ink of a box are where they were; `scan` and `drawn` H x W, uint8."""
    split, _ = cv2.threshold(scan, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    dark, light = scan[scan <= split], scan[scan > split]
    if not light.size or not dark.size or float(light.mean()) - float(dark.mean()) < FLAT:
        levels = [float(np.median(scan)) - FAINT]  # there is nothing, and nothing may have come
    else:
        ink, faint = (float(light.mean()) + float(dark.mean())) / 2, float(np.median(light)) - FAINT
        levels = [ink] if faint < ink + FLAT / 2 else [ink, faint]
    return all(_covered(scan <= level, drawn <= level) for level in levels)


def _covered(was: Any, is_: Any) -> bool:
    near = np.ones((3, 3), np.uint8)
    one, two = was.astype(np.uint8), is_.astype(np.uint8)
    return bool(
        cv2.countNonZero(one & cv2.dilate(two, near)) >= COVERED * cv2.countNonZero(one)
        and cv2.countNonZero(two & cv2.dilate(one, near)) >= COVERED * cv2.countNonZero(two)
    )


def misread(
    scan: Image, drawn: Image, words: Sequence[Word], placement: Placement, read: Callable[[Image], str], weakest: int = WEAKEST
) -> list[Rect]:
    """The boxes (pixels as displayed) of those of the `weakest` lines that `read` reads otherwise in the drawing than in the scan."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    chosen = sorted(lines.values(), key=lambda line: min(w.confidence for w in line))[:weakest]
    boxes = [bound([w.box for w in line]) for line in chosen]
    found = []
    for line, box in zip(chosen, boxes, strict=True):
        again = _plain(read(_strip(drawn, box, placement)))
        if again != _plain("".join(w.text for w in line)) and again != _plain(read(_strip(scan, box, placement))):
            found.append(displayed(box, placement))
    return found


def _plain(text: str) -> str:
    return "".join(text.split())


def displayed(box: Box, placement: Placement) -> Rect:
    """The box around a box of the upright page (fractions), in pixels of the page as displayed, cut at its edges."""
    back = invert(placement.matrix)
    width, height = placement.size
    points = [apply(back, x * width, y * height) for x in (box[0], box[2]) for y in (box[1], box[3])]
    (left, right), (top, bottom) = ((min(v), max(v)) for v in zip(*points, strict=True))
    return (max(0, int(left)), max(0, int(top)), min(placement.width, int(right) + 1), min(placement.height, int(bottom) + 1))


def _strip(image: Image, box: Box, placement: Placement) -> Image:
    """The part of the upright page that `box` (fractions) marks, and a little around it, cut out of the displayed page."""
    width, height = placement.size
    left, top = max(0, int(box[0] * width) - MARGIN), max(0, int(box[1] * height) - MARGIN)
    size = (min(width, int(box[2] * width) + MARGIN) - left, min(height, int(box[3] * height) + MARGIN) - top)
    return upright(image, placement, size, left, top)


def _cut(image: Image, box: Rect) -> Any:
    return image[box[1] : box[3], box[0] : box[2]]
