"""The doctor says what it found and what to do, and gives no secret away."""

import pytest

from app.doctor import examine, without_secrets
from app.settings import load
from app.upkeep import HEAD
from app.wiring import open_house
from domain.errors import Unavailable


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://127.0.0.1:9200", "http://127.0.0.1:9200"),
        ("https://clerk:secret@search.example:9200/x", "https://search.example:9200/x"),
        ("https://a:b@one:9200, https://a:b@two:9200", "https://one:9200, https://two:9200"),
        ("", ""),
    ],
)
def test_a_password_in_the_address_of_search_is_not_shown(url, shown):
    assert without_secrets(url) == shown


@pytest.mark.slow
def test_a_fresh_machine_is_told_what_to_do_and_nothing_is_changed(tmp_path):
    checks = {check.name: check for check in examine(tmp_path / "data")}
    assert not (tmp_path / "data").exists()
    assert all(check.remedy for check in checks.values() if check.state == "bad")
    assert "rapidocr" in checks


def test_a_wrong_setting_is_the_first_thing_said(tmp_path):
    (tmp_path / "casefile.toml").write_text("[intake]\nquiet = -1\n")
    (check,) = examine(tmp_path)
    assert check.state == "bad"
    assert "intake.quiet" in check.found


def test_a_folder_that_cannot_be_written_is_named(tmp_path, monkeypatch):
    from app import doctor

    def refuse(descriptor):
        raise PermissionError(13, "not allowed")

    monkeypatch.setattr(doctor.os, "fsync", refuse)
    check = next(iter(doctor._store(tmp_path, None)))
    assert check.state == "bad"
    assert str(tmp_path) in check.found
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("fault", [KeyError("media"), RuntimeError("of ours"), Unavailable("away"), OSError(5, "EIO")])
def test_a_part_that_fails_in_any_way_is_a_bad_line_and_hides_no_other(tmp_path, monkeypatch, fault):
    from app import doctor

    def broken(data, settings):
        yield doctor.Check("before", "ok", "")
        raise fault

    for name in ("engines", "languages", "sandbox", "search"):  # what takes long
        monkeypatch.setattr(doctor, f"_{name}", lambda data, settings: iter(()))
    monkeypatch.setattr(doctor, "_differences", broken)
    checks = examine(tmp_path)
    names = [check.name for check in checks]
    told = checks[names.index("before") + 1]
    assert (told.name, told.state) == ("broken", "bad")
    assert type(fault).__name__ in told.found
    assert len(names) > names.index("before") + 2, "what comes after it"


def look(data, monkeypatch, url=None):
    from app import doctor

    if url is not None:
        monkeypatch.setenv("CASEFILE_DATABASE_URL", url.render_as_string(hide_password=False))
    return list(doctor._database(data, load(data)))


def test_which_database_it_is_and_how_it_stands_is_said_without_the_password(tmp_path, monkeypatch, postgres_server, postgres_url):
    url = postgres_server.by_tcp(postgres_url)
    [empty] = look(tmp_path, monkeypatch, url)
    assert (empty.state, bool(empty.remedy)) == ("note", True)
    with open_house(tmp_path):
        pass
    [check] = look(tmp_path, monkeypatch, url)
    assert check.state == "ok"
    assert all(part in check.found for part in ("PostgreSQL", f"127.0.0.1:{url.port}/{url.database}", HEAD))
    assert url.password not in check.found
    postgres_server.tell("UPDATE alembic_version SET version_num = '0099_9.0.0'", database=url.database)
    assert look(tmp_path, monkeypatch, url)[0].state == "bad"
    postgres_server.tell("UPDATE alembic_version SET version_num = '0001_0.1.0'", database=url.database)
    assert look(tmp_path, monkeypatch, url)[0].state == "note"


def test_a_database_that_does_not_answer_is_said_so(tmp_path, monkeypatch, postgres_server, postgres_url):
    with pytest.raises(Unavailable, match="does not answer") as caught:
        look(tmp_path, monkeypatch, postgres_server.by_tcp(postgres_url).set(port=1))
    assert postgres_server.password not in str(caught.value)


def test_without_a_setting_it_is_sqlite(tmp_path, monkeypatch):
    assert look(tmp_path, monkeypatch)[0].state == "note"
    with open_house(tmp_path):
        pass
    [check] = look(tmp_path, monkeypatch)
    assert (check.state, "SQLite" in check.found) == ("ok", True)
