"""Processes of this machine: which one this is, whether another is there, what it uses, whether it is stopped and holds a lock of ours.

Knows only what /proc tells, and only of processes in the same process namespace: two containers are two machines here.
"""

import contextlib
import hashlib
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
PAGE, TICKS = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
WAITED_FOR = ("ledger", "keys", "store")
"""Where others wait for a lock, and for one on derived/ itself. Those held for as long as a process lives are elsewhere."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process that is not taken for another one with the same number later."""

    machine: str
    host: str
    pid: int
    born: int


def this_process() -> Process:
    """The one that asks."""
    pid = os.getpid()
    return Process(this_machine(), socket.gethostname()[:255], pid, _stat(pid)[1])


def this_machine() -> str:
    """A name for the boot and the process namespace, in which a process number means one process."""
    boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
    return hashlib.sha256(f"{boot} {(PROC / 'self/ns/pid').readlink()}".encode()).hexdigest()[:32]


def lives(pid: int, born: int) -> bool:
    """Whether the process is still there (running, waiting or stopped; not a zombie)."""
    try:
        state, since = _stat(pid)
    except (OSError, ValueError, IndexError):
        return False
    return since == born and state not in "ZX"


def is_stopped(pid: int, born: int) -> bool:
    """Whether it is there and stopped by a signal or a debugger."""
    try:
        state, since = _stat(pid)
    except (OSError, ValueError, IndexError):
        return False
    return since == born and state in "Tt"


def holds_a_lock(pid: int, folder: Path) -> bool:
    """Whether the process holds a lock in the data folder `folder` that others wait for. False where that cannot be seen."""
    inside = folder.resolve()
    rooms, itself = [inside / name for name in WAITED_FOR], inside / "derived"
    try:
        for link in (PROC / str(pid) / "fd").iterdir():
            try:
                target = link.readlink()
                if target == itself or any(target.is_relative_to(room) for room in rooms):
                    told = (PROC / str(pid) / "fdinfo" / link.name).read_text()
                    if any(line.startswith("lock:") and "->" not in line for line in told.splitlines()):
                        return True
            except OSError:
                continue
    except OSError:
        return False
    return False


@dataclass(frozen=True, slots=True)
class Used:
    """What a process and all it started use: bytes of memory now (pages they share counted for each), seconds computed so far."""

    memory: int
    seconds: float


def used(pid: int) -> Used | None:
    """What a process and all it started use; None when it is gone, or cannot be looked at."""
    try:
        fields = _fields(pid)
        memory, ticks = int(fields[21]) * PAGE, sum(map(int, fields[11:15]))
    except (OSError, ValueError, IndexError):
        return None
    theirs = [one for child in _started(pid) if (one := used(child))]
    return Used(memory + sum(one.memory for one in theirs), ticks / TICKS + sum(one.seconds for one in theirs))


def _started(pid: int) -> Iterator[int]:
    """The processes that each thread of a process started and that are still there."""
    try:
        threads = list((PROC / str(pid) / "task").iterdir())
    except OSError:
        return
    for thread in threads:
        with contextlib.suppress(OSError, ValueError):
            yield from map(int, (thread / "children").read_text().split())


def _stat(pid: int) -> tuple[str, int]:
    """State and start time, in ticks since boot."""
    fields = _fields(pid)
    return fields[0], int(fields[19])


def _fields(pid: int) -> list[str]:
    """proc_pid_stat(5) from the third field, the state, on. The name before it may hold blanks and parentheses."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
