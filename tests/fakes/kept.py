"""A house over a data folder that nobody serves, with a clock of the test's if it wants one."""

import contextlib

from app.house import House
from app.settings import load
from app.upkeep import upkeep
from app.wiring import METADATA, PROJECTORS
from archive.books import open_books
from domain.clock import SystemClock


@contextlib.contextmanager
def house(data, clock=None):
    clock = clock or SystemClock()
    books = open_books(data, clock, PROJECTORS, METADATA, upkeep=upkeep())
    found = House(data, load(data), books)
    found.clock = clock
    try:
        yield found
    finally:
        found.close()
