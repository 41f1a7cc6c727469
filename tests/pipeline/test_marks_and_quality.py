"""A sheet is blank when nothing is written on it, however dirty it is; it is poor when a person would put it on the glass again."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from domain.model import Quality, Word
from domain.ports import Image
from pipeline.marks import Blankness, survey
from pipeline.quality import quality, read_too, small_print
from tests.pipeline.sheets import letter, scanned

DPI = (200.0, 200.0)
PAPER = np.full((2339, 1654), 248, np.uint8)


def noisy(page: Image, sigma: float) -> Image:
    return np.clip(page + np.random.default_rng(3).normal(0, sigma, page.shape), 0, 255).astype(np.uint8)


def shown_through(page: Image, share: float) -> Image:
    """The back of `page`: its print mirrored, smeared by the paper, `share` of its darkness."""
    back = cv2.GaussianBlur(page[:, ::-1].copy(), (0, 0), 2.2).astype(np.float32)
    return (248 * (1 - share * (1 - back / 255))).astype(np.uint8)


def holed(page: Image, lid: int) -> Image:
    page = page.copy()
    for y in (855, 1484):
        cv2.circle(page, (95, y), 22, lid, -1, cv2.LINE_AA)
    return page


def dusty(page: Image) -> Image:
    page, chance = page.copy(), np.random.default_rng(5)
    for x, y in zip(chance.integers(0, 1654, 60), chance.integers(0, 2339, 60), strict=True):
        cv2.circle(page, (int(x), int(y)), 1, 40, -1, cv2.LINE_AA)
    return page


def streaked(page: Image) -> Image:
    page = page.copy()
    page[:, 700:702] = 120
    page[:, 1101:1102] = 90
    return page


def shaded(page: Image) -> Image:
    return (page * np.linspace(1, 0.6, page.shape[1])).astype(np.uint8)


BLANKS = {
    "white": PAPER,
    "noise": noisy(PAPER, 6),
    "holes": holed(PAPER, 30),
    "dust": dusty(PAPER),
    "streaks": streaked(PAPER),
    "light": shaded(PAPER),
    "dark lid": scanned(PAPER, 0, 4.0, lid=25),
    "frame": cv2.copyMakeBorder(PAPER, 50, 50, 50, 50, cv2.BORDER_CONSTANT, value=(25,)),
    "show-through": shown_through(letter(1), 0.15),
    "all at once": noisy(shaded(streaked(dusty(holed(scanned(shown_through(letter(2), 0.12), 0, -3.0, lid=25), 25)))), 3),
    "black": np.zeros((2339, 1654), np.uint8),
}


@pytest.mark.parametrize("name", BLANKS)
def test_dirt_holes_edges_and_the_other_side_are_no_content(name: str) -> None:
    assert survey(BLANKS[name], DPI).blankness is Blankness.BLANK


@pytest.mark.parametrize("name", [name for name in BLANKS if name not in ("show-through", "all at once")])
def test_neither_are_they_in_a_bilevel_scan(name: str) -> None:
    two = np.where(BLANKS[name] > 110, 255, 0).astype(np.uint8)
    assert survey(two, DPI).blankness is not Blankness.CONTENT
    assert survey(two, DPI).area < 20


@pytest.mark.parametrize("rows", [36, 12, 6])
@pytest.mark.parametrize("ink", [20, 120])
def test_pages_of_print_are_content(rows: int, ink: int) -> None:
    assert survey(letter(3, rows=rows, ink=ink), DPI).blankness is Blankness.CONTENT
    assert survey(np.where(letter(3, rows=36) > 128, 255, 0).astype(np.uint8), DPI).blankness is Blankness.CONTENT


@pytest.mark.parametrize("text_height", [22, 30])
def test_a_single_line_is_never_called_blank_unread(text_height: int) -> None:
    page = PAPER.copy()
    cv2.putText(page, "page intentionally left empty", (300, 1100), cv2.FONT_HERSHEY_SIMPLEX, text_height / 22, 30, 2, cv2.LINE_AA)
    for version in (page, np.where(page > 128, 255, 0).astype(np.uint8), scanned(page, 90, 2.0)):
        assert survey(version, DPI).blankness is not Blankness.BLANK


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (3000, 1), (9, 9), (40, 30)])
def test_tiny_and_odd_pages_are_looked_at_without_harm(shape: tuple[int, int]) -> None:
    marks = survey(np.full(shape, 200, np.uint8), DPI)
    assert marks.blankness is Blankness.BLANK
    assert marks.thick() is None
    assert "blurred" not in quality(marks, DPI).flags


def test_writing_is_located() -> None:
    page = PAPER.copy()
    page[300:800, 200:900] = letter(4, (700, 500), rows=8)
    page[1500:1520, 1400:1420] = 0
    box = survey(page, DPI).thick()
    assert box is not None
    assert 150 < box[0] < 500 and 250 < box[1] < 500 and 600 < box[2] < 950 and 550 < box[3] < 850


@pytest.mark.parametrize("ink", [20, 120])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_smeared_pages_are_flagged_and_sharp_ones_are_not(seed: int, ink: int) -> None:
    sharp = cv2.GaussianBlur(letter(seed, ink=ink), (0, 0), 0.45)
    smeared = cv2.GaussianBlur(sharp, (0, 0), 0.32 * 200 / 25.4)
    assert quality(survey(sharp, DPI), DPI).flags == ()
    found = quality(survey(smeared, DPI), DPI)
    assert "blurred" in found.flags and found.poor
    assert found.sharpness < 1 < quality(survey(sharp, DPI), DPI).sharpness


def test_noise_skew_and_lids_do_not_make_a_page_blurred() -> None:
    for page in (
        noisy(letter(5), 6),
        scanned(letter(5), 0, 5.0, lid=20),
        shaded(letter(5)),
        np.where(letter(5) > 128, 255, 0).astype(np.uint8),
    ):
        assert not quality(survey(page, DPI), DPI).poor


def test_dark_faint_and_coarse_scans_are_told() -> None:
    assert quality(survey((letter(6) * 0.3).astype(np.uint8), DPI), DPI).flags == ("dark",)
    assert "faint" in quality(survey(letter(6, ink=215), DPI), DPI).flags
    assert "low-resolution" in quality(survey(letter(6), (100.0, 100.0)), (100.0, 100.0)).flags
    assert 0.01 < quality(survey(letter(6), DPI), DPI).ink < 0.2


def _read(confidence: float, letters: int = 40) -> tuple[Word, ...]:
    box = (0.1, 0.1, 0.2, 0.12)
    return tuple(Word("字" * 4, box, (box,) * 4, confidence, n) for n in range(letters // 4))


@pytest.mark.parametrize(
    ("sharpness", "confidence", "letters", "bilevel", "blurred"),
    [
        (0.9, 0.7, 40, True, True),
        (0.9, 0.99, 40, True, False),  # steep edges that measure like blur, but read well
        (1.2, 0.7, 40, True, True),  # smeared, though its edges are steep
        (1.2, 0.99, 40, True, False),
        (1.6, 0.7, 40, True, False),  # sharp: badly read for another reason
        (1.2, 0.7, 12, True, False),  # too few characters to tell
        (0.9, 0.99, 40, False, True),  # grey scans are told by their edges
        (0.0, 0.7, 40, True, False),
    ],
)
def test_bilevel_scans_near_the_limit_are_judged_by_how_they_read(sharpness, confidence, letters, bilevel, blurred):
    found = Quality(sharpness=sharpness, flags=("blurred", "faint") if 0 < sharpness < 1 else ("faint",))
    judged = read_too(found, _read(confidence, letters), bilevel)
    assert ("blurred" in judged.flags) is blurred and "faint" in judged.flags


def test_small_print_that_was_scanned_too_coarsely_is_said():
    tiny = tuple(Word("字", (0.1, 0.1, 0.2, 0.1 + 0.0064), ((0, 0, 1, 1),), 1.0, n) for n in range(20))  # 1.9 mm of 297
    assert small_print(tiny, 2339, 200) and not small_print(tiny, 3508, 300) and not small_print(tiny[:5], 2339, 200)
    assert not small_print(tuple(replace(w, box=(0.1, 0.1, 0.2, 0.115)) for w in tiny), 2339, 200)


def test_under_two_hundred_dots_an_inch_is_too_coarse_for_an_archive():
    for dpi, coarse in ((150.0, True), (200.0, False)):
        flags = quality(survey(letter(6), (dpi, dpi)), (dpi, dpi)).flags
        assert ("low-resolution" in flags) is coarse
