"""How a page's words lie in an index, so that a hit can be located without the store: compressed JSON, the same bytes for both engines.

Coordinates are kept as whole hundred-thousandths of the page (0.02 mm of A4): `unpack(pack(words))` differs from `words` by at most half of
that, and is equal when packed again.
"""

import json
import zlib
from collections.abc import Sequence
from typing import Any

from domain.errors import Corrupt
from domain.geometry import Box
from domain.model import Word

SCALE = 100_000


def pack(words: Sequence[Word]) -> bytes:
    """`words` as zlib-compressed JSON: for each word text, line, spaced, confidence in percent, its box, its characters' boxes.

    A character's box is written as its distance from the one before and from the word's box: small numbers that repeat take little room.
    """
    return zlib.compress(json.dumps([_row(word) for word in words], separators=(",", ":")).encode())


def unpack(data: bytes) -> tuple[Word, ...]:
    """The inverse of `pack`.

    Raises:
        Corrupt: not what `pack` wrote.
    """
    try:
        return tuple(_word(row) for row in json.loads(zlib.decompress(data)))
    except (zlib.error, ValueError, TypeError, IndexError) as error:
        raise Corrupt("the words of a page in the search index cannot be read; rebuild it with `casefile reindex`") from error


def _row(word: Word) -> list[Any]:
    x, top, _, bottom = box = _integers(word.box)
    steps: list[int] = []
    for x0, y0, x1, y1 in map(_integers, word.chars):
        steps += (x0 - x, x1 - x0, y0 - top, y1 - bottom)
        x = x1
    return [word.text, word.line, int(word.spaced), round(word.confidence * 100), box, steps]


def _word(row: list[Any]) -> Word:
    text, line, spaced, percent, (left, top, right, bottom), steps = row
    chars: list[Box] = []
    x = left
    for i in range(0, len(steps), 4):
        gap, width, down, up = steps[i : i + 4]
        chars.append(_box(x + gap, top + down, x + gap + width, bottom + up))
        x += gap + width
    return Word(text, _box(left, top, right, bottom), tuple(chars), percent / 100, line, bool(spaced))


def _integers(box: Box) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = (round(n * SCALE) for n in box)
    return (x0, y0, x1, y1)


def _box(x0: int, y0: int, x1: int, y1: int) -> Box:
    return (x0 / SCALE, y0 / SCALE, x1 / SCALE, y1 / SCALE)
