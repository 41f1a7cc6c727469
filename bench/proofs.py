"""Checkpoints and consistency proofs of a long ledger: seconds and memory.

    python bench/proofs.py [--events 1000000] [--line 600]

A journal of so many lines of that many bytes is written (hashes by chance, since only they are read); measured are the tree from the first event on, a
proof from an early tree, and what a submission to the witness does every few minutes: a proof from yesterday's tree over what is new. Exits 1
if the process grew by more than 64 MB, or a proof does not hold.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from archive.merkle import grow, verify_consistency  # noqa: E402
from archive.segments import SEGMENT, read_leaves, segment_name  # noqa: E402
from archive.witnessed import durable_size, tree_at  # noqa: E402


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(folder, events, line):
    chance, filling = random.Random(1), b"x" * (line - 66)
    for first in range(1, events + 1, SEGMENT):
        lines = [filling + b"\t" + chance.randbytes(32).hex().encode() + b"\n" for _ in range(min(SEGMENT, events - first + 1))]
        (folder / segment_name(first)).write_bytes(b"".join(lines))


def timed(what, step):
    begun, cpu = time.perf_counter(), time.process_time()
    found = step()
    print(f"{what:48}{time.perf_counter() - begun:9.3f} s {time.process_time() - cpu:9.3f} s CPU   peak {peak():6.0f} MB", flush=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--line", type=int, default=600)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(folder, a.events, a.line)
        before = peak()
        whole = timed(f"tree over {a.events} events", lambda: tree_at(folder, a.events))
        early = tree_at(folder, 3)
        proof, new = timed(f"proof from 3 to {a.events}", lambda: grow(early, read_leaves(folder, 3), a.events - 3))
        good = verify_consistency(3, early.root(), new.size, new.root(), proof) and new.root() == whole.root()
        yesterday = tree_at(folder, a.events - 1000)

        def submission():
            count = durable_size(folder, yesterday.size) - yesterday.size
            return grow(yesterday, read_leaves(folder, yesterday.size), count)

        proof, new = timed("proof over the last 1,000, as in a submission", submission)
        good = good and verify_consistency(yesterday.size, yesterday.root(), new.size, new.root(), proof) and new.root() == whole.root()
    print(f"proofs hold: {good}; grew by {peak() - before:.0f} MB")
    sys.exit(not good or peak() - before > 64)


if __name__ == "__main__":
    main()
