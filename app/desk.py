"""Does what the line asks for (`app.duties.Desk`), by bringing the rooms together.

It is the only place where a batch, its pages, the shelf and the ledger meet. What it records has keys made from what it is about, so that
doing it twice records it once.
"""

import contextlib
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.records import Records
from archive.make import make
from archive.xmp import Meta
from casework.cases import Cases
from domain.canonical import canonical, sha256
from domain.clock import parse_stamp
from domain.codec import plain
from domain.errors import Corrupt, Refused
from domain.events import BATCH_DONE, CODE_NOT_OPEN, DOCUMENT_SHELVED, DOCUMENT_SUPERSEDED, RECEIPT_DONE, Draft
from domain.ids import ALPHABET
from domain.model import Document, Page, Receipt, ReceiptState, Stored
from domain.ports import Classifier, Feed, Registrar, Sandbox, Store, ToRead, ToWrite
from domain.reasons import Reason
from ingest.desk import BatchRow
from ingest.limits import Limits
from ingest.triage import examine
from pipeline.assemble import Assembly
from pipeline.reader import Accepted, Reader
from pipeline.run import run

SEAL = {"state": "unsealed"}
"""Documents are not signed yet; the ledger says so of each."""


TRIAGE_SECONDS = 30.0
"""A file whose headers must be computed on for longer is refused."""
MAKE_SECONDS, MAKE_SECONDS_A_PAGE = 30.0, 5.0
"""A document whose PDF must be computed on for longer than this, and so much for each page, is refused."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the desk works with."""

    store: Store
    registrar: Registrar
    sandbox: Sandbox
    classifier: Classifier
    reader: Reader
    cases: Cases
    feed: Feed
    limits: Limits
    work: Path
    version: str


class LineDesk:
    """One machine's desk."""

    def __init__(self, tools: Tools, records: Records) -> None:
        self._t, self._records = tools, records
        tools.work.mkdir(parents=True, exist_ok=True)

    def receipts(self, batch: str) -> list[Receipt]:
        """See `app.duties.Desk`."""
        left_out = (ReceiptState.DUPLICATE, ReceiptState.QUARANTINED)
        return [receipt for receipt in self._records.receipts(batch) if receipt.state not in left_out]

    def examine(self, receipt: Receipt) -> Accepted:
        """See `app.duties.Desk`."""
        stored = self._records.scan(receipt.id)
        self._t.store.shelve(stored)  # the receipt stands a moment before its bytes are put away; from here on their path stays
        path = str(self._t.store.path(stored))
        found = self._t.sandbox.run(examine, ToRead(path), self._t.limits, timeout=TRIAGE_SECONDS)
        return Accepted(receipt.id, str(stored.digest), path, found.media, found.pages, found.flags)

    def refuse(self, receipt: str, refusal: Refused, step: str) -> None:
        """See `app.duties.Desk`; a receipt that is no longer pending stays what it is."""
        self._records.refuse(receipt, refusal, step)

    def read(self, scans: list[Accepted]) -> Assembly:
        """See `app.duties.Desk`."""
        return run(scans, self._t.reader, self._t.classifier)

    def shelve(self, batch: str, generation: int, scans: list[Accepted], assembly: Assembly) -> list[str]:
        """See `app.duties.Desk`."""
        standing = {row.id: row for row in self._records.documents(batch)}
        sources = {scan.receipt: (scan.path, scan.media) for scan in scans}
        made = list[str]()
        for document in assembly.documents:
            name = self._name(batch, generation, document, {key for key, row in standing.items() if row.superseded}, made)
            try:
                if name not in standing:
                    self._archive(name, batch, generation, document, sources, self._layers(document, scans))
                made.append(name)
            except Refused as refusal:  # the files this document is made of, and no others of the batch
                for receipt in dict.fromkeys(page.ref.receipt for page in document.pages):
                    self.refuse(receipt, refusal, "archive")
        gone = [row for key, row in standing.items() if key not in made and not row.superseded]
        drafts = [
            Draft(DOCUMENT_SUPERSEDED, row.id, f"document:{row.id}:superseded:{generation}", {"batch": batch, "generation": generation})
            for row in gone
        ]
        if drafts:
            self._t.registrar.record(drafts)
        return made

    def finish(self, batch: str, generation: int, scans: list[Accepted], assembly: Assembly) -> None:
        """See `app.duties.Desk`."""
        full = {page.ref.receipt for document in assembly.documents for page in document.pages}
        drafts = []
        kept = {receipt.id for receipt in self.receipts(batch)}
        scans = [scan for scan in scans if scan.receipt in kept]  # what could not be archived is in quarantine
        for scan in scans:
            state = ReceiptState.SHELVED if scan.receipt in full else ReceiptState.EMPTY
            body: dict[str, Any] = {"state": state.value, "pages": scan.pages, "generation": generation}
            body |= {"flags": sorted(scan.flags)} if scan.flags else {}
            drafts.append(Draft(RECEIPT_DONE, scan.receipt, f"receipt:{scan.receipt}:done:{generation}", body))
        pages = sum(scan.pages for scan in scans)
        drafts.append(Draft(BATCH_DONE, batch, f"batch:{batch}:done:{generation}", {"generation": generation, "pages": pages}))
        self._t.registrar.record(drafts)
        for scan in scans:
            self._t.reader.forget_layers(scan)

    def _layers(self, document: Document, scans: list[Accepted]) -> dict[int, ToRead]:
        """Files with the layers of the document's pages, by their numbers from 1."""
        of = {scan.receipt: scan for scan in scans}
        found = ((n, self._t.reader.layers(of[page.ref.receipt], page.ref.number)) for n, page in enumerate(document.pages, start=1))
        return {number: ToRead(path) for number, path in found if path}

    def _archive(
        self, name: str, batch: str, generation: int, document: Document, sources: dict[str, tuple[str, str]], layers: dict[int, ToRead]
    ) -> None:
        row = self._records.batch(batch)
        case, notice = self._case_of(document, row.case_id)
        out = self._t.work / f"{name}-{secrets.token_hex(8)}.pdf"  # who lost the batch may still be writing its own
        seen = parse_stamp(self._records.first_seen(batch))
        meta = Meta(name, self._records.kind_title(document.kind), None, seen, producer=f"casefile {self._t.version}")
        used = {page.ref.receipt: (ToRead(sources[page.ref.receipt][0]), sources[page.ref.receipt][1]) for page in document.pages}
        try:
            self._make(out, used, document, meta, layers)
            stored = self._t.store.stage(out, "application/pdf")
        finally:
            out.unlink(missing_ok=True)
        drafts = [self._draft(name, batch, generation, document, stored, case, row)]
        if notice:
            key = f"batch:{batch}:code:{notice}"
            drafts.append(Draft(CODE_NOT_OPEN, batch, key, {"code": notice, "why": "no open case has this number"}))
        self._t.registrar.record(drafts)
        if notice:
            self._t.feed.tell("notice", batch=batch, code=notice, why="case-not-open", document=name)
        self._t.feed.tell("shelved", document=name, batch=batch, kind=document.kind, pages=len(document.pages), window=row.window)

    def _make(self, out: Path, used: Mapping[str, tuple[str, str]], document: Document, meta: Meta, layers: Mapping[int, ToRead]) -> None:
        try:
            seconds = MAKE_SECONDS + MAKE_SECONDS_A_PAGE * len(document.pages)
            self._t.sandbox.run(make, ToWrite(out), used, document, meta, layers, timeout=seconds)
        except Corrupt as error:  # nothing of ours is damaged: this document cannot be archived as it was read
            raise Refused(Reason.INTERNAL, f"read-back: {error}", **error.facts) from error

    def _draft(self, name: str, batch: str, generation: int, document: Document, stored: Stored, case: str | None, row: BatchRow) -> Draft:
        body: dict[str, Any] = {
            "batch": batch,
            "generation": generation,
            "kind": document.kind,
            "pages": len(document.pages),
            "receipts": [{"receipt": page.ref.receipt, "page": page.ref.number} for page in document.pages],
            "window": row.window,
            "office": row.office,
            "seal": SEAL,
            "case": case,
            "code": document.code,
        }
        reading = {"pages": [plain(p) for p in document.pages], "fields": plain(document.fields), "evidence": plain(document.evidence)}
        private = {**reading, "confidence": document.confidence}
        return Draft(DOCUMENT_SHELVED, name, f"document:{name}:shelved", body, (stored,), private, case or name)

    def _case_of(self, document: Document, batch_case: str | None) -> tuple[str | None, str | None]:
        """The case's id, or None, and the code that led nowhere, or None."""
        if document.code is None:
            return batch_case, None
        found = self._t.cases.find(document.code)
        return (found.id, None) if found and found.open else (None, document.code)

    def _name(self, batch: str, generation: int, document: Document, superseded: set[str], made: list[str]) -> str:
        """The document's id: the same for the same pages of the same batch, so that repeating the step makes the same document.

        Of several of one kind on the same page (two people's cards on one glass) the order tells which is which.
        """
        about: list[Any] = [batch, document.kind, document.code, [[p.ref.receipt, p.ref.number] for p in document.pages]]
        name = _ulid(batch, about)
        while name in superseded or name in made:
            about = [*about, generation if name in superseded else "another"]
            name = _ulid(batch, about)
        return name


def _ulid(batch: str, about: Sequence[Any]) -> str:
    """A ULID with the time of `batch`'s and 80 bits of the digest of `about`."""
    number = int(sha256(canonical(list(about)))[:20], 16)
    return batch[:10] + "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(15, -1, -1))


def clear_pages(work: Path, older: float) -> None:
    """Remove documents that a killed process was writing, those not touched for `older` seconds."""
    for path in work.glob("*.pdf"):
        with contextlib.suppress(FileNotFoundError):  # another process clears too
            if path.stat().st_mtime <= time.time() - older:
                path.unlink()


def told(page: Page) -> dict[str, Any]:
    """What the feed says of a page: no text, no names."""
    return {"receipt": page.ref.receipt, "page": page.ref.number, "blank": page.blank, "separator": page.separator, "turned": page.turned}
