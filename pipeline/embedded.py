"""The scan inside a PDF: when a page shows nothing but one raster image, that image itself, at its own size, as it is displayed.

Promises: the pixels are those the device stored, neither scaled nor smoothed, only turned by right angles or mirrored as the page's
matrix and /Rotate ask; the image covers exactly the page as displayed (crop box). Whatever is not plainly so (other visible content, a
soft mask, a stencil, a clip, an oblique matrix, an image larger or smaller than the page by over 1 %) gives None, and the page is drawn
instead.
Does not promise colour management: ICC profiles are treated as PDFium treats them.
Sources: ISO 32000-1 8.3 (matrices), 8.9.5 (images), 9.3.6 (text rendering mode 3 is invisible), 7.7.3.3 (/Rotate).
"""

import ctypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.ports import Image
from pipeline.render import check_size, opened, page_of

VERSION = "1"
_COVER = 0.01
"""How far, as a share of the page's sides, an image may miss or overhang its edges and still count as the whole page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page of a PDF is made of.

    `image` the sole image as displayed, or None; `points` the displayed page's width and height in points; `native` the resolution (dpi) of
    the finest sizeable image on it, 0 if there is none.
    """

    image: Image | None
    points: tuple[float, float]
    native: float


def look(path: Path, number: int) -> Sheet:
    """What page `number` (from 1) of the PDF at `path` is made of.

    Raises:
        Refused: the file cannot be opened, has no such page, or the image is too large.
    """
    import pypdfium2.raw as pdfium

    with opened(path) as document:
        page = page_of(document, number)
        points = page.get_size()
        objects = list(page.get_objects(max_depth=8))
        images = [o for o in objects if o.type == pdfium.FPDF_PAGEOBJ_IMAGE]
        visible = [o for o in objects if not _invisible(o)]
        native = max((_native(o, points) for o in images), default=0.0)
        turn = None
        if len(visible) == 1 and len(images) == 1 and not _marked_up(page):
            turn = _placed(images[0], page)
        image = None if turn is None else _pixels(images[0], turn)
        return Sheet(image, points, native)


def _invisible(thing: Any) -> bool:
    """Whether a page object draws nothing: a form (its parts are listed too) or text in rendering mode 3, as OCR layers are."""
    import pypdfium2.raw as pdfium

    if thing.type == pdfium.FPDF_PAGEOBJ_FORM:
        return True
    return bool(
        thing.type == pdfium.FPDF_PAGEOBJ_TEXT and pdfium.FPDFTextObj_GetTextRenderMode(thing) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    )


def _marked_up(page: Any) -> bool:
    """Whether annotations are drawn over the page. Links and pop-ups draw nothing."""
    import pypdfium2.raw as pdfium

    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            return True
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            return True
    return False


def _native(image: Any, points: tuple[float, float]) -> float:
    """Resolution of a placed image in dpi; 0 for one that takes under a tenth of the page (a logo, a seal)."""
    left, bottom, right, top = image.get_bounds()
    wide, high = right - left, top - bottom
    if wide <= 0 or high <= 0 or wide * high < 0.1 * points[0] * points[1]:
        return 0.0
    return float(max(image.get_px_size()) * 72 / max(wide, high))


def _placed(image: Any, page: Any) -> tuple[int, int, int, int] | None:
    """How the image's axes lie on the displayed page, right and down as unit steps with y down; None if it is not plainly the page."""
    import pypdfium2.raw as pdfium

    if image.level > 0 or pdfium.FPDFPageObj_HasTransparency(image) or _clipped(image, page):
        return None
    facts = image.get_metadata()
    if facts.colorspace in (pdfium.FPDF_COLORSPACE_UNKNOWN, pdfium.FPDF_COLORSPACE_PATTERN, pdfium.FPDF_COLORSPACE_SEPARATION):
        return None
    a, b, c, d, _, _ = image.get_matrix().get()
    if max(abs(b), abs(c)) > 1e-3 * max(abs(a), abs(d)) and max(abs(a), abs(d)) > 1e-3 * max(abs(b), abs(c)):
        return None
    if not _covers(image.get_bounds(), _box(page)):
        return None
    right, down = (_sign(a, b), -_sign(b, a)), (-_sign(c, d), _sign(d, c))
    for _ in range(page.get_rotation() // 90):  # clockwise, y down
        right, down = (-right[1], right[0]), (-down[1], down[0])
    return (*right, *down)


def _sign(value: float, other: float) -> int:
    """-1, 0 or 1: the direction of `value`, 0 if it is nothing beside `other`."""
    return 0 if abs(value) < abs(other) else (1 if value > 0 else -1)


def _box(page: Any) -> tuple[float, float, float, float]:
    """The displayed rectangle in the page's own units: the crop box cut to the media box."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    return (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))


def _covers(bounds: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return all(abs(got - want) <= _COVER * size for got, want, size in zip(bounds, box, (wide, high, wide, high), strict=True))


def _clipped(image: Any, page: Any) -> bool:
    """Whether a clip path may cut the image: any clip that is not a rectangle around the whole page."""
    import pypdfium2.raw as pdfium

    clip = pdfium.FPDFPageObj_GetClipPath(image)
    if not clip:
        return False
    wide, high = page.get_size()
    for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip))):
        xs, ys = [], []
        segments = pdfium.FPDFClipPath_CountPathSegments(clip, path)
        for index in range(max(0, segments)):
            x, y = ctypes.c_float(), ctypes.c_float()
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
            if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                return True
            xs.append(x.value)
            ys.append(y.value)
        if (
            segments not in (4, 5)
            or max(xs) - min(xs) < (1 - _COVER) * min(wide, high)
            or max(ys) - min(ys) < (1 - _COVER) * min(wide, high)
        ):
            return True
        if not _covers_at_least((min(xs), min(ys), max(xs), max(ys)), _box(page)):
            return True
    return False


def _covers_at_least(bounds: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    slack = _COVER * max(box[2] - box[0], box[3] - box[1])
    return bounds[0] <= box[0] + slack and bounds[1] <= box[1] + slack and bounds[2] >= box[2] - slack and bounds[3] >= box[3] - slack


def _pixels(image: Any, turn: tuple[int, int, int, int]) -> Image | None:
    """The image's own pixels, turned and mirrored as displayed: H x W grey or H x W x 3 BGR; None for a format we do not know."""
    import cv2
    import numpy as np
    import pypdfium2.raw as pdfium

    check_size(*image.get_px_size())
    bitmap = image.get_bitmap()
    pixels = bitmap.to_numpy()
    if bitmap.format == pdfium.FPDFBitmap_Gray:
        pixels = pixels.reshape(pixels.shape[:2])
    elif bitmap.format in (pdfium.FPDFBitmap_BGR, pdfium.FPDFBitmap_BGRx):
        pixels = pixels[:, :, :3]
    else:
        return None
    right_x, right_y, down_x, down_y = turn
    if right_x == 0:
        pixels = cv2.transpose(np.ascontiguousarray(pixels))
        right_x, down_y = down_x, right_y
    if right_x < 0:
        pixels = pixels[:, ::-1]
    if down_y < 0:
        pixels = pixels[::-1]
    return np.array(pixels, order="C")
