"""Tesseract through pytesseract, as a second engine behind the same port.

Promises: the same words, boxes and order as any engine; one thread; Tesseract is stopped when it takes longer than
`seconds` for a page.
Does not promise Chinese of RapidOCR's quality: on clean print it reads as well, under seals and on small print it does
not. Languages are looked for under both spellings, `chi_sim` (Tesseract's) and `chi-sim` (Debian's package).
"""

import os
import shutil
from collections.abc import Mapping
from functools import cached_property
from itertools import groupby
from typing import Any

import cv2

from domain.errors import Misconfigured
from domain.geometry import Box, bound
from domain.model import Word, text_of
from domain.ports import Image
from pipeline.ocr.cells import east_asian
from pipeline.ocr.ink import soften
from pipeline.order import ordered

APT = "apt-get install -y tesseract-ocr tesseract-ocr-chi-sim"
SURE = 0.3  # confidence below which a symbol is a speck


class TesseractEngine:
    """The engine `tesseract`."""

    def __init__(self, languages: tuple[str, ...] = ("chi_sim", "eng"), seconds: float = 60.0) -> None:
        """Find the program and its languages.

        Args:
            languages: read together, the first weighing most.
            seconds: wall time a page may take.

        Raises:
            Misconfigured: program or language missing; the message has the line to install it.
        """
        self.over_budget, self.calibrated = False, False
        self._seconds = seconds
        if shutil.which("tesseract") is None:
            raise Misconfigured(f"Tesseract is not installed: {APT}", engine="tesseract")
        import pytesseract

        self._program = pytesseract
        present = {str(n).replace("-", "_"): str(n) for n in pytesseract.get_languages(config="")}
        missing = [n for n in languages if n.replace("-", "_") not in present]
        if missing:
            packages = " ".join(f"tesseract-ocr-{n.replace('_', '-')}" for n in missing)
            raise Misconfigured(f"Tesseract lacks {', '.join(missing)}: apt-get install -y {packages}", engine="tesseract")
        self._languages = "+".join(present[n.replace("-", "_")] for n in languages)

    @cached_property
    def name(self) -> str:
        """Engine, version and languages."""
        return f"tesseract {self._program.get_tesseract_version()} {self._languages}"

    def read(self, image: Image, dpi: float) -> tuple[Word, ...]:
        """Words in reading order, boxes as fractions of `image`; () for an image without text.

        When the time is up the answer is () and `over_budget` is set.
        """
        self.over_budget = False
        return self._read(image, dpi, 3)

    def line(self, image: Image, dpi: float) -> str:
        """What the one line of text on `image` says."""
        return text_of(self._read(image, dpi, 7))

    def _read(self, image: Image, dpi: float, layout: int) -> tuple[Word, ...]:
        """`layout`: Tesseract's page segmentation mode."""
        page = soften(image)
        if min(page.shape[:2]) < 16:
            return ()
        os.environ["OMP_THREAD_LIMIT"] = "1"
        config = f"--psm {layout} --dpi {round(dpi) or 300} -c tessedit_create_boxfile=0 -c hocr_char_boxes=1"
        try:
            hocr = self._program.image_to_pdf_or_hocr(
                cv2.cvtColor(page, cv2.COLOR_BGR2RGB), lang=self._languages, extension="hocr", config=config, timeout=self._seconds
            )
        except RuntimeError as error:
            if "timeout" not in str(error):
                raise
            self.over_budget = True
            return ()
        height, width = page.shape[:2]
        return ordered(_words(hocr.decode("utf-8"), width, height))


def _words(hocr: str, width: int, height: int) -> list[Word]:
    """The words of Tesseract's hOCR: lines of words of characters, each with its box in pixels and its confidence in per cent."""
    from xml.etree import ElementTree

    words: list[Word] = []
    root = ElementTree.fromstring(hocr)  # noqa: S314 - written by the program just run, not by a stranger
    lines = [e for e in root.iter() if e.get("class") in ("ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption")]
    for index, line in enumerate(lines):
        row = _box(_title(line)["bbox"], width, height)
        first = True
        for word in (e for e in line.iter() if e.get("class") == "ocrx_word"):
            symbols = [(e.text or "", _title(e)) for e in word.iter() if e.get("class") == "ocrx_cinfo"]
            kept = [(text, title) for text, title in symbols if text.strip() and float(title["x_conf"][0]) >= 100 * SURE]
            for _, run in groupby(kept, key=lambda s: east_asian(s[0])):
                pairs = [(c, title) for text, title in run for c in text]
                boxes = tuple(_level(_box(title["x_bboxes"], width, height), row) for _, title in pairs)
                scores = tuple(round(float(title["x_conf"][0]) / 100, 3) for _, title in pairs)
                words.append(Word("".join(c for c, _ in pairs), bound(boxes), boxes, sum(scores) / len(scores), index, not first, scores))
            first = first and not kept
    return words


def _level(box: Box, row: Box) -> Box:
    """A character's box as high as its line, as other engines give it."""
    return (box[0], row[1], box[2], row[3])


def _title(element: Any) -> Mapping[str, list[str]]:
    """Properties in hOCR: `bbox 1 2 3 4; x_conf 96` as a mapping."""
    parts = (part.split() for part in (element.get("title") or "").split(";"))
    return {part[0]: part[1:] for part in parts if part}


def _box(numbers: list[str], width: int, height: int) -> Box:
    x0, y0, x1, y1 = (float(n) for n in numbers[:4])
    return (x0 / width, y0 / height, x1 / width, y1 / height)
