"""Damage of every kind to small real scans, from a seed: the same seed gives the same bytes.

Blind damage (flipped bits, cuts, splices of two files, holes of zeros, doubled blocks, numbers where lengths stand) and damage that knows the
format and so reaches further in: values of PDF objects, tags of TIFF directories, segments of JPEG, chunks of PNG with their sums made right.
"""

import io
import random
import re
import struct
import zlib
from functools import cache

import pikepdf
from PIL import Image

from tests.fakes.scans import page, scan

EXTREMES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 65500, 200_000)


@cache
def seeds() -> tuple[bytes, ...]:
    """Clean scans of every format that is accepted, and the codings that scanners use in them."""
    plain = [scan("seed", ending, pages=2) for ending in ("jpg", "png", "tif", "bmp", "webp", "jp2", "pdf")]
    tiffs = [scan("seed", "tif", pages=2, compression=how) for how in ("group4", "tiff_lzw", "jpeg", "packbits", "tiff_deflate")]
    colour, out = Image.merge("RGB", [page(text) for text in "rgb"]), io.BytesIO()
    colour.save(out, "JPEG", progressive=True, quality=70)
    return (*plain, *tiffs, out.getvalue(), _packed(plain[-1]), _drawn())


def _packed(data: bytes) -> bytes:
    """A PDF whose objects are in compressed streams."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _drawn() -> bytes:
    """A PDF with text, lines and a form, as programs write them."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 150))
        form = pdf.make_stream(b"0 0 50 50 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 50, 50])
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form), Font=pikepdf.Dictionary(H=font))
        pdf.pages[0].Contents = pdf.make_stream(b"q 1 0 0 1 20 20 cm /F Do Q BT /H 14 Tf 20 100 Td (seed) Tj ET 10 10 m 190 140 l S")
        pdf.save(out)
    return out.getvalue()


def mutant(seed: int) -> bytes:
    """Damaged bytes: one to four kinds of damage to one of the `seeds`."""
    chance = random.Random(seed)
    data = chance.choice(seeds())
    for _ in range(chance.randint(1, 4)):
        if len(data) > 64:
            data = chance.choice(BLIND if chance.random() < 0.5 else (_knowing(data), *BLIND[:1]))(data, chance)
    return data[: 4 << 20]


def _knowing(data: bytes):
    for magic, way in (
        (b"%PDF", pdf_values),
        (b"II*\0", tiff_tags),
        (b"MM\0*", tiff_tags),
        (b"\xff\xd8", jpeg_segments),
        (b"\x89PNG", png_chunks),
    ):
        if data.startswith(magic):
            return way
    return lengths


def flip(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def cut(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(8, len(data))
    return data[:at] if chance.random() < 0.6 else data[: at // 2] + data[at:]


def splice(data: bytes, chance: random.Random) -> bytes:
    other = chance.choice(seeds())
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def hole(data: bytes, chance: random.Random) -> bytes:
    at, long = chance.randrange(len(data)), chance.randint(1, 4096)
    return data[:at] + bytes(min(long, len(data) - at)) + data[at + long :]


def doubled(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at : at + chance.randint(1, 512)] * chance.choice((2, 3, 50, 500)) + data[at:]


def lengths(data: bytes, chance: random.Random) -> bytes:
    at, form = chance.randrange(len(data) - 8), chance.choice((">H", "<H", ">I", "<I"))
    new = struct.pack(form, chance.choice(EXTREMES) & (0xFFFF if form[1] == "H" else 0xFFFFFFFF))
    return data[:at] + new + data[at + len(new) :]


BLIND = (flip, cut, splice, hole, doubled, lengths)
VALUES = (
    *(b"0", b"-1", b"1e9", b"99999999999999999999", b"null", b"true", b"()", b"<<>>", b"[]", b"/X", b"1 0 R", b"2 0 R", b"3 0 R", b"4 0 R"),
    *(
        b"[" * 200 + b"]" * 200,
        b"[/FlateDecode /FlateDecode]",
        b"/JBIG2Decode",
        b"/JPXDecode",
        b"/LZWDecode",
        b"/DCTDecode",
        b"NaN",
        b"65500",
    ),
)


def pdf_values(data: bytes, chance: random.Random) -> bytes:
    """Another value for a number, name or reference of some object."""
    places = list(re.finditer(rb"(?<=[\s/\[(])(?:\d+ 0 R|\d+(?:\.\d+)?|/[A-Za-z0-9]+)(?=[\s/\]>)])", data))
    if not places:
        return flip(data, chance)
    place = chance.choice(places)
    return data[: place.start()] + b" " + chance.choice(VALUES) + b" " + data[place.end() :]


def tiff_tags(data: bytes, chance: random.Random) -> bytes:
    """Another tag, type, count or value in a directory, or the next directory's place."""
    order, out = ("<" if data[:2] == b"II" else ">"), bytearray(data)
    at = struct.unpack_from(order + "I", data, 4)[0]
    if at + 2 > len(data):
        return flip(data, chance)
    entries = struct.unpack_from(order + "H", data, at)[0]
    place = at + 2 + 12 * chance.randrange(entries + 1) + chance.choice((0, 2, 4, 8))
    if place + 4 > len(data):
        return flip(data, chance)
    if chance.random() < 0.3:
        struct.pack_into(order + "I", out, place, chance.choice((at, 0, 8, len(data) - 1)))
    elif (place - at - 2) % 12 < 4:
        struct.pack_into(
            order + "H", out, place, chance.choice((0, 1, 2, 5, 11, 256, 257, 258, 259, 273, 278, 279, 322, 330, 347, 530, 0xFFFF))
        )
    else:
        struct.pack_into(order + "I", out, place, chance.choice(EXTREMES))
    return bytes(out)


def jpeg_segments(data: bytes, chance: random.Random) -> bytes:
    """A segment left out, doubled, moved to the front, or with other bytes in its head."""
    places, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        size = 2 + struct.unpack_from(">H", data, at + 2)[0]
        places.append((at, at + size))
        at += size
    if not places:
        return flip(data, chance)
    start, end = chance.choice(places)
    segment, way = data[start:end], chance.randrange(4)
    if way == 3:
        inner = bytearray(segment)
        inner[min(len(inner) - 1, 4 + chance.randrange(12))] = chance.choice((0, 1, 4, 0x11, 0x44, 0x80, 0xFF))
        return data[:start] + bytes(inner) + data[end:]
    return (data[:start] + data[end:], data[:end] + segment * 40 + data[end:], data[:2] + segment + data[2:])[way]


def png_chunks(data: bytes, chance: random.Random) -> bytes:
    """A chunk with other content and a right sum, left out, or doubled."""
    chunks, at = [], 8
    while at + 12 <= len(data):
        size = struct.unpack_from(">I", data, at)[0]
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    if not chunks:
        return flip(data, chance)
    number, way = chance.randrange(len(chunks)), chance.randrange(3)
    kind, body = chunks[number]
    if way == 0:
        del chunks[number]
    elif way == 1:
        chunks.insert(number, (kind, body))
    elif body:
        changed = bytearray(body)
        changed[chance.randrange(min(len(changed), 16))] = chance.choice((0, 1, 3, 6, 8, 16, 0x7F, 0xFF))
        chunks[number] = (kind, bytes(changed))
    sums = (struct.pack(">I", len(b)) + k + b + struct.pack(">I", zlib.crc32(k + b)) for k, b in chunks)
    return data[:8] + b"".join(sums)
