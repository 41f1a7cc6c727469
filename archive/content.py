"""Which images a page of a foreign PDF shows, if it shows nothing else.

Reads the content stream (ISO 32000-1, 8 and 9) with the few operators a scanner's PDF has. Whatever it does not know, or that would
paint anything beside images and unseen text, makes it give up: the page is then rendered. Giving up is always safe.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from domain.geometry import Box, Matrix, apply, bound, compose

UNIT: Matrix = (1, 0, 0, 1, 0, 0)
DEPTH = 4
MOST = 200
SILENT = {
    *("w", "J", "j", "M", "d", "ri", "i", "BT", "ET", "Tf", "Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "TL", "Ts"),
    *("BMC", "EMC", "MP", "DP", "BX", "EX", "G", "RG", "K", "CS", "SC", "SCN"),
}
PATH = {"m", "l", "c", "v", "y", "h", "re"}
FILLS = {"f", "F", "f*"}


class Beyond(Exception):
    """The page shows something that is not an image alone."""


@dataclass(frozen=True, slots=True)
class State:
    """The part of the graphics state that decides what is seen."""

    ctm: Matrix = UNIT
    unseen: bool = False
    clip: Box | None = None
    fill: str = "black"


@dataclass(frozen=True, slots=True)
class Shown:
    """An image XObject, its matrix from unit square to user space (y up), and the fill colour a stencil would take."""

    image: Any
    ctm: Matrix
    fill: str


def shown(page: pikepdf.Page) -> list[Shown] | None:
    """The images of `page` in the order they are painted; None if it shows anything else, or nothing at all."""
    found: list[Shown] = []
    try:
        _walk(page.obj, page.resources, State(), found, 0)
        for annotation in page.obj.get("/Annots", []):
            if _seen(annotation):
                raise Beyond
    except (Beyond, pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return None  # malformed or richer than a scan: rendering shows what there is to see
    return found or None


def _seen(annotation: Any) -> bool:
    return "/AP" in annotation and not int(annotation.get("/F", 0)) & 2 and annotation.get("/Subtype") not in ("/Link", "/Popup")


def _walk(stream: Any, resources: Any, state: State, found: list[Shown], depth: int) -> None:
    stack: list[State] = []
    path: list[Any] = []
    clipping = False
    for instruction in pikepdf.parse_content_stream(stream):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            raise Beyond
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "q":
            stack.append(state)
        elif operator == "Q":
            state = stack.pop() if stack else state
        elif operator == "cm":
            state = replace(state, ctm=compose(_matrix(operands), state.ctm))
        elif operator in PATH:
            path.append((operator, list(operands)))
        elif operator in ("W", "W*"):
            clipping = True
        elif operator == "n" or operator in FILLS:
            if operator in FILLS and (found or state.fill != "white"):
                raise Beyond
            state = replace(state, clip=_meet(state, path)) if clipping else state
            path, clipping = [], False
        elif operator == "Do":
            _do(resources["/XObject"][operands[0]], resources, state, found, depth)
        elif operator not in SILENT:
            state = _set(operator, operands, resources, state)


def _do(thing: Any, resources: Any, state: State, found: list[Shown], depth: int) -> None:
    if "/OC" in thing or depth >= DEPTH or len(found) >= MOST:
        raise Beyond
    if thing.get("/Subtype") == "/Form":
        ctm = compose(_matrix(thing.get("/Matrix", UNIT)), state.ctm)
        x0, y0, x1, y1 = (float(v) for v in thing["/BBox"])
        inner = replace(state, ctm=ctm)
        inner = replace(inner, clip=_meet(inner, [("re", [x0, y0, x1 - x0, y1 - y0])]))
        _walk(thing, thing.get("/Resources", resources), inner, found, depth + 1)
        return
    if thing.get("/Subtype") != "/Image" or "/SMask" in thing or "/Mask" in thing or int(thing.get("/SMaskInData", 0)):
        raise Beyond
    box = bound([(*p, *p) for p in corners(state.ctm)])
    if state.clip is not None and not _inside(box, state.clip):
        raise Beyond
    found.append(Shown(thing, state.ctm, state.fill))


def _set(operator: str, operands: Any, resources: Any, state: State) -> State:
    if operator == "Tr":
        return replace(state, unseen=int(operands[0]) == 3)
    if operator in ("Tj", "TJ", "'", '"'):
        if not state.unseen:
            raise Beyond
        return state
    if operator == "gs":
        _plain(resources["/ExtGState"][operands[0]])
        return state
    if operator == "BDC":
        if operands[0] == "/OC":
            raise Beyond
        return state
    if operator in ("g", "rg", "k", "sc", "scn", "cs"):
        return replace(state, fill=_colour(operator, operands))
    raise Beyond


def _colour(operator: str, operands: Any) -> str:
    values = [float(v) for v in operands] if operator in ("g", "rg", "k") else []
    dark = {"g": [0.0], "rg": [0.0] * 3, "k": [0.0, 0.0, 0.0, 1.0]}.get(operator)
    light = {"g": [1.0], "rg": [1.0] * 3, "k": [0.0] * 4}.get(operator)
    return "other" if not values else "black" if values == dark else "white" if values == light else "other"


def _plain(gs: Any) -> None:
    opaque = float(gs.get("/ca", 1)) == 1 and float(gs.get("/CA", 1)) == 1
    if not opaque or gs.get("/SMask", "/None") != "/None" or gs.get("/BM", "/Normal") not in ("/Normal", "/Compatible") or "/Font" in gs:
        raise Beyond
    if any(key in gs for key in ("/TR", "/TR2")):
        raise Beyond


def _matrix(values: Iterable[Any]) -> Matrix:
    a, b, c, d, e, f = (float(v) for v in values)
    return (a, b, c, d, e, f)


def corners(m: Matrix) -> list[tuple[float, float]]:
    """Where `m` puts the corners of the unit square."""
    return [apply(m, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]


def _meet(state: State, path: list[Any]) -> Box:
    """The clip of `state` cut by `path`, which must be one upright rectangle."""
    if len(path) != 1 or path[0][0] != "re" or ((state.ctm[1] or state.ctm[2]) and (state.ctm[0] or state.ctm[3])):
        raise Beyond
    x, y, w, h = (float(v) for v in path[0][1])
    points = [apply(state.ctm, px, py) for px, py in ((x, y), (x + w, y + h))]
    new = bound([(*p, *p) for p in points])
    if state.clip is None:
        return new
    old = state.clip
    return (max(old[0], new[0]), max(old[1], new[1]), min(old[2], new[2]), min(old[3], new[3]))


def _inside(box: Box, clip: Box) -> bool:
    """Whether the clip takes nothing of `box` but a sliver."""
    slack = 0.005 * max(box[2] - box[0], box[3] - box[1])
    return clip[0] <= box[0] + slack and clip[1] <= box[1] + slack and clip[2] >= box[2] - slack and clip[3] >= box[3] - slack
