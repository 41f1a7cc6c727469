"""What every SearchIndex keeps to: the fake, the embedded one, Elasticsearch."""

import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain.errors import Unavailable
from domain.model import PageEntry, Rights
from search import elastic
from search.elastic import ElasticIndex
from search.embedded import EmbeddedIndex
from search.outbox import FollowedIndex
from tests.elastic.fresh import fresh_index
from tests.fakes.deliveries import deliver, differences, history, shuffled
from tests.fakes.search import MemoryIndex
from tests.fakes.words import words_of

ALL = Rights()


def page(document: str, number: int = 1, version: int = 1, text: str = "居住证明 李明", **fields: Any) -> PageEntry:
    given = {"kind": "other", "office": "main", "window": "W01", **fields}
    return PageEntry(document=document, page=number, version=version, words=words_of(text), **given)


@pytest.fixture(params=["memory", "embedded", "elastic"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FollowedIndex]:
    if request.param == "memory":
        yield MemoryIndex()
    elif request.param == "embedded":
        yield EmbeddedIndex(tmp_path / "derived" / "search.sqlite")
    else:
        with fresh_index(request.getfixturevalue("elasticsearch_url")) as made:
            yield made


def found(index: FollowedIndex, query: str, rights: Rights = ALL, limit: int = 100, offset: int = 0) -> list[str]:
    index.refresh()
    return [f"{hit.document}.{hit.page}" for hit in index.search(query, rights, limit, offset).hits]


def test_nothing_is_found_where_nothing_was_put(index: FollowedIndex) -> None:
    answer = index.search("李", ALL)
    assert (answer.hits, answer.pages, answer.documents) == ((), 0, 0)
    assert index.count() == 0


def test_what_was_put_is_found_after_refresh(index: FollowedIndex) -> None:
    index.put([page("A", case="2026-0001", text="居 住 证 明\n东莞"), page("B", text="护照")])
    index.refresh()
    answer = index.search("居住证明", ALL)
    (hit,) = answer.hits
    assert (hit.document, hit.page, hit.case) == ("A", 1, "2026-0001")
    assert hit.boxes == ((0.0, 0.0, 0.035, 0.02),)
    assert [hit.snippet[start:end] for start, end in hit.lit] == ["居 住 证 明"]
    assert index.count() == 2


def test_a_newer_version_replaces_every_trace_of_the_older(index: FollowedIndex) -> None:
    index.put([page("A", version=5, text="旧的 东莞", case="2026-0001", kind="lease")])
    index.put([page("A", version=6, text="新的 东莞", case="2026-0002", kind="visa")])
    assert found(index, "旧") == found(index, "case:2026-0001") == found(index, "kind:lease") == []
    assert found(index, "新") == found(index, "case:2026-0002") == found(index, "kind:visa") == found(index, "东莞") == ["A.1"]
    assert index.count() == 1


def test_a_new_case_for_the_same_words_keeps_them_found(index: FollowedIndex) -> None:
    index.put([page("A", version=1)])
    index.put([page("A", version=2, case="2026-0002", case_date="2026-11-01")])
    assert found(index, "李明 case:2026-0002") == ["A.1"]
    assert found(index, 'case:""') == []


def test_an_older_delivery_is_ignored(index: FollowedIndex) -> None:
    index.put([page("A", version=6, text="新的")])
    index.put([page("A", version=5, text="旧的")])
    assert found(index, "新") == ["A.1"]
    assert found(index, "旧") == []


def test_an_older_delivery_in_the_same_batch_is_ignored(index: FollowedIndex) -> None:
    index.put([page("A", version=6, text="新的"), page("A", version=5, text="旧的"), page("A", 2, version=5, text="旧的")])
    assert found(index, "新") == ["A.1"]
    assert found(index, "旧") == ["A.2"]


def test_a_doubled_delivery_changes_nothing(index: FollowedIndex) -> None:
    entries = [page("A", 1, version=3), page("A", 2, version=3)]
    for _ in range(3):
        index.put(entries)
    assert found(index, "李明") == ["A.1", "A.2"]
    assert index.count() == 2


def test_a_dropped_document_is_gone_with_all_its_pages(index: FollowedIndex) -> None:
    index.put([page("A", n, version=1) for n in range(1, 6)] + [page("B", version=2)])
    index.drop("A", 3)
    assert found(index, "李明") == ["B.1"]
    index.refresh()
    assert index.count() == 1


def test_a_late_older_put_does_not_bring_a_dropped_document_back(index: FollowedIndex) -> None:
    index.put([page("A", 1, version=1)])
    index.drop("A", 3)
    index.put([page("A", 1, version=1), page("A", 2, version=2), page("A", 3, version=3)])
    assert found(index, "李明") == []


def test_a_drop_may_come_before_what_it_drops(index: FollowedIndex) -> None:
    index.drop("A", 3)
    index.put([page("A", version=2)])
    assert found(index, "李明") == []
    index.put([page("A", version=4)])
    assert found(index, "李明") == ["A.1"]


def test_a_late_drop_leaves_what_is_newer(index: FollowedIndex) -> None:
    index.put([page("A", 1, version=2), page("A", 2, version=9)])
    index.drop("A", 5)
    index.drop("A", 4)
    assert found(index, "李明") == ["A.2"]
    index.put([page("A", 3, version=5)])
    assert found(index, "李明") == ["A.2"]


def test_dropping_what_is_not_there_changes_nothing(index: FollowedIndex) -> None:
    index.put([page("A")])
    index.drop("B", 7)
    index.drop("B", 7)
    assert found(index, "李明") == ["A.1"]
    index.refresh()
    assert index.count() == 1


@pytest.mark.parametrize("seed", range(3))
def test_deliveries_in_any_order_and_number_end_the_same(index: FollowedIndex, seed: int) -> None:
    rng = random.Random(seed)
    history: list[PageEntry | tuple[str, int]] = []
    for version in range(1, 31):
        document = rng.choice("ABC")
        if rng.random() < 0.25:
            history.append((document, version))
        else:
            history.append(page(document, rng.randint(1, 3), version, text=f"李 {version}"))
    straight = MemoryIndex()
    shuffled = rng.sample(history * 2, len(history) * 2)
    for target, deliveries in ((straight, history), (index, shuffled)):
        for delivery in deliveries:
            if isinstance(delivery, PageEntry):
                target.put([delivery])
            else:
                target.drop(*delivery)
    index.refresh()
    assert index.search("李", ALL, 100) == straight.search("李", ALL, 100)
    assert index.count() == straight.count()


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_and_doubled_deliveries_leave_nothing_missing_and_nothing_stale(index: FollowedIndex, seed: int) -> None:
    made = history(seed, 40)
    deliver(index, shuffled(made, seed + 100))
    assert differences(index, made.truth) == ([], [])
    index.refresh()
    assert index.count() == sum(map(len, made.truth.values()))


def test_what_is_stale_or_missing_is_seen_by_those_who_count_it(tmp_path: Path) -> None:
    made, index = history(1, 30), EmbeddedIndex(tmp_path / "search.sqlite")
    deliver(index, made.deliveries)
    some, other = [name for name, pages in made.truth.items() if pages][:2]
    index.drop(some, 10_000)
    index.put([replace(page, version=10_000, case="2026-9999") for page in made.truth[other]])
    assert differences(index, made.truth) == ([some], [other])


def test_a_tombstone_holds_after_many_later_deliveries(index: FollowedIndex) -> None:
    index.put([page("A", 1, version=1)])
    index.drop("A", 50)
    index.drop("A", 20)
    for version in (2, 21, 49, 50):
        index.put([page("A", 1, version=version), page("A", 2, version=version)])
    assert found(index, "李明") == []
    index.put([page("A", 2, version=51)])
    assert found(index, "李明") == ["A.2"]


def test_a_successor_is_filled_unseen_and_takes_over_in_one_step(index: FollowedIndex) -> None:
    index.put([page("A", version=1), page("B", version=2)])
    index.drop("B", 3)
    before, successor = index.identity(), index.successor()
    successor.put([page("A", version=4, case="2026-0001"), page("C", version=5)])
    successor.refresh()
    assert found(index, "李明") == ["A.1"] and index.identity() == before
    after = successor.identity()
    index.succeed()
    assert index.identity() == after != before
    assert found(index, "李明") == ["A.1", "C.1"] and found(index, "case:2026-0001") == ["A.1"]
    index.put([page("B", version=2)])
    assert found(index, "李明") == ["A.1", "B.1", "C.1"], "the successor knows its own tombstones only"
    index.succeed()
    index.tidy()
    assert index.identity() == after and index.count() == 3


def test_pages_and_tombstones_show_that_it_was_touched(index: FollowedIndex) -> None:
    assert not index.touched()
    index.identity()
    assert not index.touched(), "a name is not content"
    index.put([page("A")])
    assert index.touched()
    index.drop("A", 2)
    assert index.touched() and index.count() == 0
    index.clear()
    assert not index.touched()


def test_a_successor_is_found_again_until_it_is_given_up(index: FollowedIndex) -> None:
    index.put([page("A")])
    index.successor().put([page("B")])
    under_way = index.successor().identity()
    index.tidy()
    assert index.successor().identity() == under_way
    index.tidy(successor=True)
    assert index.successor().identity() != under_way
    assert found(index, "李明") == ["A.1"]


def test_default_order_is_case_date_then_document_then_page(index: FollowedIndex) -> None:
    index.put(
        [
            page("C", 10, case_date="2026-01-02"),
            page("C", 9, case_date="2026-01-02"),
            page("A", case_date="2026-01-02"),
            page("D", case_date="2025-12-31"),
            page("B", case_date=""),
        ]
    )
    assert found(index, "李明") == ["B.1", "D.1", "A.1", "C.9", "C.10"]


def test_pages_of_an_answer_join_without_gap_or_double(index: FollowedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elastic, "WINDOW", 7)  # so that Elasticsearch walks where it would beyond 10 000 rows
    entries = [page(f"D{n // 3:02}", n % 3 + 1, version=n + 1, case_date=f"2026-01-{n % 5 + 1:02}") for n in range(40)]
    index.put(entries)
    index.refresh()
    whole = found(index, "李明", limit=100)
    assert whole == [f"{e.document}.{e.page}" for e in sorted(entries, key=lambda e: (e.case_date, e.document, e.page))]
    assert [name for offset in range(0, 40, 6) for name in found(index, "李明", limit=6, offset=offset)] == whole
    for limit, offset in ((0, 0), (0, 99), (5, 40), (5, 38)):
        answer = index.search("李明", ALL, limit, offset)
        assert (answer.pages, answer.documents) == (40, 14)
        assert [f"{hit.document}.{hit.page}" for hit in answer.hits] == whole[offset : offset + limit]


@pytest.mark.parametrize(("limit", "offset"), [(-1, 0), (1, -1)])
def test_a_negative_page_is_an_error(index: FollowedIndex, limit: int, offset: int) -> None:
    with pytest.raises(ValueError, match="count from 0"):
        index.search("李", ALL, limit, offset)


def test_rights_are_part_of_every_query_and_every_count(index: FollowedIndex) -> None:
    index.put([page("A", office="main"), page("B", office="north"), page("C", office="north", restricted=True)])
    index.refresh()
    for query in ("李明", "kind:other", "-护照"):
        assert found(index, query) == ["A.1", "B.1", "C.1"]
        assert found(index, query, Rights(("north",))) == ["B.1", "C.1"]
        assert found(index, query, Rights(("north",), restricted=False)) == ["B.1"]
        assert found(index, query, Rights(("North",))) == []
        answer = index.search(query, Rights(restricted=False), limit=0)
        assert (answer.pages, answer.documents) == (2, 2)


def test_an_assignment_can_restrict_a_page(index: FollowedIndex) -> None:
    index.put([page("A", version=1)])
    index.put([page("A", version=2, restricted=True)])
    assert found(index, "李明", Rights(restricted=False)) == []


def test_clear_forgets_everything_even_what_was_dropped(index: FollowedIndex) -> None:
    before = index.identity()
    assert index.identity() == before
    index.put([page("A", version=9), page("B", version=9)])
    index.drop("B", 10)
    index.clear()
    assert index.count() == 0
    assert index.identity() != before
    index.put([page("A", version=1), page("B", version=1)])
    assert found(index, "李明") == ["A.1", "B.1"]


def test_any_text_is_a_query(index: FollowedIndex) -> None:
    index.put([page("A")])
    index.refresh()
    texts = [
        "\x00",
        "'; DROP TABLE pages; --",
        '"',
        "*",
        "kind:*",
        "\ud800李",
        "{!lucene}",
        "居" * 5000,
        " ".join(f"词{n}" for n in range(2000)),
        "-" * 99,
    ]
    for text in texts:
        index.search(text, ALL)
    assert index.count() == 1


def test_empty_pages_and_strange_characters_can_be_put(index: FollowedIndex) -> None:
    index.put([page("A", 1, text=""), page("A", 2, text="𠮷野\ue000家 \x00\x1f李"), page("A", 3, text="x" * 40_000)])
    assert found(index, "𠮷野\ue000家") == found(index, "李") == ["A.2"]
    assert found(index, "document:A") == ["A.1", "A.2", "A.3"]
    assert found(index, "x" * 100 + "*") == ["A.3"]


def test_a_beginning_with_thousands_of_endings_loses_no_page(index: FollowedIndex) -> None:
    numbers = [f"证4419{n:06}" for n in range(3000)]
    index.put([page("A", n + 1, text=" ".join(numbers[n::3])) for n in range(3)])
    assert found(index, "证4419*") == found(index, "4419*") == ["A.1", "A.2", "A.3"]
    assert found(index, "证4419002999*") == ["A.3"]


@contextmanager
def out_of_reach(index: FollowedIndex, tmp_path: Path) -> Iterator[FollowedIndex]:
    """The same kind of index, not answering."""
    if isinstance(index, MemoryIndex):
        index.down = True
        yield index
        index.down = False
    elif isinstance(index, EmbeddedIndex):
        there, away = tmp_path / "derived", tmp_path / "away"
        there.rename(away)
        (there / "search.sqlite").mkdir(parents=True)
        yield index
        (there / "search.sqlite").rmdir()
        there.rmdir()
        away.rename(there)
    else:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            yield ElasticIndex(f"http://127.0.0.1:{probe.getsockname()[1]}", timeout=2.0)


def test_an_index_out_of_reach_is_unavailable_and_whole_afterwards(index: FollowedIndex, tmp_path: Path) -> None:
    index.put([page("A")])
    with out_of_reach(index, tmp_path) as unreachable:
        for call in (
            lambda: unreachable.put([page("B", version=2)]),
            lambda: unreachable.drop("A", 2),
            lambda: unreachable.search("李", ALL),
            unreachable.count,
            unreachable.identity,
            unreachable.clear,
        ):
            with pytest.raises(Unavailable):
                call()
    assert found(index, "李明") == ["A.1"]
