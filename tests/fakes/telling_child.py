"""A child of the sandbox in which every page says what stands in four lines of the file named by PLANTED (a JSON list of lists of words)."""

import hashlib
import json
import os
from pathlib import Path

from app import child
from domain.model import Word
from pipeline import upright
from pipeline.ocr import engines

LINES = json.loads(Path(os.environ["PLANTED"]).read_text())


class TellingEngine:
    name = "telling 1"
    over_budget = False

    def read(self, image, dpi):
        first = int(hashlib.sha256(image.tobytes()).hexdigest()[:8], 16)
        line = [text for more in range(4) for text in LINES[(first + more) % len(LINES)]]
        return tuple(_word(text, row, len(line)) for row, text in enumerate(line))


def _word(text, row, rows):
    top, step = 0.05 + 0.9 * row / rows, 0.4 / len(text)
    bottom = top + 0.6 / rows
    boxes = tuple((0.1 + step * i, top, 0.1 + step * (i + 1), bottom) for i in range(len(text)))
    return Word(text, (0.1, top, 0.5, bottom), boxes, 0.99, row)


engines.engine_named = lambda name="": TellingEngine()
upright.orientation = lambda image, thick=None: upright.Turn(0, 1.0)

if __name__ == "__main__":
    child.main()
