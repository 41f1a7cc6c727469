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

from domain.errors import DISK, Conflict, Corrupt, DiskFull, Unavailable

FULL = (errno.ENOSPC, errno.EDQUOT)
OUTAGES = DISK | {errno.ENOMEM, errno.EMFILE, errno.ENFILE}
"""What a disk, a mount or a machine short of something answers: it passes, and says nothing of the file that was at hand."""

SPOILT = frozenset({errno.EIO, errno.EBADMSG, errno.EUCLEAN})
"""What a disk answers to a reader when it has lost bytes of one file, or the file's own record: damage, as changed bytes are."""


class Unreadable(Corrupt):
    """The disk answers, and cannot give back what was written into one file."""


@contextlib.contextmanager
def spoilt() -> Iterator[None]:
    """Around opening or reading one file of ours, and nothing else: errors of the disk that speak of this file alone are damage.

    Raises:
        Unreadable. Any other OSError is left as it is.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in SPOILT:
            raise
        code = errno.errorcode[error.errno]
        raise Unreadable(f"a file cannot be read from its disk ({code}): run verify, put it back from a copy", code=code) from None


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
        raise unavailable(error, what) from None


def unavailable(error: OSError, what: str) -> Unavailable:
    """An operating system's error as ours, `what` being the sentence's beginning."""
    code = errno.errorcode.get(error.errno or 0, "EUNKNOWN")
    if error.errno in FULL:
        return DiskFull(f"{what}: no room on the disk ({code}); make room, it goes on by itself", code=code)
    return Unavailable(f"{what}: {os.strerror(error.errno or 0)} ({code})", code=code)


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

    `at` is the end of what is known to be whole: what lies behind it was never promised to anybody. When this fails, what it wrote is cut
    off again: after a failed fsync the kernel may show bytes that will never reach the disk, and whoever reads next would trust them.
    """
    new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, mode)
    try:
        os.ftruncate(handle, at)
        _write_all(handle, data, at)
        os.fsync(handle)
        if new:
            fsync_folder(path.parent)
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(handle, at)
        raise
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes, at: int) -> None:
    done = 0
    while done < len(data):
        done += os.pwrite(handle, data[done:], at + done)


def force(path: Path) -> None:
    """Force to disk what others wrote into `path` and may have been killed before forcing."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def locked(folder: Path, *, shared: bool = False, busy: str | None = None) -> Iterator[None]:
    """Hold `folder`'s lock (flock on the folder itself, so that no file is needed), waiting for it unless `busy` says what to tell instead.

    Raises:
        DiskFull, Unavailable. Conflict: somebody else holds it, and `busy` was given.
    """
    with world("the folder cannot be opened"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with world("the folder cannot be locked"):
            try:
                fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (fcntl.LOCK_NB if busy else 0))
            except BlockingIOError:
                raise Conflict(busy or "", folder=str(folder)) from None
        yield
    finally:
        os.close(handle)
