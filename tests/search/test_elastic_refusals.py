"""Elasticsearch that answers 429, 503, half, too late, or refuses one page: what is tried again, what is set aside, what is told."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from domain.errors import Corrupt, Misconfigured, Unavailable
from domain.events import DOCUMENT_SHELVED
from domain.model import PageEntry, Rights
from search.elastic import ElasticIndex
from search.mapping import mappings
from search.outbox import Outbox
from tests.fakes.followed import Events, Heard
from tests.fakes.words import words_of

HEADERS = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/vnd.elasticsearch+json;compatible-with=9"}
BLOCK = {"type": "cluster_block_exception", "reason": "secret"}


def entry(document: str, page: int = 1) -> PageEntry:
    return PageEntry(document, page, 1, words_of("居住证明"), "other", "main", "W01")


class Node(ThreadingHTTPServer):
    """One node that keeps what it is given by key. `refuses(key)` says what becomes of a page, `fails(path)` of a request."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.kept: dict[str, Any] = {}
        self.asked: list[str] = []
        self.bulks: list[int] = []
        self.refuses: Callable[[str], tuple[int, dict[str, str]] | None] = lambda key: None
        self.fails: Callable[[str], tuple[int, bytes] | None] = lambda path: None
        self.shards_failed = 0
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.daemon_threads = True
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, path: str, body: bytes) -> tuple[int, Any]:
        about = {"mappings": {"_meta": mappings()["_meta"]}, "settings": {"index": {"uuid": "one"}}}
        if "_mget" in path:
            return 200, {"docs": [{"_id": key, "found": False} for key in json.loads(body)["ids"]]}
        if "_bulk" in path:
            lines = [json.loads(line) for line in body.splitlines()]
            self.bulks.append(len(lines) // 2)
            items = [self.item(row["index"]["_id"], page) for row, page in zip(lines[::2], lines[1::2], strict=True)]
            return 200, {"errors": any("error" in item["index"] for item in items), "items": items}
        if "_refresh" in path:
            return 200, {"_shards": {"total": 2, "successful": 1, "failed": self.shards_failed}}
        if "_search" in path:
            return 200, {"hits": {"total": {"value": len(self.kept)}, "hits": []}}
        return 200, {"casefile-pages-000001": about}

    def item(self, key: str, page: Any) -> dict[str, Any]:
        refused = self.refuses(key)
        if refused is not None:
            return {"index": {"_id": key, "status": refused[0], "error": refused[1]}}
        self.kept[key] = page
        return {"index": {"_id": key, "status": 201}}


class Asked(BaseHTTPRequestHandler):
    server: Node

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(self.path)
        failure = self.server.fails(self.path)
        if failure is not None:
            status, data = failure
            length = len(data) + (1000 if status == 206 else 0)  # 206: the answer breaks off in the middle
            self.respond(200 if status == 206 else status, data, length)
            return
        status, answer = self.server.answer(self.path, body)
        data = json.dumps(answer).encode()
        self.respond(status, data, len(data))

    def respond(self, status: int, data: bytes, length: int) -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = handle_any

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def node() -> Iterator[Node]:
    made = Node()
    yield made
    made.shutdown()
    made.server_close()


@pytest.mark.parametrize(
    ("status", "kind", "error"),
    [
        (429, "es_rejected_execution_exception", Unavailable),
        (503, "unavailable_shards_exception", Unavailable),
        (403, "cluster_block_exception", Unavailable),
        (429, "cluster_block_exception", Unavailable),
        (404, "index_not_found_exception", Unavailable),
        (403, "security_exception", Misconfigured),
    ],
)
def test_one_page_that_is_not_taken_now_is_delivered_again(node: Node, status: int, kind: str, error: type[Exception]) -> None:
    node.refuses = lambda key: (status, {"type": kind, "reason": "secret"}) if key == "B-1" else None
    index = ElasticIndex(node.url, timeout=2.0)
    with pytest.raises(error) as raised:
        index.put([entry("A"), entry("B"), entry("C")])
    assert "secret" not in str(raised.value)
    node.refuses = lambda key: None
    index.put([entry("A"), entry("B"), entry("C")])
    assert set(node.kept) == {"A-1", "B-1", "C-1"}


def test_a_disk_beyond_its_flood_stage_says_what_to_do(node: Node) -> None:
    node.fails = lambda path: (403, json.dumps({"error": BLOCK, "status": 403}).encode()) if "_bulk" in path else None
    with pytest.raises(Unavailable, match="free room") as raised:
        ElasticIndex(node.url, timeout=2.0).put([entry("A")])
    assert "secret" not in str(raised.value)


def test_a_page_that_is_refused_for_good_keeps_back_no_other_and_is_named(node: Node) -> None:
    node.refuses = lambda key: (400, {"type": "document_parsing_exception", "reason": "secret"}) if key.startswith("B-") else None
    with pytest.raises(Corrupt) as raised:
        ElasticIndex(node.url, timeout=2.0).put([entry("A"), entry("B"), entry("B", 2), entry("C")])
    assert raised.value.facts["documents"] == ["B"] and "secret" not in str(raised.value)
    assert set(node.kept) == {"A-1", "C-1"}


def test_the_outbox_sets_a_poisoned_document_aside_and_goes_on(node: Node, tmp_path: Path) -> None:
    node.refuses = lambda key: (400, {"type": "document_parsing_exception"}) if key == "D001-2" else None
    events, heard = Events(), Heard()
    for n in range(4):
        events.add(DOCUMENT_SHELVED, f"D{n:03}", case=None)
    outbox = Outbox(tmp_path / "outbox.json", ElasticIndex(node.url, timeout=2.0), events, events.entries, heard)
    outbox.catch_up()
    assert heard.indexed() == ["D000", "D002", "D003"] and outbox.behind() == 1
    assert {"event": "notice", "what": "not-indexed", "seq": 2, "error": "Corrupt"} in heard.lines
    node.refuses = lambda key: None
    again = Outbox(tmp_path / "outbox.json", ElasticIndex(node.url, timeout=2.0), events, events.entries, heard)
    again.catch_up()
    assert again.behind() == 0 and "D001-2" in node.kept


def test_a_request_that_is_too_large_goes_in_halves_and_only_a_page_too_large_alone_is_refused(node: Node) -> None:
    answer = node.answer

    def small(path: str, body: bytes) -> tuple[int, Any]:
        if "_bulk" in path and (len(body) > 2000 or b"BIG" in body):
            return 413, {"error": {"type": "too_large"}, "status": 413}
        return answer(path, body)

    node.answer = small  # type: ignore[method-assign]
    with pytest.raises(Corrupt) as raised:
        ElasticIndex(node.url, timeout=2.0).put([*(entry(f"D{n}") for n in range(20)), entry("BIG")])
    assert raised.value.facts["documents"] == ["BIG"]
    assert len(node.kept) == 20


@pytest.mark.parametrize("data", [b"", b'{"docs": [', b"{}", b"[]", b'{"docs": [{"_id": "A-dropped", "error": {"type": "no_shard"}}]}'])
@pytest.mark.parametrize("status", [200, 206])
def test_an_answer_that_breaks_off_or_is_no_answer_is_unavailable(node: Node, data: bytes, status: int) -> None:
    node.fails = lambda path: (status, data) if "_mget" in path else None
    with pytest.raises(Unavailable):
        ElasticIndex(node.url, timeout=1.0).put([entry("A")])
    assert node.kept == {}, "without the tombstones nothing may be put"


def test_a_refresh_that_did_not_reach_a_shard_is_unavailable(node: Node) -> None:
    index = ElasticIndex(node.url, timeout=2.0)
    index.identity()
    index.put([entry("A")])
    node.shards_failed = 1
    with pytest.raises(Unavailable, match="findable"):
        index.refresh()


def test_an_answer_of_some_shards_is_never_asked_for(node: Node) -> None:
    node.fails = lambda path: (503, b'{"error":{"type":"search_phase_execution_exception"},"status":503}') if "_search" in path else None
    with pytest.raises(Unavailable):
        ElasticIndex(node.url, timeout=2.0).search("李明", Rights())
    assert all("allow_partial_search_results=false" in path for path in node.asked if "_search" in path)
    assert any("_search" in path for path in node.asked)


def test_a_node_that_does_not_answer_is_passed_over_for_the_others(node: Node) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{probe.getsockname()[1]}"
        other = Node()
        other.fails = lambda path: (503, b'{"error":{"type":"no_master"},"status":503}')
        index = ElasticIndex(f"{dead}, {other.url} ,{node.url}", timeout=2.0)
        for n in range(6):
            index.put([entry(f"D{n}")])
        assert len(node.kept) == 6 and other.asked
        node.fails = other.fails
        with pytest.raises(Unavailable):
            index.put([entry("A")])
        other.shutdown()
        other.server_close()


@pytest.mark.parametrize("url", ["localhost:9200", "http://", "http://a:9200,b:9200"])
def test_addresses_that_are_none_are_refused_at_the_start(url: str) -> None:
    with pytest.raises(Misconfigured, match=r"search\.url"):
        ElasticIndex(url)
