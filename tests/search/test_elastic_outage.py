"""Elasticsearch is killed while 200 documents are delivered, and started again: nothing is missing, nothing is stale."""

import random
import threading
import time
from pathlib import Path

import pytest

from domain.events import DOCUMENT_ASSIGNED, DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED
from domain.model import Rights
from search import follower
from search import outbox as outbox_module
from search.outbox import Outbox
from tests.elastic.fresh import fresh_index
from tests.elastic.launcher import Server
from tests.fakes.followed import Events, Heard
from tests.fakes.search import MemoryIndex


def wait_for(condition: object, seconds: float = 60.0) -> None:
    assert callable(condition)
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "did not happen in time"
        time.sleep(0.01)


@pytest.mark.crash
def test_a_server_killed_during_delivery_ends_with_nothing_missing_and_nothing_stale(
    elasticsearch_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "BATCH_EVENTS", 8)
    monkeypatch.setattr(outbox_module, "FIRST_WAIT", 0.05)
    events, heard, stop, rng = Events(), Heard(), threading.Event(), random.Random(3)
    with fresh_index(elasticsearch_server.url, timeout=5.0) as index:
        outbox = Outbox(tmp_path / "position", index, events, events.entries, heard)

        def arrive() -> None:
            for n in range(200):
                events.add(DOCUMENT_SHELVED, f"D{n:03}", case=None)
                if n % 5 == 0:
                    events.add(DOCUMENT_ASSIGNED, f"D{rng.randint(0, n):03}", case=f"2026-{n:04}")
                if n % 9 == 0:
                    events.add(DOCUMENT_SUPERSEDED, f"D{rng.randint(0, n):03}")
                time.sleep(0.02)

        following, arrival = (
            threading.Thread(target=outbox.run, args=(stop, 0.01), daemon=True),
            threading.Thread(target=arrive, daemon=True),
        )
        following.start()
        arrival.start()
        for indexed in (40, 110):
            wait_for(lambda enough=indexed: len(heard.indexed()) >= enough)
            elasticsearch_server.kill()
            time.sleep(0.3)
            elasticsearch_server.start()
        arrival.join()
        wait_for(lambda: outbox.behind() == 0)
        stop.set()
        following.join()

        expected = MemoryIndex()
        Outbox(tmp_path / "expected", expected, events, events.entries, Heard()).catch_up()
        index.refresh()
        answer = index.search("居住证明", Rights(), 10_000)
        assert answer == expected.search("居住证明", Rights(), 10_000)
        assert answer.documents == 200 - len(events.gone) and index.count() == expected.count()
