"""Every index that can be followed, for tests of what follows one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.embedded import EmbeddedIndex
from search.follower import FollowedIndex
from tests.elastic.fresh import fresh_index
from tests.fakes.search import MemoryIndex


@pytest.fixture(params=["memory", "embedded", "elastic"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FollowedIndex]:
    if request.param == "memory":
        yield MemoryIndex()
    elif request.param == "embedded":
        yield EmbeddedIndex(tmp_path / "index.db")
    else:
        with fresh_index(request.getfixturevalue("elasticsearch_url")) as made:
            yield made
