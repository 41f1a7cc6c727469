"""The vault in memory: nothing is encrypted, but everything else is as promised."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from domain.errors import Corrupt
from domain.model import Stored
from domain.ports import Store


class MemoryVault:
    """Implements `domain.ports.Vault`, its objects in the store it is given."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._groups: dict[Stored, str] = {}
        self._destroyed: set[Stored] = set()

    def seal(self, body: Mapping[str, Any], group: str) -> Stored:
        text = json.dumps({"salt": secrets.token_hex(16), "body": body}, allow_nan=False)
        stored = self._store.stage(text.encode(), "application/vnd.casefile.private")
        self._groups[stored] = group
        return stored

    def open(self, stored: Stored) -> Mapping[str, Any] | None:
        if stored in self._destroyed:
            return None
        if stored not in self._groups:
            raise Corrupt("no key", object=str(stored.digest))
        body: Mapping[str, Any] = json.loads(self._store.read(stored))["body"]
        return body

    def destroy(self, group: str) -> int:
        gone = {stored for stored, of in self._groups.items() if of == group} - self._destroyed
        self._destroyed |= gone
        return len(gone)
