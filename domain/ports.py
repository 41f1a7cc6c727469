"""Where rooms meet the world and one another. Each port has one contract suite in tests/contracts/ that runs on every adapter."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from domain.events import Draft, Event
from domain.model import Answer, Digest, Document, Page, PageEntry, Rights, Stored, Word

Image = Any
"""A numpy array, H x W (grey) or H x W x 3 (BGR, as OpenCV has it), uint8. Named here so that domain needs no numpy."""

R = TypeVar("R")


class Clock(Protocol):
    """Time."""

    def now(self) -> datetime:
        """The time in UTC, aware."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back."""
        ...


class Store(Protocol):
    """Write-once objects under their digests. An object is first staged (durable, not yet counted), then shelved."""

    def stage(self, source: Path | bytes, media: str) -> Stored:
        """Copy `source` durably (file and folder fsynced) into staging. Staging what is there already changes nothing.

        Raises:
            DiskFull, Unavailable
        """
        ...

    def shelve(self, stored: Stored) -> None:
        """Move a staged object to its place. Repeating it changes nothing.

        Raises:
            NotFound: neither staged nor shelved.
        """
        ...

    def discard(self, stored: Stored) -> None:
        """Remove a staged object that was staged in vain; there is none: nothing happens. Never one somebody else may have staged too."""
        ...

    def path(self, stored: Stored) -> Path:
        """Where the bytes are, shelved or staged.

        Raises:
            NotFound
        """
        ...

    def read(self, stored: Stored) -> bytes:
        """The bytes, checked against their digest.

        Raises:
            NotFound, Corrupt
        """
        ...

    def names(self) -> Iterator[str]:
        """Every name on the shelf, relative to the store's root, with /; staging left out."""
        ...


class Ledger(Protocol):
    """The append-only list of events."""

    def append(self, drafts: Sequence[Draft]) -> list[Event]:
        """Append all or nothing, in one transaction with the tables that show them.

        A draft whose key stands already gives the event that has it; one that goes `along` with a key that stood before gives none.

        Raises:
            Conflict: a table's rule forbids it (two open cases at one window). Corrupt, Unavailable.
        """
        ...

    def read(self, start: int = 1, stop: int | None = None) -> Iterator[Event]:
        """Events by sequence, from `start`, up to but not including `stop`."""
        ...

    def size(self) -> int:
        """How many events there are; the last one's sequence."""
        ...

    def root(self, size: int | None = None) -> str:
        """The RFC 6962 Merkle tree hash over the first `size` leaves, hex."""
        ...


class Vault(Protocol):
    """Private bodies: encrypted under a key of their own."""

    def seal(self, body: Mapping[str, Any], group: str) -> Stored:
        """Encrypt and stage `body`; its key is on disk before this returns. Equal bodies give different ciphertexts."""
        ...

    def open(self, stored: Stored) -> Mapping[str, Any] | None:
        """The clear body, or None if its key was destroyed.

        Raises:
            Corrupt: the ciphertext or its key is not what was written.
        """
        ...


class Registrar(Protocol):
    """Store, vault and ledger in the one order that loses nothing: stage, key, event, shelve."""

    def record(self, drafts: Sequence[Draft]) -> list[Event]:
        """Seal private bodies, append all drafts in one transaction, then shelve their objects (already staged by the caller).

        Raises:
            Conflict, Unavailable, Corrupt
        """
        ...

    def resume(self) -> int:
        """Finish what was recorded and then broke off, in this process or another; how many things there were to do.

        After it every event that stands is on disk outside the database too, and its objects are on the shelf.

        Raises:
            Unavailable, Corrupt
        """
        ...


class OcrEngine(Protocol):
    """Reads an upright, deskewed image."""

    @property
    def name(self) -> str:
        """Name and version of engine and models."""
        ...

    def read(self, image: Image, dpi: float) -> tuple[Word, ...]:
        """Words in reading order, boxes as fractions of `image`."""
        ...

    def line(self, image: Image, dpi: float) -> str:
        """What the one line of text on `image` says; "" where there is none."""
        ...


class Classifier(Protocol):
    """Tells which kind of material pages are."""

    def leaning(self, page: Page) -> tuple[str, float]:
        """The likeliest kind of a page and how sure that is, 0..1, even where that is too little to say so; `other` where nothing speaks for any."""
        ...

    def classify(self, pages: Sequence[Page]) -> Document:
        """The pages as one document: kind, confidence, evidence, fields; kind `other` when it is none of the list."""
        ...


class Renderer(Protocol):
    """Gives pages of a PDF as images."""

    def count(self, path: Path) -> int:
        """Number of pages.

        Raises:
            Refused
        """
        ...

    def render(self, path: Path, page: int, dpi: float) -> Image:
        """Page `page` (from 1) as displayed, BGR, at `dpi`.

        Raises:
            Refused
        """
        ...


class SearchIndex(Protocol):
    """Copies of pages, to be found. May be deleted and rebuilt at any time."""

    def put(self, entries: Sequence[PageEntry]) -> None:
        """Add or replace pages; an entry older (by `version`) than what is there is ignored.

        Raises:
            Unavailable
        """
        ...

    def drop(self, document: str, version: int) -> None:
        """Remove all pages of a document, unless something newer than `version` is there."""
        ...

    def search(self, query: str, rights: Rights, limit: int = 20, offset: int = 0) -> Answer:
        """Pages that hold every term of `query`, in default order.

        Raises:
            Unavailable
        """
        ...

    def count(self) -> int:
        """How many pages there are."""
        ...

    def refresh(self) -> None:
        """Make everything put so far findable."""
        ...

    def clear(self) -> None:
        """Remove everything."""
        ...


class ToRead(str):
    """A path among the arguments of a function in the sandbox, of a file it may read. Any other path is closed to it."""

    __slots__ = ()


class ToWrite(str):
    """A path among the arguments of a function in the sandbox, of a file it may write; the file is there when the function has returned."""

    __slots__ = ()


class Sandbox(Protocol):
    """Runs a function that touches untrusted bytes in a limited child process without network, which sees the files it is given."""

    def run(self, function: Callable[..., R], *args: Any, timeout: float | None = None) -> R:
        """`function(*args)` in a child. The function is module-level; arguments and result can be pickled. Files are passed as `ToRead`, `ToWrite`.

        `timeout`: seconds it may compute; waiting for a processor or a disk is not computing, and has a bound of its own.

        Raises:
            Refused: what the function raised, or TOOK_TOO_LONG, TOOK_TOO_MUCH_MEMORY, READER_FAILED when the child did not survive it.
        """
        ...


class Feed(Protocol):
    """Tells the world what just happened (for `events --follow`). Losing it loses nothing."""

    def tell(self, event: str, **facts: Any) -> None:
        """Append one line: received, page, shelved, indexed, refused, notice. Facts hold no personal data."""
        ...


Projector = Callable[[Any, Event, Mapping[str, Any] | None], None]
"""A room's `apply(connection, event, private)`: brings the room's tables up to the event, inside the ledger's transaction.
`private` is the clear private body, or None if there is none or its key was destroyed."""

__all__ = [
    "Classifier",
    "Clock",
    "Digest",
    "Feed",
    "Image",
    "Ledger",
    "OcrEngine",
    "Projector",
    "Registrar",
    "Renderer",
    "Sandbox",
    "SearchIndex",
    "Store",
    "Vault",
]
