"""What several steps do with the pixels of a page: its grey, whether it has but two tones, the warp that lays it upright."""

from typing import Any

from domain.geometry import Placement
from domain.ports import Image


def grey(image: Image) -> Image:
    """`image` (H x W, or H x W x 3 BGR, uint8) in one channel."""
    import cv2

    return image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)


def two_tones(image: Image) -> bool:
    """Whether a page is black and white, but for a few pixels."""
    sample = image[::5, ::5]
    return bool(((sample > 8) & (sample < 247)).mean() < 0.004)


def upright(image: Image, placement: Placement, size: tuple[int, int], left: int = 0, top: int = 0) -> Any:
    """The part of the upright page that begins at `left`, `top` and is of `size` pixels, white where the scan does not reach.

    `image` is the page as displayed. OpenCV's coordinates are those of pixels' centres, the placement's those of their edges: half a pixel
    apart.
    """
    import cv2
    import numpy as np

    a, b, c, d, e, f = placement.matrix
    warp = np.array([[a, c, e + (a + c - 1) / 2 - left], [b, d, f + (b + d - 1) / 2 - top]])
    return cv2.warpAffine(image, warp, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255))
