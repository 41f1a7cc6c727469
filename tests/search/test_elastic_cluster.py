"""Three nodes, one killed while 500 documents are delivered and searched: nothing missing, nothing stale, and answers all the time."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from domain.errors import Unavailable
from domain.events import DOCUMENT_ASSIGNED, DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED
from domain.model import PageEntry, Rights
from search import follower
from search.elastic import ElasticIndex
from search.outbox import Drop, Outbox
from tests.elastic.fresh import fresh_index
from tests.elastic.launcher import Cluster, NotHere
from tests.fakes.deliveries import differences
from tests.fakes.followed import Events, Heard

DOCUMENTS = 500


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    try:
        made = Cluster(3)
    except NotHere as reason:
        pytest.skip(f"no Elasticsearch here: {reason}")
    try:
        made.start()
        yield made
    finally:
        made.remove()


class Reader(threading.Thread):
    """Asks every 50 ms through all nodes; counts answers, failures, and answers with fewer hits than one before."""

    def __init__(self, index: ElasticIndex, pause: float = 0.05) -> None:
        super().__init__(daemon=True)
        self.index, self.pause, self.over = index, pause, threading.Event()
        self.answers, self.failures, self.fewer, self.slowest, self.most = 0, list[str](), 0, 0.0, 0

    def run(self) -> None:
        while not self.over.wait(self.pause):
            begun = time.monotonic()
            try:
                pages = self.index.search("居住证明", Rights(), 10).pages
            except Unavailable as error:
                self.failures.append(error.what)
                continue
            self.answers += 1
            self.fewer += pages < self.most
            self.most = max(self.most, pages)
            self.slowest = max(self.slowest, time.monotonic() - begun)

    def end(self) -> None:
        self.over.set()
        self.join()


def truth(events: Events) -> dict[str, list[PageEntry]]:
    """What must be found of each document."""
    told: dict[str, list[PageEntry]] = {}
    for event in events.all:
        told[event.subject] = [replace(entry, version=event.seq) for entry in events.entries(event) if not isinstance(entry, Drop)]
    return told


def primary(index: ElasticIndex) -> int:
    """Which node, from 0, holds the shard that takes what is put."""
    rows = index._client.cat.shards(index=index._alias, format="json")
    return int(next(row["node"] for row in rows if row["prirep"] == "p").rpartition("-")[2])


def wait_for_copies(index: ElasticIndex, copies: int) -> None:
    """Until each shard stands on `copies` nodes."""
    until = time.monotonic() + 120
    while True:
        rows = index._client.cat.shards(index=index._alias, format="json")
        if sum(row["state"] == "STARTED" for row in rows) == copies:
            return
        assert time.monotonic() < until, rows
        time.sleep(0.2)


def record(events: Events, first: int, count: int) -> None:
    for n in range(first, first + count):
        events.add(DOCUMENT_SHELVED, f"D{n:03}", case=None)
        if n % 5 == 0:
            events.add(DOCUMENT_ASSIGNED, f"D{n // 2:03}", case=f"2026-{n:04}")
        if n % 50 == 49:
            events.add(DOCUMENT_SUPERSEDED, f"D{n:03}")


@pytest.mark.slow
@pytest.mark.elastic
@pytest.mark.crash
@pytest.mark.timeout(900)
@pytest.mark.xdist_group("elastic")
def test_a_node_killed_during_delivery_leaves_nothing_missing_nothing_stale_and_answers_go_on(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "BATCH_EVENTS", 20)
    events, heard, stop = Events(), Heard(), threading.Event()
    with fresh_index(cluster.url, timeout=20.0) as index:
        outbox = Outbox(tmp_path / "outbox.json", index, events, events.entries, heard)
        record(events, 0, 20)
        outbox.catch_up()
        wait_for_copies(index, 2)
        reader, following = (
            Reader(ElasticIndex(cluster.url, index._alias, 20.0)),
            threading.Thread(target=outbox.run, args=(stop, 0.01), daemon=True),
        )
        reader.start()
        following.start()
        record(events, 20, DOCUMENTS - 20)
        while len(heard.indexed()) < DOCUMENTS // 3:
            time.sleep(0.01)
        victim = cluster.nodes[primary(index)]
        victim.kill()
        while not outbox.idle() or outbox.failing:
            time.sleep(0.05)
        time.sleep(1.0)
        reader.end()
        assert differences(index, truth(events)) == ([], [])
        assert reader.answers > 20
        assert len(reader.failures) <= 5, reader.failures
        victim.start()
        wait_for_copies(index, 2)
        record(events, DOCUMENTS, 20)
        while not outbox.idle() or outbox.failing:
            time.sleep(0.05)
        stop.set()
        following.join()
        late = dict(list(truth(events).items())[-100:])
        assert differences(index, late) == ([], [])
        ((_, about),) = index._client.indices.get_settings(index=index._alias).items()
        assert about["settings"]["index"]["number_of_replicas"] == "1"
        assert about["settings"]["index"]["auto_expand_replicas"] == "0-1"
        reader.index.close()
