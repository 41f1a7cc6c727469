"""The file as a whole: the same bytes each time, several receipts, nothing active, sizes within the standard."""

import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import xmp
from archive.make import make
from archive.pdfa import write
from archive.readback import read_back
from archive.sheet import page_size
from domain.errors import Corrupt, Refused
from domain.geometry import Placement
from domain.reasons import Reason
from tests.archive.drawn import META, SIZE, Mark, black_and_white, document_of, drawing, jpeg_pdf, page_of, saved, words_of
from tests.archive.encodings import BLACK, COLOUR


@pytest.fixture
def jpeg(tmp_path):
    source = tmp_path / "scan.jpg"
    source.write_bytes(saved(COLOUR, "JPEG"))
    return {"R1": (str(source), "image/jpeg")}


def test_same_document_gives_the_same_bytes(jpeg, tmp_path):
    document = document_of(page_of(turned=90, skew=0.7))
    one, two, later = tmp_path / "one.pdf", tmp_path / "two.pdf", tmp_path / "later.pdf"
    write(str(one), jpeg, document, META)
    write(str(two), jpeg, document, META)
    write(str(later), jpeg, document, replace(META, created=META.created + timedelta(days=1)))
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes() != later.read_bytes()


def test_time_zone_of_the_clock_does_not_matter(jpeg, tmp_path):
    there = META.created.astimezone(timezone(timedelta(hours=8)))
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    write(str(one), jpeg, document_of(page_of()), META)
    write(str(two), jpeg, document_of(page_of()), replace(META, created=there))
    assert one.read_bytes() == two.read_bytes()


def test_pages_of_several_receipts_make_one_document(tmp_path):
    other = drawing(seed=50)
    files = {
        "R1": ("a.tif", saved(BLACK, "TIFF", compression="group4", save_all=True, append_images=[black_and_white(other)]), "image/tiff"),
        "R2": ("b.jpg", saved(other, "JPEG"), "image/jpeg"),
        "R3": ("c.pdf", jpeg_pdf(COLOUR, Mark(rotate=90)), "application/pdf"),
    }
    sources = {}
    for receipt, (name, data, media) in files.items():
        (tmp_path / name).write_bytes(data)
        sources[receipt] = (str(tmp_path / name), media)
    document = document_of(
        page_of(receipt="R1", number=2, words=words_of("第一页")),
        page_of(receipt="R3", size=(SIZE[1], SIZE[0]), turned=90, words=words_of("第二页 page")),
        page_of(receipt="R2", skew=-2.0, words=()),
        page_of(receipt="R1", number=1, turned=180),
    )
    out = str(tmp_path / "out.pdf")
    assert write(out, sources, document, META).pages == 4
    assert read_back(out, sources, document, META).pages == 4


def test_metadata_in_both_places_say_the_same(jpeg, tmp_path):
    out = str(tmp_path / "out.pdf")
    write(out, jpeg, document_of(page_of()), META)
    with pikepdf.open(out) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "2U"
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"]) == META.title
        assert metadata["dc:identifier"] == META.document
        assert set(metadata["xmp:Identifier"]) == {META.document, META.case}
        assert metadata["pdf:Producer"] == str(pdf.docinfo["/Producer"])
        assert metadata["xmp:CreateDate"] == "2026-11-23T01:02:03Z"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261123010203+00'00'"
        assert str(pdf.Root.Lang) == "zh-CN"
        assert len(pdf.Root.OutputIntents) == 1
    without = replace(META, case=None)
    write(out, jpeg, document_of(page_of()), without)
    read_back(out, jpeg, document_of(page_of()), without)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=30))
def test_any_title_makes_well_formed_metadata(title):
    from lxml import etree

    packet = xmp.packet(replace(META, title=title))
    tree = etree.fromstring(packet[packet.index(b"<x:") :])
    assert tree.xpath("string(//*[local-name()='title'])") == title


def test_nothing_active_and_nothing_foreign_gets_in(tmp_path):
    data = jpeg_pdf(COLOUR)
    source = tmp_path / "scan.pdf"
    source.write_bytes(data)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('casefile-canary')"))
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([])))
        pdf.attachments["casefile-canary.txt"] = b"casefile-canary"
        page = pdf.pages[0].obj
        link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("http://127.0.0.1/casefile-canary"))
        page.Annots = pikepdf.Array(
            [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 9, 9]), A=link)]
        )
        page.AA = pikepdf.Dictionary(O=pdf.Root.OpenAction)
        page.Resources.XObject.Im.Metadata = pdf.make_stream(b"casefile-canary", Type=pikepdf.Name.Metadata)
        pdf.save(source)
    out = tmp_path / "out.pdf"
    sources = {"R1": (str(source), "application/pdf")}
    assert write(str(out), sources, document_of(page_of()), META).kept == ("jpeg as scanned",)
    read_back(str(out), sources, document_of(page_of()), META)
    with pikepdf.open(out) as pdf:
        bare = pdf.open_metadata() and b"".join(t.read_raw_bytes() for t in pdf.objects if isinstance(t, pikepdf.Stream))
        everything = bare + repr([dict(t) for t in pdf.objects if isinstance(t, pikepdf.Dictionary)]).encode()
    assert b"canary" not in out.read_bytes() + everything
    assert not re.search(rb"JavaScript|OpenAction|/Annots|EmbeddedFile", everything)


@given(
    st.integers(1, 40_000),
    st.integers(1, 40_000),
    st.sampled_from([0, 90, 180, 270]),
    st.floats(-12, 12),
    st.floats(allow_nan=True, allow_infinity=True),
)
def test_page_sizes_stay_within_the_standard(width, height, turned, skew, dpi):
    page = replace(page_of(), placement=Placement(width, height, turned, skew), dpi=(dpi, 200.0))
    for side in page_size(page):
        assert 3 <= side <= 14_400


def test_page_is_as_large_as_the_paper(jpeg, tmp_path):
    out = str(tmp_path / "out.pdf")
    page = replace(page_of(turned=90), dpi=(50.0, 100.0))
    write(out, jpeg, document_of(page), META)
    with pikepdf.open(out) as pdf:
        box = [float(v) for v in pdf.pages[0].mediabox]
    assert box == pytest.approx([0, 0, SIZE[1] / 100 * 72, SIZE[0] / 50 * 72], abs=0.01)


def test_unreadable_page_does_not_sink_its_stack(jpeg, tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n not at all")
    sources = {**jpeg, "R2": (str(broken), "image/png")}
    bad = replace(page_of(receipt="R2", words=()), failure=Reason.DAMAGED.code)
    slow = replace(page_of(receipt="R1", words=()), failure=Reason.TOOK_TOO_LONG.code)
    sized = replace(page_of(size=(1654, 2339), receipt="R1", words=()), failure=Reason.INTERNAL.code)
    document = document_of(page_of(), bad, slow, sized)
    out = str(tmp_path / "out.pdf")
    written = write(out, sources, document, META)
    assert [k.startswith("not readable") for k in written.kept] == [False, True, True, False]
    assert read_back(out, sources, document, META).differences[1:] == (None, None, None)


def test_scan_of_another_size_than_was_read_is_not_archived(jpeg, tmp_path):
    with pytest.raises(Corrupt) as error:
        write(str(tmp_path / "out.pdf"), jpeg, document_of(page_of(size=(SIZE[1], SIZE[0]))), META)
    assert error.value.facts["found"] == list(SIZE)


def test_receipt_that_was_not_given_is_named(jpeg, tmp_path):
    with pytest.raises(Corrupt) as error:
        write(str(tmp_path / "out.pdf"), jpeg, document_of(page_of(receipt="R9")), META)
    assert error.value.facts["receipt"] == "R9"


def test_unknown_kind_of_file_is_refused(jpeg, tmp_path):
    with pytest.raises(Refused) as error:
        write(str(tmp_path / "out.pdf"), {"R1": (jpeg["R1"][0], "text/html")}, document_of(page_of()), META)
    assert error.value.reason is Reason.UNKNOWN_FORMAT


def test_a_hundred_pages_stay_quick(jpeg, tmp_path):
    import time

    rng = random.Random(1)
    lines = ["".join(rng.choice("中华人民共和国居住证申领表公安局") for _ in range(25)) for _ in range(25)]
    page = page_of(words=words_of(*lines, top=0.03))
    start = time.process_time()
    write(str(tmp_path / "out.pdf"), jpeg, document_of(*[page] * 100), replace(META, created=datetime(2026, 1, 1, tzinfo=UTC)))
    assert time.process_time() - start < 3


def test_page_on_which_decoders_disagree_is_kept_as_its_pixels(jpeg, tmp_path):
    """A hole in a fax stream: libtiff and pdfium each make something else of the rest."""
    from tests.archive.drawn import fax_strip, fax_tags, tiff

    strip = bytearray(fax_strip(BLACK))
    strip[len(strip) // 6 : len(strip) // 6 + 60] = bytes(60)
    damaged = tmp_path / "damaged.tif"
    damaged.write_bytes(tiff(fax_tags(BLACK), [bytes(strip)]))
    sources = {**jpeg, "R2": (str(damaged), "image/tiff")}
    document = document_of(page_of(), page_of(receipt="R2"))
    out = str(tmp_path / "out.pdf")
    made = make(out, sources, document, META)
    assert made.decoded in ((), (2,))
    assert read_back(out, sources, document, META).pages == 2
    write(out, sources, document, META, decoded=(1, 2))
    assert read_back(out, sources, document, META).pages == 2
