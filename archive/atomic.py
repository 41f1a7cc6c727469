"""Writing so that a crash leaves the old or the new, and naming the world's faults.

Promises: what `write_whole` wrote is on disk under its name, whole, when it returns; `locked` excludes every other process and thread that
takes the same folder's lock, and the kernel lets go when a process ends, however it ends; no message holds the name of a source file.
Does not promise anything about disks that say they wrote and did not.
"""

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from domain.errors import DiskFull, Unavailable

FULL = (errno.ENOSPC, errno.EDQUOT)


@contextlib.contextmanager
def world(what: str) -> Iterator[None]:
    """Turn faults of files into errors of ours, `what` being the sentence's beginning.

    The cause is not chained: an OSError carries the path, and the name of a scan is personal data.

    Raises:
        DiskFull: no room, or over quota. Unavailable: any other OSError.
    """
    try:
        yield
    except OSError as error:
        code = errno.errorcode.get(error.errno or 0, "EUNKNOWN")
        if error.errno in FULL:
            raise DiskFull(f"{what}: no room on the disk ({code}); make room, it goes on by itself", code=code) from None
        raise Unavailable(f"{what}: {os.strerror(error.errno or 0)} ({code})", code=code) from None


def fsync_folder(folder: Path) -> None:
    """Force the names in `folder` to disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path, mode: int = 0o755) -> None:
    """Make `folder` and what is missing above it, each name forced to disk. One that stands already is left as it is."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=mode, exist_ok=True)
    fsync_folder(folder.parent)


def write_whole(path: Path, data: bytes, mode: int, temporary: Path) -> None:
    """Replace `path` by `data` through `temporary` (on the same file system), durably."""
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
    fsync_folder(path.parent)


def append_durably(path: Path, data: bytes, mode: int, at: int) -> None:
    """Write `data` at byte `at` of `path`, cutting off what stands there, and force it to disk; a new name too.

    `at` is the end of what is known to be whole: what lies behind it was never promised to anybody.
    """
    new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, mode)
    with os.fdopen(handle, "wb") as stream:
        stream.truncate(at)
        stream.seek(at)
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    if new:
        fsync_folder(path.parent)


@contextlib.contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold `folder`'s lock (flock on the folder itself, so that no file is needed), waiting for it.

    Raises:
        DiskFull, Unavailable
    """
    with world("the data folder cannot be opened"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with world("the data folder cannot be locked"):
            fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
