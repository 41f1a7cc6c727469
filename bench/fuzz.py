"""Damaged files through triage, reading and the archived PDF in real child processes, recognition faked: does any cost a child?

    python bench/fuzz.py [--count 10000] [--first 1] [--keep DIR]

Mutations are made from numbers (tests/bad/mutations.py): the same number gives the same file. Prints how files ended, the longest one, and the
most memory of any child. Exits 1 where a child was lost, a fault of our own came up, one took over 30 s, or a child held over 1.5 GB.
"""

import argparse
import collections
import os
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HARM = ("reader-failed", "took-too-long", "took-too-much-memory", "internal", "raised")
MEMORY, SECONDS = 1_500_000_000, 30.0


def main():
    from bench.bad_input import Watch
    from tests.bad.mutations import mutant, seeds
    from tests.bad.through import quick_pool, through

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where files that did harm are written")
    arguments = parser.parse_args()
    seeds()
    ended, harm, lock, workers = collections.Counter(), [], threading.Lock(), os.cpu_count() or 1
    longest = (0.0, 0)
    with tempfile.TemporaryDirectory() as scratch:
        pool, watch = quick_pool(workers, Path(scratch) / "children"), Watch(os.getpid())

        def one(number):
            nonlocal longest
            path, out = Path(scratch) / f"{number}", Path(scratch) / f"{number}.pdf"
            path.write_bytes(mutant(number))
            begun = time.monotonic()
            try:
                how = through(pool, path, out)
            except Exception as error:
                how = f"raised {type(error).__name__}: {error}"
            took = time.monotonic() - begun
            with lock:
                ended[how] += 1
                longest = max(longest, (took, number))
                if any(word in how for word in HARM):
                    harm.append((number, how))
                    if arguments.keep:
                        (arguments.keep / str(number)).write_bytes(path.read_bytes())
            path.unlink()
            out.unlink(missing_ok=True)

        begun = time.monotonic()
        with ThreadPoolExecutor(workers) as threads:
            list(threads.map(one, range(arguments.first, arguments.first + arguments.count)))
        watch.end()
        pool.close()
    for how, count in ended.most_common():
        print(f"{count:>7}  {how}")
    print(f"{arguments.count} files in {time.monotonic() - begun:.0f} s; longest {longest[0]:.1f} s (number {longest[1]})")
    print(f"most memory of a child: {watch.peak / 1e6:.0f} MB (bar 1500); children started: {len(watch.children)}")
    for number, how in harm:
        print(f"  HARM: {number}: {how}")
    sys.exit(1 if harm or longest[0] > SECONDS or watch.peak > MEMORY else 0)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
