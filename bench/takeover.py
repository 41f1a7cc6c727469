"""How long a batch waits for somebody else after its worker was killed or froze, on a real PostgreSQL. Reading is faked, all else is real.

    python -m bench.takeover [--kills 10] [--freezes 3] [--lease 15] [--seed 1]

`serve` and one worker go on all the time; a second worker is killed (-9, its whole process group) while it holds batches, then others are
stopped (SIGSTOP) and, once everything is done, woken again (SIGCONT). A killed process of the same machine is noticed as gone; a stopped
one only by its lease, as one on another machine would be. Printed: seconds until every batch it held is held by another or done.

Exit 1 when one took over 60 s, when a file is lost or doubled, or when the ledger grew after a stopped process woke.
"""

import argparse
import os
import random
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.fakes.crew import Crew
from tests.postgres.server import Server

BAR = 60.0
HELD = "SELECT c.batch, c.token FROM claims c JOIN workers w ON w.id = c.worker WHERE w.pid = :pid AND w.ended IS NULL"
LEFT = "SELECT count(*) FROM claims WHERE token = ANY(:tokens)"
WAITS = """SELECT count(*) FROM batches b WHERE b.id = ANY(:batches) AND b.closed_generation > b.done_generation
           AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.batch = b.id)"""


class Watch:
    """Looks into the tables of the leases."""

    def __init__(self, url):
        self.engine = create_engine(url)

    def held(self, pid):
        with self.engine.connect() as connection:
            return connection.execute(text(HELD), {"pid": pid}).all()

    def taken_up(self, held):
        """Whether none of these claims stands and each batch is held anew or done."""
        batches, tokens = [row.batch for row in held], [row.token for row in held]
        with self.engine.connect() as connection:
            left = connection.execute(text(LEFT), {"tokens": tokens}).scalar()
            return not left and not connection.execute(text(WAITS), {"batches": batches}).scalar()


def strike(crew, watch, chance, number):
    """Start a worker, let it come by work, hit it with a signal; the process and what it held."""
    victim = crew.start("worker")
    crew.drop(16)
    began = time.monotonic()
    while not watch.held(victim.pid):  # the others are quicker than a process that starts: more work for it
        assert time.monotonic() - began < 60, "the worker took no batch"
        time.sleep(1)
        crew.drop(4)
    time.sleep(chance.uniform(0.0, 1.5))
    while not (held := watch.held(victim.pid)):
        crew.drop(4)
        time.sleep(0.05)
    if number == signal.SIGKILL:
        os.killpg(victim.pid, signal.SIGKILL)
    else:
        os.kill(victim.pid, signal.SIGSTOP)
    return victim, held


def until_taken_up(watch, held):
    began = time.monotonic()
    while not watch.taken_up(held) and time.monotonic() - began < 2 * BAR:
        time.sleep(0.05)
    return time.monotonic() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--freezes", type=int, default=3)
    parser.add_argument("--lease", type=float, default=15.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance, server = random.Random(given.seed), Server()
    server.start()
    place = tempfile.TemporaryDirectory(prefix="casefile-takeover-")
    url = server.fresh()
    crew, watch = Crew(Path(place.name), url, lease=given.lease), Watch(url)
    try:
        crew.start("serve", "--no-web")
        crew.start("worker")
        crew.until(lambda: sum(one["state"] == "working" for one in crew.ask("status")[0]["workers"]) == 2, 120, "they did not start")
        killed = [round_of(crew, watch, chance, signal.SIGKILL)[1] for _ in range(given.kills)]
        print(f"kill -9, same machine: {len(killed)} workers, taken up after " + spread(killed), flush=True)
        frozen = [round_of(crew, watch, chance, signal.SIGSTOP) for _ in range(given.freezes)]
        print(f"SIGSTOP, lease {given.lease:.0f} s: {len(frozen)} workers, taken up after " + spread([s for _, s in frozen]), flush=True)
        crew.until(crew.finished, 300, "not everything is done")
        written = wake(crew, [victim for victim, _ in frozen])
        crew.assert_nothing_lost_nothing_doubled()
        slowest = max(killed + [seconds for _, seconds in frozen])
        print(
            f"{crew.dropped} files: 0 lost, 0 doubled; written by those that woke: {written} events; slowest {slowest:.1f} s (bar {BAR:.0f})"
        )
        return 0 if slowest <= BAR and not written else 1
    finally:
        crew.end()
        watch.engine.dispose()
        server.remove()
        place.cleanup()


def round_of(crew, watch, chance, number):
    victim, held = strike(crew, watch, chance, number)
    return victim, until_taken_up(watch, held)


def wake(crew, frozen):
    """Let the stopped processes go on; how many events the ledger has more after that."""
    before = len(crew.journal())
    alive = [victim for victim in frozen if victim.poll() is None]
    for victim in alive:
        os.kill(victim.pid, signal.SIGCONT)
    time.sleep(5)
    noticed = len([fact for fact in crew.feed("notice") if fact["what"] == "lease-lost"])
    print(f"woken: {len(alive)} ({noticed} noticed that their lease ran out); {len(frozen) - len(alive)} were killed for a lock they held")
    return len(crew.journal()) - before


def spread(seconds):
    if not seconds:
        return "-"
    return f"{min(seconds):.1f} to {max(seconds):.1f} s (median {statistics.median(seconds):.1f})"


if __name__ == "__main__":
    sys.exit(main())
