"""What the ledger says: one event for every change of a case, a receipt or a document.

An event holds no personal data: ids, windows, codes, digests and counts only. What is personal goes into a private body, a small encrypted
object of the store, of which the event carries the digest of the ciphertext. docs/decisions/0001-formats.md pins every byte.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.canonical import canonical, sha256
from domain.model import Stored

VERSION = 1
GENESIS = "0" * 64

LEDGER_OPENED = "ledger.opened"
BATCH_OPENED = "batch.opened"  # subject batch; body: window, office, case, folder (whether it is one), after; private: folder
BATCH_CLOSED = "batch.closed"  # subject batch; body: generation, receipts (ids in order), how (file, quiet, done-file, command)
BATCH_DONE = "batch.done"  # subject batch; body: generation, documents (ids), pages
RECEIPT_ISSUED = "receipt.issued"  # subject receipt; body: window, office, batch; objects: the scan; private: name
RECEIPT_DUPLICATE = "receipt.duplicate"  # as receipt.issued, and body.twin: the receipt that came first
RECEIPT_REFUSED = "receipt.refused"  # subject receipt; body: reason, step, detail (technical)
RECEIPT_REQUEUED = "receipt.requeued"  # subject receipt; body: batch
RECEIPT_DONE = "receipt.done"  # subject receipt; body: state (shelved or empty), pages, generation
DOCUMENT_SHELVED = "document.shelved"  # subject document; body: batch, generation, kind, receipts, pages, seal, case, code; objects: pdf
DOCUMENT_SUPERSEDED = "document.superseded"  # subject document; body: batch, generation that replaces it
DOCUMENT_ASSIGNED = "document.assigned"  # subject document; body: case
DOCUMENT_UNASSIGNED = "document.unassigned"  # subject document; body: case
DOCUMENT_VIEWED = "document.viewed"  # subject document; somebody was shown its fields
CASE_OPENED = "case.opened"  # subject case; body: number, window or null, office
CASE_CLOSED = "case.closed"  # subject case; body: number
FIXITY_CHECKED = "fixity.checked"  # subject the ledger; body: part, parts, begun, objects, bytes, damaged, missing, healed (counts)
FIXITY_HEALED = "fixity.healed"  # subject the ledger; body: object (digest), found (digest of what lay there, or null)
CODE_NOT_OPEN = "code.not-open"  # subject batch; body: code, why it leads to unassigned


@dataclass(frozen=True, slots=True)
class Draft:
    """An event about to be written. `key` is unique for ever: a second draft with it appends nothing.

    `private` is the clear private body; it never enters the event. `group` groups its key for later destruction (a case, else the subject).
    `sealed` is where the registrar put the encrypted body; a ledger takes a draft with `private` only when it is sealed.
    `along` is the key of another draft of the same call: where that stood before the call, this one is left out. So what belongs to one
    decision is written by whoever decides first, and a process that wakes up late writes none of it.
    """

    kind: str
    subject: str
    key: str
    body: Mapping[str, Any] = field(default_factory=dict)
    objects: tuple[Stored, ...] = ()
    private: Mapping[str, Any] | None = None
    group: str | None = None
    actor: str = "system"
    sealed: Stored | None = None
    along: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it stands in the ledger. `at` is UTC with microseconds; `private` the ciphertext in the store; `prev` the leaf hash before."""

    seq: int
    at: str
    actor: str
    kind: str
    subject: str
    key: str
    body: Mapping[str, Any]
    objects: tuple[Stored, ...]
    private: Stored | None
    prev: str

    def plain(self) -> dict[str, Any]:
        """The event as the object that is hashed."""
        return {
            "v": VERSION,
            "alg": "sha256",
            "seq": self.seq,
            "at": self.at,
            "actor": self.actor,
            "kind": self.kind,
            "subject": self.subject,
            "key": self.key,
            "body": dict(self.body),
            "objects": [_object(o) for o in self.objects],
            "private": _object(self.private) if self.private else None,
            "prev": self.prev,
        }

    def encoded(self) -> bytes:
        """The canonical bytes (RFC 8785), without a newline."""
        return canonical(self.plain())

    def leaf(self) -> str:
        """The Merkle leaf hash: SHA-256(0x00 || bytes), RFC 6962 section 2.1, as hex."""
        return sha256(b"\x00" + self.encoded())


def _object(stored: Stored) -> dict[str, Any]:
    return {"digest": str(stored.digest), "media": stored.media, "size": stored.size}
