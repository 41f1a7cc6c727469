"""How much room the disk still has, and who must stop when it runs out.

Three parts of the program need the disk in this order: what was promised (ledger, journal, keys), what is under way (the line), what is
new (intake). So intake takes nothing that would leave less than the reserve, the line takes up nothing new below half of it, and what is
left is for what was promised already. Promises: nothing is lost when all of it is gone too, it only stops. Does not count what other
programs write meanwhile.
"""

import logging
import os
from collections.abc import Sequence
from pathlib import Path

from domain.ports import Feed

log = logging.getLogger("casefile.room")
FULL, BACK = "disk-full", "disk-has-room"


class Room:
    """Asks the file systems of `folders` (those that stand); `reserve` in bytes, 0: never stops anybody."""

    def __init__(self, folders: Sequence[Path], reserve: int, feed: Feed) -> None:
        self._folders, self._reserve, self._feed = folders, reserve, feed
        self._short = False

    def free(self) -> int:
        """Bytes that may still be written where there are fewest."""
        found = [os.statvfs(folder) for folder in self._folders if folder.exists()]
        return min((state.f_bavail * state.f_frsize for state in found), default=0)

    def for_bytes(self, size: int) -> bool:
        """Whether intake may take so many bytes."""
        return self._reserve == 0 or self.free() - size >= self._reserve

    def for_work(self) -> bool:
        """Whether the line may take up another batch."""
        return self._reserve == 0 or self.free() >= self._reserve // 2

    def watch(self) -> None:
        """Say when room runs out and when there is some again; to be called every now and then by the working process.

        In the log as well as in the feed: the feed lies on the disk that is full.
        """
        short = not self.for_bytes(0)
        if short is not self._short:
            self._short = short
            log.warning("no room: %d bytes are free, intake waits" if short else "there is room again: %d bytes are free", self.free())
            self._feed.tell("notice", why=FULL if short else BACK, free=self.free(), reserve=self._reserve)
