"""Who works on a taken file, and when another process may go on with it.

A claim's folder is locked by the process that works on it (flock: the kernel lets go when a process ends, however it ends). A process that
was stopped (SIGSTOP, a debugger, a frozen virtual machine) keeps its locks and does nothing, so the lock alone could keep a file waiting
for ever. Therefore whoever works touches the folder every `BEAT` seconds, and a folder that was not touched for `LEASE` seconds, as another
process saw it by its own clock that never goes back, is that process's to carry on.

Promises nothing about who writes last: a process that wakes up late goes on where it stood. What makes that harmless is said in
ingest/claim.py. Where folders cannot be locked (some network mounts) all processes work at once, and the same makes it harmless.
"""

import errno
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

from domain.ports import Clock
from ingest.folders import FOLDER, TAKEN

BEAT = 5.0
LEASE = 60.0


class Held(Enum):
    """Whose a claim is."""

    MINE = "mine"
    OTHERS = "others"
    GONE = "gone"  # there is no such claim any more


@contextmanager
def held(window: Path, claim: str) -> Iterator[Held]:
    """Hold `.taken/<claim>` against other processes as long as the block runs, giving signs of life; or say whose it is."""
    try:
        descriptor = os.open(window / TAKEN / claim, FOLDER)
    except (FileNotFoundError, NotADirectoryError):
        yield Held.GONE
        return
    try:
        if not _lock(descriptor):
            yield Held.OTHERS
            return
        with _beating(descriptor):
            yield Held.MINE
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EWOULDBLOCK)
    return True


@contextmanager
def _beating(descriptor: int) -> Iterator[None]:
    done = threading.Event()

    def beat() -> None:
        while not done.wait(BEAT):
            with suppress(OSError):
                os.utime(descriptor)

    thread = threading.Thread(target=beat, name="beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()  # it must not touch the descriptor's number after it is another's


class Leases:
    """What this process saw of claims that others hold."""

    def __init__(self, window: Path, clock: Clock, lease: float = LEASE) -> None:
        self._window, self._clock, self._lease = window, clock, lease
        self._seen: dict[str, tuple[int, float]] = {}

    def over(self, claim: str) -> bool:
        """Whether its holder gave no sign of life for the lease's time. Asked again and again; the first answer is always no."""
        try:
            touched = os.stat(self._window / TAKEN / claim, follow_symlinks=False).st_mtime_ns  # noqa: PTH116 as elsewhere here
        except OSError:
            return False
        now = self._clock.monotonic()
        known, since = self._seen.get(claim, (touched, now))
        self._seen[claim] = (touched, since if known == touched else now)
        return now - self._seen[claim][1] >= self._lease

    def keep_only(self, present: list[str]) -> None:
        """Forget claims that are no longer there."""
        self._seen = {claim: seen for claim, seen in self._seen.items() if claim in present}
