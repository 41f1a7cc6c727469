"""Private bodies: small encrypted objects of the store, each under a random key of its own.

The object: 4 bytes `CFP` 0x01, a nonce of 12 random bytes, then AES-256-GCM (NIST SP 800-38D) of the zlib-compressed JSON, the first 4
bytes being its associated data. Promises: the key is on disk before `seal` returns; without the key the body is gone for ever and its
digest still proves that it was there; a body that opens is exactly what was sealed. Equal bodies give different objects. The length of a
body is not hidden.
"""

import contextlib
import hashlib
import json
import secrets
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from archive.keys import Key, KeyFile
from domain.clock import stamp
from domain.errors import Corrupt, Unavailable
from domain.model import Digest, Stored
from domain.ports import Clock, Store

HEADER = b"CFP\x01"
NONCE = 12
MEDIA = "application/vnd.casefile.private"


def compress(body: Mapping[str, Any]) -> bytes:
    """The body as compressed JSON.

    Raises:
        TypeError, ValueError: not a JSON value, or not a number JSON has.
    """
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    return zlib.compress(text.encode("utf-8"), 6)


def encrypt(compressed: bytes, key: bytes, nonce: bytes) -> bytes:
    """The object's bytes."""
    return HEADER + nonce + AESGCM(key).encrypt(nonce, compressed, HEADER)


def decrypt(data: bytes, key: bytes) -> Mapping[str, Any]:
    """The clear body of an object's bytes.

    Raises:
        ValueError: not such an object, or not under this key.
    """
    if data[: len(HEADER)] != HEADER:
        raise ValueError("not a private body of version 1")
    nonce, sealed = data[len(HEADER) : len(HEADER) + NONCE], data[len(HEADER) + NONCE :]
    try:
        body = json.loads(zlib.decompress(AESGCM(key).decrypt(nonce, sealed, HEADER)))
    except InvalidTag as error:
        raise ValueError("the key does not fit") from error
    except zlib.error as error:
        raise ValueError("not compressed JSON") from error
    if not isinstance(body, dict):
        raise ValueError("not a JSON object")
    return body


class FileVault:
    """Implements `domain.ports.Vault`: keys in a folder, bodies in the store."""

    def __init__(self, folder: Path, store: Store, clock: Clock) -> None:
        self._keys, self._store, self._clock = KeyFile(folder), store, clock

    def seal(self, body: Mapping[str, Any], group: str) -> Stored:
        """See `domain.ports.Vault`.

        Raises:
            DiskFull, Unavailable. TypeError, ValueError: not a JSON value.
        """
        return self.seal_all([(body, group)])[0]

    def seal_all(self, bodies: Sequence[tuple[Mapping[str, Any], str]]) -> list[Stored]:
        """Seal several (body, group), their keys forced to disk once."""
        keys, sealed = list[Key](), list[Stored]()
        try:
            for body, group in bodies:
                key = secrets.token_bytes(32)
                data = encrypt(compress(body), key, secrets.token_bytes(NONCE))
                sealed.append(Stored(Digest(hashlib.sha256(data).hexdigest()), len(data), MEDIA))
                self._store.stage(data, MEDIA)
                keys.append(Key(sealed[-1].digest, group, key))
            self._keys.add(keys)
        except Unavailable:
            with contextlib.suppress(Unavailable):  # a full disk is tried again and again: it must not fill with what nobody can open
                for stored in sealed:
                    self._store.discard(stored)
            raise
        return sealed

    def open(self, stored: Stored) -> Mapping[str, Any] | None:
        """See `domain.ports.Vault`.

        Raises:
            Corrupt, NotFound, Unavailable
        """
        key = self._keys.find(stored.digest)
        if key is None:
            raise Corrupt(f"there is no key for {stored.digest}: put keys/ back from a copy", object=str(stored.digest))
        if key.key is None:
            return None
        try:
            return decrypt(self._store.read(stored), key.key)
        except ValueError as error:
            raise Corrupt(f"{stored.digest} does not open: {error}; put keys/ back from a copy", object=str(stored.digest)) from error

    def destroy(self, group: str) -> int:
        """Destroy every key of `group` for ever, leaving tombstones; how many.

        Raises:
            Corrupt: the file of keys is damaged; nothing was destroyed. DiskFull, Unavailable.
        """
        return self._keys.destroy(group, stamp(self._clock.now()))

    def tidy(self) -> None:
        """Remove what a crash left behind."""
        self._keys.tidy()

    def close(self) -> None:
        """Let go of the file of keys."""
        self._keys.close()
