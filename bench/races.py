"""Several processes claim from one inbox: `python -m bench.races --runs 20`.

Each run: 8 processes, 1,000 files (half of them in folders of twenty), every file must get one receipt and one only. Every fifth run uses
the real books (SQLite with fsync, journal, keys), the others quicker ones. Exits 1 when anything is doubled, lost or left.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.fakes.race import race


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--files", type=int, default=1000)
    arguments = parser.parse_args()
    doubled = lost = other = 0
    for number in range(arguments.runs):
        real = number % 5 == 0
        with tempfile.TemporaryDirectory(prefix="casefile-race-") as root:
            raced = race(Path(root), arguments.processes, arguments.files, real)
        doubled, lost = doubled + raced.doubled, lost + raced.lost
        folders = -(-(arguments.files // 2) // 20)
        wanted = (arguments.files, folders + arguments.files - arguments.files // 2, 0)
        other += (raced.received, raced.batches, raced.left) != wanted
        print(f"run {number + 1:2}  {'real ' if real else 'quick'} books  {raced.seconds:5.1f} s  {raced}", flush=True)
    total = arguments.runs * arguments.files
    print(
        f"{arguments.runs} runs of {arguments.processes} processes: {total} files, {doubled} doubled, {lost} lost, {other} runs otherwise wrong"
    )
    sys.exit(bool(doubled or lost or other))


if __name__ == "__main__":
    main()
