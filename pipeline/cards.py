"""Several cards on one page: two that were fed together, or laid on the glass side by side, are materials of their own.

Input: a page that was read. Output: the same page once for each group of words that stands apart as a card's do, with these words only;
() where there are not several. Which kinds they are is for the classifier.
Method: recursive cuts along empty bands (Nagy and Seth, Hierarchical representation of optically scanned documents, 1984).
Does not promise to part cards that lie closer than `BAND_MM`, or overlap.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.geometry import bound
from domain.model import Page, Word

BAND_MM = 12.0
"""An empty band this wide parts two groups; print within one card stands closer."""
LARGEST_MM = (110.0, 80.0)
"""A card with its frame, ISO/IEC 7810 ID-1 and the licences of 88 x 60 mm, laid askew."""
LETTERS = 8
"""A group with fewer letters is none."""


def cards(page: Page) -> tuple[Page, ...]:
    """`page` once for each card on it, from the top; () if there are fewer than two or something else is on it too."""
    width, height = (side / dpi * 25.4 for side, dpi in zip(page.placement.size, _dpi(page), strict=True))
    groups = _cut(page.words, width, height)
    boxes = [bound([w.box for w in group]) for group in groups]
    sides = [((b[2] - b[0]) * width, (b[3] - b[1]) * height) for b in boxes]
    if len(groups) < 2 or any(max(s) > LARGEST_MM[0] or min(s) > LARGEST_MM[1] for s in sides):
        return ()
    kept = [group for group in groups if sum(len(w.text) for w in group) >= LETTERS]
    return tuple(replace(page, words=tuple(group)) for group in kept) if len(kept) > 1 else ()


def _dpi(page: Page) -> tuple[float, float]:
    across, down = page.dpi
    return (across, down) if page.placement.turned in (0, 180) else (down, across)


def _cut(words: Sequence[Word], width: float, height: float) -> list[list[Word]]:
    """Groups of words between which an empty band runs across all of them; in reading order inside, from the top left among them."""
    for axis, side in ((1, height), (0, width)):
        order = sorted(words, key=lambda w: w.box[axis])
        reach = 0.0
        for count, word in enumerate(order):
            if count and (word.box[axis] - reach) * side >= BAND_MM:
                first = {id(w) for w in order[:count]}
                before = [w for w in words if id(w) in first]
                after = [w for w in words if id(w) not in first]
                return _cut(before, width, height) + _cut(after, width, height)
            reach = max(reach, word.box[axis + 2])
    return [list(words)] if words else []
