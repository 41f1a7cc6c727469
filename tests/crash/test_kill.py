"""kill -9 of the whole process group at random points of the real line: nothing lost, nothing doubled, no hand needed."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS = 10
FILES = 12
SEED = 20261123


def casefile(data, *arguments):
    return [sys.executable, "-m", "app.main", "--data", str(data), *arguments]


def ask(data, *arguments):
    done = subprocess.run(casefile(data, *arguments, "--json"), capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode in (0, 1), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def drop(folder: Path, number: int) -> None:
    """A small page with a number of its own, renamed in as a scanner would."""
    page = np.full((420, 900), 255, np.uint8)
    cv2.putText(page, f"RECEIPT {number:04d} OF THE WINDOW", (30, 120), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    cv2.putText(page, f"page {number * 7919}", (30, 260), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 0, 3)
    ok, data = cv2.imencode(".png", page)
    assert ok
    part = folder / f".{number}.part"
    part.write_bytes(data.tobytes())
    part.rename(folder / f"scan{number:04d}.png")


def start(data):
    return subprocess.Popen(casefile(data, "serve", "--no-web"), cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL)


@pytest.mark.crash
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_kill_9_at_random_points_loses_nothing_and_doubles_nothing(tmp_path):
    chance = random.Random(SEED)
    data = tmp_path / "data"
    window = data / "inbox" / "W01"
    window.mkdir(parents=True)
    (data / "casefile.toml").write_text("[intake]\nquiet = 0.3\npoll = 0.2\n[reading]\nworkers = 2\n")
    dropped = 0
    for _ in range(KILLS):
        server = start(data)
        while dropped < FILES and chance.random() < 0.75:
            drop(window, dropped)
            dropped += 1
        time.sleep(chance.uniform(0.5, 9.0))
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        counts = ask(data, "status")[0]
        assert counts["received"] == sum(counts[name] for name in ("shelved", "quarantined", "duplicates", "empty", "pending"))
    for number in range(dropped, FILES):
        drop(window, number)
    server = start(data)
    try:
        until = time.monotonic() + 240
        while time.monotonic() < until:
            counts = ask(data, "status")[0]
            if counts["shelved"] == FILES and not counts["pending"] and not counts["waiting"]:
                break
            time.sleep(1)
    finally:
        server.terminate()
        server.wait(timeout=60)
    assert (counts["received"], counts["shelved"], counts["pending"], counts["waiting"]) == (FILES, FILES, 0, 0)
    documents = ask(data, "list")
    sources = sorted(name for document in documents for name in document["source"])
    assert sources == [f"scan{number:04d}.png" for number in range(FILES)], "every scan is in exactly one document"
    assert not list(window.glob("scan*")), "the folder is empty: every paper may leave"
    verdict = ask(data, "verify")[0]
    assert verdict["good"], verdict["findings"]
    found = {hit["document"] for number in range(FILES) for hit in ask(data, "search", f"{number * 7919}") if number}
    assert len(found) >= FILES - 2  # reading is not what is tested here; a misread digit must not fail it
