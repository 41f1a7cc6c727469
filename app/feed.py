"""The feed: one JSON line as things happen, for `events --follow` and for pages that show progress.

It is derived: losing it loses nothing. Several processes may append; a line is written with one call, so lines never mix.
Facts hold no personal data: ids, windows, codes and counts only.
"""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from domain.clock import stamp
from domain.ports import Clock

LARGEST = 64 << 20


class FileFeed:
    """A feed kept in one file, begun anew when it reaches 64 MiB (one older file is kept)."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path, self._clock = path, clock
        path.parent.mkdir(parents=True, exist_ok=True)

    def tell(self, event: str, **facts: Any) -> None:
        """Append one line."""
        line = json.dumps({"event": event, "at": stamp(self._clock.now()), **facts}, ensure_ascii=False, separators=(",", ":")) + "\n"
        if self._path.exists() and self._path.stat().st_size > LARGEST:
            self._path.replace(self._path.with_suffix(".old.jsonl"))
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line.encode())
        finally:
            os.close(descriptor)


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
                yield json.loads(line)
        if not keep_on:
            return
        time.sleep(pause)
