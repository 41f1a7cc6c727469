"""Which engine to embed: SQLite FTS5 (search/embedded.py) or tantivy (the adapter below). Outcome: docs/decisions/0002-embedded-index.md.

Both get the same terms (search/analysis.py), answer the same queries in the same order, and count pages and documents; finding the words
on the page is the same code for both and is left out. Pages are drawn: characters by a Zipf law, with names, ID numbers, plates.

    python -m bench.embedded_index [--pages 60000] [--engine fts5|tantivy]
"""

import argparse
import itertools
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from domain.model import PageEntry, Rights, Word
from search import embedded
from search.analysis import analyse
from search.embedded import EmbeddedIndex
from search.locate import Located, page_text
from search.query import Term, parse
from search.stored import pack

CHARACTERS = [chr(c) for c in random.Random(7).sample(range(0x4E00, 0x9FA5), 3500)]
WEIGHTS = [1 / (rank + 3) for rank in range(len(CHARACTERS))]
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗欧阳司徒"


def words(rng: random.Random, text: str, line: int) -> Word:
    boxes = tuple((0.05 + 0.02 * i, 0.05 + 0.03 * line, 0.07 + 0.02 * i, 0.075 + 0.03 * line) for i in range(len(text)))
    return Word(text, (0.05, 0.05 + 0.03 * line, 0.05 + 0.02 * len(text), 0.075 + 0.03 * line), boxes, 0.9, line)


def pages(number: int, seed: int = 1) -> Iterator[PageEntry]:
    """`number` pages of about 320 characters, three to a document."""
    rng = random.Random(seed)
    for i in range(number):
        lines = ["".join(rng.choices(CHARACTERS, WEIGHTS, k=35)) for _ in range(8)]
        name = rng.choice(SURNAMES) + "".join(rng.choices(CHARACTERS, WEIGHTS, k=2))
        lines += [
            f"姓名{name}身份证号441900{rng.randint(1950, 2020)}{rng.randint(1000, 9999):04}{rng.randint(0, 9999):04}",
            f"粤S{rng.randint(10000, 99999)}",
        ]
        yield PageEntry(
            document=f"01J{i // 3:023}",
            page=i % 3 + 1,
            version=i + 1,
            words=tuple(words(rng, text, n) for n, text in enumerate(lines)),
            kind=rng.choice(("id_card", "passport", "application_form", "other")),
            office="main",
            window=f"W{rng.randint(1, 9):02}",
            case=f"2026-{i // 30:06}",
            case_date=f"2026-{i // 30 % 12 + 1:02}-{i // 360 % 28 + 1:02}",
        )


class Tantivy:
    """As much of an index as the comparison needs."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self.t = tantivy
        builder = tantivy.SchemaBuilder()
        for name in ("singles", "grams"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        builder.add_text_field("document", stored=True, fast=True, tokenizer_name="raw")
        builder.add_text_field("key", tokenizer_name="raw")
        builder.add_text_field("kind", tokenizer_name="raw")
        builder.add_unsigned_field("page", stored=True)
        builder.add_unsigned_field("place", fast=True)
        builder.add_bytes_field("packed", stored=True)
        self.schema = builder.build()
        folder.mkdir(exist_ok=True)
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.writer = self.index.writer(64_000_000, 1)

    def put(self, entries: Sequence[PageEntry]) -> None:
        for entry in entries:
            analysed = page_text(entry.words).analysed
            self.writer.delete_documents_by_term("key", entry.id)
            row = self.t.Document()
            for name, terms in (("singles", analysed.singles), ("grams", analysed.grams)):
                row.add_text(name, " ".join(terms))
            row.add_text("document", entry.document)
            row.add_text("key", entry.id)
            row.add_text("kind", entry.kind)
            row.add_unsigned("page", entry.page)
            row.add_unsigned("place", int(entry.case_date.replace("-", "")) << 32 | entry.version)
            row.add_bytes("packed", pack(entry.words))
            self.writer.add_document(row)
        self.writer.commit()

    def _term(self, term: Term) -> Any:
        query, grams = self.t.Query, term.grams
        if term.prefix:
            if len(term.atoms) == 1:
                return query.regex_query(self.schema, "singles", term.atoms[0] + ".*")
            return query.regex_phrase_query(self.schema, "singles", [*term.atoms[:-1], term.atoms[-1] + ".*"])
        field, terms = ("singles", term.atoms) if grams is None else ("grams", grams)
        if len(terms) == 1:
            return query.term_query(self.schema, field, terms[0])
        return query.phrase_query(self.schema, field, list(terms))

    def search(self, text: str, limit: int = 20) -> tuple[int, int, list[Any]]:
        asked = parse(text)
        must, never = self.t.Occur.Must, self.t.Occur.MustNot
        parts = [(must, self._term(term)) for term in asked.terms] + [(never, self._term(term)) for term in asked.excluded]
        parts += [(must, self.t.Query.term_query(self.schema, f.name, f.values[0])) for f in asked.filters]
        query = self.t.Query.boolean_query(parts)
        self.index.reload()
        searcher = self.index.searcher()
        found = searcher.search(query, limit, count=True, order_by_field="place", order=self.t.Order.Asc)
        rows = [searcher.doc(address).to_dict() for _, address in found.hits]
        return found.count, int(searcher.cardinality(query, "document")), rows


def queries(sample: Sequence[PageEntry], seed: int = 3) -> dict[str, list[str]]:
    rng = random.Random(seed)
    texts = [page_text(entry.words).text.split("\n") for entry in sample]

    def cut(low: int, high: int) -> str:
        line = rng.choice(rng.choice(texts)[:8])
        n = rng.randint(low, high)
        start = rng.randrange(max(1, len(line) - n))
        return line[start : start + n]

    return {
        "phrase of 2 to 4": [cut(2, 4) for _ in range(150)],
        "phrase of 12": [cut(12, 12) for _ in range(50)],
        "two phrases": [f"{cut(2, 2)} {cut(2, 2)}" for _ in range(50)],
        "rare character": rng.choices(CHARACTERS[2000:], k=50),
        "commonest character": CHARACTERS[:5],
        "on every page": ["姓名"],
        "ID number": [rng.choice(texts)[8].split("号")[1] for _ in range(50)],
        "ID number, prefix": [rng.choice(texts)[8].split("号")[1][:12] + "*" for _ in range(50)],
        "plate, prefix": [rng.choice(texts)[9][:5] + "*" for _ in range(50)],
        "phrase and filter": [f"{cut(2, 2)} kind:passport" for _ in range(50)],
        "phrase and not": [f"{cut(2, 2)} -{cut(2, 2)}" for _ in range(50)],
    }


def percentiles(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    return f"p50 {ordered[len(ordered) // 2] * 1000:8.2f} ms   p95 {ordered[int(len(ordered) * 0.95)] * 1000:8.2f} ms"


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def compare(engine: str, number: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="casefile-bench-"))
    embedded.locate = lambda words, terms: Located((), "", ())  # type: ignore[assignment]
    index: Any = EmbeddedIndex(folder / "search.sqlite") if engine == "fts5" else Tantivy(folder / "tantivy")
    analyse("".join(CHARACTERS))
    sample: list[PageEntry] = []
    building = analysis = 0.0
    drawn = pages(number)
    while chunk := list(itertools.islice(drawn, 300)):
        building += timed(lambda: index.put(chunk))[0]
        if len(sample) < 3000:
            sample += chunk
            analysis += timed(lambda: [page_text(entry.words) for entry in chunk])[0]
    analysis *= number / len(sample)
    print(f"{engine}: {number} pages in {building:.1f} s ({analysis:.1f} s of it analysis), {size(folder) / 1e6:.0f} MB")
    late = list(pages(100, seed=9))
    late = [PageEntry(**{**{f: getattr(e, f) for f in e.__dataclass_fields__}, "version": number + e.version}) for e in late]
    print(f"  {'one page, durable':22}", percentiles([timed(lambda e=e: index.put([e]))[0] for e in late]))
    search = (lambda q: index.search(q, Rights())) if engine == "fts5" else index.search
    for name, asked in queries(sample).items():
        for query in asked[:3]:
            search(query)
        times = [timed(lambda q=q: search(q))[0] for q in asked]
        print(f"  {name:22}", percentiles(times), "  pages found", counts(search, asked))
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    shutil.rmtree(folder)


def counts(search: Callable[[str], Any], asked: list[str]) -> int:
    answers = [search(query) for query in asked]
    return sum(a[0] if isinstance(a, tuple) else a.pages for a in answers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=60_000)
    parser.add_argument("--engine", choices=("fts5", "tantivy"), action="append")
    arguments = parser.parse_args()
    for engine in arguments.engine or ("fts5", "tantivy"):
        compare(engine, arguments.pages)


if __name__ == "__main__":
    main()
