"""How sure a kind is: the signs of a page (pipeline/signs.py) in a logistic model, and from which sureness on a kind is given.

The weights come from pages drawn by several generators (bench/train_kinds.py writes pipeline/confidence.json); they are the same for every
kind. `confidence` is calibrated on pages that were not used for the weights: of the pages given 0.9, about nine in ten are right.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import exp

from pipeline.signs import SIGNS


@cache
def _model() -> tuple[float, tuple[float, ...], float]:
    """Intercept, weights in the order of `SIGNS`, and the least confidence at which a kind is given."""
    data = json.loads(files("pipeline").joinpath("confidence.json").read_text(encoding="utf-8"))
    return float(data["intercept"]), tuple(float(data["weights"][name]) for name in SIGNS), float(data["enough"])


def confidence(found: Sequence[float]) -> float:
    """How likely a kind with these signs is the right one, 0 to 1."""
    intercept, weights, _ = _model()
    return 1 / (1 + exp(-max(-30.0, min(30.0, intercept + sum(w * s for w, s in zip(weights, found, strict=True))))))


def enough() -> float:
    """The least confidence at which a kind is given, and not `other`."""
    return _model()[2]
