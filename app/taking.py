"""`intake PATH...`: files taken in by command instead of by a watched folder.

If another process works on the data folder, the files are put into the window's folder as a scanner would put them, and that process takes
them; otherwise this one takes them itself, and with `wait` takes them all the way.
"""

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


def take_in(data: Path, paths: list[Path], window: str, wait: bool) -> list[dict[str, Any]]:
    """Receipts of what was taken: `receipt`, `state`, `name`. Without `wait` their states are as they are then.

    Raises:
        Misconfigured: not a window's name. Conflict: the working process took nothing within a minute.
    """
    if not is_window(window):
        raise Misconfigured("that is not a window's name: letters, digits, - and _, up to 32")
    try:
        with open_house(data, exclusive=True) as house:
            taken = house.intake.take([p.absolute() for p in paths], window)
            if wait:
                house.start()
                _wait_until(house, lambda: house.idle())
            return [_result(house, one.receipt) for one in taken]
    except Conflict:
        return _hand_over(data, paths, window, wait)


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
    names = [_put(path, folder) for path in paths]
    if not wait:
        return [{"receipt": None, "state": "waiting", "name": name} for name in names]
    with open_house(data) as house:
        found: list[dict[str, Any]] = []
        _wait_until(house, lambda: _all_settled(house, window, names, found))
        return found


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


def _all_settled(house: House, window: str, names: list[str], found: list[dict[str, Any]]) -> bool:
    rows = [row for row in house.records.of_window(window) if (row.name or "").split("/")[0] in names]
    found[:] = [{"receipt": row.id, "state": row.state.value, "name": row.name} for row in rows]
    here = {(row.name or "").split("/")[0] for row in rows}
    return here == set(names) and all(row.state is not ReceiptState.PENDING for row in rows)


def _wait_until(house: House, done: Any) -> None:
    while not done():
        house.check()
        time.sleep(PAUSE)


def _result(house: House, receipt: str) -> dict[str, Any]:
    row = house.records.receipt(receipt)
    return {"receipt": row.id, "state": row.state.value, "name": row.name}
