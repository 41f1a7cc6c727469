"""How much memory a process that works for months takes from the system.

glibc gives each thread a heap of its own, and what one thread freed another does not take: a process with forty threads then grows for
hours though its objects do not (bench/soak.py: twice as fast without this). Promises: called before threads begin, the process keeps to
two heaps; called every now and then, `Spare` gives back what was freed and kept for later use (8.5 of 160 MB after half an hour). Does
nothing where the C library has no such calls.
"""

import ctypes
import time

M_ARENA_MAX = -8  # malloc.h
HEAPS = 2


def few_heaps() -> bool:
    """Keep this process to two heaps (mallopt(3), M_ARENA_MAX); whether the C library took it."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and mallopt(M_ARENA_MAX, HEAPS) == 1


class Spare:
    """Memory that was freed and not given back to the system."""

    def __init__(self, every: float = 60.0) -> None:
        self._every, self._due = every, time.monotonic() + every
        self._trim = getattr(ctypes.CDLL(None), "malloc_trim", None)

    def give_back(self) -> bool:
        """Give it back, at most once in `every` seconds (malloc_trim(3)); whether any was given back."""
        if self._trim is None or time.monotonic() < self._due:
            return False
        self._due = time.monotonic() + self._every
        return bool(self._trim(0))
