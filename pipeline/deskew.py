"""Step `deskew`: by how many degrees the content of an upright page is skewed.

Input: a page turned upright, grey. Output: degrees, COUNTER-CLOCKWISE positive, within +-12; 0.0 where the page shows too little to tell.
Nothing is stored.
Promises: lines of text and ruled lines that run across the page come out level to about 0.02 degrees; borders, streaks and dark beds are
not taken for lines.
Does not promise anything for documents that lie on one page at different angles: one of them, or their mixture, is measured.
Risk accepted: a page of patterns without text may be turned by as much as its pattern asks.

Method: projection profile over the lower edges of strokes (after W. Postl, Detection of linear oblique structures and skew scan in
digitized documents, ICPR 1986, here on edges): ink stands out from a local background; where ink ends downwards the edge is placed
between pixels by its grey values, since whole pixels would favour an angle of nought; the edge points are projected along each angle, and
the angle with the largest sum of squared, smoothed counts is taken, first in steps of 0.5 degrees, then 0.1, then 0.03, then by a
parabola through the best three.
"""

from typing import Any

from domain.ports import Image

VERSION = "1"
LIMIT = 12.0
_LONG = 1600  # pixels of the long side measured on
_BORDER = 0.03  # share of the long side left out all around
_CONTRAST = 0.3  # of the strongest strokes' contrast (99.5th percentile): what counts as ink
_FAINTEST = 12
_FEWEST = 60  # edge points
_SUPPORT = 0.06  # lead of the best angle's sum of squares over the median one, as a share of that; noise alone gives 0.02


def skew(image: Image) -> float:
    """Skew in degrees, counter-clockwise positive, of `image` (H x W, uint8, upright to the quarter turn); 0.0 if it cannot be told."""
    return measured(image)[0]


def measured(image: Image) -> tuple[float, float]:
    """Skew as in `skew`, and its support: 0 for none, a few tenths for sparse pages, several for pages of text."""
    import numpy as np

    x, y, reach = _edges(image)
    if len(x) < _FEWEST:
        return 0.0, 0.0
    angle, sums = _best(x, y, reach, np.arange(-LIMIT, LIMIT + 0.01, 0.5), 1.0)
    middle = float(np.median(sums))
    support = (float(sums.max()) - middle) / middle
    if support < _SUPPORT:
        return 0.0, support
    angle, _ = _best(x, y, reach, angle + np.arange(-0.5, 0.51, 0.1), 0.5)
    angle, _ = _best(x, y, reach, angle + np.arange(-0.12, 0.121, 0.03), 0.5, refine=True)
    return float(np.clip(angle, -LIMIT, LIMIT)), support


def _edges(image: Image) -> tuple[Any, Any, float]:
    """Lower edges of strokes, x and y from the middle of the reduced page, y to a fraction of a pixel; and how far out any can be."""
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    scale = min(1.0, _LONG / max(height, width))
    small = cv2.resize(image, (max(1, round(width * scale)), max(1, round(height * scale))), interpolation=cv2.INTER_AREA)
    height, width = small.shape
    background = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    contrast = cv2.subtract(background, small)
    level = max(_FAINTEST, _CONTRAST * float(np.percentile(contrast[::2, ::2], 99.5)))
    ink = contrast > level
    edge = ink[:-1] & ~ink[1:]
    border = max(1, int(_BORDER * max(height, width)))
    edge[:border] = edge[-border:] = False
    edge[:, :border] = edge[:, -border:] = False
    rows, columns = np.nonzero(edge)
    above, below = contrast[rows, columns].astype(np.float32), contrast[rows + 1, columns].astype(np.float32)
    y = rows + (above - level) / (above - below)
    return columns - width / 2, y - height / 2, float(np.hypot(height, width)) / 2 + 2


def _best(x: Any, y: Any, reach: float, angles: Any, bin_size: float, refine: bool = False) -> tuple[float, Any]:
    """The angle whose projection has the largest sum of squares, and all the sums; with `refine`, between the steps by a parabola."""
    import numpy as np

    sums = np.array([_sharpness(x, y, reach, angle, bin_size) for angle in angles])
    top = int(sums.argmax())
    angle = float(angles[top])
    if refine and 0 < top < len(angles) - 1:
        before, here, after = sums[top - 1 : top + 2]
        bend = before - 2 * here + after
        if bend < 0:
            angle += float(angles[1] - angles[0]) * 0.5 * (before - after) / bend
    return angle, sums


def _sharpness(x: Any, y: Any, reach: float, angle: float, bin_size: float) -> float:
    """Sum of squared, smoothed (1-2-1) counts of the points projected along `angle`, each shared between its two nearest bins."""
    import numpy as np

    t = np.radians(angle)
    place = (y * np.cos(t) + x * np.sin(t) + reach) / bin_size
    low = place.astype(np.int32)
    share = place - low
    bins = int(2 * reach / bin_size) + 3
    counts = np.bincount(low, 1 - share, bins) + np.bincount(low + 1, share, bins)
    smooth = counts[1:-1] + 0.5 * (counts[:-2] + counts[2:])
    return float((smooth * smooth).sum())
