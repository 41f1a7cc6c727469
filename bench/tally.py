"""What a page counts for in each figure: hits and tries, page by page, so that figures of many sets can be put together with their intervals.

The rules are those of the scorer of the sessions (SCORE/score.py), whose own functions are used: one truth, two ways to add it up.
"""

import importlib.util
import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

Count = dict[str, list[float]]
"""Figure -> [hits, tries]."""
NONE = ("other", "unknown", "none", None)
CHECKED = {
    *("id_no", "id_no2", "principal_id", "agent_id", "mother_id", "father_id"),
    *("uscc", "vin", "plate", "mrz", "mrz1", "mrz2"),
}
"""Fields for which a check rule exists, beside dates."""
EXACT = CHECKED - {"uscc", "vin", "plate"}


def scorer(path: Path) -> ModuleType:
    """The sessions' scorer as a module."""
    spec = importlib.util.spec_from_file_location("sessions_score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def dated(name: str) -> bool:
    return name.endswith("date") or name.startswith(("valid", "first_issue", "start", "end"))


def tally(score: ModuleType, truth: dict[str, Any], found: dict[str, Any]) -> Count:
    """One page. `found` is {} where the page is missing from the result."""
    count: Count = defaultdict(lambda: [0.0, 0.0])

    def add(name: str, hit: float, tries: float = 1.0) -> None:
        count[name][0] += hit
        count[name][1] += tries

    blank = bool(found.get("blank"))
    add("pages found", bool(found))
    if truth["blank"]:
        add("blank recall", blank)
    if blank:
        add("blank precision", truth["blank"])
    if truth["blank"]:
        return count
    add("content pages called blank", blank)
    right = found.get("orientation") is not None and score.angdiff(found["orientation"], truth["orientation"]) < 1
    add("orientation", right)
    add("orientation wrong", found.get("orientation") is not None and not right)
    if truth["skew"] is not None:
        add("skew within 0.1", found.get("skew") is not None and abs(found["skew"] - truth["skew"]) <= 0.1001)
    poor = bool(truth["quality"]["poor"])
    if poor:
        add("blurred recall", bool(found.get("poor")))
    if found.get("poor"):
        add("blurred precision", poor)
    if truth["kind"] == "separator":
        add("separators", found.get("kind") == "separator")
        return count
    _kind(score, truth, found, add)
    if not poor:
        _text(score, truth, found, add)
    _fields(score, truth, found, add, poor)
    return count


def _kind(score: ModuleType, truth: dict[str, Any], found: dict[str, Any], add: Any) -> None:
    kind = score.KINDS.get(found.get("kind"), found.get("kind"))
    if truth["kind"] == "other":
        add("other accepted", kind not in NONE)
        return
    hit = kind in (truth["kinds"] or [truth["kind"]])
    add("kind right", hit)
    add("known rejected", kind in NONE)


def _text(score: ModuleType, truth: dict[str, Any], found: dict[str, Any], add: Any) -> None:
    whole, read = score.N(score.reading_text(truth["lines"])), score.N(found.get("text", ""))
    for name, only in (("Han", score.HAN), ("Latin", score.LAT)):
        text = only(read)
        add(f"{name} wrong by page", score.myers(only(whole), text), len(only(whole)))
        add(f"{name} wrong by line", *by_line(score, truth["lines"], text, only))


def by_line(score: ModuleType, lines: list[dict[str, Any]], text: str, only: Callable[[str], str]) -> tuple[int, int]:
    """Characters wrong, of how many: each line of the truth looked for anywhere in `text`, which `only` has been through."""
    wanted = [line for line in (only(score.N(line["t"])) for line in lines) if line]
    return sum(min(len(line), score.myers(line, text, True)) for line in wanted), sum(map(len, wanted))


def _fields(score: ModuleType, truth: dict[str, Any], found: dict[str, Any], add: Any, poor: bool) -> None:
    theirs = {name: _renamed(score, name) for name in found.get("fields") or {}}
    values = {theirs[name]: value for name, value in (found.get("fields") or {}).items()}
    doubtful = {theirs.get(name, name) for name in found.get("doubtful") or ()}
    for name, value in truth["fields"].items():
        bare = name.split(".")[-1]
        right = name in values and score.fnorm(name, values[name]) == score.fnorm(name, value)
        if not poor:
            add("numbers and MRZ exact" if bare in EXACT else "other fields exact", right)
        if right:
            add("right values flagged", name in doubtful)
        elif name in values:
            add("wrong values flagged, with a rule" if bare in CHECKED or dated(bare) else "wrong values flagged, others", name in doubtful)


def _renamed(score: ModuleType, name: str) -> str:
    kind, dot, field = name.rpartition(".")
    return f"{score.KINDS.get(kind, kind)}.{field}" if dot else name


def added(counts: Iterable[Count]) -> Count:
    """Counts put together."""
    whole: Count = defaultdict(lambda: [0.0, 0.0])
    for count in counts:
        for name, (hit, tries) in count.items():
            whole[name][0] += hit
            whole[name][1] += tries
    return whole


def intervals(groups: list[Count], draws: int = 1000, seed: int = 1) -> dict[str, tuple[float, float]]:
    """95 % of each figure: whole sessions drawn with replacement (bootstrap by clusters, Efron and Tibshirani 1993), for pages of one
    session share device and hand."""
    chance = random.Random(seed)
    drawn: dict[str, list[float]] = defaultdict(list)
    for _ in range(draws):
        for name, (hit, tries) in added(chance.choices(groups, k=len(groups))).items():
            if tries:
                drawn[name].append(hit / tries)
    bounds = {}
    for name, values in drawn.items():
        values.sort()
        bounds[name] = (values[int(0.025 * (len(values) - 1))], values[int(0.975 * (len(values) - 1))])
    return bounds
