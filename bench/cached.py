"""Keeps what the engine said of each truth page under a folder in /tmp, so that what follows can be tuned without reading again."""

import pickle
import time
from dataclasses import dataclass
from pathlib import Path

import cv2

from bench.truth_pages import TruthPage
from domain.ports import Image
from pipeline.ocr.ink import soften
from pipeline.ocr.line import Line
from pipeline.ocr.rapid import RapidEngine

FOLDER = Path("/tmp/casefile-bench")


@dataclass(frozen=True)
class Reading:
    """Lines of a page, the softened page they were read on, CPU seconds and whether the budget was exceeded."""

    lines: tuple[Line, ...]
    page: Image
    seconds: float
    over: bool


def reading(page: TruthPage, engine: RapidEngine) -> Reading:
    """What the engine says of the page made upright by truth; read once, then kept."""
    FOLDER.mkdir(exist_ok=True)
    kept = kept_at(page)
    picture = kept.with_suffix(".png")
    if kept.exists():
        lines, seconds, over = pickle.loads(kept.read_bytes())
        return Reading(lines, cv2.cvtColor(cv2.imread(str(picture), cv2.IMREAD_GRAYSCALE), cv2.COLOR_GRAY2BGR), seconds, over)
    upright = page.upright()
    start = time.process_time()
    softened = soften(upright)
    lines = engine.lines(softened)
    seconds = time.process_time() - start
    cv2.imwrite(str(picture), softened[:, :, 0], [cv2.IMWRITE_PNG_COMPRESSION, 1])
    kept.write_bytes(pickle.dumps((lines, seconds, engine.over_budget)))
    return Reading(lines, softened, seconds, engine.over_budget)


def kept_at(page: TruthPage) -> Path:
    """Where the reading of a page is kept."""
    return FOLDER / f"{page.session}-{hash_of(str(page.path)):08x}-{page.truth['page']}.pickle"


def hash_of(text: str) -> int:
    """The same number in every process."""
    import zlib

    return zlib.crc32(text.encode())
