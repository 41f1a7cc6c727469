"""Whether an archived page shows the scan it was made from: same picture, right way up, not mirrored, not blank.

The scan is decoded anew by another road (Pillow, or pdfium for a foreign PDF) and laid on the upright page by the matrix; the archived
page is drawn by pdfium; both small. What is compared is their difference in proportion to how much there is to see, so that a
nearly white page counts as strictly as a full one.
Does not promise to see what is smaller than some millimetres.
"""

from types import TracebackType
from typing import Any, Self

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from archive.raster import plain
from archive.rendering import picture
from domain.geometry import Placement, compose, invert

SIDE = 480
"""Longer side of the small pictures in pixels; they are compared at a third of it, blurred."""
FINER = 3
"""pdfium is asked for pictures so many times larger: it places turned images on whole pixels."""
LIMIT = 0.12
"""Difference above which a page does not show its scan. Of 254 scanned pages the right one differed by 0.0045 (median), 0.065 at most."""
NOTABLE, CLEARLY = 0.02, 0.5
"""A page that differs by this much and is turned or mirrored at less than half the difference lies wrongly."""
QUIET = 1.5
"""Standard deviation in levels below which there is nothing to see."""
LIGHT = 48
"""Levels by which the paper of the two may differ."""

TINY = 8
"""Pixels a side below which nothing is shifted."""
COLOURFUL, SAME_COLOURS = 4.0, 0.5
"""Standard deviation of colour over grey above which colours are compared, and the least correlation of the same colours."""
TURNS = {
    "mirrored": Image.Transpose.FLIP_LEFT_RIGHT,
    "upside down and mirrored": Image.Transpose.FLIP_TOP_BOTTOM,
    "upside down": Image.Transpose.ROTATE_180,
}


class Originals:
    """A received file, decoded page by page without the archive's own code."""

    def __init__(self, path: str, media: str) -> None:
        self.file: Any = pdfium.PdfDocument(path) if media == "application/pdf" else Image.open(path)
        self.media = media

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.file.close()

    def small(self, number: int, size: tuple[int, int], finer: int = 2) -> Image.Image:
        """Page `number` as displayed, RGB, of `size` pixels; a PDF's is drawn `finer` times as large first."""
        if self.media == "application/pdf":
            wide = picture(self.file[number - 1], size[0] * finer, size[1] * finer)
            return wide.reduce(finer)
        if self.media == "image/jpeg":
            self.file.draft("RGB" if self.file.mode != "L" else "L", (max(size) * 2, max(size) * 2))
        if self.media == "image/tiff":
            self.file.seek(number - 1)
        image = ImageOps.exif_transpose(self.file)
        if image.mode == "1":
            image = image.convert("L")
        image = plain(image)[0].convert("RGB")
        return image.resize(size, Image.Resampling.BOX, reducing_gap=2.0)


def expected(original: Image.Image, placement: Placement, size: tuple[int, int]) -> Image.Image:
    """The small original laid on an upright page of `size` pixels, white around it."""
    page = placement.size
    into = compose(
        compose((placement.width / original.width, 0, 0, placement.height / original.height, 0, 0), placement.matrix),
        (size[0] / page[0], 0, 0, size[1] / page[1], 0, 0),
    )
    a, b, c, d, e, f = invert(into)
    return original.transform(size, Image.Transform.AFFINE, (a, c, e, b, d, f), Image.Resampling.BILINEAR, fillcolor="white")


def verdict(wanted: Image.Image, drawn: Image.Image) -> tuple[float, str]:
    """How far an archived page as `drawn` differs from what is `wanted`, and in a word what is wrong with it; "" if nothing is."""
    unlike = difference(wanted, drawn)
    if unlike > NOTABLE:
        for name, way in TURNS.items():
            if difference(wanted, drawn.transpose(way)) < CLEARLY * unlike:
                return unlike, name
    return unlike, "" if unlike <= LIMIT else "another picture"


def drawn_small(page: Any, size: tuple[int, int]) -> Image.Image:
    """An open archived page at `size` pixels, RGB."""
    return picture(page, size[0] * FINER, size[1] * FINER).reduce(FINER)


def difference(one: Image.Image, two: Image.Image) -> float:
    """How unlike `two` is to `one`, both RGB of one size: 0 the same picture, 1 nothing in common, 2 its negative.

    One minus the correlation of their levels (Pearson), the best within one pixel of shift, since pdfium puts turned images on whole
    pixels and makes them a few levels darker. Two pictures with nothing on them are the same if they are about equally light.
    """
    a, b = _levels(one), _levels(two)
    light = float(np.abs(np.median(a.reshape(-1, 3), axis=0) - np.median(b.reshape(-1, 3), axis=0)).max())
    if light > LIGHT:
        return 1.0 + light / 255
    if max(_spread(a), _spread(b)) < QUIET:
        return 0.0
    if max(_spread(_colours(a)), _spread(_colours(b))) > COLOURFUL and _correlation(_colours(a), _colours(b)) < SAME_COLOURS:
        return 1.0
    if min(a.shape[:2]) < TINY:
        return 1 - _correlation(a, b)
    inner, (height, width) = a[1:-1, 1:-1], a.shape[:2]
    return 1 - max(_correlation(inner, b[y : y + height - 2, x : x + width - 2]) for y in range(3) for x in range(3))


def _correlation(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    a, b = a - a.mean(axis=(0, 1)), b - b.mean(axis=(0, 1))
    size = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / size if size else 0.0


def _colours(levels: NDArray[np.float32]) -> NDArray[np.float32]:
    """What is left without the grey: red and blue over green."""
    return levels[:, :, ::2] - levels[:, :, 1:2]


def _spread(levels: NDArray[np.float32]) -> float:
    return float((levels - levels.mean(axis=(0, 1))).std())


def _levels(image: Image.Image) -> NDArray[np.float32]:
    return np.asarray(image.filter(ImageFilter.BoxBlur(3)).reduce(3), dtype=np.float32)


def small_sizes(placement: Placement) -> tuple[tuple[int, int], tuple[int, int]]:
    """Sizes at which to compare: of the displayed scan, and of the upright page."""
    scale = SIDE / max(placement.width, placement.height, 1)
    width, height = placement.size
    return (
        (max(1, round(placement.width * scale)), max(1, round(placement.height * scale))),
        (max(2, round(width * scale)), max(2, round(height * scale))),
    )
