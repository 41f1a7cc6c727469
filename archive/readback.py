"""Opens an archived PDF again and holds it against what it was made from. Nothing is shelved before this has passed.

Promises, or raises Corrupt saying what was expected and what was found: it declares PDF/A-2u and holds nothing but pages, scans, one font,
one output intent and metadata; metadata in both places are what they should be; every page is of the right size, shows the right scan
the right way up, and its text, read by the standard from codes and ToUnicode, is the document's text to the character; pdfium, reading
by position, finds the same characters in the same order (right-to-left scripts, which it reorders: the same characters).
Does not promise: full conformance (the tests ask an independent validator), nor damage smaller than some millimetres of a page.
`ReadBack.respaced` lists pages on which pdfium parts lines or words otherwise than the document does.
"""

import re
import unicodedata
import zlib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from archive import jpeg, spoken, xmp
from archive.likeness import Originals, drawn_small, expected, small_sizes, verdict
from archive.pdfa import FONT, srgb
from archive.sheet import page_size
from archive.xmp import Meta
from domain.errors import Corrupt
from domain.model import Document, Page, text_of

ROOT = {"/Type", "/Pages", "/Metadata", "/OutputIntents", "/Lang", "/ViewerPreferences"}
SHEET = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
IMAGE = {
    *("/Type", "/Subtype", "/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/Decode", "/DecodeParms", "/Filter", "/Length"),
}
STENCIL = (IMAGE - {"/ColorSpace", "/Decode"}) | {"/ImageMask"}
FILTERS = {"/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/FlateDecode", "/JPXDecode"}
FORBIDDEN = {
    *("/JS", "/JavaScript", "/AA", "/OpenAction", "/A", "/Annots", "/AcroForm", "/EmbeddedFiles", "/EF", "/AF", "/Names", "/Launch"),
    *("/URI", "/RichMedia", "/XFA", "/Encrypt", "/Interpolate", "/SMask", "/Rotate", "/UserUnit", "/Alternates", "/OPI", "/OC"),
}
BREAKS = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What was found: pages, and for each how much it differs from its scan (0 the same, 1 nothing in common; None: it was not readable).

    `respaced`: pages, from 1, in which pdfium parts lines or words otherwise than the document does.
    """

    pages: int
    differences: tuple[float | None, ...]
    respaced: tuple[int, ...]


def read_back(pdf: str, sources: Mapping[str, tuple[str, str]], document: Document, meta: Meta) -> ReadBack:
    """Check the file `pdf` against `document`, `meta` and the receipts' files (id to path and media type), which are decoded anew.

    Raises:
        Corrupt: it is not what was meant; `facts` say which check, what was expected and what was found.
    """
    _bytes(pdf)
    try:
        with pikepdf.open(pdf) as file:
            _same("encryption", False, bool(file.is_encrypted))
            _same("pages", len(document.pages), len(file.pages))
            _active(file)
            _described(file, meta)
            for number, page in enumerate(document.pages, start=1):
                _sheet(file.pages[number - 1], page, number)
        return _seen(pdf, sources, document)
    except (pikepdf.PdfError, pikepdf.PasswordError, pdfium.PdfiumError, AttributeError, KeyError, IndexError, TypeError) as error:
        raise Corrupt(
            "an archived PDF cannot be opened again, or lacks what it must have", check="open", found=type(error).__name__
        ) from error


def _same(check: str, wanted: Any, found: Any, **where: Any) -> None:
    if wanted != found:
        raise Corrupt(f"an archived PDF is not what was meant: {check}", check=check, expected=str(wanted), found=str(found), **where)


def _bytes(pdf: str) -> None:
    data = Path(pdf).read_bytes()
    _same("header", b"%PDF-1.7", data[:8])
    _same("end", b"%%EOF", data.rstrip(b"\n")[-5:])


def _active(file: pikepdf.Pdf) -> None:
    _same("catalogue", set(), set(file.Root.keys()) - ROOT)
    for thing in file.objects:
        _same("forbidden entries", set(), _entries(thing) & FORBIDDEN)


def _entries(thing: Any, depth: int = 0) -> set[str]:
    """Keys of `thing` and of everything directly in it."""
    if depth > 8 or (depth and getattr(thing, "is_indirect", True)):
        return set()
    if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
        keys = set(thing.keys())
        return keys.union(*(_entries(thing[k], depth + 1) for k in keys))
    return set().union(*(_entries(v, depth + 1) for v in thing)) if isinstance(thing, pikepdf.Array) else set()


def _described(file: pikepdf.Pdf, meta: Meta) -> None:
    # a title may be a person's name, so what differs is not told
    _same("metadata as given", True, file.Root.Metadata.read_bytes() == xmp.packet(meta))
    _same("document information as given", True, {k: str(v) for k, v in file.docinfo.items()} == xmp.information(meta))
    _same("language", meta.language, str(file.Root.Lang))
    _same("output intents", 1, len(file.Root.OutputIntents))
    intent: Any = file.Root.OutputIntents[0]
    _same("output intent", "/GTS_PDFA1", str(intent.S))
    _same("colour profile as shipped", True, intent.DestOutputProfile.read_bytes() == srgb())


def _sheet(sheet: pikepdf.Page, page: Page, number: int) -> None:
    where = {"page": number}
    _same("entries of a page", set(), set(sheet.obj.keys()) - SHEET, **where)
    _same("size of a page", [0, 0, *page_size(page)], [float(v) for v in sheet.mediabox], **where)
    resources: Any = sheet.resources
    _same("resources", set(), set(resources.keys()) - {"/XObject", "/Font"}, **where)
    for image in resources.get("/XObject", {}).values():
        _image(image, where)
    meaning: dict[int, str] = {}
    if "/Font" in resources:
        meaning = spoken.meanings(resources.Font[FONT].ToUnicode.read_bytes())
    try:
        found = spoken.lines(sheet, meaning)
    except ValueError as error:
        raise Corrupt("the content of an archived page is not ours", check="content", found=str(error), page=number) from error
    if "\n".join(found) != _wanted(page):  # the text itself is personal data and stays out of the message
        raise Corrupt(
            "the text of an archived page is not the document's",
            check="text",
            expected=f"{len(_wanted(page))} characters",
            found=f"{len(chr(10).join(found))} characters",
            page=number,
        )


def _wanted(page: Page) -> str:
    return text_of(tuple(w for w in page.words if w.text))


def _image(image: Any, where: dict[str, int]) -> None:
    name = str(image.Filter)
    _same("filter", True, name in FILTERS, **where)
    if "/ImageMask" in image:
        _same("entries of a stencil", set(), set(image.keys()) - STENCIL, **where)
        _same("a stencil", (True, 1, "/CCITTFaxDecode"), (bool(image.ImageMask), int(image.BitsPerComponent), name), **where)
        return
    _same("entries of an image", set(), set(image.keys()) - IMAGE, **where)
    space = image.ColorSpace
    _same("colour space", True, space in ("/DeviceGray", "/DeviceRGB") or (space[0] == "/Indexed" and space[1] == "/DeviceRGB"), **where)
    data = image.read_raw_bytes()
    size = (int(image.Width), int(image.Height))
    if name == "/DCTDecode":
        frame = jpeg.parse(data)
        _same("size of a JPEG", size, (frame.width, frame.height) if frame else None, **where)
    elif name == "/FlateDecode":
        parms = image.get("/DecodeParms", {})
        samples = 3 if space == "/DeviceRGB" else 1
        row = (size[0] * samples * int(image.BitsPerComponent) + 7) // 8 + (int(parms.get("/Predictor", 1)) >= 10)
        try:
            found = len(zlib.decompress(data))
        except zlib.error as error:
            raise Corrupt("an archived image cannot be decoded", check="image data", found=str(error), **where) from error
        _same("samples of an image", True, found >= row * size[1], **where)


def _seen(pdf: str, sources: Mapping[str, tuple[str, str]], document: Document) -> ReadBack:
    differences: list[float | None] = []
    respaced: list[int] = []
    with ExitStack() as stack:
        file = stack.enter_context(pdfium.PdfDocument(pdf))
        originals: dict[str, Originals] = {}
        _same("pages for a viewer", len(document.pages), len(file))
        for number, page in enumerate(document.pages, start=1):
            sheet = file[number - 1]
            if not _found(sheet, page, number):
                respaced.append(number)
            if page.failure is not None:  # nobody could tell what it should look like
                differences.append(None)
                continue
            if page.ref.receipt not in originals:
                originals[page.ref.receipt] = stack.enter_context(Originals(*sources[page.ref.receipt]))
            small, upright = small_sizes(page.placement)
            wanted = expected(originals[page.ref.receipt].small(page.ref.number, small), page.placement, upright)
            drawn = drawn_small(sheet, upright)
            unlike, wrong = verdict(wanted, drawn)
            if wrong and originals[page.ref.receipt].media == "application/pdf":  # hairlines come out bolder the smaller they are drawn
                fine = originals[page.ref.receipt].small(page.ref.number, small, max(2, round(page.placement.width / small[0])))
                unlike, wrong = verdict(expected(fine, page.placement, upright), drawn)
            if wrong:
                raise Corrupt(f"an archived page does not show its scan: {wrong}", check="picture", found=f"{unlike:.3f}", page=number)
            differences.append(round(unlike, 4))
            sheet.close()
    return ReadBack(len(document.pages), tuple(differences), tuple(respaced))


def _found(sheet: Any, page: Page, number: int) -> bool:
    """Whether pdfium reads the page's text. Raises Corrupt if it reads other characters.

    It spells ligatures out and turns right-to-left scripts round: the first is folded away (NFKC), of the second only the characters
    are compared.
    """
    wanted = unicodedata.normalize("NFKC", _wanted(page))
    text = sheet.get_textpage()
    found = unicodedata.normalize("NFKC", BREAKS.sub("\n", text.get_text_range()))
    text.close()
    if found == wanted:
        return True
    one, two = "".join(wanted.split()), "".join(found.split())
    if any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in one):
        one, two = "".join(sorted(one)), "".join(sorted(two))
    if one != two:
        raise Corrupt(
            "a viewer reads other text from an archived page",
            check="text for a viewer",
            expected=f"{len(one)} characters",
            found=f"{len(two)} characters",
            page=number,
        )
    return False
