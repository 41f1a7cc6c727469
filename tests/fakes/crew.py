"""Real processes of casefile on one data folder, reading faked (tests/fakes/quick.py), for tests and bench of many workers."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
from sqlalchemy import URL

ROOT = Path(__file__).resolve().parents[2]
TOML = """[intake]
quiet = 0.3
poll = 0.2
[reading]
workers = {workers}
"""


class Crew:
    """A data folder, the database it works with (None: SQLite), and who works on it."""

    def __init__(self, place: Path, url: URL | None = None, *, lease: float = 4.0, workers: int = 2) -> None:
        self.data = place / "data"
        self.window = self.data / "inbox" / "W01"
        self.window.mkdir(parents=True)
        (self.data / "casefile.toml").write_text(TOML.format(workers=workers))
        self.environment = {**os.environ, "CASEFILE_WORK_LEASE_SECONDS": str(lease)}
        if url is not None:
            self.environment["CASEFILE_DATABASE_URL"] = url.render_as_string(hide_password=False)
        self.dropped = 0
        self.started: list[subprocess.Popen[bytes]] = []
        self.logs = place / "logs"
        self.logs.mkdir()

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        """`serve --no-web` or `worker`, in a session of its own; what it says goes to a file."""
        line = [sys.executable, "-m", "tests.fakes.quick", "--data", str(self.data), *command]
        with (self.logs / f"{len(self.started)}-{command[0]}.log").open("wb") as log:
            one = subprocess.Popen(line, cwd=ROOT, env=self.environment, start_new_session=True, stdout=log, stderr=log)
        self.started.append(one)
        return one

    def said(self, one: "subprocess.Popen[bytes]") -> str:
        """What a process wrote."""
        return next(self.logs.glob(f"{self.started.index(one)}-*.log")).read_text()

    def ask(self, *arguments: str) -> list[dict]:
        """A command's answer as JSON lines; asked again where the database does not answer."""
        line = [sys.executable, "-m", "app.main", "--data", str(self.data), *arguments, "--json"]
        done = subprocess.run(line, capture_output=True, text=True, cwd=ROOT, env=self.environment, check=False)
        assert done.returncode in (0, 1), done.stderr
        return [json.loads(text) for text in done.stdout.splitlines()]

    def drop(self, files: int) -> None:
        """So many files, each a batch of its own, as a scanner would."""
        for _ in range(files):
            number = self.dropped
            page = np.full((420, 900), 255, np.uint8)
            cv2.putText(page, f"RECEIPT {number:05d} {number * 7919}", (30, 120), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
            part = self.window / f".{number}.part"
            part.write_bytes(cv2.imencode(".png", page)[1].tobytes())
            part.rename(self.window / f"scan{number:05d}.png")
            self.dropped += 1

    def until(self, what, seconds: float, message: str) -> float:
        """Wait until `what` holds; how many seconds it took."""
        began = time.monotonic()
        while not what():
            assert time.monotonic() - began < seconds, f"{message}: not within {seconds:.0f} s\n{self.everything_said()}"
            time.sleep(0.1)
        return time.monotonic() - began

    def everything_said(self) -> str:
        """All logs, for a failed assertion."""
        return "\n".join(f"--- {path.name}\n{path.read_text()[-2000:]}" for path in sorted(self.logs.iterdir()))

    def feed(self, *events: str) -> list[dict]:
        """What the feed told of these events."""
        path = self.data / "derived" / "feed.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        return [fact for fact in map(json.loads, lines) if not events or fact["event"] in events]

    def shelved(self) -> int:
        """How many documents the feed told of."""
        return len(self.feed("shelved"))

    def finished(self) -> bool:
        """Whether everything that was dropped is on the shelf and done, by `status`."""
        counts = self.ask("status")[0]
        return counts["received"] == counts["shelved"] == self.dropped and not counts["pending"] and not counts["waiting"]

    def journal(self) -> list[dict]:
        """Every event of the ledger's text."""
        lines = [line for path in sorted((self.data / "ledger").glob("*.jsonl")) for line in path.read_text().splitlines()]
        return [json.loads(line.split("\t")[0]) for line in lines]

    def assert_nothing_lost_nothing_doubled(self) -> None:
        """Every file in one document, every receipt done once, and verify finds nothing."""
        documents = self.ask("list")
        sources = Counter(name for document in documents for name in document["source"])
        assert sources == {f"scan{number:05d}.png": 1 for number in range(self.dropped)}
        kinds = Counter(event["kind"] for event in self.journal())
        assert kinds["document.shelved"] == kinds["receipt.done"] == kinds["batch.done"] == self.dropped, kinds
        assert not kinds["receipt.refused"], "a fault of the machine is no fault of the paper"
        verdict = self.ask("verify")[0]
        assert verdict["good"], verdict["findings"]

    def end(self) -> None:
        """Kill who is left, stopped ones too, and their children."""
        for one in self.started:
            if one.poll() is None:
                os.killpg(one.pid, signal.SIGKILL)
            one.wait()
