"""A child of the sandbox in which reading is faked: every page is upright and bears one word that is made from its pixels.

Everything else is real: the confinement, the decoding, skew, blanks, codes, quality, the archived PDF and its reading back. So a real
`serve` is quick enough to be killed hundreds of times (`tests/fakes/quick.py`).
"""

import hashlib

from app import child
from domain.model import Word
from pipeline import upright
from pipeline.ocr import engines


class QuickEngine:
    """Reads one word, `P` and ten hex digits of the image's digest, in the middle of the page."""

    name = "quick 1"
    over_budget = False

    def read(self, image, dpi):
        text = "P" + hashlib.sha256(image.tobytes()).hexdigest()[:10]
        step = 0.4 / len(text)
        boxes = tuple((0.3 + step * i, 0.45, 0.3 + step * (i + 1), 0.5) for i in range(len(text)))
        return (Word(text, (0.3, 0.45, 0.7, 0.5), boxes, 0.99, 0),)

    def line(self, image, dpi):
        return ""


engines.engine_named = lambda name="": QuickEngine()
upright.orientation = lambda image, thick=None: upright.Turn(0, 1.0)

if __name__ == "__main__":
    child.main()
