"""What recording, rebuilding and opening cost on SQLite and on PostgreSQL. `python -m bench.two_databases [--events N]`

PostgreSQL is one of its own, started here on this machine as the tests start it (fsync off, so its figures are upper bounds of speed; the
journal and the store are forced to disk on both). Prints a line per figure; exits 1 when a rebuilt database differs from the one before.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from archive.verify import verify
from domain.events import CASE_OPENED, Draft
from tests.fakes.datafolder import PROJECTORS, SCHEMAS, fill, opened
from tests.postgres.server import NotHere, Server

ROOT = Path(__file__).resolve().parents[1]


def timed(what, name, number, work):
    begun = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - begun
    print(f"{name:<10} {what:<28} {seconds * 1000 / number:8.2f} ms each   {number / seconds:8.0f} /s", flush=True)
    return result


def measure(name, database, folder, count, again):
    """`again` empties the database; whether what was rebuilt verifies."""
    data = folder / name
    books = opened(data, database=database)
    drafts = [Draft(CASE_OPENED, f"s{n}", f"k{n}", {"number": n}, private={"name": f"n{n}"}) for n in range(count)]
    timed("record, one at a time", name, count, lambda: [books.registrar.record([draft]) for draft in drafts])
    fill(books, count // 5)
    size = books.ledger.size()
    books.close()
    database = again(database, data)
    timed("rebuild from the journal", name, size, lambda: opened(data, database=database, resume=False).close())
    timed("open, up to date", name, 1, lambda: opened(data, database=database, resume=False).close())
    return not verify(data, PROJECTORS, SCHEMAS, patience=0.0, database=database).findings


def together(server, folder, workers, count):
    """Several processes record into one ledger."""
    url, data = server.fresh(), folder / "together"
    opened(data, database=url).close()
    command = [sys.executable, "-m", "tests.postgres.appender", str(data), url.render_as_string(hide_password=False)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    running = [subprocess.Popen([*command, f"w{n}", str(count)], **pipes) for n in range(workers)]
    for one in running:
        one.stdout.readline()

    def run():
        for one in running:
            one.stdin.write("go\n")
            one.stdin.flush()
        return [one.communicate()[0] for one in running]

    timed(f"record, {workers} processes", "postgresql", workers * count, run)
    return not verify(data, PROJECTORS, SCHEMAS, patience=0.0, database=url).findings


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=500)
    count = parser.parse_args().events
    try:
        server = Server()
        server.start()
    except NotHere as reason:
        print(reason, file=sys.stderr)
        return 2
    folder = Path(tempfile.mkdtemp(prefix="casefile-bench-"))

    def without_file(database, data):
        (data / "derived" / "casefile.db").unlink()

    try:
        good = measure("sqlite", None, folder, count, without_file)
        good &= measure("postgresql", server.fresh(), folder, count, lambda *_: server.fresh())
        good &= together(server, folder, 8, max(20, count // 10))
    finally:
        server.remove()
        shutil.rmtree(folder, ignore_errors=True)
    print("whole" if good else "DIFFERENT")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
