"""The quick command line on a strange machine: `python -m tests.fakes.strange --data DIR serve`.

Its clock is off by the seconds that stand in the file named by STRANGE_CLOCK, and windows whose name begins with R lie on a mount where the
kernel cannot be asked who writes.
"""

import os
from datetime import timedelta
from pathlib import Path

from app import main, sandbox
from domain.clock import SystemClock
from ingest import folders, settle
from ingest.folders import Holder

sandbox.CHILD = "tests.fakes.quick_child"
_now, _holder = SystemClock.now, folders.holder


def now(clock):
    said = Path(os.environ["STRANGE_CLOCK"]).read_text()
    return _now(clock) + timedelta(seconds=float(said or 0))


def holder(descriptor):
    window = str(Path(f"/proc/self/fd/{descriptor}").readlink()).split("/inbox/")[-1]
    return Holder.UNKNOWN if window.startswith("R") else _holder(descriptor)


SystemClock.now = now
folders.holder = settle.holder = holder

if __name__ == "__main__":
    main.main()
