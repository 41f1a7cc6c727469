"""A disk that answers, but has lost something of single files: their bytes, or their own records."""

import errno
import io
import os
from pathlib import Path

BYTES, OPENING, RECORD = "bytes", "opening", "record"
MEMORY = "/proc/self/mem"
"""Whoever reads its beginning is told EIO by the kernel itself."""


class BadSectors:
    """Of the `lost` files (path -> what) nothing can be read; BYTES is a real EIO, `code` is what is told of the others."""

    def __init__(self, monkeypatch, code=errno.EIO):
        self.lost, self.code = {}, code
        for owner, name in ((os, "open"), (io, "open"), (os, "stat")):
            monkeypatch.setattr(owner, name, self._guard(getattr(owner, name), name))

    def lose(self, path, what=BYTES):
        self.lost[str(path)] = what

    def _guard(self, real, name):
        def call(path, *args, **kwargs):
            what = self.lost.get(str(path)) if isinstance(path, str | Path) else None
            if what == RECORD or (what == OPENING and name == "open"):
                raise OSError(self.code, os.strerror(self.code), "张三.pdf")
            return real(MEMORY if what == BYTES and name == "open" else path, *args, **kwargs)

        return call
