"""Finds printed phrases in what was read, forgiving blanks between letters, width, case, and a wrong character or two."""

from collections.abc import Iterator
from functools import cache

from domain.kinds import kinds
from pipeline.sheet import Sheet, fold

NEARLY = ((12, 2), (5, 1))  # phrases this long may have this many characters wrong


def places(sheet: Sheet, phrase: str, nearly: bool = True, broken: bool = False) -> Iterator[tuple[int, int]]:
    """Where `phrase` stands, as ranges of glyphs: exact places or, if there are none and `nearly`, the nearly exact.

    On one row; if `broken`, also where a line breaks it. What is nearly `phrase` but exactly another kind's title is not it.
    """
    needle = fold(phrase)
    exact = False
    at = -1
    while (at := sheet.folded.find(needle, at + 1)) >= 0:
        exact = True
        if broken or sheet.glyphs[at].row == sheet.glyphs[at + len(needle) - 1].row:
            yield at, at + len(needle)
    allowed = next((wrong for length, wrong in NEARLY if len(needle) >= length), 0)
    if exact or not nearly or not allowed or sum(c not in sheet.letters for c in needle) > allowed:
        return
    for start, stop in sheet.rows:
        for at in range(start, stop - len(needle) + 1):
            if _differ(sheet.folded, at, needle, allowed) <= allowed and sheet.folded[at : at + len(needle)] not in _titles():
                yield at, at + len(needle)


@cache
def _titles() -> frozenset[str]:
    return frozenset(fold(title) for kind in kinds().values() for title in (*kind.titles, kind.zh))


def _differ(text: str, at: int, needle: str, allowed: int) -> int:
    """How many characters differ, counted no further than needed."""
    wrong = 0
    for offset, character in enumerate(needle):
        wrong += text[at + offset] != character
        if wrong > allowed:
            break
    return wrong
