"""A page in layers keeps its print, its seals and what is light; what would not survive is left as it was scanned."""

import io

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from domain.errors import Corrupt
from domain.geometry import Placement
from domain.layers import Layers, Picture, Stencil, pack, unpack
from domain.model import Word
from pipeline.layers import faithful, part
from pipeline.layers.stencils import ink
from tests.pipeline.sheets import letter, scanned

DPI = 200.0
WORD = Word("applicant", (0.08, 0.105, 0.9, 0.13), ((0.08, 0.105, 0.9, 0.13),), 0.9, 0)


def page(seed=0):
    """A colour page: black print, a red seal over some of it, a blue word, a smooth photograph."""
    image = cv2.cvtColor(letter(seed), cv2.COLOR_GRAY2BGR)
    seal = np.zeros(image.shape[:2], np.uint8)
    cv2.circle(seal, (600, 600), 150, 255, 10)
    cv2.putText(seal, "OFFICE", (500, 620), cv2.FONT_HERSHEY_SIMPLEX, 2, 255, 8)
    image[seal > 0] = np.minimum(image[seal > 0], (40, 40, 210))
    cv2.putText(image, "Signed", (1000, 2200), cv2.FONT_HERSHEY_SIMPLEX, 2, (140, 50, 30), 4)
    ramp = np.linspace(60, 220, 260).astype(np.uint8)
    photo = np.stack([np.tile(ramp, (320, 1))] * 3, axis=2)
    cv2.circle(photo, (130, 130), 70, (150, 180, 220), -1)
    image[1900:2220, 200:460] = photo
    return image


def layers(image, words=(WORD,), placement=None, read=lambda strip: "same", dpi=DPI):
    return part(image, dpi, placement or Placement(image.shape[1], image.shape[0], 0, 0.0), words, read)


def drawn(found: Layers):
    """What the layers show, by a road of its own: Pillow."""
    canvas = Image.new("RGB", found.size)
    for picture in (found.ground, *found.pieces):
        paste(canvas, picture)
    for stencil in found.stencils:
        mask = Image.open(io.BytesIO(stencil.png)).convert("L").point(lambda v: 255 - v)
        canvas.paste(stencil.colour, stencil.box[:2], mask)
    for picture in found.over:
        paste(canvas, picture)
    return np.asarray(canvas)[:, :, ::-1]


def paste(canvas, picture: Picture):
    x0, y0, x1, y1 = picture.box
    canvas.paste(Image.open(io.BytesIO(picture.jpeg)).convert("RGB").resize((x1 - x0, y1 - y0), Image.Resampling.BILINEAR), (x0, y0))


def test_a_page_in_layers_looks_as_it_was_scanned_and_is_small():
    image = page()
    found = layers(image)
    assert found is not None
    near = [cv2.resize(i, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA).astype(float) for i in (image, drawn(found))]
    assert np.abs(near[0] - near[1]).mean() < 3
    assert sum(len(p.jpeg) for p in found.pictures()) < 60_000


def test_print_under_a_red_seal_is_ink_and_the_seal_is_not():
    found = ink(page(), DPI)
    plain = ink(cv2.cvtColor(letter(), cv2.COLOR_GRAY2BGR), DPI)
    under = (slice(440, 760), slice(440, 760))
    assert (found.which[under] >= 0).sum() == pytest.approx((plain.which[under] >= 0).sum(), rel=0.02)
    seen = drawn(layers(page()))[590:610, 445:457].reshape(-1, 3).mean(axis=0)  # the ring of the seal
    assert seen[2] > seen[0] + 60 and seen[2] > seen[1] + 60


def test_ink_keeps_its_colour():
    found = layers(page())
    assert any(blue > red + 60 for red, _, blue in (s.colour for s in found.stencils))
    assert any(max(s.colour) < 60 for s in found.stencils)


def test_a_photograph_is_no_print():
    found = ink(page(), DPI)
    assert (found.which[1905:2215, 205:455] < 0).mean() > 0.98


FAINT = Word("faint", (0.53, 0.83, 0.72, 0.865), ((0.53, 0.83, 0.72, 0.865),), 0.9, 1)


def faintly(image):
    cv2.putText(image, "faint word", (900, 2000), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (188, 190, 191), 2)
    return image


def test_a_word_in_light_print_keeps_its_ink():
    image = faintly(page())
    seen = drawn(layers(image, (WORD, FAINT)))
    was, is_ = (i[1950:2010, 900:1100].mean(axis=2) < 220 for i in (image, seen))
    near = np.ones((3, 3), np.uint8)
    assert (was & (cv2.dilate(is_.astype(np.uint8), near) > 0)).sum() > 0.97 * was.sum() > 100


def test_a_word_whose_ink_is_lost_or_invented_is_found():
    image, without = faintly(page()), page()
    place = Placement(image.shape[1], image.shape[0], 0, 0.0)
    (box,) = faithful.faded(image, without, (WORD, FAINT), place)
    assert box == faithful.displayed(FAINT.box, place)
    more = image.copy()
    cv2.putText(more, "more", (1000, 1990), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (120, 120, 120), 3)
    assert faithful.faded(image, more, (WORD, FAINT), place) == [box]
    assert faithful.faded(image, image.copy(), (WORD, FAINT), place) == []


def test_a_line_that_reads_otherwise_is_kept_as_scanned():
    image = page()
    said = iter(("other", "applicant", "same", "same"))
    words = (WORD, Word("same", (0.08, 0.2, 0.9, 0.225), ((0.08, 0.2, 0.9, 0.225),), 0.95, 1))
    found = layers(image, words, read=lambda strip: next(said))
    (piece,) = found.over
    assert piece.box[1] < 0.12 * image.shape[0] < piece.box[3]


def test_where_two_inks_run_together_the_scan_is_kept():
    """On a grey scan a seal is a grey stroke, and print under it is a part of it."""
    image = letter(rows=6)
    cv2.circle(image, (700, 1200), 160, 130, 6)
    for row in range(1080, 1320, 40):
        cv2.line(image, (545, row), (855, row), 20, 4)
    found = layers(image)
    kept = [p for p in found.over if p.box[0] < 860 and p.box[2] > 540 and p.box[1] < 1320 and p.box[3] > 1080]
    assert sum((p.box[2] - p.box[0]) * (p.box[3] - p.box[1]) for p in kept) > 20_000
    seen = drawn(found)[1200 - 4 : 1200 + 5, 700 - 163 : 700 - 157].mean()
    assert abs(seen - 130) < 25


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_boxes_of_words_are_found_on_a_page_that_was_scanned_turned_and_skewed(turned):
    image = scanned(faintly(page()), turned, 2.0)
    place = Placement(image.shape[1], image.shape[0], turned, 2.0)
    box = tuple(
        v * s + (1 - s) / 2 for v, s in zip((0.53, 0.83, 0.72, 0.865), (1654 / place.size[0], 2339 / place.size[1]) * 2, strict=True)
    )
    word = (Word("faint", box, (box,), 0.9, 0),)
    assert faithful.faded(image, image.copy(), word, place) == []
    (lost,) = faithful.faded(image, scanned(page(), turned, 2.0), word, place)
    blank = image.copy()
    blank[lost[1] : lost[3], lost[0] : lost[2]] = 250
    assert faithful.faded(blank, blank.copy(), word, place) == []
    assert faithful.faded(blank, image, word, place) == [lost]


def test_a_bilevel_a_small_and_a_coarse_page_have_no_layers():
    assert layers(np.where(letter() < 128, 0, 255).astype(np.uint8)) is None
    assert layers(page()[:300]) is None
    assert layers(page(), dpi=100.0) is None
    assert layers(np.zeros((5000, 4001), np.uint8) + 130, words=()) is None, "it would take too much memory"


def test_a_page_that_is_a_picture_from_edge_to_edge_stays_as_it_is_or_loses_nothing():
    noise = np.random.default_rng(1).integers(0, 255, (1200, 900, 3), np.uint8)
    found = layers(cv2.GaussianBlur(noise, (0, 0), 4), words=())
    assert found is None or np.abs(drawn(found).astype(float) - cv2.GaussianBlur(noise, (0, 0), 4)).mean() < 12


def test_grey_in_three_channels_is_grey():
    found = layers(cv2.cvtColor(letter(), cv2.COLOR_GRAY2BGR))
    assert Image.open(io.BytesIO(found.ground.jpeg)).mode == "L"


def test_the_same_page_gives_the_same_layers():
    assert pack(layers(page())) == pack(layers(page()))


boxes = st.tuples(*[st.integers(0, 5000)] * 4)
pictures = st.builds(Picture, st.binary(max_size=40), boxes)
stencils = st.builds(Stencil, st.binary(max_size=40), boxes, st.tuples(*[st.integers(0, 255)] * 3))
any_layers = st.builds(
    Layers,
    st.tuples(st.integers(1, 9000), st.integers(1, 9000)),
    pictures,
    st.lists(pictures, max_size=3).map(tuple),
    st.lists(stencils, max_size=3).map(tuple),
    st.lists(pictures, max_size=3).map(tuple),
)


@given(any_layers)
def test_unpack_undoes_pack(one):
    assert unpack(pack(one)) == one


@given(any_layers, st.data())
def test_what_was_cut_short_or_spoiled_is_said_to_be_so(one, data):
    whole = pack(one)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(Corrupt):
        unpack(whole[:cut])
    with pytest.raises(Corrupt):
        unpack(b"x" + whole)
