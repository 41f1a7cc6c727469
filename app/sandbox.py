"""The parent's side of the sandbox: a pool of limited child processes (a `domain.ports.Sandbox`).

Promises: a task that takes too long, takes too much memory or kills its process ends as Refused and costs only that child. Time is what
the child and all it started compute, so that a busy machine makes no page fail; all in all a task may take four times as long. Memory is
what they hold. Both are looked at twenty times a second (app/limited.py); between two looks the kernel's bound on a child's own memory
stands, at twice as much, because recognition asks for far more than it fills (docs/decisions/0006-what-a-child-may-touch.md). A child
serves many tasks and is replaced after `RECYCLE` of them or `SPENT` seconds; children die with this process, however it dies. A child
opens no file of its user but those of the task in hand (app/tray.py, app/confine.py), and knows nothing of this process's environment but
what it needs. What it answers can make its own task fail and nothing else (app/answers.py).

A child killed from outside (a person, the kernel short of memory: `FROM_OUTSIDE`) is not the input's fault the first time, so its task runs
once more in a new child; a task whose child is killed twice is refused, because an input that makes the kernel kill whoever reads it must
come to an end too. A child that does not start is no input's fault ever. What is under way when the pool is closed ends at once as
Unavailable, and so does whatever is asked of it afterwards: nobody waits.
"""

import contextlib
import errno
import io
import logging
import os
import pickle
import queue
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from app.answers import Nonsense, error_of, parse, result_of
from app.limited import IN_ALL, Child, Flood
from app.tray import Tray, Trays
from domain.errors import Corrupt, DiskFull, Refused, Unavailable
from domain.ports import ToRead, ToWrite
from domain.reasons import Reason

R = TypeVar("R")
MODULES = ("ingest.triage", "pipeline.page", "archive.make")
READS_BACK = ("archive.make",)
"""Modules whose functions look at what casefile made itself, and may find that it is not what was meant."""
RECYCLE = 200
SPENT = 3600.0
FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""Signals a process that reads a file does not give itself."""
LITTLE = 16 << 20
"""Bytes: with less room than this a child that is ended by a signal is the disk's fault."""
CHILD = "app.child"
"""The module a child process runs."""
CLOSED = "casefile is stopping; what was under way goes on at the next start"
MEMORY = 1_400_000_000
log = logging.getLogger("casefile.sandbox")


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
        self._free: queue.LifoQueue[Child | None] = queue.LifoQueue()
        for _ in range(size):
            self._free.put(None)
        self._living = set[Child]()
        self._orders: queue.SimpleQueue[queue.SimpleQueue[Child | Exception] | None] = queue.SimpleQueue()
        self._closed, self._closing = False, threading.Lock()
        # Children are told to die with the thread that started them, so one thread that lives as long as the pool starts them all.
        self._starter = threading.Thread(target=self._start_children, name="children", daemon=True)
        self._starter.start()

    def run(self, function: Callable[..., R], *args: Any, timeout: float | None = None) -> R:
        """See `domain.ports.Sandbox.run`. `timeout` is the pool's own when None."""
        name, seconds = function.__qualname__, timeout or self._seconds
        try:
            done = self._try(function, args, seconds, last=False)
            if done is None:
                log.warning("the process running %s was killed from outside; once more in a new one", name)
                done = self._try(function, args, seconds, last=True)
        except Refused:
            if self._closed:  # its tray may be gone, its process killed: that says nothing of the file
                raise Unavailable(CLOSED) from None
            raise
        assert done is not None
        return done[0]

    def _try(self, function: Callable[..., R], args: tuple[Any, ...], seconds: float, *, last: bool) -> tuple[R] | None:
        """What the child answered, its results fetched; None: it was killed from outside, and this is not the last try."""
        with self._child() as child:
            try:
                data = self._ask(child, function, args, seconds, last)
                return None if data is None else (self._believe(child, function, data),)
            except OSError as error:
                raise _unavailable(error) from error
            finally:
                child.tray.clear()

    def _believe(self, child: Child, function: Callable[..., R], data: bytes) -> R:
        """The result, if the answer is one; what is none costs the child its life and the task its result."""
        try:
            reply = parse(data)
            if "error" not in reply:
                result = result_of(function, reply)
                child.tray.fetch()
                return result
            error = error_of(reply)
            if isinstance(error, Corrupt) and function.__module__ not in READS_BACK:
                raise Nonsense
        except Nonsense:
            child.end()
            name = function.__qualname__
            raise Refused(Reason.READER_FAILED, f"the process running {name} gave no answer that can be one", step=name) from None
        raise error

    def _ask(self, child: Child, function: Callable[..., Any], args: tuple[Any, ...], seconds: float, last: bool) -> bytes | None:
        task, name = io.BytesIO(), function.__qualname__
        _Pack(task, child.tray).dump((function.__module__, name, args))
        try:
            data = child.ask(task.getvalue(), seconds)
        except (TimeoutError, MemoryError, Flood) as error:
            child.end()
            raise _too_much(error, name, seconds, self._bounds[1]) from None
        if data is None:
            status = child.end()
            if self._closed:
                raise Unavailable(CLOSED)
            if not last and -status in FROM_OUTSIDE:
                return None
            if status < 0 and self._trays.free() < LITTLE:  # libraries abort where they cannot write: that says nothing of the file
                raise DiskFull(f"the process running {name} ended with status {status} while the disk was full; it is tried again")
            raise Refused(_reason_of(status), f"the process running {name} ended with status {status}", step=name, status=status)
        return data

    def close(self) -> None:
        """End every child, at work or not."""
        with self._closing:
            self._closed = True
            self._orders.put(None)
            living = list(self._living)
        for one in living:
            one.kill()
        self._starter.join(timeout=10)
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
    def _child(self) -> Iterator[Child]:
        child: Child | None = self._free.get()
        try:
            if child is not None and child.gone:
                self._give_up(child)
                child = None
            if child is None:
                child = self._new()
            try:
                child.wait_until_ready()
            except ChildProcessError as error:
                raise Unavailable(CLOSED if self._closed else f"a child process could not be started: {error}; run doctor") from None
            yield child
        finally:
            if child is not None and (child.gone or child.served >= RECYCLE or child.seconds > SPENT):
                self._give_up(child)
                child = None
            self._free.put(child)

    def _give_up(self, child: Child) -> None:
        child.end()
        with self._closing:
            self._living.discard(child)

    def _new(self) -> Child:
        reply: queue.SimpleQueue[Child | Exception] = queue.SimpleQueue()
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
                child = Child(self._bounds, self._modules, self._trays.new(), self._program)
            except Exception as error:  # whatever it is, who waits is told, and the next may succeed
                reply.put(error)
                continue
            with self._closing:
                self._living.add(child)
                closed = self._closed
            if closed:
                child.kill()
            reply.put(child)


def _too_much(error: Exception, name: str, seconds: float, memory: int) -> Refused:
    if isinstance(error, TimeoutError):
        what = f"{name} computed for over {seconds:g} s, or did not end in {IN_ALL * seconds:g} s"
        return Refused(Reason.TOOK_TOO_LONG, what, step=name)
    if isinstance(error, MemoryError):
        what = f"{name} needed more than the {memory / 1e9:g} GB that a child process may hold"
        return Refused(Reason.TOOK_TOO_MUCH_MEMORY, what, step=name)
    return Refused(Reason.READER_FAILED, f"the answer of {name} was too long", step=name)


def _unavailable(error: OSError) -> Unavailable:
    kind = DiskFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else Unavailable
    return kind(f"a child process could not be given its files: {os.strerror(error.errno or 0)}")


def _reason_of(status: int) -> Reason:
    return Reason.TOOK_TOO_MUCH_MEMORY if -status in (signal.SIGKILL, signal.SIGABRT) else Reason.READER_FAILED
