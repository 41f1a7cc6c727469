"""A file to write into from libraries that do not survive an error while they write.

qpdf may end the process (an exception in a destructor) when a write fails in the middle, as on a full disk; the paper would
be blamed for it. Promises: `write` never raises; the first error is raised at the end of the `with` block, and nothing is written after it.
"""

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

BLOCK = 1 << 18


class _Held(io.FileIO):
    """A new file; its first error is kept in `error`."""

    error: OSError | None = None

    def write(self, data: Any, /) -> int:
        """Write all of `data`, unless a write failed before; says that it did in any case."""
        rest = memoryview(data).cast("B")
        try:
            while self.error is None and len(rest):
                rest = rest[super().write(rest) :]
        except OSError as error:
            self.error = error
        return len(memoryview(data).cast("B"))


@contextlib.contextmanager
def held(path: Path) -> Iterator[BinaryIO]:
    """`path` open for writing from its beginning.

    Raises:
        OSError: what went wrong while it was written.
    """
    raw = _Held(path, "w")
    with io.BufferedWriter(raw, BLOCK) as stream:
        yield stream
        stream.flush()
        if raw.error is not None:
            raise raw.error
