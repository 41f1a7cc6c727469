"""Tasks the sandbox's tests run in a child process."""

import os
import socket
import time
from pathlib import Path

from domain.errors import Corrupt, Refused
from domain.reasons import Reason


def add(one: int, two: int) -> int:
    return one + two


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return 0


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


def killed_once(mark: str, number: int) -> int:
    """Is killed the first time it runs."""
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), number)
        time.sleep(5)
    return 1


def kill_me(number: int) -> int:
    os.kill(os.getpid(), number)
    return 0


def crash_counting(path: str) -> int:
    with Path(path).open("a") as stream:
        stream.write("1")
    os.kill(os.getpid(), 11)
    return 0


def write_full() -> int:
    with Path("/dev/full").open("wb") as stream:
        stream.write(b"x" * 100_000)
    return 0
