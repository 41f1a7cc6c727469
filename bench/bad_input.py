"""Every file of a folder of bad input through one running `casefile serve`: does each end as it must, and does nothing else suffer?

    python bench/bad_input.py SHARED_BAD [--part 1/4] [--real] [--data DIR]

SHARED_BAD holds index.csv (file, klass, expect) and the files. Good pages are read first alone, then between the bad ones. Prints a table by
class, the longest time from one page to the next, the most memory of any child, how often serve ended (must be 0), and how much longer the
good ones took. Exits 1 where a file ended otherwise than the index expects and bench/bad_input_explained.csv does not say why, where a
child held over 1.5 GB or a step took over 30 s, where serve ended, or where good pages took over twice their time.
Recognition is faked unless --real: everything that opens a file is real. Files of class half-written wait `give_up` seconds first.
"""

import argparse
import atexit
import collections
import contextlib
import csv
import itertools
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
MEMORY, SECONDS, SLOWER = 1_500_000_000, 30.0, 2.0
GIVE_UP = 4
EVERY = 20
"""A good page after so many bad files; how long it takes is compared with a good page after so many good ones."""
ROUNDS = 3
SETTINGS = f"[intake]\nquiet = 0.4\npoll = 0.2\ngive_up = {GIVE_UP}\n[reading]\nworkers = 2\n"
REFUSE = {"quarantine"}
TAKE = {"accept", "accept-escaped", "flag-active-content"}
EITHER = {
    *("no-crash", "accept-or-policy", "accept-by-content-or-quarantine", "detect-or-accept", "flag-or-quarantine", "verify-and-report"),
    *("report-nonconformant", "quarantine-or-single-type", "reject-signature", "both-kept-distinct"),
}


def program(real):
    return "app.main" if real else "tests.fakes.quick"


class Watch:
    """Looks at the children of one process: the most memory any of them ever held, in bytes, and who they were."""

    def __init__(self, parent):
        self.parent, self.peak, self.children = parent, 0, set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self):
        while not self._stop.wait(0.05):
            for entry in os.scandir("/proc"):
                if entry.name.isdigit():
                    self._see(entry.name)

    def _see(self, pid):
        try:
            status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        except (OSError, ValueError):
            return
        if int(status["PPid"]) == self.parent or int(status["PPid"]) in self.children:
            self.children.add(int(pid))
            self.peak = max(self.peak, int(status.get("VmHWM", "0 kB").split()[0]) * 1024)

    def end(self):
        self._stop.set()
        self._thread.join()


def good(number):
    page = np.full((1100, 800), 255, np.uint8)
    for line in range(12):
        cv2.putText(
            page, f"GOOD {number:05d} line {line} {number * 7919 + line}", (40, 100 + 75 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 2
        )
    return cv2.imencode(".png", page)[1].tobytes()


def put(folder, name, data):
    part = folder / f".put-{os.getpid()}.part"
    part.write_bytes(data)
    part.rename(folder / name)


def feed(data):
    """Events so far, by receipt: when it was received, when last something was told of it, and how it ended."""
    path = data / "derived" / "feed.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


class Serve:
    def __init__(self, data, real):
        self.data, self.real = data, real
        self.log = (data / "serve.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", program(real), "--data", str(data), "serve", "--no-web"],
            cwd=ROOT,
            stderr=self.log,
            start_new_session=True,
        )
        atexit.register(self.process.kill)  # also where this program is told to stop
        self.watch = Watch(self.process.pid)
        self._house, self._stack = None, contextlib.ExitStack()

    def until(self, received, seconds):
        """Wait until `received` files have come and none is pending."""
        from app import reports
        from app.wiring import open_house

        end = time.monotonic() + seconds
        if self._house is None:
            self._house = self._stack.enter_context(open_house(self.data))
        while time.monotonic() < end:
            if self.process.poll() is not None:
                sys.exit(f"serve ended with {self.process.returncode}")
            counts = reports.status(self._house.books.engine)
            if counts["received"] >= received and not counts["pending"]:
                return counts
            time.sleep(0.2)
        print(f"not done within {seconds} s: {counts}")
        return counts

    def end(self):
        self._stack.close()
        self.watch.end()
        self.process.terminate()
        self.process.wait(timeout=120)
        self.log.close()


def tempo(data, names):
    """Seconds from receipt to the shelf of the files called `names`."""
    from app.wiring import open_house

    with open_house(data) as house:
        lines = list(house.counter.documents())
    documents = {name: line["id"] for line in lines for name in line["source"]}
    receipts = {name: line["receipts"][0] for line in lines for name in line["source"]}
    came = {e["receipt"]: stamp(e["at"]) for e in feed(data) if e["event"] == "received"}
    went = {e["document"]: stamp(e["at"]) for e in feed(data) if e["event"] == "shelved"}
    return [went[documents[n]] - came[receipts[n]] for n in names if n in documents and documents[n] in went]


def stamp(text):
    from datetime import datetime

    return datetime.fromisoformat(text).timestamp()


def explained():
    with (ROOT / "bench" / "bad_input_explained.csv").open(newline="", encoding="utf-8") as stream:
        return {row["file"]: row["why"] for row in csv.DictReader(stream)}


def judge(row, ended, flags):
    expect = row["expect"]
    if ended is None:
        return "no receipt, or still pending"
    if expect in REFUSE and not ended.startswith("quarantined"):
        return f"{ended} instead of refused"
    if expect in TAKE and ended.startswith("quarantined"):
        return f"{ended} instead of taken"
    if expect == "flag-active-content" and "active-content" not in flags:
        return "not flagged"
    if expect == "reject-signature" and ended == "shelved" and "signed" not in flags:
        return "taken without the flag that it is signed"
    if expect not in REFUSE | TAKE | EITHER:
        return f"the index expects {expect}, which this program does not know"
    return "an error of our own" if ended in ("quarantined internal", "quarantined reader-failed") else ""


def rows(bad, part):
    index = [row for row in csv.DictReader((bad / "index.csv").open(newline="", encoding="utf-8")) if row["klass"] != "filenames"]
    number, of = (int(n) for n in part.split("/"))
    return index[number - 1 :: of]


def play(serve, windows, chosen, bad, wait):
    """Rounds of `EVERY` bad files and one good one behind them; names of the good ones, and name -> row of the bad."""
    names, between, come = {}, [], ROUNDS * (EVERY + 1)
    for start in range(0, len(chosen), EVERY):
        for number, row in enumerate(chosen[start : start + EVERY], start):
            name = f"{number:05d}{Path(row['file']).suffix[:8]}"
            names[name] = row
            put(windows[1], name, (bad / row["file"]).read_bytes())
        between.append(f"good-{start:05d}.png")
        put(windows[0], between[-1], good(10_000 + start))
        come += len(chosen[start : start + EVERY]) + 1
        serve.until(come, wait)
    return between, names


def play_good(serve):
    """The same with good pages in the place of bad ones: names of those behind the others."""
    behind = []
    for turn in range(ROUNDS):
        for number in range(EVERY):
            put(serve.data / "inbox" / "W01", f"alone-{turn}-{number}.png", good(turn * 100 + number))
        behind.append(f"behind-{turn}.png")
        put(serve.data / "inbox" / "W01", behind[-1], good(turn * 100 + 99))
        serve.until((turn + 1) * (EVERY + 1), 300)
    return behind


def hostile(window, bad):
    """Good pages under hostile names; how many of the names a file system takes."""
    path, made = bad / "misc" / "filenames.json", 0
    for number, entry in enumerate(json.loads(path.read_text()) if path.exists() else ()):
        name = entry["name"]
        try:
            if "/" in name or "\0" in name or name in ("", ".", ".."):
                continue
            put(window, name, good(20_000 + number))
            made += not (name.startswith((".", "~")) or name.endswith((".part", ".tmp")))
        except (OSError, UnicodeError):
            continue
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bad", type=Path)
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--wait", type=float, default=600)
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    scratch = Path(tempfile.mkdtemp(prefix="bad-input-"))
    data, bad = arguments.data or scratch / "data", arguments.bad
    windows = [data / "inbox" / name for name in ("W01", "W02", "W03")]
    for window in windows:
        window.mkdir(parents=True)
    (data / "casefile.toml").write_text(SETTINGS)
    chosen, serve = rows(bad, arguments.part), Serve(data, arguments.real)
    normal = tempo(data, play_good(serve))
    before = len(feed(data))
    begun = time.monotonic()
    between, names = play(serve, windows, chosen, bad, arguments.wait)
    made = hostile(windows[2], bad) if arguments.part.startswith("1/") else 0
    counts = serve.until(ROUNDS * (EVERY + 1) + len(between) + len(names) + made, arguments.wait)
    seconds = time.monotonic() - begun
    serve.end()
    missed = report(data, names, serve, seconds, before)
    missed += pace(normal, tempo(data, between), len(between))
    missed += hostile_names(data, made)
    print(f"status: { ({k: v for k, v in counts.items() if k != 'waiting_files'}) }")
    shutil.rmtree(scratch, ignore_errors=True)
    sys.exit(1 if missed else 0)


def outcomes(data):
    """How each file of W02 ended, by name, and its flags."""
    from app.wiring import open_house

    with open_house(data) as house:
        found = {row.name: row for row in house.records.of_window("W02")}
    ended = {
        name: f"quarantined {row.reason}" if row.state.value == "quarantined" else row.state.value
        for name, row in found.items()
        if row.state.value != "pending"
    }
    return ended, {name: (row.flags or "").split() for name, row in found.items()}


def report(data, names, serve, seconds, before):
    ended, flags = outcomes(data)
    table, reasons, misses, known = collections.defaultdict(collections.Counter), collections.Counter(), [], explained()
    for name, row in names.items():
        out = ended.get(name)
        table[row["klass"], row["expect"]][(out or "?").split()[0]] += 1
        reasons[out] += 1
        why = judge(row, out, flags.get(name, ()))
        if why:
            misses.append((row["file"], why, known.get(row["file"])))
    print(f"{'class':<20}{'expected':<34}{'shelved':>8}{'empty':>7}{'refused':>8}{'twin':>6}{'?':>3}")
    for (klass, expect), count in sorted(table.items()):
        shown = [count[state] for state in ("shelved", "empty", "quarantined", "duplicate", "?")]
        print(f"{klass:<20}{expect:<34}{shown[0]:>8}{shown[1]:>7}{shown[2]:>8}{shown[3]:>6}{shown[4]:>3}")
    print("ended:", ", ".join(f"{out} {n}" for out, n in reasons.most_common()))
    for file, why, because in misses:
        print(f"  {'explained' if because else 'MISS'}: {file}: {why}" + (f" ({because})" if because else ""))
    longest = longest_wait(feed(data)[before:])
    bad = [m for m in misses if not m[2]]
    print(f"{len(names)} files in {seconds:.0f} s; {len(bad)} not as expected and not explained, {len(misses) - len(bad)} explained")
    print(
        f"serve ended 0 times; most memory of a child: {serve.watch.peak / 1e6:.0f} MB (bar 1500); children started: {len(serve.watch.children)}"
    )
    print(f"longest the feed stood still: {longest:.1f} s (bar {SECONDS:g}: no step may take longer)")
    return len(bad) + (serve.watch.peak > MEMORY) + (longest > SECONDS)


def longest_wait(events):
    """The longest time in which nothing was told: an upper bound for any single step while two children work."""
    times = sorted(stamp(event["at"]) for event in events if event["event"] != "indexed")
    return max((b - a for a, b in itertools.pairwise(times)), default=0.0)


def pace(normal, mixed, wanted):
    a, b, c = statistics.median(normal), statistics.median(mixed or [float("inf")]), max(mixed or [float("inf")])
    print(f"good pages behind {EVERY} bad files: {len(mixed)} of {wanted} shelved; receipt to shelf {b:.1f} s (median), {c:.1f} s at most")
    print(f"  behind {EVERY} good ones: {a:.1f} s (median); {b / a:.2f} times as long (bar {SLOWER:g})")
    return int(len(mixed) < wanted) + int(b > SLOWER * a)


def hostile_names(data, made):
    from app.wiring import open_house

    with open_house(data) as house:
        states = collections.Counter(row.state.value for row in house.records.of_window("W03"))
    print(f"hostile names: {made} files, {dict(states)}")
    return int(made != states["shelved"])


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
