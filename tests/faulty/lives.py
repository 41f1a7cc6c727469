"""Many short lives of `serve` on one data folder, each ended by kill -9 of its whole process group.

A life is begun by a process that has imported everything already and forks, which spares a second of processor time each; `cold` begins the
real command line instead. The computing child processes are real in both.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PHASES = {"received": "reading", "page": "archiving", "shelved": "indexing", "indexed": "after indexing", "refused": "after refusing"}
"""What goes on after the feed's last line."""


class Lives:
    """Begins and ends lives. `module` is the command line: tests.fakes.quick, or app.main for the real recognition."""

    def __init__(self, module: str = "tests.fakes.quick") -> None:
        self._module = module
        self._warm = subprocess.Popen(
            [sys.executable, "-m", "tests.faulty.warm", module], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def begin(self, data: Path, log: Path, cold: bool = False) -> int:
        """A life of `serve`; its process id, which is its process group's."""
        if cold:
            command = [sys.executable, "-m", self._module, "--data", str(data), "serve", "--no-web"]
            with log.open("ab") as errors:
                return subprocess.Popen(command, cwd=ROOT, start_new_session=True, stderr=errors).pid
        assert self._warm.stdin is not None and self._warm.stdout is not None
        self._warm.stdin.write(json.dumps([str(data), str(log)]) + "\n")
        self._warm.stdin.flush()
        return int(self._warm.stdout.readline())

    def kill(self, life: int) -> None:
        """kill -9 of the process group, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(life, signal.SIGKILL)
        self._gone(life)

    def stop(self, life: int, seconds: float = 60) -> None:
        """Ask it to stop, as a person does."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(life, signal.SIGTERM)
        self._gone(life, seconds)

    def alive(self, life: int) -> bool:
        """Whether it still runs."""
        with contextlib.suppress(ChildProcessError):
            os.waitpid(life, os.WNOHANG)
        return Path(f"/proc/{life}").exists()

    def _gone(self, life: int, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while self.alive(life):
            if time.monotonic() > until:
                self.kill(life)
                raise AssertionError("serve did not end")
            time.sleep(0.01)

    def close(self) -> None:
        """Let the starter go."""
        assert self._warm.stdin is not None
        self._warm.communicate()


def phase(data: Path, since: int) -> str:
    """What was under way, by what the feed said after its byte `since`."""
    feed = data / "derived" / "feed.jsonl"
    lines = feed.read_bytes()[since:].splitlines() if feed.exists() else []
    for line in reversed(lines):
        with contextlib.suppress(ValueError):
            return PHASES.get(json.loads(line)["event"], "other")
    return "starting, or taking in the first"


def told_until(data: Path) -> int:
    """The size of the feed."""
    feed = data / "derived" / "feed.jsonl"
    return feed.stat().st_size if feed.exists() else 0
