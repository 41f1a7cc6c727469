"""The setting of the database: what it may be, where the password may stand, and that it is told to nobody."""

import pytest

from app.database import database_of, said
from app.settings import load
from domain.errors import Misconfigured


def test_empty_is_sqlite(tmp_path):
    assert database_of(load(tmp_path)) is None


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("mysql://a:hunter2@b/c", "database.url"),
        ("postgresql://a:hunter2@b", "names no database"),
        ("postgresql://a:hunter2@b:port/c", "no address"),
    ],
)
def test_what_is_no_address_is_named_without_its_password(tmp_path, monkeypatch, url, names):
    monkeypatch.setenv("CASEFILE_DATABASE_URL", url)
    with pytest.raises(Misconfigured, match=names) as caught:
        database_of(load(tmp_path))
    assert "hunter2" not in f"{caught.value!s}{caught.value!r}{caught.value.__context__ if not caught.value.__suppress_context__ else ''}"


def test_the_password_may_stand_in_a_file(tmp_path, monkeypatch):
    (tmp_path / "secret").write_text("p@ss/wörd\nsecond line\n", encoding="utf-8")
    (tmp_path / "casefile.toml").write_text(
        f'[database]\nurl = "postgresql://desk@db:5433/casefile"\npassword_file = "{tmp_path / "secret"}"\n'
    )
    url = database_of(load(tmp_path))
    assert url is not None
    assert (url.password, url.username, url.port) == ("p@ss/wörd", "desk", 5433)
    assert said(url) == "db:5433/casefile"
    assert "p@ss" not in repr(url)


@pytest.mark.parametrize("content", [None, "", "\n\n"])
def test_a_password_file_that_holds_none_is_named(tmp_path, monkeypatch, content):
    monkeypatch.setenv("CASEFILE_DATABASE_URL", "postgresql://desk@db/casefile")
    monkeypatch.setenv("CASEFILE_DATABASE_PASSWORD_FILE", str(tmp_path / "secret"))
    if content is not None:
        (tmp_path / "secret").write_text(content)
    with pytest.raises(Misconfigured, match=r"database\.password_file"):
        database_of(load(tmp_path))


def test_settings_that_are_printed_show_no_password(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEFILE_DATABASE_URL", "postgresql://desk:hunter2@db/casefile")
    settings = load(tmp_path)
    assert "hunter2" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
