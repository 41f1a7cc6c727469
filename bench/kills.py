"""kill -9 of the whole process group at random points: nothing lost, nothing doubled, no hand needed.

    python -m bench.kills [--kills 200] [--real 10] [--seed N] [--folder DIR]

Ten kills on one data folder, while scans arrive (single files, folders page by page, stacks with separator sheets, the same bytes again), so
that most kills meet what an earlier kill left. After each kill every scan must lie in the inbox or have its receipt and its bytes; after ten
serve is left alone until all is done, and everything is counted (tests/faulty/window.py). Reading is faked in its real child processes, but
for the last `--real` kills. Exit 1 if anything is lost, doubled, unread, not found, or needed a hand.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.faulty.lives import Lives, phase, told_until
from tests.faulty.window import Window, judge, settled

PER_FOLDER = 10
SCANS = 3
"""Arrivals in each life, at most."""


def measured(lives: Lives, data: Path, cold: bool) -> float:
    """Seconds from the start of a life on an empty folder to its first receipt."""
    window = Window(data, random.Random(0))
    window.arrive()
    began = time.monotonic()
    life = lives.begin(data, data.parent / "log", cold)
    while not told_until(data):
        time.sleep(0.01)
        assert time.monotonic() - began < 240, "serve took nothing in"
    lives.kill(life)
    return time.monotonic() - began


def killed(lives: Lives, window: Window, chance: random.Random, begin: float, work: float, cold: bool) -> tuple[str, list[str]]:
    """One life ended at a random point: a fifth of them while starting. What was under way, and what is missing."""
    since = told_until(window.data)
    life = lives.begin(window.data, window.data.parent / "log", cold)
    at = chance.uniform(0, begin) if chance.random() < 0.2 else chance.uniform(begin * 0.9, begin + work)
    arrivals = sorted(chance.uniform(0, at) for _ in range(chance.randint(0, SCANS)))
    began = time.monotonic()
    for moment in arrivals:
        time.sleep(max(0.0, began + moment - time.monotonic()))
        window.arrive()
    time.sleep(max(0.0, began + at - time.monotonic()))
    fell = [] if lives.alive(life) else ["serve had ended by itself"]
    lives.kill(life)
    return phase(window.data, since), fell + [f"{name} is gone" for name in window.missing()]


def finished(lives: Lives, window: Window, seconds: float) -> tuple[float, list[str]]:
    """Leave serve alone until all is done; how many seconds it took, and what is wrong then."""
    began = time.monotonic()
    life = lives.begin(window.data, window.data.parent / "log")
    while not settled(window) and time.monotonic() - began < seconds and lives.alive(life):
        time.sleep(0.1)
    took = time.monotonic() - began
    time.sleep(0.3)
    lives.stop(life)
    return took, judge(window)


def run(kills: int, seed: int, place: Path, module: str, work: float, cold_every: int) -> tuple[int, Counter[str], list[str]]:
    """`kills` kills over as many data folders as needed; scans dropped, what the kills met, what went wrong."""
    chance, lives = random.Random(seed), Lives(module)
    met, wrong, scans = Counter[str](), list[str](), 0
    (place / "first").mkdir(parents=True)
    begin = measured(lives, place / "first" / "data", False)
    begin_cold = measured(lives, place / "first" / "cold", True) if cold_every else 0.0
    for number, start in enumerate(range(0, kills, PER_FOLDER)):
        window = Window(place / str(number) / "data", chance)
        for kill in range(start, min(kills, start + PER_FOLDER)):
            cold = bool(cold_every) and kill % cold_every == 0
            what, gone = killed(lives, window, chance, begin_cold if cold else begin, work, cold)
            met[what] += 1
            wrong += [f"folder {number}, kill {kill}: {thing}" for thing in gone]
        took, found = finished(lives, window, 60 + 30 * work)
        wrong += [f"folder {number}: {thing}" for thing in found]
        scans += len(window.files)
        print(f"  folder {number}: {len(window.files)} scans, done {took:.1f} s after the last start, {len(found)} findings", flush=True)
    lives.close()
    return scans, met, wrong


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--real", type=int, default=10)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--folder", type=Path, help="keep the data folders here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = arguments.folder or Path(scratch)
        scans, met, wrong = run(arguments.kills - arguments.real, arguments.seed, place / "quick", "tests.fakes.quick", 3.0, 4)
        if arguments.real:
            more, real, bad = run(arguments.real, arguments.seed + 1, place / "real", "app.main", 12.0, 0)
            scans, met, wrong = scans + more, met + real, wrong + bad
    for thing in wrong:
        print(f"WRONG: {thing}")
    print("killed while: " + ", ".join(f"{what} {number}" for what, number in met.most_common()))
    print(f"{met.total()} kills, {scans} scans: {len(wrong)} findings (lost, doubled, unread, not found, in need of a hand)")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
