"""What a page says a second time for machines or in a number, or says without a label: used where a field was not found by its label.

A passport's or a card permit's machine-readable line (ICAO Doc 9303 parts 3 to 5) is believed where all its check digits are right. A
number that looks like nothing else is believed without a label where the page has just as many of its sort as the kind has fields for.
"""

import re
from collections.abc import Mapping

from domain.checks import RULES, Check
from domain.kinds import FieldRule, Kind, ValueType
from pipeline.sheet import Sheet

BOXED = r"(?<![^\t\n])[0-9X]{1,3}(?:\t[0-9X]{1,3}){7,}(?![^\t\n])"
"""Cells of a row that hold a few digits each."""
SPACED = r"(?<![^\t\n])[0-9X]{1,9}(?:\t[0-9X]{1,9}){1,}(?![^\t\n])"
"""Cells that hold any number of digits: only of a number that has a rule may they be the pieces."""
YOUNG = 30
"""A year of birth of two digits up to this is of this century."""


def parts(values: Mapping[str, str]) -> Mapping[str, tuple[str, str]]:
    """What the machine-readable lines among a page's values say: part -> (value, name of the field it comes from)."""
    second, card, first = values.get("mrz2", ""), values.get("mrz", ""), values.get("mrz1", "")
    if RULES["mrz_line2"](second) is Check.OK:
        found = {"number": second[:9].rstrip("<"), "birth": _birth(second[13:19]), "expiry": _expiry(second[21:27])}
        found |= {"sex": "男" if second[20] == "M" else "女"} if second[20] in "MF" else {}
        said = {part: (value, "mrz2") for part, value in found.items()}
        if names := re.fullmatch(r"P[A-Z<][A-Z]{3}([A-Z]+)<<([A-Z]+(?:<[A-Z]+)*)<*", first):
            said["names"] = (f"{names[1]}, {names[2].replace('<', ' ')}", "mrz1")
        return said
    if RULES["mrz_card1"](card) is Check.OK:
        found = {"number": card[2:11].rstrip("<"), "birth": _birth(card[21:27]), "expiry": _expiry(card[13:19])}
        return {part: (value, "mrz") for part, value in found.items()}
    return {}


def numbered_parts(values: Mapping[str, str]) -> Mapping[str, tuple[str, str]]:
    """What a page's identity number says, as `parts` gives it, if it keeps its rule: birth, sex by the 17th digit (GB 11643-1999)."""
    number = values.get("id_no", "")
    if RULES["gb11643"](number) is not Check.OK:
        return {}
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    return {"birth": (born, "id_no"), "sex": ("男" if int(number[16]) % 2 else "女", "id_no")}


def _birth(digits: str) -> str:
    return f"{'20' if int(digits[:2]) <= YOUNG else '19'}{digits[:2]}-{digits[2:4]}-{digits[4:]}"


def _expiry(digits: str) -> str:
    return f"20{digits[:2]}-{digits[2:4]}-{digits[4:]}"


def alone(rule: FieldRule, kind: Kind, sheet: Sheet) -> tuple[int, int] | None:
    """The glyphs (first, one past the last) of a number that needs no label, or None.

    Only where the page has as many different ones that keep their rule as the kind has fields for: they stand in the order of the fields.
    """
    if not rule.type.alone:
        return None
    same = sorted((other for other in kind.fields if other.type == rule.type), key=lambda other: other.occurrence)
    places: dict[str, tuple[int, int]] = {}
    for text, span in _numbers(rule.type, sheet):
        places.setdefault(text, span)
    return list(places.values())[same.index(rule)] if len(places) == len(same) else None


def keeps(check: str, text: str) -> bool:
    """Whether a number keeps its rule, and is not somebody's identity number that happens to keep it."""
    if check not in ("", "gb11643") and RULES["gb11643"](text) is Check.OK:
        return False
    return not check or RULES[check](text) is Check.OK


def _numbers(kind: ValueType, sheet: Sheet) -> list[tuple[str, tuple[int, int]]]:
    """Every number of this type that keeps its rule, with its glyphs: in one cell, or a few characters to a cell, as in boxes."""
    found = []
    for piece in re.finditer(rf"{SPACED if kind.check else BOXED}|[^\t\n]+", sheet.table):
        text = piece[0].replace("\t", "")
        places = [piece.start() + n for n, c in enumerate(piece[0]) if c != "\t"]
        for match in re.finditer(rf"(?<![0-9A-Za-z])(?:{kind.pattern})(?![0-9A-Za-z])", text):
            if keeps(kind.check, match[0].upper()):
                start, stop = places[match.start()], places[match.end() - 1]
                found.append((match[0].upper(), (sheet.glyph_at(start), sheet.glyph_at(stop) + 1)))
    return found
