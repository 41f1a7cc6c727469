"""A line of text cut out of its page and levelled, with the way back."""

from dataclasses import dataclass

import cv2
import numpy as np

from domain.geometry import Box
from domain.ports import Image
from pipeline.ocr.line import Quad

UPENDED = 2.0  # a box this much higher than wide holds a line turned by 90 degrees


@dataclass(frozen=True, slots=True)
class Strip:
    """`pixels` of the line, text running left to right; `home` maps its pixels to those of the page (3 x 3, homogeneous)."""

    pixels: Image
    home: Image

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The upright box, in pixels of the page, that holds a box of the strip."""
        corners = np.array([[x0, x1, x1, x0], [y0, y0, y1, y1], [1, 1, 1, 1]], np.float64)
        u, v, w = self.home @ corners
        xs, ys = u / w, v / w
        return (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))


def cut(page: Image, quad: Quad) -> Strip:
    """The strip of `page` inside `quad`; one that stands upright is laid on its side."""
    corners = np.array(quad, np.float32)
    width = max(1, round(float(max(np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[3] - corners[2])))))
    height = max(1, round(float(max(np.linalg.norm(corners[0] - corners[3]), np.linalg.norm(corners[1] - corners[2])))))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    there = cv2.getPerspectiveTransform(corners, target)
    back = cv2.getPerspectiveTransform(target, corners)
    pixels = cv2.warpPerspective(page, there, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    if height <= UPENDED * width:
        return Strip(pixels, back)
    turn = np.array([[0, -1, width], [1, 0, 0], [0, 0, 1]], np.float64)  # from the strip laid on its side to the one standing
    return Strip(np.ascontiguousarray(np.rot90(pixels)), back @ turn)
