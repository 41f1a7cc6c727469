"""Two ways to draw a page of a PDF, behind the one port `domain.ports.Renderer`.

Promises: a page comes out as a viewer shows it (crop box, /Rotate and annotations applied), BGR, 8 bits, on white; a page that would
exceed `MAX_PIXELS` is refused before anything is drawn; a file that cannot be opened or drawn is Refused, never another error.
Does not promise that both renderers give the same pixels (anti-aliasing differs), only the same size to one pixel and the same picture.
Risk accepted: both parse untrusted bytes in native code; callers run them in the sandboxed child process.

PDFium is the default: drawing costs it a third to a thirteenth of what poppler's programs cost. Poppler is kept as the fallback and the
cross-check.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from domain.errors import Misconfigured, Refused, of_the_disk
from domain.ports import Image, Renderer
from domain.reasons import Reason

VERSION = "1"
MAX_PIXELS = 200_000_000
"""The largest page, in pixels, that is ever decoded or drawn."""


def check_size(width: float, height: float) -> None:
    """Refuse a page of `width` x `height` pixels that is empty or larger than `MAX_PIXELS`.

    Raises:
        Refused: PAGE_TOO_LARGE, or DAMAGED for a side that is no positive number.
    """
    if not (math.isfinite(width) and math.isfinite(height)) or width < 1 or height < 1:
        raise Refused(Reason.DAMAGED, "a page has no size")
    if width * height > MAX_PIXELS:
        raise Refused(Reason.PAGE_TOO_LARGE, f"a page has over {MAX_PIXELS} pixels", limit=MAX_PIXELS)


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The PDF at `path` as a pypdfium2 document, closed afterwards.

    Raises:
        Refused: ENCRYPTED, DAMAGED or NO_PAGES; also for whatever PDFium itself cannot do inside the block.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise Refused(Reason.ENCRYPTED, "the PDF asks for a password") from error
        raise Refused(Reason.DAMAGED, "the PDF cannot be opened") from error
    try:
        if len(document) < 1:
            raise Refused(Reason.NO_PAGES, "the PDF has no page")
        yield document
    except pypdfium2.PdfiumError as error:
        raise Refused(Reason.DAMAGED, "a page of the PDF cannot be read") from error
    finally:
        document.close()


def page_of(document: Any, number: int) -> Any:
    """Page `number` (from 1) of a pypdfium2 document.

    Raises:
        Refused: DAMAGED, the document has no such page.
    """
    if not 1 <= number <= len(document):
        raise Refused(Reason.DAMAGED, f"the PDF has no page {number}")
    return document[number - 1]


class PdfiumRenderer:
    """PDFium through pypdfium2, inside this process."""

    def count(self, path: Path) -> int:
        """Number of pages.

        Raises:
            Refused
        """
        with opened(path) as document:
            return len(document)

    def render(self, path: Path, page: int, dpi: float) -> Image:
        """Page `page` (from 1) as displayed, BGR, at `dpi`.

        Raises:
            Refused
        """
        import pypdfium2

        with opened(path) as document:
            sheet = page_of(document, page)
            width, height = sheet.get_size()
            check_size(width * dpi / 72, height * dpi / 72)
            if document.get_formtype() != pypdfium2.raw.FORMTYPE_NONE:
                document.init_forms()
                sheet = page_of(document, page)
            bitmap = sheet.render(scale=dpi / 72, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGR)
            return bitmap.to_numpy().copy()


class Pdf2imageRenderer:
    """Poppler's pdftoppm and pdfinfo through pdf2image, in a process of their own."""

    def __init__(self, timeout: float = 120.0) -> None:
        self.timeout = timeout

    def _info(self, path: Path, number: int = 1) -> dict[str, Any]:
        import pdf2image
        from pdf2image import exceptions

        try:
            found: dict[str, Any] = pdf2image.pdfinfo_from_path(str(path), timeout=int(self.timeout), first_page=number, last_page=number)
        except exceptions.PDFInfoNotInstalledError as error:
            raise Misconfigured("poppler's pdfinfo is not installed; apt-get install poppler-utils, or use the pdfium renderer") from error
        except exceptions.PDFPopplerTimeoutError as error:
            raise Refused(Reason.TOOK_TOO_LONG, "poppler did not finish in time") from error
        except exceptions.PDFPageCountError as error:
            encrypted = "password" in str(error).lower()
            raise Refused(Reason.ENCRYPTED if encrypted else Reason.DAMAGED, "the PDF cannot be opened") from error
        return found

    def count(self, path: Path) -> int:
        """Number of pages.

        Raises:
            Refused
            Misconfigured: poppler is not installed.
        """
        pages = int(self._info(path).get("Pages", 0))
        if pages < 1:
            raise Refused(Reason.NO_PAGES, "the PDF has no page")
        return pages

    def render(self, path: Path, page: int, dpi: float) -> Image:
        """Page `page` (from 1) as displayed, BGR, at `dpi` (poppler takes whole numbers: rounded).

        Raises:
            Refused
            Misconfigured: poppler is not installed.
        """
        import cv2
        import numpy as np
        import pdf2image
        from pdf2image import exceptions

        info = self._info(path, page)
        if not 1 <= page <= int(info.get("Pages", 0)):
            raise Refused(Reason.DAMAGED, f"the PDF has no page {page}")
        width, height = _points(info, page)
        check_size(width * dpi / 72, height * dpi / 72)
        try:
            images = pdf2image.convert_from_path(
                path, dpi=round(dpi), first_page=page, last_page=page, use_cropbox=True, thread_count=1, timeout=int(self.timeout)
            )
        except exceptions.PDFPopplerTimeoutError as error:
            raise Refused(Reason.TOOK_TOO_LONG, "poppler did not finish in time") from error
        except (exceptions.PDFPageCountError, exceptions.PDFSyntaxError, OSError, ValueError) as error:
            if of_the_disk(error):
                raise
            raise Refused(Reason.DAMAGED, "a page of the PDF cannot be drawn") from error
        if not images:
            raise Refused(Reason.DAMAGED, "a page of the PDF cannot be drawn")
        return cv2.cvtColor(np.asarray(images[0].convert("RGB")), cv2.COLOR_RGB2BGR)


def _points(info: dict[str, Any], page: int) -> tuple[float, float]:
    """Width and height in points from what pdfinfo says of a page: `Page    1 size: 595 x 842 pts (A4)`, before /Rotate."""
    for key, value in info.items():
        if key == "Page size" or (key.split()[:2] == ["Page", str(page)] and key.endswith("size")):
            words = str(value).split()
            return float(words[0]), float(words[2])
    raise Refused(Reason.DAMAGED, "a page of the PDF has no size")


def renderer_named(name: str) -> Renderer:
    """The renderer called `pdfium` or `poppler` (`pdf2image`, which runs it, is another name for it).

    Raises:
        Misconfigured: no renderer has that name.
    """
    if name == "pdfium":
        return PdfiumRenderer()
    if name in ("poppler", "pdf2image"):
        return Pdf2imageRenderer()
    raise Misconfigured(f"there is no renderer {name!r}: use pdfium or poppler", setting="renderer")
