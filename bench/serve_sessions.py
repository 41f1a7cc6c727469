"""Sessions through a running `casefile serve`: is every file accounted for, and are the cases right?

    python bench/serve_sessions.py SESSIONS DATA [--play PLAYER.py] [--mode mix] [--rate 0]

SESSIONS holds S*/truth.json and S*/files. Files are played into DATA/inbox by PLAYER (a program that takes SESSIONS TARGET --mode --rate) or,
without one, by renaming them in. Cases named on separator sheets are opened first. Prints what `status` says, the share of cases that are
exact where separators or files bound them (the set of source pages of a case equals the truth's), pages a minute and CPU seconds a page.
"""

import argparse
import collections
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = "[intake]\nquiet = 2.0\nbatch_quiet = {batch_quiet}\n"


def casefile(data, *arguments):
    return [sys.executable, "-m", "app.main", "--data", str(data), *arguments]


def ask(data, *arguments):
    done = subprocess.run(casefile(data, *arguments, "--json"), capture_output=True, text=True, check=True, cwd=ROOT)
    return [json.loads(line) for line in done.stdout.splitlines()]


def load(sessions):
    return [json.loads(path.read_text()) for path in sorted(sessions.glob("S*/truth.json"))]


def play(sessions, data, arguments):
    if arguments.play:
        command = [
            sys.executable,
            arguments.play,
            str(sessions),
            str(data / "inbox"),
            "--mode",
            arguments.mode,
            "--rate",
            str(arguments.rate),
        ]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for session in load(sessions):
        for file in session["files"]:
            source = sessions / session["session"] / "files" / file["path"].split("/", 1)[1]
            target = data / "inbox" / file["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f".{len(target.name)}-{abs(hash(target.name))}.part")
            shutil.copyfile(source, part)
            part.rename(target)
    return None


def consistent(counts):
    return counts["received"] == sum(counts[name] for name in ("shelved", "quarantined", "duplicates", "empty", "pending"))


def follow(data, player, files, server):
    begun, watched = time.monotonic(), 0
    while True:
        counts = ask(data, "status")[0]
        watched += 1
        assert consistent(counts), counts
        if (
            (player is None or player.poll() is not None)
            and counts["received"] >= files
            and not counts["pending"]
            and not counts["waiting"]
        ):
            return counts, watched, time.monotonic() - begun
        if server.poll() is not None:
            sys.exit(f"casefile serve ended with {server.returncode}")
        time.sleep(5)


def case_report(data, sessions):
    """Exact cases: where a separator or a file bounds a case, the pages of its documents are just the truth's content pages."""
    from app.wiring import open_house

    pages_of = collections.defaultdict(set)
    label = {}
    with open_house(data) as house:
        for document in house.counter.documents():
            row = house.books.ledger.read(house_sequence(house, document["id"]), None)
            event = next(row)
            for part in event.body["receipts"]:
                receipt = house.records.receipt(part["receipt"])
                page = (f"{receipt.window}/{receipt.name}", part["page"])
                label[page] = (document["batch"], document["case"] or event.body["code"] or "")
    for page, key in label.items():
        pages_of[key].add(page)
    found = {frozenset(pages) for pages in pages_of.values()}
    right = total = 0
    for session in sessions:
        if session["case_boundary"] == "content":
            continue
        truth = collections.defaultdict(set)
        for page in session["pages"]:
            if page["kind"] != "separator" and not page["blank"]:
                truth[page["case"]].add((page["file"], page["page"]))
        for number, pages in truth.items():
            total += 1
            right += frozenset(pages) in found
            if frozenset(pages) not in found:
                print("   not exact:", session["session"], session["mode"], session["case_boundary"], number, len(pages), "pages")
    return right, total


def house_sequence(house, document):
    from archive.documents import document_row

    with house.books.engine.connect() as connection:
        return document_row(connection, document).seq


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sessions", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--play")
    parser.add_argument("--mode", default="mix")
    parser.add_argument("--rate", type=float, default=0)
    parser.add_argument("--batch-quiet", type=float, default=30)
    arguments = parser.parse_args()
    data, sessions = arguments.data.absolute(), load(arguments.sessions)
    (data / "inbox").mkdir(parents=True)
    (data / "casefile.toml").write_text(SETTINGS.format(batch_quiet=arguments.batch_quiet))
    for session in sessions:
        (data / "inbox" / session["window"]).mkdir(exist_ok=True)
        for case in session["cases"] if session["separators"] else []:
            ask(data, "case", "open", case["no"])
    files, pages = sum(len(s["files"]) for s in sessions), sum(len(s["pages"]) for s in sessions)
    server = subprocess.Popen(casefile(data, "serve", "--no-web"), cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        counts, watched, seconds = follow(data, play(arguments.sessions, data, arguments), files, server)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=120)
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{files} files, {pages} pages; status: {json.dumps({k: v for k, v in counts.items() if k != 'waiting_files'})}")
    print(f"received = shelved + quarantined + duplicates + empty + pending at each of {watched} looks")
    print(
        f"{seconds:.0f} s, {60 * pages / seconds:.0f} pages a minute, {(used.ru_utime + used.ru_stime) / pages:.2f} CPU-s a page (with the command line's own)"
    )
    right, total = case_report(data, sessions)
    print(f"cases exact where separators or files bound them: {right} of {total} ({100 * right / max(1, total):.1f} %)")
    verify = subprocess.run(casefile(data, "verify"), cwd=ROOT, check=False)
    print(f"verify: exit {verify.returncode}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
