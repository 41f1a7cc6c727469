"""Makes the golden files of the ledger's formats. `python -m tests.archive.golden_ledger` writes them anew: only for a new format version."""

import json
from pathlib import Path

from archive.checkpoints import next_checkpoint
from archive.encoding import START, journal_line
from archive.keys import Key, key_line
from archive.merkle import Range, consistency_proof, inclusion_proof
from archive.vault import encrypt
from domain.canonical import sha256
from domain.events import (
    BATCH_CLOSED,
    BATCH_OPENED,
    CASE_OPENED,
    DOCUMENT_SHELVED,
    GENESIS,
    LEDGER_OPENED,
    RECEIPT_DONE,
    RECEIPT_ISSUED,
    Event,
)
from domain.model import Digest, Stored

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "ledger"
KEY = bytes(range(32))
NONCE = bytes(range(100, 112))
CLEAR = '{"boxes":[[0.125,0.25,0.5,1.0]],"name":"20261115121802_001/扫描 张三.pdf","none":null}'
BATCH, RECEIPT, DOCUMENT, CASE = (f"01M84ZZZZZ000000000000000{letter}" for letter in "BRDC")


def events() -> list[Event]:
    """Seven events with every shape of member: null and text, empty and not, beyond ASCII, beyond the BMP, all escapes."""
    scan = Stored(Digest(sha256(b"scan")), 4, "image/tiff")
    pdf = Stored(Digest(sha256(b"pdf")), 3, "application/pdf")
    body = Stored(Digest(sha256(private())), len(private()), "application/vnd.casefile.private")
    page = {"receipt": RECEIPT, "page": 1}
    shelved = {"batch": BATCH, "generation": 1, "kind": "id-card", "pages": 1, "receipts": [page], "case": CASE, "code": None}
    plain: list[tuple[str, str, str, dict[str, object], tuple[Stored, ...], Stored | None]] = [
        (LEDGER_OPENED, "01M84ZZZZZ000000000000000L", LEDGER_OPENED, {"format": 1, "hash": "sha256"}, (), None),
        (CASE_OPENED, CASE, f"case:{CASE}", {"number": "A2026-0001", "window": "W01", "office": "某分局"}, (), None),
        (BATCH_OPENED, BATCH, f"batch:{BATCH}", {"window": "W01", "case": None, "folder": False, "empty": {}, "list": []}, (), None),
        (RECEIPT_ISSUED, RECEIPT, f"receipt:{RECEIPT}", {"window": "W01", "batch": BATCH}, (scan,), body),
        (BATCH_CLOSED, BATCH, f"closed:{BATCH}:1", {"generation": 1, "receipts": [RECEIPT], "how": "file"}, (), None),
        (DOCUMENT_SHELVED, DOCUMENT, f"document:{DOCUMENT}", shelved, (pdf,), body),
        (
            RECEIPT_DONE,
            RECEIPT,
            f"done:{RECEIPT}:1",
            {"\u20ac": 1, "\U0001f600": 2**53 - 1, "\ufb33": -1, 'a"\\\b\n\u001f/': True},
            (),
            None,
        ),
    ]
    story: list[Event] = []
    for seq, (kind, subject, key, facts, objects, sealed) in enumerate(plain, start=1):
        prev = story[-1].leaf() if story else GENESIS
        at = f"2026-11-23T08:00:0{seq}.{seq:06d}Z"
        story.append(Event(seq, at, "system", kind, subject, key, facts, objects, sealed, prev))
    return story


def private() -> bytes:
    """The private body under the fixed key and nonce. Its compressed bytes are read, not made: builds of zlib differ in them."""
    return encrypt((FOLDER / "private.zlib").read_bytes(), KEY, NONCE)


def files() -> dict[str, bytes]:
    """Every golden file that is made, by name."""
    story = events()
    leaves = [bytes.fromhex(event.leaf()) for event in story]
    tree, roots, points, check = Range(), [Range().root().hex()], b"", START
    for leaf in leaves:
        tree.push(leaf)
        roots.append(tree.root().hex())
        if tree.size in (3, 7):
            point = next_checkpoint(check, tree.size, roots[-1])
            points, check = points + point.line(), point.check
    first, check = key_line(Key(Digest(sha256(private())), CASE, KEY), START)
    second, _ = key_line(Key(Digest("00" * 32), CASE, None, "2026-11-23T09:00:00.000000Z"), check)
    vectors = {
        "events": [{"bytes": e.encoded().decode(), "leaf": e.leaf()} for e in story],
        "roots": roots,
        "inclusion of leaf 4 in 7": [h.hex() for h in inclusion_proof(leaves, 4)],
        "consistency of 3 with 7": [h.hex() for h in consistency_proof(leaves, 3)],
    }
    return {
        "00000001.jsonl": b"".join(journal_line(e) for e in story),
        "checkpoints.txt": points,
        "keys.jsonl": first + second,
        "private.cfp": private(),
        "vectors.json": json.dumps(vectors, ensure_ascii=False, indent=1).encode() + b"\n",
    }


if __name__ == "__main__":
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
