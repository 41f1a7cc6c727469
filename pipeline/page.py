"""One page, from the bytes of a received file to a `Page`: decode, blank?, upright, deskew, codes, quality, fingerprint, read.

Input: the file's path and media type, its receipt, the page's number, the names of the engine and the renderer. Output: `Page`. Nothing
is stored: the caller keeps the result under (digest of the file, page, engine, renderer, `VERSION`).
Promises: a page that cannot be decoded becomes a Page that says why (`failure`, quality flag `unreadable`); only `count_pages` refuses a
file. A page whose orientation cannot be told stays as it was scanned (`turned` None, its placement's `turned` 0). Blank pages are neither
turned nor read, separator sheets are turned but not read. Runs in a child process: it touches untrusted bytes.

A sheet with little ink is read before it is called blank: ink in which the engine finds next to no text, or finds more in its mirror
image, is dust or the print of the other side showing through (where a bilevel scan has made full black of it). Risk accepted: a sheet
with a single letter on it is blank.
"""

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from domain.errors import Refused
from domain.geometry import Placement, apply, invert, iou
from domain.layers import pack
from domain.model import Code, Page, PageRef, Quality, Word
from domain.ports import Image, OcrEngine
from domain.reasons import Reason
from pipeline import clean, codes, decode, deskew, embedded, layers, marks, pixels, quality, render, upright
from pipeline.decode import Decoded
from pipeline.marks import Blankness, Marks

VERSION = "page1." + "-".join(
    f"{step}{version}"
    for step, version in {
        "render": render.VERSION,
        "embedded": embedded.VERSION,
        "decode": decode.VERSION,
        "marks": marks.VERSION,
        "upright": upright.VERSION,
        "deskew": deskew.VERSION,
        "codes": codes.VERSION,
        "quality": quality.VERSION,
        "clean": clean.VERSION,
        "layers": layers.VERSION,
    }.items()
)
"""Changes whenever a step here would give another result; results are kept under it."""

_UNKNOWN = Placement(1654, 2339, 0, 0.0)  # A4 at 200 dpi stands for a page nobody could see
_UNKNOWN_DPI = (200.0, 200.0)
# a doubtful page is blank where fewer letters than these are read, with confidence and at all; dust and strokes are read as one or two
_SURE_WORD, _SURE_LETTERS, _LETTERS = 0.8, 1.5, 6.0
_OWN_WORD, _OWN_LETTERS, _BETTER = 0.9, 4.0, 0.15
_CLEAR = 0.96  # mean confidence that a mirror image never reaches
_SQUARE = 1.08  # pixels longer than wide by over this are made square for reading (fax resolutions)


def count_pages(path: str, media: str, renderer: str = "pdfium") -> int:
    """Number of pages of the file at `path`, of media type `media`.

    Raises:
        Refused: it cannot be opened, or holds no page.
    """
    return decode.count(path, media, render.renderer_named(renderer))


def read_page(
    path: str, media: str, receipt: str, number: int, engine: str = "rapidocr", renderer: str = "pdfium", parted: str | None = None
) -> Page:
    """Page `number` (from 1) of the file at `path`, made upright and read; with `parted` its layers, if any, are written there.

    Raises:
        Misconfigured: an engine, a renderer or a model is missing. Never Refused: an unreadable page says so itself.
    """
    from pipeline.ocr.engines import engine_named

    ref = PageRef(receipt, number)
    try:
        decoded = decode.decode(path, media, number, render.renderer_named(renderer))
    except Refused as refusal:
        return unreadable(ref, refusal.reason)
    except MemoryError:
        return unreadable(ref, Reason.TOOK_TOO_MUCH_MEMORY)
    sheet = look(decoded)
    page = Page(
        ref,
        sheet.placement,
        decoded.dpi,
        turned=sheet.turned,
        blank=sheet.blankness is Blankness.BLANK,
        separator=sheet.separator,
        quality=sheet.quality,
        codes=sheet.codes,
        fingerprint=sheet.fingerprint,
    )
    if page.blank or page.separator:
        return page
    reads = engine_named(engine)
    page = _read(page, sheet, reads)
    if parted is not None and not page.blank:
        _part(page, decoded, reads, Path(parted))
    return page


def _part(page: Page, decoded: Decoded, engine: OcrEngine, out: Path) -> None:
    """Write the page's layers to `out`. A page that was read is not lost for want of memory here: it is archived as it was scanned."""
    import cv2

    across, down = decoded.dpi
    if max(across, down) > _SQUARE * min(across, down):  # boxes of words are of a page whose pixels are made square
        return
    try:
        found = layers.part(decoded.image, across, page.placement, page.words, lambda strip: engine.line(strip, across))
    except (MemoryError, cv2.error):
        return
    if found:
        out.write_bytes(pack(found))


def unreadable(ref: PageRef, reason: Reason) -> Page:
    """The page that stands for one that could not be decoded: A4 at 200 dpi, without words."""
    return Page(ref, _UNKNOWN, _UNKNOWN_DPI, None, False, False, Quality(flags=("unreadable",)), failure=reason.code)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What can be told of a page without reading it. `image` is the upright page, None if there is none to read; `dpi` its resolution."""

    blankness: Blankness
    placement: Placement
    turned: int | None
    separator: bool
    quality: Quality
    codes: tuple[Code, ...]
    fingerprint: str
    image: Image | None
    dpi: float
    bilevel: bool = False


def look(decoded: Decoded) -> Sheet:
    """Everything the imaging steps tell of a decoded page."""
    image = decoded.image
    height, width = image.shape[:2]
    grey = pixels.grey(image)
    seen = marks.survey(grey, decoded.dpi)
    blankness = seen.blankness
    if blankness is Blankness.BLANK:
        flat = Placement(width, height, 0, 0.0)
        return Sheet(blankness, flat, None, False, Quality(ink=round(seen.ink, 5)), (), "", None, max(decoded.dpi))
    turned = upright.orientation(image, seen.thick()).turned
    placement = Placement(width, height, turned or 0, round(deskew.skew(_turned(grey, turned or 0)), 3))
    straight = straighten(image, placement)
    found = _codes(seen, grey, decoded.dpi, placement)
    return Sheet(
        blankness,
        placement,
        turned,
        codes.separator(seen, found),
        quality.quality(seen, decoded.dpi),
        tuple(code.placed(placement) for code in found),
        clean.fingerprint(pixels.grey(straight), placement),
        _squared(straight, decoded.dpi, placement.turned),
        max(decoded.dpi),
        seen.bilevel,
    )


def straighten(image: Image, placement: Placement) -> Image:
    """`image` as displayed, drawn on its upright page: `placement.size`, white where the scan does not reach."""
    if placement.skew == 0.0:
        return _turned(image, placement.turned)
    return pixels.upright(image, placement, placement.size)


def _turned(image: Image, turned: int) -> Image:
    """`image` turned counter-clockwise by `turned` degrees; itself for 0."""
    import cv2

    if turned == 0:
        return image
    return cv2.rotate(image, {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}[turned])


def _codes(seen: Marks, grey: Image, dpi: tuple[float, float], placement: Placement) -> tuple[codes.Found, ...]:
    """Codes on the page as displayed: sought on the reduced page; on a sheet that may be a separator also at full size, then deskewed."""
    found = codes.find(seen.small, seen.scale)
    if found or not codes.sparse(seen):
        return found
    if min(seen.scale) < 1:
        found = codes.find(grey)
    if found or placement.skew == 0.0:
        return found
    back = invert(placement.matrix)
    level = codes.find(straighten(grey, placement))
    return tuple(codes.Found(code.format, code.text, tuple(apply(back, x, y) for x, y in code.corners)) for code in level)


def _squared(image: Image, dpi: tuple[float, float], turned: int) -> Image:
    """The upright page with pixels as wide as high; boxes are fractions, so they hold for both."""
    import cv2

    across, down = dpi if turned in (0, 180) else (dpi[1], dpi[0])
    if max(across, down) <= _SQUARE * min(across, down):
        return image
    finest = max(across, down)
    return cv2.resize(image, None, fx=finest / across, fy=finest / down, interpolation=cv2.INTER_CUBIC)


def _read(page: Page, sheet: Sheet, engine: OcrEngine) -> Page:
    """`page` with its words; a doubtful one may turn out blank."""
    image = sheet.image
    assert image is not None
    words = engine.read(image, sheet.dpi)
    if sheet.blankness is Blankness.DOUBTFUL and not page.codes and _shows_through(words, image, sheet.dpi, engine):
        flat = Placement(page.placement.width, page.placement.height, 0, 0.0)
        return dataclasses.replace(page, placement=flat, turned=None, blank=True, quality=Quality(ink=page.quality.ink), fingerprint="")
    found = quality.read_too(page.quality, words, sheet.bilevel) if getattr(engine, "calibrated", False) else page.quality
    small = quality.small_print(words, image.shape[0], sheet.dpi)
    flags = (*found.flags, *(["small-print"] if small else []), *(["over-budget"] if getattr(engine, "over_budget", False) else []))
    return dataclasses.replace(page, words=words, engine=engine.name, quality=dataclasses.replace(found, flags=flags))


def _shows_through(words: tuple[Word, ...], image: Image, dpi: float, engine: OcrEngine) -> bool:
    """Whether what was read is no text of this side: next to nothing, or clearly less than is read in the mirror image.

    A few characters that are read here with confidence, and not as well in the mirror image at the same place, are text of this side
    however much shows through around them.
    """
    import cv2

    sure, all_read, letters = _weight(words, _SURE_WORD), _weight(words), sum(len(word.text) for word in words)
    if sure < _SURE_LETTERS and all_read < _LETTERS:
        return True
    if all_read > _CLEAR * letters:
        return False
    mirrored = engine.read(cv2.flip(image, 1), dpi)
    if _weight(mirrored, _SURE_WORD) <= 1.3 * sure + _LETTERS:
        return False
    back = [((1 - word.box[2], word.box[1], 1 - word.box[0], word.box[3]), word.confidence) for word in mirrored]
    own = [w for w in words if all(c < w.confidence - _BETTER for box, c in back if iou(box, w.box) > 0)]
    return _weight(tuple(own), _OWN_WORD) < _OWN_LETTERS


def _weight(words: tuple[Word, ...], least: float = 0.0) -> float:
    """Characters read, each counted by its word's confidence if that is at least `least`."""
    return sum(len(word.text) * word.confidence for word in words if word.confidence >= least)
