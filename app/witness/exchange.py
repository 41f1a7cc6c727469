"""The words between casefile and a witness: C2SP tlog-witness's add-checkpoint, over HTTP on a Unix socket or on loopback.

A body is `old <size>`, the lines of the proof in base64, an empty line, the checkpoint's note. One thing is added:
`GET /checkpoint/<origin>` answers with the last note the witness signed, so that a refusal can be held against its signature.
"""

import base64
import contextlib
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.notes import SIZE, Cosigned, Tree, parse_body, parse_note, parse_signature, unbase64
from domain.errors import Misconfigured, Unavailable

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

ADD = "/add-checkpoint"
LAST = "/checkpoint/"
SIZE_TYPE = "text/x.tlog.size"
MOST_BYTES = 16 << 10
LOOPBACK = ("127.0.0.1", "::1", "localhost")
SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a witness listens: the path of a Unix socket, or host and port."""

    path: str = ""
    host: str = ""
    port: int = 0

    @classmethod
    def parse(cls, text: str) -> "Place":
        """`unix:PATH` or `http://HOST:PORT`.

        Raises:
            Misconfigured
        """
        if text.startswith("unix:/"):
            return cls(path=text.removeprefix("unix:"))
        try:
            parts = urlsplit(text)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme != "http" or not parts.hostname or port is None or parts.path not in ("", "/"):
            raise Misconfigured(f"a witness is at unix:/PATH or http://HOST:PORT, not at {text!r}")
        return cls(host=parts.hostname, port=port)

    def __str__(self) -> str:
        return f"unix:{self.path}" if self.path else f"http://{self.host}:{self.port}"


def question(old: int, proof: Sequence[bytes], tree: Tree) -> bytes:
    """The body of add-checkpoint."""
    lines = "".join(f"{base64.b64encode(part).decode('ascii')}\n" for part in proof)
    return f"old {old}\n{lines}\n{tree.body()}\n".encode("ascii")


def parse_question(body: bytes) -> tuple[int, list[bytes], Tree]:
    """Old size, proof and tree of a body. Signatures below the checkpoint are passed over: no key of a ledger is known.

    Raises:
        ValueError: not the form.
    """
    head, parted, rest = body.decode("utf-8").partition("\n\n")
    first, *proof = head.split("\n")
    word, _, old = first.partition(" ")
    text, ended, _ = rest.partition("\n\n")
    if not parted or word != "old" or not (old == "0" or _is_size(old)):
        raise ValueError("not the form of add-checkpoint")
    hashes = [unbase64(line) for line in proof]
    if any(len(part) != 32 for part in hashes):
        raise ValueError("a proof is made of hashes of 32 bytes")
    return int(old), hashes, parse_body(text + "\n" if ended else rest)


def _is_size(text: str) -> bool:
    return text.isascii() and text.isdigit() and not text.startswith("0") and len(text) <= len(SIZE)


class _Timed(socket.socket):
    """A socket that sends and receives until one moment, where a socket's own limit begins anew with every byte."""

    until = 0.0

    def sendall(self, data: "ReadableBuffer", flags: int = 0, /) -> None:
        """As a socket's."""
        self._hurry()
        super().sendall(data, flags)

    def recv_into(self, buffer: "WriteableBuffer", nbytes: int = 0, flags: int = 0, /) -> int:
        """As a socket's."""
        self._hurry()
        return super().recv_into(buffer, nbytes, flags)

    def _hurry(self) -> None:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for this question is over")
        self.settimeout(left)


class _Connection(HTTPConnection):
    """HTTP to a place, for one question that takes at most `seconds`."""

    def __init__(self, place: Place, seconds: float) -> None:
        super().__init__(place.host or "localhost", place.port or None, timeout=seconds)
        self._place, self._until = place, time.monotonic() + seconds

    def connect(self) -> None:
        """Connect."""
        if self._place.path:
            self.sock = timed = _Timed(socket.AF_UNIX, socket.SOCK_STREAM)
            timed.settimeout(self.timeout)
            timed.connect(self._place.path)
        else:
            plain = socket.create_connection((self._place.host, self._place.port), self.timeout)
            self.sock = timed = _Timed(fileno=plain.detach())
        timed.until = self._until


@dataclass(frozen=True, slots=True)
class Answer:
    """What a witness said."""

    status: int
    text: str


class Caller:
    """Asks the witness at `place`; each question is a connection of its own, and takes at most some seconds."""

    def __init__(self, place: Place, seconds: float = SECONDS) -> None:
        self.place, self._seconds = place, seconds

    def add(self, old: int, proof: Sequence[bytes], tree: Tree) -> Answer:
        """Submit a checkpoint.

        Raises:
            Unavailable: nobody answers, or not a witness.
        """
        return self._ask("POST", ADD, question(old, proof, tree))

    def last(self, origin: str) -> Cosigned | None:
        """The last checkpoint the witness signed of this ledger, its signature not verified yet; None if it knows none.

        Raises:
            Unavailable: nobody answers, or not a witness.
        """
        answer = self._ask("GET", LAST + origin, None)
        if answer.status == 404:
            return None
        try:
            if answer.status != 200:
                raise ValueError(f"status {answer.status}")
            return parse_note(answer.text.encode("utf-8"))
        except ValueError as error:
            raise Unavailable(f"what answers at {self.place} is no witness: {error}") from error

    def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        place, connection = self.place, _Connection(self.place, self._seconds)
        try:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # who refuses may answer before it has read the question
                connection.request(method, path, body)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(MOST_BYTES).decode("utf-8"))
        except (OSError, HTTPException, UnicodeDecodeError) as error:
            raise Unavailable(f"the witness at {place} does not answer ({type(error).__name__})", code=type(error).__name__) from None
        finally:
            connection.close()


def read_signature(tree: Tree, answer: Answer) -> Cosigned:
    """The signature in an answer of 200, not verified yet.

    Raises:
        ValueError: not the form.
    """
    return parse_signature(tree, answer.text)
