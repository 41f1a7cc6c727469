"""Which of the options printed on a form is ticked, as far as the words tell: 男 □女 says that 男 is.

A box that is ticked is mostly not read as a box any more, so the only option without one is taken for the ticked one. Where that leaves
more than one, nothing is said.
"""

from pipeline.sheet import Sheet, ideograph

TICKS = frozenset("☑√✓✔■☒●▣")
BOXES = frozenset("□口○◯☐")
"""What an empty box is read as."""
SEX = frozenset("男女")
ASIDE = 7.0  # options stand this near beside one another, in heights of one
UNDER = 2.2  # or this near under one another


def choices(sheet: Sheet, glyph: int) -> list[int]:
    """The glyphs that are the other of the pair 男 女 at `glyph`: beside it with no other Chinese between, or right under or over it."""
    this = sheet.glyphs[glyph]
    height = this.box[3] - this.box[1]
    found = []
    for n, other in enumerate(sheet.glyphs):
        if other.text not in SEX or other.text == this.text:
            continue
        aside = abs(other.box[0] - this.box[0]) * sheet.aspect
        down = abs(other.middle - this.middle)
        low, high = sorted((n, glyph))
        parted = any(ideograph(g.text) and g.text not in BOXES for g in sheet.glyphs[low + 1 : high])
        level = down < 0.5 * height and aside < ASIDE * height and not parted
        if level or (aside < 1.5 * height and 0.5 * height < down < UNDER * height):
            found.append(n)
    return found


def before(sheet: Sheet, glyph: int) -> str:
    """The character before `glyph` on its row, or ""."""
    return sheet.glyphs[glyph - 1].text if glyph and sheet.glyphs[glyph - 1].row == sheet.glyphs[glyph].row else ""
