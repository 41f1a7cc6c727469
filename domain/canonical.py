"""Canonical JSON (RFC 8785) for what is hashed, and SHA-256 over it.

Promises: equal values give equal bytes, on every platform and release. Accepts null, booleans, integers within
+-(2**53 - 1), strings, lists and objects with string keys. Does not accept floating-point numbers: nothing that is
hashed here needs one, and leaving them out leaves out the one hard part of the standard (ES6 number formatting).
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

LARGEST = 2**53 - 1


def canonical(value: Any) -> bytes:
    """The RFC 8785 form of `value` in UTF-8.

    Keys are sorted by their UTF-16 code units (section 3.2.3), strings escaped as in section 3.2.2.2.

    Raises:
        TypeError: a value of another type, or a float.
        ValueError: an integer beyond 2**53 - 1, or a lone surrogate in a string.
    """
    return _text(value).encode("utf-8")


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError(f"integer beyond 2**53 - 1: {value}")
        return str(int(value))
    if isinstance(value, str):
        value.encode("utf-8")  # a lone surrogate raises here, with its position
        return json.dumps(str(value), ensure_ascii=False)
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"object key is not a string: {key!r}")
        parts = (f"{_text(k)}:{_text(value[k])}" for k in sorted(value, key=lambda k: k.encode("utf-16-be")))
        return "{" + ",".join(parts) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_text(v) for v in value) + "]"
    raise TypeError(f"not allowed in canonical JSON: {type(value).__name__}")


def sha256(data: bytes) -> str:
    """SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
