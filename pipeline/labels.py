"""Printed labels on a page, and the value that stands beside or under each.

A label begins a row or a cell, or follows a punctuation mark, and is followed by a colon, a gap, its translation or its row's end; so 姓名
within 母亲姓名 is not one. One that is followed by its value without a gap (出生日期1980年…) is tight: it counts where what follows has the
value's form. Longer labels are looked for first. A value reaches to the next label on its level, whichever kind of paper that label
belongs to. Where a label is printed in two languages, beside or under one another, the second is a part of it (pipeline/glosses.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from domain.geometry import Box
from pipeline.glosses import COLONS, NEAR, SIGNED, ending, latin, translation
from pipeline.phrases import places
from pipeline.sheet import CELL, Glyph, Sheet, fold, ideograph

BEFORE = 0.35  # a label stands this far from what is left of it, in heights of the row
AFTER = 0.2  # and from its value
LEVEL = 1.1  # a value's middle is this near the label's, in heights of the label
APART = 4.0  # a gap this wide ends a value
BELOW = 3.2  # how far under the label a value begins, in heights of the label
OVER = 1.4  # the line of a value above the one beside its label is this near
ASIDE = 8.0  # a value this much further away than another one on the level of its label is another cell's
STACKED_GAP = 0.6  # a gap this wide parts the cells of labels that fill two lines
OPENING = "(:;,.、。/"


@dataclass(frozen=True, slots=True)
class Mark:
    """A label found: which, and where among the glyphs; its additions and its translation; whether its value follows without a gap.

    `line`: the height of its lines where it fills more than one, as a fraction of the page.
    """

    label: str
    start: int
    stop: int
    box: Box
    gloss: frozenset[int] = frozenset()
    tight: bool = False
    line: float = 0.0

    @property
    def middle(self) -> float:
        """Half way down, as a fraction of the page."""
        return (self.box[1] + self.box[3]) / 2

    @property
    def height(self) -> float:
        """Of one line of it, as a fraction of the page."""
        return self.line or self.box[3] - self.box[1]

    @property
    def end(self) -> int:
        """One past the last glyph of the label and of what is added to it on its row."""
        return max([self.stop, *(n + 1 for n in self.gloss if n == self.stop or n - 1 in self.gloss)])

    def signed(self, sheet: Sheet) -> bool:
        """Whether a signature stands beside it."""
        return SIGNED.search("".join(sheet.glyphs[n].text for n in sorted(self.gloss))) is not None


def marks(sheet: Sheet, labels: Iterable[str], others: Iterable[str] = ()) -> list[Mark]:
    """Every place of every label, longer labels first, of `labels` also with a character misread; no glyph belongs to two.

    `others` are labels of other papers, looked for as printed: a value ends there too.
    """
    own = set(labels)
    found = broken(sheet, own | set(others))
    taken = {n for m in found for n in (*range(m.start, m.stop), *m.gloss)}
    for label, exact in _in_order(own | set(others), own):
        for start, stop in places(sheet, label, nearly=not exact):
            if (sheet.folded[start:stop] == fold(label)) is exact and taken.isdisjoint(range(start, stop)) and _free_before(sheet, start):
                end = stop if label.isascii() else ending(sheet, stop)
                tight = not _free_after(sheet, label, end)
                if tight and not exact and ideograph(sheet.running[end]):
                    continue
                taken.update(range(start, end))
                found.append(Mark(label, start, stop, sheet.box(start, stop), frozenset(range(stop, end)), tight))
    chinese = {n for m in found if not m.label.isascii() for n in range(m.start, m.stop)}
    glossed = [m if m.label.isascii() or m.line else replace(m, gloss=m.gloss | _translation(sheet, m, chinese)) for m in found]
    passed = {n for m in glossed for n in m.gloss}
    kept = [m for m in glossed if not (m.label.isascii() and passed.issuperset(range(m.start, m.stop)))]
    return sorted(kept, key=lambda m: m.start)


def broken(sheet: Sheet, labels: set[str]) -> list[Mark]:
    """Labels that fill two lines of their cell (公民身份号 over 码): the first line and, directly under it, the rest, each alone."""
    begun: dict[str, list[str]] = {}
    for label in sorted(labels):
        for length in range(1 if len(label) == 2 else 2, len(label)):
            begun.setdefault(label[:length], []).append(label)
    cells = _cells(sheet)
    texts = [sheet.running[start:stop].strip(COLONS) for start, stop in cells]
    found: list[Mark] = []
    used: set[int] = set()
    for n, text in enumerate(texts):
        if text in labels or text not in begun or n in used:
            continue
        for m in range(n + 1, min(n + 40, len(cells))):
            label = text + texts[m]
            if m not in used and label in begun[text] and _stacked(sheet, cells[n], cells[m]):
                (start, stop), rest = cells[n], cells[m]
                one, two = sheet.box(start, stop), sheet.box(*rest)
                whole = (min(one[0], two[0]), one[1], max(one[2], two[2]), two[3])
                found.append(Mark(label, start, stop, whole, frozenset(range(*rest)), line=one[3] - one[1]))
                used |= {n, m}
                break
    return found


def _cells(sheet: Sheet) -> list[tuple[int, int]]:
    """Glyphs between gaps, row by row."""
    starts = [n for n, glyph in enumerate(sheet.glyphs) if glyph.gap > STACKED_GAP]
    return list(pairwise([*starts, len(sheet.glyphs)])) if starts else []


def _stacked(sheet: Sheet, upper: tuple[int, int], lower: tuple[int, int]) -> bool:
    """Whether a cell's text stands directly under another's, within its width."""
    one, two = sheet.box(*upper), sheet.box(*lower)
    height = one[3] - one[1]
    apart = (two[1] + two[3] - one[1] - one[3]) / 2
    inside = one[0] - 0.6 * height / sheet.aspect <= two[0] and two[2] <= one[2] + 0.6 * height / sheet.aspect
    return 0.8 * height < apart < 2.4 * height and inside


def _in_order(exact: set[str], nearly: set[str]) -> list[tuple[str, bool]]:
    """Labels with whether they must be exact: first all that must, then those that need not, the longer ones first."""
    return [(label, wanted) for labels, wanted in ((exact, True), (nearly, False)) for label in sorted(labels, key=lambda x: (-len(x), x))]


def _translation(sheet: Sheet, mark: Mark, chinese: set[int]) -> frozenset[int]:
    return frozenset(translation(sheet, mark.box, mark.end, chinese))


def held(labels: Iterable[Mark]) -> frozenset[int]:
    """The glyphs that are labels or translations of them, and so no values."""
    return frozenset(n for m in labels for n in (*range(m.start, m.stop), *m.gloss))


def _free_before(sheet: Sheet, start: int) -> bool:
    return sheet.glyphs[start].gap > BEFORE or sheet.glyphs[start - 1].text in OPENING


def _free_after(sheet: Sheet, label: str, stop: int) -> bool:
    if stop >= len(sheet.glyphs) or sheet.glyphs[stop].gap > AFTER or sheet.glyphs[stop].text in COLONS:
        return True
    return not label.isascii() and (sheet.glyphs[stop].text in "/(" or latin(sheet, stop) != ())


def beside(sheet: Sheet, mark: Mark, labels: list[Mark], lines: int) -> tuple[int, ...]:
    """The glyphs of the value to the right of a label, on up to `lines` lines, or ()."""
    limit = _limit(sheet, mark, labels)
    closed = held(labels)
    own = sheet.glyphs[mark.start].row
    levels: dict[int, list[int]] = {}
    left = mark.box[2] - 0.2 * mark.height / sheet.aspect
    for start, stop in sheet.rows:
        inside = [n for n in range(start, stop) if n not in closed and left < sheet.glyphs[n].box[0] < limit]
        row = sheet.glyphs[start].row
        if inside and (row == own or abs(sheet.glyphs[inside[0]].middle - mark.middle) < LEVEL * mark.height):
            levels[row] = inside
    nearest = min((sheet.glyphs[inside[0]].box[0] for inside in levels.values()), default=0.0) + ASIDE * mark.height / sheet.aspect

    def rank(row: int) -> tuple[bool, bool, float]:
        first = sheet.glyphs[levels[row][0]]
        return first.box[0] > nearest, row != own, abs(first.middle - mark.middle)

    for row in sorted(levels, key=rank):
        if value := _joined(sheet, levels[row]):
            return _continued(sheet, value, labels, limit, lines, mark)
    return ()


def _limit(sheet: Sheet, mark: Mark, labels: list[Mark]) -> float:
    """Where the next label on the level of `mark` begins, its own translation passed over; 2 where there is none."""
    level = [m for m in labels if m.box[0] > mark.box[2] and abs(m.middle - mark.middle) < LEVEL * mark.height]
    near = mark.box[2] + NEAR * mark.height / sheet.aspect
    return min((m.box[0] for m in level if not (m.label.isascii() and not mark.label.isascii() and m.box[0] < near)), default=2.0)


def under(sheet: Sheet, mark: Mark, labels: list[Mark], lines: int) -> tuple[int, ...]:
    """The glyphs of the value below a label, or ()."""
    limit = _limit(sheet, mark, labels)
    left = mark.box[0] - 1.5 * mark.height / sheet.aspect
    closed = held(labels)
    base = max([mark.box[3], *(sheet.glyphs[n].box[3] for n in mark.gloss)])
    for start, stop in sheet.rows:
        begin = _begin(sheet, start, stop, mark, left)
        inside = [n for n in range(start, stop) if begin <= sheet.glyphs[n].box[0] < limit and n not in mark.gloss]
        if not inside or not mark.box[3] - 0.3 * mark.height <= sheet.glyphs[inside[0]].box[1] <= base + BELOW * mark.height:
            continue
        if closed.intersection(inside):
            return ()
        return _continued(sheet, _joined(sheet, inside), labels, limit, lines, mark)
    return ()


def _begin(sheet: Sheet, start: int, stop: int, mark: Mark, left: float) -> float:
    """How far left a row's value under a label may begin: as far as a cell reaches whose middle is under the label's."""
    middle = (mark.box[0] + mark.box[2]) / 2
    for piece in _pieces(sheet, start, stop):
        box = sheet.box(*piece)
        if box[0] < left and box[2] > middle and abs((box[0] + box[2]) / 2 - middle) < 0.5 * (mark.box[2] - mark.box[0]):
            return box[0]
    return left


def _pieces(sheet: Sheet, start: int, stop: int) -> list[tuple[int, int]]:
    """The cells of a row."""
    starts = [n for n in range(start, stop) if n == start or sheet.glyphs[n].gap > CELL]
    return list(pairwise([*starts, stop]))


def tight(sheet: Sheet, mark: Mark, labels: list[Mark], lines: int) -> tuple[int, ...]:
    """What follows a label on its row without a gap, up to the next label or a gap that parts cells, with the lines that go on under it."""
    closed = held(labels)
    glyphs: list[int] = []
    for n in range(mark.end, len(sheet.glyphs)):
        if sheet.glyphs[n].row != sheet.glyphs[mark.start].row or n in closed or sheet.glyphs[n].gap > APART:
            break
        glyphs.append(n)
    return _continued(sheet, glyphs, labels, _limit(sheet, mark, labels), lines, mark) if glyphs else ()


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
    closed = held(labels)
    for start, stop in sheet.rows:
        away = (sheet.glyphs[start].middle - first.middle) * step
        if not -height < away < 4 * height:
            continue
        inside = [n for n in range(start, stop) if reach[0] <= sheet.glyphs[n].box[0] < limit]
        if inside and sheet.glyphs[inside[0]].gap < STACKED_GAP:
            inside = _hanging(sheet, start, stop, mark) if step > 0 else []
        elif inside and sheet.glyphs[inside[0]].box[0] > reach[1]:
            inside = []
        if not inside:
            inside = _centred(sheet, start, stop, sheet.box(line[0], line[-1] + 1))
        if not inside or closed.intersection(inside):
            continue
        glyph = sheet.glyphs[inside[0]]
        away = (glyph.middle - first.middle) * step
        over = step < 0 and mark.middle - glyph.middle > OVER * mark.height
        if not 0.5 * height < away < 2.2 * height or over:
            continue
        if not any(m.box[2] <= glyph.box[0] and abs(m.middle - glyph.middle) < 0.6 * height and m is not mark for m in labels):
            return _joined(sheet, inside)
    return []


def _hanging(sheet: Sheet, start: int, stop: int, mark: Mark) -> list[int]:
    """The cell of a row that begins where the label begins, as the lines of a paragraph do."""
    for piece in _pieces(sheet, start, stop):
        if abs(sheet.glyphs[piece[0]].box[0] - mark.box[0]) < 1.2 * mark.height / sheet.aspect:
            return list(range(*piece))
    return []


def _centred(sheet: Sheet, start: int, stop: int, line: Box) -> list[int]:
    """The cell of a row that is centred under or over a line and no longer than it."""
    height = line[3] - line[1]
    for piece in _pieces(sheet, start, stop):
        box = sheet.box(*piece)
        inside = line[0] <= box[0] and box[2] <= line[2]
        if inside and abs(box[0] + box[2] - line[0] - line[2]) / 2 < height / sheet.aspect:
            return list(range(*piece))
    return []
