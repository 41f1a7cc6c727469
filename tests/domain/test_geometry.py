"""The coordinates every room shares."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.geometry import Placement, apply, compose, invert, iou

SIZES = st.integers(1, 6000)
TURNS = st.sampled_from([0, 90, 180, 270])
SKEWS = st.floats(-15, 15)
PLACEMENTS = st.builds(Placement, SIZES, SIZES, TURNS, SKEWS)


@given(PLACEMENTS)
def test_no_pixel_of_the_scan_is_cut_off(placement):
    width, height = placement.size
    for corner in ((0, 0), (placement.width, 0), (0, placement.height), (placement.width, placement.height)):
        x, y = apply(placement.matrix, *corner)
        assert -0.51 <= x <= width + 0.51
        assert -0.51 <= y <= height + 0.51


@given(PLACEMENTS)
def test_placing_keeps_lengths_and_angles(placement):
    a, b, c, d, _, _ = placement.matrix
    assert math.isclose(a * d - b * c, 1, abs_tol=1e-9)
    assert math.isclose(math.hypot(a, b), 1, abs_tol=1e-9)


@given(PLACEMENTS, st.floats(0, 6000), st.floats(0, 6000))
def test_inverting_gives_the_point_back(placement, x, y):
    back = apply(invert(placement.matrix), *apply(placement.matrix, x, y))
    assert back == pytest.approx((x, y), abs=1e-6)


@given(PLACEMENTS, PLACEMENTS, st.floats(0, 100), st.floats(0, 100))
def test_composing_is_applying_one_after_the_other(one, two, x, y):
    assert apply(compose(one.matrix, two.matrix), x, y) == pytest.approx(apply(two.matrix, *apply(one.matrix, x, y)), abs=1e-6)


def test_a_page_displayed_a_quarter_turn_clockwise_is_turned_back():
    placement = Placement(300, 200, 90, 0)  # an upright page of 200 x 300, displayed turned clockwise
    assert placement.size == (200, 300)
    assert apply(placement.matrix, 300, 0) == (0, 0)  # its top left corner was displayed top right
    assert apply(placement.matrix, 0, 200) == (200, 300)


def test_content_turned_counter_clockwise_is_turned_clockwise():
    placement = Placement(1000, 1000, 0, 5)
    left, right = apply(placement.matrix, 0, 500), apply(placement.matrix, 1000, 500)
    assert right[1] > left[1]  # on a page whose y runs down, clockwise lowers the right end


def test_orientation_is_one_of_four():
    with pytest.raises(ValueError):
        Placement(10, 10, 45, 0)


BOXES = st.tuples(st.floats(0, 0.5), st.floats(0, 0.5), st.floats(0.5, 1), st.floats(0.5, 1))


@given(BOXES, BOXES)
def test_overlap_is_symmetric_and_between_nothing_and_all(one, two):
    assert iou(one, two) == pytest.approx(iou(two, one))
    assert 0 <= iou(one, two) <= 1 + 1e-9
    assert iou((0, 0, 0.2, 0.2), (0.3, 0.3, 1, 1)) == 0
