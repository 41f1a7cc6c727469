"""One child process with its tray, from its parent's side: asked one task at a time, watched while it works.

Promises: whatever the child does or does not do, a question ends: with an answer, with the child's end, or when it computed or held more
than it may (`LOOK`, `IN_ALL`; what it started counts too). Its answer is bytes of bounded length, no more is believed here.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time

from app.child import READY, SIZE, frame
from app.process import used
from app.tray import Tray

FILE_SIZE = 2 << 30
ANSWER = 64 << 20
"""Bytes of the longest answer: a page with ten thousand words is under two million."""
LOOK = 0.05
AT_MOST = 2
IN_ALL = 4
START = 120.0
"""Seconds within which a child has its libraries loaded; on a busy machine with a cold disk it took 20."""
ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TESSDATA_PREFIX")
"""All that a child that opens strangers' files is told of its parent's: no addresses, no passwords."""
QUIET = {
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "PYTHONUNBUFFERED": "1",
}


class Flood(Exception):
    """The answer is longer than any answer is."""


class Child:
    """A child process. For one thread at a time, but for `kill`."""

    def __init__(self, bounds: tuple[int, int], modules: tuple[str, ...], tray: Tray, program: str) -> None:
        """`bounds`: address space and memory in bytes. Raises OSError; nothing is left behind then."""
        space, self._memory = bounds
        self.tray, self.served, self._ready, self._over = tray, 0, False, False
        self._reader, writer = os.pipe()
        numbers = (os.getpid(), writer, space, AT_MOST * self._memory, FILE_SIZE)
        kept = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        try:
            self.process = subprocess.Popen(  # noqa: S603 our own interpreter and module
                [sys.executable, "-m", program, *map(str, numbers), str(tray.folder), ",".join(modules)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(writer,),
                process_group=0,  # so that what it started itself ends with it
                env={**kept, **QUIET, "HOME": str(tray.made), "TMPDIR": str(tray.made)},
            )
        except BaseException:
            os.close(self._reader)
            tray.remove()
            raise
        finally:
            os.close(writer)
        assert self.process.stdin is not None
        self._writer = self.process.stdin.fileno()
        os.set_blocking(self._writer, False)
        self._seconds, self._looked = 0.0, time.monotonic()

    @property
    def seconds(self) -> float:
        """What it and all it started have computed, as last seen."""
        return self._seconds

    def wait_until_ready(self) -> None:
        """Until its libraries are loaded and it is confined.

        Raises:
            ChildProcessError: it ended before, or did not get there in time.
        """
        if self._ready:
            return
        try:
            self._begin(START)
            said = self._answer()
        except (TimeoutError, MemoryError, Flood):
            said = None
        if said != READY:
            raise ChildProcessError(f"it ended with status {self.end()} before it was ready")
        self._ready = True

    def ask(self, task: bytes, seconds: float) -> bytes | None:
        """The answer to `task`, or None when the child ended without one.

        Raises:
            TimeoutError: no answer within `seconds` of computing. MemoryError: it holds too much. Flood.
        """
        self.served += 1
        self._begin(seconds)
        try:
            self._tell(frame(task))
        except BrokenPipeError:
            return None
        return self._answer()

    def _begin(self, seconds: float) -> None:
        now = used(self.process.pid)
        self._seconds = max(self._seconds, now.seconds if now else 0.0)
        self._until, self._may_compute = time.monotonic() + IN_ALL * seconds, self._seconds + seconds
        self._looked, self._over = time.monotonic(), False

    def _tell(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            _, ready, _ = select.select([], [self._writer], [], LOOK)
            self._judge()
            if ready:
                left = left[os.write(self._writer, left[: 1 << 16]) :]

    def _answer(self) -> bytes | None:
        head = self._take(SIZE.size)
        if not head:
            return None
        (size,) = SIZE.unpack(head)
        if size > ANSWER:
            raise Flood
        return self._take(size)

    def _take(self, size: int) -> bytes | None:
        parts: list[bytes] = []
        while size:
            ready, _, _ = select.select([self._reader], [], [], LOOK)
            self._judge()
            if not ready:
                continue
            part = os.read(self._reader, min(size, 1 << 20))
            if not part:
                return None
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _judge(self) -> None:
        """Look at it, if it is time to. Over its memory is who was so at two looks: a program just being started shows its parent's."""
        if time.monotonic() < self._looked + LOOK:
            return
        self._looked = time.monotonic()
        now = used(self.process.pid)
        if now is not None:
            self._seconds = max(self._seconds, now.seconds)
            over, self._over = self._over, now.memory > self._memory
            if over and self._over:
                raise MemoryError
        if self._seconds > self._may_compute or self._looked > self._until:
            raise TimeoutError

    def kill(self) -> None:
        """End it and what it started, whoever is asking it at this moment."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def end(self) -> int:
        """Kill the child if it lives, and give back all it had; its exit status (negative: the signal)."""
        self.kill()
        status = self.process.wait()
        if self.process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
        if self._reader >= 0:
            os.close(self._reader)
            self._reader = -1
        self.tray.remove()
        return status

    @property
    def gone(self) -> bool:
        """Whether the process has ended."""
        return self.process.poll() is not None
