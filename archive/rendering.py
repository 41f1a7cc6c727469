"""Draws pages of a PDF with pdfium."""

from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray
from PIL import Image

POINTS = 72


def picture(page: Any, width: int, height: int) -> Image.Image:
    """An open page as displayed, annotations included, exactly `width` x `height` pixels, RGB on white."""
    bitmap = pdfium.PdfBitmap.new_native(width, height, pdfium_c.FPDFBitmap_BGRx)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    pdfium_c.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium_c.FPDF_ANNOT)
    image = Image.frombuffer("RGB", (width, height), bytes(bitmap.buffer), "raw", "BGRX", bitmap.stride, 1)
    bitmap.close()
    return image


def page_image(pdf: str, page: int, dpi: float) -> NDArray[np.uint8]:
    """Page `page` (from 1) of the file `pdf` at `dpi`: H x W x 3, BGR, uint8."""
    with pdfium.PdfDocument(pdf) as document:
        sheet = document[page - 1]
        width, height = sheet.get_size()
        size = (max(1, round(width * dpi / POINTS)), max(1, round(height * dpi / POINTS)))
        return np.ascontiguousarray(np.asarray(picture(sheet, *size))[:, :, ::-1])
