"""`make demo`: the main job on the sample sessions, with nothing else to start.

Starts `casefile serve` on a data folder of its own, opens cases, drops the samples into two windows as scanners do (renamed in, growing,
preallocated), shows progress, then searches three times and verifies the shelf. Everything it shows comes from the command line's contract
for programs. Exit 0 only if every file was accounted for, every search found something and the shelf is whole.
"""

import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.i18n import _

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "demo-data"
SAMPLES = ROOT / "samples"
SETTINGS = "[intake]\nquiet = 1.0\nbatch_quiet = 4.0\npoll = 0.5\n"
SEARCHES = ("驾驶证", "结婚证 刘伟军", "2026")
LONGEST = 900.0
console = Console(highlight=False)


def main() -> int:
    """Run the demo; the exit code."""
    start = time.monotonic()
    if DATA.exists():
        shutil.rmtree(DATA)
    for window in ("W01", "W02"):
        (DATA / "inbox" / window).mkdir(parents=True)
    (DATA / "casefile.toml").write_text(SETTINGS)
    sessions = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("S*/truth.json"))]
    server = subprocess.Popen(casefile("serve", "--no-web"), stderr=subprocess.DEVNULL)  # noqa: S603 our own program
    try:
        good = show_work(server, sessions)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)
    good = show_searches() and good
    heading(_("核验档案"), "verify")
    good = subprocess.run(casefile("verify"), check=False).returncode == 0 and good  # noqa: S603
    console.print(_("用时 {seconds:.0f} 秒。数据在 demo-data/。").format(seconds=time.monotonic() - start))
    return 0 if good else 1


def heading(words: str, command: str) -> None:
    """What comes now, and the command that anyone can give for it."""
    console.print(f"\n[bold]{words}[/bold]  $ casefile --data demo-data {command}")


def casefile(*arguments: str) -> list[str]:
    """The command line of casefile on the demo's data."""
    return [sys.executable, "-m", "app.main", "--data", str(DATA), *arguments]


def ask(*arguments: str) -> Iterator[dict[str, Any]]:
    """What a command answers as JSON, a value a line."""
    done = subprocess.run(casefile(*arguments, "--json"), capture_output=True, text=True, check=True)  # noqa: S603
    return (json.loads(line) for line in done.stdout.splitlines())


def show_work(server: "subprocess.Popen[bytes]", sessions: list[dict[str, Any]]) -> bool:
    """Play the sessions and follow the work until every file is accounted for."""
    pages, files = sum(len(s["pages"]) for s in sessions), sum(len(s["files"]) for s in sessions)
    console.print(
        _("{sessions} 次扫描，{files} 个文件，{pages} 页，两个窗口 W01、W02。").format(sessions=len(sessions), files=files, pages=pages)
    )
    for number in {case["no"] for s in sessions if s["separators"] for case in s["cases"]}:
        list(ask("case", "open", number))
        console.print(_("打开办件 {number}（分隔页上有它的二维码）").format(number=number))
    scanners = [threading.Thread(target=scan, args=(window, sessions), daemon=True) for window in ("W01", "W02")]
    for scanner in scanners:
        scanner.start()
    counts = follow_work(server, pages, files, scanners)
    console.print(
        _("已收 {received}，已归档 {shelved}，隔离 {quarantined}，重复 {duplicates}，空白 {empty}；{documents} 份材料。").format(**counts)
    )
    return bool(counts["received"] == files and counts["pending"] == 0)


def scan(window: str, sessions: list[dict[str, Any]]) -> None:
    """Be clerk and scanner of one window: stack by stack, each file written in one of the ways scanners write.

    Where no separator sheet names the case, the clerk opens one at the window before the stack and closes it when the stack has been taken.
    """
    chance = random.Random(window)  # noqa: S311 not a secret
    for session in sessions:
        paths = [file["path"].split("/", 1)[1] for file in session["files"] if file["path"].startswith(window + "/")]
        for number, (_stack, files) in enumerate(itertools.groupby(paths, lambda path: path.split("/")[0]), start=1):
            case = None if session["separators"] else f"2026-{session['session']}-{number}"
            if case:
                list(ask("case", "open", case, "--window", window))
            targets = []
            for path in files:
                targets.append(DATA / "inbox" / window / path)
                write_as_scanner(SAMPLES / session["session"] / "files" / path, targets[-1], chance)
            if case:
                wait_until_taken(targets)
                list(ask("case", "close", case))


def wait_until_taken(files: list[Path]) -> None:
    """Wait until casefile has taken the files: then their receipts stand, and they belong to the case that is open."""
    until = time.monotonic() + LONGEST
    while any(file.exists() for file in files) and time.monotonic() < until:
        time.sleep(0.2)


def write_as_scanner(source: Path, target: Path, chance: random.Random) -> None:
    """Rename in, grow in pieces, or reserve the full length first and fill it, as network scanners do."""
    target.parent.mkdir(parents=True, exist_ok=True)
    data, way = source.read_bytes(), chance.choice(("rename", "grow", "reserve"))
    if way == "rename":
        part = target.with_name(f".{target.name}.part")
        part.write_bytes(data)
        part.rename(target)
        return
    with target.open("wb") as stream:
        if way == "reserve":
            stream.truncate(len(data))
        for at in range(0, len(data), max(1, len(data) // 4)):
            stream.write(data[at : at + max(1, len(data) // 4)])
            stream.flush()
            time.sleep(0.1)
    time.sleep(0.1)


def follow_work(server: "subprocess.Popen[bytes]", pages: int, files: int, scanners: list[threading.Thread]) -> dict[str, Any]:
    """Progress until nothing is pending; the last counts."""
    begun = time.monotonic()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task, said = progress.add_task(_("识别的页"), total=pages), ""
        while True:
            counts = next(ask("status"))
            read = sum(fact["event"] == "page" for fact in feed())
            progress.update(task, completed=min(read, pages))
            line = _("{read}/{pages} 页，已收 {received}，归档 {shelved}").format(**{**counts, "read": read, "pages": pages})
            if not console.is_terminal and line != said:
                said = line
                console.print(line)
            settled = counts["received"] >= files and counts["pending"] == 0 and counts["waiting"] == 0
            if settled and not any(s.is_alive() for s in scanners):
                return counts
            if server.poll() is not None or time.monotonic() - begun > LONGEST:
                console.print(_("casefile 没有做完：退出码 {code}").format(code=server.poll()))
                return counts
            time.sleep(1)


def feed() -> list[dict[str, Any]]:
    """Everything the feed has said so far."""
    path = DATA / "derived" / "feed.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.endswith("}")]


def show_searches() -> bool:
    """Three searches; whether each found something."""
    found = True
    for query in SEARCHES:
        heading(_("检索"), f"search {query!r}")
        done = subprocess.run(casefile("search", query, "--limit", "4"), check=False, env={**os.environ})  # noqa: S603
        found = done.returncode == 0 and next(ask("search", query), None) is not None and found
    return found


if __name__ == "__main__":
    sys.exit(main())
