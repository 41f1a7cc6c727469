"""Documents a minute with reading faked, so that what is left is the line itself: SQLite, PostgreSQL, PostgreSQL with another worker.

    python -m bench.pace [--files 150] [--sqlite-only]

Everything is dropped before anybody works; the clock runs from the first document on the shelf to the last. Printed, not judged: the figures
are for comparing two versions on one machine.
"""

import argparse
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from tests.fakes.crew import Crew
from tests.postgres.server import NotHere, Server


def pace(files: int, url, workers: int) -> float:
    """Documents a minute of one serve and `workers` more processes."""
    with tempfile.TemporaryDirectory(prefix="casefile-pace-") as place:
        crew = Crew(Path(place), url, lease=15)
        try:
            crew.drop(files)
            crew.start("serve", "--no-web")
            for _ in range(workers):
                crew.start("worker")
            crew.until(lambda: crew.shelved() == files, 600, "not done")
            times = [datetime.fromisoformat(fact["at"]) for fact in crew.feed("shelved")]
            crew.until(crew.finished, 120, "not done")
            crew.assert_nothing_lost_nothing_doubled()
            return 60 * (files - 1) / (max(times) - min(times)).total_seconds()
        finally:
            crew.end()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=150)
    parser.add_argument("--sqlite-only", action="store_true")
    given = parser.parse_args()
    print(f"SQLite, serve: {pace(given.files, None, 0):.0f} documents a minute", flush=True)
    if given.sqlite_only:
        return 0
    server = Server()
    try:
        server.start()
    except NotHere as reason:
        print(f"no PostgreSQL here: {reason}")
        return 0
    try:
        for workers in (0, 1):
            print(
                f"PostgreSQL, serve and {workers} workers: {pace(given.files, server.fresh(), workers):.0f} documents a minute", flush=True
            )
    finally:
        server.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
