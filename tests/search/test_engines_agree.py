"""Drawn pages and drawn queries: the engines answer exactly as the definition does, boxes, snippets and counts included."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.model import PageEntry, Rights
from domain.ports import SearchIndex
from search.embedded import EmbeddedIndex
from tests.elastic.fresh import fresh_index
from tests.fakes.search import MemoryIndex
from tests.fakes.words import words_of

PIECES = ["居", "住", "证", "明", "東", "东", "李", "𠮷", " ", " ", "\n", "，", "·", "-", "S", "s1", "12", "２", "é", "㎡", "ab", "AB"]
KINDS, WINDOWS, CASES, OFFICES = ["visa", "lease", "other"], ["W01", "W02"], [None, "2026-0001", "2026-0002"], ["main", "north"]


def text(rng: random.Random, most: int) -> str:
    return "".join(rng.choices(PIECES, k=rng.randint(0, most)))


def pages(rng: random.Random, number: int) -> list[PageEntry]:
    return [
        PageEntry(
            document=f"D{rng.randrange(number // 2):03}",
            page=rng.randint(1, 4),
            version=version + 1,
            words=words_of(text(rng, 14)),
            kind=rng.choice(KINDS),
            office=rng.choice(OFFICES),
            window=rng.choice(WINDOWS),
            case=rng.choice(CASES),
            case_date=f"2026-01-{rng.randint(1, 5):02}",
            restricted=rng.random() < 0.2,
        )
        for version in range(number)
    ]


def term(rng: random.Random) -> str:
    word = "".join(rng.choices([p for p in PIECES if p.strip()], k=rng.randint(1, 3)))
    return rng.choice(["", "", "", "-"]) + rng.choice([word, word, word + "*", f'"{text(rng, 4)}"'])


def query(rng: random.Random) -> str:
    parts = [term(rng) for _ in range(rng.randint(0, 3))]
    if rng.random() < 0.3:
        parts.append(
            rng.choice(["", "-"])
            + rng.choice(["kind:VISA", "window:w01", "case:2026-0001", 'case:""', "document:d001", "kind:lease kind:visa"])
        )
    rng.shuffle(parts)
    return " ".join(parts)


@pytest.fixture(scope="module", params=["embedded", "elastic"])
def engines(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SearchIndex, SearchIndex]]:
    made = pages(random.Random(11), 400)
    definition = filled(MemoryIndex(), made)
    if request.param == "embedded":
        yield definition, filled(EmbeddedIndex(tmp_path_factory.mktemp("agree") / "search.sqlite"), made)
    else:
        with fresh_index(request.getfixturevalue("elasticsearch_url")) as index:
            yield definition, filled(index, made)


def filled(index: SearchIndex, entries: list[PageEntry]) -> SearchIndex:
    index.put(entries)
    index.refresh()
    return index


@pytest.mark.parametrize("seed", range(10))
def test_an_engine_answers_as_the_definition_does(engines: tuple[SearchIndex, SearchIndex], seed: int) -> None:
    definition, index = engines
    rng, some = random.Random(seed), 0
    for _ in range(40):
        asked = query(rng)
        rights = Rights(tuple(rng.sample(OFFICES, rng.randint(0, 2))), rng.random() < 0.7)
        limit, offset = rng.choice([0, 3, 1000]), rng.choice([0, 0, 2])
        expected = definition.search(asked, rights, limit, offset)
        assert index.search(asked, rights, limit, offset) == expected, (asked, rights)
        some += expected.pages > 0
    assert some >= 8, "too few of the drawn queries find anything"


def test_the_golden_folder_says_where_it_comes_from() -> None:
    readme = Path(__file__).parents[1] / "golden" / "search" / "README.md"
    assert "Apache-2.0" in readme.read_text()
