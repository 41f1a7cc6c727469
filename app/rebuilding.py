"""`reindex`: a new search index, made beside the one in use while search goes on.

If another process works on the data folder, that process is asked to do it (its outbox looks for the request) and this one waits and tells
how far it is; otherwise this one does it. Two at once ask for one and the same.
"""

import time
from collections.abc import Callable
from pathlib import Path

from app.house import House
from app.wiring import open_house
from domain.errors import Conflict, Unavailable
from search.outbox import ask_for_rebuild, building_of, trouble_of
from search.position import read

PAUSE = 0.2
PATIENCE = 5.0
"""Seconds after which it is tried whether the other process is gone."""

Progress = Callable[[int, int], None]


def reindex(data: Path, progress: Progress) -> int:
    """How many pages the new index holds. `progress(done, total)` is told how many events of how many it has.

    Raises:
        Unavailable: the index is out of reach; the one in use is as it was.
    """
    asked = False
    while True:
        try:
            with open_house(data, exclusive=True) as house:
                return house.reindex(progress)
        except Conflict:
            with open_house(data) as house:
                if not asked:
                    ask_for_rebuild(house.places.outbox)
                    asked = True
                if _done(house, progress):
                    return house.index.count()


def _done(house: House, progress: Progress) -> bool:
    """Wait for the process at work; whether it is done."""
    position = house.places.outbox
    until = time.monotonic() + PATIENCE
    while building_of(position).exists():
        trouble = trouble_of(position)
        if trouble is not None:
            raise Unavailable(f"{trouble}; the process at work makes the new index as soon as it can")
        progress(read(building_of(position)).seq, house.books.ledger.size())
        if time.monotonic() > until:
            return False
        time.sleep(PAUSE)
    return True
