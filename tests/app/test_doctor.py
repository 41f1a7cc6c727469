"""The doctor says what it found and what to do, and gives no secret away."""

import pytest

from app.doctor import examine, without_secrets


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
