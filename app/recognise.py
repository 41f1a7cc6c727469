"""`read PATH...`: recognise without archiving.

One JSON line a page, in the form that scoring programs take (docs/decisions/0001-formats.md).
Nothing is kept but the result file; the data folder is not touched.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.sandbox import ChildPool
from app.settings import load
from app.steps import StepFolder
from domain.errors import DiskFull, Refused, Unavailable
from domain.model import Document, Page, PageRef
from domain.ports import ToRead
from ingest.limits import Limits
from ingest.names import natural
from ingest.triage import examine
from pipeline.assemble import Assembly
from pipeline.classify import RuleClassifier
from pipeline.reader import Accepted, Reader
from pipeline.run import run


def recognise(data: Path, paths: list[Path], out: Path, engine: str = "") -> tuple[int, int]:
    """Recognise every file of `paths`; how many pages were written, and how many files could not be opened.

    A file directly given, or lying directly in a given folder, is a batch of its own; a folder below a given folder is a batch, unless it
    holds folders itself. `file` in the result is relative to the path given.
    """
    settings = load(data)
    reading, limits = settings.reading, Limits(**settings.limits.model_dump())
    pages = refused = 0
    with tempfile.TemporaryDirectory() as scratch, out.open("w", encoding="utf-8") as stream:
        place = Path(scratch)
        pool = ChildPool(reading.workers, reading.child_bytes, reading.page_seconds, memory=reading.child_memory, place=place / "children")
        kept = StepFolder(place / "steps")
        reader = Reader(
            pool, kept, engine or reading.engine, reading.renderer, reading.page_seconds, reading.workers, lambda page: None, parts=False
        )
        try:
            for batch in batches(paths):
                scans, failed = _open(pool, batch, limits)
                refused += failed
                for line in _lines(run(scans, reader, RuleClassifier()), batch):
                    stream.write(json.dumps(line, ensure_ascii=False) + "\n")
                    pages += 1
        finally:
            pool.close()
    return pages, refused


def batches(paths: list[Path]) -> Iterator[dict[str, Path]]:
    """Batches of files: name relative to the path given -> path, in order."""
    for path in paths:
        if path.is_file():
            yield {path.name: path}
            continue
        groups: dict[Path | None, dict[str, Path]] = {}
        for file in sorted((p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")), key=lambda p: natural(str(p))):
            loose = file.parent == path or any(p.is_dir() for p in file.parent.iterdir())
            key = file if loose or _is_window_folder(file.parent, path) else file.parent
            groups.setdefault(key, {})[file.relative_to(path).as_posix()] = file
        yield from groups.values()


def _is_window_folder(folder: Path, root: Path) -> bool:
    """A folder directly below the root that holds files only is a window (each file a batch) if it is named like one: W01."""
    return folder.parent == root and folder.name[:1] == "W" and folder.name[1:].isdigit()


def _open(pool: ChildPool, batch: dict[str, Path], limits: Limits) -> tuple[list[Accepted], int]:
    scans, failed = [], 0
    for name, path in batch.items():
        try:
            found = pool.run(examine, ToRead(path), limits)
            scans.append(Accepted(name, str(path.absolute()), str(path.absolute()), found.media, found.pages, found.flags))
        except DiskFull:
            raise
        except (Refused, Unavailable):
            failed += 1
    return scans, failed


def _lines(assembly: Assembly, batch: dict[str, Path]) -> Iterator[dict[str, Any]]:
    of_page: dict[PageRef, tuple[Page, list[Document]]] = {page.ref: (page, []) for page in (*assembly.blanks, *assembly.separators)}
    for document in assembly.documents:
        for page in document.pages:
            of_page.setdefault(page.ref, (page, []))[1].append(document)
    order = {name: i for i, name in enumerate(batch)}
    for ref in sorted(of_page, key=lambda r: (order[r.receipt], r.number)):
        yield line_of(*of_page[ref], next(iter(batch)))


def line_of(page: Page, documents: list[Document], batch: str) -> dict[str, Any]:
    """The result line of one page. Fields are those found on it, with their kind before their names where it holds several materials."""
    fields = []
    for one in documents:
        position = [p.ref for p in one.pages].index(page.ref) + 1
        before = f"{one.kind}." if len(documents) > 1 else ""
        fields += [(before + field.name, field) for field in one.fields if field.page == position]
    document = documents[0] if documents else None
    twin = page.duplicate_of
    case = document.code if document is not None else None
    return {
        "file": page.ref.receipt,
        "page": page.ref.number,
        "kind": "separator" if page.separator else document.kind if document is not None else None,
        "orientation": page.turned,
        "skew": round(page.placement.skew, 3),
        "blank": page.blank,
        "text": page.text,
        "fields": {name: field.value for name, field in fields},
        "doubtful": [name for name, field in fields if field.doubtful],
        "duplicate_of": {"file": twin.receipt, "page": twin.number} if twin else None,
        "poor": page.quality.poor,
        "case": case or batch,
    }
