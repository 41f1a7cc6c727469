"""Drawn histories of documents as an index is told of them, and what must be found when all was delivered, in whatever order."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.model import PageEntry, Rights
from domain.ports import SearchIndex
from tests.fakes.search import MemoryIndex
from tests.fakes.words import words_of

Delivery = tuple[list[PageEntry], list[tuple[str, int]]]
"""What one event delivers: pages to put, documents to drop with their versions."""

KINDS, WINDOWS, OFFICES = ("visa", "lease", "id-card"), ("W01", "W02"), ("main", "north")
WORDS = ("居住证明", "驾驶证", "租赁合同", "东莞", "李明", "A12")


@dataclass
class History:
    """`deliveries` in the order of their events; `truth` is each document's pages in the end, none if it was dropped."""

    deliveries: list[Delivery] = field(default_factory=list)
    truth: dict[str, list[PageEntry]] = field(default_factory=dict)


def history(seed: int, documents: int, most: int = 6) -> History:
    """`documents` documents of one to three pages; each changes up to `most` times: reassigned, read anew, superseded, and back again."""
    chance, made = random.Random(seed), History()
    names = [f"D{n:05}" for n in range(documents)]
    told = names + [name for name in names for _ in range(chance.randint(1, most))]
    chance.shuffle(told)
    for version, name in enumerate(told, start=1):
        if chance.random() < 0.2:
            made.deliveries.append(([], [(name, version)]))
            made.truth[name] = []
            continue
        pages = [_page(chance, name, number, version) for number in range(1, 2 + int(name[1:]) % 3)]
        made.deliveries.append((pages, []))
        made.truth[name] = pages
    return made


def _page(chance: random.Random, name: str, number: int, version: int) -> PageEntry:
    return PageEntry(
        name,
        number,
        version,
        words_of(f"{chance.choice(WORDS)} {chance.choice(WORDS)}\n版本 {version}"),
        chance.choice(KINDS),
        chance.choice(OFFICES),
        chance.choice(WINDOWS),
        chance.choice((None, f"2026-{chance.randint(1, 50):04}")),
        f"2026-01-{chance.randint(1, 28):02}",
    )


def shuffled(made: History, seed: int, times: int = 2) -> list[Delivery]:
    """Every delivery `times` times, in any order."""
    chance, out = random.Random(seed), made.deliveries * times
    chance.shuffle(out)
    return out


def deliver(index: SearchIndex, deliveries: Sequence[Delivery], chunk: int = 40) -> None:
    """Hand `deliveries` over as an outbox does: some events at once, pages before drops."""
    for start in range(0, len(deliveries), chunk):
        some = deliveries[start : start + chunk]
        index.put([page for pages, _ in some for page in pages])
        for document, version in (gone for _, drops in some for gone in drops):
            index.drop(document, version)
    index.refresh()


def differences(index: SearchIndex, truth: dict[str, list[PageEntry]]) -> tuple[list[str], list[str]]:
    """Documents with pages that are missing, and documents with anything that is stale, each read back from `index`.

    Read back are page, case, snippet and the boxes of what is lit; kind, window, office and text take part in the question.
    """
    missing, stale = [], []
    for document, pages in truth.items():
        right = MemoryIndex()
        right.put(pages)
        found = index.search(f"document:{document}", Rights(), 1000)
        wanted = right.search(f"document:{document}", Rights(), 1000)
        if {hit.page for hit in wanted.hits} - {hit.page for hit in found.hits}:
            missing.append(document)
        elif found != wanted or any(_differs(index, right, page) for page in pages):
            stale.append(document)
    return missing, stale


def _differs(index: SearchIndex, right: SearchIndex, page: PageEntry) -> bool:
    text = " ".join(f'"{word.text}"' for word in page.words)
    asked = f'document:{page.document} kind:{page.kind} window:{page.window} case:"{page.case or ""}" {text}'
    rights = Rights((page.office,), page.restricted)
    return index.search(asked, rights, 1000) != right.search(asked, rights, 1000)
