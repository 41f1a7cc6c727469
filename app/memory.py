"""How much memory a process that works for months takes from the system.

glibc gives each thread a heap of its own, and what one thread freed another does not take: a process with forty threads then grows for
hours though its objects do not (bench/soak.py: twice as fast without this). Promises: called before threads begin, the process keeps to
two heaps; called every now and then, `Spare` gives back what was freed and kept for later use (8.5 of 160 MB after half an hour). Does
nothing where the C library has no such calls.

Python looks for rings of garbage among all its objects only when what came since the last look is a quarter of what there was. A process
of 160,000 objects that live as long as it does then gathers some 40,000 in rings, and grows for an hour before the first of them goes
(bench/soak.py: 9,000 blocks lay about in its 37th minute). `Spare` looks each time, and what was there at its first look it lays aside for
good (gc.freeze), so that a look costs milliseconds.

pathlib interns every part of every path: Python 3.11 keeps them in one table that fills with the remains of names and is made anew at twice
the size (a step of 4 MB every twenty minutes of bench/soak.py), and Python 3.12 never lets go of an interned name at all. A process that
sees a new name for each scan, object and key has no use for that: `forget_names` keeps pathlib from it.
"""

import ctypes
import gc
import pathlib
import sys
import time
import types

M_ARENA_MAX = -8  # malloc.h
HEAPS = 2


def few_heaps() -> bool:
    """Keep this process to two heaps (mallopt(3), M_ARENA_MAX); whether the C library took it."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and mallopt(M_ARENA_MAX, HEAPS) == 1


def forget_names() -> int:
    """Keep pathlib from interning names in this process; how many of its modules did."""
    modules = [
        module for name, module in sys.modules.items() if name.split(".")[0] == pathlib.__name__ and getattr(module, "sys", None) is sys
    ]
    for module in modules:
        module.sys = types.SimpleNamespace(**{**vars(sys), "intern": str})  # type: ignore[attr-defined]
    return len(modules)


class Spare:
    """Memory that is garbage, or was freed and not given back to the system."""

    def __init__(self, every: float = 60.0) -> None:
        self._every, self._due = every, time.monotonic() + every
        self._trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        self._looked = False

    def give_back(self) -> bool:
        """Give it back, at most once in `every` seconds (malloc_trim(3)); whether any was given back."""
        if time.monotonic() < self._due:
            return False
        self._due = time.monotonic() + self._every
        gc.collect()
        if not self._looked:
            gc.freeze()
            self._looked = True
        return self._trim is not None and bool(self._trim(0))
