"""A page's text as one string in which every character knows its box, written the way rules compare it.

Conventions: full width becomes half width where that is one character for one (NFKC), blanks are left out; rows are
parted by a newline, cells of a row (a gap wider than the row is high) by a tab. Nothing else is changed: no letter case,
no correction.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from statistics import median

from domain.geometry import Box, bound
from domain.model import Page, Word

CELL = 1.0  # a gap this wide, in heights of the row, parts two cells


FOLDED = str.maketrans({"—": "-", "–": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "、": ",", "。": "."})


def plain(text: str) -> str:
    """`text` character for character in half width."""
    return "".join(n if len(n := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)


def ideograph(character: str) -> bool:
    """Whether this is one Chinese character."""
    return "\u3400" <= character <= "\u9fff"


@lru_cache(4096)
def fold(text: str) -> str:
    """`text` as phrases are compared: no blanks, half width, small letters, one form of each dash and quotation mark."""
    return "".join(plain(text).split()).lower().translate(FOLDED)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: how rules see it, its box, how sure it is (or its word, where that is all there is), the row it stands on.

    `gap` is what parts it from the one before it on its row, in heights of the row, infinite at the row's beginning.
    """

    text: str
    box: Box
    confidence: float
    row: int
    gap: float

    @property
    def middle(self) -> float:
        """Half way down, as a fraction of the page."""
        return (self.box[1] + self.box[3]) / 2


class Sheet:
    """The glyphs of one page in reading order, and its text."""

    def __init__(self, words: Sequence[Word], aspect: float = 1.0) -> None:
        """Lay out `words`, which stand in reading order. `aspect` is the page's width divided by its height."""
        self.glyphs: list[Glyph] = []
        self.aspect = aspect
        for word in words:
            scores = word.scores or (word.confidence,) * len(word.text)
            for character, box, score in zip(plain(word.text), word.chars, scores, strict=True):
                before = self.glyphs[-1] if self.glyphs and self.glyphs[-1].row == word.line else None
                height = word.box[3] - word.box[1]
                gap = (box[0] - before.box[2]) * aspect / max(height, 1e-6) if before else float("inf")
                self.glyphs.append(Glyph(character, box, score, word.line, gap))

    @classmethod
    def of(cls, page: Page) -> "Sheet":
        """The sheet of a page that was read."""
        width, height = page.placement.size
        return cls(page.words, width / height)

    @cached_property
    def rows(self) -> list[tuple[int, int]]:
        """Where rows begin and end among the glyphs."""
        starts = [n for n, g in enumerate(self.glyphs) if g.gap == float("inf")]
        return list(pairwise([*starts, len(self.glyphs)]))

    @cached_property
    def running(self) -> str:
        """All characters without separators; index n is glyph n."""
        return "".join(g.text for g in self.glyphs)

    @cached_property
    def folded(self) -> str:
        """The running text folded; index n is still glyph n."""
        return "".join(lower if len(lower := g.text.lower()) == 1 else g.text for g in self.glyphs).translate(FOLDED)

    @cached_property
    def middling(self) -> float:
        """The middling height of a glyph, as a fraction of the page; 0 for a page without any."""
        return median(g.box[3] - g.box[1] for g in self.glyphs) if self.glyphs else 0.0

    @cached_property
    def letters(self) -> frozenset[str]:
        """Which characters the folded text holds."""
        return frozenset(self.folded)

    @cached_property
    def _laid(self) -> tuple[str, list[int]]:
        text: list[str] = []
        index: list[int] = []
        for n, glyph in enumerate(self.glyphs):
            if n and glyph.gap > CELL:
                text.append("\n" if glyph.gap == float("inf") else "\t")
                index.append(n)
            text.append(glyph.text)
            index.append(n)
        return "".join(text), [*index, len(self.glyphs)]

    @property
    def table(self) -> str:
        """Rows parted by newlines, cells by tabs."""
        return self._laid[0]

    def glyph_at(self, position: int) -> int:
        """Which glyph stands at `position` of `table`."""
        return self._laid[1][position]

    def box(self, start: int, stop: int) -> Box:
        """The box that holds glyphs `start` to `stop`; there must be one at least."""
        return bound([g.box for g in self.glyphs[start:stop]])
