"""The parent's side of the sandbox: a pool of limited child processes (a `domain.ports.Sandbox`).

Promises: a task that takes too long, takes too much memory or kills its process ends as Refused and costs only that child; a child serves
many tasks and is replaced after `RECYCLE` of them; children die with this process, however it dies. A child killed from outside (a person,
the kernel short of memory: `FROM_OUTSIDE`) is not the input's fault the first time, so its task runs once more in a new child; a task whose
child is killed twice is refused, because an input that makes the kernel kill whoever reads it must come to an end too.
"""

import contextlib
import json
import logging
import os
import pickle
import queue
import select
import signal
import subprocess
import sys
import threading
import time
import typing
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from app.child import SIZE, frame
from domain import errors
from domain.codec import build
from domain.errors import CasefileError, Refused, Unavailable
from domain.reasons import Reason

R = TypeVar("R")
MODULES = ("ingest.triage", "pipeline.page", "archive.make")
RECYCLE = 200
FILE_SIZE = 2 << 30
FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""Signals a process that reads a file does not give itself."""
log = logging.getLogger("casefile.sandbox")
CHILD = "app.child"
"""The module a child process runs."""

SECRETS = ("CASEFILE_DATABASE_", "CASEFILE_SEARCH_", "PG")
"""Beginnings of what a child that opens strangers' files is not told: addresses, and passwords that may stand in them."""


class _Child:
    """One child process and the pipe its results come through."""

    def __init__(self, address_space: int, modules: tuple[str, ...]) -> None:
        reader, writer = os.pipe()
        arguments = [str(os.getpid()), str(writer), str(address_space), str(FILE_SIZE), ",".join(modules)]
        quiet = {
            "OMP_NUM_THREADS": "1",
            "OMP_THREAD_LIMIT": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "MALLOC_ARENA_MAX": "1",
            "PYTHONUNBUFFERED": "1",
        }
        self.process = subprocess.Popen(  # noqa: S603 our own interpreter and module
            [sys.executable, "-m", CHILD, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(writer,),
            process_group=0,  # so that what it started itself ends with it
            env={name: value for name, value in os.environ.items() if not name.startswith(SECRETS)} | quiet,
        )
        os.close(writer)
        self._reader = reader
        self.served = 0

    def ask(self, task: bytes, seconds: float) -> dict[str, Any] | None:
        """The reply to `task`, or None when the child ended without one.

        Raises:
            TimeoutError: no reply within `seconds`.
        """
        assert self.process.stdin is not None
        self.served += 1
        try:
            self.process.stdin.write(frame(task))
            self.process.stdin.flush()
        except BrokenPipeError:
            return None
        until = time.monotonic() + seconds
        head = self._take(SIZE.size, until)
        data = self._take(SIZE.unpack(head)[0], until) if head else None
        return json.loads(data) if data is not None else None

    def _take(self, size: int, until: float) -> bytes | None:
        parts: list[bytes] = []
        while size:
            ready, _, _ = select.select([self._reader], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            part = os.read(self._reader, min(size, 1 << 20))
            if not part:
                return None
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

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
        return status


class ChildPool:
    """`size` children, started when first needed. Thread-safe: callers wait for a free child."""

    def __init__(self, size: int, address_space: int, seconds: float, modules: tuple[str, ...] = MODULES) -> None:
        self._space, self._seconds, self._modules = address_space, seconds, modules
        self._free: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(size):
            self._free.put(None)
        self._orders: queue.SimpleQueue[queue.SimpleQueue[_Child | Exception] | None] = queue.SimpleQueue()
        # Children are told to die with the thread that started them, so one thread that lives as long as the pool starts them all.
        self._starter = threading.Thread(target=self._start_children, name="children", daemon=True)
        self._starter.start()

    def run(self, function: Callable[..., R], *args: Any, timeout: float | None = None) -> R:
        """See `domain.ports.Sandbox.run`. `timeout` in seconds, the pool's own when None."""
        task = pickle.dumps((function.__module__, function.__qualname__, args))
        name = function.__qualname__
        for more in (True, False):
            with self._child() as child:
                try:
                    reply = child.ask(task, timeout or self._seconds)
                except TimeoutError:
                    child.end()
                    raise Refused(Reason.TOOK_TOO_LONG, f"{name} took over {timeout or self._seconds:g} s", step=name) from None
                status = child.end() if reply is None else 0
            if reply is not None:
                break
            if not (more and -status in FROM_OUTSIDE):
                raise Refused(_reason_of(status), f"the process running {name} ended with status {status}", step=name, status=status)
            log.warning("the process running %s was killed from outside (signal %d); once more in a new one", name, -status)
        assert reply is not None
        if "error" in reply:
            raise _raised(reply)
        return typing.cast(R, build(typing.get_type_hints(function)["return"], reply["ok"]))

    def close(self) -> None:
        """End every child that is not at work."""
        with contextlib.suppress(queue.Empty):
            while True:
                child = self._free.get_nowait()
                if child:
                    child.end()
        self._orders.put(None)

    @contextlib.contextmanager
    def _child(self) -> Iterator[_Child]:
        child = self._free.get()
        try:
            if child is None or child.process.poll() is not None:
                child = self._new()
            yield child
        finally:
            if child is not None and (child.process.poll() is not None or child.served >= RECYCLE):
                child.end()
                child = None
            self._free.put(child)

    def _new(self) -> _Child:
        reply: queue.SimpleQueue[_Child | Exception] = queue.SimpleQueue()
        self._orders.put(reply)
        made = reply.get()
        if isinstance(made, Exception):
            raise Unavailable(f"a child process could not be started: {made}") from made
        return made

    def _start_children(self) -> None:
        while (reply := self._orders.get()) is not None:
            try:
                reply.put(_Child(self._space, self._modules))
            except OSError as error:
                reply.put(error)


def _reason_of(status: int) -> Reason:
    return Reason.TOOK_TOO_MUCH_MEMORY if -status in (signal.SIGKILL, signal.SIGABRT) else Reason.READER_FAILED


def _raised(reply: dict[str, Any]) -> CasefileError:
    if reply["reason"] is not None:
        return Refused(Reason(reply["reason"]), str(reply["what"]), **reply["facts"])
    kind = getattr(errors, str(reply["error"]), CasefileError)
    known = kind if isinstance(kind, type) and issubclass(kind, CasefileError) else CasefileError
    return known(str(reply["what"]), **reply["facts"])
