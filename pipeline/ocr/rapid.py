"""RapidOCR with the PP-OCRv6 models that its wheel brings: finds lines, reads each, gives every character its box.

Promises: opens no connection and downloads nothing (both models are named by path); one thread; the same image gives the
same words. A page's reading is bounded: at most `Budget.lines` lines are read and no further line is begun once
`Budget.seconds` of this thread's CPU time are spent; the surest lines are read first, and `over_budget` says that
something was left out.
Does not promise: vertical text, or more than the 18,708 characters of the model.
Risk accepted: the detector itself is not interrupted; its cost is bounded by the size it works at.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from domain.errors import Misconfigured
from domain.model import Word
from domain.ports import Image
from pipeline.ocr.cells import words_of
from pipeline.ocr.ctc import decode
from pipeline.ocr.ink import soften
from pipeline.ocr.line import Line, Quad
from pipeline.ocr.strip import cut
from pipeline.order import ordered
from pipeline.sheet import ideograph

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNISER = "PP-OCRv6_rec_small.onnx"
HEIGHT = 48  # rows the recogniser works on
SHORTEST = 320  # columns it is given at least, as it was trained
LONGEST = 4096  # columns at most: bounds memory on a line drawn across a huge page
SMALLEST = 16  # pixels of a side below which there is nothing to read
LIKELY = 0.4  # mean of the detector's map below which a box is no line
SURE = 0.5  # mean score below which a line is taken for a pattern, not text


@dataclass(frozen=True, slots=True)
class Budget:
    """How much one page may cost: lines read, CPU seconds of recognition."""

    lines: int = 400
    seconds: float = 12.0


class RapidEngine:
    """The engine `rapidocr`. Build it once a process: loading the models costs about a second and 150 MB."""

    def __init__(self, budget: Budget | None = None, side: int = 1536, cpu: Callable[[], float] = time.thread_time) -> None:
        """Name the models; they are loaded with the first page.

        Args:
            budget: the bound for a page.
            side: pixels of the longer side the detector works at.
            cpu: seconds of CPU time spent so far.

        Raises:
            Misconfigured: rapidocr is not installed, or its wheel holds other models.
        """
        self.budget = budget or Budget()
        self.over_budget, self.calibrated = False, True
        self._side = side
        self._cpu = cpu
        self._models = _models()

    @property
    def name(self) -> str:
        """Engine, version and models."""
        return f"rapidocr {version('rapidocr')} PP-OCRv6-small"

    def read(self, image: Image, dpi: float) -> tuple[Word, ...]:
        """Words in reading order, boxes as fractions of `image`; `over_budget` tells whether that is all. `dpi` is not used.

        An image with no text gives ().
        """
        page = soften(image)
        return ordered(words_of(self.lines(page), page))

    def line(self, image: Image, dpi: float) -> str:
        """What the one line of text on `image` says; it is not looked for. `dpi` is not used."""
        height, width = image.shape[:2]
        if min(height, width) < 8:
            return ""
        line = self._recognise(soften(image), ((0, 0), (width, 0), (width, height), (0, height)))
        return line.text if line.text.strip() and sum(line.scores) / len(line.scores) >= SURE else ""

    def lines(self, page: Image) -> tuple[Line, ...]:
        """Lines as recognised on a softened page, in no order, corners in its pixels."""
        self.over_budget = False
        start = self._cpu()
        found: list[Line] = []
        quads = self._detect(page)
        for count, quad in enumerate(quads):
            if count >= self.budget.lines or self._cpu() - start > self.budget.seconds:
                self.over_budget = True
                break
            line = self._recognise(page, quad)
            if line.text.strip() and sum(line.scores) / len(line.scores) >= SURE:
                found.append(line)
        return tuple(found)

    def _detect(self, page: Image) -> list[Quad]:
        """Corners of lines, the surest and largest first."""
        if min(page.shape[:2]) < SMALLEST:
            return []
        result = self._finder(page, use_det=True, use_cls=False, use_rec=False)
        if result.boxes is None:
            return []
        scored = zip(result.scores, result.boxes.tolist(), strict=True)
        return [_quad(corners) for _, corners in sorted(scored, key=_sureness)]

    def _recognise(self, page: Image, quad: Quad) -> Line:
        strip = cut(page, quad).pixels
        width = min(LONGEST, max(8, round(strip.shape[1] * HEIGHT / strip.shape[0])))
        padded = max(SHORTEST, width)
        batch = np.zeros((1, 3, HEIGHT, padded), np.float32)
        scaled = cv2.resize(strip, (width, HEIGHT)).astype(np.float32)
        batch[0, :, :, :width] = scaled.transpose(2, 0, 1) / 127.5 - 1
        session, alphabet, rare = self._reader
        columns = session.run(None, {session.get_inputs()[0].name: batch})[0][0]
        text, scores, spans = decode(columns, alphabet, width / padded, rare)
        return Line(text, scores, spans, quad)

    @cached_property
    def _finder(self) -> Any:
        from rapidocr import RapidOCR

        return RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "Global.max_side_len": 100_000,
                "Det.model_path": str(self._models / DETECTOR),
                "Det.limit_type": "max",
                "Det.limit_side_len": self._side,
                "Det.box_thresh": LIKELY,
                "Rec.model_path": str(self._models / RECOGNISER),
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
            }
        )

    @cached_property
    def _reader(self) -> tuple[Any, list[str], Any]:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        session = onnxruntime.InferenceSession(str(self._models / RECOGNISER), options, providers=["CPUExecutionProvider"])
        characters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
        alphabet = ["", *characters, " "]
        return session, alphabet, np.array([_rare(c) for c in alphabet])


def _quad(corners: list[list[float]]) -> Quad:
    (a, b), (c, d), (e, f), (g, h) = corners
    return ((a, b), (c, d), (e, f), (g, h))


def _rare(symbol: str) -> bool:
    """Whether a symbol is a Chinese character outside GB 2312-1980: traditional and rare forms, which yield to a common one."""
    if len(symbol) != 1 or not ideograph(symbol):
        return False
    try:
        symbol.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _sureness(scored: tuple[float, list[list[float]]]) -> float:
    """Sorts boxes: surest first, and among them those too small for a word last."""
    score, quad = scored
    return -score * min(1.0, abs(quad[2][0] - quad[0][0]) / 100)


def _models() -> Path:
    try:
        import rapidocr
    except ImportError as error:
        raise Misconfigured("The OCR engine rapidocr is not installed: run `make install`.", engine="rapidocr") from error
    folder = Path(rapidocr.__file__).parent / "models"
    for model in (DETECTOR, RECOGNISER):
        if not (folder / model).is_file():
            raise Misconfigured(f"rapidocr lacks its model {model}: install the version of requirements.lock.", engine="rapidocr")
    return folder
