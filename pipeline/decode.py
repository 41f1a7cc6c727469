"""Step `decode`: one page of a received file, as an image as it is displayed.

Input: the file's path, its media type as found from its content, the page's number. Output: `Decoded`, 8-bit grey (H x W) or BGR (H x W x
3), EXIF or TIFF orientation and a PDF's /Rotate applied, with the resolution of the displayed image. Grey stays one channel, 1 bit
becomes 0 and 255, 16 bits become 8, transparency is laid on white, a TIFF's every directory is a page. Nothing is stored.
Reasons it can give: PAGE_TOO_LARGE (asked before any pixel is decoded; rasters over 178 million pixels Pillow itself refuses), DAMAGED,
ENCRYPTED, NO_PAGES, UNKNOWN_FORMAT.
Does not promise colour management; CMYK is converted plainly.

A PDF page that is one image gives that image (embedded.py); any other is drawn at the resolution of the finest large image on it, held to
200..400 dpi, or at 300 dpi where there is none.
Risk accepted: a resolution a file does not tell, or tells absurdly, is guessed from the paper sizes that come to a service window
(`guess`).
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.errors import Refused, of_the_disk
from domain.ports import Image, Renderer
from domain.reasons import Reason
from pipeline.embedded import look
from pipeline.render import check_size

VERSION = "1"

PILLOW: dict[str, str] = {
    "image/tiff": "TIFF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/jp2": "JPEG2000",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
}
"""Media types decoded by Pillow, and the one decoder each is given to, so that a file is never taken for what it was not found to be."""

_USUAL = (100, 150, 200, 240, 300, 400, 600)
_A3_MM, _A4_MM, _CARD_MM = 420.0, 297.0, 85.6
_CARD_ASPECT = 1.46  # between A4's 1.414 and a card with a margin of 4 mm, 1.51


@dataclass(frozen=True, slots=True)
class Decoded:
    """An image as displayed and its resolution (horizontal, vertical) in dots per inch."""

    image: Image
    dpi: tuple[float, float]


def decode(path: str, media: str, number: int, renderer: Renderer) -> Decoded:
    """Page `number` (from 1) of the file at `path`, which is of type `media` (a key of `PILLOW`, or application/pdf).

    Raises:
        Refused: see above.
    """
    if media == "application/pdf":
        return _decode_pdf(Path(path), number, renderer)
    with _picture(path, media) as picture:
        _turn_to(picture, number)
        check_size(*picture.size)
        declared, orientation = _declared(picture), picture.getexif().get(0x0112, 1)
        picture.load()
        image = _to_array(picture)
        if media != "image/tiff":  # Pillow turns TIFF pages itself while it loads them
            image = _upright(image, orientation)
    if declared is not None and orientation in (5, 6, 7, 8):
        declared = (declared[1], declared[0])
    height, width = image.shape[:2]
    return Decoded(image, believed(declared, width, height))


def count(path: str, media: str, renderer: Renderer) -> int:
    """Number of pages of the file at `path`.

    Raises:
        Refused: it cannot be opened, or has none.
    """
    if media == "application/pdf":
        return renderer.count(Path(path))
    with _picture(path, media) as picture:
        return int(getattr(picture, "n_frames", 1)) if media == "image/tiff" else 1


def believed(declared: tuple[float, float] | None, width: int, height: int) -> tuple[float, float]:
    """The declared resolution if a scanner can have meant it, else the guessed one.

    Not believed: under 72 or over 1200 dpi; under 100 dpi where the paper would be longer than A3 (programs write 72 or 96 when they know
    nothing); horizontal and vertical further apart than 4 to 1.
    """
    if declared is not None:
        x, y = declared
        paper = max(width / x, height / y) * 25.4 if min(x, y) > 0 else 0.0
        sane = all(72 <= v <= 1200 for v in declared) and 0.25 <= x / y <= 4
        if sane and not (min(x, y) < 100 and paper > _A3_MM + 5):
            return (float(x), float(y))
    return (guess(width, height),) * 2


def guess(width: int, height: int) -> float:
    """A resolution for an image that tells none: its long side taken for A4's 297 mm and snapped to a resolution scanners have.

    If that came out under 140 dpi and the image is as oblong as a card (aspect over 1.46), its long side is taken for a card's 85.6 mm
    instead.
    """
    long, short = max(width, height), max(1, min(width, height))
    dpi = long / _A4_MM * 25.4
    if dpi < 140 and 1.46 < long / short < 1.75:
        dpi = long / _CARD_MM * 25.4
    return float(min(_USUAL, key=lambda usual: abs(usual / dpi - 1)))


def _decode_pdf(path: Path, number: int, renderer: Renderer) -> Decoded:
    sheet = look(path, number)
    wide, high = sheet.points
    if sheet.image is not None:
        height, width = sheet.image.shape[:2]
        return Decoded(sheet.image, (width * 72 / wide, height * 72 / high))
    dpi = max(200.0, min(400.0, sheet.native)) if sheet.native else 300.0
    image = renderer.render(path, number, dpi)
    return Decoded(image, (dpi, dpi))


@contextmanager
def _picture(path: str, media: str) -> Iterator[Any]:
    """A raster file opened by the one decoder for its type; nothing is decoded yet. What Pillow raises on bad bytes becomes Refused."""
    from PIL import Image as Pillow

    if media not in PILLOW:
        raise Refused(Reason.UNKNOWN_FORMAT, "not a picture we can decode", media=media)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata and of sizes, which check_size judges
        try:
            with Pillow.open(path, formats=[PILLOW[media]]) as picture:
                yield picture
        except Pillow.DecompressionBombError as error:
            raise Refused(Reason.PAGE_TOO_LARGE, "a page has far too many pixels") from error
        except (FileNotFoundError, PermissionError):
            raise
        except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, ArithmeticError, RuntimeError) as error:
            if of_the_disk(error):
                raise
            raise Refused(Reason.DAMAGED, "the picture cannot be decoded") from error


def _turn_to(picture: Any, number: int) -> None:
    if number < 1 or (number > 1 and number > getattr(picture, "n_frames", 1)):
        raise Refused(Reason.DAMAGED, f"the file has no page {number}")
    if number > 1:
        picture.seek(number - 1)


def _declared(picture: Any) -> tuple[float, float] | None:
    """Horizontal and vertical dpi the file tells of its stored pixels, or None."""
    told = {"TIFF": lambda: picture.tag_v2.get(296, 2) in (2, 3), "JPEG": lambda: picture.info.get("jfif_unit") in (1, 2)}
    if "dpi" in picture.info and told.get(picture.format, lambda: True)():  # Pillow gives a JPEG without JFIF one of its own making
        x, y = (float(v) for v in picture.info["dpi"])
        return (x, y)
    exif = picture.getexif()
    unit = {2: 1.0, 3: 2.54}.get(exif.get(0x0128, 2))
    if unit and exif.get(0x011A) and exif.get(0x011B):
        return (float(exif[0x011A]) * unit, float(exif[0x011B]) * unit)
    return None


def _to_array(picture: Any) -> Image:
    """Pillow's picture as grey or BGR, 8 bits."""
    import cv2
    import numpy as np

    mode = picture.mode
    if mode in ("1", "L"):
        return np.array(picture.convert("L"))
    if mode.startswith("I;16"):
        return (np.asarray(picture).astype(np.uint16) >> 8).astype(np.uint8)
    if mode in ("I", "F"):
        values = np.nan_to_num(np.asarray(picture).astype(np.float64))
        low, high = float(values.min()), float(values.max())
        return ((values - low) * (255.0 / (high - low or 1.0))).astype(np.uint8)
    if mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in picture.info:
        picture = _on_white(picture.convert("RGBA"))
    rgb = np.asarray(picture.convert("RGB"))
    if mode in ("P", "LA", "La") and np.array_equal(rgb[..., 0], rgb[..., 1]) and np.array_equal(rgb[..., 1], rgb[..., 2]):
        return rgb[..., 0].copy()
    return cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)


def _on_white(picture: Any) -> Any:
    from PIL import Image as Pillow

    white = Pillow.new("RGBA", picture.size, (255, 255, 255, 255))
    white.alpha_composite(picture)
    return white


def _upright(image: Image, orientation: int) -> Image:
    """The stored pixels as displayed: TIFF 6.0 / EXIF 2.3 tag 274, where row 0 and column 0 of what is stored are named."""
    import cv2

    if orientation in (5, 6, 7, 8):
        image = cv2.transpose(image)
    across = orientation in (2, 3, 6, 7)
    down = orientation in (3, 4, 7, 8)
    if across or down:
        image = cv2.flip(image, -1 if across and down else (1 if across else 0))
    return image
