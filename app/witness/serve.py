"""The witness's process: one thread, one question at a time, each bounded in bytes and seconds.

On a Unix socket only the users named may ask (the kernel says who they are); over TCP anybody who reaches the port may, so it listens on
loopback only. Whoever may ask can make it refuse the true ledger by first giving it a false one; nobody can make it sign two trees that
contradict each other. It stops at SIGTERM, and can be killed at any moment.
"""

import contextlib
import logging
import os
import re
import socket
import stat
import struct
import threading
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from app.witness.exchange import ADD, LAST, LOOPBACK, MOST_BYTES, SECONDS, SIZE_TYPE, Place, parse_question
from archive.notes import NAME
from archive.witness import Inconsistent, WitnessBook
from domain.errors import Conflict, Misconfigured, NotFound, Unavailable

log = logging.getLogger("casefile.witness")
PEER = struct.Struct("3i")
WORDS = {
    200: "OK",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    422: "Unprocessable Entity",
    503: "Unavailable",
}
Reply = tuple[int, str, str]
"""Status, media type, text."""


class _Bad(Exception):
    """Not a question a witness answers."""


@contextlib.contextmanager
def listening(place: Place) -> Iterator[socket.socket]:
    """A listening socket at `place`; a Unix socket's file is removed at the end.

    Raises:
        Misconfigured: the place is taken, not loopback, or cannot be made.
    """
    if not place.path and place.host not in LOOPBACK:
        raise Misconfigured(
            f"a witness listens on a Unix socket or on loopback, not on {place.host}: put a proxy in front that knows who asks"
        )
    family = socket.AF_UNIX if place.path else socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as server:
        try:
            if place.path:
                _make_way(place.path)
                server.bind(place.path)
                Path(place.path).chmod(0o666)  # who may ask is decided by the user behind it
            else:
                server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                server.bind((place.host, place.port))
        except OSError as error:
            raise Misconfigured(f"nothing can listen at {place}: {os.strerror(error.errno or 0)}") from error
        server.listen(8)
        try:
            yield server
        finally:
            if place.path:
                Path(place.path).unlink(missing_ok=True)


def _make_way(path: str) -> None:
    """Remove the socket of a witness that was killed; nothing else."""
    if not Path(path).exists():
        return
    if not stat.S_ISSOCK(Path(path).lstat().st_mode):
        raise Misconfigured(f"{path} is there already and no socket")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe, contextlib.suppress(ConnectionRefusedError):
        probe.connect(path)
        raise Misconfigured(f"another witness listens at {path}")
    Path(path).unlink()


def serve(server: socket.socket, book: WitnessBook, users: Collection[int], stop: threading.Event) -> None:
    """Answer until `stop` is set; `users` are the ids of those who may ask on a Unix socket."""
    server.settimeout(0.5)
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            connection, _ = server.accept()
            with connection:
                status, media, text = _hear(connection, book, users)
                data = text.encode("utf-8")
                head = (f"HTTP/1.1 {status} {WORDS[status]}", f"Content-Type: {media}", f"Content-Length: {len(data)}", "Connection: close")
                with contextlib.suppress(OSError):
                    connection.settimeout(SECONDS)
                    connection.sendall("\r\n".join([*head, "", ""]).encode("ascii") + data)


def _hear(connection: socket.socket, book: WitnessBook, users: Collection[int]) -> Reply:
    try:
        if connection.family == socket.AF_UNIX:
            peer = PEER.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, PEER.size))[1]
            if peer not in users:
                log.warning("user %d asked and may not", peer)
                return 403, "text/plain", f"user {peer} may not ask here: start the witness with --from\n"
        method, path, body = _read(connection, time.monotonic() + SECONDS)
    except (_Bad, OSError, ValueError) as error:
        return 400, "text/plain", f"not a question a witness answers ({type(error).__name__})\n"
    reply = answer(book, method, path, body)
    if reply[0] not in (200, 404):
        log.warning("%s answered with %d: %s", path[:80], reply[0], reply[2].strip())
    return reply


def answer(book: WitnessBook, method: str, path: str, body: bytes) -> Reply:
    """What the witness says to one question."""
    try:
        if method == "POST" and path == ADD:
            return 200, "text/plain; charset=utf-8", book.add(*parse_question(body)).line()
        if method == "GET" and path.startswith(LAST) and (last := book.last.get(path.removeprefix(LAST))):
            return 200, "text/plain; charset=utf-8", last.note()
        return 404, "text/plain", "nothing is known of that\n"
    except NotFound as error:
        return 404, "text/plain", f"{error}\n"
    except Inconsistent as error:
        return 422, "text/plain", f"{error}\n"
    except Conflict as error:
        return 409, SIZE_TYPE, f"{error.facts['size']}\n"
    except ValueError as error:
        return 400, "text/plain", f"{error}\n"
    except Unavailable as error:
        log.error("%s", error)
        return 503, "text/plain", f"{error}\n"


def _read(connection: socket.socket, until: float) -> tuple[str, str, bytes]:
    """One HTTP request: method, path, body. Raises _Bad, OSError, ValueError."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection, len(data), until)
    head, _, body = data.partition(b"\r\n\r\n")
    first, *fields = head.decode("ascii").split("\r\n")
    match = re.fullmatch(rf"(GET|POST) (/(?:{NAME}|)) HTTP/1\.[01]", first)
    if match is None:
        raise _Bad
    lengths = [value.strip() for name, _, value in (field.partition(":") for field in fields) if name.lower() == "content-length"]
    length = int(lengths[0]) if lengths else 0
    if length > MOST_BYTES or length < 0:
        raise _Bad
    while len(body) < length:
        body += _more(connection, len(body), until)
    return match[1], match[2], body[:length]


def _more(connection: socket.socket, have: int, until: float) -> bytes:
    left = until - time.monotonic()
    if have > MOST_BYTES or left <= 0:
        raise _Bad
    connection.settimeout(left)
    data = connection.recv(4096)
    if not data:
        raise _Bad
    return data
