"""A page in layers is archived as such where that is smaller and shows the scan, and as it was scanned everywhere else."""

import io
from dataclasses import replace

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from archive.layered import KEPT
from archive.make import make
from domain.geometry import Placement
from domain.layers import Picture, Stencil, pack
from domain.model import Document, Page, PageRef, Quality
from pipeline.layers import part
from tests.archive.drawn import META, words_of
from tests.pipeline.test_layers import WORD, page


def archived(tmp_path, layers, image=None, turned=0, skew=0.0, name="out"):
    """The document made of one JPEG page with `layers` (bytes), its page as pdfium draws it at 100 dpi (a little blurred), and what was kept."""
    image = page() if image is None else image
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes())
    parted = tmp_path / "page.layers"
    parted.write_bytes(layers)
    height, width = image.shape[:2]
    one = Page(
        PageRef("R1", 1), Placement(width, height, turned, skew), (200.0, 200.0), turned, False, False, Quality(), words=words_of("一行")
    )
    out = tmp_path / f"{name}.pdf"
    made = make(str(out), {"R1": (str(scan), "image/jpeg")}, Document("other", 1.0, (one,)), META, {1: str(parted)})
    with pypdfium2.PdfDocument(str(out)) as pdf:
        drawn = pdf[0].render(scale=100 / 72).to_numpy()[:, :, :3].astype(np.float32)
    return made, out, cv2.GaussianBlur(drawn, (0, 0), 2)


def parted(image):
    found = part(image, 200.0, Placement(image.shape[1], image.shape[0], 0, 0.0), (WORD,), lambda strip: "")
    assert found is not None
    return found


def test_a_page_in_layers_is_smaller_and_looks_the_same(tmp_path):
    (layered, out, seen), (whole, _, was) = archived(tmp_path, pack(parted(page()))), archived(tmp_path, b"", name="whole")
    assert layered.layered == (1,) and whole.layered == ()
    assert layered.written.kept[0].startswith(KEPT)
    assert layered.written.bytes < 0.4 * whole.written.bytes
    assert np.abs(seen - was).mean() < 3
    with pikepdf.open(out) as pdf:
        images = pdf.pages[0].resources.XObject.values()
        assert {bool(i.get("/ImageMask", False)) for i in images} == {True, False}


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_layers_are_turned_and_straightened_with_their_page(tmp_path, turned):
    image = np.ascontiguousarray(np.rot90(page(), -turned // 90))
    found = pack(parted(image))
    layered, _, seen = archived(tmp_path, found, image, turned, 1.5)
    whole, _, was = archived(tmp_path, b"", image, turned, 1.5, "whole")
    assert layered.layered == (1,) and whole.layered == ()
    assert np.abs(seen - was).mean() < 3.5


def test_layers_of_another_page_are_found_out_and_the_scan_is_kept(tmp_path):
    other = cv2.flip(page(7), 1)
    made, _, seen = archived(tmp_path, pack(parted(other)))
    whole, _, was = archived(tmp_path, b"", name="whole")
    assert made.layered == () and made.written.kept == whole.written.kept
    assert np.array_equal(seen, was)


def test_layers_that_are_not_smaller_are_not_used(tmp_path):
    good = parted(page())
    heavy = cv2.imencode(".jpg", page(), [cv2.IMWRITE_JPEG_QUALITY, 100])[1].tobytes()
    made, _, _ = archived(tmp_path, pack(replace(good, ground=Picture(heavy, good.ground.box))))
    assert made.layered == ()


def png(size):
    buffer = io.BytesIO()
    Image.new("1", size, 1).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda good: replace(good, size=(10, 10)),
        lambda good: replace(good, ground=Picture(b"no picture", good.ground.box)),
        lambda good: replace(good, ground=Picture(good.ground.jpeg[:30], good.ground.box)),
        lambda good: replace(good, over=(Picture(good.ground.jpeg, (0, 0, 99999, 10)),)),
        lambda good: replace(good, over=(Picture(good.ground.jpeg, (50, 50, 50, 60)),)),
        lambda good: replace(good, stencils=(Stencil(png((5, 5)), (0, 0, 6, 5), (0, 0, 0)),)),
        lambda good: replace(good, stencils=(Stencil(good.ground.jpeg, (0, 0, 6, 5), (0, 0, 0)),)),
        lambda good: replace(good, stencils=(Stencil(b"", (0, 0, 6, 5), (0, 0, 0)),)),
    ],
)
def test_what_are_no_layers_costs_nothing_but_the_room(tmp_path, spoil):
    """The file comes from a process that opened untrusted bytes."""
    made, _, _ = archived(tmp_path, pack(spoil(parted(page()))))
    assert made.layered == ()


@pytest.mark.parametrize("data", [b"", b"casefile layers 1\n", b"casefile layers 1\n\xff\xff\xff\xff", b"\x00" * 100])
def test_a_file_that_is_cut_short_is_none(tmp_path, data):
    assert archived(tmp_path, data)[0].layered == ()


def test_a_stencils_colour_out_of_range_is_none(tmp_path):
    good = parted(page())
    made, _, _ = archived(tmp_path, pack(replace(good, stencils=tuple(replace(s, colour=(300, -1, 0)) for s in good.stencils))))
    assert made.layered == ()


def test_the_same_layers_give_the_same_file(tmp_path):
    found = pack(parted(page()))
    assert archived(tmp_path, found)[1].read_bytes() == archived(tmp_path, found, name="again")[1].read_bytes()
