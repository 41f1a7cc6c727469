"""The book of a witness: what it has seen of each ledger, in a file that is only ever appended to.

    DIR/key           its private key (PEM, 0600), made at the first start        DIR/witnessed.txt   every checkpoint it signed, one behind
    DIR/key.public    its public key, to be pinned as `witness.key`                                   another (archive/notes.py)

Promises: a checkpoint is signed only if the tree begins with the last one signed of that ledger; what was answered is on disk; it never
signs a smaller tree after a larger one, also after being killed at any moment; it forgets nothing and cannot be told to. A book that is not
what it wrote, or that lost its key, is not opened. It knows sizes, hashes and times, nothing of what is in the ledger.
Does not know whether events are true, and not who asks (app/witness/serve.py does). Its time is its machine's.
"""

import os
import stat
from collections.abc import Collection, Sequence
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from archive.atomic import append_durably, make_folder, world, write_whole
from archive.merkle import verify_consistency
from archive.notes import Cosigned, Key, Tree, cosign, is_begun_note, parse_note, split_notes
from archive.segments import WITNESSED
from domain.errors import Conflict, Corrupt, Misconfigured, NotFound
from domain.ports import Clock

PRIVATE, PUBLIC = "key", "key.public"
MOST_PROOF = 63
RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)
PEM = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


class Inconsistent(Conflict):
    """The tree does not begin with the one that was signed before, or nothing shows that it does."""


class WitnessBook:
    """What one witness has signed; `key` is its public key, `torn` how many bytes of an unfinished line were cut off at the start."""

    def __init__(self, folder: Path, clock: Clock, name: str = "casefile/witness", new: Collection[str] = ()) -> None:
        """Open the book in `folder`, making it and a key if there is none.

        `new` are origins to be trusted at their first checkpoint.

        Raises:
            Misconfigured: the key is missing, readable for others, or is not that of the book. Corrupt: the book is not what was written.
            DiskFull, Unavailable.
        """
        self._path, self._clock, self._new = folder / WITNESSED, clock, set(new)
        with world("the witness's folder cannot be written"):
            make_folder(folder)
            self._private, self.key = _keys(folder, name)
            self.last, self._end, self.torn = self._read()

    def add(self, old: int, proof: Sequence[bytes], tree: Tree) -> Cosigned:
        """Sign `tree`, if `proof` shows that it begins with the tree of `old` events that was signed last. On disk when this returns.

        The same tree again is answered with the signature that stands.

        Raises:
            ValueError: the numbers make no sense. NotFound: an unknown ledger. Conflict: another tree was signed last, `size` says which.
            Inconsistent: not proved. DiskFull, Unavailable.
        """
        last = self.last.get(tree.origin)
        if last is None and tree.origin not in self._new:
            raise NotFound(f"unknown ledger {tree.origin}: start the witness with --new {tree.origin} to trust it from now on")
        if old > tree.size or len(proof) > MOST_PROOF:
            raise ValueError(f"a proof from {old} to {tree.size} events makes no sense")
        size = last.tree.size if last else 0
        if old != size:
            raise Conflict(f"the last checkpoint signed has {size} events, not {old}", size=size)
        if last is not None and tree.size == size:
            if tree.root != last.tree.root:
                raise Conflict(f"another root was signed for {size} events", size=size)
            return last
        if last is None and proof:
            raise ValueError("a proof from nothing is empty")
        if last is not None and not verify_consistency(size, last.tree.root, tree.size, tree.root, proof):
            raise Inconsistent(f"nothing shows that these {tree.size} events begin with the {size} that were signed", size=size)
        signed = cosign(self._private, self.key, tree, int(self._clock.now().timestamp()))
        data = signed.note().encode("utf-8")
        with world("the witness's file cannot be written"):
            append_durably(self._path, data, 0o644, self._end)
        self._end += len(data)
        self.last[tree.origin] = signed
        return signed

    def _read(self) -> tuple[dict[str, Cosigned], int, int]:
        last: dict[str, Cosigned] = {}
        data = self._path.read_bytes() if self._path.exists() else b""
        end = 0
        for offset, text in split_notes(data):
            if is_begun_note(text):
                break  # never answered: the answer follows the last byte
            try:
                note = parse_note(text)
            except ValueError as error:
                raise Corrupt(f"byte {offset} of {self._path.name} is not what the witness wrote: {error}", byte=offset) from error
            before = last.get(note.tree.origin)
            if not note.by([self.key]) or (before is not None and before.tree.size >= note.tree.size):
                raise Corrupt(f"the checkpoint at byte {offset} of {self._path.name} is not one this witness signed", byte=offset)
            last[note.tree.origin] = note
            end = offset + len(text)
        return last, end, len(data) - end


def _keys(folder: Path, name: str) -> tuple[Ed25519PrivateKey, Key]:
    path, public, begun = folder / PRIVATE, folder / PUBLIC, (folder / WITNESSED).exists()
    if not path.exists() and (begun or public.exists()):
        raise Misconfigured(f"the witness's key {path} is missing: put it back; if it is lost, begin a new witness in an empty folder")
    if not path.exists():
        _write(path, Ed25519PrivateKey.generate().private_bytes(*PEM), 0o600)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Misconfigured(f"the witness's key {path} can be read by others: chmod 600 {path}")
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError) as error:
        raise Misconfigured(f"{path} is no private key: put it back") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise Misconfigured(f"{path} is not an Ed25519 key: put it back")
    raw = private.public_key().public_bytes(*RAW)
    try:
        if not public.exists() and not begun:  # killed before it was written
            _write(public, f"{Key.parse(str(Key(name, raw)))}\n".encode("ascii"), 0o644)
        key = Key.parse(public.read_text(encoding="ascii").strip())
    except (ValueError, FileNotFoundError) as error:
        raise Misconfigured(f"{public} is missing or no key, or {name!r} no name (letters, digits, . _ / -)") from error
    if raw != key.public:
        raise Misconfigured(f"{public} is not the public half of {path}: put them back")
    return private, key


def _write(path: Path, data: bytes, mode: int) -> None:
    write_whole(path, data, mode, path.with_name(f".{path.name}-{os.getpid()}.tmp"))
