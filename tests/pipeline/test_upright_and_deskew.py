"""A page laid on the glass any way round, and askew, comes back upright and level; what cannot be told is not guessed."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.geometry import Placement
from domain.ports import Image
from pipeline.decode import Decoded
from pipeline.deskew import LIMIT, measured, skew
from pipeline.marks import survey
from pipeline.page import look, straighten
from pipeline.upright import orientation
from tests.pipeline.sheets import displaced, letter, scanned

NOISE = np.random.default_rng(7).integers(0, 255, (1200, 850), np.uint8)


@settings(max_examples=25, deadline=None)
@given(turned=st.sampled_from([0, 90, 180, 270]), angle=st.floats(-10, 10), seed=st.integers(0, 50))
def test_upright_then_deskew_undoes_what_the_scanner_did(turned: int, angle: float, seed: int) -> None:
    displayed = scanned(letter(seed), turned, angle)
    seen = look(Decoded(displayed, (200.0, 200.0)))
    assert seen.turned == turned
    assert abs(seen.placement.skew - angle) < 0.1


@settings(max_examples=20, deadline=None)
@given(turned=st.sampled_from([0, 90, 180, 270]), angle=st.floats(-12, 12))
def test_straighten_is_the_inverse_of_its_placement(turned: int, angle: float) -> None:
    width, height = (300, 420) if turned in (0, 180) else (420, 300)
    placement = Placement(width, height, turned, angle)
    page = cv2.GaussianBlur(cv2.resize(letter(3), placement.size), (0, 0), 2)
    there_and_back = straighten(displaced(page, placement), placement)
    assert there_and_back.shape[:2] == placement.size[::-1]
    inner = (slice(110, -110), slice(110, -110))
    assert float(np.abs(there_and_back[inner].astype(int) - page[inner]).mean()) < 1.5


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_turning_without_skew_moves_pixels_and_changes_none(turned: int) -> None:
    page = letter(1)
    assert np.array_equal(straighten(scanned(page, turned, 0.0), Placement(*scanned(page, turned, 0.0).shape[::-1], turned, 0.0)), page)


@settings(max_examples=25, deadline=None)
@given(angle=st.floats(-LIMIT + 0.2, LIMIT - 0.2), light=st.floats(0, 0.4), noise=st.floats(0, 8))
def test_skew_is_found_to_a_tenth_of_a_degree_in_uneven_light_and_noise(angle: float, light: float, noise: float) -> None:
    page = scanned(letter(2), 0, angle).astype(np.float32)
    page *= 1 - light * np.linspace(0, 1, page.shape[1], dtype=np.float32)
    page += np.random.default_rng(1).normal(0, noise + 0.01, page.shape).astype(np.float32)
    assert abs(skew(np.clip(page, 0, 255).astype(np.uint8)) - angle) < 0.1


@pytest.mark.parametrize("angle", [-7.3, -0.4, 0.0, 0.05, 2.5])
def test_a_dark_lid_and_a_bilevel_scan_do_not_disturb_it(angle: float) -> None:
    dark = scanned(cv2.copyMakeBorder(letter(4), 60, 60, 60, 60, cv2.BORDER_CONSTANT, value=(20,)), 0, angle, lid=20)
    assert abs(skew(dark) - angle) < 0.1
    assert abs(skew(np.where(dark > 128, 255, 0).astype(np.uint8)) - angle) < 0.1


def test_a_level_page_is_not_turned_and_turning_further_adds_up() -> None:
    assert skew(letter(5)) == pytest.approx(0.0, abs=0.02)
    one, two = skew(scanned(letter(5), 0, 1.7)), skew(scanned(letter(5), 0, 4.2))
    assert two - one == pytest.approx(2.5, abs=0.05)


@pytest.mark.parametrize(
    "page", [np.full((1000, 700), 255, np.uint8), NOISE, np.zeros((50, 50), np.uint8), np.full((1, 1), 9, np.uint8), NOISE[:3]]
)
def test_pages_that_show_no_direction_have_no_skew(page: Image) -> None:
    angle, support = measured(page)
    assert angle == 0.0 and support < 0.06


@pytest.mark.parametrize(
    "page", [np.full((1000, 700), 255, np.uint8), NOISE, np.full((1, 1), 9, np.uint8), np.full((4, 3000, 3), 128, np.uint8)]
)
def test_orientation_abstains_where_nothing_tells(page: Image) -> None:
    assert orientation(page).turned is None


def test_orientation_abstains_where_half_the_text_stands_on_its_head() -> None:
    half = letter(6)[:1150]
    both = np.vstack([half, np.rot90(half, 2)])
    assert orientation(both).turned is None


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_card_in_a_corner_of_the_glass_is_seen(turned: int) -> None:
    bed = np.full((2339, 1654), 250, np.uint8)
    bed[120:560, 900:1580] = letter(8, (680, 440), rows=6, ink=30, paper=215)
    displayed = scanned(bed, turned, 0.0)
    assert orientation(displayed, survey(displayed, (200.0, 200.0)).thick()).turned == turned
