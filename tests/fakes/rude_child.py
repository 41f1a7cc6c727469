"""A child of the sandbox that is not what it was: it does what its task's name says, instead of answering."""

import os
import sys
import time

from app.child import READY, frame


def main() -> None:
    if os.environ.get("LANG") == "unfit":
        sys.exit(7)  # as one that cannot be confined, or whose libraries are gone
    out = int(sys.argv[2])
    os.write(out, frame(READY))
    while head := os.read(0, 1 << 16):
        how = next(name for name in WAYS if name.encode() in head)
        WAYS[how](out)


def deaf(out):
    time.sleep(60)


def babbling(out):
    os.write(out, (1 << 20).to_bytes(8, "big"))
    while True:
        os.write(out, b"x")
        time.sleep(0.02)


def saying(data):
    return lambda out: os.write(out, frame(data))


WAYS = {
    "deaf": deaf,
    "babbling": babbling,
    "flooding": lambda out: os.write(out, (1 << 40).to_bytes(8, "big")),
    "no-json": saying(b"\xff not json"),
    "deeply-nested": saying(b"[" * 200_000),
    "a-list": saying(b"[1, 2]"),
    "of-another-type": saying(b'{"ok": {"pages": "x"}}'),
    "an-unknown-reason": saying(b'{"error": "Refused", "reason": "because", "what": "", "facts": {}}'),
    "an-error-that-is-none-of-ours": saying(b'{"error": "SystemExit", "reason": null, "what": "", "facts": {}}'),
    "damage-of-our-own": saying(b'{"error": "Corrupt", "reason": null, "what": "the ledger", "facts": {}}'),
    "a-denial": saying(b'{"error": "Denied", "reason": null, "what": "", "facts": {}}'),
    "what-stood-on-a-page": saying(
        b'{"error": "Refused", "reason": "damaged", "what": "\xe5\xbc\xa0\xe4\xb8\x89 '
        + b"x" * 9000
        + b'", "facts": {"what": "twice", "reason": 1, "Name": "x", "page": 3, "boxes": [[1]], "text": "\xe5\xbc\xa0'
        + b"y" * 9000
        + b'"}}'
    ),
}

if __name__ == "__main__":
    main()
