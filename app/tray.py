"""The tray between the parent and one child process: the only files of this data folder that the child can open.

    <place>/<pool>/<child>/given/   what it may read: the files of the task in hand, linked or copied there
    <place>/<pool>/<child>/made/    what it may write: results, and the short-lived files of the libraries

Promises: what was given is gone after the task; what is fetched is a plain file, or nothing; folders that a killed process left behind are
removed by the next pool, never one in use (a pool holds a lock on its folder).
Names in a tray are numbers with an ending, never those of scans. A link costs no copy; where there can be none (another file system, a
file of somebody else) the bytes are copied.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import stat
from pathlib import Path

from domain.errors import Refused
from domain.reasons import Reason


class Trays:
    """The folder of one pool of children below `place`."""

    def __init__(self, place: Path) -> None:
        place.mkdir(parents=True, exist_ok=True)
        for left in place.iterdir():
            _sweep(left)
        while True:
            self.folder = place / secrets.token_hex(8)
            self.folder.mkdir(mode=0o700)
            self._lock = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            if self.folder.exists():  # a pool that began at the same moment may have swept it before the lock
                break
            os.close(self._lock)
        self._count = 0

    def new(self) -> "Tray":
        """A tray for one more child; for the one thread that starts children."""
        self._count += 1
        return Tray(self.folder / str(self._count))

    def free(self) -> int:
        """Bytes that may still be written where the trays are."""
        state = os.statvfs(self.folder)
        return state.f_bavail * state.f_frsize

    def close(self) -> None:
        """Remove the folder with all its trays."""
        shutil.rmtree(self.folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            os.close(self._lock)


def _sweep(folder: Path) -> None:
    """Remove the folder of a pool whose process is gone."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(opened)


class Tray:
    """One child's tray."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.given, self.made = folder, folder / "given", folder / "made"
        for each in (folder, self.given, self.made):
            each.mkdir(mode=0o700)
        self._given: dict[str, str] = {}
        self._wanted: dict[str, str] = {}

    def give(self, path: str) -> str:
        """Where the child finds the file at `path`.

        Raises:
            OSError
        """
        if path not in self._given:
            place = self.given / f"{len(self._given)}{Path(path).suffix if len(Path(path).suffix) < 6 else ''}"
            source = os.path.realpath(path)
            place.unlink(missing_ok=True)  # what a failing disk left there may be a link to what is kept
            try:
                os.link(source, place)
            except OSError:
                shutil.copyfile(source, place)
            self._given[path] = str(place)
        return self._given[path]

    def want(self, path: str) -> str:
        """Where the child shall write what is to become the file at `path`."""
        return self._wanted.setdefault(path, str(self.made / f"{len(self._wanted)}{Path(path).suffix}"))

    def fetch(self) -> None:
        """Move what was wanted to its place; what the child did not make is passed over.

        Raises:
            Refused: READER_FAILED, it is no plain file: the child is not what it was. OSError
        """
        for path, place in self._wanted.items():
            try:
                found = os.lstat(place)
            except FileNotFoundError:
                continue
            if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
                raise Refused(Reason.READER_FAILED, "a child process made something that is no plain file")
            try:
                Path(place).replace(path)
            except OSError:  # another file system
                shutil.copyfile(place, path, follow_symlinks=False)

    def clear(self) -> None:
        """Take everything out of it. A child makes no folders, so there are none to descend into."""
        for folder in (self.given, self.made) if self._given or self._wanted else ():
            with contextlib.suppress(FileNotFoundError):  # its child was ended, and the tray with it
                for name in os.listdir(folder):  # noqa: PTH208 names only
                    with contextlib.suppress(OSError):
                        (folder / name).unlink()
        self._given.clear()
        self._wanted.clear()

    def remove(self) -> None:
        """Remove it; its child is gone."""
        shutil.rmtree(self.folder, ignore_errors=True)
