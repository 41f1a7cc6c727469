"""One bit flipped at random places of store, ledger and keys: how many does `verify` find?

    python bench/bit_flips.py DATA [--number 200] [--seed 1]

DATA is a data folder casefile filled (demo-data after `make demo`). It is copied first; places are drawn by bytes over all files of the copy's
store/, ledger/ and keys/, so large objects are hit more often, and then as many again with every file equally likely. After each flip the copy is
verified as the command does, and the bit is put back.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def places(files, number, chance):
    sizes = [path.stat().st_size for path in files]
    for path in [*chance.choices(files, sizes, k=number), *chance.choices(files, k=number)]:
        yield path, chance.randrange(path.stat().st_size), 1 << chance.randrange(8)


def flip(path, at, bit):
    path.chmod(0o644)
    with path.open("r+b") as stream:
        stream.seek(at)
        byte = stream.read(1)[0]
        stream.seek(at)
        stream.write(bytes([byte ^ bit]))


def main():
    from app.wiring import verify_data
    from domain.model import Outcome

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "data"
        shutil.copytree(arguments.data, data)
        files = sorted(p for part in ("store", "ledger", "keys") for p in (data / part).rglob("*") if p.is_file() and p.stat().st_size)
        assert verify_data(data, None).outcome is not Outcome.BAD, "the folder must be whole to begin with"
        found = tried = 0
        begun = time.monotonic()
        for path, at, bit in places(files, arguments.number, random.Random(arguments.seed)):
            flip(path, at, bit)
            tried += 1
            caught = verify_data(data, None).outcome is Outcome.BAD
            found += caught
            if not caught:
                print("not found:", path.relative_to(data), "byte", at, "bit", bit)
            flip(path, at, bit)
        seconds = time.monotonic() - begun
    print(
        f"{tried} single bits flipped in {len(files)} files ({arguments.number} by bytes, {arguments.number} by files): {found} found; {seconds / tried:.2f} s a verification"
    )
    sys.exit(found != tried)


if __name__ == "__main__":
    main()
