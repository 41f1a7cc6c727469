"""A page's layers (domain/layers.py) as the pieces of a PDF page.

Promises: stencils are group 4, checked by decoding again; pictures are JPEGs of the size and colours they say; anything else is no layers,
and the page is kept as it was scanned. Layers are used only where they are clearly smaller than the scan.
"""

import io
from pathlib import Path

from PIL import Image

from archive import jpeg
from archive.raster import Piece, Raster, Scan, group4
from domain.errors import Corrupt
from domain.geometry import Matrix
from domain.layers import Layers, Picture, Stencil, unpack

WORTH = 0.8
"""Of the bytes of the scan's own streams."""
KEPT = "in layers"


def opened(path: str) -> Layers | None:
    """The layers in the file at `path`; None if there are none in it."""
    try:
        return unpack(Path(path).read_bytes())
    except (FileNotFoundError, Corrupt):
        return None


def in_layers(layers: Layers, scan: Scan) -> Scan | None:
    """What is archived of `scan` instead of itself, or None: its layers are no smaller, or not what they must be."""
    if scan.size not in (None, layers.size):
        return None
    try:
        pictures = [_picture(picture, layers.size) for picture in (layers.ground, *layers.pieces)]
        stencils = [_stencil(stencil, layers.size) for stencil in layers.stencils]
        over = [_picture(picture, layers.size) for picture in layers.over]
    except (ValueError, OSError, Corrupt, Image.DecompressionBombError):
        return None
    pieces = (*pictures, *stencils, *over)
    if sum(len(p.raster.data) for p in pieces) > WORTH * sum(len(p.raster.data) for p in scan.pieces):
        return None
    return Scan(pieces, scan.size, f"{KEPT}: {len(pictures) + len(over)} of the picture, {len(stencils)} of ink")


def _picture(picture: Picture, size: tuple[int, int]) -> Piece:
    raster = jpeg.keep(picture.jpeg)
    if raster is None:
        raise ValueError("no JPEG that a PDF can hold")
    return Piece(raster, _place(picture.box, size))


def _stencil(stencil: Stencil, size: tuple[int, int]) -> Piece:
    box = stencil.box
    with Image.open(io.BytesIO(stencil.png), formats=("PNG",)) as image:
        if image.mode != "1" or image.size != (box[2] - box[0], box[3] - box[1]) or not all(0 <= c <= 255 for c in stencil.colour):
            raise ValueError("no stencil")
        raster = group4(image)
    ink = Raster(raster.data, raster.width, raster.height, 1, stencil.colour, raster.filter, raster.parms)
    return Piece(ink, _place(box, size))


def _place(box: tuple[int, int, int, int], size: tuple[int, int]) -> Matrix:
    """From the unit square to where `box` lies in the displayed page's."""
    (x0, y0, x1, y1), (width, height) = box, size
    if not (0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height):
        raise ValueError("off the page")
    return ((x1 - x0) / width, 0.0, 0.0, (y1 - y0) / height, x0 / width, y0 / height)
