"""A small data folder (tests/fakes/datafolder.py), its backup beside it, and what both hold."""

from pathlib import Path
from typing import Any

from archive.backup import Backed, backup
from archive.verify import verify
from domain.clock import SystemClock
from domain.model import Verdict
from tests.fakes.datafolder import PROJECTORS, SCHEMAS, document, opened, receipt


def copy(data: Path, **more: Any) -> Backed:
    return backup(data, data.parent / "copy", SystemClock(), **more)


def judged(folder: Path, **more: Any) -> Verdict:
    return verify(folder, PROJECTORS, SCHEMAS, patience=0.0, **more)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def more(data: Path, number: int | str) -> None:
    books = opened(data)
    books.registrar.record([receipt(books, number), document(books, number)])
    books.close()
