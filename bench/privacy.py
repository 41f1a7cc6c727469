"""Personal data that must not leak: `python -m bench.privacy --count 10000`.

Plants so many names, identity numbers and telephone numbers of people who do not exist, sends them through the whole line with every logger
at its loudest, and searches every byte of what was left and said (tests/fakes/exposure.py). Exits 1 when one stands where it must not.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.fakes.exposure import ALLOWED, expose


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--keep", type=Path, help="leave everything in this folder, to look at")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="casefile-privacy-") as root:
        found = expose(arguments.keep or Path(root), arguments.count, seconds=1200)
    print(f"{found.planted} planted, {found.looked_at / 1e6:.0f} MB searched; {found.counts}")
    for place, count in found.seen.items():
        print(f"  {count:6} in {place:<22} {ALLOWED[place]}")
    for place, count in found.leaks.items():
        print(f"  {count:6} LEAKED into {place}")
    print(f"{sum(found.leaks.values())} leaked")
    sys.exit(bool(found.leaks) or not found.seen)


if __name__ == "__main__":
    main()
