"""Slow and strange scanners, all at once, against a real `serve`: `python -m bench.writers [--pace 1] [--half DIR]`.

Every writer of tests/fakes/writers.py is a process with a window of its own; those named R… write to a mount where nobody can be asked who
writes. Meanwhile the clock is set back an hour, forward a day, and to 1970. Prints for each writer what was taken early, whether the bytes
are equal, and the longest time from whole to receipt, in quiet periods (`quiet`; where nobody can be asked `grace`). `--half` is a folder of
files that are never finished: they wait, then are refused as incomplete. Exits 1 when a bar is missed: none early, none lost, two periods.
"""

import argparse
import json
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from domain.model import MEDIA
from tests.fakes.writers import LOCAL, REMOTE, Told

ROOT = Path(__file__).resolve().parents[1]
QUIET, GRACE, GIVE_UP, BAR = 2.0, 10.0, 45.0, 2.0
JUMPS = ((0.2, -3600.0), (0.4, 86400.0), (0.6, -time.time() + 86400.0), (0.8, 0.0))
"""At which part of the run the clock is set how far off, in seconds."""
UNTOLD = ("zerohole", "minus1_multi")
"""Of the half files: whole by their structure, so taken; only their decoder can tell, see ingest/formats.py."""


@dataclass
class Row:
    writer: str
    window: str
    process: multiprocessing.process.BaseProcess
    period: float
    early: int = 0
    lost: int = 0
    taken: int = 0
    delays: list[float] = field(default_factory=list)


def serve(data: Path, clock: Path) -> subprocess.Popen:
    (data / "casefile.toml").write_text(
        f"[intake]\nquiet = {QUIET}\ngrace = {GRACE}\ngive_up = {GIVE_UP}\nbatch_quiet = 5\n[reading]\nworkers = 1\n"
    )
    command = [sys.executable, "-m", "tests.fakes.strange", "--data", str(data), "serve", "--no-web"]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "STRANGE_CLOCK": str(clock)})


def start(data: Path, log: Path, pace: float) -> list[Row]:
    context, rows = multiprocessing.get_context("fork"), []
    for prefix, writers, period in (("W", LOCAL, QUIET), ("R", REMOTE, GRACE)):
        for number, (name, writer) in enumerate(writers.items(), 1):
            folder = data / "inbox" / f"{prefix}{number:02}"
            folder.mkdir(parents=True, exist_ok=True)
            process = context.Process(target=writer, args=(folder, Told(log / f"{folder.name}.jsonl", folder.name, pace)))
            rows.append(Row(name, folder.name, process, period))
    for row in rows:
        row.process.start()
    return rows


def told(log: Path) -> list[dict]:
    return [json.loads(line) for path in log.glob("*.jsonl") for line in path.read_text().splitlines()]


def shelf(data: Path, fact: dict) -> Path:
    ending = {"jpg": "jpg", "tif": "tif"}.get(fact["ending"], fact["ending"])
    assert ending in MEDIA.values()
    return data / "store" / fact["digest"][:2] / f"{fact['digest']}.{ending}"


def watch(data: Path, log: Path, rows: list[Row], clock: Path, pace: float, server: subprocess.Popen) -> dict[str, float]:
    """When each digest that was told of came onto the shelf, by the monotonic clock; until all did, or long after."""
    seen: dict[str, float] = {}
    started, ends = time.monotonic(), None
    while ends is None or time.monotonic() < ends:
        assert server.poll() is None, "serve ended"
        now = time.monotonic()
        part = (now - started) / (40 * pace)
        offset = next((off for at, off in reversed(JUMPS) if part >= at), 0.0)
        if clock.read_text() != str(offset):
            clock.with_suffix(".new").write_text(str(offset))
            clock.with_suffix(".new").rename(clock)
        facts = told(log)
        for fact in facts:
            if fact["digest"] not in seen and shelf(data, fact).exists():
                seen[fact["digest"]] = now
        if ends is None and not any(row.process.is_alive() for row in rows):
            ends = now + 3 * GRACE
        if ends and part > 1 and all(fact["digest"] in seen for fact in facts):
            break
        time.sleep(0.02)
    return seen


def receipts(data: Path) -> list[tuple[str, str, str, str]]:
    with sqlite3.connect(f"file:{data}/derived/casefile.db?mode=ro", uri=True) as database:
        return database.execute("SELECT window, digest, state, reason FROM receipts").fetchall()


def left(data: Path) -> int:
    return sum(1 for path in (data / "inbox").rglob("*") if path.is_file() and path.name != ".done")


def judge(rows: list[Row], facts: list[dict], seen: dict[str, float], given: list[tuple[str, str, str, str]]) -> bool:
    good = True
    print(f"{'writer':<24} {'window':<7} {'files':>5} {'early':>5} {'lost':>4}  {'longest delay':>13}")
    for row in rows:
        mine = [fact for fact in facts if fact["window"] == row.window]
        wanted = {f"sha256:{fact['digest']}" for fact in mine}
        got = [digest for window, digest, _, _ in given if window == row.window]
        row.early = len([digest for digest in got if digest not in wanted])
        row.early += sum(1 for fact in mine if seen.get(fact["digest"], fact["at"]) < fact["at"] - 0.05)
        row.lost, row.taken = len(wanted - set(got)), len(got)
        row.delays = [(seen[fact["digest"]] - fact["at"]) / row.period for fact in mine if fact["digest"] in seen]
        longest = max(row.delays, default=0.0)
        failed = row.process.exitcode != 0
        good = good and not (row.early or row.lost or failed or longest > BAR) and bool(mine)
        note = "  FAILED" if failed else "" if longest <= BAR else "  LATE"
        print(f"{row.writer:<24} {row.window:<7} {row.taken:>5} {row.early:>5} {row.lost:>4}  {longest:>5.2f} periods{note}")
    return good


def half_files(data: Path, source: Path, given: list[tuple[str, str, str, str]], early: int) -> bool:
    ends = Counter(reason or state for window, _, state, reason in given if window == "H01")
    names = [path.name for path in source.iterdir()]
    untold = sum(name.startswith(UNTOLD) for name in names)
    print(f"never finished: {len(names)} files, {early} taken before {GIVE_UP:g} s beside the {untold} whole by structure; {dict(ends)}")
    return early == 0 and ends["incomplete"] == len(names) - untold and sum(ends.values()) == len(names)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pace", type=float, default=1.0, help="1: pauses of 30 s, 400 kB at 10 kB/s")
    parser.add_argument("--half", type=Path, default=ROOT.parents[1] / "shared" / "bad" / "half")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="casefile-writers-") as root:
        data, log, clock = Path(root) / "data", Path(root) / "log", Path(root) / "clock"
        for folder in (data / "inbox" / "H01", log):
            folder.mkdir(parents=True)
        clock.write_text("0.0")
        half = arguments.half if arguments.half.is_dir() else None
        if half is None:
            print(f"no folder {arguments.half}: files that are never finished are left out")
        server = serve(data, clock)
        try:
            while not (data / "derived" / "feed.jsonl").parent.exists() or not (data / "inbox" / "H01" / ".taken").exists():
                time.sleep(0.1)
            began = time.monotonic()
            for path in half.iterdir() if half else ():
                (data / "inbox" / "H01" / path.name).write_bytes(path.read_bytes())
            rows = start(data, log, arguments.pace)
            seen = watch(data, log, rows, clock, arguments.pace, server)
            time.sleep(max(0.0, began + GIVE_UP - 5 - time.monotonic()))
            early = sum(1 for window, _, _, reason in receipts(data) if window == "H01" and reason == "incomplete")
            early = early if time.monotonic() < began + GIVE_UP else 0
            until = began + GIVE_UP + 6 * GRACE
            while left(data) and time.monotonic() < until:
                time.sleep(0.2)
            given = receipts(data)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)
        good = judge(rows, told(log), seen, given)
        good = (half is None or half_files(data, half, given, early)) and good
        print(f"left in the inbox: {left(data)}")
        good = good and not left(data)
    sys.exit(not good)


if __name__ == "__main__":
    main()
