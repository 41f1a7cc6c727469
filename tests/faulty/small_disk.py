"""A disk of 64 MB: an ext4 file system in a file, mounted by loop. Needs root."""

import contextlib
import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

MEGABYTES = 64
LARGEST = 6 << 20


def why_not() -> str | None:
    """Why there can be no small disk here; None if there can."""
    if os.geteuid() != 0:
        return "mounting a small disk needs root"
    missing = [tool for tool in ("mkfs.ext4", "mount", "umount") if shutil.which(tool) is None]
    if missing:
        return f"no {missing[0]} here"
    return None if Path("/dev/loop-control").exists() else "this machine has no loop devices"


@contextlib.contextmanager
def mounted(place: Path) -> Iterator[Path]:
    """An empty disk at `place`/disk, gone at the end.

    Raises:
        subprocess.CalledProcessError: it cannot be made or mounted here.
    """
    image, disk = place / "disk.img", place / "disk"
    disk.mkdir(parents=True)
    with image.open("wb") as stream:
        stream.truncate(MEGABYTES << 20)
    subprocess.run(["mkfs.ext4", "-q", "-b", "4096", "-m", "0", "-F", str(image)], check=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(disk)], check=True)
    try:
        yield disk
    finally:
        for _ in range(50):  # a child process may still be dying
            if subprocess.run(["umount", str(disk)], check=False, capture_output=True).returncode == 0:
                break
            time.sleep(0.1)
        image.unlink()


def free(disk: Path) -> int:
    """Bytes that may still be written."""
    state = os.statvfs(disk)
    return state.f_bavail * state.f_frsize


class Filler:
    """Files of random size that come and go, as in borg's test; `fill` takes what is left to the last byte."""

    def __init__(self, disk: Path, chance: random.Random) -> None:
        self._folder, self._chance, self._number = disk / "filler", chance, 0
        self._folder.mkdir(exist_ok=True)

    def step(self) -> None:
        files = list(self._folder.iterdir())
        if files and self._chance.random() < 0.35:
            self._chance.choice(files).unlink()
        else:
            self._write(self._chance.randint(1, LARGEST))

    def fill(self) -> None:
        while free(self._folder) > 0 and self._write(free(self._folder)):
            pass

    def _write(self, size: int) -> bool:
        """Whether all of it had room."""
        self._number += 1
        with contextlib.suppress(OSError), (self._folder / f"{self._number}").open("wb", buffering=0) as stream:
            while size > 0:
                size -= stream.write(b"\0" * min(size, 1 << 20))
        return size <= 0

    def empty(self) -> None:
        for path in self._folder.iterdir():
            path.unlink()
