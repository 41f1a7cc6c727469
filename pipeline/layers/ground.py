"""What is left of a page without its ink: the paper, filled in where the ink was, and the pieces of it that a small picture would spoil."""

from typing import Any

import cv2
import numpy as np

from domain.layers import Picture
from domain.ports import Image

Rect = tuple[int, int, int, int]
COARSE_DPI, COARSE_QUALITY = 100.0, 35
FINE_DPI, FINE_QUALITY = 150.0, 55
TILE_MM = 4.0
DETAIL = 6.0
"""Root mean square, in levels, by which a square of the small picture may differ from the paper as scanned (both a little blurred)."""
SEEN = 0.2
"""Share of a pixel that must be paper for its colour to count."""


def fine_factor(dpi: float) -> float:
    """Pixels of the page to one of the fine picture."""
    return max(1.0, dpi / FINE_DPI)


def paper(image: Image, ink: Any, factor: float) -> Image:
    """`image` without its `ink` (H x W bool), smaller by `factor`; filled in from around the ink.

    Method: push and pull (Gortler et al., The Lumigraph, 1996, 3.4): each level of a pyramid fills the holes of the finer one.
    """
    height, width = ink.shape
    size = (max(8, round(width / factor)), max(8, round(height / factor)))
    hole = cv2.dilate(ink.astype(np.uint8), np.ones((3, 3), np.uint8))
    clear = image.copy()
    clear[hole > 0] = 0
    weight = 1 - cv2.resize(hole.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    colour = cv2.resize(clear, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    weight[weight < SEEN] = 0
    colour[weight == 0] = 0
    levels = [(colour, weight)]
    while min(levels[-1][1].shape) > 4 and levels[-1][1].min() < 0.99:
        levels.append(_pushed(*levels[-1]))
    colour, weight = levels[-1]
    filled = _times(colour, 1 / np.maximum(weight, 1e-6))
    for colour, weight in reversed(levels[:-1]):
        pulled = cv2.resize(filled, (weight.shape[1], weight.shape[0]), interpolation=cv2.INTER_LINEAR)
        filled = colour + _times(pulled, 1 - weight)
    return np.clip(filled + 0.5, 0, 255).astype(np.uint8)


def _pushed(colour: Any, weight: Any) -> tuple[Any, Any]:
    size = ((weight.shape[1] + 1) // 2, (weight.shape[0] + 1) // 2)
    less = cv2.resize(weight, size, interpolation=cv2.INTER_AREA)
    gain = np.minimum(1, 3 * less) / np.maximum(less, 1e-6)
    return _times(cv2.resize(colour, size, interpolation=cv2.INTER_AREA), gain), less * gain


def _times(colour: Any, factor: Any) -> Any:
    return colour * (factor if colour.ndim == 2 else factor[:, :, None])


def ground(fine: Image, size: tuple[int, int], dpi: float) -> tuple[Picture, list[Picture], Image]:
    """The whole of `fine` (the paper of a page of `size` pixels) as a small picture, pieces of it, and what both give together."""
    height, width = fine.shape[:2]
    factor = max(1.0, dpi / COARSE_DPI) / fine_factor(dpi)
    small = cv2.resize(fine, (max(8, round(width / factor)), max(8, round(height / factor))), interpolation=cv2.INTER_AREA)
    jpeg = encode(small, COARSE_QUALITY)
    drawn = cv2.resize(decode(jpeg, small), (width, height), interpolation=cv2.INTER_LINEAR)
    scale = (size[0] / width, size[1] / height)
    pieces = []
    for x0, y0, x1, y1 in rectangles(_unlike(fine, drawn, dpi / fine_factor(dpi)) > DETAIL, (width, height)):
        part = fine[y0:y1, x0:x1]
        piece = encode(part, FINE_QUALITY)
        drawn[y0:y1, x0:x1] = decode(piece, part)
        box = (round(x0 * scale[0]), round(y0 * scale[1]), round(x1 * scale[0]), round(y1 * scale[1]))
        pieces.append(Picture(piece, box))
    return Picture(jpeg, (0, 0, *size)), pieces, drawn


def _unlike(one: Image, two: Image, dpi: float) -> Any:
    """How far two pictures differ, square by square; grain is no difference."""
    blurred = [cv2.GaussianBlur(image, (0, 0), 1.0).astype(np.float32) for image in (one, two)]
    square = (blurred[0] - blurred[1]) ** 2
    return np.sqrt(cv2.resize(square if square.ndim == 2 else square.mean(axis=2), tiles(one.shape, dpi), interpolation=cv2.INTER_AREA))


def tiles(shape: tuple[int, ...], dpi: float) -> tuple[int, int]:
    """How many squares of `TILE_MM` a picture of `shape` has, across and down."""
    tile = TILE_MM * dpi / 25.4
    return (max(1, round(shape[1] / tile)), max(1, round(shape[0] / tile)))


def rectangles(chosen: Any, size: tuple[int, int]) -> list[Rect]:
    """Rectangles, in pixels of a picture of `size`, around groups of `chosen` squares (rows x columns, bool); none touches another."""
    rows, columns = chosen.shape
    closed = cv2.morphologyEx(chosen.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    x, y = size[0] / columns, size[1] / rows
    found = [(int(a * x), int(b * y), min(size[0], round((a + w) * x)), min(size[1], round((b + h) * y))) for a, b, w, h, _ in stats[1:]]
    return joined(found)


def joined(rectangles_: list[Rect]) -> list[Rect]:
    """Rectangles of which those that touch have become one."""
    done: list[Rect] = []
    for new in rectangles_:
        while hit := next((old for old in done if old[0] <= new[2] and new[0] <= old[2] and old[1] <= new[3] and new[1] <= old[3]), None):
            done.remove(hit)
            new = (min(new[0], hit[0]), min(new[1], hit[1]), max(new[2], hit[2]), max(new[3], hit[3]))
        done.append(new)
    return done


def encode(image: Image, quality: int) -> bytes:
    """`image` as a JPEG."""
    ok, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
    assert ok
    return bytes(data.tobytes())


def decode(jpeg: bytes, like: Image) -> Image:
    """A JPEG as an image with as many channels as `like`."""
    return cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE if like.ndim == 2 else cv2.IMREAD_COLOR)
