"""The feed: one JSON line as things happen, for `events --follow` and for pages that show progress.

It is derived: losing it loses nothing, so a line that cannot be written (no room, a failing disk) is left out and nothing else fails with
it. Several processes may append; a line is written with one call, so lines never mix; one that was cut short by a full disk is skipped.
Facts hold no personal data: ids, windows, codes and counts only.
"""

import contextlib
import errno
import json
import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from domain.clock import stamp
from domain.ports import Clock

log = logging.getLogger("casefile.feed")
LARGEST = 64 << 20


class FileFeed:
    """A feed kept in one file, begun anew when it reaches 64 MiB (one older file is kept)."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path, self._clock = path, clock
        self._torn = self._deaf = False
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)

    def tell(self, event: str, **facts: Any) -> None:
        """Append one line."""
        line = json.dumps({"event": event, "at": stamp(self._clock.now()), **facts}, ensure_ascii=False, separators=(",", ":")) + "\n"
        try:
            self._append(line.encode())
        except OSError as error:
            self._torn = True
            if not self._deaf:
                log.warning(
                    "the feed cannot be written (%s): its lines are left out until it can", errno.errorcode.get(error.errno or 0, "?")
                )
            self._deaf = True
        else:
            self._deaf = False

    def _append(self, line: bytes) -> None:
        if self._path.exists() and self._path.stat().st_size > LARGEST:
            self._path.replace(self._path.with_suffix(".old.jsonl"))
        line = b"\n" + line if self._torn else line  # ends what a full disk cut short
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.write(descriptor, line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            os.close(descriptor)
        self._torn = False


def follow(path: Path, *, from_start: bool, keep_on: bool, pause: float = 0.2) -> Iterator[dict[str, Any]]:
    """Lines of the feed at `path`: those there already if `from_start`, then, if `keep_on`, each new one as it comes."""
    position, inode, rest = (0 if from_start or not path.exists() else path.stat().st_size), None, b""
    while True:
        if path.exists():
            state = path.stat()
            if inode not in (None, state.st_ino):
                position, rest = 0, b""
            inode = state.st_ino
            with path.open("rb") as stream:
                stream.seek(position)
                data = stream.read()
            position += len(data)
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                with contextlib.suppress(ValueError):
                    yield json.loads(line)
        if not keep_on:
            return
        time.sleep(pause)
