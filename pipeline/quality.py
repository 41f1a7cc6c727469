"""Step `clean`, first half: is the scan good enough to keep, or should the clerk put the paper on the glass again.

Input: the marks of a page, its resolution. Output: `Quality`. Nothing is stored.
Promises: `blurred` where the finest strokes are smeared over about a quarter of a millimetre or more, in grey and in bilevel scans alike;
`dark` where even the lightest part of the page is dark; `faint` where the strongest strokes hardly stand out; `low-resolution` under the
200 dpi that DA/T 31-2017 asks for; `small-print` (once the page is read) where its characters are under 2.1 mm high, some 6 points, and the
scan is under the 300 dpi that the same standard asks for there.
Does not promise to see motion blur in one direction, or one blurred corner. Edges of bilevel scans are always steep, and no limit parts
them alone: what is not much sharper than the limit is called blurred if it reads badly, and not if it reads well (`read_too`).

Method of `sharpness`: around strokes, the energy of fine detail (0.16 to 0.32 mm) over that of coarse detail (0.32 to 0.64 mm), as
differences of Gaussians. Sharp print has at least as much of the finer, whatever its size and contrast; smeared print has less. Grey
scans are measured at 100 dpi, bilevel ones at 200 dpi, where what is left of small gaps and corners can be seen; the figure is divided by
the limit found for each, so that 1 parts sharp from blurred.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from domain.model import Quality, Word
from domain.ports import Image
from pipeline.marks import Marks

VERSION = "3"
_GREY_LIMIT, _BILEVEL_LIMIT = 0.8, 0.97
_DARK, _FAINT, _LOW_DPI = 100, 45, 199.0
_NEAR, _SURE, _WELL, _BADLY, _ENOUGH = 1.35, 0.9, 0.03, 0.075, 20
_SMALL_MM, _SMALL_DPI, _SMALL_WORDS = 2.1, 299.0, 12
_AROUND_MM2 = 6.0  # of surroundings of strokes; with less, sharpness cannot be told


def quality(marks: Marks, dpi: tuple[float, float]) -> Quality:
    """Figures and flags for the page `marks` were found on; `dpi` is its resolution (horizontal, vertical)."""
    import numpy as np

    sharpness, contrast = _detail(marks)
    flags = []
    if 0 < sharpness < 1:
        flags.append("blurred")
    if float(np.percentile(marks.small[::4, ::4], 95)) < _DARK:
        flags.append("dark")
    if 0 < contrast < _FAINT:
        flags.append("faint")
    if min(dpi) < _LOW_DPI:
        flags.append("low-resolution")
    return Quality(sharpness=round(sharpness, 3), ink=round(marks.ink, 5), flags=tuple(flags))


def read_too(found: Quality, words: Sequence[Word], bilevel: bool) -> Quality:
    """`found` after the page was read by an engine whose confidence is calibrated: bilevel scans near the limit are judged by it too."""
    letters = sum(len(word.text) for word in words)
    if not bilevel or letters < _ENOUGH or not 0 < found.sharpness < _NEAR:
        return found
    unsure = sum(len(word.text) for word in words if word.confidence < _SURE) / letters
    others = tuple(flag for flag in found.flags if flag != "blurred")
    if found.sharpness < 1:
        return found if unsure >= _WELL else replace(found, flags=others)
    return replace(found, flags=("blurred", *others)) if unsure >= _BADLY else found


def small_print(words: Sequence[Word], height: int, dpi: float) -> bool:
    """Whether most words of a page `height` pixels high at `dpi` are so small that it should have been scanned finer."""
    if dpi >= _SMALL_DPI or len(words) < _SMALL_WORDS:
        return False
    return median((word.box[3] - word.box[1]) * height / dpi * 25.4 for word in words) < _SMALL_MM


def _detail(marks: Marks) -> tuple[float, float]:
    """Sharpness (under 1 is blurred) and the contrast of the strongest strokes (0..255); 0 where there is nothing to judge."""
    import cv2
    import numpy as np

    page, mm = _prepared(marks)
    window = np.ones((max(3, int(mm) | 1),) * 2, np.uint8)
    soft = cv2.GaussianBlur(page, (0, 0), 0.7)
    contrast = cv2.subtract(cv2.dilate(soft, window), cv2.erode(soft, window))
    border = int(0.04 * max(page.shape))
    inner = (slice(border, page.shape[0] - border), slice(border, page.shape[1] - border))
    contrast = contrast[inner]
    if not contrast.size:
        return 0.0, 0.0
    strongest = float(np.percentile(contrast[::2, ::2], 99.5))
    around = contrast > max(25.0, 0.5 * strongest)
    if around.sum() < _AROUND_MM2 * mm * mm:
        return 0.0, strongest
    page = page.astype(np.float32)
    fine, middle, coarse = (cv2.GaussianBlur(page, (0, 0), size * mm)[inner] for size in (0.165, 0.32, 0.64))
    ratio = _energy(fine - middle, around) / max(_energy(middle - coarse, around), 1e-6)
    return ratio / (_BILEVEL_LIMIT if marks.bilevel else _GREY_LIMIT), strongest


def _prepared(marks: Marks) -> tuple[Image, float]:
    """The page to measure on and its pixels per millimetre: bilevel freed of single dots, grey at half the size."""
    import cv2

    if marks.bilevel:
        return cv2.medianBlur(marks.small, 3), marks.mm
    if min(marks.small.shape) < 200:
        return marks.small, marks.mm
    return cv2.resize(marks.small, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), marks.mm / 2


def _energy(band: Any, around: Any) -> float:
    return float((band[around] ** 2).mean())
