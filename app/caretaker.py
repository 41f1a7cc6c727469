"""Reads what is kept again while `serve` works: slowly, in turns, for ever (archive/fixity.py, archive/rounds.py).

Its thread asks for the lowest priority of processor and disk, reads so many megabytes a second at most, and goes on where it was after a
restart. What it finds is an alarm: a line in the log, a notice in the feed, a bad line of `doctor`. How far it got and the names of what is
not whole lie in derived/fixity.json; losing that begins the part again, no more.
"""

import contextlib
import ctypes
import json
import logging
import os
import platform
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from app.places import Places
from app.settings import Fixity as FixitySettings
from archive.books import Books
from archive.fixity import Fixity, Reading, part_of
from archive.rounds import PARTS, State, due, state
from domain.errors import CasefileError
from domain.ports import Clock, Feed

log = logging.getLogger("casefile.fixity")
LOOK = 60.0
SAVE = 10.0
AGAIN = 600.0
IOPRIO_SET = {"x86_64": 251, "aarch64": 30}
IDLE = 3 << 13


@dataclass(slots=True)
class Noted:
    """derived/fixity.json: the reading under way, and objects found not whole by name, with what was found."""

    reading: Reading | None = None
    harmed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> "Noted":
        """What was noted; nothing if it was lost."""
        try:
            found = json.loads(path.read_bytes())
            return cls(Reading(**found["reading"]) if found["reading"] else None, dict(found["harmed"]))
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return cls()

    def save(self, path: Path) -> None:
        """Replace the file."""
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        temporary.write_text(json.dumps(asdict(self)), encoding="ascii")
        temporary.replace(path)

    def take(self, reading: Reading) -> None:
        """Remember what a reading found, and forget what it found whole again."""
        self.harmed = {name: what for name, what in self.harmed.items() if part_of(name, reading.parts) != reading.part}
        self.harmed.update({name: reading.damaged.get(name, "missing") for name in reading.left})


class Caretaker:
    """Reads again what the books of one data folder keep."""

    def __init__(self, books: Books, places: Places, settings: FixitySettings, clock: Clock, feed: Feed) -> None:
        self._books, self._places, self._settings, self._clock, self._feed = books, places, settings, clock, feed
        self._stop = threading.Event()

    def run(self, stop: threading.Event, look: float = LOOK) -> None:
        """Read parts as they become due until `stop`; a fault is logged and tried again."""
        self._stop = stop
        _step_back()
        wait = look
        while not stop.wait(wait):
            wait = look
            try:
                self.turn()
            except CasefileError as error:
                log.warning("reading again stopped: %s", error)
                wait = AGAIN
            except Exception:  # a fault of ours must not end the service; it is said, and tried again
                log.exception("reading again stopped")
                wait = AGAIN

    def turn(self) -> Reading | None:
        """Read the part that is due, if one is; the reading when it is done."""
        noted = Noted.load(self._places.fixity)
        if noted.reading is None:
            part = due(self.state(), self._clock.now(), self._settings.days)
            if part is None:
                return None
            return self.read(part, PARTS)
        return self.read(noted.reading.part, noted.reading.parts, noted.reading)

    def state(self) -> State:
        """Which part was read when, as the ledger tells."""
        opening = next(self._books.ledger.read(1, 2), None)
        return state(self._books.ledger.about(opening.subject) if opening else [], self._clock.now(), PARTS)

    def read(self, part: int, parts: int, begun: Reading | None = None, *, hurry: bool = False) -> Reading | None:
        """Read one part to its end; None if it was told to stop before. In a hurry the pace is the disk's, and nothing is noted half-way.

        Raises:
            ValueError: no such part. DiskFull, Unavailable.
        """
        copy = Path(self._settings.copy_from) if self._settings.copy_from else None
        pace = (lambda size: None) if hurry else self._pace()
        fixity = Fixity(self._books, self._clock, self._places.damaged, copy, pace, self._alarm)
        reading = begun or fixity.begin(part, parts)
        done = fixity.read(reading, (lambda _: None) if hurry else self._saver(), self._stop.is_set)
        noted = Noted.load(self._places.fixity)
        noted.take(reading)
        if not hurry:
            noted.reading = None if done else reading
        noted.save(self._places.fixity)
        return reading if done else None

    def _saver(self) -> Callable[[Reading], None]:
        """Notes how far a reading got, every few seconds, and at once what was found."""
        last = [time.monotonic(), 0.0]

        def save(reading: Reading) -> None:
            if time.monotonic() - last[0] >= SAVE or len(reading.left) != last[1]:
                noted = Noted.load(self._places.fixity)
                noted.reading = reading
                noted.harmed.update({name: reading.damaged.get(name, "missing") for name in reading.left})
                noted.save(self._places.fixity)
                last[:] = time.monotonic(), len(reading.left)

        return save

    def _pace(self) -> Callable[[int], None]:
        begun, bytes_read = time.monotonic(), [0]

        def pace(size: int) -> None:
            bytes_read[0] += size
            ahead = bytes_read[0] / (self._settings.rate * 1e6) - (time.monotonic() - begun)
            if ahead > 0.05:
                self._stop.wait(min(ahead, 5.0))

        return pace

    def _alarm(self, what: str, name: str) -> None:
        digest = f"sha256:{name.partition('.')[0]}"
        if what == "object-healed":
            log.warning("%s was put back from the copy; the damaged file lies in derived/damaged", digest)
        else:
            log.critical("%s: %s; put it back from a backup, then run casefile fixity", what, digest)
        self._feed.tell("notice", what=what, object=digest)


def _step_back() -> None:
    """Ask for the lowest priority of processor and disk, for this thread alone. Where the kernel says no, the pace is what remains."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
    number = IOPRIO_SET.get(platform.machine())
    if number is not None:
        ctypes.CDLL(None, use_errno=True).syscall(number, 1, 0, IDLE)
