"""What a PDF holds, told from its objects without rendering it.

Limits: how deep values and the page tree are nested, /Count and the page tree's pages, every page's MediaBox (UserUnit counted, ISO
32000-1 14.11.2 and table 30), every image's size, and how far compressed streams unpack, tried with zlib in blocks that are thrown away.
Whether it is encrypted is asked twice: an owner's password alone keeps nobody from opening it.
Refused as DAMAGED as well: a stream whose data lie in another file (7.3.8.2, /F), metadata with a document type or entities (XMP allows
none): neither is anything a scanner writes.
Flags: `active-content` for anything that runs, sends or fetches (12.6.4: JavaScript, Launch, SubmitForm, ImportData, GoToR, GoToE, URI and
their like; additional actions; embedded files; XFA; RichMedia), `signed` for a signature, `encrypted` for one that opens with no password.
"""

import re
import zlib
from collections.abc import Generator, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from domain.errors import Refused
from domain.reasons import Reason
from ingest.limits import FLOOR, Limits

ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/URI",
    "/Rendition",
    "/Sound",
    "/Movie",
    "/RichMediaExecute",
}
ACTIVE_KEYS = {"/JS", "/JavaScript", "/AA", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
OBJECTS = 1_000_000
"""Objects, and values nested in them, that are looked through."""
TOO_DEEP = re.compile(r"too deeply nested|max-nesting|deeply nested data")
"""What qpdf says of what it does not follow."""
_BLOCK = 1 << 16


def examine_pdf(path: Path, size: int, limits: Limits) -> tuple[int, tuple[str, ...]]:
    """Pages and flags of the PDF at `path`, `size` bytes long.

    Raises:
        Refused: ENCRYPTED, TOO_MANY_PAGES, NO_PAGES, PAGE_TOO_LARGE, EXPANDS_TOO_MUCH, NESTED_TOO_DEEPLY, DAMAGED. Any error of pikepdf's.
    """
    try:
        return _examine(path, size, limits)
    except pikepdf.PdfError as error:
        if TOO_DEEP.search(str(error)) or _opens_deep(path, size, limits.nesting):
            raise Refused(Reason.NESTED_TOO_DEEPLY) from error
        raise


def _examine(path: Path, size: int, limits: Limits) -> tuple[int, tuple[str, ...]]:
    try:
        pdf = pikepdf.open(path, attempt_recovery=True, inherit_page_attributes=False)
    except pikepdf.PasswordError as error:
        raise Refused(Reason.ENCRYPTED) from error
    except pikepdf.PdfError as error:
        if _says_encrypted(path, size):
            raise Refused(Reason.ENCRYPTED, "its encryption is unknown or broken") from error
        raise
    with pdf:
        if pdf.is_encrypted and not limits.encrypted:
            raise Refused(Reason.ENCRYPTED, "opens without a password")
        _check_tree(pdf, limits)
        count = pdf.Root.get("/Pages", Dictionary()).get("/Count", 0)
        if isinstance(count, int) and count > limits.pages:
            limits.check_pages(count)
        limits.check_pages(len(pdf.pages))
        flags = _objects(pdf, limits) | ({"encrypted"} if pdf.is_encrypted else set())
        if any(TOO_DEEP.search(str(warning)) for warning in pdf.get_warnings()):
            raise Refused(Reason.NESTED_TOO_DEEPLY, "over the limit of nesting", limit=limits.nesting)
        return len(pdf.pages), tuple(sorted(flags))


def _ends(path: Path, size: int) -> tuple[bytes, bytes]:
    with path.open("rb") as stream:
        head = stream.read(1 << 20)
        stream.seek(max(0, size - (1 << 20)))
        return head, stream.read()


def _says_encrypted(path: Path, size: int) -> bool:
    return any(b"/Encrypt" in end for end in _ends(path, size))


def _opens_deep(path: Path, size: int, nesting: int) -> bool:
    """Whether arrays or dictionaries are opened one directly in another too often; asked of a file that qpdf could make nothing of."""
    run = re.compile(rb"(?:\[\s{0,2}){%d}|(?:<<\s{0,2}/[^\s/<>\[\]()]{0,32}\s{0,2}){%d}" % (nesting + 1, nesting + 1))
    return any(run.search(end) for end in _ends(path, size))


def _check_tree(pdf: pikepdf.Pdf, limits: Limits) -> None:
    """How deep the page tree is, how many leaves it has and how large they are, before qpdf mends them; loops are qpdf's to find."""
    waiting: list[tuple[Any, int, Any]] = [(pdf.Root.get("/Pages"), 1, None)]
    seen, leaves = set(), 0
    while waiting:
        node, depth, box = waiting.pop()
        limits.check_nesting(depth)
        if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        box = node.get("/MediaBox", box)
        kids = node.get("/Kids")
        if isinstance(kids, Array):
            waiting += [(kid, depth + 1, box) for kid in kids]
            continue
        leaves += 1
        if leaves > limits.pages:
            limits.check_pages(leaves)
        _check_box(box, node.get("/UserUnit", 1), limits)


def _check_box(box: Any, unit: Any, limits: Limits) -> None:
    if box is None:
        return  # readers then take their own default, which is small
    if not isinstance(box, Array) or len(box) != 4 or not all(isinstance(value, int | float | Decimal) for value in box):
        raise Refused(Reason.DAMAGED, "a page whose size is not told in numbers")
    x0, y0, x1, y1 = (float(value) for value in box)
    longer = max(abs(x1 - x0), abs(y1 - y0)) * float(unit) / 72
    if x0 == x1 or y0 == y1:
        raise Refused(Reason.DAMAGED, "a page without size")
    if not longer <= limits.media_box_inches:
        raise Refused(
            Reason.PAGE_TOO_LARGE, "a page over the limit of inches", limit=limits.media_box_inches, found=round(min(longer, 1e9))
        )


def _objects(pdf: pikepdf.Pdf, limits: Limits) -> set[str]:
    flags: set[str] = set()
    seen = 0
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            _check_stream(thing, limits)
        for value, depth in _within(thing):
            seen += 1
            if seen > OBJECTS:
                raise Refused(Reason.DAMAGED, "too many objects", limit=OBJECTS)
            limits.check_nesting(depth)
            _flag(value, flags)
    metadata = pdf.Root.get("/Metadata")
    if isinstance(metadata, Stream):
        text = _unpack(metadata, 4 << 20)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise Refused(Reason.DAMAGED, "its metadata declare entities")
    return flags


def _within(thing: Any) -> Iterator[tuple[Any, int]]:
    """One object and what is nested in it directly, each with its depth; what it refers to comes when its turn comes."""
    waiting = [(thing, 1)]
    while waiting:
        here, depth = waiting.pop()
        yield here, depth
        if isinstance(here, Dictionary | Stream):
            waiting += [(value, depth + 1) for value in (here.get(key) for key in here.keys()) if _nested(value)]  # noqa: SIM118
        elif isinstance(here, Array):
            waiting += [(value, depth + 1) for value in here if _nested(value)]


def _flag(here: Any, flags: set[str]) -> None:
    if isinstance(here, Dictionary | Stream):
        keys = set(here.keys())
        if keys & ACTIVE_KEYS or str(here.get("/S", "")) in ACTIONS:
            flags.add("active-content")
        if "/ByteRange" in keys or str(here.get("/Type", "")) == "/Sig":
            flags.add("signed")


def _nested(value: Any) -> bool:
    return isinstance(value, Dictionary | Array) and not value.is_indirect


def _check_stream(stream: Stream, limits: Limits) -> None:
    if "/F" in stream.keys():  # noqa: SIM118 a pikepdf object is no dict
        raise Refused(Reason.DAMAGED, "data of it lie in another file")
    coded = int(stream.get("/Length", 0))
    if stream.get("/Subtype") == Name.Image:
        width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
        if width and height:
            limits.check_image(width, height, 1 if stream.get("/ImageMask") else int(stream.get("/BitsPerComponent", 8)), coded)
    _try(stream, coded, limits)


def _filters(stream: Stream) -> list[str]:
    named = stream.get("/Filter")
    return [str(name) for name in named] if isinstance(named, Array) else [str(named)] if named is not None else []


def _try(stream: Stream, coded: int, limits: Limits) -> None:
    """Count what the stream's Flate filters unpack to, in blocks; other filters are bounded by the sizes their headers state."""
    layers = 0
    for name in _filters(stream):
        if name not in ("/FlateDecode", "/Fl"):
            break
        layers += 1
    if layers and coded * 1032**layers > FLOOR:  # RFC 1951 cannot do more than 1032:1
        total = 0
        for block in _inflate(stream.read_raw_bytes(), layers):
            total += len(block)
            limits.check_expansion(total, coded)


def _inflate(data: bytes, layers: int) -> Iterator[bytes]:
    source = (data[at : at + _BLOCK] for at in range(0, len(data), _BLOCK))
    for _ in range(layers):
        source = _layer(source)
    return source


def _layer(source: Iterable[bytes]) -> Generator[bytes, None, None]:
    """One Flate filter undone, at most 64 KiB at a time; ends quietly at damage, which is the renderer's to judge."""
    unpack = zlib.decompressobj()
    for piece in source:
        rest = piece
        while not unpack.eof:
            try:
                out = unpack.decompress(rest, _BLOCK)
            except zlib.error:
                return
            yield out
            rest = unpack.unconsumed_tail
            if not rest and len(out) < _BLOCK:
                break


def _unpack(stream: Stream, most: int) -> bytes:
    layers = sum(name in ("/FlateDecode", "/Fl") for name in _filters(stream))
    out = b""
    for block in _inflate(stream.read_raw_bytes(), layers):
        out += block
        if len(out) > most:
            break
    return out
