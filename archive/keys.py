"""The keys of private bodies: one plain-text line a body, in a file that only its owner may read.

A line is canonical JSON, a tab, a check chained to the line before (archive/encoding.py), a newline. The JSON is
`{"body":"sha256:...","group":"...","key":"<base64>"}`, or `{"body":...,"destroyed":"<time>","group":...}` once the key was destroyed.
Promises: a key is on disk when `add` returns; a destroyed key is gone from the file and its line stays as a tombstone, in its place; any
number of processes may add and look up. A damaged line hurts only its own body; nothing is destroyed while any line is damaged. Does not
promise that a disk forgets: blocks that held a destroyed key may outlive it, so the folder belongs on an encrypted volume.

There is no index of the file, so memory does not grow with it and opening it costs nothing. A line is looked for where it most likely
stands: at the end (a body sealed a moment ago), behind the line found last (bodies opened in their order), then in the whole file. Risk
accepted: a body asked for out of order costs one pass over the file, about a tenth of a second for a million bodies.
"""

import base64
import json
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.atomic import append_durably, fsync_folder, locked, make_folder, world, write_whole
from archive.encoding import START, link
from domain.canonical import canonical
from domain.errors import Corrupt
from domain.model import Digest

KEYS = "keys.jsonl"
TEMPORARY = "keys.jsonl.tmp"
CHECK = 64
LINE = 4096
BLOCK = 1 << 20
RECENT = 1 << 16
"""How much of the end is looked through first, in bytes: some two hundred lines."""


@dataclass(frozen=True, slots=True)
class Key:
    """A body's key (32 bytes), or None with the time it was destroyed."""

    body: Digest
    group: str
    key: bytes | None
    destroyed: str | None = None

    def plain(self) -> dict[str, str]:
        """As it stands in the file."""
        if self.key is None:
            return {"body": str(self.body), "group": self.group, "destroyed": self.destroyed or ""}
        return {"body": str(self.body), "group": self.group, "key": base64.b64encode(self.key).decode("ascii")}


def key_line(key: Key, previous: str) -> tuple[bytes, str]:
    """The line, with its newline, and its check."""
    text = canonical(key.plain())
    check = link(previous, text)
    return text + b"\t" + check.encode("ascii") + b"\n", check


def parse_key(line: bytes, previous: str) -> tuple[Key, str]:
    """The key on `line` (without its newline), which follows the line whose check is `previous`, and its check.

    Raises:
        ValueError: not what was written.
    """
    text, _, check = line.rpartition(b"\t")
    if check != link(previous, text).encode("ascii"):
        raise ValueError("the check at the end is not that of the line and the one before")
    found: dict[str, Any] = json.loads(text)
    try:
        raw = base64.b64decode(found["key"], validate=True) if "key" in found else None
        key = Key(Digest.parse(found["body"]), found["group"], raw, found.get("destroyed"))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not the members of a key") from error
    if canonical(key.plain()) != text or (raw is not None and len(raw) != 32):
        raise ValueError("not the form of a key")
    return key, check.decode("ascii")


def read_keys(data: bytes, remedy: str, start: int = 0, whose: str = KEYS) -> Iterator[Key]:
    """The keys on the whole lines of the file `data`, from the line that begins at byte `start`.

    Raises:
        Corrupt: a line is not what was written; the message names its number (from `start`), `whose` and the remedy.
    """
    before = data[start - CHECK - 1 : start - 1].decode("ascii", "replace") if start else START
    for number, line in enumerate(data[start:].split(b"\n")[:-1], start=1):
        try:
            key, before = parse_key(line, before)
        except ValueError as error:
            raise Corrupt(f"line {number} of {whose} is damaged: {remedy}", line=number) from error
        yield key


def key_lines(keys: Iterable[Key]) -> bytes:
    """The file that holds these keys, one a line."""
    out, check = list[bytes](), START
    for key in keys:
        line, check = key_line(key, check)
        out.append(line)
    return b"".join(out)


class KeyFile:
    """The keys in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / KEYS
        self._mutex = threading.Lock()
        self._handle: int | None = None
        self._end = 0
        self._near = 0

    def add(self, keys: Sequence[Key]) -> None:
        """Append keys, on disk when this returns. A line torn by a crash is cut off: nobody was ever told of it.

        Raises:
            DiskFull, Unavailable
        """
        if not keys:
            return
        with world("the keys cannot be written"), self._mutex:
            make_folder(self.folder, 0o700)
            with locked(self.folder):
                self._refresh()
                previous, data = self._check_before(self._end), b""
                for key in keys:
                    line, previous = key_line(key, previous)
                    data += line
                append_durably(self._path, data, 0o600, self._end)
                self._refresh()

    def find(self, body: Digest) -> Key | None:
        """The key of `body` or its tombstone; None if there is no line for it.

        Raises:
            Corrupt: its line is not what was written. Unavailable.
        """
        with world("the keys cannot be read"), self._mutex:
            self._refresh()
            place = self._place_of(body)
            if place is None or self._handle is None:
                return None
            line = os.pread(self._handle, LINE, place).partition(b"\n")[0]
            try:
                return parse_key(line, self._check_before(place))[0]
            except ValueError as error:
                raise Corrupt(f"the key of {body} is not what was written: put keys/ back from a copy", object=str(body)) from error

    def destroy(self, group: str, at: str) -> int:
        """Put tombstones in the place of the keys of `group`; how many keys were destroyed.

        Raises:
            Corrupt: a line of the file is damaged; nothing was destroyed. DiskFull, Unavailable.
        """
        with world("the keys cannot be written"), self._mutex:
            if not self._path.exists():
                return 0
            with locked(self.folder):
                return self._destroy(group, at)

    def _destroy(self, group: str, at: str) -> int:
        out, gone = list[Key](), 0
        for key in read_keys(self._path.read_bytes(), "put keys/ back from a copy first"):
            buried = key.group == group and key.key is not None
            out.append(Key(key.body, key.group, None, at) if buried else key)
            gone += buried
        if gone:
            write_whole(self._path, key_lines(out), 0o600, self.folder / TEMPORARY)
        return gone

    def tidy(self) -> None:
        """Remove what a crash in `destroy` left behind: it holds keys."""
        if (self.folder / TEMPORARY).exists():
            with world("the keys cannot be written"), locked(self.folder):
                (self.folder / TEMPORARY).unlink(missing_ok=True)
                fsync_folder(self.folder)

    def close(self) -> None:
        """Let go of the file."""
        with self._mutex:
            self._forget()

    def _refresh(self) -> None:
        """Find the end of the last whole line; open the file anew if it was replaced (its old self has no name any more)."""
        if self._handle is not None and os.fstat(self._handle).st_nlink == 0:
            self._forget()
        if self._handle is None:
            try:
                self._handle = os.open(self._path, os.O_RDONLY)
            except FileNotFoundError:
                return
        size = os.fstat(self._handle).st_size
        if size < self._end:  # lines were seen that another process could not force to disk and cut off again
            self._end = self._near = 0
        while size > self._end:
            start = max(self._end, size - BLOCK)
            newline = os.pread(self._handle, size - start, start).rfind(b"\n")
            if newline >= 0:
                self._end = start + newline + 1
                return
            size = start

    def _place_of(self, body: Digest) -> int | None:
        """Where the line of `body` begins; None if there is none. See the module's docstring for the order of looking."""
        head = b'{"body":"' + str(body).encode("ascii")
        for first, last in ((self._end - RECENT, self._end), (self._near, self._near + BLOCK), (0, self._end)):
            place = self._search(head, max(0, first), min(last, self._end))
            if place is not None:
                self._near = place
                return place
        return None

    def _search(self, head: bytes, first: int, last: int) -> int | None:
        """The first line that begins with `head` between these bytes, read in blocks that overlap by the length of `head`."""
        while first < last and self._handle is not None:
            before = max(0, first - 1)
            data = os.pread(self._handle, BLOCK + len(head), before)
            if before == 0 and data.startswith(head):
                return 0
            found = data.find(b"\n" + head)
            if found >= 0:
                return before + found + 1
            first += BLOCK
        return None

    def _check_before(self, place: int) -> str:
        """The check of the line that ends at `place`, as it stands there."""
        if place == 0 or self._handle is None:
            return START
        return os.pread(self._handle, CHECK, place - CHECK - 1).decode("ascii", "replace")

    def _forget(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
        self._handle, self._end, self._near = None, 0, 0
