"""Step `layers`: a scanned page parted into what a PDF can hold small.

Print becomes stencils of one bit in its colours, the paper a small picture, and pieces of the scan are kept where those would lose
something (seals, photographs, print in light colours).
Input: the page as displayed (H x W grey or H x W x 3 BGR, uint8), its resolution, its placement and words, and how a line of the upright
page is read. Output: `Layers`, or None where there is nothing to gain: a bilevel scan, a small one, one of which most would have to
stay as it is.
Promises: every word keeps its ink (`faithful.COVERED`), the lines that were read least surely are read alike from scan and drawing, inks
that run together stay as scanned. Where it does not hold, that piece of the scan lies over the rest, at the scan's own resolution.
Does not promise the scan's pixels: grain and security print are smoothed. What was received stays as it came; this is for the copy that
is looked at.
Method: mixed raster content (ITU-T T.44, 2005), in steps of our own: stencils.py, ground.py, faithful.py.
"""

from collections.abc import Callable, Sequence
from typing import Any

from domain.geometry import Placement
from domain.layers import Layers, Picture
from domain.model import Word
from domain.ports import Image
from pipeline.pixels import two_tones

VERSION = "1"
DPI = (120.0, 650.0)
SMALLEST = 400
"""Pixels of the shorter side."""
LARGEST = 20_000_000
"""Pixels of a page: A3 at 300 dpi has 17 million. Parting takes some 25 bytes for each, beside the engine and the page itself."""
AS_SCANNED_QUALITY = 75
MOST_AS_SCANNED = 0.25
"""Share of the page."""
MIXED, MIXED_LEAST = 0.1, 30
"""Share of the ink, on a square of 4 mm, that may lie inside strokes of mixed inks; of at least so many pixels."""
PAD = 3
GREY = 2
"""Levels by which the channels of a grey pixel may differ."""


def part(image: Image, dpi: float, placement: Placement, words: Sequence[Word], read: Callable[[Image], str]) -> Layers | None:
    """`image` in layers; see the head of this file."""
    from pipeline.layers import faithful, ground, stencils

    height, width = image.shape[:2]
    if not DPI[0] <= dpi <= DPI[1] or min(height, width) < SMALLEST or height * width > LARGEST or two_tones(image):
        return None
    image = _grey_if_grey(image)
    found = stencils.ink(image, dpi)
    below, pieces, paper = ground.ground(ground.paper(image, found.which >= 0, ground.fine_factor(dpi)), (width, height), dpi)
    drawn = _drawn(paper, found, (width, height))
    spoiled = _mixed(found, dpi) + [_padded(box, width, height) for box in faithful.faded(image, drawn, words, placement)]
    over = _as_scanned(image, drawn, found, ground.joined(spoiled))
    doubtful = faithful.misread(image, drawn, words, placement, read)
    if doubtful:
        over = _as_scanned(image, drawn, found, ground.joined([p.box for p in over] + [_padded(b, width, height) for b in doubtful]))
    if sum((p.box[2] - p.box[0]) * (p.box[3] - p.box[1]) for p in over) > MOST_AS_SCANNED * width * height:
        return None
    return Layers((width, height), below, tuple(pieces), _stencils(found), tuple(over))


def _grey_if_grey(image: Image) -> Image:
    """`image` in one channel if its three say the same."""
    import numpy as np

    if image.ndim == 2 or any(int(np.ptp(part, axis=2).max(initial=0)) > GREY for part in (image[::7, ::7], image)):
        return image
    return np.ascontiguousarray(image[:, :, 1])


def _drawn(paper: Image, found: Any, size: tuple[int, int]) -> Image:
    """What a viewer draws: the paper at the page's size, the ink in its colours on top."""
    import cv2

    drawn = cv2.resize(paper, size, interpolation=cv2.INTER_LINEAR)
    for number, colour in enumerate(found.colours):
        drawn[found.which == number] = colour if drawn.ndim == 3 else colour[0]
    return drawn


def _mixed(found: Any, dpi: float) -> list[tuple[int, int, int, int]]:
    """Where inks have run together, so that a stencil of one colour would hide one of them."""
    import cv2
    import numpy as np

    from pipeline.layers import ground

    height, width = found.which.shape
    columns, rows = ground.tiles((height, width), dpi)
    y, x = found.mixed
    mixed = np.bincount(y * rows // height * columns + x * columns // width, minlength=rows * columns).reshape(rows, columns)
    inked = cv2.resize((found.which >= 0).astype(np.float32), (columns, rows), interpolation=cv2.INTER_AREA) * (
        height * width / rows / columns
    )
    return ground.rectangles(mixed > MIXED * np.maximum(MIXED_LEAST, inked), (width, height))


def _as_scanned(image: Image, drawn: Image, found: Any, boxes: Sequence[tuple[int, int, int, int]]) -> list[Picture]:
    """Pieces of the scan for `boxes`, laid into `drawn`; there is no ink under them any more."""
    from pipeline.layers import ground

    over = []
    for x0, y0, x1, y1 in boxes:
        jpeg = ground.encode(image[y0:y1, x0:x1], AS_SCANNED_QUALITY)
        drawn[y0:y1, x0:x1] = ground.decode(jpeg, image)
        found.which[y0:y1, x0:x1] = -1
        over.append(Picture(jpeg, (x0, y0, x1, y1)))
    return over


def _padded(box: tuple[int, int, int, int], width: int, height: int) -> tuple[int, int, int, int]:
    return (max(0, box[0] - PAD), max(0, box[1] - PAD), min(width, box[2] + PAD), min(height, box[3] + PAD))


def _stencils(found: Any) -> tuple[Any, ...]:
    import cv2
    import numpy as np

    from domain.layers import Stencil

    made = []
    for number, colour in enumerate(found.colours):
        mask = (found.which == number).astype(np.uint8)
        x, y, w, h = cv2.boundingRect(mask)
        if not w:
            continue
        ok, png = cv2.imencode(".png", (1 - mask[y : y + h, x : x + w]) * 255, [cv2.IMWRITE_PNG_BILEVEL, 1, cv2.IMWRITE_PNG_COMPRESSION, 1])
        assert ok
        blue, green, red = (round(float(v)) for v in (colour if len(colour) == 3 else np.repeat(colour, 3)))
        made.append(Stencil(bytes(png.tobytes()), (x, y, x + w, y + h), (red, green, blue)))
    return tuple(made)
