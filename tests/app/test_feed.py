"""The feed tells what happens, to any number of listeners, and never mixes lines."""

import multiprocessing
import threading

from app.feed import FileFeed, follow
from domain.clock import SystemClock


def _tell(path, number):
    feed = FileFeed(path, SystemClock())
    for i in range(200):
        feed.tell("page", process=number, i=i, filler="x" * 300)


def test_lines_of_several_processes_never_mix(tmp_path):
    path = tmp_path / "feed.jsonl"
    processes = [multiprocessing.get_context("spawn").Process(target=_tell, args=(path, n)) for n in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    lines = list(follow(path, from_start=True, keep_on=False))
    assert len(lines) == 600
    assert {(line["process"], line["i"]) for line in lines} == {(n, i) for n in range(3) for i in range(200)}


def test_a_listener_hears_only_what_comes_after_it_began(tmp_path):
    path = tmp_path / "feed.jsonl"
    feed = FileFeed(path, SystemClock())
    feed.tell("received", receipt="A")
    listener = follow(path, from_start=False, keep_on=True, pause=0.01)
    heard = []
    thread = threading.Thread(target=lambda: heard.append(next(listener)), daemon=True)
    thread.start()
    while thread.is_alive():
        feed.tell("shelved", document="B")
        thread.join(0.05)
    assert heard[0]["event"] == "shelved"


def test_a_feed_that_is_not_there_yet_is_empty(tmp_path):
    assert list(follow(tmp_path / "none.jsonl", from_start=True, keep_on=False)) == []
