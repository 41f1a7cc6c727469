"""Puts words into the order in which a person reads them, from their boxes alone.

Promises: rows top to bottom, a row left to right, cells of a table row by row; two columns of running text one after the
other. Every word comes out exactly once, with `line` counting rows from 0 in reading order, and `spaced` only between two
words of Latin letters or digits.
Does not promise: columns of fewer than four lines, vertical writing.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from domain.geometry import Box, bound
from domain.model import Word

SAME_ROW = 0.45  # middles nearer than this share of the smaller height are on one row
FULL = 0.8  # share of the column's width that a line of running text fills
LONG = 12.0  # and how many times its height it is long
TALL = 4  # lines on either side before they are taken for columns of running text


@dataclass(slots=True)
class Piece:
    """Words that the engine found on one line, left to right."""

    words: list[Word]
    box: Box

    @property
    def middle(self) -> float:
        """Half way down, as a fraction of the page."""
        return (self.box[1] + self.box[3]) / 2

    @property
    def height(self) -> float:
        """As a fraction of the page."""
        return self.box[3] - self.box[1]


def ordered(words: Sequence[Word]) -> tuple[Word, ...]:
    """`words` in reading order.

    On the way in `line` says which words the engine found on one line; `spaced` whether a blank stood before.
    """
    pieces: dict[int, list[Word]] = {}
    for word in words:
        pieces.setdefault(word.line, []).append(word)
    found = []
    for group in pieces.values():
        group.sort(key=lambda w: w.box[0])
        starts = [n for n, word in enumerate(group) if not n or _parted(group[n - 1], word)]
        for start, stop in pairwise([*starts, len(group)]):
            found.append(Piece(group[start:stop], bound([w.box for w in group[start:stop]])))
    out: list[Word] = []
    line = 0
    for block in _columns(found):
        for row in _rows(block):
            out += _row(row, line)
            line += 1
    return tuple(out)


def _parted(before: Word, word: Word) -> bool:
    """Whether two words that the engine found on one line stand on different levels: a label and a larger value beside it."""
    one, two = before.box[3] - before.box[1], word.box[3] - word.box[1]
    return abs(before.box[1] + before.box[3] - word.box[1] - word.box[3]) / 2 > 0.05 * min(one, two)


def _rows(pieces: list[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        first = rows[-1][0] if rows else None
        if first and abs(piece.middle - first.middle) < SAME_ROW * min(piece.height, first.height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _row(pieces: list[Piece], line: int) -> list[Word]:
    words = sorted((w for p in pieces for w in p.words), key=lambda w: w.box[0])
    out = [replace(words[0], line=line, spaced=False)]
    for before, word in pairwise(words):
        latin = not _square(before.text[-1]) and not _square(word.text[0])
        apart = word.spaced or (word.box[0] > before.box[2] and before.line != word.line)
        out.append(replace(word, line=line, spaced=latin and apart))
    return out


def _square(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" or character in "·—…“”‘’〇"


def _columns(pieces: list[Piece]) -> list[list[Piece]]:
    """Blocks to be read one after the other: what is above two columns of running text, the left, the right, what is below."""
    gutter = _gutter(pieces)
    if gutter is None:
        return [pieces]
    x, top, bottom = gutter
    inside = [p for p in pieces if top <= p.middle <= bottom]
    above = [p for p in pieces if p.middle < top]
    below = [p for p in pieces if p.middle > bottom]
    left = [p for p in inside if p.box[2] <= x]
    right = [p for p in inside if p.box[2] > x]
    return [b for b in (above, left, right, *(_columns(below) if below else [])) if b]


def _gutter(pieces: list[Piece]) -> tuple[float, float, float] | None:
    """An upright gap between two columns of running text: its x, and the middles of the first and last row beside it."""
    long = [p for p in pieces if p.height > 0 and p.box[2] - p.box[0] >= LONG * p.height * 0.7]
    if len(long) < 2 * TALL:
        return None
    for x in sorted({round(p.box[0], 3) for p in long}):
        at = x - 0.004
        left = [p for p in long if p.box[2] <= at]
        right = [p for p in long if p.box[0] >= at]
        if not _running(left) or not _running(right):
            continue
        top = max(min(p.middle for p in left), min(p.middle for p in right))
        bottom = min(max(p.middle for p in left), max(p.middle for p in right))
        first, last = min(p.middle for p in left + right), max(p.middle for p in left + right)
        across = [p for p in pieces if first <= p.middle <= last and p.box[0] < at < p.box[2]]
        if bottom > top and not across:
            return at, first, last
    return None


def _running(column: list[Piece]) -> bool:
    """Whether lines look like running text: enough of them, most of the column's full width."""
    if len(column) < TALL:
        return False
    width = max(p.box[2] for p in column) - min(p.box[0] for p in column)
    full = sum(p.box[2] - p.box[0] >= FULL * width for p in column)
    return full >= 0.6 * len(column) and median(p.box[2] - p.box[0] for p in column) >= 0.25
