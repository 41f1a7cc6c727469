"""The nouns: frozen values that pass between rooms. Bytes are never in a value, only their digest."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from domain.geometry import Box, Placement


@dataclass(frozen=True, slots=True, order=True)
class Digest:
    """A digest of bytes, written `sha256:<64 hex>` wherever it is text."""

    hex: str
    algorithm: str = "sha256"

    def __str__(self) -> str:
        return f"{self.algorithm}:{self.hex}"

    @classmethod
    def parse(cls, text: str) -> "Digest":
        """The inverse of `str`.

        Raises:
            ValueError: not `sha256:` and 64 lower-case hexadecimal digits.
        """
        algorithm, _, digits = text.partition(":")
        if algorithm != "sha256" or len(digits) != 64 or set(digits) - set("0123456789abcdef"):
            raise ValueError(f"not a digest: {text!r}")
        return cls(digits, algorithm)


@dataclass(frozen=True, slots=True)
class Stored:
    """An object of the store: what it is called, how large it is, what it is (a media type of `MEDIA`)."""

    digest: Digest
    size: int
    media: str


MEDIA: dict[str, str] = {
    "application/pdf": "pdf",
    "image/tiff": "tif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/jp2": "jp2",
    "image/webp": "webp",
    "image/bmp": "bmp",
    "application/octet-stream": "bin",
    "application/vnd.casefile.private": "cfp",
}
"""Media types the store keeps, and the ending their files carry on the shelf, so that a person can open them without casefile."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A file as a scanner left it. `name` is its path below the window's folder, as found: personal data."""

    digest: Digest
    size: int
    name: str
    window: str
    seen_at: datetime


class ReceiptState(Enum):
    """Every receipt is in exactly one state, so received = the sum of the five."""

    PENDING = "pending"
    SHELVED = "shelved"
    QUARANTINED = "quarantined"
    DUPLICATE = "duplicate"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The promise that the paper may leave the scanner: one file, on disk and in the ledger."""

    id: str
    sequence: int
    scan: Scan
    office: str
    batch: str
    state: ReceiptState = ReceiptState.PENDING
    twin: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """1..n receipts that belong together: a file, or a folder of page files. `generation` grows with each assembly."""

    id: str
    window: str
    office: str
    case: str | None
    generation: int
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True, order=True)
class PageRef:
    """One page of one received file; `number` counts from 1 inside the file."""

    receipt: str
    number: int


@dataclass(frozen=True, slots=True)
class Word:
    """A run of text on one line: a Latin word or number, or a run of Chinese characters.

    `box` and `chars` (one box a character of `text`, in order) are fractions of the upright, deskewed page. `line` counts lines in
    reading order from 0; words stand in reading order. `confidence` 0..1 is the mean of `scores`, how sure each character of
    `text` is; () where that was not kept. `spaced` says that a blank stands before the word in the text of its line (never between
    Chinese characters).
    """

    text: str
    box: Box
    chars: tuple[Box, ...]
    confidence: float
    line: int
    spaced: bool = False
    scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Quality:
    """What may be wrong with a page, in figures and codes.

    `sharpness` fine against coarse detail, divided by the limit for that kind of scan: under 1 is blurred; `ink` share of dark pixels 0..1;
    `flags` codes of `domain.remarks.PAGE`.
    """

    sharpness: float = 0.0
    ink: float = 0.0
    flags: tuple[str, ...] = ()

    @property
    def poor(self) -> bool:
        """Whether the clerk should be asked to scan again."""
        return bool({"blurred", "dark", "unreadable"} & set(self.flags))


@dataclass(frozen=True, slots=True)
class Code:
    """A machine-readable code found on a page: `format` such as QRCode or Code128, its text, its box."""

    format: str
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """What was made of one page. `turned` None: the orientation could not be told, the page is archived as it was scanned.

    `dpi` of the displayed image (horizontal, vertical). `fingerprint` of the upright page, 80 hex digits:
    a 64-bit perceptual hash, then a finer one; empty for blanks.
    `separator`: this sheet only separates (nothing but a code of ours on it). `failure`: why the page could not be read, a Reason code.
    """

    ref: PageRef
    placement: Placement
    dpi: tuple[float, float]
    turned: int | None
    blank: bool
    separator: bool
    quality: Quality
    codes: tuple[Code, ...] = ()
    words: tuple[Word, ...] = ()
    fingerprint: str = ""
    engine: str = ""
    failure: str | None = None
    duplicate_of: PageRef | None = None

    @property
    def text(self) -> str:
        """The page's text in reading order, lines parted by newlines, no blanks put into Chinese."""
        return text_of(self.words)


def text_of(words: tuple[Word, ...]) -> str:
    """Words joined as they are read: a newline between lines, a blank before a word that is `spaced`."""
    out: list[str] = []
    for i, word in enumerate(words):
        if i and word.line != words[i - 1].line:
            out.append("\n")
        elif i and word.spaced:
            out.append(" ")
        out.append(word.text)
    return "".join(out)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a document is thought to be of its kind: a phrase found, where, and what it weighed."""

    phrase: str
    weight: float
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A value read from a document. `page` counts from 1 within it; `doubtful`: codes of `domain.remarks.VALUE`, empty when trusted."""

    name: str
    value: str
    page: int
    box: Box | None
    confidence: float
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Pages of one or several receipts that are one material.

    `kind` is a name of domain/kinds.yaml. `code` is the case number a separator sheet named.
    """

    kind: str
    confidence: float
    pages: tuple[Page, ...]
    fields: tuple[Field, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    code: str | None = None


@dataclass(frozen=True, slots=True)
class PageEntry:
    """What search is given of one page. `version` is the ledger's sequence that last touched it: older deliveries lose.

    `words` carry boxes; the engines see only what search/analysis.py makes of their text.
    """

    document: str
    page: int
    version: int
    words: tuple[Word, ...]
    kind: str
    office: str
    window: str
    case: str | None = None
    case_date: str = ""
    line: str = ""
    item: str = ""
    restricted: bool = False

    @property
    def id(self) -> str:
        """The key of this page in any index."""
        return f"{self.document}-{self.page}"


@dataclass(frozen=True, slots=True)
class Rights:
    """What the asker may see: every query carries it from the start. An empty tuple of offices means every office."""

    offices: tuple[str, ...] = ()
    restricted: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that answers a query; `boxes` light the characters found, in reading order; `snippet` is the text around the first."""

    document: str
    page: int
    case: str | None
    boxes: tuple[Box, ...]
    snippet: str
    lit: tuple[tuple[int, int], ...] = ()
    """Ranges of `snippet` (start, end) that were found."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits in default order (case date, then document id, then page) and how many documents and pages there are in all."""

    hits: tuple[Hit, ...]
    pages: int
    documents: int


class Outcome(Enum):
    """How a check ended, best first; a verdict is as bad as its worst finding."""

    GOOD = 0
    NOTED = 1
    BAD = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found. `subject` is a path below the data folder, an object, or an event; no personal data."""

    check: str
    outcome: Outcome
    subject: str
    expected: str
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found, and how much it looked at."""

    findings: tuple[Finding, ...] = ()
    looked_at: dict[str, int] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        """The worst of the findings."""
        return max((f.outcome for f in self.findings), key=lambda o: o.value, default=Outcome.GOOD)
