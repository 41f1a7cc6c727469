"""Trains the few weights that say how sure a kind is (pipeline/confidence.json) from drawn pages with truth, and says how well they do.

    python -m bench.train_kinds SET [SET ...] --score PATH/score.py [--write]

Each page is read once and kept (bench/cached.py). The likeliest kinds of a page are examples, right ones and wrong; pages of `other` give wrong
ones only. Figures are from folds: whole sessions are left out in turn, so no page is judged by weights it helped to make. `--write` puts
the weights of all pages into pipeline/confidence.json. Sets kept for acceptance must not be given here.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from bench.cached import kept_at
from bench.reading import page_of
from bench.tally import scorer
from bench.truth_pages import truth_pages
from domain.kinds import OTHER
from pipeline.classify import candidates
from pipeline.fields import fields_of
from pipeline.ocr.rapid import RapidEngine
from pipeline.sheet import Sheet
from pipeline.signs import SIGNS, signs

OUT = Path(__file__).resolve().parents[1] / "pipeline" / "confidence.json"
RIDGE = 1.0
FOLDS = 5


def examples(sets: list[Path], score: Any, whole: bool) -> list[dict[str, Any]]:
    """One entry a page: its session, its truth, and its candidates with their signs."""
    engine = RapidEngine()
    rows = []
    for root in sets:
        for truth in truth_pages(root):
            if truth.truth["blank"] or truth.truth["kind"] == "separator" or truth.truth["quality"]["poor"]:
                continue
            if not whole and not kept_at(truth).exists():
                continue
            page, _ = page_of(truth, engine)
            sheet = Sheet.of(page)
            found = [(c, signs(c, [sheet], fields_of(c.kind, [sheet]))) for c in candidates([sheet])]
            rows.append(
                {
                    "session": f"{root.name}/{truth.session}",
                    "kind": truth.truth["kind"],
                    "key": truth.key,
                    "candidates": [
                        (c.kind.name, score.KINDS.get(c.kind.name, c.kind.name) in (truth.truth["kinds"] or [truth.truth["kind"]]), s)
                        for c, s in found
                    ],
                }
            )
    return rows


def fitted(rows: list[dict[str, Any]]) -> Any:
    """Weights, the intercept last: logistic regression with a ridge, by Newton's method (Hastie, Tibshirani, Friedman 2009, 4.4.1)."""
    x = np.array([[*s, 1.0] for row in rows for _, _, s in row["candidates"]])
    y = np.array([float(right) for row in rows for _, right, _ in row["candidates"]])
    weights = np.zeros(x.shape[1])
    penalty = np.diag([RIDGE] * len(SIGNS) + [0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + penalty, x.T @ (p - y) + penalty @ weights)
        weights -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def judged(rows: list[dict[str, Any]], weights: Any) -> list[tuple[str, float, bool]]:
    """For each page: its true kind, the confidence of the best candidate, whether that is right."""
    out = []
    for row in rows:
        best = (0.0, False)
        for _, right, s in row["candidates"]:
            p = 1 / (1 + np.exp(-np.clip(np.dot(weights[:-1], s) + weights[-1], -30, 30)))
            best = max(best, (float(p), right))
        out.append((row["kind"], *best))
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--score", type=Path, required=True)
    parser.add_argument("--kept-only", action="store_true", help="only pages that were read before")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    rows = examples(args.sets, scorer(args.score), not args.kept_only)
    sessions = sorted({row["session"] for row in rows})
    folds = {name: n % FOLDS for n, name in enumerate(sessions)}
    seen = []
    for fold in range(FOLDS):
        rest = [row for row in rows if folds[row["session"]] != fold]
        seen += judged([row for row in rows if folds[row["session"]] == fold], fitted(rest))
    best = report(seen)
    weights = fitted(rows)
    print("weights " + ", ".join(f"{name} {w:.2f}" for name, w in zip([*SIGNS, "intercept"], weights, strict=True)))
    if args.write:
        made = {"intercept": round(float(weights[-1]), 4), "weights": {n: round(float(w), 4) for n, w in zip(SIGNS, weights, strict=False)}}
        OUT.write_text(json.dumps({**made, "enough": best, "pages": len(rows)}, indent=1) + "\n", encoding="utf-8")
    return 0


def report(seen: list[tuple[str, float, bool]]) -> float:
    """Prints what each threshold does and how true the confidence is; the threshold with fewest errors of both sorts."""
    others, known = [s for s in seen if s[0] == OTHER], [s for s in seen if s[0] != OTHER]
    print(f"{len(known)} pages of known kinds, {len(others)} of other")
    costs = {}
    for enough in (0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8):
        accepted = sum(p >= enough for _, p, _ in others) / max(1, len(others))
        rejected = sum(p < enough for _, p, _ in known) / max(1, len(known))
        wrong = sum(p >= enough and not right for _, p, right in known) / max(1, len(known))
        costs[enough] = accepted + rejected + wrong
        print(
            f"   from {enough:.2f}: other accepted {100 * accepted:.1f} %, known rejected {100 * rejected:.1f} %, wrong kind {100 * wrong:.1f} %"
        )
    bins: dict[int, list[bool]] = defaultdict(list)
    for _, p, right in seen:
        bins[min(9, int(p * 10))].append(right)
    print("   given " + "  ".join(f"{b / 10:.1f}: {100 * sum(v) / len(v):.0f} % of {len(v)}" for b, v in sorted(bins.items())))
    return min(costs, key=lambda k: costs[k])


if __name__ == "__main__":
    sys.exit(main())
