"""How much memory a process that works for months takes from the system.

glibc gives each thread a heap of its own, and what one thread freed another does not take: a process with forty threads then grows for
hours though its objects do not (bench/soak.py: twice as fast without this). Promises: called before threads begin, the process keeps to
two heaps. Does nothing where the C library has no such setting.
"""

import ctypes

M_ARENA_MAX = -8  # malloc.h
HEAPS = 2


def few_heaps() -> bool:
    """Keep this process to two heaps (mallopt(3), M_ARENA_MAX); whether the C library took it."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and mallopt(M_ARENA_MAX, HEAPS) == 1
