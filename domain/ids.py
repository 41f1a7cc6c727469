"""Internal identifiers: ULIDs (github.com/ulid/spec), 26 characters of Crockford's base 32, sorted by time of making.

They name receipts, batches, cases and documents for ever. Case numbers, file names and windows are attributes, never keys.
"""

import re
import secrets
from datetime import datetime

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


def new_ulid(at: datetime) -> str:
    """A new identifier made at `at` (aware, UTC; before 1970 counts as 1970): 48 bits of milliseconds, 80 bits of chance."""
    number = (max(0, int(at.timestamp() * 1000)) << 80) | secrets.randbits(80)
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(25, -1, -1))


def is_ulid(text: str) -> bool:
    """Whether `text` has the form of an identifier of ours."""
    return ULID.fullmatch(text) is not None
