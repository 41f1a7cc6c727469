"""The unseen text is exactly the words, in their order, on the ink."""

import random
import re
import shutil
import subprocess
from dataclasses import replace

import pikepdf
import pypdfium2 as pdfium
import pytest
from pypdfium2.raw import FPDFText_GetUnicode

from archive.glyphless import Codes, font_program
from archive.pdfa import write
from archive.readback import read_back
from domain.model import Word, text_of
from tests.archive.drawn import META, TEXT, document_of, drawing, page_of, saved, words_of

LINES = {
    "chinese": words_of("中华人民共和国居住证", "签发机关 示例市公安局"),
    "latin": words_of("Issue Date 2026-11-23", "No. A 12 of 3"),
    "hyphen-at-the-end": words_of("passport no. AB-", "1234", "x-", "y"),
    "supplementary": words_of("𠮷𡋾𮧵 ok", "😀"),
    "repeats": words_of("000000111111", "一一一一一一", "   ".strip() or "lllllll", "....", "88 88 88"),
    "rtl": words_of("شىنجاڭ 123", "בדיקה"),
    "compatibility": words_of("ﬁ ①㈱㎏", "ＡＢＣ（）", "é e\u0301"),
}


def shifted(words, line, dx, dy=0.0):
    def move(box):
        return (box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy)

    return tuple(replace(w, box=move(w.box), chars=tuple(move(c) for c in w.chars), line=line) for w in words)


LAYOUTS = {
    **LINES,
    "wide-gaps-on-a-line": (*words_of("姓名", "性别"), *shifted(words_of("张三"), 1, 0.5, 0.032), *shifted(words_of("22"), 1, 0.7, 0.032)),
    "two-lines-on-a-row": (*words_of("左边"), *shifted(words_of("右边"), 1, 0.5), *shifted(words_of("再右"), 2, 0.7)),
    "row-read-backwards": (*shifted(words_of("右边"), 0, 0.5), *shifted(words_of("左边"), 1, 0.0), *shifted(words_of("中间"), 2, 0.2)),
    "lines-that-overlap": (
        *words_of("第一行文字"),
        *shifted(words_of("第二行文字"), 1, 0.0, 0.014),
        *shifted(words_of("第三行"), 2, 0.02, 0.02),
    ),
    "upwards": (*shifted(words_of("下面"), 0, 0.0, 0.6), *shifted(words_of("上面"), 1, 0.3)),
    "boxes-on-one-another": tuple(replace(w, chars=tuple(w.chars[0] for _ in w.chars)) for w in words_of("重叠文字 overlap")),
    "boxes-that-run-backwards": tuple(replace(w, chars=tuple(reversed(w.chars))) for w in words_of("倒退的文字", "tfel")),
    "no-character-boxes": tuple(replace(w, chars=()) for w in TEXT),
    "vertical": tuple(
        Word("竖排文字", (0.5, 0.3, 0.53, 0.42), tuple((0.5, 0.3 + 0.03 * k, 0.53, 0.33 + 0.03 * k) for k in range(4)), 0.9, 0) for _ in "1"
    ),
    "tiny": tuple(replace(w, line=w.line) for w in words_of("很小的字 abc", "第二行", "第三行", height=0.004)),
    "at-the-edge": (*shifted(words_of("边上的字很多很多很多很多很多很多", height=0.03), 0, 0.6),),
    "nothing": (),
}


def archived(tmp_path, words, **page):
    source, out = tmp_path / "scan.jpg", str(tmp_path / "out.pdf")
    if not source.exists():
        source.write_bytes(saved(drawing(), "JPEG"))
    sources = {"R1": (str(source), "image/jpeg")}
    document = document_of(page_of(words=words, **page))
    write(out, sources, document, META)
    return out, sources, document


def by_pdfium(path):
    with pdfium.PdfDocument(path) as pdf:
        return re.sub(r"[\r\n]+", "\n", pdf[0].get_textpage().get_text_range())


@pytest.mark.parametrize("name", LAYOUTS)
def test_viewer_reads_exactly_the_words(name, tmp_path):
    words = LAYOUTS[name]
    out, sources, document = archived(tmp_path, words)
    back = read_back(out, sources, document, META)
    if name != "rtl":  # pdfium turns right-to-left text round
        assert by_pdfium(out) == text_of(words).replace("ﬁ", "fi")  # which pdfium spells out
        assert back.respaced == ()


APART = ("rtl", "two-lines-on-a-row", "row-read-backwards", "vertical", "nothing")
"""Poppler turns right-to-left text round, and puts a blank between lines that stand on one row."""


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed")
@pytest.mark.parametrize("name", [n for n in LAYOUTS if n not in APART])
def test_poppler_reads_exactly_the_words(name, tmp_path):
    out, *_ = archived(tmp_path, LAYOUTS[name])
    found = subprocess.run(["pdftotext", "-raw", out, "-"], capture_output=True, check=True).stdout.decode()
    assert found.rstrip("\n\f") == text_of(LAYOUTS[name])


def test_characters_lie_where_their_boxes_are(tmp_path):
    out, *_ = archived(tmp_path, TEXT, turned=90, skew=1.3)
    with pdfium.PdfDocument(out) as pdf:
        page = pdf[0]
        width, height = page.get_size()
        text = page.get_textpage()
        found = [(chr(FPDFText_GetUnicode(text, k)), text.get_charbox(k)) for k in range(text.count_chars())]
    boxes = [(c, b) for w in TEXT for c, b in zip(w.text, w.chars, strict=True)]
    inked = [(c, b) for c, b in found if c.strip() and not 0xD800 <= ord(c) < 0xE000]
    boxes = [(c, b) for c, b in boxes if ord(c) < 0x10000]  # pdfium counts the others in halves
    assert [c for c, _ in inked] == [c for c, _ in boxes]
    for (character, (left, bottom, right, top)), (_, box) in zip(inked, boxes, strict=True):
        em = (box[3] - box[1]) * height
        assert left == pytest.approx(box[0] * width, abs=0.08 * em), character
        assert right == pytest.approx(box[2] * width, abs=0.08 * em), character
        assert height - top == pytest.approx(box[1] * height, abs=0.08 * em), character
        assert height - bottom == pytest.approx(box[3] * height, abs=0.08 * em), character


def test_text_is_unseen(tmp_path):
    from archive.rendering import page_image

    with_words, *_ = archived(tmp_path, TEXT)
    one = page_image(with_words, 1, 72)
    without, *_ = archived(tmp_path, ())
    assert (one == page_image(without, 1, 72)).all()


def test_every_character_of_the_plane_survives(tmp_path):
    sample = (
        [chr(c) for c in range(0x4E00, 0x9FFF, 37)] + [chr(c) for c in range(0x21, 0x250)] + [chr(c) for c in range(0x20000, 0x2A000, 997)]
    )
    sample = [c for c in sample if c.isprintable() and not c.isspace()]
    lines = ["".join(sample[k : k + 20]) for k in range(0, len(sample), 20)]
    words = words_of(*lines, top=0.02, height=0.0095)
    out, *_ = archived(tmp_path, words)
    assert by_pdfium(out) == text_of(words)


def test_codes_have_no_place_for_what_level_u_forbids():
    for forbidden in ("\x00", "\ufeff", "\ufffe", "\ud800"):
        with pytest.raises(ValueError, match="cannot stand"):
            Codes().encode(forbidden)


def test_font_says_the_same_widths_as_the_dictionary(tmp_path):
    import io

    from PIL import ImageFont

    out, *_ = archived(tmp_path, TEXT)
    with pikepdf.open(out) as pdf:
        font = pdf.pages[0].resources.Font["/T"].DescendantFonts[0]
        program = font.FontDescriptor.FontFile2.read_bytes()
        assert program == font_program()
        assert int(font.DW) == 1000 and "/W" not in font
    assert ImageFont.truetype(io.BytesIO(program), 100).getlength("汉a") == 200


def test_word_without_text_changes_nothing(tmp_path):
    out, sources, document = archived(tmp_path, (*TEXT, Word("", (0, 0, 0, 0), (), 0.1, 9)))
    read_back(out, sources, document, META)
    assert by_pdfium(out) == text_of(TEXT)


@pytest.mark.parametrize("seed", range(40))
def test_no_layout_loses_a_character(seed, tmp_path):
    """Words strewn at random over the page, rows that run into one another, lines that jump: what no recogniser should give."""
    rng = random.Random(seed)
    words: list[Word] = []
    for _ in range(rng.randint(1, 25)):
        chinese, same = rng.random() < 0.5, bool(words) and rng.random() < 0.5
        text = "".join(rng.choice("中华人民共和国一二，。（）" if chinese else "ABCxyz0123.-/") for _ in range(rng.randint(1, 8)))
        x, y, height = rng.random() * 0.95, rng.random() * 0.97, rng.choice([0.004, 0.01, 0.015, 0.03])
        if words and rng.random() < 0.6:
            x, y = min(words[-1].box[2] + rng.choice([0, 0.001, 0.1, -0.01]), 0.97), max(words[-1].box[1] + rng.uniform(-0.004, 0.004), 0)
        step = height * (0.7 if chinese else 0.35)
        chars = tuple((min(x + step * k, 1), y, min(x + step * (k + 1), 1), min(y + height, 1)) for k in range(len(text)))
        line = words[-1].line + (not same) if words else 0
        words.append(Word(text, (x, y, chars[-1][2], chars[0][3]), chars, 0.9, line, spaced=same and not chinese))
    out, sources, document = archived(tmp_path, tuple(words))
    read_back(out, sources, document, META)
