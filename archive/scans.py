"""Opens a received file and gives its pages as image streams, whatever it is.

Runs where untrusted bytes may be parsed: in the sandboxed child.
"""

import io
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from PIL import Image

from archive import jp2, jpeg
from archive.foreign import PdfPages
from archive.raster import Scan, from_png, lossless, oriented
from archive.tiff import TiffPages
from domain.errors import Refused
from domain.geometry import Placement
from domain.reasons import Reason


class Pages(Protocol):
    """The pages of an open file."""

    def page(self, number: int, placement: Placement, decoded: bool = False) -> Scan:
        """Page `number`, from 1; `placement` tells a PDF's page how large it is displayed.

        `decoded`: take its pixels, even if its stream could be kept.
        """
        ...


def open_scan(path: str, media: str) -> AbstractContextManager[Pages]:
    """The file at `path` of type `media`.

    Raises:
        Refused: a type no scanner sends.
    """
    if media == "application/pdf":
        return PdfPages(path)
    if media == "image/tiff":
        return TiffPages(path)
    if media in ("image/jpeg", "image/png", "image/jp2", "image/webp", "image/bmp"):
        return nullcontext(Picture(path, media))
    raise Refused(Reason.UNKNOWN_FORMAT, media=media)


class Picture:
    """A file that holds one image."""

    def __init__(self, path: str, media: str) -> None:
        self.data = Path(path).read_bytes()
        self.media = media

    def page(self, number: int, placement: Placement, decoded: bool = False) -> Scan:
        """The image; there is no page but 1.

        Raises:
            EOFError: another page is asked for.
        """
        if number != 1:
            raise EOFError(f"page {number} of a file of one image")
        if self.media == "image/jpeg" and not decoded:
            return jpeg.scan(self.data)
        with Image.open(io.BytesIO(self.data)) as image:
            orientation = int(image.getexif().get(jpeg.EXIF_ORIENTATION, 1))
            if self.media == "image/png" and not decoded and (raster := from_png(self.data)):
                return oriented(raster, orientation, "png data as scanned")
            if self.media == "image/jp2" and not decoded and (raster := jp2.keep(self.data)):
                return oriented(raster, orientation, "jpeg 2000 as scanned")
            raster, kept = lossless(image)
            return oriented(raster, orientation, kept)
