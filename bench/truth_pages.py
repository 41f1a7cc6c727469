"""Pages of made sessions with their truth: the displayed image, and the same made upright by what the truth says.

Isolates what is measured from orientation and skew. Where documents on one page are skewed differently (skew null) the first one's is taken.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from domain.geometry import Box, Placement, apply
from domain.ports import Image

EXIF = 274
TURNS = {1: 0, 3: 2, 6: -1, 8: 1}


@dataclass(frozen=True)
class TruthPage:
    """One page of the truth and the file it stands in."""

    session: str
    truth: dict[str, Any]
    path: Path

    @property
    def key(self) -> str:
        return f"{self.session}-{self.truth['file'].rsplit('/', 1)[-1]}-{self.truth['page']}"

    def displayed(self) -> Image:
        """The page as a viewer shows it, BGR."""
        number = self.truth["page"]
        if self.path.suffix.lower() == ".pdf":
            import pypdfium2

            pdf = pypdfium2.PdfDocument(self.path)
            image = pdf[number - 1].render(scale=self.truth["dpi"] / 72).to_numpy()[:, :, :3]
        else:
            from PIL import Image as Pillow

            with Pillow.open(self.path) as file:
                file.seek(number - 1)
                turn = TURNS[file.getexif().get(EXIF, 1)] if self.path.suffix.lower() in (".jpg", ".jpeg") else 0
                image = np.rot90(np.asarray(file.convert("RGB")), turn)[:, :, ::-1]
        width, height = self.truth["image_size"]
        image = np.ascontiguousarray(image)
        return image if image.shape[:2] == (height, width) else cv2.resize(image, (width, height))

    @property
    def placement(self) -> Placement:
        width, height = self.truth["image_size"]
        skew = self.truth["skew"]
        if skew is None:
            skew = next((i["skew"] for i in self.truth.get("items", []) if i.get("skew") is not None), 0.0)
        return Placement(width, height, self.truth["orientation"] or 0, skew)

    def upright(self) -> Image:
        """The page upright and deskewed by truth, on the canvas that holds every pixel."""
        place = self.placement
        a, b, c, d, e, f = place.matrix
        matrix = np.array([[a, c, e], [b, d, f]], np.float64)
        # pixel centres, not edges, are what warpAffine maps
        matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
        return cv2.warpAffine(self.displayed(), matrix, place.size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)

    def box(self, pixels: list[float]) -> Box:
        """A box of the truth as fractions of the upright page."""
        (p, q, r), (s, t, u) = self.truth["to_image"]
        place = self.placement
        x0, y0, x1, y1 = pixels
        points = [apply(place.matrix, p * x + q * y + r, s * x + t * y + u) for x in (x0, x1) for y in (y0, y1)]
        # opposite corners stay so after undoing turn and skew; their mean over both diagonals takes out what rounding left
        xs, ys = sorted(v[0] for v in points), sorted(v[1] for v in points)
        w, h = place.size
        return ((xs[0] + xs[1]) / 2 / w, (ys[0] + ys[1]) / 2 / h, (xs[2] + xs[3]) / 2 / w, (ys[2] + ys[3]) / 2 / h)


def truth_pages(root: Path, only: set[str] | None = None) -> Iterator[TruthPage]:
    """Every page of the sessions below `root`, in order."""
    for file in sorted(root.glob("S*/truth.json")):
        session = json.loads(file.read_text(encoding="utf-8"))
        if only and session["session"] not in only:
            continue
        for page in session["pages"]:
            yield TruthPage(session["session"], page, file.parent / "files" / page["file"].split("/", 1)[1])
