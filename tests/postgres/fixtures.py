"""Fixtures that give tests a real PostgreSQL of their own, started once a session, and a fresh database a test."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from tests.postgres.server import NotHere, Server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need the server carry its mark, and stay together on one worker of pytest-xdist (--dist loadgroup)."""
    for item in items:
        if {"postgres_server", "postgres_url"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.postgres)
            item.add_marker(pytest.mark.xdist_group("postgres"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A server that a test may crash and start again."""
    try:
        server = Server()
        server.start()
    except NotHere as reason:
        pytest.skip(f"no PostgreSQL here: {reason}")
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[URL]:
    """The address of a new empty database, removed afterwards."""
    url = postgres_server.fresh()
    yield url
    postgres_server.drop(url)
