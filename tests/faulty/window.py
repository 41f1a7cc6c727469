"""A window at which scans arrive: single files, folders page by page, stacks with a separator sheet in them, the same bytes again.

Knows what must come of them, so that afterwards `judge` can say what is lost, doubled or unread. The same chance gives the same scans.
"""

import contextlib
import hashlib
import io
import json
import random
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from app.feed import follow
from app.wiring import open_house, verify_data
from domain.codec import build
from domain.model import Outcome, Page

SETTINGS = """[intake]
quiet = 0.2
poll = 0.1
batch_quiet = 1.0
rejoin = 3600
{more}
[reading]
workers = 2
"""
SIZE = (360, 240)


def page(text: str) -> Image.Image:
    image = Image.new("L", SIZE, 250)
    draw = ImageDraw.Draw(image)
    for line in range(4):
        draw.text((20, 30 + 40 * line), f"{text} line {line}", fill=10)
    return image


@lru_cache(1)
def separator() -> Image.Image:
    import zxingcpp as zxing

    code = np.asarray(zxing.write_barcode_to_image(zxing.create_barcode("CASEFILE:1:A2026-0001", zxing.BarcodeFormat.QRCode), scale=5))
    sheet = np.full((SIZE[1], SIZE[0]), 255, np.uint8)
    top, left = (SIZE[1] - code.shape[0]) // 2, (SIZE[0] - code.shape[1]) // 2
    sheet[top : top + code.shape[0], left : left + code.shape[1]] = code
    return Image.fromarray(sheet)


def encoded(pages: list[Image.Image], form: str) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, form, **({"save_all": True, "append_images": pages[1:]} if form == "TIFF" else {}))
    return out.getvalue()


@dataclass
class Window:
    """One window's folder of the data folder `data`, and what was put into it."""

    data: Path
    chance: random.Random
    name: str = "W01"
    more: str = "reserve_bytes = 0"
    files: list[tuple[str, bytes, int]] = field(default_factory=list)
    """Name, bytes, pages that must be in a document."""
    number: int = 0

    def __post_init__(self) -> None:
        self.folder = self.data / "inbox" / self.name
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.data / "casefile.toml").write_text(SETTINGS.format(more=self.more))

    def arrive(self) -> int:
        """Something comes; how many files."""
        self.number += 1
        kind = self.chance.random()
        if kind < 0.5 or not self.files:
            return self._put(f"scan{self.number:04}.png", encoded([page(f"single {self.name} {self.number}")], "PNG"), 1)
        if kind < 0.65:
            again = self.chance.choice(self.files)
            ending = Path(again[0]).suffix
            return self._put(f"again{self.number:04}{ending}", again[1], again[2])
        if kind < 0.8:
            stack = [page(f"stack {self.name} {self.number} a"), separator(), page(f"stack {self.name} {self.number} b")]
            return self._put(f"stack{self.number:04}.tif", encoded(stack, "TIFF"), 2)
        return self._folder()

    def _folder(self) -> int:
        folder, count = f"job{self.number:04}", self.chance.randint(2, 3)
        for i in range(count):
            self._put(f"{folder}/{i}.png", encoded([page(f"folder {self.name} {self.number} {i}")], "PNG"), 1)
        if self.chance.random() < 0.5:
            (self.folder / folder / ".done").touch()
        return count

    def _put(self, name: str, data: bytes, pages: int) -> int:
        """As a scanner does: whole under a name that says unfinished, then renamed in."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(data)
        part.rename(path)
        self.files.append((name, data, pages))
        return 1

    def missing(self) -> list[str]:
        """What neither lies in the inbox nor has a receipt and its bytes in the store. To be asked while nothing runs."""
        lie = {path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        taken = self._taken()
        return [name for name, data, _ in self.files if data not in lie and hashlib.sha256(data).hexdigest() not in taken]

    def _taken(self) -> set[str]:
        database = self.data / "derived" / "casefile.db"
        if not database.exists():
            return set()
        with contextlib.closing(sqlite3.connect(database)) as connection:
            try:
                found = {row[0].removeprefix("sha256:") for row in connection.execute("SELECT digest FROM receipts WHERE digest NOT NULL")}
            except sqlite3.OperationalError:  # killed before there were tables
                return set()
        store = self.data / "store"
        return {digest for digest in found if [*store.glob(f"{digest[:2]}/{digest}.*"), *store.glob(f".staging/{digest}.*")]}


def told(data: Path) -> set[str]:
    """The receipts the feed told of."""
    facts = follow(data / "derived" / "feed.jsonl", from_start=True, keep_on=False)
    return {fact["receipt"] for fact in facts if fact["event"] == "received"}


def settled(window: Window) -> bool:
    """Whether everything that came has its receipt and left the inbox, is dealt with and indexed. Asks no casefile, so that it costs nothing."""
    database = window.data / "derived" / "casefile.db"
    with (
        contextlib.suppress(sqlite3.Error, OSError, ValueError),
        contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection,
    ):
        received = connection.execute("SELECT count(*) FROM receipts").fetchone()[0]
        pending = connection.execute("SELECT count(*) FROM receipts WHERE state = 'pending'").fetchone()[0]
        open_batches = connection.execute("SELECT count(*) FROM batches WHERE closed_generation > done_generation").fetchone()[0]
        events = connection.execute("SELECT max(seq) FROM events").fetchone()[0]
        position = json.loads((window.data / "derived" / "outbox.json").read_text())
        here = any(path.is_file() for path in window.folder.rglob("*"))
        return (
            received >= len(window.files)
            and not here
            and not pending
            and not open_batches
            and position["seq"] == events
            and not position["aside"]
        )
    return False


def judge(window: Window) -> list[str]:
    """What is wrong with the data folder now that everything should be done; empty: nothing. To be asked while nothing runs."""
    wrong = list[str]()
    with open_house(window.data) as house, house.books.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT id, digest, state, name, pages, reason, reason_step, detail FROM receipts").all()
        wrong += _receipts(window, rows, house.books.store)
        wrong += [f"receipt {name} was told and does not stand" for name in told(window.data) - {row.id for row in rows}]
        pages = connection.exec_driver_sql(
            "SELECT r.receipt, r.page, d.id, d.seq FROM document_receipts r JOIN documents d ON d.id = r.document WHERE d.superseded IS NULL"
        ).all()
        wrong += _pages(window, rows, pages)
        wrong += _found(house, {row.id: row.seq for row in pages})
        if house.index.count() != len(pages):
            wrong.append(f"{house.index.count()} pages in the index, {len(pages)} on the shelf")
        staged = house.books.store.staged()
        if staged:
            wrong.append(f"{len(staged)} objects were left in staging")
    left = [path for path in window.folder.rglob("*") if path.is_file()]
    if left:
        wrong.append(f"{len(left)} files were left in the inbox")
    wrong += [f"verify: {finding}" for finding in verify_data(window.data, None).findings if not _swept(finding)]
    return wrong


def _swept(finding) -> bool:
    """An unfinished file that could not be removed when its disk failed: no object, and gone with the next start."""
    return finding.outcome is Outcome.NOTED and finding.subject.startswith("store/.staging/") and finding.subject.endswith(".tmp")


def _receipts(window, rows, store) -> list[str]:
    wrong = list[str]()
    came = Counter(hashlib.sha256(data).hexdigest() for _, data, _ in window.files)
    have = Counter(row.digest.removeprefix("sha256:") for row in rows if row.digest)
    if came != have:
        wrong.append(f"lost: {sum((came - have).values())} files, doubled: {sum((have - came).values())} files")
    firsts = Counter(row.digest for row in rows if row.state != "duplicate")
    wrong += [f"{number} receipts of the same bytes that are no duplicates" for number in firsts.values() if number > 1]
    states = Counter(row.state for row in rows)
    if set(states) - {"shelved", "duplicate"}:
        apart = sorted({f"{row.reason} in {row.reason_step}: {row.detail}" for row in rows if row.state == "quarantined"})
        wrong.append(f"states: {dict(states)}; set apart: {apart}")
    for digest in have:
        found = list(store.root.glob(f"{digest[:2]}/{digest}.*"))
        if len(found) != 1 or hashlib.sha256(found[0].read_bytes()).hexdigest() != digest:
            wrong.append(f"the receipt of {digest} does not resolve")
    return wrong


def _pages(window, rows, pages) -> list[str]:
    """Every page of every scan that is no duplicate, but separator sheets, is in exactly one document."""
    due = {hashlib.sha256(data).hexdigest(): number for _, data, number in window.files}
    wanted = {row.id: due.get(row.digest.removeprefix("sha256:"), -1) for row in rows if row.state != "duplicate" and row.digest}
    times = Counter((row.receipt, row.page) for row in pages)
    wrong = [f"page {page} of {receipt} is in {number} documents" for (receipt, page), number in times.items() if number != 1]
    have = Counter(receipt for receipt, _ in times)
    wrong += [
        f"{receipt} has {have[receipt]} pages in documents, not {number}" for receipt, number in wanted.items() if have[receipt] != number
    ]
    return wrong


def _found(house, documents: dict[str, int]) -> list[str]:
    """Search finds every document by the words of its first page."""
    wrong = list[str]()
    for document, seq in documents.items():
        event = next(house.books.ledger.read(seq, seq + 1))
        private = house.books.vault.open(event.private)
        text = build(Page, private["pages"][0]).text.split()[0]
        if document not in {hit.document for hit in house.counter.search(text, 100).hits}:
            wrong.append(f"search does not find {document}")
    return wrong
