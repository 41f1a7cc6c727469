"""Tasks the sandbox's tests run in a child process."""

import ctypes
import errno
import mmap
import os
import resource
import socket
import subprocess
import sys
import time

from domain.errors import Corrupt, Refused
from domain.reasons import Reason


def add(one: int, two: int) -> int:
    return one + two


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return 0


def spin(seconds: float) -> int:
    """Computes for so long."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return 0


def start_and_spin(seconds: float) -> int:
    """The same in a program that the child starts."""
    code = f"import time\nwhile time.process_time() < {seconds}: pass"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode


def eat(size: int) -> int:
    return len(bytearray(size))


def crash() -> int:
    os.kill(os.getpid(), 11)
    return 0


def refuse() -> int:
    raise Refused(Reason.ENCRYPTED, "locked", pages=3)


def corrupt() -> int:
    raise Corrupt("not what was written", expected="a", found="b")


def bug() -> int:
    raise ZeroDivisionError("personal data would stand here")


def connect(port: int) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=2):
        return 1


def pid() -> int:
    return os.getpid()


def shout() -> int:
    print("a library prints")
    return 1


def nap(seconds: float) -> int:
    time.sleep(seconds)
    return 1


def kill_me(number: int) -> int:
    os.kill(os.getpid(), number)
    return 0


def write_full() -> int:
    """What a write to a full disk raises; the tray cannot be filled for a test."""
    raise OSError(errno.ENOSPC, "of the full disk")


def attempt(what: str, path: str) -> str:
    """Tries `what` on `path`; `done`, or the name of the error."""
    try:
        ATTEMPTS[what](path)
    except OSError as error:
        return type(error).__name__
    return "done"


def _append(path):
    with open(path, "ab") as stream:
        stream.write(b"x")


def _create(path):
    with open(os.path.join(path, "planted"), "xb"):
        pass


def _truncate_open(path):
    os.close(os.open(path, os.O_RDONLY | os.O_TRUNC))


ATTEMPTS = {
    "read": lambda path: open(path, "rb").close(),
    "list": os.listdir,
    "append": _append,
    "create": _create,
    "empty": lambda path: os.truncate(path, 0),
    "empty by opening": _truncate_open,
    "remove": os.unlink,
    "rename": lambda path: os.rename(path, path + "-2"),
    "change mode": lambda path: os.chmod(path, 0o777),
    "change owner": lambda path: os.chown(path, os.getuid(), os.getgid()),
    "change times": lambda path: os.utime(path, (1, 1)),
    "set attribute": lambda path: os.setxattr(path, "user.casefile", b"x"),
    "link": lambda path: os.link(path, os.path.join(os.environ["HOME"], "linked")),
    "link by symbol": lambda path: os.symlink(path, os.path.join(os.environ["HOME"], "symbol")),
    "make a folder": lambda path: os.mkdir(os.path.join(os.environ["HOME"], "folder")),
    "make a pipe": lambda path: os.mkfifo(os.path.join(os.environ["HOME"], "pipe")),
    "run a program on": lambda path: subprocess.run(["/bin/cat", path], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
}


def reach(kind: str, number: int) -> str:
    """Tries to open a socket of a family, or to send a signal, or to bound another process; `done`, or the name of the error."""
    try:
        if kind == "signal":
            os.kill(number, 0)
        elif kind == "bound":
            resource.prlimit(number, resource.RLIMIT_CORE, (0, 0))
        elif kind == "pair":
            socket.socketpair()
        elif kind == "leave the group":
            os.setpgid(0, 0)
        elif kind == "begin a session":
            done = subprocess.run([sys.executable, "-c", "import os; os.setsid()"], stderr=subprocess.PIPE, check=False)
            if b"PermissionError" in done.stderr:
                raise PermissionError
        elif kind == "memory of nobody":
            os.close(os.memfd_create("x"))
        elif kind == "watch":
            if ctypes.CDLL(None, use_errno=True).inotify_init1(0) < 0:
                raise OSError(ctypes.get_errno(), "inotify")
        else:
            socket.socket(getattr(socket, kind), socket.SOCK_DGRAM).close()
    except OSError as error:
        return type(error).__name__
    return "done"


def read_and_write(source: str, into: str) -> int:
    with open(source, "rb") as one, open(into, "wb") as other:
        return other.write(one.read())


def plant(into: str, target: str) -> int:
    """What a child that was taken over might leave where a result is expected."""
    os.link(target, into)
    return 0


def environment() -> list[str]:
    return sorted(os.environ)


def fill(megabytes: int, rest: int = 1) -> int:
    """Fills memory page by page, as decoding does, with `rest` tenths of a millisecond after each megabyte."""
    held = []
    for _ in range(megabytes):
        held.append(bytearray(os.urandom(1) * (1 << 20)))
        time.sleep(rest / 10_000)
    return len(held)


def start_and_fill(megabytes: int, rest: int = 1) -> int:
    """The same in a program that the child starts."""
    code = f"import time; held = [(bytearray(b'x' * (1 << 20)), time.sleep({rest} / 10_000)) for _ in range({megabytes})]"
    return subprocess.run([sys.executable, "-c", code], check=False, stderr=subprocess.DEVNULL).returncode


def leave_behind() -> int:
    """Starts a program that starts another and ends; the number of the one that is left."""
    code = "import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], stdout=2).pid)"
    return int(subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE).stdout)


def ask_for(megabytes: int) -> int:
    """Asks for memory and fills none of it."""
    with mmap.mmap(-1, megabytes << 20, flags=mmap.MAP_PRIVATE):
        return megabytes


def wait_with(path: str) -> int:
    time.sleep(20)
    return 0


def crash_with(path: str) -> int:
    return crash()
