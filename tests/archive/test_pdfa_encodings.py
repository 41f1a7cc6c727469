"""Every encoding scanners send goes into the archive as it came, the right way up, and is read back."""

import io

import pytest
from PIL import Image

from archive.pdfa import write
from archive.readback import read_back
from archive.rendering import page_image
from tests.archive.drawn import META, document_of, page_of, saved
from tests.archive.encodings import COLOUR, samples

SAMPLES = samples()


@pytest.mark.parametrize("name", SAMPLES)
def test_scan_is_kept_as_it_came_and_read_back(name, tmp_path):
    data, media, size, kept = SAMPLES[name]
    source, out = tmp_path / "scan", str(tmp_path / "out.pdf")
    source.write_bytes(data)
    document = document_of(page_of(size))
    written = write(out, {"R1": (str(source), media)}, document, META)
    assert written.kept == (kept,)
    back = read_back(out, {"R1": (str(source), media)}, document, META)
    assert back.pages == 1 and back.respaced == ()


@pytest.mark.parametrize("skew", [-3.7, 0.4, 0.0])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "name",
    [
        "jpeg",
        "jpeg-exif-6",
        "jpeg-exif-5",
        "tiff-g4",
        "tiff-g4-orientation-8",
        "png-palette",
        "pdf-jpeg-rotate-90",
        "pdf-g4-strips",
        "pdf-jpeg-strips",
        "pdf-crop-rotate-90",
    ],
)
def test_scan_stands_upright_and_straight(name, turned, skew, tmp_path):
    data, media, size, _ = SAMPLES[name]
    source, out = tmp_path / "scan", str(tmp_path / "out.pdf")
    source.write_bytes(data)
    document = document_of(page_of(size, turned, skew))
    write(out, {"R1": (str(source), media)}, document, META)
    assert read_back(out, {"R1": (str(source), media)}, document, META).differences[0] < 0.05


@pytest.mark.parametrize("name", ["jpeg", "jpeg-gray", "jpeg-progressive", "tiff-g4", "png", "jp2"])
def test_stream_in_the_archive_is_the_scanners_own(name, tmp_path):
    import pikepdf

    data, media, size, _ = SAMPLES[name]
    source, out = tmp_path / "scan", str(tmp_path / "out.pdf")
    source.write_bytes(data)
    write(out, {"R1": (str(source), media)}, document_of(page_of(size)), META)
    with pikepdf.open(out) as pdf:
        (image,) = pdf.pages[0].resources.XObject.values()
        raw = image.read_raw_bytes()
    assert raw in data


def test_what_follows_a_jpegs_end_stays_out(tmp_path):
    data, media, size, _ = SAMPLES["jpeg-with-more-behind"]
    source, out = tmp_path / "scan", tmp_path / "out.pdf"
    source.write_bytes(data)
    write(str(out), {"R1": (str(source), media)}, document_of(page_of(size)), META)
    assert b"something else" not in out.read_bytes()


@pytest.mark.parametrize("name", ["tiff-jpeg-strips", "tiff-jpeg-written-by-libtiff", "tiff-jpeg-tables", "tiff-jpeg-rgb"])
def test_joined_jpeg_gives_the_pixels_of_its_parts(name, tmp_path):
    import pikepdf

    data, media, size, _ = SAMPLES[name]
    source, out = tmp_path / "scan", str(tmp_path / "out.pdf")
    source.write_bytes(data)
    write(out, {"R1": (str(source), media)}, document_of(page_of(size)), META)
    with pikepdf.open(out) as pdf:
        (image,) = pdf.pages[0].resources.XObject.values()
        joined = Image.open(io.BytesIO(image.read_raw_bytes()))
        joined.load()
    whole = Image.open(source)
    whole.load()
    assert joined.size == whole.size
    worst = max(high for low, high in _difference(joined.convert("RGB"), whole.convert("RGB")).getextrema())
    assert worst <= (40 if "strips" in name or "libtiff" in name else 4)  # chroma is smoothed across strips when they are one


def _difference(one, two):
    from PIL import ImageChops

    return ImageChops.difference(one, two)


@pytest.mark.parametrize("skew", [0.0, 0.4, -3.7])
def test_strips_of_fax_show_no_seams(skew, tmp_path):
    black = Image.new("1", (413, 584), 0)
    source, out = tmp_path / "scan.tif", str(tmp_path / "out.pdf")
    source.write_bytes(saved(black, "TIFF", compression="group4", strip_size=1000))
    with Image.open(source) as strips:
        assert len(strips.tag_v2[273]) > 5
    write(out, {"R1": (str(source), "image/tiff")}, document_of(page_of(black.size, skew=skew, words=())), META)
    for dpi in (40, 72, 133):
        drawn = page_image(out, 1, dpi)
        h, w = drawn.shape[:2]
        assert drawn[h // 8 : -h // 8, w // 8 : -w // 8].max() < 8


def test_pixels_of_lossless_pages_are_unchanged(tmp_path):
    import pikepdf

    for name in ("tiff-lzw", "bmp", "tiff-deflate-palette", "pdf-indexed"):
        data, media, size, _ = SAMPLES[name]
        source, out = tmp_path / "scan", str(tmp_path / "out.pdf")
        source.write_bytes(data)
        write(out, {"R1": (str(source), media)}, document_of(page_of(size)), META)
        with pikepdf.open(out) as pdf:
            (image,) = pdf.pages[0].resources.XObject.values()
            pixels = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
        wanted = {"tiff-lzw": COLOUR, "bmp": COLOUR, "tiff-deflate-palette": COLOUR.quantize(64), "pdf-indexed": COLOUR.quantize(32)}[name]
        assert pixels.tobytes() == wanted.convert("RGB").tobytes(), name
