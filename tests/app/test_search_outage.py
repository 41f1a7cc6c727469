"""The command line while search is rebuilt or out of reach. Reading is faked in its real children (tests/fakes/quick.py)."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "[intake]\nquiet = 0.2\npoll = 0.1\n"


class Quick:
    """A data folder and the command line on it."""

    def __init__(self, data: Path) -> None:
        self.data, self.environment = data, dict(os.environ)
        data.mkdir()
        (data / "casefile.toml").write_text(SETTINGS)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "tests.fakes.quick", "--data", str(self.data), *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), capture_output=True, text=True, cwd=ROOT, env=self.environment, check=False, timeout=240
        )

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(self.command(*arguments), stdout=pipe, stderr=pipe, text=True, cwd=ROOT, env=self.environment)

    def ask(self, *arguments: str) -> list[dict]:
        done = self.run(*arguments, "--json")
        assert done.returncode in (0, 1), done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def scan(self, folder: Path, number: int) -> Path:
        page = np.full((500, 400), 255, np.uint8)
        cv2.putText(page, f"page {number}", (40, 100 + 20 * number), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
        path = folder / f"{number}.png"
        cv2.imwrite(str(path), page)
        return path

    def notices(self) -> list[str]:
        return [line["what"] for line in self.ask("events") if line["event"] == "notice"]

    def hits(self) -> list[dict]:
        return self.ask("search", "kind:other")


@pytest.fixture
def quick(tmp_path: Path) -> Quick:
    return Quick(tmp_path / "data")


def shut(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.communicate(timeout=60)


@pytest.mark.slow
def test_reindex_beside_a_running_serve_is_done_by_it_and_two_at_once_end_the_same(quick: Quick, tmp_path: Path) -> None:
    assert quick.run("intake", *(str(quick.scan(tmp_path, n)) for n in range(3)), "--window", "W01", "--wait").returncode == 0
    before = quick.hits()
    assert len(before) == 3
    two = [quick.begin("reindex"), quick.begin("reindex")]
    told = [one.communicate(timeout=120) for one in two]
    assert [one.returncode for one in two] == [0, 0], told
    assert all("3" in out for out, _ in told) and quick.hits() == before
    alone = quick.notices().count("index-rebuilt")
    assert alone in (1, 2)
    server = quick.begin("serve", "--no-web")
    try:
        assert server.stderr is not None and "casefile" in server.stderr.readline()
        done = quick.run("reindex")
        assert done.returncode == 0 and "3" in done.stdout, done.stderr
        assert server.poll() is None
        assert quick.notices().count("index-rebuilt") == alone + 1
        assert quick.hits() == before
        assert quick.ask("status")[0]["search"] == {"behind": 0, "rebuilding": None, "trouble": None}
    finally:
        shut(server)


@pytest.mark.slow
def test_with_search_out_of_reach_it_says_so_and_everything_else_goes_on(quick: Quick, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        quick.environment["CASEFILE_SEARCH_URL"] = f"http://127.0.0.1:{probe.getsockname()[1]}"
        quick.environment["CASEFILE_LANG"] = "en"
        done = quick.run("intake", str(quick.scan(tmp_path, 1)), "--window", "W01", "--wait", "--json")
        assert done.returncode == 0 and json.loads(done.stdout)["state"] == "shelved", done.stderr
        server = quick.begin("serve", "--no-web")
        try:
            until = time.monotonic() + 90
            while not quick.ask("status")[0]["search"]["trouble"]:
                assert time.monotonic() < until, "nobody is told"
                time.sleep(0.5)
            (quick.data / "inbox" / "W01").mkdir(exist_ok=True, parents=True)
            quick.scan(tmp_path, 2).rename(quick.data / "inbox" / "W01" / "2.png")
            while quick.ask("status")[0]["shelved"] < 2:
                assert time.monotonic() < until, "archiving stopped with search"
                time.sleep(0.5)
            assert server.poll() is None
        finally:
            shut(server)
        assert quick.notices() == ["search-unavailable"]
        state = quick.ask("status")[0]["search"]
        assert state["behind"] == 2 and "Elasticsearch does not answer" in state["trouble"]
        assert "Search is not available" in quick.run("status").stdout
        asked = quick.run("search", "居住证", "--json")
        assert asked.returncode == 2 and asked.stdout == ""
        assert "does not answer" in asked.stderr and "intake and archiving go on" in asked.stderr
        again = quick.run("reindex")
        assert again.returncode == 2 and "does not answer" in again.stderr
    del quick.environment["CASEFILE_SEARCH_URL"]
    assert quick.run("reindex").returncode == 0
    assert len(quick.hits()) == 2 and quick.ask("status")[0]["search"]["trouble"] is None
