"""The file of keys on its way into a backup.

Promises: a damaged file of keys is never copied; keys that only the backup has are never written over, nor is a damaged line there that
may be the last of its key; a key destroyed in the data folder is destroyed in the backup; nothing is written before everything was judged.
"""

import contextlib
from collections.abc import Collection
from pathlib import Path

from archive.atomic import append_durably, locked, make_folder, write_whole
from archive.encoding import START
from archive.keys import CHECK, KEYS, TEMPORARY, parse_key, read_keys
from archive.report import Report
from domain.errors import Conflict, Corrupt

PUT_BACK = "run verify, put keys/ back from a copy. Nothing was changed"


class KeyCopy:
    """Brings the file of keys in `target`, a backup's, up to date with the one in `source`, a data folder's."""

    def __init__(self, source: Path, target: Path, full: bool, report: Report) -> None:
        self._source, self._target, self._full, self._report = source, target, full, report
        self._data = b""

    def read(self, named: Collection[str]) -> None:
        """Read the whole lines, after which no key is missing that an event read before names, and judge them.

        Args:
            named: private bodies (hex) of the events that are new to the backup, of all events if it is a full one.

        Raises:
            Conflict: there is no file of keys, or the backup has some that it has not. Corrupt: one of the two is damaged.
        """
        data, held = b"", _whole_lines(self._target / KEYS)
        if self._source.is_dir():
            with locked(self._source, shared=True):
                data = _whole_lines(self._source / KEYS)
        if data.startswith(held):
            mine = {key.body.hex for key in read_keys(data, PUT_BACK, len(held), f"the new keys in {self._source / KEYS}")}
            if named and not data:
                self._judge_none(len(named))
        else:
            mine = {key.body.hex for key in read_keys(data, PUT_BACK, whose=str(self._source / KEYS))}
            self._judge_held(held, mine, named)
        self._data = data

    def write(self) -> None:
        """Write what was read; on disk when this returns."""
        data, held, path = self._data, _whole_lines(self._target / KEYS), self._target / KEYS
        make_folder(self._target, 0o700)
        (self._target / TEMPORARY).unlink(missing_ok=True)
        if held and data.startswith(held):
            if data != held or path.stat().st_size != len(held):
                append_durably(path, data[len(held) :], 0o600, len(held))
        elif data != held:
            write_whole(path, data, 0o600, self._target / TEMPORARY)

    def _judge_none(self, bodies: int) -> None:
        """Take it for an oversight that there is no file of keys; an empty one somebody made, because no copy was left."""
        if not (self._source / KEYS).exists():
            what = f"{self._source / KEYS} is missing, and the ledger names {bodies} private bodies"
            raise Conflict(f"{what}: put keys/ back from a copy; if there is none, make an empty file. Nothing was changed", bodies=bodies)
        self._report.bad("keys", f"keys/{KEYS}", f"keys of {bodies} private bodies", "none")

    def _judge_held(self, held: bytes, mine: set[str], named: Collection[str]) -> None:
        """Refuse to replace `held` if something in it is nowhere else."""
        known, damaged = _readable(held)
        lost = known - mine
        if lost:
            what = f"the backup has keys of {len(lost)} private bodies of which the data folder knows nothing: its keys are older"
            raise Conflict(f"{what}; put keys/ back from the backup. Nothing was changed", bodies=len(lost))
        if not damaged:
            return
        if not self._full:
            what = f"{KEYS} in the backup is not what was copied, the data folder's is whole"
            raise Corrupt(f"{what}: run backup --full, which writes it anew", lines=damaged)
        unknown = set(named) - mine
        if unknown:
            what = f"{KEYS} in the backup is damaged, and the data folder has no keys of {len(unknown)} private bodies"
            raise Conflict(f"{what}: keep this backup, back up into another folder. Nothing was changed", bodies=len(unknown))
        self._report.noted("backup", f"keys/{KEYS}", "the file of keys as it was copied", "another one: replaced", "")


def _whole_lines(path: Path) -> bytes:
    data = b""
    with contextlib.suppress(FileNotFoundError):
        data = path.read_bytes()
    return data[: data.rfind(b"\n") + 1]


def _readable(data: bytes) -> tuple[set[str], int]:
    """The bodies whose lines are what was written, and how many lines are not."""
    found, damaged, before = set[str](), 0, START
    for line in data.split(b"\n")[:-1]:
        try:
            key, before = parse_key(line, before)
        except ValueError:
            damaged, before = damaged + 1, line[-CHECK:].decode("ascii", "replace")
            continue
        found.add(key.body.hex)
    return found, damaged
