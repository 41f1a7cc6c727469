"""The launcher says what is missing instead of failing somewhere later."""

from pathlib import Path

import pytest

from tests.elastic import launcher


def test_without_maven_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher, "CACHE", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(launcher.NotHere, match="apt-get install -y maven"):
        launcher.build()


def test_a_download_that_fails_is_named_and_leaves_nothing_half_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maven = tmp_path / "bin" / "mvn"
    maven.parent.mkdir()
    maven.write_text("#!/bin/sh\necho 'Unknown host repo.maven.apache.org'\nexit 1\n")
    maven.chmod(0o755)
    monkeypatch.setattr(launcher, "CACHE", tmp_path / "cache")
    monkeypatch.setenv("PATH", f"{maven.parent}:/usr/bin:/bin")
    for _ in range(2):
        with pytest.raises(launcher.NotHere, match="Unknown host"):
            launcher.build()
    assert not [folder for folder in (tmp_path / "cache").iterdir() if len(folder.name) == 16]
