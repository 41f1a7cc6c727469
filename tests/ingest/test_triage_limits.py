"""What triage takes, what it refuses, and what it says of it."""

import io
import struct
import zlib
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from domain.codec import build, plain
from domain.errors import Refused
from domain.reasons import Reason
from ingest.triage import Examined, Limits, examine
from tests.fakes.scans import scan

BAD = Path(__file__).resolve().parents[3] / "shared" / "bad"


def triage(tmp_path: Path, data: bytes, limits: Limits | None = None) -> Examined:
    path = tmp_path / "f.bin"
    path.write_bytes(data)
    return examine(str(path), limits or Limits())


def refusal(tmp_path: Path, data: bytes, limits: Limits | None = None) -> Reason:
    with pytest.raises(Refused) as caught:
        triage(tmp_path, data, limits)
    return caught.value.reason


def pdf(tmp_path: Path, change: object = None, **save: object) -> bytes:
    with pikepdf.open(io.BytesIO(scan("page", "pdf", pages=2))) as document:
        if callable(change):
            change(document)
        out = io.BytesIO()
        document.save(out, **save)
        return out.getvalue()


@pytest.mark.parametrize(
    ("ending", "pages", "media"),
    [
        ("jpg", 1, "image/jpeg"),
        ("png", 1, "image/png"),
        ("tif", 5, "image/tiff"),
        ("jp2", 1, "image/jp2"),
        ("webp", 1, "image/webp"),
        ("bmp", 1, "image/bmp"),
        ("pdf", 3, "application/pdf"),
    ],
)
def test_scans_are_taken_with_their_pages_counted(tmp_path: Path, ending: str, pages: int, media: str) -> None:
    examined = triage(tmp_path, scan("page", ending, pages=pages))
    assert examined == Examined(media, pages, ())
    assert build(Examined, plain(examined)) == examined


def test_what_is_no_scan_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"") is Reason.EMPTY_FILE
    assert refusal(tmp_path, b"PK\x03\x04" + bytes(100)) is Reason.UNKNOWN_FORMAT
    assert refusal(tmp_path, b"%!PS-Adobe-3.0\n") is Reason.UNKNOWN_FORMAT
    assert refusal(tmp_path, b"<svg/>" * 10) is Reason.UNKNOWN_FORMAT


@pytest.mark.parametrize("ending", ["jpg", "png", "tif", "jp2", "webp", "bmp"])
def test_an_image_cut_in_half_is_damaged(tmp_path: Path, ending: str) -> None:
    data = scan("page", ending)
    assert refusal(tmp_path, data[: len(data) // 2]) is Reason.DAMAGED


def test_limits_hold_before_anything_is_decoded(tmp_path: Path) -> None:
    assert refusal(tmp_path, scan("a"), Limits(file_bytes=100)) is Reason.TOO_LARGE
    assert refusal(tmp_path, scan("a", "tif", pages=4), Limits(pages=3)) is Reason.TOO_MANY_PAGES
    assert refusal(tmp_path, scan("a", "pdf", pages=4), Limits(pages=3)) is Reason.TOO_MANY_PAGES
    for ending in ("jpg", "png", "tif", "jp2", "webp", "bmp", "pdf"):
        assert refusal(tmp_path, scan("a", ending), Limits(page_pixels=30_000)) is Reason.PAGE_TOO_LARGE, ending
    assert refusal(tmp_path, scan("a", "pdf"), Limits(media_box_inches=1.5)) is Reason.PAGE_TOO_LARGE


def test_a_header_that_promises_too_much_is_refused_without_memory_for_it(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0))
    assert refusal(tmp_path, head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")) is Reason.PAGE_TOO_LARGE
    wide = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 14_000, 14_000, 16, 6, 0, 0, 0))
    assert refusal(tmp_path, wide + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")) is Reason.EXPANDS_TOO_MUCH


def test_a_blank_sheet_of_g4_is_no_bomb(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("1", (4960, 7016), 1).save(out, format="TIFF", compression="group4")
    assert len(out.getvalue()) < 10_000
    assert triage(tmp_path, out.getvalue()).pages == 1


def test_a_stream_within_a_stream_that_unpacks_to_hundreds_of_megabytes_is_refused(tmp_path: Path) -> None:
    inner = zlib.compress(bytes(300 << 20), 9)
    outer = zlib.compress(inner, 9)

    def bomb(document: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(document, b"")
        stream.write(outer, filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]))
        document.pages[0].Contents = stream

    assert refusal(tmp_path, pdf(tmp_path, bomb, compress_streams=False)) is Reason.EXPANDS_TOO_MUCH


def test_encryption_is_refused_and_asked_for_again_after_opening_and_flagged_where_the_office_takes_it(tmp_path: Path) -> None:
    user = pdf(tmp_path, encryption=pikepdf.Encryption(owner="o", user="u", R=6))
    owner = pdf(tmp_path, encryption=pikepdf.Encryption(owner="o", user="", R=6))
    assert refusal(tmp_path, user) is Reason.ENCRYPTED
    assert refusal(tmp_path, owner) is Reason.ENCRYPTED
    assert triage(tmp_path, owner, Limits(encrypted=True)).flags == ("encrypted",)
    assert refusal(tmp_path, user, Limits(encrypted=True)) is Reason.ENCRYPTED


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, the first its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)


PAGES = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>")


@pytest.mark.parametrize("depth", [101, 499, 600, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b"<</A ", b">>")])
@pytest.mark.parametrize("where", ["unused", "catalogue"])
def test_values_nested_too_deeply_are_refused_with_that_reason(
    tmp_path: Path, depth: int, opening: bytes, closing: bytes, where: str
) -> None:
    deep = opening * depth + b"0 " + closing * depth
    unused = raw_pdf(*PAGES, deep)
    catalogue = raw_pdf(PAGES[0].replace(b"/Type", b"/X " + deep + b"/Type"), *PAGES[1:])
    assert refusal(tmp_path, unused if where == "unused" else catalogue) is Reason.NESTED_TOO_DEEPLY


def test_how_deep_values_may_be_nested_is_a_setting(tmp_path: Path) -> None:
    deep = raw_pdf(*PAGES, b"[" * 50 + b"]" * 50)
    assert triage(tmp_path, deep).pages == 1
    assert refusal(tmp_path, deep, Limits(nesting=49)) is Reason.NESTED_TOO_DEEPLY


@pytest.mark.parametrize("depth", [99, 150, 5000])
def test_a_page_tree_is_followed_to_the_limit_and_no_deeper(tmp_path: Path, depth: int) -> None:
    inner = [
        b"<</Type/Pages/Kids[%d 0 R]/Count 1%s>>" % (n + 1, b"/Parent %d 0 R" % (n - 1) if n > 2 else b"") for n in range(2, depth + 1)
    ]
    tree = raw_pdf(PAGES[0], *inner, b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 99 99]>>" % depth)
    if depth < 100:
        assert triage(tmp_path, tree).pages == 1
    else:
        assert refusal(tmp_path, tree) is Reason.NESTED_TOO_DEEPLY


@pytest.mark.parametrize("kids", [b"[2 0 R]", b"[3 0 R 2 0 R]", b"[2 0 R 3 0 R]"])
def test_a_page_tree_that_runs_in_a_circle_is_refused(tmp_path: Path, kids: bytes) -> None:
    assert refusal(tmp_path, raw_pdf(PAGES[0], b"<</Type/Pages/Count 2/Kids" + kids + b">>", PAGES[2])) is Reason.DAMAGED


def test_a_page_tree_that_lists_one_page_too_often_is_refused_by_its_count(tmp_path: Path) -> None:
    many = b"<</Type/Pages/Count 1/Kids[" + b"3 0 R " * 2001 + b"]>>"
    assert refusal(tmp_path, raw_pdf(PAGES[0], many, PAGES[2])) is Reason.TOO_MANY_PAGES


@pytest.mark.parametrize(
    ("box", "reason"),
    [
        (b"[0 0 1e400 null]", Reason.DAMAGED),
        (b"[0 0 (a) 99]", Reason.DAMAGED),
        (b"[0 0 99]", Reason.DAMAGED),
        (b"42", Reason.DAMAGED),
        (b"[0 0 0 99]", Reason.DAMAGED),
        (b"[0 0 99 99999]", Reason.PAGE_TOO_LARGE),
        (b"[0 0 99 1" + b"0" * 18 + b"]", Reason.PAGE_TOO_LARGE),
    ],
)
@pytest.mark.parametrize("inherited", [False, True])
def test_a_page_of_no_sound_size_is_refused_also_where_it_inherits_it(tmp_path: Path, box: bytes, reason: Reason, inherited: bool) -> None:
    page = PAGES[2].replace(b"[0 0 99 99]", b" " + box)
    tree = PAGES[1].replace(b"/Count", b"/MediaBox " + box + b"/Count")
    made = raw_pdf(PAGES[0], tree, PAGES[2].replace(b"/MediaBox[0 0 99 99]", b"")) if inherited else raw_pdf(*PAGES[:2], page)
    assert refusal(tmp_path, made) is reason


def test_corners_may_be_named_in_any_order(tmp_path: Path) -> None:
    assert triage(tmp_path, raw_pdf(*PAGES[:2], PAGES[2].replace(b"[0 0 99 99]", b"[99 99 0 0]"))).pages == 1


def test_active_content_is_found_however_much_stands_before_it(tmp_path: Path) -> None:
    hidden = b"[" + b"<<>>" * 70_000 + b"<</S/JavaScript/JS(1)>>" + b"<<>>" * 70_000 + b"]"
    assert triage(tmp_path, raw_pdf(*PAGES, hidden)).flags == ("active-content",)


def _action(document: pikepdf.Pdf, kind: str) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name(kind), JS=pikepdf.String("app.alert(1)"))


@pytest.mark.parametrize("kind", ["/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/URI"])
def test_what_acts_is_flagged_and_taken(tmp_path: Path, kind: str) -> None:
    assert triage(tmp_path, pdf(tmp_path, lambda d: _action(d, kind))).flags == ("active-content",)


def test_attachments_and_signatures_are_flagged(tmp_path: Path) -> None:
    def attach(document: pikepdf.Pdf) -> None:
        document.attachments["a.txt"] = b"hello"

    def sign(document: pikepdf.Pdf) -> None:
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3], Contents=pikepdf.String("x"))
        field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("s"), V=value))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)

    assert triage(tmp_path, pdf(tmp_path, attach)).flags == ("active-content",)
    assert triage(tmp_path, pdf(tmp_path, sign)).flags == ("signed",)


def test_a_stream_kept_in_another_file_is_refused(tmp_path: Path) -> None:
    def outside(document: pikepdf.Pdf) -> None:
        stream = document.make_stream(b"q Q")
        stream["/F"] = pikepdf.String("/etc/passwd")
        document.pages[0].Contents = stream

    assert refusal(tmp_path, pdf(tmp_path, outside)) is Reason.DAMAGED


def test_a_second_file_behind_the_first_is_flagged(tmp_path: Path) -> None:
    end = b"PK\x05\x06" + bytes(18)
    assert triage(tmp_path, scan("a") + b"PK\x03\x04..." + end).flags == ("other-data",)
    assert triage(tmp_path, b"<html>\n" + scan("a", "pdf")).flags == ("other-data",)


def test_a_refusal_says_nothing_of_the_file_s_name(tmp_path: Path) -> None:
    path = tmp_path / "张三.png"
    path.write_bytes(scan("a", "png")[:60])
    with pytest.raises(Refused) as caught:
        examine(str(path), Limits())
    assert "张三" not in caught.value.what + repr(caught.value.facts)


@pytest.mark.parametrize("ending", ["jpg", "png", "tif", "jp2", "webp", "bmp", "pdf"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), min_size=1, max_size=5))
@pytest.mark.filterwarnings("ignore")
def test_any_damage_ends_as_taken_or_refused(tmp_path: Path, ending: str, changes: list[tuple[float, bytes]]) -> None:
    data = bytearray(scan("page", ending))
    for place, new in changes:
        at = int(place * (len(data) - 1))
        data[at : at + len(new)] = new
    try:
        assert triage(tmp_path, bytes(data)).pages >= 1
    except Refused as refused:
        assert refused.reason in Reason


@pytest.mark.skipif(not (BAD / "bomb").is_dir(), reason="needs ../shared/bad")
@pytest.mark.filterwarnings("ignore")
def test_known_bombs_and_damage_are_refused() -> None:
    reasons = {}
    for folder in ("bomb", "empty", "archive", "wrongtype"):
        for path in sorted((BAD / folder).iterdir()):
            try:
                examine(str(path), Limits())
            except Refused as refused:
                reasons[path.name] = refused.reason
    accepted = {"jpg_named.pdf", "pdf_named.jpg", "pdf_named.tif", "tif_named.jpg"}
    every = {path.name for folder in ("bomb", "empty", "archive", "wrongtype") for path in (BAD / folder).iterdir()}
    assert set(reasons) == every - accepted
    assert reasons["pdf_flate2_1GiB.pdf"] is Reason.EXPANDS_TOO_MUCH
    assert reasons["tif_4000_pages.tif"] is Reason.TOO_MANY_PAGES
    assert reasons["pdf_mediabox_14400in.pdf"] is Reason.PAGE_TOO_LARGE
