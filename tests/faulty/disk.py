"""A disk that fails at one call: the call number `at` (from 0) to any of the system's writing functions raises an OSError."""

import errno
import os
from pathlib import Path

CALLS = ((os, "fsync"), (os, "open"), (Path, "rename"), (Path, "replace"))


class FailingDisk:
    """Counts calls; `code` is raised at call `at`. Nothing is raised while `at` is None."""

    def __init__(self, monkeypatch, code: int = errno.ENOSPC) -> None:
        self.code, self.at, self.calls = code, None, 0
        for owner, name in CALLS:
            monkeypatch.setattr(owner, name, self._guard(getattr(owner, name)))

    def _guard(self, real):
        def call(*args, **kwargs):
            mine, self.calls = self.calls, self.calls + 1
            if self.at is not None and mine == self.at:
                raise OSError(self.code, "of the failing disk", "张三.pdf")
            return real(*args, **kwargs)

        return call

    def fail_at(self, at: int | None) -> None:
        self.at, self.calls = at, 0
