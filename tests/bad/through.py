"""One file through everything that opens it, in the real child processes, with recognition faked: triage, reading, the archived PDF."""

from datetime import UTC, datetime
from pathlib import Path

from app import sandbox
from app.sandbox import MODULES, ChildPool
from archive.make import Made, make
from archive.xmp import Meta
from domain.errors import Corrupt, Refused
from domain.model import Document, Page
from domain.ports import ToRead, ToWrite
from ingest.limits import Limits
from ingest.triage import Examined, examine
from pipeline.reader import Accepted, Reader

RECEIPT = "R" * 26
META = Meta("D" * 26, "材料", None, datetime(2026, 1, 1, tzinfo=UTC), producer="casefile test")
SECONDS = 30.0


def quick_pool(size: int, place: Path) -> ChildPool:
    """Real, confined children in which reading is faked."""
    before, sandbox.CHILD = sandbox.CHILD, "tests.fakes.quick_child"
    try:
        return ChildPool(size, 4 << 30, SECONDS, MODULES, place=place)
    finally:
        sandbox.CHILD = before


class Forgets:
    """A `pipeline.reader.Kept` that keeps nothing but layers, beside the path `out`."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def get(self, key: str) -> None:
        return None

    def put(self, key: str, page: Page) -> None:
        return None

    def beside(self, key: str) -> Path:
        return self._out.with_name(f"{self._out.name}-{key.split('/')[1]}.layers")


def through(pool: ChildPool, path: Path, out: Path, pages: int = 3) -> str:
    """How it ended: `refused <reason>` or `accepted`, with what came of the first pages; anything else is raised."""
    try:
        found: Examined = pool.run(examine, ToRead(path), Limits())
    except Refused as refused:
        return f"refused {refused.reason.code}"
    reader = Reader(pool, Forgets(out), "quick", "pdfium", SECONDS, 1, lambda page: None)
    scan = Accepted(RECEIPT, "", str(path), found.media, found.pages)
    read = [reader.read(scan, number) for number in range(1, min(found.pages, pages) + 1)]
    kept = tuple(page for page in read if not page.blank and not page.separator)
    if not kept:
        return "accepted blank"
    try:
        parted = {n: reader.layers(scan, page.ref.number) for n, page in enumerate(kept, start=1)}
        layers = {number: ToRead(layer) for number, layer in parted.items() if layer}
        made: Made = pool.run(make, ToWrite(out), {RECEIPT: (ToRead(path), found.media)}, Document("other", 1.0, kept), META, layers)
    except Corrupt as corrupt:  # the desk refuses such a document (app/desk.py)
        return f"not archived: {corrupt.facts.get('check')}"
    except Refused as refused:
        return f"not archived: {refused.reason.code}"
    finally:
        reader.forget_layers(scan)
    assert made.written.pages == len(kept)
    failures = sorted({page.failure for page in kept if page.failure})
    return f"accepted, unreadable pages: {' '.join(failures)}" if failures else "accepted"
