"""A page parted into layers, as it goes from who reads it to who archives it: mixed raster content (ITU-T T.44, 2005) in values of our own.

Drawn first to last: `ground`, `pieces`, `stencils`, `over`. Pure data and one byte format, which lives no longer than the work on a page.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from domain.errors import Corrupt

MAGIC = b"casefile layers 1\n"
_SIZE = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Picture:
    """`jpeg` (ITU-T T.81, grey or YCbCr) drawn into `box`, [x0, y0, x1, y1] in pixels of the page as displayed."""

    jpeg: bytes
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Stencil:
    """Ink of one colour on the part `box` of the page: `png` of one bit a pixel, 0 where ink is; `colour` red, green, blue, 0..255."""

    png: bytes
    box: tuple[int, int, int, int]
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Layers:
    """What a page of `size` pixels (width, height, as displayed) is drawn from."""

    size: tuple[int, int]
    ground: Picture
    pieces: tuple[Picture, ...] = ()
    stencils: tuple[Stencil, ...] = ()
    over: tuple[Picture, ...] = ()

    def pictures(self) -> Iterator[Picture]:
        """Every picture of it."""
        return chain((self.ground,), self.pieces, self.over)


def pack(layers: Layers) -> bytes:
    """`layers` as bytes."""
    head = {
        "size": layers.size,
        "pieces": len(layers.pieces),
        "over": len(layers.over),
        "boxes": [p.box for p in layers.pictures()] + [s.box for s in layers.stencils],
        "colours": [s.colour for s in layers.stencils],
    }
    parts = [json.dumps(head).encode(), *(p.jpeg for p in layers.pictures()), *(s.png for s in layers.stencils)]
    return MAGIC + b"".join(_SIZE.pack(len(part)) + part for part in parts)


def unpack(data: bytes) -> Layers:
    """What `pack` made into bytes.

    Raises:
        Corrupt: it did not.
    """
    try:
        if not data.startswith(MAGIC):
            raise ValueError
        parts = list(_parts(data, len(MAGIC)))
        head = json.loads(parts[0])
        (width, height), boxes = head["size"], [_box(box) for box in head["boxes"]]
        count = 1 + int(head["pieces"]) + int(head["over"])
        pictures = [Picture(jpeg, box) for jpeg, box in zip(parts[1 : 1 + count], boxes[:count], strict=True)]
        colours = [(int(r), int(g), int(b)) for r, g, b in head["colours"]]
        stencils = tuple(Stencil(*one) for one in zip(parts[1 + count :], boxes[count:], colours, strict=True))
        split = 1 + int(head["pieces"])
        return Layers((int(width), int(height)), pictures[0], tuple(pictures[1:split]), stencils, tuple(pictures[split:]))
    except (ValueError, KeyError, TypeError, IndexError, struct.error) as error:
        raise Corrupt("the layers of a page cannot be read", found=type(error).__name__) from error


def _parts(data: bytes, at: int) -> Iterator[bytes]:
    while at < len(data):
        (size,) = _SIZE.unpack_from(data, at)
        at += _SIZE.size
        if at + size > len(data):
            raise ValueError
        yield data[at : at + size]
        at += size


def _box(values: list[int]) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = (int(v) for v in values)
    return (x0, y0, x1, y1)
