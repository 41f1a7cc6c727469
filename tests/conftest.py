"""Fixtures for every test."""

pytest_plugins = ["tests.elastic.fixtures", "tests.postgres.fixtures"]
