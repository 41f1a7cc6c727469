"""Checkpoints as notes that others keep and sign: C2SP tlog-checkpoint, signed-note and tlog-cosignature (c2sp.org, versions 1).

    casefile/01JD...            the origin: which ledger
    1234                        how many events
    CsUYapGG...=                root of the tree over them, base64

    — name base64(4 bytes of key id || 8 bytes of seconds since 1970 || Ed25519 signature)

A cosignature (signature type 0x04, "cosignature/v1") says: at that time this was the largest tree I saw of this ledger, and it begins with
every earlier one I signed. Promises: one spelling of everything, so that a changed byte is found or makes the signature invalid; only
signatures by keys that were given count. The ledger itself does not sign its checkpoints (docs/decisions/0007).
"""

import base64
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

DASH = "\N{EM DASH} "
TYPE = b"\x04"
NAME = r"[A-Za-z0-9._/-]{1,128}"
SIZE = r"[1-9][0-9]{0,15}"
BODY = re.compile(rf"({NAME})\n({SIZE})\n([A-Za-z0-9+/]{{43}}=)\n")
SIGNATURE = re.compile(rf"{DASH}({NAME}) ([A-Za-z0-9+/]{{102}}==)\n")
ORIGIN = "casefile/"
AGAIN = "/restored-"
WHOLE = [re.compile(form.encode("utf-8")) for form in (NAME, SIZE, "[A-Za-z0-9+/]{43}=", "")]
"""The lines of a note but for the last."""
PART = [
    re.compile(form.encode("utf-8"))
    for form in (f"(?:{NAME})?", f"(?:{SIZE})?", "[A-Za-z0-9+/]{0,43}=?", "", f"{DASH}(?:{NAME}(?: [A-Za-z0-9+/]{{0,102}}={{0,2}})?)?")
]
"""The beginnings of its lines."""
MOST_SECONDS = 2**40


def unbase64(text: str) -> bytes:
    """The bytes `text` stands for.

    Raises:
        ValueError: not base64, or not the one spelling of these bytes.
    """
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode("ascii") != text:
        raise ValueError("another spelling of the same base64")
    return data


def origin_of(ledger: str, restored: int = 0) -> str:
    """The origin of the ledger with this id, that was put back from an older copy, by decision, so many times."""
    return f"{ORIGIN}{ledger}{AGAIN}{restored}" if restored else f"{ORIGIN}{ledger}"


def parse_origin(origin: str) -> tuple[str, int]:
    """Ledger and times restored; the ledger is empty if it is no origin of ours."""
    match = re.fullmatch(rf"{ORIGIN}([0-9A-Z]{{26}})(?:{AGAIN}([1-9][0-9]{{0,5}}))?", origin)
    return (match[1], int(match[2] or 0)) if match else ("", 0)


@dataclass(frozen=True, slots=True)
class Tree:
    """The root over the first `size` events of a ledger. Its `body` is what is signed."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """The note's text."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode('ascii')}\n"


def parse_body(text: str) -> Tree:
    """The tree in a note's text.

    Raises:
        ValueError: not the three lines of a checkpoint.
    """
    match = BODY.fullmatch(text)
    if match is None:
        raise ValueError("not the three lines of a checkpoint")
    return Tree(match[1], int(match[2]), unbase64(match[3]))


@dataclass(frozen=True, slots=True)
class Key:
    """A witness's public key with its name; written as `<name>+<key id>+<base64>` (a vkey)."""

    name: str
    public: bytes

    @classmethod
    def parse(cls, text: str) -> "Key":
        """The key written so.

        Raises:
            ValueError: not a key for cosignatures, or misspelt.
        """
        match = re.fullmatch(rf"({NAME})\+([0-9a-f]{{8}})\+([A-Za-z0-9+/]+=*)", text)
        data = unbase64(match[3]) if match else b""
        if match is None or len(data) != 33 or data[:1] != TYPE:
            raise ValueError("not the key of a witness: it looks like name+0123abcd+BASE64")
        key = cls(match[1], data[1:])
        if key.id.hex() != match[2]:
            raise ValueError("a misspelt key of a witness: its parts do not agree")
        return key

    @property
    def id(self) -> bytes:
        """Four bytes that name it in a signature."""
        return sha256(self.name.encode("ascii") + b"\n" + TYPE + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(TYPE + self.public).decode('ascii')}"


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A checkpoint with a witness's signature line. `at`: seconds since 1970, by the witness's clock."""

    tree: Tree
    name: str
    key_id: bytes
    at: int
    signature: bytes

    def line(self) -> str:
        """The signature line, with its newline."""
        data = self.key_id + struct.pack(">Q", self.at) + self.signature
        return f"{DASH}{self.name} {base64.b64encode(data).decode('ascii')}\n"

    def note(self) -> str:
        """The whole signed note: five lines."""
        return f"{self.tree.body()}\n{self.line()}"

    def by(self, keys: Sequence[Key]) -> bool:
        """Whether one of `keys` signed it."""
        return any(self._by(key) for key in keys)

    def _by(self, key: Key) -> bool:
        if (key.name, key.id) != (self.name, self.key_id):
            return False
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(self.signature, _message(self.tree, self.at))
        except InvalidSignature:
            return False
        return True


def cosign(private: Ed25519PrivateKey, key: Key, tree: Tree, at: int) -> Cosigned:
    """`tree` with the signature of `private`, whose public half is `key`."""
    return Cosigned(tree, key.name, key.id, at, private.sign(_message(tree, at)))


def parse_signature(tree: Tree, line: str) -> Cosigned:
    """`tree` with the signature on `line` (its newline included), not verified yet.

    Raises:
        ValueError: not the form.
    """
    match = SIGNATURE.fullmatch(line)
    if match is None:
        raise ValueError("not the form of a cosignature")
    data = unbase64(match[2])
    (at,) = struct.unpack(">Q", data[4:12])
    if at > MOST_SECONDS:
        raise ValueError("a time that is none")
    return Cosigned(tree, match[1], data[:4], at, data[12:])


def parse_note(data: bytes) -> Cosigned:
    """A checkpoint signed by one witness, its signature not verified yet.

    Raises:
        ValueError: not the form.
    """
    text = data.decode("utf-8")
    body, parted, line = text.partition("\n\n")
    if not parted:
        raise ValueError("no signature")
    return parse_signature(parse_body(body + "\n"), line)


def split_notes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Notes that stand one behind another in a file, five lines each, with the byte each begins at; the last may be torn."""
    offset = 0
    *whole, rest = data.split(b"\n")
    lines = [line + b"\n" for line in whole] + ([rest] if rest else [])
    for i in range(0, len(lines), 5):
        note = b"".join(lines[i : i + 5])
        yield offset, note
        offset += len(note)


def is_begun_note(torn: bytes) -> bool:
    """Whether `torn`, the end of a file of notes, can be the beginning of one that was being written, no byte of it changed."""
    *lines, last = torn.split(b"\n")
    if len(lines) > len(WHOLE) or not all(form.fullmatch(line) for form, line in zip(WHOLE, lines, strict=False)):
        return False
    dash = DASH.encode("utf-8")
    return PART[len(lines)].fullmatch(last) is not None or (len(lines) == len(WHOLE) and dash.startswith(last))


def _message(tree: Tree, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{tree.body()}".encode("ascii")
