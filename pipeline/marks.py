"""What there is on a sheet besides paper: the one look that blanks, separators and quality are judged from.

Input: a decoded page in grey, its resolution. Output: `Marks`. Nothing is stored.
Promises: what is no content is not counted: the dark lid around a sheet and its edge, a border of 3 mm, punch holes, dust, streaks and
long lines alone, and print that shows through from the other side (up to a fifth of the paper's brightness darker than the paper around
it).
Risk accepted: pencil as faint as show-through is not seen either.

Method: the page at 200 dpi; paper brightness around each place is the brightest within 4 mm, smoothed; ink is what is a fifth darker than
that; connected parts of it are sorted by their size in millimetres.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from domain.ports import Image
from pipeline.pixels import two_tones

VERSION = "1"
_DPI = 200.0
_DARKER = 0.2
_BORDER_MM, _LID_MM = 3.0, 2.5
_SPECK_MM = 0.8
_BLANK_MM2, _BLANK_PARTS = 1.5, 3
_CONTENT_MM2, _BILEVEL_CONTENT_MM2 = 130.0, 400.0  # bilevel scans make full black of what shows through


class Blankness(Enum):
    """Whether a sheet carries anything. DOUBTFUL: so little ink, or ink of such a kind, that only reading it can tell."""

    BLANK = "blank"
    DOUBTFUL = "doubtful"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Marks:
    """What was found on a sheet.

    `small` the page at `scale` (pixels of it per pixel of the page) and `mm` pixels per millimetre; `boxes` n x 4, the parts that may be
    writing, [x0, y0, x1, y1] in pixels of the page as displayed, and `area` of their ink in mm2; `ink` share 0..1 of the page that is
    ink; `bilevel` whether the page has but two tones.
    """

    small: Image
    scale: tuple[float, float]
    mm: float
    boxes: Any
    area: float
    ink: float
    bilevel: bool

    @property
    def blankness(self) -> Blankness:
        """What the ink alone tells."""
        if self.area < _BLANK_MM2 and len(self.boxes) <= _BLANK_PARTS:
            return Blankness.BLANK
        enough = _BILEVEL_CONTENT_MM2 if self.bilevel else _CONTENT_MM2
        return Blankness.CONTENT if self.area >= enough else Blankness.DOUBTFUL

    def thick(self) -> tuple[int, int, int, int] | None:
        """Where writing stands thickest: a rectangle (x0, y0, x1, y1), pixels of the page as displayed; None if there are no parts.

        It lies around the largest group of parts that are within 6 mm of one another, with 3 mm around it.
        """
        import cv2
        import numpy as np

        if not len(self.boxes):
            return None
        cell = np.array([*self.scale, *self.scale]) / self.mm  # cells of a millimetre
        boxes = (self.boxes * cell).astype(int)
        size = (int(self.small.shape[0] / self.mm) + 2, int(self.small.shape[1] / self.mm) + 2)
        taken = np.zeros(size, np.uint8)
        for x0, y0, x1, y1 in boxes:
            taken[y0 : y1 + 1, x0 : x1 + 1] = 1
        _, groups = cv2.connectedComponents(cv2.dilate(taken, np.ones((7, 7), np.uint8)))
        members = np.bincount(groups[(boxes[:, 1] + boxes[:, 3]) // 2, (boxes[:, 0] + boxes[:, 2]) // 2], minlength=int(groups.max()) + 1)
        members[0] = 0
        rows, columns = np.nonzero(groups == int(members.argmax()))
        corners = np.array([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]) / cell
        x0, y0, x1, y1 = (int(v) for v in corners)
        return (x0, y0, x1, y1)

    def outside(self, quads: list[Any]) -> int:
        """How many parts lie outside all of `quads` (each 4 points, pixels of the page as displayed, enlarged by a tenth)."""
        import numpy as np

        if not len(self.boxes):
            return 0
        middle = (self.boxes[:, :2] + self.boxes[:, 2:]) / 2
        free = np.ones(len(middle), bool)
        for quad in quads:
            points = np.asarray(quad, float)
            low, high = points.min(axis=0), points.max(axis=0)
            slack = 0.1 * float((high - low).max())
            free &= ~((middle >= low - slack) & (middle <= high + slack)).all(axis=1)
        return int(free.sum())


def survey(image: Image, dpi: tuple[float, float]) -> Marks:
    """The marks on `image` (H x W, uint8, as displayed), whose resolution is `dpi` (horizontal, vertical)."""
    import cv2
    import numpy as np

    scale = (min(1.0, _DPI / dpi[0]), min(1.0, _DPI / dpi[1]))
    height, width = image.shape
    size = (max(8, round(width * scale[0])), max(8, round(height * scale[1])))
    small = image if size == (width, height) else cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    scale = (size[0] / width, size[1] / height)
    mm = min(dpi[0] * scale[0], dpi[1] * scale[1]) / 25.4
    mask = _ink(cv2.GaussianBlur(small, (0, 0), 0.6), mm)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    parts = stats[1:].astype(float)
    wide, high, area = parts[:, 2] / mm, parts[:, 3] / mm, parts[:, 4] / mm**2
    longer, shorter = np.maximum(wide, high), np.minimum(wide, high)
    hole = (longer > 3.5) & (longer < 8) & (shorter > 0.7 * longer) & (area > 0.55 * wide * high)
    line = (longer > 20) & (shorter < 1.2)
    writing = ~hole & ~line & (longer >= _SPECK_MM)
    kept = parts[writing]
    boxes = np.stack([kept[:, 0], kept[:, 1], kept[:, 0] + kept[:, 2], kept[:, 1] + kept[:, 3]], axis=1)
    boxes /= np.array([scale[0], scale[1], scale[0], scale[1]])
    return Marks(small, scale, mm, boxes, float(area[writing].sum()), float(mask.mean()), two_tones(image))


def _ink(page: Image, mm: float) -> Any:
    """Where `page` is a fifth darker than the paper around, the surroundings of the paper left out."""
    import cv2
    import numpy as np

    height, width = page.shape
    eighth = cv2.resize(page, (max(8, width // 8), max(8, height // 8)), interpolation=cv2.INTER_AREA)
    reach = max(3, int(4 * mm / 8) | 1)
    paper = cv2.GaussianBlur(cv2.dilate(eighth, np.ones((reach, reach), np.uint8)), (0, 0), reach / 3)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    mask = page < cv2.convertScaleAbs(paper, alpha=1 - _DARKER)
    mask &= cv2.resize(_lid(eighth, mm / 8), (width, height), interpolation=cv2.INTER_NEAREST) == 0
    border = min(int(_BORDER_MM * mm), min(height, width) // 8)
    if border:
        mask[:border] = mask[-border:] = False
        mask[:, :border] = mask[:, -border:] = False
    return mask


def _lid(page: Image, mm: float) -> Image:
    """1 where a dark surrounding reaches in from the image's edge, and 2.5 mm further; 0 elsewhere."""
    import cv2
    import numpy as np

    white = max(60.0, float(np.percentile(page, 90)))
    dark = cv2.copyMakeBorder((page < 0.5 * white).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    _, labels = cv2.connectedComponents(dark, connectivity=4)
    joined = (labels == labels[0, 0]).astype(np.uint8)
    reach = 2 * max(1, int(_LID_MM * mm)) + 1
    return cv2.dilate(joined, np.ones((reach, reach), np.uint8))[1:-1, 1:-1]
