"""The release gate of search: every query of tests/golden/search finds exactly its pages, on every engine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.model import Answer, PageEntry, Rights
from domain.ports import SearchIndex
from search.embedded import EmbeddedIndex
from tests.elastic.fresh import fresh_index
from tests.fakes.search import MemoryIndex
from tests.fakes.words import text_in, words_of

GOLDEN = Path(__file__).parents[1] / "golden" / "search"
CORPUS: list[dict[str, Any]] = yaml.safe_load((GOLDEN / "corpus.yaml").read_text())
QUERIES: list[dict[str, Any]] = yaml.safe_load((GOLDEN / "queries.yaml").read_text())
TEXTS = {page["id"]: page["text"] for page in CORPUS}


def entry(page: dict[str, Any], version: int) -> PageEntry:
    document, _, number = page["id"].partition(".")
    return PageEntry(
        document=document,
        page=int(number),
        version=version,
        words=words_of(page["text"]),
        kind=page.get("kind", "other"),
        office=page.get("office", "main"),
        window=page.get("window", "W01"),
        case=page.get("case"),
        case_date=page.get("case_date", ""),
        restricted=page.get("restricted", False),
    )


@pytest.fixture(scope="module", params=["memory", "embedded", "elastic"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    if request.param == "memory":
        yield filled(MemoryIndex())
    elif request.param == "embedded":
        yield filled(EmbeddedIndex(tmp_path_factory.mktemp("golden") / "search.sqlite"))
    else:
        with fresh_index(request.getfixturevalue("elasticsearch_url")) as index:
            yield filled(index)


def filled(index: SearchIndex) -> SearchIndex:
    index.put([entry(page, version) for version, page in enumerate(CORPUS, start=1)])
    index.refresh()
    return index


@pytest.mark.parametrize("golden", QUERIES, ids=[golden["name"].replace(" ", "-") for golden in QUERIES])
def test_a_query_finds_exactly_its_pages(engine: SearchIndex, golden: dict[str, Any]) -> None:
    rights = golden.get("rights", {})
    answer = engine.search(golden["query"], Rights(tuple(rights.get("offices", ())), rights.get("restricted", True)), limit=100)
    found = [f"{hit.document}.{hit.page}" for hit in answer.hits]
    assert found == golden["pages"], explain(golden, found)
    assert (answer.pages, answer.documents) == (len(found), len({name.split(".")[0] for name in found}))
    lit = {f"{hit.document}.{hit.page}": [text_in(TEXTS[f"{hit.document}.{hit.page}"], box) for box in hit.boxes] for hit in answer.hits}
    for page, expected in golden.get("lit", {}).items():
        assert lit[page] == expected, f"{golden['query']!r} lights {lit[page]} on {page}, expected {expected}"
    assert_snippets_light_what_boxes_light(answer)


def explain(golden: dict[str, Any], found: list[str]) -> str:
    """A failure a person can read: what was asked, what is missing or too much, and what stands on those pages."""
    lines = [f"{golden['name']}: {golden['query']!r}"]
    lines += [f"  missing  {name}: {TEXTS[name]!r}" for name in golden["pages"] if name not in found]
    lines += [f"  too much {name}: {TEXTS[name]!r}" for name in found if name not in golden["pages"]]
    if set(found) == set(golden["pages"]):
        lines += [f"  order    {found}, expected {golden['pages']}"]
    return "\n".join(lines)


def assert_snippets_light_what_boxes_light(answer: Answer) -> None:
    for hit in answer.hits:
        text = TEXTS[f"{hit.document}.{hit.page}"].replace("\n", " ")
        assert hit.snippet.strip("…") in text
        pieces = [hit.snippet[start:end] for start, end in hit.lit]
        assert bool(pieces) == bool(hit.boxes)
        if hit.boxes:
            first = text_in(TEXTS[f"{hit.document}.{hit.page}"], hit.boxes[0])
            assert pieces[0].startswith(first)


def test_the_golden_suite_is_large_enough() -> None:
    assert len(QUERIES) >= 80
    assert len({golden["name"] for golden in QUERIES}) == len(QUERIES)
    assert any(len(run) >= 100 for page in CORPUS for run in page["text"].split())
