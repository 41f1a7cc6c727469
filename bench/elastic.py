"""Is Elasticsearch expendable? Outages, disorder, a killed node, a lost index and a new mapping, each with what is missing and stale.

    python -m bench.elastic [--parts 1,2,3,4,5] [--documents 1000] [--seeds 3]

1  Elasticsearch is down while `serve` archives --documents documents, then comes up: how long until all are found
2  every version of --documents documents delivered twice, in any order, to Elasticsearch and to the embedded index
3  three nodes, the one with the primary shard killed while 500 documents are delivered and searched, then started again
4  the index is deleted behind a running and behind a stopped `serve`: counts and 200 documents, field by field, before and after
5  `reindex` beside `serve` with a query every 20 ms and documents arriving; killed at random points; the mapping changed

Documents are one page each, recognition is faked (tests/fakes/quick.py), all else is real. Every document is read back. Needs Maven and Java
as the tests do. Exit 1 when anything is missing or stale, a query fails during 5, or an answer there has fewer hits than the one before.
"""

import argparse
import base64
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from app.postman import Postman
from app.wiring import open_house
from domain.errors import Unavailable
from domain.model import PageEntry, Rights
from search import cluster, mapping
from search import follower as follower_module
from search.elastic import ElasticIndex
from search.embedded import EmbeddedIndex
from search.follower import FollowedIndex
from search.outbox import Outbox
from search.stored import pack, unpack
from tests.elastic.launcher import Cluster, Server
from tests.fakes.deliveries import deliver, differences, history, shuffled
from tests.fakes.followed import Events, Heard
from tests.search.test_elastic_cluster import primary, record, truth, wait_for_copies

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = "[intake]\nquiet = 0.3\npoll = 0.3\n"
ALIAS = "casefile-bench"
failed: list[str] = []


def told(part: str, **facts: Any) -> None:
    print(f"{part:<34} " + "  ".join(f"{name} {value}" for name, value in facts.items()), flush=True)


def must(good: bool, what: str) -> None:
    if not good:
        failed.append(what)
        print(f"  MISSED: {what}", flush=True)


def wait_until(done: Callable[[], bool], seconds: float, what: str) -> float:
    begun = time.monotonic()
    while not done():
        if time.monotonic() - begun > seconds:
            raise TimeoutError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.1)
    return time.monotonic() - begun


class Desk:
    """A data folder whose `serve` uses the Elasticsearch at `url`."""

    def __init__(self, place: Path, url: str) -> None:
        self.data, self.number = place / "data", 0
        self.window = self.data / "inbox" / "W01"
        self.window.mkdir(parents=True)
        (self.data / "casefile.toml").write_text(SETTINGS)
        os.environ["CASEFILE_SEARCH_URL"], os.environ["CASEFILE_SEARCH_ALIAS"] = url, ALIAS
        self.index = ElasticIndex(url, ALIAS)
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "tests.fakes.quick", "--data", str(self.data), *arguments]

    def serve(self) -> None:
        log = (self.data.parent / "serve.log").open("ab")
        self.process = subprocess.Popen(self.command("serve", "--no-web"), cwd=ROOT, stderr=log, stdout=log, start_new_session=True)

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how) if how == signal.SIGTERM else os.killpg(self.process.pid, how)
            self.process.wait(120)
            self.process = None

    def scan(self, count: int) -> None:
        for _ in range(count):
            self.number += 1
            page = np.full((420, 300), 255, np.uint8)
            cv2.putText(page, f"{self.number:06}", (30, 200), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 0, 3)
            part = self.window / f".{self.number}.part"
            part.write_bytes(cv2.imencode(".png", page)[1].tobytes())
            part.rename(self.window / f"{self.number:06}.png")

    def status(self) -> dict[str, Any]:
        done = subprocess.run(self.command("status", "--json"), capture_output=True, text=True, cwd=ROOT, check=True)
        return json.loads(done.stdout)

    def wait_archived(self) -> float:
        return wait_until(lambda: self.status()["shelved"] >= self.number, 60 + 2.0 * self.number, "archived")

    def wait_found(self) -> float:
        def all_found() -> bool:
            try:
                self.index.refresh()
                return self.index.count() >= self.number
            except Unavailable:
                return False

        return wait_until(all_found, 60 + 0.5 * self.number, "found")

    def truth(self) -> dict[str, list[PageEntry]]:
        """Each document's pages as the ledger and the private bodies have them."""
        with open_house(self.data) as house:
            postman = Postman(house.books.engine, house.books.ledger, house.books.vault)
            names = [line["id"] for line in house.counter.documents()]
            return {name: [replace(page, words=unpack(pack(page.words))) for page in postman.entries(name, 1)] for name in names}

    def compare(self, part: str, **facts: Any) -> None:
        missing, stale = differences(self.index, self.truth())
        told(part, documents=self.number, missing=len(missing), stale=len(stale), **facts)
        must(not missing and not stale and self.index.count() == self.number, part)

    def sample(self, count: int = 200) -> tuple[int, dict[str, Any]]:
        """How many pages there are, and `count` documents with every field the index keeps of them."""
        self.index.refresh()
        names = sorted(self.truth())
        chosen = random.Random(4).sample(names, min(count, len(names)))
        rows = self.index._client.mget(index=ALIAS, ids=[f"{name}-1" for name in chosen])["docs"]
        return self.index.count(), {row["_id"]: (row["_source"], self.boxes(row["_source"])) for row in rows}

    def boxes(self, source: dict[str, Any]) -> Any:
        text = " ".join(word.text for word in unpack(base64.b64decode(source["words"])))
        return self.index.search(f'document:{source["document"]} "{text}"', Rights(), 5)


class Asking(threading.Thread):
    """A query every 20 ms: answers, failures, answers with fewer hits than one before."""

    def __init__(self, index: FollowedIndex, query: str, pause: float = 0.02) -> None:
        super().__init__(daemon=True)
        self.index, self.query, self.pause, self.over = index, query, pause, threading.Event()
        self.answers = self.failures = self.fewer = self.most = 0
        self.slowest = 0.0

    def run(self) -> None:
        while not self.over.wait(self.pause):
            begun = time.monotonic()
            try:
                pages = self.index.search(self.query, Rights(), 10).pages
            except Unavailable:
                self.failures += 1
                continue
            self.slowest = max(self.slowest, time.monotonic() - begun)
            self.answers += 1
            self.fewer += pages < self.most
            self.most = max(self.most, pages)

    def end(self) -> dict[str, Any]:
        self.over.set()
        self.join()
        return {"answers": self.answers, "failed": self.failures, "fewer": self.fewer, "slowest": f"{1000 * self.slowest:.0f} ms"}


def outage(desk: Desk, server: Server, documents: int) -> None:
    desk.serve()
    desk.scan(documents)
    archived = desk.wait_archived()
    trouble = desk.status()["search"]
    must(bool(trouble["trouble"]), "status tells of the outage")
    begun = time.monotonic()
    server.start()
    up = time.monotonic() - begun
    found = desk.wait_found()
    desk.compare("1 down for all", archived=f"{archived:.0f} s", up=f"{up:.0f} s", found_after_up=f"{found:.1f} s")


def disorder(url: str, place: Path, documents: int, seeds: int) -> None:
    for seed in range(seeds):
        made = history(seed, documents)
        engines: list[tuple[str, FollowedIndex]] = [
            ("embedded", EmbeddedIndex(place / f"disorder-{seed}.db")),
            ("elastic", ElasticIndex(url, f"{ALIAS}-disorder-{seed}")),
        ]
        for name, index in engines:
            begun = time.monotonic()
            deliver(index, shuffled(made, seed + 1000), chunk=100)
            took = time.monotonic() - begun
            missing, stale = differences(index, made.truth)
            facts = {"deliveries": 2 * len(made.deliveries), "missing": len(missing), "stale": len(stale), "took": f"{took:.0f} s"}
            told(f"2 disorder, seed {seed}, {name}", documents=documents, **facts)
            must(not missing and not stale and index.count() == sum(map(len, made.truth.values())), f"2 disorder {seed} {name}")
            index.clear()


def nodes(place: Path) -> None:
    events, stop, three = Events(), threading.Event(), Cluster(3)
    follower_module.BATCH_EVENTS = 20
    try:
        three.start()
        index = ElasticIndex(three.url, ALIAS, 20.0)
        outbox = Outbox(place / "nodes.json", index, events, events.entries, Heard())
        record(events, 0, 20)
        outbox.catch_up()
        wait_for_copies(index, 2)
        asking = Asking(ElasticIndex(three.url, ALIAS, 20.0), "居住证明", 0.05)
        following = threading.Thread(target=outbox.run, args=(stop, 0.01), daemon=True)
        asking.start()
        following.start()
        record(events, 20, 480)
        wait_until(lambda: index.count() > 300, 120, "a third delivered")
        victim = three.nodes[primary(index)]
        victim.kill()
        took = wait_until(lambda: outbox.idle() and not outbox.failing, 300, "delivered")
        facts = asking.end()
        for part in ("3 node with the primary killed", "3 the node is back"):
            missing, stale = differences(index, truth(events))
            told(part, documents=500, missing=len(missing), stale=len(stale), delivered_after=f"{took:.1f} s", **facts)
            must(not missing and not stale, part)
            if victim._process is None:
                victim.start()
                wait_for_copies(index, 2)
                record(events, 500, 20)
                took, facts = wait_until(lambda: outbox.idle() and not outbox.failing, 300, "delivered"), {}
        stop.set()
        following.join()
    finally:
        three.remove()
        follower_module.BATCH_EVENTS = 200


def lost(desk: Desk) -> None:
    for part, running in (("4 deleted while serve runs", True), ("4 deleted while serve is stopped", False)):
        before = desk.sample()
        if not running:
            desk.stop()
        names = list(desk.index._client.indices.get(index=ALIAS))
        for name in names:
            desk.index._client.indices.delete(index=name)
        if not running:
            desk.serve()
        took = desk.wait_found()
        after = desk.sample()
        equal = sum(before[1][key] == after[1].get(key) for key in before[1])
        told(part, counts=f"{before[0]} = {after[0]}", equal=f"{equal} of {len(before[1])}", made_again_after=f"{took:.1f} s")
        must(before == after, part)


def rebuilt(desk: Desk) -> None:
    query = "kind:other"
    before = desk.index.identity()
    asking = Asking(ElasticIndex(desk.index._url, ALIAS), query)
    asking.start()
    time.sleep(0.5)
    desk.scan(20)
    begun = time.monotonic()
    done = subprocess.run(desk.command("reindex"), capture_output=True, text=True, cwd=ROOT, check=False)
    took = time.monotonic() - begun
    desk.wait_archived()
    desk.wait_found()
    time.sleep(12)  # the old index goes
    facts = asking.end()
    must(done.returncode == 0 and desk.index.identity() != before, f"reindex beside serve {done.stderr}")
    must(not asking.failures and not asking.fewer, "5 reindex beside serve: no gap")
    desk.compare("5 reindex beside serve", took=f"{took:.1f} s", **facts)
    killed(desk, query)
    changed(desk, query)


def killed(desk: Desk, query: str, times: int = 8) -> None:
    chance, asking, made = random.Random(5), Asking(ElasticIndex(desk.index._url, ALIAS), query), 0
    asking.start()
    for _ in range(times):
        before = desk.index.identity()
        (desk.data / "derived" / "outbox.building.json").write_text("{}")
        time.sleep(chance.uniform(0.2, 2.5))
        desk.stop(signal.SIGKILL)
        desk.serve()
        wait_until(lambda: not (desk.data / "derived" / "outbox.building.json").exists(), 120, "finished after the kill")
        made += desk.index.identity() != before
    facts = asking.end()
    must(made == times and not asking.failures and not asking.fewer, "5 killed: no gap, finished by the next start")
    desk.compare("5 killed during the rebuild", kills=times, finished=made, **facts)


def changed(desk: Desk, query: str) -> None:
    """A new mapping: this process plays the next version, with a field more; `serve` is stopped meanwhile."""
    desk.stop()
    with new_form(), open_house(desk.data) as house:
        before, asking = house.index.identity(), Asking(ElasticIndex(desk.index._url, ALIAS), query)
        must(house.index.outdated(), "the index of the old form is seen")
        asking.start()
        time.sleep(0.3)
        begun = time.monotonic()
        house.outbox.catch_up()
        took = time.monotonic() - begun
        time.sleep(0.5)
        facts = asking.end()
        ((_, about),) = house.index._client.indices.get(index=ALIAS).items()  # type: ignore[attr-defined]
        must("added" in about["mappings"]["properties"] and house.index.identity() != before, "the new mapping is behind the alias")
        must(not asking.failures and not asking.fewer, "5 mapping changed: no gap")
        desk.compare("5 mapping changed", took=f"{took:.1f} s", **facts)


@contextmanager
def new_form() -> Iterator[None]:
    old = mapping.mappings
    mapping.FORM, mapping.READABLE = mapping.FORM + 1, (mapping.FORM, mapping.FORM + 1)

    def wider() -> dict[str, Any]:
        made = old()
        return {**made, "properties": {**made["properties"], "added": {"type": "keyword"}}}

    cluster.mappings = wider
    try:
        yield
    finally:
        mapping.FORM, mapping.READABLE, cluster.mappings = mapping.FORM - 1, (mapping.FORM - 1,), old


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--parts", default="1,2,3,4,5")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
    parts, place = set(arguments.parts.split(",")), Path(tempfile.mkdtemp(prefix="casefile-bench-elastic-"))
    server = Server()
    desk = Desk(place, server.url)
    try:
        if "1" in parts:
            outage(desk, server, arguments.documents)
        elif parts & {"2", "4", "5"}:
            server.start()
            if parts & {"4", "5"}:
                desk.serve()
                desk.scan(arguments.documents)
                desk.wait_archived()
                desk.wait_found()
        if "4" in parts:
            lost(desk)
        if "5" in parts:
            rebuilt(desk)
        desk.stop()
        if "2" in parts:
            disorder(server.url, place, arguments.documents, arguments.seeds)
        server.remove()
        if "3" in parts:
            nodes(place)
    finally:
        desk.stop(signal.SIGKILL)
        server.remove()
        shutil.rmtree(place, ignore_errors=True)
    print("all held" if not failed else "MISSED: " + "; ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
