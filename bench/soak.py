"""A long run: `serve` fed at a steady pace, its memory, queues and files watched. Reading is faked, all else is real.

    python -m bench.soak [--minutes 120] [--pace 200] [--windows 20] [--data DIR] [--seed 1] [--keep]

Pages a minute arrive at `--windows` windows: single images, stacks of TIFF pages, folders of images closed by a .done file, the same
file again (1 in 100), a damaged file (1 in 100), a blank page (1 in 50). `--pace 200` is twice what two cores read with the real engine
(docs/benchmarks.md). Every half minute a line: memory of serve and of its children, what waits, what lies between ledger and index.

Exit 1 when memory of serve grows by 1 MB an hour or more (a line through the readings after the first quarter, at most 20 minutes), when
a queue grows, when a file is not accounted for, or when a scan is parked that was not damaged on purpose.
"""

import argparse
import collections
import json
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import cv2
import numpy as np
import psutil

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = "[intake]\nquiet = 1.0\npoll = 0.5\nbatch_quiet = 20\n"
LOOK = 30.0
SLOPE = 1.0  # MB an hour


class Scanner:
    """Draws pages and drops files as scanners do; counts what it did."""

    def __init__(self, inbox: Path, windows: int, seed: int) -> None:
        self.chance, self.inbox = random.Random(seed), inbox
        self.windows = [f"W{n:02d}" for n in range(1, windows + 1)]
        self.pages = self.files = self.number = 0
        self.sent: collections.Counter[str] = collections.Counter()
        self.kept: list[tuple[str, bytes]] = []
        for window in self.windows:
            (inbox / window).mkdir(parents=True, exist_ok=True)

    def page(self, blank: bool = False) -> np.ndarray:
        self.number += 1
        image = np.full((1100, 780), 255, np.uint8)
        if not blank:
            for row in range(12):
                text = f"{self.number:07d} {self.chance.getrandbits(64):016x} row {row}"
                cv2.putText(image, text, (40, 90 + 80 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 2)
        return image

    def encoded(self, ending: str, blank: bool = False) -> bytes:
        ok, data = cv2.imencode(ending, self.page(blank))
        assert ok
        return bytes(data.tobytes())

    def put(self, folder: Path, name: str, data: bytes) -> None:
        part = folder / f".{name}.part"
        part.write_bytes(data)
        part.rename(folder / name)
        self.files += 1

    def send(self) -> int:
        """One batch; how many pages."""
        window = self.inbox / self.chance.choice(self.windows)
        kind = self.chance.choices(("one", "stack", "folder", "again", "damaged", "blank"), (60, 25, 11, 1, 1, 2))[0]
        name = f"scan{self.number:07d}"
        pages = 1
        if kind == "again" and self.kept:
            ending, data = self.chance.choice(self.kept)
            self.put(window, f"{name}-again{ending}", data)
        elif kind == "damaged":
            self.put(window, f"{name}.pdf", b"%PDF-1.7\nnot one object " + name.encode() + b"\n%%EOF\n")
            self.number += 1
        elif kind == "stack":
            pages = self.chance.randint(2, 8)
            ok, data = cv2.imencodemulti(".tif", [self.page() for _ in range(pages)])
            assert ok
            self.put(window, f"{name}.tif", bytes(data.tobytes()))
        elif kind == "folder":
            pages = self.chance.randint(2, 6)
            folder = window / name
            folder.mkdir()
            for _ in range(pages):
                self.put(folder, f"p{self.number:07d}.jpg", self.encoded(".jpg"))
            (folder / ".done").touch()
        else:
            ending = self.chance.choice((".png", ".jpg", ".tif"))
            data = self.encoded(ending, blank=kind == "blank")
            self.put(window, f"{name}{ending}", data)
            if kind == "one" and len(self.kept) < 50:
                self.kept.append((ending, data))
        self.sent[kind if kind != "again" or self.kept else "one"] += 1
        self.pages += pages
        return pages


def feed(scanner: Scanner, pace: float, seconds: float) -> None:
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < seconds:
        if scanner.pages < pace * passed / 60:
            scanner.send()
        else:
            time.sleep(0.05)


def ask(data: Path, *arguments: str) -> list[dict]:
    command = [sys.executable, "-m", "app.main", "--data", str(data), *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode in (0, 1), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def look(server: psutil.Process, data: Path, scanner: Scanner, begun: float) -> dict:
    counts = ask(data, "status")[0]
    children = server.children(recursive=True)
    size = lambda name: sum(p.stat().st_size for p in (data / "derived").rglob(name) if p.exists())  # noqa: E731
    return {
        "minute": round((time.monotonic() - begun) / 60, 2),
        "pages sent": scanner.pages,
        "pages done": counts["pages"],
        "pending": counts["pending"],
        "waiting": counts["waiting"],
        "quarantined": counts["quarantined"],
        "serve MB": round(server.memory_info().rss / 1e6, 2),
        "children MB": round(sum(c.memory_info().rss for c in children if c.is_running()) / 1e6, 1),
        "descriptors": server.num_fds(),
        "threads": server.num_threads(),
        "engine MB": round(size("engine.db*") / 1e6, 2),
        "database MB": round(size("casefile.db*") / 1e6, 2),
        "index MB": round(size("index.db*") / 1e6, 2),
        "sum holds": counts["received"] == sum(counts[n] for n in ("shelved", "quarantined", "duplicates", "empty", "pending")),
    }


def slope(readings: list[dict], name: str) -> float:
    """Least squares through the readings after the warm-up; per hour."""
    last = readings[-1]["minute"]
    late = [r for r in readings if r["minute"] >= min(20.0, last / 4)]
    if len(late) < 3:
        return float("nan")
    return float(np.polyfit([r["minute"] / 60 for r in late], [r[name] for r in late], 1)[0])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--pace", type=float, default=200, help="pages a minute")
    parser.add_argument("--windows", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--keep", action="store_true", help="leave the data folder")
    arguments = parser.parse_args()
    data = arguments.data or Path(tempfile.mkdtemp(prefix="casefile-soak-")) / "data"
    scanner = Scanner(data / "inbox", arguments.windows, arguments.seed)
    (data / "casefile.toml").write_text(SETTINGS)
    command = [sys.executable, "-m", "tests.fakes.quick", "--data", str(data), "serve", "--no-web"]
    server = subprocess.Popen(command, cwd=ROOT)
    process, begun, readings = psutil.Process(server.pid), time.monotonic(), []
    feeder = threading.Thread(target=feed, args=(scanner, arguments.pace, arguments.minutes * 60), daemon=True)
    feeder.start()
    drained = None
    try:
        while drained is None and time.monotonic() - begun < arguments.minutes * 60 + 900:
            time.sleep(min(LOOK, arguments.minutes * 6))
            assert server.poll() is None, f"serve ended with {server.returncode}"
            readings.append(look(process, data, scanner, begun))
            print(json.dumps(readings[-1]), flush=True)
            now = readings[-1]
            if not feeder.is_alive() and not now["pending"] and not now["waiting"]:
                drained = now
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=120)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    counts = ask(data, "status")[0]
    parked = collections.Counter(line["reason"] for line in ask(data, "quarantine"))
    fed = [r for r in readings if r["minute"] <= arguments.minutes]
    grows = slope(fed, "serve MB")
    backlog = [r["pending"] + r["waiting"] for r in fed]
    half = len(backlog) // 2
    print(f"{scanner.files} files, {scanner.pages} pages in {arguments.minutes:g} minutes: {dict(scanner.sent)}")
    print(f"status: {json.dumps({k: v for k, v in counts.items() if k != 'waiting_files'})}; parked: {dict(parked)}")
    print(
        f"memory of serve: {grows:+.2f} MB an hour (bar: under {SLOPE:g}); {fed[0]['serve MB']} MB at first, {fed[-1]['serve MB']} MB at last"
    )
    print(f"children: {slope(fed, 'children MB'):+.1f} MB an hour; descriptors {fed[-1]['descriptors']}, threads {fed[-1]['threads']}")
    print(
        f"queue (pending and waiting): median {np.median(backlog[:half] or [0]):.0f} in the first half, {np.median(backlog[half:]):.0f} in the second"
    )
    print(f"CPU: {(used.ru_utime + used.ru_stime) / max(1, scanner.pages):.2f} s a page, the looking included")
    unexplained = sum(parked.values()) - scanner.sent["damaged"]
    bad = []
    if drained is None:
        bad.append("not all was worked off within 15 minutes of the end")
    if counts["received"] != scanner.files or not all(r["sum holds"] for r in readings):
        bad.append(f"{scanner.files} files sent, {counts['received']} received")
    if unexplained or set(parked) - {"damaged"}:
        bad.append(f"{unexplained} unexplained parked scans: {dict(parked)}")
    if not grows < SLOPE:
        bad.append("memory grows")
    if np.median(backlog[half:]) > 2 * np.median(backlog[:half] or [0]) + 20:
        bad.append("the queue grows")
    print("good" if not bad else "SHORT: " + "; ".join(bad))
    if not arguments.keep:
        shutil.rmtree(data.parent if arguments.data is None else data)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
