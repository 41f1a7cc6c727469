"""Step `clean`, second half: which pages are the same sheet scanned twice.

`fingerprint`: input an upright, deskewed page in grey; output 80 hexadecimal digits: the first 16 are a 64-bit perceptual hash, the other
64 a finer one of 256 bits. It holds no readable content. `duplicates`: input pages in the order they were scanned; output each repeated
page with the earlier one.
Promises precision before completeness: forms of the same kind that show different numbers (of persons, cases, telephones) are not
duplicates, whatever they look like; two scans of one sheet that differ in skew, light, noise or by a few millimetres usually are found.
Pages without enough text must look very nearly alike.
Risk accepted: two copies that agree in every character read (a form printed twice), or that differ in a name alone and show no number,
count as one sheet scanned twice; the clerk is told, nothing is deleted for it.

Method: DCT hash (Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions, 2010, 3.1.1) of where ink stands on the
sheet, not of its brightness, so that paper, light and lid do not matter; text is compared by its pairs of neighbouring characters (Dice),
which needs no reading order.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from domain.geometry import Placement
from domain.model import Page, PageRef
from domain.ports import Image

VERSION = "1"
_ALIKE, _VERY_ALIKE = 20, 36  # of 64 bits; of 256 bits
_SAME_TEXT, _ENOUGH_TEXT = 0.9, 16
_TRUSTED = 0.85  # confidence of a word whose digits are believed
_NUMBER = re.compile(r"[0-9][0-9A-Z]{3,}")


def fingerprint(upright: Image, placement: Placement) -> str:
    """80 hex digits for `upright` (H x W, uint8), the page as `placement` has put it; the enlargement for its skew is left out."""
    import cv2
    import numpy as np

    height, width = upright.shape
    w, h = (placement.width, placement.height) if placement.turned in (0, 180) else (placement.height, placement.width)
    across, down = min(width, max(8, w)), min(height, max(8, h))
    left, top = (width - across) // 2, (height - down) // 2
    scale = min(1.0, 1170 / max(across, down))
    page = cv2.resize(upright[top : top + down, left : left + across], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    spread = np.sqrt(cv2.resize(_strength(page), (32, 32), interpolation=cv2.INTER_AREA))
    waves = cv2.dct(spread.astype(np.float32))
    return _hex(waves[:8, :8]) + _hex(waves[:16, :16])


def duplicates(pages: Sequence[Page]) -> Mapping[PageRef, PageRef]:
    """The pages that repeat an earlier one of `pages`, each with the first it repeats. Blank, separator and unread pages take no part."""
    found: dict[PageRef, PageRef] = {}
    firsts: list[_Look] = []
    for page in pages:
        if page.blank or page.separator or page.failure is not None or len(page.fingerprint) != 80:
            continue
        look = _Look(page)
        earlier = next((first for first in firsts if look.repeats(first)), None)
        if earlier is None:
            firsts.append(look)
        else:
            found[page.ref] = earlier.ref
    return found


class _Look:
    """What two pages are compared by."""

    def __init__(self, page: Page) -> None:
        text = _plain(page.text)
        self.ref = page.ref
        self.coarse, self.fine = int(page.fingerprint[:16], 16), int(page.fingerprint[16:], 16)
        self.length = len(text)
        self.pairs = Counter(text[i : i + 2] for i in range(len(text) - 1))
        believed = _plain(" ".join(word.text for word in page.words if word.confidence >= _TRUSTED), keep=" ")
        self.numbers = set(_NUMBER.findall(believed))
        self.all_numbers = text

    def repeats(self, other: "_Look") -> bool:
        """Whether both are scans of one sheet."""
        if (self.coarse ^ other.coarse).bit_count() > _ALIKE:
            return False
        if min(self.length, other.length) < _ENOUGH_TEXT:
            return max(self.length, other.length) < 2 * _ENOUGH_TEXT and (self.fine ^ other.fine).bit_count() <= _VERY_ALIKE
        common = sum((self.pairs & other.pairs).values())
        alike = 2 * common / (sum(self.pairs.values()) + sum(other.pairs.values()))
        return alike >= _SAME_TEXT and not self._contradicts(other)

    def _contradicts(self, other: "_Look") -> bool:
        """Whether each page shows a number, read with confidence, that is nowhere on the other."""
        return any(n not in other.all_numbers for n in self.numbers) and any(n not in self.all_numbers for n in other.numbers)


def _plain(text: str, keep: str = "") -> str:
    """Text without blanks and width variants, in upper case."""
    text = unicodedata.normalize("NFKC", text).upper()
    return "".join(c for c in text if c in keep or not c.isspace())


def _strength(page: Image) -> Image:
    """How much darker each place is than the paper around it, 0..0.5; dark surroundings and the outermost 4 mm count nothing."""
    import cv2
    import numpy as np

    height, width = page.shape
    eighth = cv2.resize(page, (max(8, width // 8), max(8, height // 8)), interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(eighth, np.ones((3, 3), np.uint8)), (0, 0), 1)
    paper = np.maximum(cv2.resize(paper, (width, height)), 1).astype(np.float32)
    strength = np.clip(0.95 - page / paper, 0, 0.5)
    white = max(60.0, float(np.percentile(eighth, 90)))
    dark = cv2.copyMakeBorder((eighth < 0.5 * white).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    _, labels = cv2.connectedComponents(dark, connectivity=4)
    lid = cv2.dilate((labels == labels[0, 0]).astype(np.uint8), np.ones((5, 5), np.uint8))[1:-1, 1:-1]
    strength[cv2.resize(lid, (width, height), interpolation=cv2.INTER_NEAREST) > 0] = 0
    border = max(1, round(0.0135 * max(height, width)))
    strength[:border] = strength[-border:] = 0
    strength[:, :border] = strength[:, -border:] = 0
    return strength.astype(np.float32)


def _hex(waves: Image) -> str:
    """One bit a coefficient, 1 where it is above the median, as hexadecimal digits."""
    import numpy as np

    bits = (waves > np.median(waves)).ravel()
    return "".join(f"{byte:02x}" for byte in np.packbits(bits))
