"""A fault at every call of open, write, fsync, rename, commit and unlink of one intake and archive run: 24 cells.

    python -m bench.faults [--every 1] [--kinds open,write,...]

Each call fails once with EIO, ENOSPC, EROFS, or kills its process; and (`on`) it and every later call of its kind fail for a while. In each
case every original must lie in the inbox or have its receipt and bytes at every moment, and when the fault is gone everything must go on
unaided to the same end: nothing lost, doubled or set apart, verify without findings. Prints cases and findings a cell; exit 1 if there are any.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import pytest

import tests.fakes.quick_child  # noqa: F401 reading is faked in this process
from tests.faulty.calls import FAULTS, KINDS, Calls
from tests.faulty.cells import counted, failed, killed


def cell(place: Path, kind: str, fault: str, numbers: range, monkeypatch: pytest.MonkeyPatch, read: dict) -> tuple[int, list[str]]:
    cases, wrong = 0, list[str]()
    calls = Calls(monkeypatch, place, kind)
    for at in numbers:
        for on in (False,) if fault == "kill" else (False, True):
            with tempfile.TemporaryDirectory(dir=place) as scratch:
                found = killed(Path(scratch), calls, read, at) if fault == "kill" else failed(Path(scratch), calls, read, at, fault, on)
            cases += 1
            wrong += [f"{kind} {fault} at call {at}{' and on' if on else ''}: {thing}" for thing in found]
    return cases, wrong


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1, help="only every n-th call")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--faults", default=",".join(FAULTS))
    arguments = parser.parse_args()
    read: dict = {}
    lines, bad, total, began = list[str](), 0, 0, time.monotonic()
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # the faults are ours: no disk is needed
    with tempfile.TemporaryDirectory(dir=memory) as scratch:
        for kind in arguments.kinds.split(","):
            with pytest.MonkeyPatch.context() as patch:
                calls = counted(Path(scratch) / f"count-{kind}", kind, patch, read)
            row = f"{kind:8} {calls:5}"
            for fault in arguments.faults.split(","):
                with pytest.MonkeyPatch.context() as patch:
                    cases, wrong = cell(Path(scratch), kind, fault, range(0, calls, arguments.every), patch, read)
                for thing in wrong:
                    print(f"WRONG: {thing}", flush=True)
                row, bad, total = row + f"  {fault} {cases}/{len({w.split(':')[0] for w in wrong})}", bad + len(wrong), total + cases
            print(row, flush=True)
            lines.append(row)
    print("call     calls  cases/cases with findings")
    print("\n".join(lines))
    print(f"{total} cases in {time.monotonic() - began:.0f} s: {bad} findings")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
