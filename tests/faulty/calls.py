"""A disk that fails, or a process that is killed, at one call of one kind below one folder.

The kinds and their seams: open (os.open, io.open), write (os.write, os.pwrite, and the raw writes of every file that Python opened), fsync,
rename (os.rename, os.replace, renameat2), commit (of any SQLite connection), unlink (os.unlink, os.remove, os.rmdir). The fault comes before
the call does anything; a write or commit may also fail after it did. Calls that SQLite makes by itself are not seen: bench/disk_full.py is
for them.
"""

import builtins
import contextlib
import errno
import io
import os
import signal
import sqlite3
import sqlite3.dbapi2
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KINDS = ("open", "write", "fsync", "rename", "commit", "unlink")
FAULTS = ("EIO", "ENOSPC", "EROFS", "kill")
DATABASE = {"EIO": "SQLITE_IOERR", "ENOSPC": "SQLITE_FULL", "EROFS": "SQLITE_READONLY"}


class Calls:
    """Counts the calls of `kind` below `folder`. Once `arm`ed, call number `at` (from 0) fails with `fault`, and with `on` every later one."""

    def __init__(self, monkeypatch: Any, folder: Path, kind: str) -> None:
        self._folder, self.kind = str(folder.resolve()), kind
        self.count, self.at, self.fault, self.on, self.fired, self.asleep = 0, None, "", False, False, False
        getattr(self, f"_patch_{kind}")(monkeypatch)

    def watch(self, folder: Path) -> None:
        """Count the calls below this folder from now on."""
        self._folder = str(folder.resolve())

    def arm(self, at: int | None, fault: str = "", on: bool = False) -> None:
        self.count, self.at, self.fault, self.on = 0, at, fault, on
        self.fired = self.fired and at is None

    @contextlib.contextmanager
    def sleeping(self) -> Iterator[None]:
        """While the test itself looks, nothing fails and nothing is counted."""
        self.asleep = True
        try:
            yield
        finally:
            self.asleep = False

    def due(self) -> bool:
        if self.asleep:
            return False
        mine, self.count = self.count, self.count + 1
        due = self.at is not None and (mine >= self.at if self.on else mine == self.at)
        if due:
            self.fired = True
            if self.fault == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
        return due

    def check(self) -> None:
        if self.due():
            number = getattr(errno, self.fault)
            raise OSError(number, os.strerror(number), "张三.pdf")

    def _ours(self, path: Any, dir_fd: int | None = None) -> bool:
        if isinstance(path, int):
            return self._below(f"/proc/self/fd/{path}")
        named = Path(os.fsdecode(path))
        if dir_fd is not None and not named.is_absolute():
            return self._below(f"/proc/self/fd/{dir_fd}")
        return str(named if named.is_absolute() else Path.cwd() / named).startswith(self._folder)

    def _below(self, link: str) -> bool:
        try:
            return str(Path(link).readlink()).startswith(self._folder)
        except OSError:
            return False

    def _guard(self, monkeypatch: Any, name: str) -> None:
        real = getattr(os, name)

        def call(path: Any, *args: Any, **kwargs: Any) -> Any:
            if self._ours(path, kwargs.get("dir_fd", kwargs.get("src_dir_fd"))):
                self.check()
            return real(path, *args, **kwargs)

        monkeypatch.setattr(os, name, call)

    def _patch_open(self, monkeypatch: Any) -> None:
        self._guard(monkeypatch, "open")
        real = io.open

        def opened(path: Any, *args: Any, **kwargs: Any) -> Any:
            if not isinstance(path, int) and self._ours(path):
                self.check()
            return real(path, *args, **kwargs)

        monkeypatch.setattr(io, "open", opened)
        monkeypatch.setattr(builtins, "open", opened)

    def _patch_fsync(self, monkeypatch: Any) -> None:
        self._guard(monkeypatch, "fsync")

    def _patch_unlink(self, monkeypatch: Any) -> None:
        for name in ("unlink", "remove", "rmdir"):
            self._guard(monkeypatch, name)

    def _patch_rename(self, monkeypatch: Any) -> None:
        from ingest import aside

        for name in ("rename", "replace"):
            self._guard(monkeypatch, name)
        real = aside._rename_new

        def call(*args: Any) -> bool:
            self.check()
            return real(*args)

        monkeypatch.setattr(aside, "_rename_new", call)

    def _patch_write(self, monkeypatch: Any) -> None:
        from archive import held

        for name in ("write", "pwrite"):
            self._guard(monkeypatch, name)
        real, calls = io.open, self

        class Raw(io.FileIO):
            def write(self, data: Any, /) -> int:
                if calls._ours(self.fileno()):
                    calls.check()
                return super().write(data)

        def opened(path: Any, mode: str = "r", buffering: int = -1, encoding: Any = None, *args: Any, **kwargs: Any) -> Any:
            if not set(mode) & set("wax+") or "+" in mode:
                return real(path, mode, buffering, encoding, *args, **kwargs)
            raw = Raw(path, mode.replace("b", "").replace("t", ""), closefd=kwargs.get("closefd", True))
            if "b" in mode:
                return raw if buffering == 0 else io.BufferedWriter(raw)
            return io.TextIOWrapper(io.BufferedWriter(raw), encoding=encoding or "utf-8")

        monkeypatch.setattr(io, "open", opened)
        monkeypatch.setattr(builtins, "open", opened)

        class HeldRaw(held._Held):
            def write(self, data: Any, /) -> int:
                try:
                    calls.check()
                except OSError as error:
                    self.error = self.error or error
                return super().write(data)

        monkeypatch.setattr(held, "_Held", HeldRaw)

    def _patch_commit(self, monkeypatch: Any) -> None:
        real, calls = sqlite3.connect, self

        class Connection(sqlite3.Connection):
            def commit(self) -> None:
                if self.in_transaction and calls.due():
                    error = sqlite3.OperationalError("of the failing disk")
                    error.sqlite_errorname = DATABASE[calls.fault]
                    error.sqlite_errorcode = getattr(sqlite3, error.sqlite_errorname)
                    if calls.count % 2:  # every other one stands, though it was answered with an error
                        super().commit()
                    raise error
                super().commit()

        def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
            return real(*args, **{"factory": Connection, **kwargs})

        monkeypatch.setattr(sqlite3, "connect", connect)
        monkeypatch.setattr(sqlite3.dbapi2, "connect", connect)
