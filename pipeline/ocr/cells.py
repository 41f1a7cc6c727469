"""Gives every character of a recognised line its box, from where the recogniser saw it and from the line's ink.

Promises: one box for each character, left to right, inside the line; neighbours part where the ink is thinnest between
them; a run of text that stands together has one height, that of its ink (as a reader would mark it), so a flat character
such as 一 is not a thread.
Does not promise: the ink of each character by itself, or boxes of characters that the recogniser made up.
"""

import unicodedata
from itertools import pairwise

import cv2
import numpy as np

from domain.geometry import Box, bound
from domain.model import Word
from domain.ports import Image
from pipeline.ocr.line import Line
from pipeline.ocr.strip import Strip, cut

PART = 0.9  # a gap this wide, in heights of the line, parts two runs
REACH = 0.55  # a glyph reaches at most this far from where it was seen, in heights of the line and by its width
BLANK = 0.28  # a gap this wide, in heights, is a blank between Latin words


def words_of(lines: tuple[Line, ...], page: Image) -> tuple[Word, ...]:
    """The lines' words, `Word.line` being the index of the line they came from.

    Args:
        lines: as recognised on `page`.
        page: H x W x 3, uint8, ink dark; the image the lines' corners refer to.
    """
    words: list[Word] = []
    for line in lines:
        index = words[-1].line + 1 if words else 0
        found = _words(index, line, page)
        words += _stacked(found, line, page) if found and _upended(line) else found
    return tuple(words)


def _upended(line: Line) -> bool:
    """Whether several characters of Chinese were found in a box higher than wide."""
    (x0, y0), _, (x2, y2), _ = line.quad
    return abs(y2 - y0) > abs(x2 - x0) and sum(east_asian(c) for c in line.text) > 1


def _stacked(words: list[Word], line: Line, page: Image) -> list[Word]:
    """Characters one above the other, each on a line of its own: cells of a form set closely, more often than writing downwards."""
    height, width = page.shape[:2]
    left, right = min(x for x, _ in line.quad) / width, max(x for x, _ in line.quad) / width
    top, bottom = min(y for _, y in line.quad) / height, max(y for _, y in line.quad) / height
    text = "".join(w.text for w in words)
    step = (bottom - top) / len(text)
    scores = [score for w in words for score in w.scores]
    boxes = [(left, top + step * n, right, top + step * (n + 1)) for n in range(len(text))]
    return [Word(c, b, (b,), s, words[0].line + n, scores=(s,)) for n, (c, b, s) in enumerate(zip(text, boxes, scores, strict=True))]


def east_asian(character: str) -> bool:
    """Whether a character is set on the square grid of Chinese, so that no blank belongs beside it."""
    return unicodedata.east_asian_width(character) in "WF" or character in "·—…“”‘’〇"


def _words(index: int, line: Line, page: Image) -> list[Word]:
    kept = [i for i, c in enumerate(line.text) if not c.isspace()]
    if not kept:
        return []
    text = "".join(line.text[i] for i in kept)
    strip = cut(page, line.quad)
    ink = _ink(strip.pixels)
    edges = _edges(text, [line.spans[i] for i in kept], ink)
    blanks = {n for n, (i, j) in enumerate(pairwise(kept), 1) if j != i + 1}
    rows = _rows(ink, edges)
    words: list[Word] = []
    for start, stop in _runs(text, edges, blanks, ink.shape[0]):
        boxes = tuple(_fraction(strip, (*edges[n], *rows[n]), page) for n in range(start, stop))
        scores = tuple(round(line.scores[kept[n]], 3) for n in range(start, stop))
        confidence = float(np.mean(scores))
        apart = start > 0 and (start in blanks or edges[start][0] - edges[start - 1][1] > BLANK * ink.shape[0])
        spaced = apart and not east_asian(text[start]) and not east_asian(text[start - 1])
        words.append(Word(text[start:stop], bound(boxes), boxes, confidence, index, spaced, scores))
    return words


def _fraction(strip: Strip, cell: tuple[float, float, float, float], page: Image) -> Box:
    left, right, top, bottom = cell
    x0, y0, x1, y1 = strip.box(left, top, right, bottom)
    height, width = page.shape[:2]
    held = [min(1.0, max(0.0, v)) for v in (x0 / width, y0 / height, x1 / width, y1 / height)]
    return (held[0], held[1], held[2], held[3])


def _ink(pixels: Image) -> Image:
    """Which pixels of the strip are ink (1) and not rules, underlines or what reaches in from the lines above and below."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY) if pixels.ndim == 3 else pixels
    low, high = np.percentile(grey, (1, 90))
    ink = (grey < (low + high) / 2).astype(np.uint8)
    height, width = ink.shape
    long = np.ones((1, max(3, round(1.5 * height))), np.uint8)
    rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, long) if width > long.shape[1] else np.zeros_like(ink)
    posts = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((max(3, round(0.95 * height)), 1), np.uint8))
    ink[cv2.dilate(cv2.bitwise_or(rules, posts), np.ones((3, 3), np.uint8)) > 0] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    for part in range(1, count):
        _, y, _, h, area = stats[part]
        strays = (y == 0 or y + h >= height) and abs(y + h / 2 - height / 2) > 0.3 * height
        if strays or area < 3:
            ink[labels == part] = 0
    return ink


def _edges(text: str, spans: list[tuple[float, float]], ink: Image) -> list[tuple[float, float]]:
    """Left and right end of every character in pixels of the strip."""
    height, width = ink.shape
    middles = [(a + b) / 2 * width for a, b in spans]
    sizes = [1.0 if east_asian(c) else 0.55 for c in text]
    profile = ink.sum(axis=0).astype(np.float64)
    cuts = [_outer(middles, sizes, height, -1)]
    for n in range(len(text) - 1):
        reach = middles[n + 1] - middles[n]
        aim = middles[n] + reach * sizes[n] / (sizes[n] + sizes[n + 1])
        cuts.append(_thinnest(profile, aim, 0.3 * reach))
    cuts.append(_outer(middles, sizes, height, 1))
    inked = np.flatnonzero(profile)
    cells: list[tuple[float, float]] = []
    for (left, right), middle, size in zip(pairwise(cuts), middles, sizes, strict=True):
        reach = size * REACH * height
        left, right = max(0.0, left, middle - reach), min(float(width), right, middle + reach)
        right = max(right, left + 1)
        inside = inked[(inked >= left) & (inked < right)]
        cells.append((float(inside[0]), float(inside[-1] + 1)) if len(inside) else (left, max(right, left + 1)))
    return cells


def _outer(middles: list[float], sizes: list[float], height: int, side: int) -> float:
    """Where the line's first or last character ends at the latest."""
    at = 0 if side < 0 else -1
    return middles[at] + side * sizes[at] * height * 0.6


def _thinnest(profile: Image, aim: float, reach: float) -> float:
    """The column near `aim` with the least ink; of equals the middle of the widest gap near it."""
    low, high = max(0, int(aim - reach)), min(len(profile), int(aim + reach) + 1)
    if high <= low:
        return aim
    window = profile[low:high]
    cost = window + np.abs(np.arange(low, high) - aim) * 0.02 * (window.max() + 1) / max(1.0, reach)
    best = int(cost.argmin())
    level = window[best]
    first = last = best
    while first > 0 and window[first - 1] <= level:
        first -= 1
    while last + 1 < len(window) and window[last + 1] <= level:
        last += 1
    return low + (first + last + 1) / 2


def _rows(ink: Image, edges: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Top and bottom of every character: those of the run it stands in, runs parted by wide gaps."""
    height = ink.shape[0]
    starts = [0] + [n for n in range(1, len(edges)) if edges[n][0] - edges[n - 1][1] > PART * height * 0.5] + [len(edges)]
    rows: list[tuple[float, float]] = []
    for start, stop in pairwise(starts):
        left, right = int(edges[start][0]), int(np.ceil(edges[stop - 1][1]))
        inked = np.flatnonzero(ink[:, left:right].sum(axis=1))
        top, bottom = (float(inked[0]), float(inked[-1] + 1)) if len(inked) else (0.15 * height, 0.85 * height)
        rows += [(top, bottom)] * (stop - start)
    return rows


def _runs(text: str, edges: list[tuple[float, float]], blanks: set[int], height: int) -> list[tuple[int, int]]:
    """Where words begin and end: at blanks, where Chinese meets Latin, and at wide gaps."""
    starts = [0]
    for n in range(1, len(text)):
        wide = edges[n][0] - edges[n - 1][1] > PART * height
        latin = not east_asian(text[n]) and not east_asian(text[n - 1])
        if wide or east_asian(text[n]) != east_asian(text[n - 1]) or (n in blanks and latin):
            starts.append(n)
    return list(pairwise([*starts, len(text)]))
