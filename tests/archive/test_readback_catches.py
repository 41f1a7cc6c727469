"""Read-back finds what went wrong between the document and the file."""

from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageOps

from archive.pdfa import write
from archive.readback import read_back
from domain.errors import Corrupt
from tests.archive.drawn import META, SIZE, document_of, drawing, page_of, saved, words_of
from tests.archive.encodings import BLACK, COLOUR


@pytest.fixture
def good(tmp_path):
    other = tmp_path / "other.jpg"
    other.write_bytes(saved(drawing(seed=7), "JPEG"))
    source = tmp_path / "scan.jpg"
    source.write_bytes(saved(COLOUR, "JPEG"))
    fax = tmp_path / "fax.tif"
    fax.write_bytes(saved(BLACK, "TIFF", compression="group4"))
    sources = {"R1": (str(source), "image/jpeg"), "R2": (str(fax), "image/tiff")}
    document = document_of(page_of(turned=90, skew=0.8), page_of(receipt="R2", words=words_of("第二页")))
    out = str(tmp_path / "out.pdf")
    write(out, sources, document, META)
    read_back(out, sources, document, META)
    return out, sources, document


def changed(out, change):
    with pikepdf.open(out, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(out, fix_metadata_version=False, force_version="1.7")


def picture(image):
    def change(pdf):
        (stream,) = pdf.pages[0].resources.XObject.values()
        stream.write(saved(image, "JPEG"), filter=pikepdf.Name.DCTDecode)
        stream.Width, stream.Height = image.size

    return change


def content(old, new):
    def change(pdf):
        data = pdf.pages[0].Contents.read_bytes()
        assert old in data
        pdf.pages[0].Contents = pdf.make_stream(data.replace(old, new))

    return change


def drop_a_word(pdf):
    data = pdf.pages[0].Contents.read_bytes()
    at = data.index(b"Tj")
    start = data.rindex(b"<", 0, at)
    pdf.pages[0].Contents = pdf.make_stream(data[:start] + b"<> " + data[at:])


def matrix_of(pdf):
    data = pdf.pages[0].Contents.read_bytes()
    line = data.split(b"\n")[0]
    a, b, c, d, e, f = (float(v) for v in line.split()[1:7])
    return data, line, (a, b, c, d, e, f)


def mirrored(pdf):
    data, line, (a, b, c, d, e, f) = matrix_of(pdf)
    new = f"q {-a} {-b} {c} {d} {e + a} {f + b} cm /S0 Do Q".encode()
    pdf.pages[0].Contents = pdf.make_stream(data.replace(line, new))


def upside_down(pdf):
    data, line, (a, b, c, d, e, f) = matrix_of(pdf)
    new = f"q {-a} {-b} {-c} {-d} {e + a + c} {f + b + d} cm /S0 Do Q".encode()
    pdf.pages[0].Contents = pdf.make_stream(data.replace(line, new))


def without_image(pdf):
    data, line, _ = matrix_of(pdf)
    pdf.pages[0].Contents = pdf.make_stream(data.replace(line, b"q Q"))


def annotated(pdf):
    box = pikepdf.Array([0, 0, 100, 100])
    pdf.pages[0].obj.Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=box)])


def scripted(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))


def attached(pdf):
    pdf.attachments["a.txt"] = b"a"


def retitled(pdf):
    pdf.docinfo["/Title"] = "someone else"


def undeclared(pdf):
    data = pdf.Root.Metadata.read_bytes().replace(b"conformance>U", b"conformance>B")
    pdf.Root.Metadata = pdf.make_stream(data, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def second_intent(pdf):
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def meaningless(pdf):
    font = pdf.pages[0].resources.Font["/T"]
    font.ToUnicode = pdf.make_stream(font.ToUnicode.read_bytes().replace(b"beginbfchar\n<0001>", b"beginbfchar\n<FFFD>"))


def other_meaning(pdf):
    font = pdf.pages[0].resources.Font["/T"]
    cmap = font.ToUnicode.read_bytes()
    font.ToUnicode = pdf.make_stream(cmap.replace("居".encode("utf-16-be").hex().upper().encode(), b"5C46"))


MUTANTS = {
    "another scan": (picture(drawing(seed=3).transpose(Image.Transpose.ROTATE_90).resize(SIZE)), "picture"),
    "an empty scan": (picture(Image.new("RGB", SIZE, "white")), "picture"),
    "a negative": (picture(ImageOps.invert(COLOUR)), "picture"),
    "red for blue": (picture(Image.merge("RGB", COLOUR.split()[::-1])), "picture"),
    "a scan cut in half": (picture(COLOUR.crop((0, 0, SIZE[0], SIZE[1] // 2))), "picture"),
    "a mirrored page": (mirrored, "picture"),
    "a page upside down": (upside_down, "picture"),
    "a page without its scan": (without_image, "picture"),
    "a word dropped": (drop_a_word, "text"),
    "a character that means another": (other_meaning, "text"),
    "a character that means nothing": (meaningless, "content"),
    "text that is seen": (content(b"3 Tr", b"0 Tr"), "content"),
    "a line drawn over": (content(b"BT\n", b"0 0 m 90 90 l S BT\n"), "content"),
    "a page missing": (lambda pdf: pdf.pages.__delitem__(1), "pages"),
    "a page doubled": (lambda pdf: pdf.pages.append(pdf.pages[0]), "pages"),
    "pages swapped": (lambda pdf: pdf.pages.reverse(), "size of a page"),
    "another size": (lambda pdf: setattr(pdf.pages[0], "mediabox", pikepdf.Array([0, 0, 300, 300])), "size of a page"),
    "a page turned": (lambda pdf: pdf.pages[0].obj.__setitem__("/Rotate", 90), "forbidden entries"),
    "an annotation": (annotated, "forbidden entries"),
    "a script": (scripted, "catalogue"),
    "an attachment": (attached, "catalogue"),
    "another title": (retitled, "document information as given"),
    "another level declared": (undeclared, "metadata as given"),
    "two output intents": (second_intent, "output intents"),
    "no metadata": (lambda pdf: pdf.Root.__delitem__("/Metadata"), "open"),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_read_back_finds(name, good):
    out, sources, document = good
    change, check = MUTANTS[name]
    changed(out, change)
    with pytest.raises(Corrupt) as error:
        read_back(out, sources, document, META)
    assert error.value.facts["check"] == check


def test_read_back_finds_bytes_behind_the_end(good):
    out, sources, document = good
    with Path(out).open("ab") as file:
        file.write(b"PK\x03\x04")
    with pytest.raises(Corrupt) as error:
        read_back(out, sources, document, META)
    assert error.value.facts["check"] == "end"


def test_read_back_finds_half_a_file(good):
    out, sources, document = good
    Path(out).write_bytes(Path(out).read_bytes()[: Path(out).stat().st_size // 2])
    with pytest.raises(Corrupt):
        read_back(out, sources, document, META)


def test_read_back_finds_encryption(good):
    out, sources, document = good
    with pikepdf.open(out, allow_overwriting_input=True) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user=""), fix_metadata_version=False)
    with pytest.raises(Corrupt):
        read_back(out, sources, document, META)


def test_message_holds_no_words_and_no_title(good):
    out, sources, document = good
    for change in (drop_a_word, retitled):
        changed(out, change)
        with pytest.raises(Corrupt) as error:
            read_back(out, sources, document, META)
        said = str(error.value) + repr(error.value.facts)
        assert "张三丰" not in said and "居住证" not in said and "someone" not in said
