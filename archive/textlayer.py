"""The words of a page as unseen text that lies on the ink.

Promises: the codes shown, in the order they are shown, are exactly the page's text; each character begins where its box begins;
a viewer that takes text out by position (pdfium, poppler) finds no gap where the text has no blank, and one where it has.
A character's advance therefore reaches to the next character of its line: the box of the last one before a wide gap covers the gap.
Lines that overlap a little are trimmed to touch; where two lines stand on one row, an unseen line feed far away parts them, because
pdfium tells lines apart by position alone.
Does not promise that a viewer which sorts text by position keeps the reading order.

Input: words with boxes as fractions of the page (origin top left). Output: a content stream in points (origin bottom left), each
line a run of `Tz`/`Tj` at one baseline: ISO 32000-1, 9.3 and 9.4.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from archive.glyphless import Codes
from domain.geometry import Box
from domain.model import Word

TOLERANCE = 0.03
"""How far a character may lie from its place, in sizes, so that neighbours can share one horizontal scale."""
BLANK = 0.25
"""Least width of a blank in sizes: poppler sees one from 0.15."""
LEAST = 0.04
"""Least advance in sizes."""
THIN = 0.03
"""Least width of a character in points: what is thinner than 0.01 pdfium leaves out."""
EDGE = 1.0
"""Points by which rounding may carry a line beyond the page; what begins beyond it poppler leaves out."""
SMALL = 4.6
"""Below 4.5 points pdfium no longer tells lines apart by their boxes, only by the widths of their letters."""
SHADOW = 0.075
"""pdfium's measure of near for a character, in sizes times the horizontal scale, is 0.07."""
TRIM = 0.35
"""Up to this part of their height two lines may overlap and still be parted by trimming."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one size. `starts` along the line, points, one a character; the last one ends where the next run begins."""

    text: str
    starts: tuple[float, ...]
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in its own coordinates: along the reading direction, across towards the top of the letters.

    `heading`: "right", "down" or "up". `bottom` and `top` across, `end` along.
    """

    heading: str
    runs: tuple[Run, ...]
    bottom: float
    top: float
    end: float

    @property
    def start(self) -> float:
        """Where the line begins, along."""
        return self.runs[0].starts[0]

    @property
    def widest(self) -> float:
        """The widest advance of a character."""
        starts = [s for r in self.runs for s in r.starts]
        return max(b - a for a, b in pairwise([*starts, self.end]))

    @property
    def rows(self) -> tuple[float, float]:
        """The part of the page's height the line takes, from the bottom."""
        if self.heading == "right":
            return (self.bottom, self.top)
        return (-self.end, -self.start) if self.heading == "down" else (self.start, self.end)


def content(words: Sequence[Word], size: tuple[float, float], codes: Codes, font: str) -> bytes:
    """The text layer of a page of `size` points as operators, drawn with `font` (a resource name, with its slash)."""
    lines = _parted([_line(list(group), size) for _, group in groupby((w for w in words if w.text), key=lambda w: w.line)])
    if not lines:
        return b""
    pen = Pen(codes, font)
    for i, line in enumerate(lines):
        if i and _feed_needed(lines[i - 1], line):
            _feed(pen, line, size)
        _show(pen, line)
    return "\n".join(["BT", "3 Tr", *pen.out, "ET\n"]).encode("ascii")


class Pen:
    """Writes operators.

    pdfium takes a string, and a character, for the shadow of one shortly before if it has the same codes and lies near, and drops
    it ("near" grows with the horizontal scale). What could be taken so is shown with other codes of the same meaning.
    """

    def __init__(self, codes: Codes, font: str) -> None:
        self.out: list[str] = []
        self.codes = codes
        self.font = font
        self.em = 0.0
        self.strings: deque[bytes] = deque(maxlen=6)
        self.marks: deque[tuple[bytes, float, float]] = deque(maxlen=8)

    def move(self, matrix: str) -> None:
        """Set the text matrix."""
        self.out.append(f"{matrix} Tm")

    def show(self, text: str, em: float, scale: float, at: tuple[float, float], step: tuple[float, float]) -> None:
        """Show `text` at `em` points, `scale` percent wide, the first character at `at` on the page, each next one `step` further."""
        if em != self.em:
            self.out.append(f"{self.font} {em:g} Tf")
            self.em = em
        variant = 0
        while (string := self.codes.encode(text, variant)) in self.strings or self._shadowed(string[:2], at, SHADOW * em * scale / 100):
            variant += 1
        self.strings.append(string)
        self.marks.extend((string[2 * k : 2 * k + 2], at[0] + k * step[0], at[1] + k * step[1]) for k in range(len(text)))
        self.out.append(f"{scale:g} Tz <{string.hex()}> Tj")

    def _shadowed(self, code: bytes, at: tuple[float, float], near: float) -> bool:
        return any(c == code and abs(x - at[0]) < near and abs(y - at[1]) < near for c, x, y in self.marks)


def _line(words: list[Word], size: tuple[float, float]) -> Line:
    heading = _heading(words)
    spans = [[_turned(box, size, heading) for box in _boxes(word)] for word in words]
    bottom = median(s[2] for word in spans for s in word)
    runs: list[tuple[str, list[float], float]] = []
    end = None
    for word, chars in zip(words, spans, strict=True):
        own = median(s[3] - s[2] for s in chars)
        em = round(max(min(median(s[3] for s in chars) - bottom, own * 2), own * 0.5, 0.1), 2)
        starts = [s[0] for s in chars]
        text = word.text
        if end is not None:
            starts[0] = max(starts[0], runs[-1][1][-1] + LEAST * em)
            if word.spaced:
                blank = max(min(end, starts[0] - BLANK * em), runs[-1][1][-1] + LEAST * em)
                starts[0] = max(starts[0], blank + BLANK * em)
                runs[-1] = (runs[-1][0] + " ", [*runs[-1][1], blank], runs[-1][2])
        for k in range(1, len(starts)):
            starts[k] = max(starts[k], starts[k - 1] + LEAST * em)
        runs.append((text, starts, em))
        end = max(chars[-1][1], starts[-1] + LEAST * em)
    assert end is not None
    furthest = max(s[1] for word in spans for s in word)
    limit = size[0] if heading == "right" else (0.0 if heading == "down" else size[1])
    line = Line(heading, tuple(Run(t, tuple(s), e) for t, s, e in runs), bottom, bottom + max(r[2] for r in runs), end)
    if end <= limit + EDGE and end - furthest < line.top - line.bottom:
        return line
    return _even(line, min(s[0] for word in spans for s in word), min(furthest, limit))


def _boxes(word: Word) -> tuple[Box, ...]:
    if len(word.chars) == len(word.text):
        return word.chars
    x0, y0, x1, y1 = word.box
    step = (x1 - x0) / len(word.text)
    return tuple((x0 + k * step, y0, x0 + (k + 1) * step, y1) for k in range(len(word.text)))


def _heading(words: list[Word]) -> str:
    boxes = [box for word in words for box in _boxes(word)]
    across = sorted((b[0] + b[2]) / 2 for b in boxes)
    along = [(b[1] + b[3]) / 2 for b in boxes]
    tall = sum(b[3] - b[1] for b in boxes) / len(boxes)
    if len(boxes) < 2 or max(along) - min(along) < 1.5 * tall or across[-1] - across[0] > 0.5 * (boxes[0][2] - boxes[0][0]):
        return "right"
    return "down" if along[-1] > along[0] else "up"


def _turned(box: Box, size: tuple[float, float], heading: str) -> tuple[float, float, float, float]:
    """Start and end along, bottom and top across, in points."""
    left, top, right, bottom = box[0] * size[0], (1 - box[1]) * size[1], box[2] * size[0], (1 - box[3]) * size[1]
    if heading == "right":
        return (left, right, bottom, top)
    return (-top, -bottom, left, right) if heading == "down" else (bottom, top, -right, -left)


def _even(line: Line, start: float, limit: float) -> Line:
    """The same line with its characters spread evenly up to `limit`: boxes that run backwards leave no better place."""
    count = sum(len(r.starts) for r in line.runs)
    step = max((limit - start) / count, 0.05)
    runs, at = [], 0
    for run in line.runs:
        runs.append(replace(run, starts=tuple(start + step * (at + k) for k in range(len(run.starts)))))
        at += len(run.starts)
    return replace(line, runs=tuple(runs), end=start + step * count)


def _parted(lines: list[Line]) -> list[Line]:
    """Neighbouring lines that overlap a little, trimmed so that they just do not touch."""
    for i, (one, two) in enumerate(pairwise(lines)):
        if one.heading != "right" or two.heading != "right":
            continue
        upper, lower = (one, two) if one.bottom >= two.bottom else (two, one)
        overlap = lower.bottom + (lower.top - lower.bottom) * 1.02 - upper.bottom + 0.05
        heights = (upper.top - upper.bottom, lower.top - lower.bottom)
        if not 0 < overlap <= TRIM * min(heights):
            continue
        upper = replace(_sized(upper, upper.top - upper.bottom - overlap / 2), bottom=upper.bottom + overlap / 2, top=upper.top)
        lower = _sized(lower, (upper.bottom - lower.bottom) / 1.02 - 0.05)
        lines[i], lines[i + 1] = (upper, lower) if one.bottom >= two.bottom else (lower, upper)
    return lines


def _sized(line: Line, height: float) -> Line:
    runs = tuple(replace(run, size=round(min(run.size, height), 2)) for run in line.runs)
    return replace(line, runs=runs, top=line.bottom + max(r.size for r in runs))


def _feed_needed(one: Line, two: Line) -> bool:
    """Whether pdfium would take the two for one line, or for a word broken by a hyphen."""
    (low, high), (bottom, top) = one.rows, two.rows
    apart = low > bottom + (top - bottom) * 1.016 or bottom > low + (high - low) * 1.016
    small = min(high - low, top - bottom) * 1.016 < SMALL
    tight = abs(low - bottom) < (2 if small else 0.55) * max(one.widest, two.widest)
    return not apart or tight or one.runs[-1].text.endswith(("-", "\u00ad"))


def _feed(pen: Pen, after: Line, size: tuple[float, float]) -> None:
    low, high = after.rows
    em = round(min(10.0, size[1] / 8), 2)
    y = 0.0 if (low + high) / 2 > size[1] / 2 else round(size[1] - em * 1.1, 2)
    pen.move(f"1 0 0 1 0 {y:g}")
    pen.show("\n", em, 10, (0.0, y), (em / 10, 0.0))


def _show(pen: Pen, line: Line) -> None:
    along, bottom = round(line.start, 2), round(line.bottom, 2)
    turn, (x, y), (dx, dy) = {
        "right": ("1 0 0 1", (0.0, bottom), (1, 0)),
        "down": ("0 -1 1 0", (bottom, 0.0), (0, -1)),
        "up": ("0 1 -1 0", (-bottom, 0.0), (0, 1)),
    }[line.heading]
    pen.move(f"{turn} {x + dx * along:g} {y + dy * along:g}")
    for i, run in enumerate(line.runs):
        ends = [*run.starts[1:], line.runs[i + 1].starts[0] if i + 1 < len(line.runs) else line.end]
        for text, scale in _scaled(run.text, ends, along, run.size):
            step = run.size * scale / 100
            pen.show(text, run.size, scale, (x + dx * along, y + dy * along), (dx * step, dy * step))
            along += len(text) * step


def _scaled(text: str, ends: list[float], at: float, em: float) -> Iterator[tuple[str, float]]:
    """`text` cut into stretches that share a horizontal scale (percent), each character ending within tolerance of its end."""
    first = 0
    while first < len(text):
        low, high, count = 0.0, float("inf"), 0
        for k, end in enumerate(ends[first:], start=1):
            lower, upper = max(low, (end - TOLERANCE * em - at) / k), min(high, (end + TOLERANCE * em - at) / k)
            if count and lower > upper:
                break
            low, high, count = lower, upper, k
        exact = (ends[first + count - 1] - at) / count
        scale = max(round(min(max(exact, low), high) / em * 100, 1), round(THIN / em * 100, 1))
        yield text[first : first + count], scale
        at += count * em * scale / 100
        first += count
