"""Fixtures that give tests a real Elasticsearch: the one CASEFILE_TEST_ELASTICSEARCH names, or one of our own, started once a session."""

import os
from collections.abc import Iterator

import pytest

from tests.elastic.launcher import NotHere, Server

GIVEN = "CASEFILE_TEST_ELASTICSEARCH"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need the server carry its mark, and stay together on one worker of pytest-xdist (--dist loadgroup)."""
    for item in items:
        if {"elasticsearch_url", "elasticsearch_server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.elastic)
            item.add_marker(pytest.mark.xdist_group("elastic"))


@pytest.fixture(scope="session")
def elasticsearch_server() -> Iterator[Server]:
    """A server of our own, that a test may kill and start again."""
    if os.environ.get(GIVEN):
        pytest.skip(f"{GIVEN} names a server that is not ours to stop")
    try:
        server = Server()
    except NotHere as reason:
        pytest.skip(f"no Elasticsearch here: {reason}")
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def elasticsearch_url(request: pytest.FixtureRequest) -> str:
    """The URL of a running Elasticsearch; the test is skipped, saying why, where there is none and none can be had."""
    given = os.environ.get(GIVEN)
    if given:
        return given
    server: Server = request.getfixturevalue("elasticsearch_server")
    return server.url
