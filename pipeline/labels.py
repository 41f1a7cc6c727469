"""Printed labels on a page, and the value that stands beside or under each.

A label begins a row, or follows a gap or a punctuation mark, and is followed by a colon, a gap or its row's end; so 姓名 within 母亲姓名 is
not one. Longer labels are looked for first. A value reaches to the next label on its level. Where a label is printed in two languages the
second is passed over.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.geometry import Box
from pipeline.phrases import places
from pipeline.sheet import Glyph, Sheet

BEFORE = 0.35  # a label stands this far from what is left of it, in heights of the row
AFTER = 0.2  # and from its value
LEVEL = 1.1  # a value's middle is this near the label's, in heights of the label
APART = 4.0  # a gap this wide ends a value
BELOW = 3.2  # how far under the label a value begins, in heights of the label
GLOSS_NEAR = 1.5  # a translation begins this near behind its label, in heights of the label
GLOSS = re.compile(r"[(/]?[A-Za-z][A-Za-z'.,/-]+[)]?")
"""A label's translation, blanks left out."""
OPENING = "(:;,.、。/"
COLONS = ":;："


@dataclass(frozen=True, slots=True)
class Mark:
    """A label found: which, and where among the glyphs."""

    label: str
    start: int
    stop: int
    box: Box

    @property
    def middle(self) -> float:
        """Half way down, as a fraction of the page."""
        return (self.box[1] + self.box[3]) / 2

    @property
    def height(self) -> float:
        """As a fraction of the page."""
        return self.box[3] - self.box[1]


def marks(sheet: Sheet, labels: Iterable[str]) -> list[Mark]:
    """Every place of every label, longer labels first; no glyph belongs to two."""
    taken: set[int] = set()
    found: list[Mark] = []
    for label in sorted(set(labels), key=lambda text: (-len(text), text)):
        for start, stop in places(sheet, label):
            if taken.isdisjoint(range(start, stop)) and _stands_alone(sheet, start, stop):
                taken.update(range(start, stop))
                found.append(Mark(label, start, stop, sheet.box(start, stop)))
    return sorted(found, key=lambda m: m.start)


def _stands_alone(sheet: Sheet, start: int, stop: int) -> bool:
    glyphs = sheet.glyphs
    free_before = glyphs[start].gap > BEFORE or glyphs[start - 1].text in OPENING
    free_after = stop >= len(glyphs) or glyphs[stop].gap > AFTER or glyphs[stop].text in COLONS
    return free_before and free_after


def beside(sheet: Sheet, mark: Mark, labels: list[Mark], lines: int) -> tuple[int, ...]:
    """The glyphs of the value to the right of a label, on up to `lines` lines, or ()."""
    limit = _limit(sheet, mark, labels)
    held = {g for m in labels for g in range(m.start, m.stop)}
    own = sheet.glyphs[mark.start].row
    levels: dict[int, list[int]] = {}
    gloss: list[int] = []
    for n, glyph in enumerate(sheet.glyphs):
        near = glyph.row == own or abs(glyph.middle - mark.middle) < LEVEL * mark.height
        if near and n not in held and glyph.box[0] > mark.box[2] - 0.2 * mark.height / sheet.aspect and glyph.box[0] < limit:
            levels.setdefault(glyph.row, []).append(n)
    for row in sorted(levels, key=lambda r: (r != own, abs(sheet.glyphs[levels[r][0]].middle - mark.middle))):
        value = _joined(sheet, _without_gloss(sheet, mark, levels[row]))
        if value and _is_gloss(sheet, mark, tuple(value)):
            gloss = gloss or value
        elif value:
            return _continued(sheet, value, labels, limit, lines, mark)
    return tuple(gloss)


def _limit(sheet: Sheet, mark: Mark, labels: list[Mark]) -> float:
    """Where the next label on the level of `mark` begins, its own translation passed over; 2 where there is none."""
    level = [m for m in labels if m.box[0] > mark.box[2] and abs(m.middle - mark.middle) < LEVEL * mark.height]
    near = mark.box[2] + GLOSS_NEAR * mark.height / sheet.aspect
    return min((m.box[0] for m in level if not (m.label.isascii() and not mark.label.isascii() and m.box[0] < near)), default=2.0)


def under(sheet: Sheet, mark: Mark, labels: list[Mark], lines: int) -> tuple[int, ...]:
    """The glyphs of the value below a label, or ()."""
    limit = _limit(sheet, mark, labels)
    left = mark.box[0] - 1.5 * mark.height / sheet.aspect
    held = {g for m in labels for g in range(m.start, m.stop)}
    reach = mark.box[3] + BELOW * mark.height
    gloss: tuple[int, ...] = ()
    for start, stop in sheet.rows:
        inside = [n for n in range(start, stop) if left <= sheet.glyphs[n].box[0] < limit]
        if not inside or not mark.box[3] - 0.3 * mark.height <= sheet.glyphs[inside[0]].box[1] <= reach:
            continue
        if held.intersection(inside):
            return gloss
        value = _continued(sheet, _joined(sheet, inside), labels, limit, lines, mark)
        if gloss or not _is_gloss(sheet, mark, value):
            return value
        gloss, reach = value, reach + sheet.box(value[0], value[-1] + 1)[3] - mark.box[3]
    return gloss


def _without_gloss(sheet: Sheet, mark: Mark, glyphs: list[int]) -> list[int]:
    """`glyphs` behind a Chinese label without its translation, if anything follows that."""
    start = next((n for n, g in enumerate(glyphs) if sheet.glyphs[g].text not in COLONS), len(glyphs))
    stop = start
    while stop < len(glyphs) and sheet.glyphs[glyphs[stop]].text.isascii() and not sheet.glyphs[glyphs[stop]].text.isdigit():
        stop += 1
    rest = glyphs[stop:]
    if rest and _is_gloss(sheet, mark, tuple(glyphs[start:stop])) and not sheet.glyphs[rest[0]].text.isdigit():
        return rest
    if rest and _is_gloss(sheet, mark, tuple(glyphs[start:stop])) and sheet.glyphs[rest[0]].gap > BEFORE:
        return rest
    return glyphs


def _is_gloss(sheet: Sheet, mark: Mark, glyphs: tuple[int, ...]) -> bool:
    """Whether these glyphs may be the translation of a Chinese label."""
    text = "".join(sheet.glyphs[g].text for g in glyphs)
    return not mark.label.isascii() and GLOSS.fullmatch(text) is not None


def _joined(sheet: Sheet, glyphs: list[int]) -> list[int]:
    """Glyphs of one row up to the first gap that ends a value; colons at its beginning left out."""
    while glyphs and sheet.glyphs[glyphs[0]].text in COLONS:
        glyphs = glyphs[1:]
    for place, n in enumerate(glyphs):
        if place and (sheet.glyphs[n].gap > APART or n != glyphs[place - 1] + 1):
            return glyphs[:place]
    return glyphs


def _continued(sheet: Sheet, value: list[int], labels: list[Mark], limit: float, lines: int, mark: Mark) -> tuple[int, ...]:
    """`value` with the lines that go on under it (and, for a label centred on its cell, over it)."""
    chosen = [value]
    if lines > 1 and value:
        for step in (-1, 1):
            edge = chosen[0] if step < 0 else chosen[-1]
            while len(chosen) < lines:
                line = _neighbour(sheet, edge, step, labels, limit, mark)
                if not line:
                    break
                chosen.insert(0, line) if step < 0 else chosen.append(line)
                edge = line
    return tuple(n for line in chosen for n in line)


def _neighbour(sheet: Sheet, line: list[int], step: int, labels: list[Mark], limit: float, mark: Mark) -> list[int]:
    """The line directly under (step 1) or over (-1) that begins where `line` begins and has no label of its own."""
    first: Glyph = sheet.glyphs[line[0]]
    height = first.box[3] - first.box[1]
    reach = (first.box[0] - 1.2 * height / sheet.aspect, first.box[0] + 1.2 * height / sheet.aspect)
    held = {g for m in labels for g in range(m.start, m.stop)}
    for start, stop in sheet.rows:
        inside = [n for n in range(start, stop) if reach[0] <= sheet.glyphs[n].box[0] < limit]
        if not inside or sheet.glyphs[inside[0]].box[0] > reach[1] or held.intersection(inside):
            continue
        glyph = sheet.glyphs[inside[0]]
        away = (glyph.middle - first.middle) * step
        over = step < 0 and mark.middle - glyph.middle > LEVEL * mark.height
        beside_label = any(m.box[2] <= glyph.box[0] and abs(m.middle - glyph.middle) < 0.6 * height and m is not mark for m in labels)
        if 0.5 * height < away < 2.2 * height and not over and not beside_label:
            return _joined(sheet, inside)
    return []
