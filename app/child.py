"""The child's side of the sandbox: reads tasks from standard input, runs them, writes results to the descriptor it was given.

Only functions of the modules it was started for run. A result goes back as plain JSON, never as a pickle: a child that a hostile file
has taken over can lie about a page, but cannot make the parent run anything. Files come and go through its tray (app/tray.py).
"""

import importlib
import io
import json
import os
import pickle
import struct
import sys
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from app.confine import die_with_parent, limit, no_calls, only_tray
from archive.atomic import unavailable
from domain.codec import plain
from domain.errors import CasefileError, Refused, of_the_disk
from domain.reasons import Reason

SIZE = struct.Struct(">Q")
READY = b"ready"
"""What a child says before its first task: its libraries are loaded, and it is confined."""


def frame(data: bytes) -> bytes:
    """`data` behind its length."""
    return SIZE.pack(len(data)) + data


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame's bytes, or None at the end of the stream (also in the middle of a frame)."""
    head = stream.read(SIZE.size)
    if len(head) < SIZE.size:
        return None
    (size,) = SIZE.unpack(head)
    data = stream.read(size)
    return data if len(data) == size else None


def answer(task: tuple[str, str, tuple[Any, ...]], modules: frozenset[str]) -> dict[str, Any]:
    """Run one task; what it returned or raised, as plain values."""
    module, name, arguments = task
    if module not in modules:
        return _fault(Refused(Reason.INTERNAL, f"{module} may not run in the sandbox"))
    try:
        function = getattr(importlib.import_module(module), name)
        return {"ok": plain(function(*arguments))}
    except MemoryError:
        return _fault(Refused(Reason.TOOK_TOO_MUCH_MEMORY, f"{name} needed more memory than a child process may have"))
    except CasefileError as error:
        return _fault(error)
    except OSError as error:
        if of_the_disk(error):
            return _fault(unavailable(error, f"{name} cannot read or write"))
        return _bug(error, name)
    except Exception as error:
        return _bug(error, name)


def _bug(error: Exception, name: str) -> dict[str, Any]:
    where = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} in {name} at {os.path.basename(where.filename)}:{where.lineno}"  # noqa: PTH119 text, not a path
    return _fault(Refused(Reason.INTERNAL, what))


def _fault(error: CasefileError) -> dict[str, Any]:
    reason = error.reason.code if isinstance(error, Refused) else None
    return {"error": type(error).__name__, "what": error.what, "reason": reason, "facts": plain(error.facts)}


class Unpack(pickle.Unpickler):
    """Reads a task; a path among its arguments stands in it as its place in the tray."""

    def persistent_load(self, place: str) -> str:
        """The path."""
        return place


def main() -> None:
    """Serve tasks until standard input ends.

    Arguments: parent's pid, descriptor for results, address space, memory, file size, tray, modules.
    """
    parent, descriptor, space, memory, size = (int(a) for a in sys.argv[1:6])
    die_with_parent(parent)
    tray, modules = Path(sys.argv[6]), frozenset(sys.argv[7].split(","))
    for module in sorted(modules):  # now, while the folders they are found through can still be read
        importlib.import_module(module)
    if "PIL.Image" in sys.modules:
        sys.modules["PIL.Image"].MAX_IMAGE_PIXELS = None  # type: ignore[attr-defined]  # limits are ours: ingest/limits.py
    limit(space, memory, size)
    only_tray(tray, {"app", "domain", *(name.partition(".")[0] for name in modules)})
    no_calls()
    tasks = os.fdopen(os.dup(0), "rb")
    results = os.fdopen(descriptor, "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # what a library prints must not stand between two results
    results.write(frame(READY))
    results.flush()
    while (data := read_frame(tasks)) is not None:
        reply = answer(Unpack(io.BytesIO(data)).load(), modules)  # from our own parent
        results.write(frame(json.dumps(reply).encode()))
        results.flush()


if __name__ == "__main__":
    main()
