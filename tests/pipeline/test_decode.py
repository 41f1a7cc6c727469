"""Whatever a scanner writes is decoded to the page that was drawn; whatever is broken is Refused and nothing else."""

import io
import struct
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin

from domain.errors import Refused
from domain.ports import Image as Array
from domain.reasons import Reason
from pipeline import decode as step
from pipeline import render
from pipeline.decode import believed, count, decode, guess
from pipeline.render import Pdf2imageRenderer, PdfiumRenderer, renderer_named
from tests.pipeline.sheets import colored, letter

RENDERER = PdfiumRenderer()
PAGE = colored()
GREY = cv2.cvtColor(PAGE, cv2.COLOR_BGR2GRAY)
TWO = np.where(GREY > 127, 255, 0).astype(np.uint8)
EXIF_TO_STORED = {  # how a displayed page is stored so that this tag shows it again
    1: lambda p: p,
    2: lambda p: p[:, ::-1],
    3: lambda p: p[::-1, ::-1],
    4: lambda p: p[::-1],
    5: lambda p: p.swapaxes(0, 1),
    6: lambda p: np.rot90(p, 1),
    7: lambda p: np.rot90(p, 2).swapaxes(0, 1),
    8: lambda p: np.rot90(p, -1),
}


def pillow(page: Array) -> Image.Image:
    return Image.fromarray(page if page.ndim == 2 else np.ascontiguousarray(page[:, :, ::-1]))


def same(one: Array, two: Array, slack: float = 0.0) -> bool:
    return one.shape == two.shape and float(np.abs(one.astype(int) - two.astype(int)).mean()) <= slack


@pytest.mark.parametrize(
    ("name", "media", "page", "options", "slack"),
    [
        ("jpeg", "image/jpeg", PAGE, {"quality": 95}, 2.5),
        ("jpeg", "image/jpeg", GREY, {"quality": 95}, 2.5),
        ("png", "image/png", PAGE, {}, 0),
        ("png", "image/png", GREY, {}, 0),
        ("bmp", "image/bmp", PAGE, {}, 0),
        ("webp", "image/webp", PAGE, {"lossless": True}, 0),
        ("jpeg2000", "image/jp2", PAGE, {"irreversible": False}, 0),
        ("jpeg2000", "image/jp2", GREY, {"irreversible": False}, 0),
        ("tiff", "image/tiff", PAGE, {"compression": "tiff_lzw"}, 0),
        ("tiff", "image/tiff", PAGE, {}, 0),
        ("tiff", "image/tiff", PAGE, {"compression": "jpeg", "quality": 95}, 3.0),
        ("tiff", "image/tiff", GREY, {"compression": "tiff_adobe_deflate"}, 0),
    ],
)
def test_every_format_decodes_to_the_page_that_was_drawn(
    tmp_path: Path, name: str, media: str, page: Array, options: dict[str, Any], slack: float
) -> None:
    pillow(page).save(tmp_path / "scan", name.upper(), **options)
    got = decode(str(tmp_path / "scan"), media, 1, RENDERER)
    assert got.image.dtype == np.uint8 and got.image.flags.c_contiguous
    assert same(got.image, page, slack)


@pytest.mark.parametrize(("name", "media"), [("png", "image/png"), ("bmp", "image/bmp"), ("tiff", "image/tiff")])
def test_one_bit_becomes_0_and_255(tmp_path: Path, name: str, media: str) -> None:
    pillow(TWO).convert("1").save(tmp_path / "scan", name.upper())
    assert same(decode(str(tmp_path / "scan"), media, 1, RENDERER).image, TWO)


def test_sixteen_bits_palettes_and_transparency_become_what_a_viewer_shows(tmp_path: Path) -> None:
    Image.fromarray(GREY.astype(np.uint16) * 257).save(tmp_path / "deep.png")
    assert same(decode(str(tmp_path / "deep.png"), "image/png", 1, RENDERER).image, GREY)
    pillow(GREY).convert("P").save(tmp_path / "palette.png")
    assert same(decode(str(tmp_path / "palette.png"), "image/png", 1, RENDERER).image, GREY, 1)
    clear = pillow(PAGE).convert("RGBA")
    clear.putalpha(0)
    clear.save(tmp_path / "clear.png")
    assert (decode(str(tmp_path / "clear.png"), "image/png", 1, RENDERER).image == 255).all()
    pillow(PAGE).convert("CMYK").save(tmp_path / "press.jpg", quality=95)
    assert same(decode(str(tmp_path / "press.jpg"), "image/jpeg", 1, RENDERER).image, PAGE, 4)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(("name", "media", "slack"), [("jpeg", "image/jpeg", 2.5), ("tiff", "image/tiff", 0), ("png", "image/png", 0)])
def test_orientation_tags_1_to_8_show_the_same_page(tmp_path: Path, orientation: int, name: str, media: str, slack: float) -> None:
    stored = np.ascontiguousarray(EXIF_TO_STORED[orientation](PAGE))
    exif = Image.Exif()
    exif[0x0112] = orientation
    options: dict[str, Any] = {"quality": 95} if name == "jpeg" else {}
    pillow(stored).save(tmp_path / "scan", name.upper(), exif=exif, dpi=(300, 200), **options)
    got = decode(str(tmp_path / "scan"), media, 1, RENDERER)
    assert same(got.image, PAGE, slack)
    assert got.dpi == pytest.approx((200, 300) if orientation >= 5 else (300, 200), abs=0.6)


@pytest.mark.parametrize("byte_order", ["II", "MM"])
def test_multi_page_tiff_of_either_byte_order_gives_each_page_its_own(tmp_path: Path, byte_order: str) -> None:
    pages = [TWO, PAGE, GREY, PAGE[::-1].copy()]
    kinds = [{"compression": "group4"}, {"compression": "tiff_lzw"}, {"compression": "jpeg", "quality": 95}, {}]
    with TiffImagePlugin.AppendingTiffWriter(str(tmp_path / "scan.tif"), True) as out:
        for page, options in zip(pages, kinds, strict=True):
            picture = pillow(page).convert("1") if page is TWO else pillow(page)
            head = TiffImagePlugin.ImageFileDirectory_v2(prefix=byte_order.encode())
            picture.save(out, "TIFF", tiffinfo=head, dpi=(200, 200), **options)
            out.newFrame()
    path = str(tmp_path / "scan.tif")
    assert count(path, "image/tiff", RENDERER) == 4
    for number, page in enumerate(pages, 1):
        assert same(decode(path, "image/tiff", number, RENDERER).image, page, 3 if number == 3 else 0)
    with pytest.raises(Refused):
        decode(path, "image/tiff", 5, RENDERER)


@pytest.mark.parametrize("order", ["<", ">"])
def test_uncompressed_tiff_of_both_byte_orders_is_read(tmp_path: Path, order: str) -> None:
    height, width = GREY.shape
    tags = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 8),
        (277, 3, 1),
        (278, 4, height),
        (279, 4, GREY.size),
    ]
    body = (
        (b"II" if order == "<" else b"MM")
        + struct.pack(order + "HI", 42, 8 + GREY.size)
        + GREY.tobytes()
        + struct.pack(order + "H", len(tags))
    )
    for tag, kind, value in tags:
        body += struct.pack(order + "HHI", tag, kind, 1) + (
            struct.pack(order + "HH", value, 0) if kind == 3 else struct.pack(order + "I", value)
        )
    (tmp_path / "scan.tif").write_bytes(body + b"\0\0\0\0")
    assert same(decode(str(tmp_path / "scan.tif"), "image/tiff", 1, RENDERER).image, GREY)


def test_resolution_may_stand_in_centimetres_and_differ_across_and_down(tmp_path: Path) -> None:
    pillow(GREY).save(tmp_path / "cm.tif", resolution_unit="cm", x_resolution=80.0, y_resolution=40.0)
    assert decode(str(tmp_path / "cm.tif"), "image/tiff", 1, RENDERER).dpi == pytest.approx((203.2, 101.6), abs=0.1)


@given(st.sampled_from([100, 150, 200, 240, 300, 400, 600]))
def test_an_a4_sheet_that_tells_no_resolution_is_known_by_its_size(dpi: int) -> None:
    assert guess(round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)) == dpi
    assert guess(round(297 / 25.4 * dpi), round(210 / 25.4 * dpi)) == dpi


@pytest.mark.parametrize("dpi", [200, 300, 400])
def test_a_cropped_card_is_not_taken_for_a_coarse_sheet(dpi: int) -> None:
    assert guess(round((85.6 + 5) / 25.4 * dpi), round((54 + 5) / 25.4 * dpi)) == dpi


@pytest.mark.parametrize("declared", [(1.0, 1.0), (72.0, 72.0), (96.0, 96.0), (0.0, 0.0), (5000.0, 5000.0), (300.0, 30.0), None])
def test_absurd_resolutions_are_not_believed(declared: tuple[float, float] | None) -> None:
    assert believed(declared, 2480, 3508) == (300, 300)


def test_sane_resolutions_are_believed() -> None:
    assert believed((204.0, 98.0), 1728, 1150) == (204, 98)
    assert believed((72.0, 72.0), 595, 842) == (72, 72)


def pdf_of(
    path: Path,
    stored: Array,
    matrix: str,
    box: tuple[float, ...],
    rotate: int = 0,
    extra: bytes = b"",
    crop: tuple[float, ...] | None = None,
) -> None:
    """A PDF page showing `stored` by the matrix given, and `extra` drawn after it."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    page.obj.MediaBox = pikepdf.Array(box)
    if crop:
        page.obj.CropBox = pikepdf.Array(crop)
    if rotate:
        page.obj.Rotate = rotate
    image = pdf.make_stream(np.ascontiguousarray(stored[:, :, ::-1]).tobytes())
    image.update(
        {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/BitsPerComponent": 8, "/ColorSpace": pikepdf.Name.DeviceRGB}
    )
    image.update({"/Width": stored.shape[1], "/Height": stored.shape[0]})
    page.obj.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Im0=image),
        Font=pikepdf.Dictionary(F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)),
    )
    page.obj.Contents = pdf.make_stream(f"q {matrix} cm /Im0 Do Q ".encode() + extra)
    pdf.save(path)


W, H = PAGE.shape[1] * 0.36, PAGE.shape[0] * 0.36  # 200 dpi in points
HIDDEN = b"BT /F1 20 Tf 3 Tr 20 20 Td (hidden words) Tj ET"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("extra", [b"", HIDDEN])
def test_a_pdf_page_that_is_one_image_gives_its_very_pixels_under_any_rotate(tmp_path: Path, rotate: int, extra: bytes) -> None:
    stored = np.rot90(PAGE, rotate // 90)  # /Rotate turns clockwise, so it is stored turned counter-clockwise
    wide, high = (W, H) if rotate in (0, 180) else (H, W)
    pdf_of(tmp_path / "scan.pdf", stored, f"{wide} 0 0 {high} 30 40", (30, 40, 30 + wide, 40 + high), rotate, extra)
    got = decode(str(tmp_path / "scan.pdf"), "application/pdf", 1, RENDERER)
    assert same(got.image, PAGE)
    assert got.dpi == pytest.approx((200, 200), abs=0.01)


@pytest.mark.parametrize(
    ("matrix", "stored"),
    [
        (f"0 {H} {-W} 0 {W} 0", lambda p: np.rot90(p, -1)),  # the image itself turned counter-clockwise by its matrix
        (f"0 {-H} {W} 0 0 {H}", lambda p: np.rot90(p, 1)),
        (f"{-W} 0 0 {-H} {W} {H}", lambda p: p[::-1, ::-1]),
        (f"{W} 0 0 {-H} 0 {H}", lambda p: p[::-1]),
        (f"{-W} 0 0 {H} {W} 0", lambda p: p[:, ::-1]),
        (f"0 {H} {W} 0 0 0", lambda p: np.rot90(p, 2).swapaxes(0, 1)),
    ],
)
@pytest.mark.parametrize("rotate", [0, 90])
def test_images_turned_or_mirrored_by_their_matrix_come_out_as_a_viewer_shows_them(
    tmp_path: Path, matrix: str, stored: Any, rotate: int
) -> None:
    path = tmp_path / "scan.pdf"
    pdf_of(path, np.ascontiguousarray(stored(PAGE)), matrix, (0, 0, W, H), rotate)
    got = decode(str(path), "application/pdf", 1, RENDERER).image
    assert same(got, np.rot90(PAGE, -rotate // 90))
    drawn = RENDERER.render(path, 1, 200)
    assert same(got, cv2.resize(drawn, (got.shape[1], got.shape[0])), 6)


@pytest.mark.parametrize(
    "extra",
    [b"0 0 1 rg 50 50 40 40 re f", b"BT /F1 40 Tf 60 60 Td (stamp) Tj ET", b"q 40 0 0 40 10 10 cm /Im0 Do Q"],
    ids=["shape", "text", "image"],
)
def test_a_page_with_anything_else_visible_is_drawn_whole(tmp_path: Path, extra: bytes) -> None:
    pdf_of(tmp_path / "scan.pdf", PAGE, f"{W} 0 0 {H} 0 0", (0, 0, W, H), 0, extra)
    got = decode(str(tmp_path / "scan.pdf"), "application/pdf", 1, RENDERER)
    assert got.dpi == pytest.approx((200, 200), abs=0.5)
    assert not same(got.image, PAGE, 0.1)
    assert same(got.image, RENDERER.render(tmp_path / "scan.pdf", 1, got.dpi[0]))


def test_an_image_that_is_cropped_clipped_or_small_is_drawn_as_displayed(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    pdf_of(path, PAGE, f"{W} 0 0 {H} 0 0", (0, 0, W, H), crop=(20, 20, W - 60, H - 80))
    cropped = decode(str(path), "application/pdf", 1, RENDERER)
    assert cropped.image.shape[1] == pytest.approx((W - 80) / 72 * cropped.dpi[0], abs=2)
    pdf_of(path, PAGE, f"{W} 0 0 {H} 0 0", (0, 0, 2 * W, 2 * H))
    assert decode(str(path), "application/pdf", 1, RENDERER).image.shape[0] == pytest.approx(2 * PAGE.shape[0], abs=3)
    pdf_of(path, PAGE, f"0 0 {W / 2} {H / 2} re W n {W} 0 0 {H} 0 0", (0, 0, W, H))
    clipped = decode(str(path), "application/pdf", 1, RENDERER).image
    assert (clipped[:300] == 255).all() and (clipped[600:, :250] < 255).any()


def test_a_page_of_text_alone_is_drawn_at_300_dpi(tmp_path: Path) -> None:
    pdf_of(tmp_path / "scan.pdf", PAGE, "0 0 0 0 0 0", (0, 0, 300, 400), 0, b"BT /F1 40 Tf 60 60 Td (typed) Tj ET")
    got = decode(str(tmp_path / "scan.pdf"), "application/pdf", 1, RENDERER)
    assert got.dpi == (300, 300) and got.image.shape[:2] == (1667, 1250)


def test_too_large_pages_are_refused_before_they_are_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pillow(PAGE).save(tmp_path / "scan.png")
    pdf_of(tmp_path / "scan.pdf", PAGE, f"{W} 0 0 {H} 0 0", (0, 0, W, H))
    monkeypatch.setattr(render, "MAX_PIXELS", 100_000)
    monkeypatch.setattr(step, "_to_array", lambda picture: pytest.fail("was decoded"))
    for name, media in (("scan.png", "image/png"), ("scan.pdf", "application/pdf")):
        with pytest.raises(Refused) as refusal:
            decode(str(tmp_path / name), media, 1, RENDERER)
        assert refusal.value.reason is Reason.PAGE_TOO_LARGE


def test_a_bomb_of_declared_pixels_is_refused(tmp_path: Path) -> None:
    pillow(GREY).save(tmp_path / "bomb.png")
    data = bytearray((tmp_path / "bomb.png").read_bytes())
    data[16:24] = struct.pack(">II", 60_000, 60_000)
    (tmp_path / "bomb.png").write_bytes(data)
    with pytest.raises(Refused):
        decode(str(tmp_path / "bomb.png"), "image/png", 1, RENDERER)


def samples() -> dict[str, bytes]:
    """A small good file of each kind."""
    small, found = pillow(cv2.resize(PAGE, (60, 80))), {}
    for media, name in step.PILLOW.items():
        out = io.BytesIO()
        small.save(out, name)
        found[media] = out.getvalue()
    out = io.BytesIO()
    small.save(out, "PDF")
    found["application/pdf"] = out.getvalue()
    return found


SAMPLES = samples()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    media=st.sampled_from(sorted(SAMPLES)),
    cut=st.floats(0, 1),
    spoils=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6),
)
def test_damaged_files_are_refused_and_nothing_else(tmp_path: Path, media: str, cut: float, spoils: list[tuple[float, int]]) -> None:
    data = bytearray(SAMPLES[media])
    for place, value in spoils:
        data[int(place * len(data))] = value
    if cut < 0.7:
        del data[int(cut / 0.7 * len(data)) :]
    path = tmp_path / "broken"
    path.write_bytes(data)
    try:
        count(str(path), media, RENDERER)
        image = decode(str(path), media, 1, RENDERER).image
    except Refused:
        return
    assert image.dtype == np.uint8 and image.ndim in (2, 3)


@pytest.mark.parametrize("media", sorted(SAMPLES))
def test_a_file_of_another_kind_than_said_is_refused(tmp_path: Path, media: str) -> None:
    other = "image/png" if media != "image/png" else "image/jpeg"
    (tmp_path / "lie").write_bytes(SAMPLES[other])
    with pytest.raises(Refused):
        decode(str(tmp_path / "lie"), media, 1, RENDERER)


def test_unknown_types_and_renderers_are_named() -> None:
    with pytest.raises(Refused) as refusal:
        decode("/nowhere", "text/plain", 1, RENDERER)
    assert refusal.value.reason is Reason.UNKNOWN_FORMAT
    assert isinstance(renderer_named("pdf2image"), Pdf2imageRenderer)
    with pytest.raises(Exception, match="no renderer"):
        renderer_named("ghost")


def test_a_full_a4_scan_of_300_dpi_keeps_its_one_channel(tmp_path: Path) -> None:
    pillow(letter()).save(tmp_path / "scan.jpg", dpi=(200, 200))
    assert decode(str(tmp_path / "scan.jpg"), "image/jpeg", 1, RENDERER).image.ndim == 2
