"""Scanners that write slowly and strangely. Each runs in a process of its own and tells when what it wrote was whole.

A writer gets its window's folder and a `Told`; `pace` scales its pauses (1: 40 seconds at most). Whatever it tells of must be taken, byte for
byte, and nothing else.
"""

import hashlib
import io
import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from tests.fakes.scans import FORMATS, scan


class Told:
    """Where a writer tells, a line each: what it finished, and when by the machine's monotonic clock."""

    def __init__(self, path: Path, window: str, pace: float) -> None:
        self.path, self.window, self.pace = path, window, pace
        self.seed = 100 * sum(window.encode())

    def whole(self, data: bytes, ending: str, at: float | None = None) -> None:
        facts = {"window": self.window, "digest": hashlib.sha256(data).hexdigest(), "ending": ending, "at": at or time.monotonic()}
        with self.path.open("a") as stream:
            stream.write(json.dumps(facts) + "\n")

    def wait(self, seconds: float) -> None:
        time.sleep(seconds * self.pace)


def noise(seed: int, kilobytes: int) -> bytes:
    """A JPEG of about that size."""
    side, out = int((kilobytes * 1000 / 0.55) ** 0.5), io.BytesIO()
    pixels = np.random.default_rng(seed).integers(0, 255, (side, side), np.uint8)
    Image.fromarray(pixels).save(out, "JPEG", quality=40)
    return out.getvalue()


def gone(path: Path, seconds: float = 60) -> bool:
    """Wait until somebody took it."""
    until = time.monotonic() + seconds
    while path.exists():
        if time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True


def slow(folder: Path, told: Told) -> None:
    """10 kB/s, held open."""
    data = noise(told.seed + 1, int(400 * told.pace))
    with (folder / "slow.jpg").open("wb", buffering=0) as out:
        for start in range(0, len(data), 1000):
            out.write(data[start : start + 1000])
            time.sleep(0.1)
    told.whole(data, "jpg")


def slow_and_opened_anew(folder: Path, told: Told) -> None:
    """The same, closed after each piece."""
    data = noise(told.seed + 2, int(300 * told.pace))
    for start in range(0, len(data), 5000):
        with (folder / "slow.jpg").open("ab") as out:
            out.write(data[start : start + 5000])
        told.whole(data, "jpg") if start + 5000 >= len(data) else time.sleep(0.5)


def pause(folder: Path, told: Told) -> None:
    """Half, closed, 30 s nothing, the rest."""
    for ending in ("jpg", "pdf", "tif", "png"):
        data = scan(f"{told.window} pause", ending, pages=2 if ending in ("pdf", "tif") else 1)
        (folder / f"pause.{ending}").write_bytes(data[: len(data) // 2])
    told.wait(30)
    for ending in ("jpg", "pdf", "tif", "png"):
        data = scan(f"{told.window} pause", ending, pages=2 if ending in ("pdf", "tif") else 1)
        with (folder / f"pause.{ending}").open("ab") as out:
            out.write(data[len(data) // 2 :])
        told.whole(data, ending)


def preallocated(folder: Path, told: Told) -> None:
    """Full length first, all zeros and closed; then filled in blocks out of order, as a file server does."""
    chance = random.Random(3)
    for ending, data in (("jpg", noise(told.seed + 3, 300)), ("tif", _drawn(told.seed + 4, "tif")), ("pdf", _drawn(told.seed + 5, "pdf"))):
        path = folder / f"smb.{ending}"
        with path.open("wb") as out:
            out.truncate(len(data))
        told.wait(5)
        places = list(range(0, len(data), 4096))
        chance.shuffle(places)
        with path.open("r+b", buffering=0) as out:
            for number, place in enumerate(places):
                out.seek(place)
                out.write(data[place : place + 4096])
                if number in (len(places) // 3, len(places) - 2):
                    told.wait(4)
            os.utime(path)
        told.whole(data, ending)


def _drawn(seed: int, ending: str) -> bytes:
    pixels, out = np.random.default_rng(seed).integers(0, 255, (400, 400), np.uint8), io.BytesIO()
    Image.fromarray(pixels).save(out, FORMATS[ending], **({"compression": "tiff_lzw"} if ending == "tif" else {}))
    return out.getvalue()


def overwritten(folder: Path, told: Told) -> None:
    """A whole file, seen; then a whole new one over its bytes, of the same size, the time of change put back."""
    first, second = scan(f"{told.window} first", "bmp"), scan(f"{told.window} other", "bmp")
    path = folder / "over.bmp"
    path.write_bytes(first)
    before = path.stat()
    time.sleep(1.2)
    with path.open("r+b") as out:
        out.write(second)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    told.whole(second, "bmp")


def renamed_in(folder: Path, told: Told) -> None:
    """Written under hidden and unfinished names, renamed when whole."""
    for number, name in enumerate((".~a.part", "b.pdf.tmp", "~c.pdf", ".d.pdf")):
        data = scan(f"{told.window} renamed {number}", "pdf")
        (folder / name).write_bytes(data)
        told.wait(4)
        (folder / name).rename(folder / f"renamed{number}.pdf")
        told.whole(data, "pdf")


def kept_open(folder: Path, told: Told) -> None:
    """Whole, and kept open for a while without a change."""
    data = scan(f"{told.window} kept", "tif")
    with (folder / "kept.tif").open("wb", buffering=0) as out:
        out.write(data)
        told.wait(12)
    told.whole(data, "tif")


def going_on(folder: Path, told: Told) -> None:
    """Whole, kept open until it was renamed away under the writer, then written to again. On a mount where nobody can be asked."""
    first, second = scan(f"{told.window} going on", "tif"), scan(f"{told.window} going on", "tif", pages=2)
    path = folder / "going.tif"
    with path.open("wb", buffering=0) as out:
        out.write(first)
        told.whole(first, "tif")
        gone(path)
        time.sleep(3)
        out.seek(0)
        out.write(second)
        out.truncate(len(second))
    told.whole(second, "tif")


def page_by_page(folder: Path, told: Told) -> None:
    """A TIFF opened, appended to and closed for each page, whole after each."""
    path = folder / "pages.tif"
    for number in range(1, 9):
        data = scan(f"{told.window} page by page", "tif", pages=number)
        with path.open("r+b" if path.exists() else "wb") as out:
            out.write(data)
            out.truncate(len(data))
        if number < 8:
            time.sleep(1.4)
    told.whole(data, "tif")


def old_times(folder: Path, told: Told) -> None:
    """A copy that keeps the time of change of the original, years ago, set after the bytes."""
    data = scan(f"{told.window} old", "pdf")
    path = folder / "old.pdf"
    path.write_bytes(data[:500])
    os.utime(path, (10**9, 10**9))
    told.wait(6)
    path.write_bytes(data)
    os.utime(path, (10**9, 10**9))
    told.whole(data, "pdf")


def in_turn(folder: Path, told: Told) -> None:
    """Files under one name in turn, the next as soon as the name is free."""
    for number in range(4):
        data = scan(f"{told.window} turn {number}", "jpg")
        path = folder / "turn.jpg"
        gone(path)
        with path.open("xb") as out:
            out.write(data[:700])
            out.flush()
            time.sleep(0.3)
            out.write(data[700:])
        told.whole(data, "jpg")


def replaced(folder: Path, told: Told) -> None:
    """Broken off, deleted and written again; and an empty file that gets its bytes later."""
    half, data, late = folder / "again.png", scan(f"{told.window} again", "png"), scan(f"{told.window} late", "pdf")
    (folder / "late.pdf").touch()
    half.write_bytes(data[:600])
    told.wait(5)
    half.unlink()
    half.write_bytes(data)
    told.whole(data, "png")
    told.wait(5)
    (folder / "late.pdf").write_bytes(late)
    told.whole(late, "pdf")


def in_a_folder(folder: Path, told: Told) -> None:
    """Files of a stack, some seconds apart, and a `.done` at the end."""
    stack = folder / "stack"
    stack.mkdir()
    for number in range(6):
        data = scan(f"{told.window} stack {number}", "jpg")
        (stack / f"{number}.jpg").write_bytes(data)
        told.whole(data, "jpg")
        told.wait(3)
    (stack / ".done").touch()


def while_the_clock_is_set(folder: Path, told: Told) -> None:
    """One file a few seconds, all the time, whatever the clock says."""
    for number in range(12):
        data = scan(f"{told.window} clock {number}", "png")
        (folder / f"{number}.png").write_bytes(data)
        told.whole(data, "png")
        told.wait(3)


LOCAL: dict[str, Callable[[Path, Told], None]] = {
    f.__name__: f
    for f in (
        slow,
        slow_and_opened_anew,
        pause,
        preallocated,
        overwritten,
        renamed_in,
        kept_open,
        page_by_page,
        old_times,
        in_turn,
        replaced,
        in_a_folder,
        while_the_clock_is_set,
    )
}
REMOTE = {f.__name__: f for f in (slow, slow_and_opened_anew, pause, preallocated, going_on, page_by_page, in_turn)}
"""Those that run also where nobody can be asked who writes."""
