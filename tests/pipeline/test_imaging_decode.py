"""What comes out of `decode` is the page that was drawn, as it is displayed, whatever it was saved as."""

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFile, Jpeg2KImagePlugin, TiffImagePlugin, WebPImagePlugin

from domain.errors import Refused
from domain.reasons import Reason
from pipeline import render
from pipeline.decode import PILLOW, Decoded, believed, count, decode, guess
from pipeline.render import renderer_named
from tests.archive.drawn import SIZE, Mark, drawing, fax_strip, fax_tags, jpeg_pdf, saved, stored, tiff
from tests.archive.encodings import BLACK, COLOUR, GRAY, TURNED, samples

SAMPLES = samples()
BGR = np.asarray(COLOUR)[:, :, ::-1].astype(int)
GREY, TWO_TONES = np.asarray(GRAY).astype(int), np.asarray(BLACK.convert("L")).astype(int)
EXACT_COLOUR = (
    "png",
    "bmp",
    "jp2",
    "jp2-codestream",
    "tiff-lzw",
    *(f"tiff-lzw-orientation-{n}" for n in range(2, 9)),
    "pdf-flate",
)
EXACT_GREY = ("png-gray", "png-16", "jp2-gray", "tiff-raw-gray", "tiff-gray-16", "tiff-gray-white-is-zero")
EXACT_TWO_TONES = (
    *(name for name in SAMPLES if name.startswith("tiff-g") and "gray" not in name),
    *("tiff-packbits-bilevel", "png-bilevel", "bmp-bilevel", "pdf-g4", "pdf-jbig2"),
)
LOSSY = (*(name for name in SAMPLES if name.startswith(("jpeg", "tiff-jpeg"))), "webp")
CUTTABLE = (
    "jpeg",
    "jpeg-exif-6",
    "tiff-g4",
    "tiff-lzw",
    "tiff-jpeg",
    "tiff-raw-gray",
    "png",
    "png-palette",
    "png-bilevel",
    "bmp",
    "webp",
    "jp2",
    "pdf-g4",
    "pdf-flate",
)
KINDS = {
    "jpeg": "image/jpeg",
    "tiff-lzw": "image/tiff",
    "tiff-g4": "image/tiff",
    "png": "image/png",
    "bmp": "image/bmp",
    "webp": "image/webp",
    "jp2": "image/jp2",
}


def read(data: bytes, media: str, folder: Path, number: int = 1) -> Decoded:
    path = folder / "scan"
    path.write_bytes(data)
    return decode(str(path), media, number, renderer_named("pdfium"))


def read_sample(name: str, folder: Path) -> np.ndarray:
    data, media, (width, height), _ = SAMPLES[name]
    image = read(data, media, folder).image
    assert image.dtype == np.uint8 and image.flags.c_contiguous
    assert image.shape[:2] == (height, width)
    return image.astype(int)


@pytest.mark.parametrize("name", EXACT_COLOUR)
def test_what_loses_nothing_decodes_to_the_drawn_page(name: str, tmp_path: Path) -> None:
    assert np.array_equal(read_sample(name, tmp_path), BGR)


@pytest.mark.parametrize("name", EXACT_GREY)
def test_grey_stays_one_channel(name: str, tmp_path: Path) -> None:
    assert np.array_equal(read_sample(name, tmp_path), GREY)


@pytest.mark.parametrize("name", EXACT_TWO_TONES)
def test_one_bit_becomes_0_and_255(name: str, tmp_path: Path) -> None:
    assert np.array_equal(read_sample(name, tmp_path), TWO_TONES)


@pytest.mark.parametrize("name", LOSSY)
def test_what_loses_a_little_decodes_to_nearly_the_drawn_page(name: str, tmp_path: Path) -> None:
    image = read_sample(name, tmp_path)
    wanted = GREY if image.ndim == 2 else BGR
    assert image.shape == wanted.shape
    assert np.abs(image - wanted).mean() < 4


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("compression", ["g4", "none"])
def test_a_tiff_of_either_byte_order(order: str, compression: str, tmp_path: Path) -> None:
    if compression == "g4":
        data, wanted = tiff(fax_tags(BLACK), [fax_strip(BLACK)], order=order), TWO_TONES
    else:
        data, wanted = tiff(fax_tags(GRAY, t258=(3, [8]), t259=(3, [1]), t262=(3, [1])), [GRAY.tobytes()], order=order), GREY
    assert np.array_equal(read(data, "image/tiff", tmp_path).image, wanted)


@pytest.mark.parametrize("compression", ["group4", "tiff_lzw", "raw", "jpeg"])
def test_every_directory_of_a_tiff_is_a_page(compression: str, tmp_path: Path) -> None:
    mode = "1" if compression == "group4" else "L"
    drawings = [drawing(seed=seed).convert("L").point(lambda v: 255 if v > 140 else 0).convert(mode) for seed in (0, 20, 40)]
    data = saved(drawings[0], "TIFF", compression=compression, save_all=True, append_images=drawings[1:])
    (tmp_path / "scan").write_bytes(data)
    assert count(str(tmp_path / "scan"), "image/tiff", renderer_named("pdfium")) == 3
    for number in (3, 1, 2):
        image = read(data, "image/tiff", tmp_path, number).image.astype(int)
        differences = [np.abs(image - np.asarray(page.convert("L"))).mean() for page in drawings]
        assert int(np.argmin(differences)) == number - 1
        assert differences[number - 1] <= (4 if compression == "jpeg" else 0)


def test_each_page_of_a_tiff_keeps_its_own_orientation(tmp_path: Path) -> None:
    first, second = Image.open(io.BytesIO(SAMPLES["tiff-lzw"][0])), stored(COLOUR, 6)
    second.encoderinfo = {"tiffinfo": {274: 6}}
    data = saved(first, "TIFF", compression="tiff_lzw", save_all=True, append_images=[second])
    for number in (1, 2):
        assert np.array_equal(read(data, "image/tiff", tmp_path, number).image, BGR)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_exif_orientation_is_obeyed_once(format: str, orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"JPEG": {"quality": 95}, "PNG": {}, "WEBP": {"lossless": True}}[format]
    decoded = read(saved(stored(COLOUR, orientation), format, exif=exif, **options), f"image/{format.lower()}", tmp_path)
    assert decoded.image.shape == BGR.shape
    assert np.abs(decoded.image - BGR).mean() < (3 if format == "JPEG" else 0.01)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_one_image_of_a_pdf_comes_as_it_is_displayed(rotate: int, tmp_path: Path) -> None:
    decoded = read(jpeg_pdf(COLOUR, Mark(rotate=rotate)), "application/pdf", tmp_path)
    own = read(saved(COLOUR, "JPEG", quality=90), "image/jpeg", tmp_path).image
    assert decoded.image.shape[1::-1] == (SIZE if rotate in (0, 180) else TURNED)
    upright = np.rot90(decoded.image, rotate // 90)
    assert np.abs(upright.astype(int) - own).mean() < 1, "the stored pixels, not drawn ones"
    assert decoded.dpi == pytest.approx((50, 50), rel=1e-3)


@pytest.mark.parametrize("name", [n for n in SAMPLES if n.startswith("pdf-") and "strips" not in n])
def test_a_pdf_shows_the_same_as_a_viewer(name: str, tmp_path: Path) -> None:
    data, media, (width, height), _ = SAMPLES[name]
    decoded = read(data, media, tmp_path)
    high, wide = decoded.image.shape[:2]
    assert wide / high == pytest.approx(width / height, rel=0.01)
    with pypdfium2.PdfDocument(data) as document:
        shown = document[0].render(scale=4 * 50 / 72).to_pil().convert("RGB").resize((width, height), Image.Resampling.BOX)
    image = decoded.image if decoded.image.ndim == 3 else np.stack([decoded.image] * 3, axis=2)
    mine = Image.fromarray(image[:, :, ::-1]).resize((width, height), Image.Resampling.BOX)
    assert np.abs(np.asarray(mine).astype(int) - np.asarray(shown)).mean() < 8


@pytest.mark.parametrize("name", ["png-alpha", "jp2-alpha"])
def test_transparency_is_laid_on_white(name: str, tmp_path: Path) -> None:
    image = read_sample(name, tmp_path)
    clear = GREY >= 200
    assert (image[clear] == 255).all() and np.array_equal(image[~clear], BGR[~clear])


def jp2_with_resolution(across: int, down: int) -> bytes:
    """JPEG 2000 with a capture resolution box (ITU-T T.800 I.5.3.7.1), in pixels a metre."""
    data = saved(COLOUR, "JPEG2000")
    at = data.index(b"jp2h") - 4
    length = int.from_bytes(data[at : at + 4], "big")
    box = struct.pack(">I4sI4sHHHHbb", 26, b"res ", 18, b"resc", down, 1, across, 1, 0, 0)
    return data[:at] + struct.pack(">I", length + len(box)) + data[at + 4 : at + length] + box + data[at + length :]


def with_resolution(across: int, down: int) -> Iterator[tuple[str, bytes, str]]:
    for format, media in (("JPEG", "image/jpeg"), ("PNG", "image/png"), ("TIFF", "image/tiff"), ("BMP", "image/bmp")):
        yield format, saved(COLOUR, format, dpi=(across, down)), media
    centimetres = {282: across / 2.54, 283: down / 2.54, 296: 3}
    yield "TIFF in cm", saved(COLOUR, "TIFF", tiffinfo=centimetres), "image/tiff"
    exif = Image.Exif()
    exif[0x011A], exif[0x011B], exif[0x0128] = float(across), float(down), 2
    yield "WEBP", saved(COLOUR, "WEBP", exif=exif), "image/webp"
    yield "JPEG with EXIF alone", saved(COLOUR, "JPEG", exif=exif), "image/jpeg"
    yield "JP2", jp2_with_resolution(round(across / 0.0254), round(down / 0.0254)), "image/jp2"


@pytest.mark.parametrize("kind", [kind for kind, _, _ in with_resolution(300, 200)])
def test_the_resolution_is_read_across_and_down(kind: str, tmp_path: Path) -> None:
    data, media = next((data, media) for name, data, media in with_resolution(300, 200) if name == kind)
    assert read(data, media, tmp_path).dpi == pytest.approx((300, 200), rel=0.01)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
def test_the_resolution_is_that_of_the_displayed_image(format: str, orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    more = {"exif": exif} if format == "JPEG" else {"tiffinfo": {274: orientation}, "compression": "tiff_lzw"}
    data = saved(stored(COLOUR, orientation), format, dpi=(300, 200), **more)
    wanted = (300, 200) if orientation < 5 else (200, 300)
    assert read(data, f"image/{format.lower()}", tmp_path).dpi == pytest.approx(wanted, rel=0.01)


@pytest.mark.parametrize(
    "declared", [None, (0, 0), (1, 1), (71, 71), (1201, 1201), (float("nan"),) * 2, (300, float("inf")), (1000, 200), (-200, -200)]
)
def test_an_absurd_resolution_is_not_believed(declared: tuple[float, float] | None) -> None:
    assert believed(declared, 1654, 2339) == (200.0, 200.0)


def test_72_dpi_on_a_sheet_larger_than_a3_is_not_believed() -> None:
    assert believed((72, 72), 2480, 3508) == (300.0, 300.0)
    assert believed((72, 72), 595, 842) == (72.0, 72.0)


@pytest.mark.parametrize(
    ("size", "dpi"), [((1654, 2339), 200), ((3508, 2480), 300), ((4960, 7016), 600), ((1011, 638), 300), ((1, 1), 100)]
)
def test_a_resolution_is_guessed_from_the_usual_papers(size: tuple[int, int], dpi: float) -> None:
    assert guess(*size) == dpi


@pytest.mark.parametrize("name", CUTTABLE)
def test_a_cut_file_is_decoded_or_refused(name: str, tmp_path: Path) -> None:
    data, media, _, _ = SAMPLES[name]
    for cut in (0, 1, 2, 7, 8, 20, 33, 60, *(len(data) * share // 10 for share in range(1, 10))):
        decoded_or_refused(data[:cut], media, tmp_path)
    with pytest.raises(Refused) as refused:
        read(data[: min(20, len(data))], media, tmp_path)
    assert refused.value.reason is Reason.DAMAGED


@pytest.mark.parametrize("name", CUTTABLE)
def test_flipped_bytes_are_decoded_or_refused(name: str, tmp_path: Path) -> None:
    data, media, _, _ = SAMPLES[name]
    random = np.random.default_rng(zlib.crc32(name.encode()))
    for round_ in range(40):
        spoiled = np.frombuffer(data, np.uint8).copy()
        region = min(len(data), 400) if round_ % 2 else len(data)  # half of them where the headers are
        spoiled[random.integers(0, region, 4)] = random.integers(0, 256, 4)
        decoded_or_refused(spoiled.tobytes(), media, tmp_path)


@pytest.mark.parametrize(
    "body", [b"", b"I", b"II*\0", b"II*\0\x08", b"II*\0\x08\0\0", b"MM\0*\0\0\0\x08\xff\xff", b"II*\0\xff\xff\xff\xff", b"nonsense"]
)
def test_damaged_exif_does_not_spoil_more_than_its_page(body: bytes, tmp_path: Path) -> None:
    jpeg = saved(COLOUR, "JPEG")
    block = b"Exif\0\0" + body
    decoded_or_refused(jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:], "image/jpeg", tmp_path)


def decoded_or_refused(data: bytes, media: str, folder: Path) -> None:
    try:
        decoded = read(data, media, folder)
    except Refused as refused:
        assert refused.reason in (Reason.DAMAGED, Reason.PAGE_TOO_LARGE, Reason.NO_PAGES, Reason.ENCRYPTED, Reason.UNKNOWN_FORMAT)
        return
    assert decoded.image.dtype == np.uint8 and decoded.image.ndim in (2, 3)
    assert all(72 <= dpi <= 1200 for dpi in decoded.dpi) or media == "application/pdf"


@pytest.mark.parametrize("media", [*PILLOW, "application/pdf"])
def test_a_file_is_never_taken_for_what_it_was_not_found_to_be(media: str, tmp_path: Path) -> None:
    gif = saved(COLOUR, "GIF")
    with pytest.raises(Refused) as refused:
        read(gif, media, tmp_path)
    assert refused.value.reason is Reason.DAMAGED


def test_a_type_nobody_decodes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(saved(COLOUR, "GIF"), "image/gif", tmp_path)
    assert refused.value.reason is Reason.UNKNOWN_FORMAT


@pytest.mark.parametrize("name", ["png", "jpeg", "tiff-lzw", "pdf-g4"])
@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_page_there_is_not_is_refused(name: str, number: int, tmp_path: Path) -> None:
    data, media, _, _ = SAMPLES[name]
    with pytest.raises(Refused):
        read(data, media, tmp_path, number)


def png_of(width: int, height: int) -> bytes:
    """A PNG's head alone; whoever decoded it would find nothing."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [head, b"IDAT" + zlib.compress(b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks)


@pytest.mark.parametrize("size", [(20_000, 20_000), (100_000, 100_000), (2_000_000_000, 1), (200_000_001, 1)])
def test_a_page_that_only_claims_to_be_huge_is_refused_by_its_head(size: tuple[int, int], tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(png_of(*size), "image/png", tmp_path)
    assert refused.value.reason is Reason.PAGE_TOO_LARGE


@pytest.mark.parametrize("name", [*KINDS, "pdf-g4", "pdf-seen-text"])
def test_the_limit_is_asked_before_any_pixel_is_decoded(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def decoding(*_: object, **__: object) -> None:
        raise AssertionError("pixels were decoded")

    for plugin in (
        ImageFile.ImageFile,
        TiffImagePlugin.TiffImageFile,
        Jpeg2KImagePlugin.Jpeg2KImageFile,
        WebPImagePlugin.WebPImageFile,
    ):
        monkeypatch.setattr(plugin, "load", decoding)
    monkeypatch.setattr(pypdfium2.PdfImage, "get_bitmap", decoding)
    monkeypatch.setattr(pypdfium2.PdfPage, "render", decoding)
    monkeypatch.setattr(render, "MAX_PIXELS", SIZE[0] * SIZE[1] - 1)
    data, media, _, _ = SAMPLES[name]
    with pytest.raises(Refused) as refused:
        read(data, media, tmp_path)
    assert refused.value.reason is Reason.PAGE_TOO_LARGE


def test_a_page_at_the_limit_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "MAX_PIXELS", SIZE[0] * SIZE[1])
    assert read(SAMPLES["png"][0], "image/png", tmp_path).image.shape == BGR.shape
