"""A restore drill: `serve` killed -9 while it works and is backed up, the last backup restored into an empty folder, and work goes on there.

    python -m bench.restore [--rounds 10] [--files 40] [--every 2] [--seed 1] [--place DIR] [--keep]

Reading is faked (tests/fakes/quick.py), all else is real. In each round scans are dropped into two windows at random moments while `casefile
backup` runs every few seconds; then serve is killed -9, in every second round the backup under way too. The backup is restored and checked,
its ledger held against the one that was killed, the scans it knows nothing of are dropped again (their paper is still to hand), and the next
round works in the restored folder and into the same backup. At the end every scan is in exactly one document. Then two folders are put
together from different days, listed, and worked in: nothing is deleted.

Exit 1 when a restored folder is not whole, when an event before the backup is missing, when a scan is lost or doubled, when a difference is
not listed, or when anything was deleted.
"""

import argparse
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = "[intake]\nquiet = 0.3\npoll = 0.2\nbatch_quiet = 2\n[reading]\nworkers = 2\n"


def casefile(*words, quick=False):
    return [sys.executable, "-m", "tests.fakes.quick" if quick else "app.main", *map(str, words)]


def ask(*words, codes=(0,)):
    done = subprocess.run(casefile(*words), capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode in codes, (words, done.returncode, done.stderr[-2000:])
    return [json.loads(line) for line in done.stdout.splitlines()]


def drop(inbox, number):
    """A page of its own, renamed into a window as a scanner does."""
    page = np.full((420, 900), 255, np.uint8)
    cv2.putText(page, f"PAGE {number:06d} {number * 7919}", (30, 160), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 0, 3)
    ok, data = cv2.imencode(".png", page)
    assert ok
    window = inbox / f"W{number % 2 + 1:02d}"
    part = window / f".{number}.part"
    part.write_bytes(data.tobytes())
    part.rename(window / f"scan{number:06d}.png")


def lines(data):
    """The journal's whole lines."""
    found = []
    for path in sorted((data / "ledger").glob("*.jsonl")):
        found += path.read_bytes().split(b"\n")[:-1]
    return found


def files(data, parts=("store", "ledger", "keys")):
    return {str(p.relative_to(data)): p.stat().st_size for part in parts for p in (data / part).rglob("*") if p.is_file()}


class Service:
    def __init__(self, data):
        self.data = data
        command = casefile("--data", data, "serve", "--no-web", quick=True)
        self.process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self):
        self.process.terminate()
        assert self.process.wait(timeout=60) == 0

    def settle(self, known, seconds=180):
        """Wait until every scan has been shelved."""
        until = time.monotonic() + seconds
        while True:
            counts = ask("--data", self.data, "status", "--json")[0]
            if counts["shelved"] >= known and not counts["pending"] and not counts["waiting"]:
                return counts
            assert time.monotonic() < until, counts
            time.sleep(0.5)


class Drill:
    def __init__(self, place, seed, files, every):
        self.chance, self.place, self.each, self.every = random.Random(seed), place, files, every
        self.copy, self.dropped = place / "copy", 0
        self.first, self.later, self.restores, self.lost = [], [], [], []

    def begin(self):
        data = self.place / "data0"
        for window in ("W01", "W02"):
            (data / "inbox" / window).mkdir(parents=True)
        (data / "casefile.toml").write_text(SETTINGS)
        return data

    def backups(self, data, seconds):
        """Back up every few seconds for so long, dropping scans meanwhile; the backup under way at the end, if any."""
        until, todo = time.monotonic() + seconds, self.dropped + self.each
        running, due = None, time.monotonic() + self.chance.uniform(1.5, 3)
        while time.monotonic() < until:
            if self.dropped < todo and self.chance.random() < 0.5:
                drop(data / "inbox", self.dropped)
                self.dropped += 1
            if running is not None and running.poll() is not None:
                self.note(running)
                running, due = None, time.monotonic() + self.every
            if running is None and time.monotonic() >= due and (data / "ledger" / "00000001.jsonl").exists():
                running = subprocess.Popen(
                    casefile("--data", data, "backup", self.copy, "--json"), cwd=ROOT, stdout=subprocess.PIPE, text=True
                )
            time.sleep(self.chance.uniform(0.05, 0.3))
        return running

    def note(self, process):
        with process.stdout as stream:
            told = json.loads(stream.read())
        assert process.returncode == 0 and told["good"], told
        (self.later if self.first else self.first).append((told["seconds"], told["copied"]))

    def round(self, number, data):
        service = Service(data)
        running = self.backups(data, self.chance.uniform(8, 14))
        service.kill()
        if running is not None:
            if number % 2:
                running.kill()
                running.wait()
                running.stdout.close()
            else:
                running.wait()
                self.note(running)
        if not (self.copy / "backup.json").exists():
            self.first.append((ask("--data", data, "backup", self.copy, "--json")[0]["seconds"], 0))
        promised = json.loads((self.copy / "backup.json").read_bytes().rpartition(b"\t")[0])["mark"]["size"]
        new = self.place / f"data{number + 1}"
        begun = time.monotonic()
        told = ask("restore", self.copy, "--data", new, "--check", "--json", codes=(0, 1))[0]
        self.restores.append(time.monotonic() - begun)
        assert told["good"], told["findings"]
        old, kept = lines(data), lines(new)
        assert len(kept) >= promised, (len(kept), promised)
        assert old[: len(kept)] == kept, "the restored ledger is not the beginning of the one that was killed"
        self.lost.append((len(old) - len(kept), len(old)))
        again = self.work_on(new)
        print(
            f"round {number + 1}: {len(old)} events, backup held {promised}, restored {len(kept)}, "
            f"{len(old) - len(kept)} came after it; {again} scans given again, all shelved once",
            flush=True,
        )
        return new

    def work_on(self, data):
        """Serve the restored folder, give it the scans it knows nothing of, wait for all; how many were given."""
        service = Service(data)
        try:
            counts = service.settle(0)
            known = self.sources(data)
            missing = [number for number in range(self.dropped) if f"scan{number:06d}.png" not in known]
            for number in missing:
                drop(data / "inbox", number)
            counts = service.settle(self.dropped)
        finally:
            service.end()
        assert counts["received"] == counts["shelved"] == self.dropped, counts
        assert sorted(self.sources(data)) == [f"scan{number:06d}.png" for number in range(self.dropped)]
        return len(missing)

    def sources(self, data):
        return [name for document in ask("--data", data, "list", "--json") for name in document["source"]]

    def of_different_days(self, data):
        """Yesterday's store with today's ledger, and the reverse: each difference listed, nothing deleted."""
        yesterday = self.place / "yesterday"
        shutil.copytree(data, yesterday)
        service = Service(data)
        for _ in range(5):
            drop(data / "inbox", self.dropped)
            self.dropped += 1
        service.settle(self.dropped)
        service.end()
        new = {name for name in files(data, ("store",)) if name not in files(yesterday, ("store",))}
        for what, old_parts in (("ledger newer than store", ("store",)), ("store newer than ledger", ("ledger", "keys", "derived"))):
            mixed = self.place / "mixed"
            shutil.rmtree(mixed, ignore_errors=True)
            shutil.copytree(data, mixed)
            for part in old_parts:
                shutil.rmtree(mixed / part)
                shutil.copytree(yesterday / part, mixed / part)
            held = files(mixed)
            told = ask("restore", mixed, "--check", "--json", codes=(1,))[0]
            listed = {f["subject"] for f in told["findings"] if f["check"] == what}
            assert listed == new, (len(listed), len(new))
            doctor = ask("--data", mixed, "doctor", "--json", codes=(1,))
            assert sum(check["name"] == what for check in doctor) == min(len(new), 20)
            service = Service(mixed)
            time.sleep(6)
            service.kill()
            gone = held.keys() - files(mixed).keys()
            assert not gone, f"{len(gone)} files were deleted"
            print(
                f"{what}: {len(listed)} of {len(new)} objects listed by restore --check and doctor; serve deleted {len(gone)}", flush=True
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--every", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--place", type=Path)
    parser.add_argument("--keep", action="store_true")
    chosen = parser.parse_args()
    place = chosen.place or Path(tempfile.mkdtemp(prefix="casefile-restore-"))
    drill = Drill(place, chosen.seed, chosen.files, chosen.every)
    try:
        data = drill.begin()
        for number in range(chosen.rounds):
            data = drill.round(number, data)
        drill.of_different_days(data)
    finally:
        if not chosen.keep:
            shutil.rmtree(place, ignore_errors=True)
    later = [seconds for seconds, _ in drill.later] or [0.0]
    print(
        f"{chosen.rounds} rounds, {drill.dropped} scans: 0 lost, 0 doubled; first backup {drill.first[0][0]:.2f} s, {len(later)} later ones "
        f"median {statistics.median(later):.2f} s, at most {max(later):.2f} s; restore with check median {statistics.median(drill.restores):.1f} s, "
        f"at most {max(drill.restores):.1f} s; events after the backup: {sum(n for n, _ in drill.lost)} in all, all of them of the last "
        f"seconds before the kill"
    )


if __name__ == "__main__":
    main()
