"""Which way round a page lies, how much it is askew, and that putting it straight agrees with `domain.geometry`."""

import cv2
import numpy as np
import pytest

from domain.geometry import Placement, apply
from pipeline import deskew, upright
from pipeline.page import straighten
from tests.fakes.drawn_page import drawn
from tests.fakes.scanned_sheet import askew, bilevel, form, form_sheet, noisy, turned, white

QUARTERS = (0, 90, 180, 270)
ANGLES = (-8.0, -5.5, -3.0, -1.0, -0.3, 0.0, 0.3, 1.0, 3.0, 5.5, 8.0)


@pytest.fixture(scope="module")
def sheet() -> np.ndarray:
    return form_sheet()


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_turned_page_is_told_by_how_much_clockwise(sheet: np.ndarray, quarter: int) -> None:
    told = upright.orientation(turned(sheet, quarter))
    assert told.turned == quarter
    assert 0 < told.confidence <= 1


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_turned_page_is_told_in_colour_askew_and_noisy(quarter: int) -> None:
    page = noisy(askew(drawn(form()), 2.5), 12)
    assert upright.orientation(turned(page, quarter)).turned == quarter


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_page_without_telling_content_is_left_as_it_was_scanned(quarter: int) -> None:
    page = white((1600, 1600))
    for x in range(200, 1600, 300):
        for y in range(200, 1600, 300):
            cv2.circle(page, (x, y), 60, 0, 4)
    assert upright.orientation(turned(page, quarter)).turned is None


def test_paper_noise_and_a_bare_ring_tell_nothing() -> None:
    ring = white()
    cv2.circle(ring, (800, 1100), 200, 60, 12)
    for page in (white(), noisy(white(paper=200), 25), ring):
        assert upright.orientation(page).turned is None


@pytest.mark.parametrize("size", [(1, 1), (5, 2000), (2000, 5), (39, 41)])
def test_the_smallest_scraps_do_not_upset_it(size: tuple[int, int]) -> None:
    assert upright.orientation(white(size)).turned in (None, *QUARTERS)
    assert deskew.skew(white(size)) == 0.0


@pytest.mark.parametrize("angle", ANGLES)
def test_skew_is_found_to_a_tenth_of_a_degree(sheet: np.ndarray, angle: float) -> None:
    assert deskew.skew(askew(sheet, angle)) == pytest.approx(angle, abs=0.1)


@pytest.mark.parametrize("angle", [-4.0, 0.7, 6.0])
def test_skew_is_found_in_bilevel_and_noisy_scans(sheet: np.ndarray, angle: float) -> None:
    page = askew(sheet, angle)
    assert deskew.skew(bilevel(page)) == pytest.approx(angle, abs=0.1)
    assert deskew.skew(noisy(page, 20)) == pytest.approx(angle, abs=0.1)


def test_content_that_rises_to_the_right_has_positive_skew() -> None:
    page = white((1600, 1200))
    for y in range(300, 1000, 100):
        cv2.line(page, (200, y), (1400, y - 42), 0, 4)  # y down: the right end stands higher
    assert deskew.skew(page) == pytest.approx(np.degrees(np.arctan2(42, 1200)), abs=0.1)


def test_a_page_that_shows_too_little_is_not_skewed() -> None:
    dots = white()
    cv2.circle(dots, (800, 1000), 6, 0, -1)
    for page in (white(), dots, noisy(white(paper=200), 20)):
        assert deskew.skew(page) == 0.0


@pytest.mark.parametrize("angle", [-6.0, -0.8, 2.0, 8.0])
def test_a_page_put_straight_is_straight(sheet: np.ndarray, angle: float) -> None:
    page = askew(sheet, angle)
    straight = straighten(page, Placement(page.shape[1], page.shape[0], 0, deskew.skew(page)))
    assert abs(deskew.skew(straight)) < 0.1


@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("angle", [-11.9, -7.3, -0.02, 0.0, 0.5, 4.0, 12.0])
def test_a_marked_point_comes_to_lie_where_its_matrix_says(quarter: int, angle: float) -> None:
    width, height = 301, 418
    placement = Placement(width, height, quarter, angle)
    random = np.random.default_rng(quarter)
    for x, y in zip(random.integers(8, width - 8, 6), random.integers(8, height - 8, 6), strict=True):
        image = np.full((height, width), 255, np.uint8)
        image[y - 2 : y + 3, x - 2 : x + 3] = 0
        straight = straighten(image, placement)
        assert straight.shape == placement.size[::-1]
        ink = 255.0 - straight
        down, across = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]] + 0.5  # middles of pixels
        centre = ((across * ink).sum() / ink.sum(), (down * ink).sum() / ink.sum())
        assert centre == pytest.approx(apply(placement.matrix, x + 0.5, y + 0.5), abs=0.05)


@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("angle", [-9.0, 0.0, 3.3])
def test_no_ink_is_lost_or_cut_at_the_corners(quarter: int, angle: float) -> None:
    image = np.full((200, 140, 3), 255, np.uint8)
    for y in (2, 193):
        for x in (2, 133):
            image[y : y + 5, x : x + 5] = 0
    straight = straighten(image, Placement(140, 200, quarter, angle))
    assert straight.ndim == 3
    assert (255 - straight.astype(float)).sum() == pytest.approx((255 - image.astype(float)).sum(), rel=0.01)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_without_skew_pixels_are_only_moved(quarter: int) -> None:
    image = np.random.default_rng(3).integers(0, 256, (37, 53, 3)).astype(np.uint8)
    displayed = turned(image, quarter)
    assert np.array_equal(straighten(displayed, Placement(displayed.shape[1], displayed.shape[0], quarter, 0.0)), image)
