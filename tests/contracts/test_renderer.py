"""What every renderer behind the port Renderer keeps."""

import io
import shutil
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array

from domain.errors import Misconfigured, Refused
from domain.ports import Image, Renderer
from domain.reasons import Reason
from pipeline.render import renderer_named
from tests.archive.drawn import DPI, SIZE, Mark, pdf_page

WIDE, HIGH = SIZE[0] / DPI * 72, SIZE[1] / DPI * 72
RED, GREEN, BLUE, WHITE = (0, 0, 255), (0, 255, 0), (255, 0, 0), (255, 255, 255)
"""BGR."""
AT = {"left top": (0.15, 0.15), "right top": (0.85, 0.15), "right bottom": (0.85, 0.85), "left bottom": (0.15, 0.85)}
CLOCKWISE = ("left top", "right top", "right bottom", "left bottom")
COLOURS = (RED, GREEN, BLUE, WHITE)
"""Of the corners of an unturned page, clockwise from the left top."""


@pytest.fixture(params=["pdfium", "pdf2image"])
def renderer(request: pytest.FixtureRequest) -> Renderer:
    if request.param == "pdf2image" and not (shutil.which("pdftoppm") and shutil.which("pdfinfo")):
        pytest.skip("poppler is missing (apt-get install -y poppler-utils)")
    return renderer_named(request.param)


PLAIN = Mark()


def corners(mark: Mark = PLAIN, crop: tuple[float, float, float, float] | None = None) -> bytes:
    """A page whose displayed quarters are red, green, blue and white, clockwise from the left top before /Rotate."""
    left, bottom, right, top = crop or (0, 0, WIDE, HIGH)
    w, h = (right - left) / 2, (top - bottom) / 2
    content = f"1 0 0 rg {left} {bottom + h} {w} {h} re f 0 1 0 rg {left + w} {bottom + h} {w} {h} re f 0 0 1 rg {left + w} {bottom} {w} {h} re f\n"
    return pdf_page(lambda pdf: ({}, content.encode()), mark)


def kept(data: bytes, folder: Path) -> Path:
    path = folder / "page.pdf"
    path.write_bytes(data)
    return path


def colour(image: Image, where: str) -> tuple[int, ...]:
    x, y = AT[where]
    return tuple(int(v) for v in image[int(y * image.shape[0]), int(x * image.shape[1])])


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def pages(*sizes: tuple[float, float]) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for size in sizes:
        pdf.add_blank_page(page_size=size)
    return pdf


def assert_close(size: tuple[int, ...], wanted: tuple[float, float]) -> None:
    assert abs(size[1] - wanted[0]) <= 1 and abs(size[0] - wanted[1]) <= 1, (size, wanted)


def test_every_page_is_counted(renderer: Renderer, tmp_path: Path) -> None:
    assert renderer.count(kept(saved(pages((100, 100))), tmp_path)) == 1
    assert renderer.count(kept(saved(pages(*[(100, 100)] * 7)), tmp_path)) == 7


def test_each_page_comes_at_its_own_size(renderer: Renderer, tmp_path: Path) -> None:
    path = kept(saved(pages((72, 144), (216, 72), (595, 842))), tmp_path)
    for number, (wide, high) in enumerate(((72, 144), (216, 72), (595, 842)), 1):
        image = renderer.render(path, number, 100)
        assert image.dtype == np.uint8 and image.ndim == 3 and image.shape[2] == 3
        assert_close(image.shape, (wide / 0.72, high / 0.72))
        assert (image == 255).all()


@pytest.mark.parametrize("dpi", [72, 150, 200])
def test_resolution_is_what_was_asked(renderer: Renderer, tmp_path: Path, dpi: int) -> None:
    image = renderer.render(kept(corners(), tmp_path), 1, dpi)
    assert_close(image.shape, (WIDE / 72 * dpi, HIGH / 72 * dpi))


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_is_shown_as_a_viewer_shows_it(renderer: Renderer, tmp_path: Path, rotate: int) -> None:
    image = renderer.render(kept(corners(Mark(rotate=rotate)), tmp_path), 1, 50)
    assert_close(image.shape, SIZE if rotate in (0, 180) else SIZE[::-1])
    for index, was in enumerate(COLOURS):
        assert colour(image, CLOCKWISE[(index + rotate // 90) % 4]) == was


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_only_what_the_crop_box_shows_is_drawn(renderer: Renderer, tmp_path: Path, rotate: int) -> None:
    crop = (72.0, 144.0, 432.0, 792.0)
    image = renderer.render(kept(corners(Mark(rotate=rotate, crop=crop), crop), tmp_path), 1, 50)
    assert_close(image.shape, (250, 450) if rotate in (0, 180) else (450, 250))
    for index, was in enumerate(COLOURS):
        assert colour(image, CLOCKWISE[(index + rotate // 90) % 4]) == was


def test_a_page_inherits_its_rotation(renderer: Renderer, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(corners())) as pdf:
        pdf.Root.Pages.Rotate = 90
        path = kept(saved(pdf), tmp_path)
    assert colour(renderer.render(path, 1, 50), "right top") == RED


def test_colours_come_in_the_order_of_opencv(renderer: Renderer, tmp_path: Path) -> None:
    assert colour(renderer.render(kept(corners(), tmp_path), 1, 50), "left top") == (0, 0, 255)


def test_a_page_there_is_not_is_refused(renderer: Renderer, tmp_path: Path) -> None:
    path = kept(saved(pages((100, 100), (100, 100))), tmp_path)
    for number in (0, 3, -1):
        with pytest.raises(Refused):
            renderer.render(path, number, 72)


def test_a_pdf_that_asks_for_a_password_is_refused_as_encrypted(renderer: Renderer, tmp_path: Path) -> None:
    path = kept(saved(pages((100, 100)), encryption=pikepdf.Encryption(owner="owner", user="user")), tmp_path)
    with pytest.raises(Refused) as counted:
        renderer.count(path)
    with pytest.raises(Refused) as drawn:
        renderer.render(path, 1, 72)
    assert counted.value.reason is drawn.value.reason is Reason.ENCRYPTED


def test_a_pdf_that_only_restricts_its_use_is_drawn(renderer: Renderer, tmp_path: Path) -> None:
    path = kept(saved(pages((72, 72)), encryption=pikepdf.Encryption(owner="owner", user="")), tmp_path)
    assert renderer.count(path) == 1
    assert_close(renderer.render(path, 1, 72).shape, (72, 72))


@pytest.mark.parametrize("damage", ["empty", "no pdf", "cut at its head", "only a head", "no pages"])
def test_a_damaged_pdf_is_refused_and_nothing_else(renderer: Renderer, tmp_path: Path, damage: str) -> None:
    whole = corners()
    data = {
        "empty": b"",
        "no pdf": b"GIF89a" + bytes(500),
        "cut at its head": whole[:60],
        "only a head": b"%PDF-1.7\n%%EOF\n",
        "no pages": saved(pages()),
    }[damage]
    path = kept(data, tmp_path)
    with pytest.raises(Refused) as counted:
        renderer.count(path)
    with pytest.raises(Refused) as drawn:
        renderer.render(path, 1, 72)
    assert {counted.value.reason, drawn.value.reason} <= {Reason.DAMAGED, Reason.NO_PAGES}


def test_flipped_bytes_are_drawn_or_refused(renderer: Renderer, tmp_path: Path) -> None:
    whole, random = corners(), np.random.default_rng(1)
    for _ in range(12):
        data = np.frombuffer(whole, np.uint8).copy()
        data[random.integers(0, len(data), 6)] = random.integers(0, 256, 6)
        path = kept(data.tobytes(), tmp_path)
        try:
            image = renderer.render(path, 1, 20)
        except Refused:
            continue
        assert image.ndim == 3


def test_a_page_of_too_many_pixels_is_refused_before_it_is_drawn(renderer: Renderer, tmp_path: Path) -> None:
    path = kept(saved(pages((14400, 14400))), tmp_path)
    with pytest.raises(Refused) as refused:
        renderer.render(path, 1, 300)
    assert refused.value.reason is Reason.PAGE_TOO_LARGE


def test_a_small_window_on_a_huge_sheet_is_drawn(renderer: Renderer, tmp_path: Path) -> None:
    pdf = pages((14400, 14400))
    pdf.pages[0].obj.CropBox = Array([100, 100, 172, 172])
    assert_close(renderer.render(kept(saved(pdf), tmp_path), 1, 300).shape, (300, 300))


def test_both_draw_the_same_picture(tmp_path: Path) -> None:
    if not shutil.which("pdftoppm"):
        pytest.skip("poppler is missing (apt-get install -y poppler-utils)")
    path = kept(corners(Mark(rotate=270)), tmp_path)
    one, two = (renderer_named(name).render(path, 1, 100) for name in ("pdfium", "pdf2image"))
    high, wide = (min(a, b) for a, b in zip(one.shape[:2], two.shape[:2], strict=True))
    difference = np.abs(one[:high, :wide].astype(int) - two[:high, :wide])
    assert difference.mean() < 2


def test_a_renderer_nobody_knows_is_the_operators_mistake() -> None:
    with pytest.raises(Misconfigured):
        renderer_named("ghostscript")
