"""Re-reads every byte of the store and holds its names against those the ledger names.

While others write: what the ledger does not name yet, or what is not where it was a moment ago, is looked at again before it is judged.
What is recorded after the reading began is not judged.
"""

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from archive.atomic import Unreadable, spoilt
from archive.carry import digest_of
from archive.report import COPY, START, Report
from archive.store import STAGING, TEMPORARY
from domain.model import MEDIA

PAUSE = 0.1
NAME = re.compile(r"([0-9a-f]{64})\.(" + "|".join(sorted(set(MEDIA.values()))) + ")")
Named = Callable[[], Mapping[str, int]]
"""Gives what the ledger names now, object name -> size."""


class StoreCheck:
    """One reading of the store in `root`."""

    def __init__(self, root: Path, report: Report, patience: float) -> None:
        self._root, self._report, self._rounds = root, report, round(patience / PAUSE)
        self._whole: dict[str, int] = {}
        self._damaged: set[str] = set()

    def run(self, named: Named) -> None:
        """Read everything; `named` is asked again for what is in doubt."""
        wanted = known = dict(named())
        for path in self._files():
            self._file(path)
        for path in self._staged():
            self._look(path, path.name)
        for _ in range(self._rounds):
            strange, missing = self._strange(known), self._missing(wanted)
            if not strange and not missing:
                break
            time.sleep(PAUSE)
            known = dict(named())
            for name in missing:
                self._look_again(name)
        strange, missing = self._strange(known), self._missing(wanted)
        for name in sorted(strange):
            self._bad(name, "nothing", "an object no event names: added, or its event is gone")
        for name in sorted(missing):
            self._bad(name, f"an object of {wanted[name]} bytes", "nothing")
        for name, size in wanted.items():
            if self._whole.get(name, size) != size:
                self._bad(name, f"{size} bytes, as its event says", f"{self._whole[name]} bytes")
        self._judge_staging(dict(named()))

    def _strange(self, known: Mapping[str, int]) -> list[str]:
        """Objects on the shelf that no event names."""
        return [name for name in self._whole if name not in known and self._place(name).exists()]

    def _missing(self, wanted: Mapping[str, int]) -> list[str]:
        """Named objects that are nowhere. A staged one counts as there."""
        return [name for name in wanted if name not in self._whole and name not in self._damaged]

    def _look_again(self, name: str) -> None:
        for place in (self._place(name), self._root / STAGING / name, self._place(name)):
            if name not in self._whole and place.is_file():
                self._look(place, name)

    def _files(self) -> Iterator[Path]:
        """Every file on the shelf; what has no place there is reported."""
        for folder in sorted(self._root.iterdir()) if self._root.is_dir() else []:
            if folder.name == STAGING and folder.is_dir() and not folder.is_symlink():
                continue
            if not re.fullmatch("[0-9a-f]{2}", folder.name) or not folder.is_dir() or folder.is_symlink():
                self._bad(folder.name, "nothing", "something casefile did not write")
                continue
            yield from sorted(folder.iterdir())

    def _staged(self) -> list[Path]:
        folder = self._root / STAGING
        found = sorted(folder.iterdir()) if folder.is_dir() else []
        return [p for p in found if NAME.fullmatch(p.name) and _is_plain(p)]

    def _file(self, path: Path) -> None:
        name = path.name
        if not NAME.fullmatch(name) or name[:2] != path.parent.name or not _is_plain(path):
            self._bad(f"{path.parent.name}/{name}", "nothing", "something casefile did not write, or an object in the wrong place")
            return
        self._look(path, name)

    def _look(self, path: Path, name: str) -> None:
        try:
            with spoilt():
                handle = os.open(path, os.O_RDONLY)
            digest, size = digest_of(handle, lambda block: self._report.read(len(block)))
            found = f"sha256:{digest}, {size} bytes"
        except FileNotFoundError:
            return
        except Unreadable as error:
            digest, size, found = "", 0, f"unreadable ({error.facts['code']})"
        self._report.looked_at["objects"] += 1
        if digest == name.partition(".")[0]:
            self._whole[name] = size
        else:
            self._damaged.add(name)
            self._bad(name, f"sha256:{name[:64]}", found)

    def _judge_staging(self, named: Mapping[str, int]) -> None:
        """What lies in staging and is no object of the ledger: under way, or left by a crash."""
        folder = self._root / STAGING
        for path in sorted(folder.iterdir()) if folder.is_dir() else []:
            where, plain = f"store/{STAGING}/{path.name}", _is_plain(path)
            if path.suffix == TEMPORARY and plain:
                self._report.noted("store", where, "nothing", "a file that was being written", START)
            elif plain and NAME.fullmatch(path.name):
                if path.name not in named:
                    self._report.noted("store", where, "nothing", "an object that is not recorded yet", START)
            elif path.exists() or path.is_symlink():
                self._bad(f"{STAGING}/{path.name}", "nothing", "something casefile did not write")

    def _place(self, name: str) -> Path:
        return self._root / name[:2] / name

    def _bad(self, name: str, expected: str, found: str) -> None:
        where = name if "/" in name or not NAME.fullmatch(name) else f"{name[:2]}/{name}"
        self._report.bad("store", f"store/{where}", expected, found, COPY)


def _is_plain(path: Path) -> bool:
    """Whether it is an ordinary file. What the disk does not know any more counts as one: reading it says what it is."""
    try:
        with spoilt():
            return path.is_file() and not path.is_symlink()
    except Unreadable:
        return True
