"""Pages of a PDF that came in, reduced to their images.

Promises: a page that shows images alone (side by side, with or without unseen text) gives its image streams as they came; any other
page gives its picture, drawn by pdfium at the size it is displayed. Scripts, annotations, attachments, metadata and text never pass.
Risk accepted: colours given by a profile are taken for sRGB or grey.
"""

import io
import zlib
from collections.abc import Sequence
from contextlib import suppress
from itertools import combinations
from types import TracebackType
from typing import Any, Self

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from archive import jp2, jpeg
from archive.content import Shown, corners, shown
from archive.raster import Piece, Raster, Scan, flate, group4
from archive.rendering import picture
from domain.geometry import Box, Matrix, Placement, bound, compose

MALFORMED = (
    pikepdf.PdfError,
    pikepdf.exceptions.DependencyError,
    RuntimeError,
    zlib.error,
    OSError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    ArithmeticError,
)
"""What reading a file with errors in it raises. Drawing the page instead is always right, so none of these need be told apart."""
FLAT = 1_000_000
"""A drawn page of up to so many bytes is kept without loss; a larger one (a photograph) as JPEG."""
QUALITY = 90
FILTERS = {
    "/DCTDecode": "jpeg",
    "/CCITTFaxDecode": "ccitt",
    "/JBIG2Decode": "jbig2",
    "/FlateDecode": "flate",
    "/JPXDecode": "jpeg 2000",
}
CCITT_KEYS = ("K", "EndOfLine", "EncodedByteAlign", "Columns", "Rows", "EndOfBlock", "BlackIs1", "DamagedRowsBeforeError")
FLATE_KEYS = ("Predictor", "Colors", "BitsPerComponent", "Columns")
CHANNELS = {1: "gray", 3: "rgb"}


class PdfPages:
    """An open PDF."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.pdf: pikepdf.Pdf | None = None
        with suppress(pikepdf.PdfError, pikepdf.PasswordError):  # pdfium mends files that qpdf gives up on: those are drawn
            self.pdf = pikepdf.open(path)
        self.drawn: pdfium.PdfDocument | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.pdf is not None:
            self.pdf.close()
        if self.drawn is not None:
            self.drawn.close()

    def page(self, number: int, placement: Placement, decoded: bool = False) -> Scan:
        """Page `number`, from 1, as large as `placement` says if it has to be drawn. `decoded`: it has to.

        Raises:
            pdfium.PdfiumError, IndexError: the file cannot be opened, or there is no such page.
        """
        kept = None if self.pdf is None or decoded else _kept(self.pdf, number)
        if kept is not None:
            return kept
        if self.drawn is None:
            self.drawn = pdfium.PdfDocument(self.path)
        raster, how = _compact(picture(self.drawn[number - 1], placement.width, placement.height))
        return Scan((Piece(raster),), None, how)


def _kept(pdf: pikepdf.Pdf, number: int) -> Scan | None:
    """The page's images as they came; None if it has to be drawn, be it because it is richer than a scan or because it is malformed."""
    try:
        pieces = _pieces(pdf.pages[number - 1])
        if pieces is None:
            return None
        joined = _joined(pieces)
    except MALFORMED:
        return None
    if joined is not None:
        return Scan((joined,), None, "ccitt-g4 of several strips; pixels unchanged")
    names = sorted({FILTERS[p.raster.filter] for p, _ in pieces})
    return Scan(tuple(p for p, _ in pieces), None, f"{' and '.join(names)} as scanned")


def _compact(image: Image.Image) -> tuple[Raster, str]:
    gray = image.convert("L")
    if Image.merge("RGB", (gray, gray, gray)).tobytes() == image.tobytes():
        image = gray
    raster = flate(image)
    if len(raster.data) <= FLAT:
        return raster, "drawn; flate, pixels unchanged"
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY, subsampling=0)
    small = jpeg.keep(buffer.getvalue())
    assert small is not None
    return small, f"drawn; jpeg, quality {QUALITY}"


def _pieces(page: pikepdf.Page) -> list[tuple[Piece, Shown]] | None:
    """The images of a page as streams, in the order they are painted; None if they cannot be kept so."""
    images = shown(page)
    if images is None:
        return None
    to_display = _display(page)
    placed = [(item, compose(compose((1, 0, 0, -1, 0, 1), item.ctm), to_display)) for item in images]
    placed = [(item, m) for item, m in placed if _overlap(_bounds(m), (0, 0, 1, 1)) > 0]
    boxes = [_bounds(m) for _, m in placed]
    if not placed or any(_overlap(a, b) > 0.01 * min(_area(a), _area(b)) for a, b in combinations(boxes, 2)):
        return None
    pieces = []
    for item, m in placed:
        raster = _raster(item)
        if raster is None:
            return None
        pieces.append((Piece(raster, m), item))
    return pieces


def _display(page: pikepdf.Page) -> Matrix:
    """From user space to the unit square of the displayed page, y down: CropBox within MediaBox, then /Rotate clockwise."""
    crop, media = _box(page.cropbox), _box(page.mediabox)
    x0, y0, x1, y1 = max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3])
    if x1 <= x0 or y1 <= y0:
        x0, y0, x1, y1 = media
    w, h = x1 - x0, y1 - y0
    upright: Matrix = (1 / w, 0, 0, -1 / h, -x0 / w, y1 / h)
    turns: dict[int, Matrix] = {0: (1, 0, 0, 1, 0, 0), 90: (0, 1, -1, 0, 1, 0), 180: (-1, 0, 0, -1, 1, 1), 270: (0, -1, 1, 0, 0, 1)}
    return compose(upright, turns[_rotation(page.obj)])


def _rotation(node: Any) -> int:
    for _ in range(64):
        if "/Rotate" in node:
            return int(node["/Rotate"]) // 90 * 90 % 360
        if "/Parent" not in node:
            return 0
        node = node["/Parent"]
    return 0


def _box(values: Any) -> Box:
    a, b, c, d = (float(v) for v in values)
    return (min(a, c), min(b, d), max(a, c), max(b, d))


def _bounds(m: Matrix) -> Box:
    return bound([(*p, *p) for p in corners(m)])


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _overlap(a: Box, b: Box) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def _joined(pieces: Sequence[tuple[Piece, Shown]]) -> Piece | None:
    """Strips of one bilevel image, stacked upright without a gap, as one image; None if they are anything else."""
    stack = sorted(pieces, key=lambda pair: pair[0].matrix[5])
    rasters, matrices = [p.raster for p, _ in stack], [p.matrix for p, _ in stack]
    first, last = matrices[0], matrices[-1]
    width, height = rasters[0].width, sum(r.height for r in rasters)
    total = last[5] + last[3] - first[5]
    if len(stack) < 2 or total <= 0:
        return None
    if any(r.bits != 1 or r.decode or r.filter == "/JBIG2Decode" or r.width != width for r in rasters):
        return None
    at = first[5]
    for raster, m in zip(rasters, matrices, strict=True):
        level = m[1] == 0 and m[2] == 0 and m[0] == first[0] and m[4] == first[4] and m[3] > 0
        if not level or abs(m[5] - at) * height > total or abs(m[3] / raster.height - total / height) * height > total:
            return None
        at += m[3]
    whole = Image.new("1", (width, height), 1)
    y = 0
    for _, item in stack:
        strip = pikepdf.PdfImage(item.image).as_pil_image()
        whole.paste(strip.convert("1"), (0, y))
        y += strip.height
    return Piece(group4(whole), (first[0], 0, 0, total, first[4], first[5]))


def _raster(item: Shown) -> Raster | None:
    image = item.image
    width, height = int(image.get("/Width", 0)), int(image.get("/Height", 0))
    found = _stream(image)
    if found is None or width <= 0 or height <= 0:
        return None
    data, name, parms = found
    stencil = bool(image.get("/ImageMask", False))
    if stencil and item.fill != "black":
        return None
    bits = 1 if stencil or name in ("/CCITTFaxDecode", "/JBIG2Decode") else int(image.get("/BitsPerComponent", 8))
    colour = "gray" if stencil else _space(image.get("/ColorSpace"))
    decode = tuple(float(v) for v in image.get("/Decode", ()))
    if name == "/JPXDecode":
        return jp2.keep(data) if not decode else None
    if colour is None or bits not in (1, 2, 4, 8, 16):
        return None
    if name == "/DCTDecode":
        flag = int(parms["/ColorTransform"]) if "/ColorTransform" in parms else None
        raster = jpeg.keep(data, rgb=None if flag is None else flag == 0)
        if raster is None or raster.colour != colour or (raster.width, raster.height) != (width, height):
            return None
        return Raster(raster.data, width, height, 8, colour, name, decode=decode)
    shared = bytes(parms["/JBIG2Globals"].read_bytes()) if "/JBIG2Globals" in parms else None
    keys = {"/CCITTFaxDecode": CCITT_KEYS, "/FlateDecode": FLATE_KEYS}.get(name, ())
    kept = {k: _number(parms[f"/{k}"]) for k in keys if f"/{k}" in parms}
    return Raster(data, width, height, bits, colour, name, kept, decode, shared)


def _number(value: Any) -> int | bool:
    return value if isinstance(value, bool) else int(value)


def _stream(image: Any) -> tuple[bytes, str, Any] | None:
    """The image's data behind its last filter, that filter and its parameters; LZW, which PDF/A forbids, becomes Flate."""
    names = image.get("/Filter", pikepdf.Array([]))
    names = [str(n) for n in names] if isinstance(names, pikepdf.Array) else [str(names)]
    parms = image.get("/DecodeParms", pikepdf.Dictionary())
    parms = list(parms) if isinstance(parms, pikepdf.Array) else [parms]
    parms = [p if isinstance(p, pikepdf.Dictionary) else pikepdf.Dictionary() for p in parms] + [pikepdf.Dictionary()] * len(names)
    if len(names) == 1 and names[0] in FILTERS:
        return image.read_raw_bytes(), names[0], parms[0]
    if len(names) == 2 and names[0] == "/FlateDecode" and names[1] in FILTERS and not len(parms[0]):
        return zlib.decompress(image.read_raw_bytes()), names[1], parms[1]
    if all(n in ("/LZWDecode", "/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode") for n in names):
        return zlib.compress(image.read_bytes(), 4), "/FlateDecode", pikepdf.Dictionary()
    return None


def _space(space: Any) -> str | bytes | None:
    """Device grey, device RGB or a palette of RGB that stands for `space`; None if there is none."""
    if space in ("/DeviceGray", "/CalGray", "/G"):
        return "gray"
    if space in ("/DeviceRGB", "/CalRGB", "/RGB"):
        return "rgb"
    if not isinstance(space, pikepdf.Array) or not len(space):
        return None
    if space[0] in ("/CalGray", "/CalRGB"):
        return "gray" if space[0] == "/CalGray" else "rgb"
    if space[0] == "/ICCBased":
        return CHANNELS.get(int(space[1].get("/N", 0)))
    if space[0] == "/Indexed":
        base, table = _space(space[1]), space[3]
        colours = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
        if base == "rgb":
            return colours[: 3 * (int(space[2]) + 1)]
        return bytes(v for g in colours[: int(space[2]) + 1] for v in (g, g, g)) if base == "gray" else None
    return None
