"""What only the Elasticsearch adapter promises: its mapping, one host, bounded waiting, an alias that is its own."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from domain.errors import Misconfigured, Unavailable
from domain.model import PageEntry, Rights
from search import cluster, elastic, mapping
from search.elastic import ElasticIndex
from search.mapping import mappings, page_body, selection, tombstone_id
from search.query import parse
from tests.elastic.fresh import fresh_index
from tests.fakes.words import words_of


def entry(document: str, version: int = 1) -> PageEntry:
    return PageEntry(document, 1, version, words_of("居住证明 李明"), "other", "main", "W01")


@pytest.fixture
def index(elasticsearch_url: str) -> Iterator[ElasticIndex]:
    with fresh_index(elasticsearch_url) as made:
        yield made


class Answering(BaseHTTPRequestHandler):
    """Answers every request with the server's `answer`: status, headers, body; None hangs."""

    def handle_any(self) -> None:
        self.server.seen.append(self.path)  # type: ignore[attr-defined]
        status, headers, body = self.server.answer  # type: ignore[attr-defined]
        if status == 0:
            time.sleep(3)
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = handle_any

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def impostor() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.seen = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


ELASTIC = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/vnd.elasticsearch+json;compatible-with=9"}


@pytest.mark.parametrize(
    ("answer", "error", "says"),
    [
        ((503, ELASTIC, b'{"error":{"type":"unavailable_shards_exception","reason":"secret"},"status":503}'), Unavailable, "503"),
        ((429, ELASTIC, b'{"error":{"type":"es_rejected_execution_exception","reason":"secret"},"status":429}'), Unavailable, "429"),
        ((401, ELASTIC, b'{"error":{"type":"security_exception","reason":"secret"},"status":401}'), Misconfigured, "search.url"),
        (
            (400, ELASTIC, b'{"error":{"type":"media_type_header_exception","reason":"secret"},"status":400}'),
            Misconfigured,
            "Elasticsearch 9",
        ),
        ((200, {"Content-Type": "application/json"}, b"{}"), Misconfigured, "search.url"),
        ((0, {}, b""), Unavailable, "does not answer"),
    ],
)
def test_every_failure_is_named_and_repeats_nothing_personal(
    impostor: HTTPServer, answer: object, error: type[Exception], says: str
) -> None:
    impostor.answer = answer  # type: ignore[attr-defined]
    index = ElasticIndex(f"http://127.0.0.1:{impostor.server_port}", timeout=0.5)
    with pytest.raises(error, match=says) as raised:
        index.search("李明 secret", Rights())
    assert "secret" not in str(raised.value) and raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_a_failing_host_is_asked_once_and_no_other_is(impostor: HTTPServer) -> None:
    impostor.answer = (503, ELASTIC, b'{"error":{"type":"x"},"status":503}')  # type: ignore[attr-defined]
    with pytest.raises(Unavailable):
        ElasticIndex(f"http://127.0.0.1:{impostor.server_port}").put([entry("A")])
    assert impostor.seen == ["/casefile-pages"]  # type: ignore[attr-defined]


def test_only_the_given_host_is_contacted(index: ElasticIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = set()
    connect = socket.socket.connect

    def watched(self: socket.socket, address: tuple[str, int]) -> None:
        addresses.add(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    index.put([entry("A")])
    index.refresh()
    assert index.search("李明", Rights()).pages == 1
    host, _, port = index._url.removeprefix("http://").partition(":")
    assert addresses == {(host, int(port))}


def test_a_url_that_is_none_is_misconfigured() -> None:
    with pytest.raises(Misconfigured, match=r"search\.url"):
        ElasticIndex("localhost").count()


def test_the_mapping_is_strict_and_names_its_analysis(index: ElasticIndex) -> None:
    index.identity()
    ((_, about),) = index._client.indices.get(index=index._alias).items()
    assert about["mappings"]["dynamic"] == "strict"
    assert about["mappings"]["_meta"] == mappings()["_meta"]
    assert set(page_body(entry("A"))) == set(mappings()["properties"]) - {"dropped"}


def test_terms_are_indexed_but_not_kept(index: ElasticIndex) -> None:
    index.put([entry("A")])
    source = index._client.get(index=index._alias, id="A-1")["_source"]
    assert "singles" not in source and "grams" not in source and source["words"]


def test_a_tombstone_is_kept_under_a_key_no_page_has(index: ElasticIndex) -> None:
    index.put([entry("A")])
    index.drop("A", 2)
    index.refresh()
    rows = index._client.search(index=index._alias, query={"match_all": {}})["hits"]["hits"]
    assert [(row["_id"], row["_source"]) for row in rows] == [(tombstone_id("A"), {"dropped": 2})]


def test_a_put_that_races_a_drop_is_swept(index: ElasticIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """The drop comes after the put has asked for tombstones and before its pages arrive."""
    other, bulk, raced = ElasticIndex(index._url, index._alias), ElasticIndex._bulk, []

    def late(self: ElasticIndex, lines: list[tuple[dict[str, object], ...]]) -> dict[str, str]:
        if self is index and not raced:
            raced.append(True)
            other.drop("A", 5)
        return bulk(self, lines)

    index.identity()
    monkeypatch.setattr(ElasticIndex, "_bulk", late)
    index.put([entry("A", 4)])
    index.refresh()
    assert raced and index.count() == 0
    other.close()


def test_an_index_with_the_name_of_the_alias_is_misconfigured(index: ElasticIndex) -> None:
    index._client.indices.create(index=index._alias)
    with pytest.raises(Misconfigured, match="alias"):
        index.put([entry("A")])


def test_a_lost_index_is_not_made_by_accident(index: ElasticIndex) -> None:
    index.put([entry("A")])
    identity = index.identity()
    index._client.indices.delete(index=f"{index._alias}-000001")
    with pytest.raises(Unavailable):
        index.put([entry("A", 2)])
    index.put([entry("A", 3)])
    assert index.identity() != identity
    ((_, about),) = index._client.indices.get(index=index._alias).items()
    assert about["mappings"]["dynamic"] == "strict"


def test_an_index_of_another_analysis_answers_and_takes_nothing_until_it_is_replaced(
    index: ElasticIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.put([entry("A")])
    index.refresh()
    other = f"form{mapping.FORM}-another"
    monkeypatch.setattr(elastic, "made_for", lambda: other)
    monkeypatch.setattr(cluster, "mappings", lambda: {**mappings(), "_meta": {"casefile": other}})
    later = ElasticIndex(index._url, index._alias)
    assert later.search("李明", Rights()).pages == 1
    later.identity()
    assert later.outdated()
    with pytest.raises(Unavailable, match="reindex"):
        later.put([entry("B", 2)])
    successor = later.successor()
    successor.put([entry("B", 2)])
    successor.refresh()
    later.succeed()
    later.tidy()
    later.identity()
    assert not later.outdated()
    assert [hit.document for hit in later.search("李明", Rights()).hits] == ["B"]
    monkeypatch.setattr(mapping, "READABLE", ())
    with pytest.raises(Unavailable, match="reindex"):
        ElasticIndex(index._url, index._alias).search("李", Rights())


def test_a_query_is_a_filter_without_scores() -> None:
    body = selection(parse("居住证明 -李 粤S12* kind:visa"), Rights(("main",), restricted=False))
    assert set(body) == {"bool"} and set(body["bool"]) == {"filter", "must_not"}


def test_one_node_holds_one_copy_and_is_not_short_of_another(index: ElasticIndex) -> None:
    index.identity()
    ((_, about),) = index._client.indices.get_settings(index=index._alias).items()
    assert about["settings"]["index"]["auto_expand_replicas"] == "0-1"
    nodes = index._client.cluster.health(index=index._alias, wait_for_status="green", timeout="20s")["number_of_nodes"]
    assert about["settings"]["index"]["number_of_replicas"] == str(min(1, nodes - 1))
