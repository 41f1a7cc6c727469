"""The window's folder on disk: looking through it, opening what lies in it, removing what is empty.

Promises: nothing of a scanner's is followed or opened by mistake: every path is walked component by component from the window's folder
without following links, and what is opened is never waited for; removing a folder never removes a file in it.
"""

import errno
import fcntl
import hashlib
import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from domain.model import Digest
from ingest.names import Parts

TAKEN = ".taken"
REFUSED = ".refused"
DEPTH = 32
_BLOCK = 1 << 20
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


@dataclass(frozen=True, slots=True)
class Found:
    """Something that lies below a window's folder; `regular` is false for links, pipes, sockets and devices."""

    parts: Parts
    regular: bool
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int
    links: int

    @property
    def identity(self) -> tuple[int, int, int, int]:
        """What must stay the same for a file to count as quiet. The last is the kernel's own time, which a program cannot put back."""
        return (self.inode, self.size, self.mtime_ns, self.ctime_ns)


class Holder(Enum):
    """Whether somebody has a file open for writing."""

    NOBODY = "nobody"
    SOMEBODY = "somebody"
    UNKNOWN = "unknown"  # cannot be asked here: a network mount, or a file of another user's


def found(parts: Parts, status: os.stat_result) -> Found:
    """`Found` from a status."""
    return Found(
        parts, stat.S_ISREG(status.st_mode), status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_nlink
    )


def walk(window: Path) -> Iterator[Found]:
    """Everything below the window's folder that is no folder, in no particular order; `.taken` and `.refused` are left out.

    What vanishes meanwhile is skipped. Folders are entered to a depth of `DEPTH`, never through links.

    Raises:
        OSError: the window's folder itself, or one below it, cannot be read.
    """
    yield from walk_below(window, ())


def walk_below(folder: Path, parts: Parts) -> Iterator[Found]:
    """The same below any folder; `parts` is what its path begins with."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        here = (*parts, entry.name)
        if here in ((TAKEN,), (REFUSED,)):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                if len(here) < DEPTH:
                    yield from walk_below(folder / entry.name, here)
            else:
                yield found(here, entry.stat(follow_symlinks=False))
        except FileNotFoundError:
            continue


@contextmanager
def folder_of(root: Path, parts: Parts, make: bool = False) -> Iterator[int]:
    """A descriptor of the folder that holds `parts` below `root`, reached without following a link.

    Raises:
        OSError: it is not there, or a component of the path is no folder.
    """
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            if make:
                make_folder(part, descriptor)
            deeper = os.open(part, FOLDER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = deeper
        yield descriptor
    finally:
        os.close(descriptor)


def make_folder(part: str, folder: int) -> None:
    """Make a folder in the one open at `folder`; there already: no matter."""
    try:
        os.mkdir(part, 0o755, dir_fd=folder)
    except FileExistsError:
        return


@contextmanager
def opened(root: Path, parts: Parts) -> Iterator[int]:
    """The file open for reading; links are not followed and pipes not waited for.

    Raises:
        OSError
    """
    with folder_of(root, parts) as folder:
        descriptor = os.open(parts[-1], _FILE, dir_fd=folder)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def digest(descriptor: int) -> Digest:
    """SHA-256 of the whole file open at `descriptor`."""
    total, position = hashlib.sha256(), 0
    while block := os.pread(descriptor, _BLOCK, position):
        total.update(block)
        position += len(block)
    return Digest(total.hexdigest())


def holder(descriptor: int) -> Holder:
    """Whether somebody has the file open for writing: a read lease is asked for and given back at once (fcntl(2), F_SETLEASE).

    Should a writer come in that moment, the kernel tells us with a signal whose default is to end the process, so another one is asked for
    that is ignored by default.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return Holder.UNKNOWN
    try:
        fcntl.fcntl(descriptor, getattr(fcntl, "F_SETSIG", 10), signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return Holder.SOMEBODY if error.errno in (errno.EAGAIN, errno.EWOULDBLOCK) else Holder.UNKNOWN
    return Holder.NOBODY


def clear(window: Path, parts: Parts) -> None:
    """Remove the folders that held `parts`, from the innermost outwards, down to the second component, as long as they are empty."""
    for depth in range(len(parts) - 1, 1, -1):
        remove_if_empty(window, parts[:depth])


def remove_if_empty(window: Path, parts: Parts) -> bool:
    """Remove one folder unless something lies in it; whether it is gone."""
    try:
        with folder_of(window, parts) as parent:
            os.rmdir(parts[-1], dir_fd=parent)
    except FileNotFoundError:
        return True
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR, errno.ELOOP, errno.EBUSY):
            return False
        raise
    return True


def subfolders(window: Path) -> list[tuple[str, tuple[int, int]]]:
    """Names of the folders directly in the window's folder, with inode and time of change; links are none.

    Raises:
        OSError: it cannot be read.
    """
    out = []
    for entry in os.scandir(window):
        try:
            if entry.is_dir(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                out.append((entry.name, (status.st_ino, status.st_mtime_ns)))
        except FileNotFoundError:
            continue
    return out


def remove_if_bare(window: Path, parts: Parts, depth: int = 0) -> bool:
    """Remove a folder that holds nothing but empty folders, from the inside outwards; whether it is gone. A file in it stops that."""
    try:
        with folder_of(window, (*parts, "")) as folder:
            names = os.listdir(folder)  # noqa: PTH208 of a descriptor
    except OSError as error:
        return error.errno == errno.ENOENT
    if depth > DEPTH or not all(remove_if_bare(window, (*parts, name), depth + 1) for name in names):
        return False
    return remove_if_empty(window, parts)
