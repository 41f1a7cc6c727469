"""What belongs to a printed label beside its words: an addition in brackets, 签名 behind it, its translation behind it or under it.

A translation is Latin words: more than one letter, no number, no code (C1, LFV2A), not capitals behind words that are not (Name ZHANG).
"""

import re
from collections.abc import Container

from domain.geometry import Box
from pipeline.sheet import CELL, Sheet

NEAR = 1.5  # a translation begins this near behind its label or under it, in heights of the label
WORD = 0.2  # a gap this wide parts two words, in heights of the row
GLOSS = re.compile(r"[(/]?[A-Za-z][A-Za-z0-9'.,/()-]+:?")
"""A label's translation, blanks left out; a digit only where one was misread."""
ADDED = re.compile(r"\([^)\d]*[\u3400-\u9fff][^)\d]*\)|签名|签字|签章|盖章|姓名|名称")
SIGNED = re.compile("签名|签字|签章|盖章|手印|指印")
"""What makes a label one for a signature."""
CAPITALS = ("NO", "ID", "VIN", "IDNO", "NUMBER")
"""Words of translations that are printed in capitals."""
COLONS = ":;："


def ending(sheet: Sheet, stop: int) -> int:
    """Where a label that ends before `stop` ends with its additions: in brackets (签名), or which of its things is meant (姓名, 签字)."""
    end = stop
    row = sheet.glyphs[stop - 1].row
    while end < len(sheet.glyphs) and sheet.glyphs[end].row == row:
        match = ADDED.match(sheet.running, end)
        if not match or any(sheet.glyphs[n].row != row or sheet.glyphs[n].gap > CELL for n in range(end, match.end())):
            break
        if match[0][0] != "(" and not SIGNED.match(match[0]) and not _ends(sheet, match.end()):
            break
        end = match.end()
    return end


def _ends(sheet: Sheet, at: int) -> bool:
    """Whether a label could end before `at`."""
    return at >= len(sheet.glyphs) or sheet.glyphs[at].gap > WORD or sheet.glyphs[at].text in COLONS + "(/"


def translation(sheet: Sheet, box: Box, stop: int, chinese: Container[int]) -> tuple[int, ...]:
    """The glyphs of the translation of a label with this box whose last glyph is before `stop`, behind it on its row or under it."""
    behind = stop < len(sheet.glyphs) and sheet.glyphs[stop].row == sheet.glyphs[stop - 1].row and sheet.glyphs[stop].gap < NEAR
    found = latin(sheet, stop) if behind else ()
    return found if found and not any(n in chinese for n in found) else _under(sheet, box, chinese)


def _under(sheet: Sheet, box: Box, chinese: Container[int]) -> tuple[int, ...]:
    """A cell of Latin words directly under a label that begins where it begins."""
    height = box[3] - box[1]
    for start, stop in sheet.rows:
        if not -3 * height < sheet.glyphs[start].box[1] - box[3] < 4 * height:
            continue
        for n in range(start, stop):
            glyph = sheet.glyphs[n]
            level = -0.4 * height < glyph.box[1] - box[3] < NEAR * height
            if level and abs(glyph.box[0] - box[0]) < 1.2 * height / sheet.aspect and glyph.gap > WORD:
                found = latin(sheet, n)
                end = found[-1] + 1 if found else n
                if found and (end >= stop or sheet.glyphs[end].gap > CELL or end in chinese) and not any(m in chinese for m in found):
                    return found
    return ()


def latin(sheet: Sheet, start: int) -> tuple[int, ...]:
    """The glyphs from `start` on its row that are words of a translation, or ()."""
    glyphs = sheet.glyphs
    words: list[list[int]] = []
    end = start
    while end < len(glyphs) and _lettered(sheet, start, end):
        if not words or (glyphs[end].gap > WORD and glyphs[end].text.isalpha()):
            words.append([])
        words[-1].append(end)
        end += 1
        if glyphs[end - 1].text == ":":
            break
    while len(words) > 1 and _value(sheet, words[-1]):
        words.pop()
    taken = [n for word in words for n in word]
    if taken and _runs_on(sheet, taken[-1]):
        taken = _without_code(sheet, taken)
    return tuple(taken) if GLOSS.fullmatch("".join(glyphs[n].text for n in taken)) else ()


def _lettered(sheet: Sheet, start: int, n: int) -> bool:
    """Whether glyph `n` may belong to Latin words that began at `start`: a letter, a mark, a digit between letters (a misread l or o)."""
    glyph = sheet.glyphs[n]
    if n > start and (glyph.gap > CELL or glyph.row != sheet.glyphs[start].row):
        return False
    if glyph.text.isascii() and (glyph.text.isalpha() or glyph.text in "'.,/()-:"):
        return True
    if n == start or n + 1 >= len(sheet.glyphs) or not glyph.text.isdigit():
        return False
    after = sheet.glyphs[n + 1]
    return sheet.glyphs[n - 1].text.isalpha() and after.text.islower() and max(glyph.gap, after.gap) < WORD


def _value(sheet: Sheet, word: list[int]) -> bool:
    """Whether a word behind others is a value: all capitals."""
    letters = "".join(c for n in word if (c := sheet.glyphs[n].text).isalpha())
    return len(letters) > 1 and letters.isupper() and letters not in CAPITALS


def _runs_on(sheet: Sheet, last: int) -> bool:
    """Whether digits follow a capital without a gap, as in a code."""
    if last + 1 >= len(sheet.glyphs) or sheet.glyphs[last + 1].row != sheet.glyphs[last].row:
        return False
    return sheet.glyphs[last].text.isupper() and sheet.glyphs[last + 1].text.isdigit() and sheet.glyphs[last + 1].gap <= WORD


def _without_code(sheet: Sheet, taken: list[int]) -> list[int]:
    """`taken` without the capitals at its end, which begin a code; nothing if nothing but capitals is left."""
    while taken and sheet.glyphs[taken[-1]].text.isupper():
        taken = taken[:-1]
    return taken if any(sheet.glyphs[n].text.islower() for n in taken) else []
