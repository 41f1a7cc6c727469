"""Errors of disks and databases as ours, wherever they come up while the line works.

Promises: what passes by itself (no room, a failing or read-only disk, a database that does not answer) is Unavailable or DiskFull, so that
the work is tried again and no paper is blamed for it; everything else is left as it is, because it is a fault of the program.
"""

import contextlib
from collections.abc import Iterator

from archive.atomic import OUTAGES, unavailable
from archive.faults import faults


@contextlib.contextmanager
def outages(what: str) -> Iterator[None]:
    """Turn what passes by itself into errors of ours; `what` is the sentence's beginning.

    Raises:
        DiskFull, Unavailable: it passes. Conflict, Corrupt: as `archive.faults.faults`.
    """
    try:
        with faults():
            yield
    except OSError as error:
        if error.errno not in OUTAGES:
            raise
        raise unavailable(error, what) from None
