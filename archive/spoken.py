"""The text of an archived page as the standard reads it: codes in the order they are shown, through the font's ToUnicode map.

Understands only what archive/textlayer.py writes; anything else is a ValueError, since it cannot be ours.
"""

import re
from typing import Any

import pikepdf

BFCHAR = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>")
TEXT_STATE = {"BT", "ET", "Tr", "Tf", "Tz"}
PICTURE = {"q", "Q", "cm", "Do", "rg", "m", "l", "h", "W", "n"}


def meanings(cmap: bytes) -> dict[int, str]:
    """Code to text, from a ToUnicode CMap."""
    return {int(code, 16): bytes.fromhex(text.decode("ascii")).decode("utf-16-be") for code, text in BFCHAR.findall(cmap)}


def lines(page: pikepdf.Page, meaning: dict[int, str]) -> list[str]:
    """The text shown from each setting of the text matrix on; lone line feeds, which only part lines for viewers, left out.

    Raises:
        ValueError: an operator that is not ours, visible text, or a code without meaning.
    """
    found: list[list[str]] = []
    unseen = False
    for instruction in pikepdf.parse_content_stream(page.obj):
        operator = str(instruction.operator)
        operands: Any = instruction.operands
        if operator == "Tm":
            found.append([])
        elif operator == "Tr":
            unseen = int(operands[0]) == 3
        elif operator == "Tj":
            if not unseen or not found:
                raise ValueError("text that is seen, or shown nowhere")
            codes = bytes(operands[0])
            found[-1].append("".join(_meaning(meaning, int.from_bytes(codes[k : k + 2], "big")) for k in range(0, len(codes), 2)))
        elif operator not in TEXT_STATE and operator not in PICTURE:
            raise ValueError(f"operator {operator}")
    return [text for text in ("".join(line) for line in found) if text != "\n"]


def _meaning(meaning: dict[int, str], code: int) -> str:
    if code not in meaning:
        raise ValueError(f"code {code:04X} has no meaning")
    return meaning[code]
