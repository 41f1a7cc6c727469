"""Engines by name, one of each in a process: loading models is dear, so they are kept."""

from functools import cache
from typing import Protocol

from domain.errors import Misconfigured
from domain.ports import OcrEngine

DEFAULT = "rapidocr"
NAMES = ("rapidocr", "tesseract")


class BoundedEngine(OcrEngine, Protocol):
    """An engine whose reading of a page is bounded: `over_budget` tells, after `read`, that words may be missing."""

    over_budget: bool
    calibrated: bool
    """Whether its confidence is one that `pipeline.quality.read_too` was measured with."""


@cache
def engine_named(name: str = DEFAULT) -> BoundedEngine:
    """The engine called `name`, made at the first call in this process.

    Raises:
        Misconfigured: no such engine, or what it needs is not installed; the message says what to do.
    """
    if name == "rapidocr":
        from pipeline.ocr.rapid import RapidEngine

        return RapidEngine()
    if name == "tesseract":
        from pipeline.ocr.tesseract import TesseractEngine

        return TesseractEngine()
    raise Misconfigured(f"No OCR engine is called {name!r}. Set ocr.engine to one of: {', '.join(NAMES)}.", engine=name)
