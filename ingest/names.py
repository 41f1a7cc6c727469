"""Names as scanners give them: how they are written down, put in order, and which of them say that a file is not finished.

A name is an attribute and personal data: it is never a key, never a path of ours, never part of a message.
"""

import os
import re

from domain.checks import personal

WINDOW = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
DONE = ".done"
DIGITS = re.compile(r"([0-9]+)")

Parts = tuple[str, ...]
"""A path below the window's folder, component by component, as the file system gave it."""


def is_window(name: str) -> bool:
    """Whether a folder of this name in the inbox is a window. A person's number is none: a window's name stands in the ledger for ever."""
    return WINDOW.fullmatch(name) is not None and not personal(name)


def unfinished(parts: Parts) -> bool:
    """Whether a component says that somebody is still writing: it begins with `.` or `~`, or ends in .part or .tmp (any case)."""
    return any(part.startswith((".", "~")) or part.lower().endswith((".part", ".tmp")) for part in parts)


def shown(parts: Parts) -> str:
    """The path as text that can be kept anywhere, parted by `/`: a byte that is no UTF-8 becomes a backslash, x and two digits."""
    return "/".join(os.fsencode(part).decode("utf-8", "backslashreplace") for part in parts)


def natural(name: str) -> tuple[tuple[str | int, ...], ...]:
    """A key that puts SCAN9 before SCAN10, folder by folder, whatever their case; names equal but for case in code point order."""
    return (*(_component(part.casefold()) for part in name.split("/")), (name,))


def _component(part: str) -> tuple[str | int, ...]:
    return tuple(int(piece) if i % 2 else piece for i, piece in enumerate(DIGITS.split(part)))
