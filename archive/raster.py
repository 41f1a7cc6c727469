"""An image as a PDF image stream holds it, and the lossless ways to make one from pixels.

Promises: nothing here loses a pixel, except where `plain` says so in words (alpha, deep samples, inks). One bit a pixel becomes CCITT
group 4 (ITU-T T.6), checked by decoding it again; everything else Flate with PNG predictors (ISO 32000-1, 7.4.4.4).
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from domain.errors import Corrupt
from domain.geometry import Matrix

LEVEL = 4
"""zlib level: 6 takes three times as long for a tenth less, measured on scanned colour pages."""
WHOLE: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Raster:
    """One image stream: `data` as `filter` encodes it, `width` x `height` samples of `bits`.

    `colour` is "gray", "rgb", the bytes of a palette (3 a colour), or, of a stencil, the red, green and blue (0..255)
    that its zeros are painted in. `parms` are the filter's parameters, `decode` the Decode array, `shared` the JBIG2 globals.
    """

    data: bytes
    width: int
    height: int
    bits: int
    colour: str | bytes | tuple[int, int, int]
    filter: str
    parms: Mapping[str, int | bool] = field(default_factory=dict)
    decode: tuple[float, ...] = ()
    shared: bytes | None = None

    def embed(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """Add the image to `pdf` as an image XObject (ISO 32000-1, 8.9.5)."""
        stream = pdf.make_stream(
            self.data, Type=Name.XObject, Subtype=Name.Image, Width=self.width, Height=self.height, BitsPerComponent=self.bits
        )
        stream.Filter = Name(self.filter)
        if isinstance(self.colour, tuple):
            stream.ImageMask = True
        elif isinstance(self.colour, bytes):
            last = len(self.colour) // 3 - 1
            stream.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, last, pikepdf.String(self.colour)])
        else:
            stream.ColorSpace = Name.DeviceGray if self.colour == "gray" else Name.DeviceRGB
        if self.parms or self.shared is not None:
            stream.DecodeParms = Dictionary({f"/{k}": v for k, v in self.parms.items()})
        if self.shared is not None:
            stream.DecodeParms.JBIG2Globals = pdf.make_stream(self.shared)
        if self.decode:
            stream.Decode = Array(list(self.decode))
        return stream


@dataclass(frozen=True, slots=True)
class Piece:
    """A raster and where it lies: `matrix` from its unit square to the displayed scan's, both with y down."""

    raster: Raster
    matrix: Matrix = WHOLE


@dataclass(frozen=True, slots=True)
class Scan:
    """What one scanned page shows: its pieces, `size` as displayed in pixels (None: a PDF's page has none), how it was `kept`."""

    pieces: tuple[Piece, ...]
    size: tuple[int, int] | None
    kept: str


ORIENTATIONS: dict[int, Matrix] = {
    1: WHOLE,
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, 1, 1, 0, 0, 0),
    6: (0, 1, -1, 0, 1, 0),
    7: (0, -1, -1, 0, 1, 1),
    8: (0, -1, 1, 0, 0, 1),
}
"""EXIF 2.32 and TIFF 6.0, tag 274: from the stored image's unit square to the displayed one's."""


def oriented(raster: Raster, orientation: int, kept: str) -> Scan:
    """A whole scan of one raster that is stored turned or mirrored as tag 274 says."""
    size = (raster.width, raster.height) if orientation not in (5, 6, 7, 8) else (raster.height, raster.width)
    return Scan((Piece(raster, ORIENTATIONS.get(orientation, WHOLE)),), size, kept)


def lossless(image: Image.Image) -> tuple[Raster, str]:
    """`image` as G4 or Flate, and what was done to it."""
    image, changes = plain(image)
    raster = group4(image) if image.mode == "1" else flate(image)
    return raster, "; ".join(["ccitt-g4" if image.mode == "1" else "flate", *(changes or ["pixels unchanged"])])


def plain(image: Image.Image) -> tuple[Image.Image, list[str]]:
    """`image` in mode 1, L, P or RGB, and what had to be given up for it."""
    changes = []
    if image.mode in ("LA", "La", "RGBA", "RGBa", "PA") or "transparency" in image.info:
        ground = Image.new("RGBA", image.size, "white")
        flat = Image.alpha_composite(ground, image.convert("RGBA"))
        image = flat.convert("L" if image.mode in ("LA", "La", "1", "L") else "RGB")
        changes.append("transparency laid on white")
    if image.mode.startswith("I"):
        image = _eight(image)
        changes.append("16 bits a sample reduced to 8")
    if image.mode not in ("1", "L", "P", "RGB"):
        changes.append(f"{image.mode} turned into RGB")
        image = image.convert("RGB")
    return image, changes


def _eight(image: Image.Image) -> Image.Image:
    deep = np.asarray(image).astype(np.uint32)
    return Image.fromarray(((deep.clip(0, 65535) + 128) // 257).astype(np.uint8))


def flate(image: Image.Image) -> Raster:
    """`image` (mode L, P or RGB) with libpng's choice of predictors."""
    buffer = io.BytesIO()
    Image.Image.save(_bare(image), buffer, "PNG", compress_level=LEVEL)
    raster = from_png(buffer.getvalue())
    if raster is None:
        raise Corrupt("a PNG just made cannot be used", mode=image.mode)
    return raster


def _bare(image: Image.Image) -> Image.Image:
    copy = image.copy()
    copy.info = {}
    return copy


def from_png(data: bytes) -> Raster | None:
    """The compressed data of a PNG as they are; None if a PDF cannot take them (interlaced, transparent, 16 bits): ISO/IEC 15948."""
    at, header, palette, body = 8, b"", b"", []
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        chunk = data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"IHDR":
            header = chunk
        elif kind == b"PLTE":
            palette = chunk
        elif kind == b"tRNS":
            return None
        elif kind == b"IDAT":
            body.append(chunk)
    if len(header) != 13 or not body:
        return None
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    bits, colour, interlace = header[8], header[9], header[12]
    if interlace or bits > 8 or colour not in (0, 2, 3) or (colour == 3 and not palette):
        return None
    parms = {"Predictor": 15, "Colors": 3 if colour == 2 else 1, "BitsPerComponent": bits, "Columns": width}
    space: str | bytes = palette if colour == 3 else ("rgb" if colour == 2 else "gray")
    return Raster(b"".join(body), width, height, bits, space, "/FlateDecode", parms)


def group4(image: Image.Image) -> Raster:
    """`image` (mode 1) as one CCITT group 4 stream.

    Raises:
        Corrupt: decoding it again gives other pixels.
    """
    buffer = io.BytesIO()
    _bare(image).save(buffer, "TIFF", compression="group4", strip_size=1 << 30)
    with Image.open(buffer) as again:
        tags = dict(again.tag_v2)  # type: ignore[attr-defined]
        if len(tags[273]) != 1 or again.tobytes() != image.tobytes():
            raise Corrupt("group 4 does not give back the pixels it was made from", width=image.width, height=image.height)
    data = buffer.getvalue()[tags[273][0] : tags[273][0] + tags[279][0]]
    return ccitt(data, image.width, image.height, tags[262] == 1)


def ccitt(data: bytes, width: int, height: int, black_is_1: bool) -> Raster:
    """A group 4 stream. `black_is_1`: its black runs stand for white paper, as with TIFF's BlackIsZero."""
    parms: dict[str, int | bool] = {"K": -1, "Columns": width, "Rows": height}
    if black_is_1:
        parms["BlackIs1"] = True
    return Raster(data, width, height, 1, "gray", "/CCITTFaxDecode", parms)
