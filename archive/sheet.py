"""From pixels to points: how large an archived page is, and where the scan lies on it.

The page is the upright page of domain.geometry at the scan's resolution. ISO 19005-2, 6.1.13 allows 3 to 14,400 points a side: a page
that would be smaller or larger (a resolution the scanner got wrong) is scaled as a whole.
"""

import math

from domain.geometry import Matrix, Placement, compose
from domain.model import Page

SHORTEST, LONGEST = 3.0, 14_400.0
ASSUMED_DPI = 200.0
POINTS = 72.0


def page_size(page: Page) -> tuple[float, float]:
    """Width and height of the archived page in points."""
    across, down = (v if math.isfinite(v) and v > 0 else ASSUMED_DPI for v in page.dpi)
    if page.placement.turned in (90, 270):
        across, down = down, across
    width, height = page.placement.size
    width, height = max(width, 1), max(height, 1)
    points = (width / across * POINTS, height / down * POINTS)
    scale = min(LONGEST / max(points), 1.0)
    scale = max(scale, SHORTEST / min(points)) if min(points) * scale < SHORTEST else scale
    return (round(min(points[0] * scale, LONGEST), 3), round(min(points[1] * scale, LONGEST), 3))


def on_page(placement: Placement, size: tuple[float, float]) -> Matrix:
    """From the displayed scan's unit square (y down) to a page of `size` points (y up)."""
    width, height = placement.size
    pixels = compose((placement.width, 0, 0, placement.height, 0, 0), placement.matrix)
    return compose(pixels, (size[0] / max(width, 1), 0, 0, -size[1] / max(height, 1), 0, size[1]))
