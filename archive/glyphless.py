"""The font of the text layer: one empty glyph, and codes of the document's own.

Promises: every character that stands in a document's text (any Unicode scalar value) has a two-byte code, and the font's
ToUnicode map gives exactly that character back; glyph widths in font program and dictionary are the same (1000 units).
Does not draw anything: the scan is what one sees, the text lies over it unseen (text rendering mode 3).
Risk accepted: a document of more than 65,534 different characters cannot be written (Unicode has more, a document never).

Methods: ISO 32000-1, 9.7 (composite fonts) and 9.10.3 (ToUnicode); ISO 19005-2, 6.2.11 (fonts, level U); the OpenType tables'
own descriptions.
"""

import struct
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name

UNITS = 1000
NAME = "/CASEFL+CasefileGlyphless"
MOST = 0xFFFE
PER_BLOCK = 100
"""ISO 32000-1, 9.10.3 by way of Adobe's CMap specification: at most 100 entries a bfchar block."""

GLYPH = struct.pack(">hhhhh HHH BB hhhh xx", 2, 0, 0, UNITS, UNITS, 0, 1, 0, 0x01, 0x01, 0, UNITS, 0, UNITS)
"""Two contours of a single point each, at opposite corners of the em: nothing to fill, yet a box of full width and height.
pdfium leaves out text whose box is empty, which an empty glyph's is."""


class Codes:
    """Hands out codes from 1 upward, in order of first use, so that equal documents get equal codes."""

    def __init__(self) -> None:
        self.of: dict[tuple[str, int], int] = {}

    def encode(self, text: str, variant: int = 0) -> bytes:
        """`text` as big-endian two-byte codes. Each variant gives a character another code of the same meaning.

        Raises:
            ValueError: U+0000, U+FEFF, U+FFFE or a lone surrogate (level U forbids them), or too many characters.
        """
        out = bytearray()
        for char in text:
            code = self.of.get((char, variant))
            if code is None:
                code = self._new(char, variant)
            out += code.to_bytes(2, "big")
        return bytes(out)

    def _new(self, char: str, variant: int) -> int:
        if char in "\x00\ufeff\ufffe" or 0xD800 <= ord(char) <= 0xDFFF:
            raise ValueError(f"U+{ord(char):04X} cannot stand in a PDF/A text layer")
        if len(self.of) >= MOST:
            raise ValueError("more different characters than two-byte codes")
        self.of[char, variant] = len(self.of) + 1
        return len(self.of)


def embed(pdf: pikepdf.Pdf, codes: Codes) -> pikepdf.Object:
    """Add the font with `codes` to `pdf`; gives the Type 0 font, an indirect object."""
    program = pdf.make_stream(font_program(), Length1=len(font_program()))
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(NAME),
            Flags=4,
            FontBBox=Array([0, 0, UNITS, UNITS]),
            ItalicAngle=0,
            Ascent=UNITS,
            Descent=0,
            CapHeight=UNITS,
            StemV=80,
            FontFile2=program,
        )
    )
    descendant = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(NAME),
            CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
            FontDescriptor=descriptor,
            DW=UNITS,
            CIDToGIDMap=pdf.make_stream(b"\x00\x01" * (len(codes.of) + 1)),
        )
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name(NAME),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([descendant]),
            ToUnicode=pdf.make_stream(to_unicode(codes)),
        )
    )


def to_unicode(codes: Codes) -> bytes:
    """The ToUnicode CMap of `codes`, one bfchar line a code, UTF-16BE."""
    lines = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for (char, _), code in codes.of.items()]
    blocks = [lines[i : i + PER_BLOCK] for i in range(0, len(lines), PER_BLOCK)]
    body = "".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar\n" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


@cache
def font_program() -> bytes:
    """A TrueType font of two empty glyphs (.notdef and the one used), each 1000 units wide; ascent 1000, descent 0."""
    created = 0
    tables = {
        b"OS/2": struct.pack(
            ">HhHHH11h10s4I4sHHHhhhHHII",
            *(1, UNITS, 400, 5, 0, 650, 700, 0, 140, 650, 700, 0, 480, 50, 250, 0, bytes(10), 0, 0, 0, 0, b"CASE"),
            *(0x40, 0x20, 0x20, UNITS, 0, 0, UNITS, 0, 0, 0),
        ),
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 0, 12) + struct.pack(">HHHHHHHHHHHH", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0),
        b"glyf": GLYPH,
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            *(0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0x000B, UNITS, created, created, 0, 0, UNITS, UNITS, 0, 8, 2, 0, 0),
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x00010000, UNITS, 0, 0, UNITS, 0, 0, UNITS, 1, 0, 0, 0, 0, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hhh", UNITS, 0, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(GLYPH) // 2),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x00010000, 2, 2, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": _names({1: "CasefileGlyphless", 2: "Regular", 4: "CasefileGlyphless", 6: "CasefileGlyphless"}),
        b"post": struct.pack(">IIhhIIIII", 0x00030000, 0, 0, 0, 1, 0, 0, 0, 0),
    }
    return _assemble(tables)


def _names(names: dict[int, str]) -> bytes:
    records, text = b"", b""
    for number, name in names.items():
        encoded = name.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(encoded), len(text))
        text += encoded
    return struct.pack(">HHH", 0, len(names), 6 + len(records)) + records + text


def _checksum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


def _assemble(tables: dict[bytes, bytes]) -> bytes:
    search = 1 << (len(tables).bit_length() - 1)
    header = struct.pack(">IHHHH", 0x00010000, len(tables), search * 16, search.bit_length() - 1, (len(tables) - search) * 16)
    offset, directory, body = 12 + 16 * len(tables), b"", b""
    for tag, data in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, _checksum(data), offset + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    font = header + directory + body
    adjustment = (0xB1B0AFBA - _checksum(font)) & 0xFFFFFFFF
    head = offset + sum(len(d) + -len(d) % 4 for t, d in sorted(tables.items()) if t < b"head")
    return font[: head + 8] + struct.pack(">I", adjustment) + font[head + 12 :]
