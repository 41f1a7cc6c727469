"""Writes a document as PDF/A-2u: every page its scan in the scan's own encoding, and its words unseen on top.

Promises: a page is its scan, no pixel of it compressed a second time where a PDF can hold it as it came, or the layers made of it where
those are given and smaller (`Written.kept` says page by page what was done); it is turned upright and straight by a matrix; the same
input gives the same bytes; nothing active or foreign but image data gets in.
Does not promise conformance by itself: archive/readback.py opens the file again, and the tests ask an independent validator.

Input: the receipts' files as they were taken in, and the document with boxes as fractions of the upright page. Untrusted bytes are parsed
here: run it in the sandbox.
"""

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from archive import glyphless, textlayer, xmp
from archive.held import held
from archive.layered import in_layers
from archive.raster import Scan
from archive.scans import Pages, open_scan
from archive.sheet import on_page, page_size
from archive.xmp import Meta
from domain.errors import Corrupt, of_the_disk
from domain.geometry import Matrix, apply, compose
from domain.layers import Layers
from domain.model import Document, Page
from domain.reasons import Reason

FONT = "/T"
STOPPED = {r.code for r in (Reason.TOOK_TOO_LONG, Reason.TOOK_TOO_MUCH_MEMORY, Reason.READER_FAILED)}
CONDITION = "sRGB IEC61966-2.1"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: number of pages, bytes of the file, how each page's scan was kept, and which pages (from 1) are in layers."""

    pages: int
    bytes: int
    kept: tuple[str, ...]
    layered: tuple[int, ...] = ()


def write(
    out: str,
    sources: Mapping[str, tuple[str, str]],
    document: Document,
    meta: Meta,
    decoded: Collection[int] = (),
    layers: Mapping[int, Layers] | None = None,
) -> Written:
    """Write `document` to the path `out`. `sources`: receipt id to (path of its file, media type).

    `decoded`: pages, from 1, of which the pixels are kept, not the stream, because viewers disagree about it (archive/make.py).
    `layers`: pages, from 1, in layers, which are used where they are smaller than the scan.

    Raises:
        Corrupt: a page names a receipt that is not among `sources`, or its scan is not of the size it was read at.
        Refused: a file cannot be opened as what it is said to be.
    """
    kept: list[str] = []
    layered: list[int] = []
    with pikepdf.new() as pdf, ExitStack() as open_files:
        opened: dict[str, Pages] = {}
        codes = glyphless.Codes()
        for number, page in enumerate(document.pages, start=1):
            if page.ref.receipt not in sources:
                raise Corrupt("a page of a receipt that was not given", receipt=page.ref.receipt, page=page.ref.number)
            if page.failure is None:
                if page.ref.receipt not in opened:
                    opened[page.ref.receipt] = open_files.enter_context(open_scan(*sources[page.ref.receipt]))
                scan = opened[page.ref.receipt].page(page.ref.number, page.placement, number in decoded)
                _check(page, scan)
                if layers and number in layers and (smaller := in_layers(layers[number], scan)):
                    scan = smaller
                    layered.append(number)
            else:
                scan = _unreadable(page, sources[page.ref.receipt])
            _add(pdf, page, scan, codes)
            kept.append(scan.kept)
        if codes.of:
            font = glyphless.embed(pdf, codes)
            for sheet in pdf.pages:
                sheet.obj.Resources.Font = Dictionary({FONT: font})
        _describe(pdf, meta)
        with held(Path(out)) as stream:
            pdf.save(
                stream,
                force_version="1.7",
                fix_metadata_version=False,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                compress_streams=True,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
            )
    return Written(len(kept), Path(out).stat().st_size, tuple(kept), tuple(layered))


def _add(pdf: pikepdf.Pdf, page: Page, scan: Scan, codes: glyphless.Codes) -> None:
    size = page_size(page)
    pdf.add_blank_page(page_size=size)
    sheet = pdf.pages[-1].obj
    sheet.MediaBox = Array([0, 0, *size])
    images = Dictionary()
    lines = []
    for number, piece in enumerate(scan.pieces):
        name = f"/S{number}"
        images[name] = piece.raster.embed(pdf)
        upright = compose(compose((1, 0, 0, -1, 0, 1), piece.matrix), on_page(page.placement, size))
        lines.append(f"q {_ink(piece.raster.colour)}{_numbers(upright)} cm {name} Do Q")
    if any(_outside(p.matrix) for p in scan.pieces):
        lines = ["q", _edge(on_page(page.placement, size)), *lines, "Q"]  # what a foreign page's crop hides stays hidden
    sheet.Resources = Dictionary(XObject=images)
    picture = "\n".join(lines).encode("ascii") + b"\n"
    sheet.Contents = pdf.make_stream(picture + textlayer.content(page.words, size, codes, FONT))


def _unreadable(page: Page, source: tuple[str, str]) -> Scan:
    """What stands for a page that could not be read: its scan after all, fitted into the page, or an empty page.

    What broke its reader off is not opened again: one bad page must not sink its stack. Any error is met with an empty page for the same
    reason; that the page failed, and why, was said when it was read, and the file itself is kept as it came.
    """
    nothing = Scan((), None, f"not readable ({page.failure}); an empty page stands for it")
    if page.failure in STOPPED:
        return nothing
    try:
        with open_scan(*source) as pages:
            scan = pages.page(page.ref.number, page.placement)
    except Exception as error:
        if of_the_disk(error):
            raise
        return nothing
    if scan.size is None:
        return scan
    wide = scan.size[0] / scan.size[1] * page.placement.height / page.placement.width
    x, y = min(1.0, wide), min(1.0, 1 / wide)
    fitted = tuple(replace(p, matrix=compose(p.matrix, (x, 0, 0, y, (1 - x) / 2, (1 - y) / 2))) for p in scan.pieces)
    return Scan(fitted, None, f"{scan.kept}; not readable ({page.failure}), its resolution is not known")


def _check(page: Page, scan: Scan) -> None:
    found, expected = scan.size, (page.placement.width, page.placement.height)
    if found is not None and found != expected:
        raise Corrupt(
            "a scan is not of the size it was read at",
            receipt=page.ref.receipt,
            page=page.ref.number,
            expected=list(expected),
            found=list(found),
        )


def _outside(m: Matrix) -> bool:
    return any(v < -0.001 or v > 1.001 for x in (0, 1) for y in (0, 1) for v in (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]))


def _edge(m: Matrix) -> str:
    points = [apply(m, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    return " ".join(f"{x:.3f} {y:.3f} {'l' if k else 'm'}" for k, (x, y) in enumerate(points)) + " h W n"


def _ink(colour: str | bytes | tuple[int, int, int]) -> str:
    """The operator that sets a stencil's colour."""
    return "".join(f"{v / 255:.3f} " for v in colour) + "rg " if isinstance(colour, tuple) else ""


def _numbers(m: Matrix) -> str:
    return " ".join(f"{v:.5f}".rstrip("0").rstrip(".") for v in m)


def _describe(pdf: pikepdf.Pdf, meta: Meta) -> None:
    profile = pdf.make_stream(srgb(), N=3)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=pikepdf.String(CONDITION),
                Info=pikepdf.String(CONDITION),
                DestOutputProfile=profile,
            )
        ]
    )
    pdf.Root.Lang = pikepdf.String(meta.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    metadata = pdf.make_stream(xmp.packet(meta), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = metadata
    for key, value in xmp.information(meta).items():
        pdf.docinfo[key] = pikepdf.String(value)


@cache
def srgb() -> bytes:
    """The sRGB profile that comes with casefile (archive/data/README.md)."""
    return files("archive").joinpath("data", "sRGB.icc").read_bytes()
