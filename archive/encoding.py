"""From the bytes of the ledger back to an event, and lines that are chained by their checks.

Promises: `parse_event` gives an event whose canonical bytes are exactly the bytes it was given, or raises; so no second spelling of an
event exists. `link` makes the check of a line from the check of the line before it, so that no line can be changed, dropped, added, moved
or doubled without a later check failing (except at the end, which is why ends are counted elsewhere).
"""

import json
from typing import Any

from domain.canonical import sha256
from domain.events import GENESIS, VERSION, Event
from domain.model import Digest, Stored

START = GENESIS
"""The check before the first line."""

KEYS = {"v", "alg", "seq", "at", "actor", "kind", "subject", "key", "body", "objects", "private", "prev"}
TEXTS = ("at", "actor", "kind", "subject", "key", "prev")


def parse_event(data: bytes) -> Event:
    """The event with these canonical bytes.

    Raises:
        ValueError: not the canonical bytes of an event of version 1.
    """
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ValueError("not JSON") from error
    if not isinstance(plain, dict) or set(plain) != KEYS:
        raise ValueError("not the members of an event")
    if plain["v"] != VERSION or plain["alg"] != "sha256":
        raise ValueError("not an event of version 1 hashed by sha256")
    if any(not isinstance(plain[name], str) for name in TEXTS) or type(plain["seq"]) is not int or not isinstance(plain["body"], dict):
        raise ValueError("members of the wrong type")
    try:
        event = Event(
            seq=plain["seq"],
            at=plain["at"],
            actor=plain["actor"],
            kind=plain["kind"],
            subject=plain["subject"],
            key=plain["key"],
            body=plain["body"],
            objects=tuple(_stored(o) for o in plain["objects"]),
            private=_stored(plain["private"]) if plain["private"] is not None else None,
            prev=plain["prev"],
        )
        same = event.encoded() == data
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("members of the wrong type") from error
    if not same:
        raise ValueError("not the canonical form")
    return event


def _stored(plain: dict[str, Any]) -> Stored:
    return Stored(Digest.parse(plain["digest"]), plain["size"], plain["media"])


def journal_line(event: Event) -> bytes:
    """The event as it stands in the journal: canonical bytes, a tab, the leaf hash in hex, a newline."""
    data = event.encoded()
    return data + b"\t" + sha256(b"\x00" + data).encode("ascii") + b"\n"


def parse_line(line: bytes) -> tuple[Event, str]:
    """The event and leaf hash of a line of the journal, without its newline.

    Raises:
        ValueError: the leaf is not that of the bytes, or the bytes are not an event.
    """
    data, tab, leaf = line.rpartition(b"\t")
    if not tab or leaf != sha256(b"\x00" + data).encode("ascii"):
        raise ValueError("the leaf hash at the end is not that of the line")
    return parse_event(data), leaf.decode("ascii")


def is_begun(torn: bytes) -> bool:
    """Whether `torn`, found after the last newline of the journal, can be the beginning of a line that was being written."""
    data, tab, leaf = torn.rpartition(b"\t")
    if tab:
        return sha256(b"\x00" + data).encode("ascii").startswith(leaf)
    first = b'{"actor":"'
    return torn.startswith(first) or first.startswith(torn)


def link(previous: str, text: bytes) -> str:
    """The check of a line: SHA-256(check of the line before || 0x0a || text), hex."""
    return sha256(previous.encode("ascii") + b"\n" + text)
