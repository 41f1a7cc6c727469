"""Reads the file of keys line by line, and opens every private body with them."""

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from archive.encoding import START as FIRST
from archive.encoding import link
from archive.keys import CHECK, KEYS, TEMPORARY, Key, parse_key
from archive.report import COPY, Report
from archive.store import FolderStore
from archive.vault import decrypt
from domain.errors import Corrupt, NotFound
from domain.model import Stored

PAUSE = 0.05


def check_keys(folder: Path, report: Report, patience: float) -> dict[str, Key]:
    """Every key by its body's hex digest. Waits up to `patience` seconds for a line that is being written."""
    data = _read(folder / KEYS, round(patience / PAUSE))
    report.read(len(data))
    *lines, torn = data.split(b"\n")
    keys: dict[str, Key] = {}
    before = FIRST
    for number, line in enumerate(lines, start=1):
        report.looked_at["keys"] += 1
        where = f"keys/{KEYS} line {number}"
        try:
            key, before = parse_key(line, before)
        except ValueError as error:
            report.bad("keys", where, "the key as it was written", str(error), COPY)
            before = line[-CHECK:].decode("ascii", "replace")
            continue
        if key.body.hex in keys:
            report.bad("keys", where, "one line a body", "a second line for the same body", COPY)
        keys[key.body.hex] = key
    if torn:
        _judge_torn(torn, before, report)
    _judge_folder(folder, report)
    return keys


def _read(path: Path, rounds: int) -> bytes:
    if not path.exists():
        return b""
    data = path.read_bytes()
    for _ in range(rounds):
        if data.endswith(b"\n") or not data:
            break
        time.sleep(PAUSE)
        data = path.read_bytes()
    return data


def _judge_torn(torn: bytes, before: str, report: Report) -> None:
    text, tab, check = torn.rpartition(b"\t")
    first = b'{"body":"sha256:'
    begun = link(before, text).encode("ascii").startswith(check) if tab else torn.startswith(first) or first.startswith(torn)
    if begun:
        report.noted("keys", f"keys/{KEYS}", "whole lines", f"{len(torn)} bytes of a line that was being written")
    else:
        report.bad("keys", f"keys/{KEYS}", "whole lines", f"{len(torn)} bytes behind the last line", COPY)


def _judge_folder(folder: Path, report: Report) -> None:
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name == TEMPORARY:
            report.noted("keys", f"keys/{path.name}", "nothing", "a file that destroying keys was writing")
        elif path.name != KEYS or path.is_symlink() or not path.is_file():
            report.bad("keys", f"keys/{path.name}", "nothing, or an ordinary file", "something casefile did not write", COPY)


class Bodies:
    """Opens private bodies without changing anything, each reported once."""

    def __init__(self, store: FolderStore, keys: dict[str, Key], report: Report) -> None:
        self._store, self._keys, self._report = store, keys, report
        self._done: set[str] = set()

    def open(self, stored: Stored) -> Mapping[str, Any] | None:
        """The clear body; None if it was destroyed, is missing or does not open. A damaged object is reported with the store."""
        key = self._keys.get(stored.digest.hex)
        first = stored.digest.hex not in self._done
        self._done.add(stored.digest.hex)
        if key is None:
            self._bad(stored, first, "a key", "none, or a damaged one")
            return None
        if key.key is None:
            self._report.looked_at["destroyed bodies"] += first
            return None
        try:
            body = decrypt(self._store.read(stored), key.key)
        except (NotFound, Corrupt):
            return None
        except ValueError as error:
            self._bad(stored, first, "a body that opens", str(error))
            return None
        self._report.looked_at["private bodies"] += first
        return body

    def open_all(self, bodies: Iterable[Stored]) -> None:
        """Open those that were not opened yet."""
        for stored in bodies:
            if stored.digest.hex not in self._done:
                self.open(stored)

    def _bad(self, stored: Stored, first: bool, expected: str, found: str) -> None:
        if first:
            self._report.bad("private bodies", str(stored.digest), expected, found, COPY)
