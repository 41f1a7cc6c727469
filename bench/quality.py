"""How well casefile reads made sessions: every figure over several sets, with 95 % intervals, against its bar.

    python -m bench.quality SET [SET ...] --score PATH/score.py [--out FOLDER] [--json OUT] [--keep]

A SET is a folder of sessions with truth. Each is read by `casefile read` as its files lie there (nothing is made upright beforehand); the
result stays in `--out`, and with `--keep` one that is there is taken again.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from bench.tally import NONE, Count, added, intervals, scorer, tally

ROOT = Path(__file__).resolve().parents[1]
BARS = {
    "pages found": (">=", 1.0),
    "Han wrong by line": ("<=", 0.01),
    "Latin wrong by line": ("<=", 0.01),
    "Han wrong by page": ("<=", 0.03),
    "Latin wrong by page": ("<=", 0.03),
    "kinds, macro-F1": (">=", 0.97),
    "other accepted": ("<=", 0.02),
    "known rejected": ("<=", 0.02),
    "numbers and MRZ exact": (">=", 0.98),
    "other fields exact": (">=", 0.93),
    "wrong values flagged, with a rule": (">=", 0.99),
    "wrong values flagged, others": (">=", 0.80),
    "right values flagged": ("<=", 0.05),
    "orientation": (">=", 0.995),
    "skew within 0.1": (">=", 0.95),
    "blank precision": (">=", 0.99),
    "blank recall": (">=", 0.99),
    "content pages called blank": ("<=", 0.0),
    "duplicates found": (">=", 0.90),
    "duplicates wrongly reported": ("<=", 0.005),
    "blurred recall": (">=", 1.0),
    "blurred precision": (">=", 0.9),
    "separators": (">=", 1.0),
}


def read(root: Path, out: Path, keep: bool) -> float:
    """Read the files of `root` into the result `out`; CPU seconds, 0 for one that was kept."""
    if keep and out.exists():
        return 0.0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    watched = out.with_suffix(".watched")
    watched.mkdir(exist_ok=True)
    for truth in sorted(root.glob("S*/truth.json")):
        for file in json.loads(truth.read_text(encoding="utf-8"))["files"]:
            link = watched / file["path"]
            link.parent.mkdir(parents=True, exist_ok=True)
            if not link.exists():
                shutil.copyfile(truth.parent / "files" / file["path"].split("/", 1)[1], link)
    command = [sys.executable, "-m", "app.main", "read", str(watched), "--jsonl", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def duplicates(score: Any, pages: list[dict], found: dict) -> Count:
    """Pairs found, and pages wrongly reported, of one session."""
    pairs = {
        frozenset((key(score, p), score.key(p["duplicate_of"]["file"], p["duplicate_of"]["page"]))) for p in pages if p["duplicate_of"]
    }
    said, wrong = set(), 0
    for page in pages:
        twin = found.get(key(score, page), {}).get("duplicate_of")
        if twin:
            pair = frozenset((key(score, page), score.key(twin["file"], twin["page"])))
            said |= {pair} & pairs
            wrong += pair not in pairs
    return {"duplicates found": [len(said), len(pairs)], "duplicates wrongly reported": [wrong, len(pages)]}


def key(score: Any, page: dict) -> Any:
    return score.key(page["file"], page["page"])


def macro_f1(confusion: Counter) -> float:
    right, truth, said = Counter(), Counter(), Counter()
    for (wanted, got), number in confusion.items():
        truth[wanted] += number
        said[got] += number
        right[wanted] += number * (wanted == got)
    scores = [2 * right[k] / max(1, truth[k] + said[k]) for k in truth]
    return sum(scores) / max(1, len(scores))


def confused(score: Any, pages: list[dict], found: dict) -> Counter:
    matrix: Counter = Counter()
    for page in pages:
        if page["blank"] or page["kind"] in (None, "separator"):
            continue
        got = found.get(key(score, page), {}).get("kind")
        got = "other" if got in NONE else score.KINDS.get(got, got)
        matrix[page["kind"], page["kind"] if got in (page["kinds"] or ()) else got] += 1
    return matrix


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--score", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("/tmp/casefile-quality"))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", action="store_true")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    score = scorer(args.score)
    groups: list[Count] = []
    matrices: list[Counter] = []
    seconds = pages = 0.0
    by_kind: dict[str, Count] = defaultdict(dict)
    start = time.monotonic()
    for root in args.sets:
        out = args.out / f"{root.resolve().parent.name}-{root.name}.jsonl"
        seconds += read(root, out, args.keep)
        lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        found = {score.key(line["file"], line["page"]): line for line in lines}
        pages += len(lines)
        for truth in score.load_truth(str(root)):
            counts = [tally(score, page, found.get(key(score, page), {})) for page in truth["pages"]]
            groups.append(added([*counts, duplicates(score, truth["pages"], found)]))
            matrices.append(confused(score, truth["pages"], found))
            for page, count in zip(truth["pages"], counts, strict=True):
                by_kind[str(page["kind"])] = added([by_kind[str(page["kind"])], count])
    report(groups, matrices, by_kind, args)
    print(
        f"{pages:.0f} pages of {len(groups)} sessions in {len(args.sets)} sets; {seconds / max(1, pages):.2f} CPU-s a page to read", end=""
    )
    print(f", {time.monotonic() - start:.0f} s")
    return 0


def report(groups: list[Count], matrices: list[Counter], by_kind: dict[str, Count], args: argparse.Namespace) -> None:
    whole, bounds = added(groups), intervals(groups)
    whole["kinds, macro-F1"] = [macro_f1(sum(matrices, Counter())), 1.0]
    rows = []
    for name, (way, bar) in BARS.items():
        hit, tries = whole.get(name, (0.0, 0.0))
        if not tries:
            continue
        value = hit / tries
        low, high = bounds.get(name, (value, value))
        reached = value >= bar if way == ">=" else value <= bar
        rows.append({"figure": name, "value": value, "low": low, "high": high, "of": tries, "bar": f"{way} {bar:g}", "reached": reached})
        print(
            f"{'  ' if reached else '! '}{name:36} {100 * value:7.2f} %  [{100 * low:.2f}, {100 * high:.2f}]  of {tries:.0f}   {way} {100 * bar:g} %"
        )
    for (wanted, got), number in sum(matrices, Counter()).most_common():
        if wanted != got:
            print(f"   {wanted} taken for {got}: {number}")
    if args.json:
        kinds = {kind: {name: count for name, count in counts.items()} for kind, counts in by_kind.items()}
        args.json.write_text(json.dumps({"rows": rows, "kinds": kinds}, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
