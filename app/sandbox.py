"""The parent's side of the sandbox: a pool of limited child processes (a `domain.ports.Sandbox`).

Promises: a task that takes too long, takes too much memory or kills its process ends as Refused and costs only that child. Time is what
the child and all it started compute, so that a busy machine makes no page fail; all in all a task may take `IN_ALL` times as long. Memory
is what they hold. Both are looked at every `LOOK` seconds; between two looks the kernel's bound on a child's own memory stands, at
`AT_MOST` times as much, because recognition asks for far more than it fills (docs/decisions/0006-what-a-child-may-touch.md). A child
serves many tasks and is replaced after `RECYCLE` of them; children die with this process, however it dies. A child opens no file of its
user but those of the task in hand (app/tray.py, app/confine.py), and knows none of this process's environment but `ENVIRONMENT`. A child
killed from outside (a person, the kernel short of memory: `FROM_OUTSIDE`) is not the input's fault the first time, so its task runs once
more in a new child; a task whose child is killed twice is refused, because an input that makes the kernel kill whoever reads it must come
to an end too.
What is under way when the pool is closed ends at once as Unavailable, and so does whatever is asked of it afterwards: nobody waits.
"""

import contextlib
import errno
import io
import json
import logging
import os
import pickle
import queue
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from app.child import SIZE, frame
from app.process import used
from app.tray import Tray, Trays
from domain import errors
from domain.codec import build
from domain.errors import CasefileError, DiskFull, Refused, Unavailable
from domain.ports import ToRead, ToWrite
from domain.reasons import Reason

R = TypeVar("R")
MODULES = ("ingest.triage", "pipeline.page", "archive.make")
RECYCLE = 200
FILE_SIZE = 2 << 30
FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""Signals a process that reads a file does not give itself."""
LITTLE = 16 << 20
"""Bytes: with less room than this a child that is ended by a signal is the disk's fault."""
log = logging.getLogger("casefile.sandbox")
CLOSED = "casefile is stopping; what was under way goes on at the next start"
CHILD = "app.child"
"""The module a child process runs."""
MEMORY = 1_500_000_000
LOOK = 0.05
AT_MOST = 2
IN_ALL = 4
ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TESSDATA_PREFIX")
"""All that a child that opens strangers' files is told of its parent's: no addresses, no passwords."""
QUIET = {
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "PYTHONUNBUFFERED": "1",
}


class _Child:
    """One child process, its tray, and the pipe its results come through."""

    def __init__(self, bounds: tuple[int, int], modules: tuple[str, ...], tray: Tray, program: str) -> None:
        """`bounds`: address space and memory in bytes."""
        reader, writer = os.pipe()
        space, self._memory = bounds
        arguments = [str(n) for n in (os.getpid(), writer, space, AT_MOST * self._memory, FILE_SIZE)] + [
            str(tray.folder),
            ",".join(modules),
        ]
        kept = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        self.tray = tray
        self.process = subprocess.Popen(  # noqa: S603 our own interpreter and module
            [sys.executable, "-m", program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(writer,),
            process_group=0,  # so that what it started itself ends with it
            env={**kept, **QUIET, "HOME": str(tray.made), "TMPDIR": str(tray.made)},
        )
        os.close(writer)
        self._reader = reader
        self.served = 0

    def ask(self, task: bytes, seconds: float) -> dict[str, Any] | None:
        """The reply to `task`, or None when the child ended without one.

        Raises:
            TimeoutError: no reply within `seconds` of computing. MemoryError: it holds too much.
        """
        assert self.process.stdin is not None
        self.served += 1
        try:
            self.process.stdin.write(frame(task))
            self.process.stdin.flush()
        except BrokenPipeError:
            return None
        self._until, self._may_compute = time.monotonic() + IN_ALL * seconds, used(self.process.pid).seconds + seconds
        head = self._take(SIZE.size)
        data = self._take(SIZE.unpack(head)[0]) if head else None
        return json.loads(data) if data is not None else None

    def _take(self, size: int) -> bytes | None:
        parts: list[bytes] = []
        while size:
            ready, _, _ = select.select([self._reader], [], [], LOOK)
            if not ready:
                self._judge()
                continue
            part = os.read(self._reader, min(size, 1 << 20))
            if not part:
                return None
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _judge(self) -> None:
        now = used(self.process.pid)
        if now.seconds > self._may_compute or time.monotonic() > self._until:
            raise TimeoutError
        if now.memory > self._memory:
            raise MemoryError

    def end(self) -> int:
        """Kill the child if it lives; its exit status (negative: the signal)."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        status = self.process.wait()
        if self.process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
        if self._reader >= 0:
            os.close(self._reader)
            self._reader = -1
        self.tray.remove()
        return status


class _Pack(pickle.Pickler):
    """Writes a task; a path to read or write goes into it as its place in the tray."""

    def __init__(self, into: io.BytesIO, tray: Tray) -> None:
        super().__init__(into)
        self._tray = tray

    def persistent_id(self, value: Any) -> str | None:
        """The place in the tray, of a path."""
        kind = type(value)
        return self._tray.give(str(value)) if kind is ToRead else self._tray.want(str(value)) if kind is ToWrite else None


class ChildPool:
    """`size` children, started when first needed. Thread-safe: callers wait for a free child."""

    def __init__(
        self,
        size: int,
        address_space: int,
        seconds: float,
        modules: tuple[str, ...] = MODULES,
        memory: int = MEMORY,
        place: Path | None = None,
    ) -> None:
        """Bounds of a child in bytes and of a task in seconds; `place`: where trays are made (default: one that ends with the pool)."""
        self._bounds, self._seconds, self._modules, self._program = (address_space, memory), seconds, modules, CHILD
        self._place = tempfile.TemporaryDirectory(prefix="casefile-") if place is None else None
        self._trays = Trays(place or Path(self._place.name if self._place else ""))
        self._free: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(size):
            self._free.put(None)
        self._orders: queue.SimpleQueue[queue.SimpleQueue[_Child | Exception] | None] = queue.SimpleQueue()
        # Children are told to die with the thread that started them, so one thread that lives as long as the pool starts them all.
        self._starter = threading.Thread(target=self._start_children, name="children", daemon=True)
        self._closed, self._closing = False, threading.Lock()
        self._starter.start()

    def run(self, function: Callable[..., R], *args: Any, timeout: float | None = None) -> R:
        """See `domain.ports.Sandbox.run`. `timeout` is the pool's own when None."""
        name = function.__qualname__
        reply = self._try(function, args, timeout or self._seconds, last=False)
        if reply is None:
            log.warning("the process running %s was killed from outside; once more in a new one", name)
            reply = self._try(function, args, timeout or self._seconds, last=True)
        assert reply is not None
        return typing.cast(R, build(typing.get_type_hints(function)["return"], reply["ok"]))

    def _try(self, function: Callable[..., Any], args: tuple[Any, ...], seconds: float, *, last: bool) -> dict[str, Any] | None:
        """What the child answered, its results fetched; None: it was killed from outside, and this is not the last try."""
        with self._child() as child:
            try:
                reply = self._ask(child, function, args, seconds, last)
                if reply is None:
                    return None
                if "error" in reply:
                    raise _raised(reply)
                child.tray.fetch()
                return reply
            except OSError as error:
                raise _unavailable(error) from error
            finally:
                child.tray.clear()

    def _ask(self, child: _Child, function: Callable[..., Any], args: tuple[Any, ...], seconds: float, last: bool) -> dict[str, Any] | None:
        task, name = io.BytesIO(), function.__qualname__
        _Pack(task, child.tray).dump((function.__module__, name, args))
        try:
            reply = child.ask(task.getvalue(), seconds)
        except TimeoutError:
            child.end()
            what = f"{name} computed for over {seconds:g} s, or did not end in {IN_ALL * seconds:g} s"
            raise Refused(Reason.TOOK_TOO_LONG, what, step=name) from None
        except MemoryError:
            child.end()
            what = f"{name} needed more than the {self._bounds[1] / 1e9:g} GB that a child process may hold"
            raise Refused(Reason.TOOK_TOO_MUCH_MEMORY, what, step=name) from None
        if reply is None:
            status = child.end()
            if self._closed:
                raise Unavailable(CLOSED)
            if not last and -status in FROM_OUTSIDE:
                return None
            if status < 0 and self._trays.free() < LITTLE:  # libraries abort where they cannot write: that says nothing of the file
                raise DiskFull(f"the process running {name} ended with status {status} while the disk was full; it is tried again")
            raise Refused(_reason_of(status), f"the process running {name} ended with status {status}", step=name, status=status)
        return reply

    def close(self) -> None:
        """End every child: the free ones here, those at work with the thread that started them."""
        with self._closing:
            self._closed = True
            self._orders.put(None)
        with contextlib.suppress(queue.Empty):
            free = 0
            while True:
                child = self._free.get_nowait()
                free += 1
                if child:
                    child.end()
        for _ in range(free):
            self._free.put(None)
        self._trays.close()
        if self._place:
            self._place.cleanup()

    @contextlib.contextmanager
    def _child(self) -> Iterator[_Child]:
        child = self._free.get()
        try:
            if child is not None and child.process.poll() is not None:
                child.end()
                child = None
            if child is None:
                child = self._new()
            yield child
        finally:
            if child is not None and (child.process.poll() is not None or child.served >= RECYCLE):
                child.end()
                child = None
            self._free.put(child)

    def _new(self) -> _Child:
        reply: queue.SimpleQueue[_Child | Exception] = queue.SimpleQueue()
        with self._closing:
            if self._closed:
                raise Unavailable(CLOSED)
            self._orders.put(reply)
        made = reply.get()
        if isinstance(made, Exception):
            raise Unavailable(f"a child process could not be started: {made}") from made
        return made

    def _start_children(self) -> None:
        while (reply := self._orders.get()) is not None:
            try:
                reply.put(_Child(self._bounds, self._modules, self._trays.new(), self._program))
            except OSError as error:
                reply.put(error)


def _unavailable(error: OSError) -> Unavailable:
    kind = DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else Unavailable
    return kind(f"a child process could not be given its files: {os.strerror(error.errno or 0)}")


def _reason_of(status: int) -> Reason:
    return Reason.TOOK_TOO_MUCH_MEMORY if -status in (signal.SIGKILL, signal.SIGABRT) else Reason.READER_FAILED


def _raised(reply: dict[str, Any]) -> CasefileError:
    if reply["reason"] is not None:
        return Refused(Reason(reply["reason"]), str(reply["what"]), **reply["facts"])
    kind = getattr(errors, str(reply["error"]), CasefileError)
    known = kind if isinstance(kind, type) and issubclass(kind, CasefileError) else CasefileError
    return known(str(reply["what"]), **reply["facts"])
