"""Settings say what is wrong with them, where, and what to do."""

import pytest

from app.settings import load
from domain.errors import Misconfigured


def test_without_file_and_environment_the_defaults_hold(tmp_path):
    settings = load(tmp_path)
    assert (settings.office, settings.search.url, settings.intake.batch_quiet) == ("main", "", 30.0)


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    (tmp_path / "casefile.toml").write_text('office = "east"\n[intake]\nquiet = 1.5\nbatch_quiet = 9\n')
    monkeypatch.setenv("CASEFILE_INTAKE_BATCH_QUIET", "4")
    monkeypatch.setenv("CASEFILE_SEARCH_URL", "http://127.0.0.1:9200")
    settings = load(tmp_path)
    assert (settings.office, settings.intake.quiet, settings.intake.batch_quiet) == ("east", 1.5, 4.0)
    assert settings.search.url == "http://127.0.0.1:9200"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[intake]\nquit = 1\n", "intake.quit"),
        ("[intake]\nquiet = -1\n", "intake.quiet"),
        ('[reading]\nengine = "magic"\n', "reading.engine"),
        ('office = "a b"\n', "office"),
        ("office = \n", "TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_its_remedy(tmp_path, text, names):
    (tmp_path / "casefile.toml").write_text(text)
    with pytest.raises(Misconfigured) as caught:
        load(tmp_path)
    assert names in str(caught.value)
    assert "casefile.toml" in str(caught.value)


def test_settings_cannot_be_changed_once_read(tmp_path):
    settings = load(tmp_path)
    with pytest.raises(ValueError):
        settings.office = "other"
