from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.intake_room import Room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.intake.stop()
    made.engine.dispose()
