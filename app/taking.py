"""`intake PATH...`: files taken in by command instead of by a watched folder.

If another process works on the data folder, the files are put into the window's folder as a scanner would put them, and that process takes
them; otherwise this one takes them itself, and with `wait` takes them all the way.
"""

import contextlib
import shutil
import time
from pathlib import Path
from typing import Any

from app.house import House
from app.places import Places
from app.wiring import open_house
from domain.errors import Conflict, Misconfigured
from domain.model import ReceiptState
from ingest.batch import close_folder as close_batch
from ingest.names import is_window

PAUSE = 0.2
TAKEN_WITHIN = 60.0
"""Seconds; a working process takes a whole file within two quiet periods."""


def take_in(data: Path, paths: list[Path], window: str, wait: bool) -> list[dict[str, Any]]:
    """Receipts of what was taken: `receipt`, `state`, `name`. Without `wait` their states are as they are then.

    Raises:
        Misconfigured: not a window's name. Conflict: the working process takes nothing, or a file is still being written.
    """
    if not is_window(window):
        raise Misconfigured("that is not a window's name: letters, digits, - and _, up to 32")
    with contextlib.ExitStack() as stack:
        try:
            house = stack.enter_context(open_house(data, exclusive=True))
        except Conflict:
            return _hand_over(data, paths, window, wait)
        taken = house.intake.take([p.absolute() for p in paths], window)
        if wait:
            house.start()
            _wait_until(house, lambda: house.idle())
        return [_result(house, one.receipt) for one in taken]


def close_folder(data: Path, window: str, folder: str) -> None:
    """Close the batch of a folder now instead of when it has been quiet; a working process takes it up.

    Raises:
        NotFound: nothing was ever taken from this folder.
    """
    with open_house(data) as house:
        close_batch(house.books.registrar, house.books.engine, window, folder)


def _hand_over(data: Path, paths: list[Path], window: str, wait: bool) -> list[dict[str, Any]]:
    folder = Places(data).inbox / window
    folder.mkdir(parents=True, exist_ok=True)
    with open_house(data) as house:
        before = {row.id for row in house.records.of_window(window)} if wait else set[str]()
        names = [_put(path, folder) for path in paths]
        if not wait:
            return [{"receipt": None, "state": "waiting", "name": name} for name in names]
        handed = _Handed(house, window, names, before)
        _wait_until(house, handed.are_settled)
        return handed.found


class _Handed:
    """What was put into a window's folder, until the working process is done with it."""

    def __init__(self, house: House, window: str, names: list[str], before: set[str]) -> None:
        self._house, self._window, self._names, self._before = house, window, set(names), before
        self._until = time.monotonic() + TAKEN_WITHIN
        self.found: list[dict[str, Any]] = []

    def are_settled(self) -> bool:
        """Whether all were taken and none is under way any more.

        Raises:
            Conflict: for a minute nothing more was taken.
        """
        rows = [row for row in self._house.records.of_window(self._window) if row.id not in self._before and _top(row.name) in self._names]
        if len(rows) > len(self.found):
            self._until = time.monotonic() + TAKEN_WITHIN
        self.found = [{"receipt": row.id, "state": row.state.value, "name": row.name} for row in rows]
        waiting = self._names - {_top(row.name) for row in rows}
        if waiting and time.monotonic() > self._until:
            what = f"the process that works on this data folder took nothing for {TAKEN_WITHIN:g} s"
            raise Conflict(f"{what}: {len(waiting)} of what was given lie in the window's folder; see status", window=self._window)
        return not waiting and all(row.state is not ReceiptState.PENDING for row in rows)


def _top(name: str | None) -> str:
    return (name or "").partition("/")[0]


def _put(path: Path, folder: Path) -> str:
    """Copy `path` into the window's folder under a name nobody has, whole from the start; its name there."""
    name, number = path.name, 1
    while (folder / name).exists():
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    part = folder / f".{name}.part"
    if path.is_dir():
        shutil.copytree(path, part)
        (part / ".done").touch()
    else:
        shutil.copyfile(path, part)
    part.rename(folder / name)
    return name


def _wait_until(house: House, done: Any) -> None:
    while not done():
        house.check()
        time.sleep(PAUSE)


def _result(house: House, receipt: str) -> dict[str, Any]:
    row = house.records.receipt(receipt)
    return {"receipt": row.id, "state": row.state.value, "name": row.name}
