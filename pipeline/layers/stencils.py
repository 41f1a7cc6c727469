"""The ink of a page: where it is, and in which colours.

Ink is what is darker by a third than the paper around it in every colour channel, so black print under a red seal is ink and the seal is
not. Strokes wider than 1.3 mm are pictures, not print. Each connected part has one colour, the mean of its innermost pixels, for at its
edge it mixes with the paper; like colours become one, and greys sooner than hues.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from domain.ports import Image

DARKER = 0.68
"""Of the brightness of the paper around."""
LID = 80
"""Levels of the paper below which it is no paper."""
STROKE_MM = 1.3
SPECK = 3
"""Pixels of a part, at most, that is dust."""
COLOURS = 6
ALIKE = 42.0
"""Distance (luminance counts half) within which colours are one."""
INSIDE = 2.0
"""Pixels from the edge of a stroke from which on it is not mixed with the paper."""
MIXED = 20.0
"""Standard deviation, in levels, inside the strokes of one part from which on it holds two inks."""


@dataclass(frozen=True, slots=True)
class Ink:
    """`which`: H x W int8, the number of the colour at each pixel of ink, -1 elsewhere; `colours`: k x channels, 0..255.

    `mixed`: y, x (2 x n) of pixels inside strokes of parts in which two inks have run together.
    """

    which: Any
    colours: Any
    mixed: Any


def ink(image: Image, dpi: float) -> Ink:
    """The ink on `image`, H x W or H x W x 3, uint8."""
    mask = _dark(image.max(axis=2) if image.ndim == 3 else image, dpi)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    depth = cv2.distanceTransform(mask, cv2.DIST_L2, 3)
    y, x = np.nonzero(mask)
    part: Any = labels[y, x]
    deep: Any = depth[y, x]
    widest = np.zeros(count, np.float32)
    np.maximum.at(widest, part, deep)
    print_ = (widest < STROKE_MM * dpi / 25.4 / 2) & (stats[:, cv2.CC_STAT_AREA] > SPECK)
    print_[0] = False
    inner = (deep >= 0.99 * np.minimum(widest[part], INSIDE)) & print_[part]
    y, x, part, deep = y[inner], x[inner], part[inner], deep[inner]
    levels = image[y, x].reshape(len(part), 3 if image.ndim == 3 else 1).astype(np.float32)
    number = np.maximum(np.bincount(part, minlength=count), 1)
    means = np.stack([np.bincount(part, weights=channel, minlength=count) / number for channel in levels.T], axis=1)
    colours, of = _palette(means, np.where(print_, stats[:, cv2.CC_STAT_AREA], 0))
    within = deep >= 0.99 * INSIDE
    mixed = within & (_spread(part[within], levels[within].mean(axis=1), count) > MIXED)[part]
    return Ink(of[labels], colours, np.stack([y[mixed], x[mixed]]))


def _spread(part: Any, level: Any, count: int) -> Any:
    """Standard deviation of the levels of each of `count` parts."""
    number = np.maximum(np.bincount(part, minlength=count), 1)
    mean = np.bincount(part, weights=level, minlength=count) / number
    return np.sqrt(np.maximum(np.bincount(part, weights=level * level, minlength=count) / number - mean * mean, 0))


def _dark(brightest: Image, dpi: float) -> Image:
    height, width = brightest.shape
    factor = max(1.0, dpi / 50)
    small = cv2.resize(brightest, (max(8, round(width / factor)), max(8, round(height / factor))), interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), (0, 0), 5 / 3)
    paper[paper < LID] = 0
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.compare(brightest, cv2.convertScaleAbs(paper, alpha=DARKER), cv2.CMP_LT)


def _palette(means: Any, area: Any) -> tuple[Any, Any]:
    """At most `COLOURS` colours (k x channels, at least one) and the number of each part's (int8, -1 for what has no `area`)."""
    of = np.full(len(area), -1, np.int8)
    places = _place(means)
    chosen: list[int] = []
    left = area.astype(np.float64)
    while left.any() and len(chosen) < COLOURS:  # the part with most ink of its like gives each colour
        seed = int(left.argmax())
        near = (np.linalg.norm(places - places[seed], axis=1) < ALIKE) & (left > 0)
        of[near] = len(chosen)
        left[near] = 0
        chosen.append(seed)
    if left.any():
        rest = left > 0
        distance = np.linalg.norm(places[rest][:, None] - places[chosen][None], axis=2)
        of[rest] = distance.argmin(axis=1)
    weight = np.bincount(of[of >= 0], weights=area[of >= 0], minlength=max(1, len(chosen)))
    sums = [np.bincount(of[of >= 0], weights=(c * area)[of >= 0], minlength=max(1, len(chosen))) for c in means.T]
    return np.stack(sums, axis=1) / np.maximum(weight, 1)[:, None], of


def _place(means: Any) -> Any:
    """Where colours lie so that their distance says how different they look: half the luminance, and the hue in full."""
    grey = means.mean(axis=1, keepdims=True)
    return np.concatenate([grey * 0.5, means - grey], axis=1) if means.shape[1] == 3 else means * 0.5
