"""Real recognition keeps to a child's memory, on the sample stack that asks for most (970 MB, measured over all samples)."""

import json
import threading

import pytest

from app.process import used
from app.recognise import recognise
from app.sandbox import MEMORY, ChildPool
from tests.app.conftest import ROOT

STACK = ROOT / "samples" / "S002" / "files" / "Scan20261115-121.tif"


@pytest.mark.slow
def test_every_page_of_the_hungriest_sample_is_read_within_the_memory_a_child_may_hold(tmp_path, monkeypatch):
    children, most, done = [], [0], threading.Event()
    new = ChildPool._new
    monkeypatch.setattr(ChildPool, "_new", lambda pool: children.append(child := new(pool)) or child)

    def watch() -> None:
        while not done.wait(0.02):
            for child in list(children):
                if seen := used(child.process.pid):
                    most[0] = max(most[0], seen.memory)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        pages, refused = recognise(tmp_path, [STACK], tmp_path / "read.jsonl")
    finally:
        done.set()
        watcher.join()
    lines = [json.loads(line) for line in (tmp_path / "read.jsonl").read_text().splitlines()]
    assert (pages, refused) == (7, 0)
    assert [line["page"] for line in lines if not line["text"] and not line["blank"]] == [], "a page was refused"
    assert 500_000_000 < most[0] < MEMORY
