"""Which files a child process may touch, enforced by the kernel (Landlock, Linux 5.13 and newer, without privileges).

Promises: after `only_files` this process, and every one it starts, opens nothing outside the folders it was given, makes no links, devices,
sockets or folders anywhere, and (Linux 6.12) sends no signal to and reaches no abstract socket of processes outside. It cannot be undone.
Does not promise: that a file's existence, size or times stay unknown to somebody who knows its path; Landlock does not ask about those.
Before Linux 6.2 a file that may not be opened for writing may still be emptied by opening it to be emptied. `level` says what there is.
"""

import contextlib
import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

from domain.errors import Misconfigured

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on x86-64 and ARM 64
VERSION, PATH_BENEATH = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_FILE, MAKE_REG, TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 5, 1 << 8, 1 << 14
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
READ = EXECUTE | READ_FILE | READ_DIR
CHANGE = READ_FILE | READ_DIR | WRITE_FILE | TRUNCATE | REMOVE_FILE | MAKE_REG
SCOPES = 0b11  # abstract sockets, signals
SOUND = 3
"""From this level on nothing known is missing but the bounds on signals, which came with level 6."""


def level() -> int:
    """How much of Landlock this kernel has; 0: none."""
    return max(0, _call(CREATE_RULESET, None, 0, VERSION))


def only_files(readable: Iterable[Path], changeable: Iterable[Path]) -> int:
    """Let this process read (and run) what lies in `readable`, and read, make, change and remove files in `changeable`; nothing else.

    Entries that do not exist are passed over; files count as themselves. Returns `level()`; where that is 0 nothing was done.

    Raises:
        Misconfigured: the kernel has Landlock and refused it.
    """
    known = level()
    if known == 0:
        return 0
    handled = (1 << (13 if known == 1 else 14 if known == 2 else 15 if known < 5 else 16)) - 1
    attributes = struct.pack("QQQ", handled, 0, SCOPES) if known >= 6 else struct.pack("Q", handled)
    ruleset = _call(CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        raise Misconfigured("the kernel refused a Landlock ruleset", level=known)
    try:
        for paths, access in ((readable, READ), (changeable, CHANGE)):
            for path in paths:
                _allow(ruleset, path, access & handled)
        if _call(RESTRICT_SELF, ruleset, 0) != 0:
            raise Misconfigured("the kernel refused to confine a child process with Landlock", level=known)
    finally:
        os.close(ruleset)
    return known


def _allow(ruleset: int, path: Path, access: int) -> None:
    with contextlib.suppress(FileNotFoundError, PermissionError):
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            access = access if path.is_dir() else access & OF_FILES
            if _call(ADD_RULE, ruleset, PATH_BENEATH, struct.pack("=Qi", access, opened), 0) != 0:
                raise Misconfigured(f"the kernel refused the Landlock rule for {path}")
        finally:
            os.close(opened)


def _call(number: int, *arguments: int | bytes | None) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return int(libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments)))
