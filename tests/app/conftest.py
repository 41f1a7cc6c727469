"""A data folder that a real `casefile serve` filled, shared by the tests that look at it. Recognition is real; it takes about a minute."""

import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "S001"


@dataclass(frozen=True)
class Shelf:
    """A filled data folder and what the command line says of it."""

    data: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "app.main", "--data", str(self.data), *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)

    def ask(self, *arguments: str) -> list[dict]:
        done = self.run(*arguments, "--json")
        assert done.returncode in (0, 1), done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


def put(source: Path, folder: Path, name: str) -> None:
    part = folder / f".{name}.part"
    shutil.copyfile(source, part)
    part.rename(folder / name)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """One session with a separator sheet whose case is open, the same file again, a damaged file, a blank page, and a file still being written."""
    place = tmp_path_factory.mktemp("shelf")
    shelf = Shelf(place / "data")
    window = shelf.data / "inbox" / "W01"
    window.mkdir(parents=True)
    (shelf.data / "casefile.toml").write_text("[intake]\nquiet = 0.3\npoll = 0.2\ngive_up = 3\n")
    truth = json.loads((SAMPLE / "truth.json").read_text())
    shelf.ask("case", "open", truth["cases"][0]["no"])
    server = subprocess.Popen([sys.executable, "-m", "app.main", "--data", str(shelf.data), "serve", "--no-web"], cwd=ROOT)
    try:
        scan = SAMPLE / "files" / truth["files"][0]["path"].split("/", 1)[1]
        put(scan, window, "scan.tif")
        wait(shelf, 1)
        put(scan, window, "again.tif")
        damaged = place / "damaged"
        damaged.write_bytes(b"%PDF-1.7\nnothing of a PDF follows\n%%EOF\n")
        put(damaged, window, "李四.pdf")
        blank = place / "blank.png"
        cv2.imwrite(str(blank), np.full((1100, 800), 255, np.uint8))
        put(blank, window, "blank.png")
        (window / "~unfinished.tif").write_bytes(b"II*\0")
        wait(shelf, 4)
        until = time.monotonic() + 30
        while not shelf.ask("search", "2026") and time.monotonic() < until:
            time.sleep(0.5)
    finally:
        server.terminate()
        server.wait(timeout=60)
    return shelf


def wait(shelf: Shelf, receipts: int) -> None:
    until = time.monotonic() + 240
    while time.monotonic() < until:
        counts = shelf.ask("status")[0]
        assert counts["received"] == sum(counts[name] for name in ("shelved", "quarantined", "duplicates", "empty", "pending"))
        if counts["received"] >= receipts and not counts["pending"]:
            return
        time.sleep(0.5)
    raise AssertionError(f"not done in time: {counts}")
