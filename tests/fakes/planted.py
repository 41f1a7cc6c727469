"""Finds planted values in bytes, however they are written: UTF-8, UTF-16, percent- and \\u-escapes, compressed by zlib, on a page of SQLite.

Digits are looked for as runs of their length, names as four characters in a row, so ten thousand values cost no more than one.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import unquote_to_bytes

DIGITS = re.compile(rb"(?=([0-9]{17}[0-9Xx]))|(?=(1[3-9][0-9]{9}))")
HAN = re.compile("[\u4e00-\u9fff]{4,}")
ESCAPED = re.compile(rb"\\u([0-9a-fA-F]{4})")
ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
LARGEST = 16 << 20


class Planted:
    def __init__(self, values: Iterable[str]) -> None:
        self.values = set(values)

    def text(self, text: str) -> set[str]:
        """Those that stand in `text`."""
        found = {text[at : at + 4] for run in HAN.finditer(text) for at in range(run.start(), run.end() - 3)}
        data = text.encode("utf-8", "replace")
        found |= {(match[1] or match[2]).decode().upper() for match in DIGITS.finditer(data)}
        return found & self.values

    def data(self, data: bytes) -> set[str]:
        """Those that stand in `data`, in any of the forms."""
        found = set[str]()
        for form in _forms(data):
            found |= self.text(form.decode("utf-8", "ignore"))
        for encoding in ("utf-16-le", "utf-16-be"):
            for start in (0, 1):
                found |= self.text(data[start:].decode(encoding, "ignore"))
        return found


def _forms(data: bytes) -> Iterator[bytes]:
    yield data
    if b"%" in data:
        yield unquote_to_bytes(data)
    if b"\\u" in data:
        yield ESCAPED.sub(lambda match: chr(int(match[1], 16)).encode("utf-8", "replace"), data)
    for match in ZLIB.finditer(data):
        try:
            clear = zlib.decompressobj().decompress(data[match.start() :], LARGEST)
        except zlib.error:
            continue
        if len(clear) > 8:
            yield clear
            if b"\\u" in clear:
                yield ESCAPED.sub(lambda match: chr(int(match[1], 16)).encode("utf-8", "replace"), clear)
