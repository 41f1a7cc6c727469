"""How a scanned image lies on the upright, deskewed page. Pure arithmetic, shared by who reads and who archives.

Conventions, for every room:
- An image is W x H pixels as displayed (after EXIF orientation and a PDF's /Rotate); x to the right, y down, pixel edges at integers.
- `turned` is how many degrees CLOCKWISE the displayed image is turned away from upright (0, 90, 180, 270).
  To undo: turn it counter-clockwise.
- `skew` is the angle of the content, degrees COUNTER-CLOCKWISE positive, after undoing `turned`. To undo: rotate clockwise by it.
- The upright page is the smallest upright rectangle that holds every pixel of the scan, its size rounded up to whole pixels.
- A matrix (a, b, c, d, e, f) maps x' = a*x + c*y + e, y' = b*x + d*y + f.
- A Box is (x0, y0, x1, y1) as fractions of the upright page, origin top left, x0 <= x1, y0 <= y1.
"""

import math
from dataclasses import dataclass

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a displayed image of `width` x `height` pixels lies on its upright page."""

    width: int
    height: int
    turned: int
    skew: float

    def __post_init__(self) -> None:
        if self.turned not in (0, 90, 180, 270):
            raise ValueError(f"turned must be 0, 90, 180 or 270, not {self.turned}")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright page in pixels."""
        w, h = (self.width, self.height) if self.turned in (0, 180) else (self.height, self.width)
        t = math.radians(abs(self.skew))
        return (math.ceil(w * math.cos(t) + h * math.sin(t) - 1e-6), math.ceil(w * math.sin(t) + h * math.cos(t) - 1e-6))

    @property
    def matrix(self) -> Matrix:
        """From pixels of the displayed image to pixels of the upright page."""
        w, h = (self.width, self.height) if self.turned in (0, 180) else (self.height, self.width)
        undo: dict[int, Matrix] = {
            0: (1, 0, 0, 1, 0, 0),
            90: (0, -1, 1, 0, 0, self.width),  # displayed was turned clockwise by 90: turn counter-clockwise
            180: (-1, 0, 0, -1, self.width, self.height),
            270: (0, 1, -1, 0, self.height, 0),
        }
        t = math.radians(self.skew)
        page_w, page_h = self.size
        cos, sin = math.cos(t), math.sin(t)  # clockwise on a y-down page
        rotate = (cos, sin, -sin, cos, page_w / 2 - cos * w / 2 + sin * h / 2, page_h / 2 - sin * w / 2 - cos * h / 2)
        return compose(undo[self.turned], rotate)


def compose(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `first`, then `then`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, p * e + r * f + t, q * e + s * f + u)


def invert(m: Matrix) -> Matrix:
    """The inverse of `m`.

    Raises:
        ZeroDivisionError: `m` has no inverse.
    """
    a, b, c, d, e, f = m
    det = a * d - b * c
    return (d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det)


def apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """The point (x, y) mapped by `m`."""
    a, b, c, d, e, f = m
    return (a * x + c * y + e, b * x + d * y + f)


def bound(boxes: list[Box] | tuple[Box, ...]) -> Box:
    """The smallest box that holds all of `boxes`, which must not be empty."""
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def iou(one: Box, two: Box) -> float:
    """Intersection over union of two boxes, 0 to 1."""
    w = min(one[2], two[2]) - max(one[0], two[0])
    h = min(one[3], two[3]) - max(one[1], two[1])
    if w <= 0 or h <= 0:
        return 0.0
    union = (one[2] - one[0]) * (one[3] - one[1]) + (two[2] - two[0]) * (two[3] - two[1]) - w * h
    return w * h / union
