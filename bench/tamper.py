"""Tampering with a ledger at every position, in two strengths: how much does `verify` find?

    python bench/tamper.py [--events 1000] [--after 64] [--sample 3] [--seed 20261125]

Seven tamperings (tests/faulty/tampering.py) at each position, naive (lines changed: found by verify alone) and strong (every hash, leaf and
checkpoint made anew: held against the witness's checkpoint over all but the last `--after` events). These read the ledger as `verify` does,
without store and database; of the strong ones every 25th has its made-up lines parsed, the others are taken as made. Then a sample
of the strong ones is made in whole data folders, the database rebuilt, and verified by the whole `verify`. Last, 500 pairs of consistency proofs.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from archive.books import open_books  # noqa: E402
from archive.check_witness import Outside  # noqa: E402
from archive.merkle import consistency_proof, grow, verify_consistency  # noqa: E402
from archive.verify import verify  # noqa: E402
from domain.clock import SystemClock  # noqa: E402
from domain.model import Outcome  # noqa: E402
from tests.faulty import tampering  # noqa: E402
from tests.faulty.tampering import KINDS, PARSER, Ledger  # noqa: E402


class Setter:
    setattr = staticmethod(setattr)


def one_kind(task):
    """Tried and found, naive and strong, of one kind."""
    kind, count, after, seed = task
    tampering.quick(Setter())
    with tempfile.TemporaryDirectory() as place:
        ledger = Ledger(Path(place), count)
        chance, witnessed = random.Random(f"{seed}{kind}"), count - after
        row = {"kind": kind, "naive": 0, "strong": 0, "strong, verify alone": 0, "behind the checkpoint": 0, "missed": []}
        for position in range(1, count + 1):
            found = ledger.naive(kind, position, chance) is Outcome.BAD
            row["naive"] += found
            PARSER.believe = position % 25 != 1
            alone, against = ledger.strong(kind, position, chance, witnessed)
            row["strong, verify alone"] += alone is Outcome.BAD
            row["strong" if position <= witnessed else "behind the checkpoint"] += against is Outcome.BAD
            if not found or (position <= witnessed and against is not Outcome.BAD):
                row["missed"].append(position)
        return row


def whole(ledger, kind, position, chance, witnessed, place):
    """A data folder made from a tampered story, its database and marks anew; what verify says alone and against the checkpoint."""
    shutil.rmtree(place, ignore_errors=True)
    ledger.strong(kind, position, chance, witnessed)
    shutil.copytree(ledger.tampered, place / "ledger")
    open_books(place, SystemClock()).close()
    alone = verify(place, patience=0.0)
    against = verify(place, patience=0.0, outside=Outside(anchors=[ledger.anchor(witnessed)], asked="witness"))
    return alone.outcome, against.outcome


def proofs(ledger, count, chance):
    """Of 500 pairs: how many proofs hold, and how many wrong ones do."""
    leaves = [bytes.fromhex(event.leaf()) for event in ledger.events]
    held = wrong = tried = 0
    for _ in range(500):
        old, size = sorted((chance.randint(1, count), chance.randint(1, count)))
        before, root, other = ledger.trees[old].root(), ledger.trees[size].root(), ledger.trees[chance.randint(0, count)].root()
        proof = grow(ledger.trees[old], iter(leaves[old:size]), size - old)[0]
        held += proof == consistency_proof(leaves[:size], old) and verify_consistency(old, before, size, root, proof)
        cases = [(old, before, size, root, proof[:n] + proof[n + 1 :]) for n in range(len(proof))]
        cases += [(old, before, size, root, [*proof[:n], other, *proof[n + 1 :]]) for n in range(len(proof)) if proof[n] != other]
        cases += [(old, r, size, root, proof) for r in (other,) if r != before] + [
            (old, before, size, r, proof) for r in (other,) if r != root
        ]
        tried += len(cases)
        wrong += sum(verify_consistency(*case) for case in cases)
    return held, tried, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--after", type=int, default=64)
    parser.add_argument("--sample", type=int, default=3)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--jobs", type=int, default=2)
    a = parser.parse_args()
    begun, witnessed = time.monotonic(), a.events - a.after
    with get_context("spawn").Pool(a.jobs) as pool:
        rows = list(pool.imap(one_kind, [(kind, a.events, a.after, a.seed) for kind in KINDS]))
    bad = 0
    print(f"{a.events} events, witnessed: the first {witnessed}")
    print(f"{'':10}{'naive, verify alone':>22}{'strong, verify alone':>22}{'strong, witnessed part':>24}{'strong, behind it':>19}")
    for row in rows:
        n, s, b = f"{row['naive']}/{a.events}", f"{row['strong']}/{witnessed}", f"{row['behind the checkpoint']}/{a.after}"
        print(f"{row['kind']:10}{n:>22}{row['strong, verify alone']:>20}/{a.events:<3}{s:>22}{b:>19}")
        bad += len(row["missed"])
        if row["missed"]:
            print("  missed at", row["missed"][:20])
    with tempfile.TemporaryDirectory() as place:
        ledger, chance = Ledger(Path(place), a.events), random.Random(a.seed)
        tried = found = quiet = 0
        for kind in KINDS:
            for position in [1, witnessed, *(chance.randint(2, witnessed - 1) for _ in range(a.sample - 2))][: a.sample]:
                alone, against = whole(ledger, kind, position, chance, witnessed, Path(place) / "whole")
                tried, found, quiet = tried + 1, found + (against is Outcome.BAD), quiet + (alone is not Outcome.BAD)
        print(f"whole data folders rewritten: {tried}; {quiet} good by verify alone, {found} found against the witness")
        held, cases, wrong = proofs(ledger, a.events, chance)
    print(f"500 consistency proofs: {held} hold; of {cases} wrong ones {wrong} hold")
    print(
        json.dumps({"missed": bad, "whole": [tried, found], "proofs": [held, cases, wrong], "seconds": round(time.monotonic() - begun, 1)})
    )
    sys.exit(bool(bad) or found != tried or held != 500 or wrong != 0)


if __name__ == "__main__":
    main()
