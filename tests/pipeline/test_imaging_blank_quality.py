"""Which sheets are blank, which scans are poor, and which pages are one sheet scanned twice."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from domain.geometry import Placement
from domain.model import Page, PageRef
from pipeline.clean import duplicates, fingerprint
from pipeline.decode import Decoded
from pipeline.marks import Blankness, survey
from pipeline.page import look, read_page, straighten
from pipeline.quality import quality
from tests.fakes.drawn_page import SIZE, drawn, page
from tests.fakes.scanned_sheet import DPI, MM, askew, bilevel, form, form_sheet, grey, noisy, saved_fax, saved_png, turned, white

SHORT_LINE = [("情况属实，同意办理。", 500, 1000, 60)]


def show_through() -> np.ndarray:
    """The other side's print, mirrored, smeared, an eighth darker than the paper."""
    mirrored = cv2.GaussianBlur(cv2.flip(form_sheet(), 1), (0, 0), 2)
    return (250 - (255 - mirrored.astype(float)) * 0.13).astype(np.uint8)


def punched() -> np.ndarray:
    sheet = white()
    for y in (0.37, 0.63):
        cv2.circle(sheet, (round(11 * MM), round(y * SIZE[1])), round(3 * MM), 15, -1)
    return sheet


def dusty() -> np.ndarray:
    sheet, random = white(), np.random.default_rng(5)
    for x, y, size in zip(random.integers(60, 1600, 80), random.integers(60, 2280, 80), random.integers(1, 5, 80), strict=True):
        sheet[y : y + size, x : x + size] = 60
    return sheet


def dark_edges() -> np.ndarray:
    sheet = white()
    sheet[:40] = sheet[:, -55:] = 20
    sheet[-12:] = 60
    return sheet


def under_the_lid() -> np.ndarray:
    """A small sheet on the glass under a dark lid, a little askew."""
    sheet = np.full((SIZE[1], SIZE[0]), 25, np.uint8)
    corners = cv2.boxPoints(((800, 1000), (1100, 1500), 2.0)).astype(np.int32)
    cv2.fillConvexPoly(sheet, corners, 245)
    return sheet


def streaked() -> np.ndarray:
    sheet = white()
    sheet[:, 700:702] = 120
    return sheet


def shaded() -> np.ndarray:
    across = np.linspace(250, 190, SIZE[0])
    return np.broadcast_to(across, (SIZE[1], SIZE[0])).astype(np.uint8)


BLANKS = {make.__name__: make for make in (white, show_through, punched, dusty, dark_edges, under_the_lid, streaked, shaded)}


@pytest.mark.parametrize("kind", BLANKS)
@pytest.mark.parametrize("quarter", [0, 90])
def test_what_is_no_writing_leaves_a_sheet_blank(kind: str, quarter: int) -> None:
    assert survey(noisy(turned(BLANKS[kind](), quarter), 4), DPI).blankness is Blankness.BLANK


@pytest.mark.parametrize("kind", [k for k in BLANKS if k not in ("show_through", "shaded")])
def test_blank_sheets_are_blank_in_two_tones(kind: str) -> None:
    assert survey(bilevel(BLANKS[kind]()), DPI).blankness is Blankness.BLANK


def test_blank_at_any_resolution() -> None:
    for dpi in (100, 300):
        size = (round(8.27 * dpi), round(11.69 * dpi))
        assert survey(noisy(white(size), 4), (dpi, dpi)).blankness is Blankness.BLANK


def test_everything_at_once_is_still_blank() -> None:
    sheet = np.minimum.reduce([show_through(), punched(), dusty(), dark_edges()])
    assert survey(noisy(sheet, 4), DPI).blankness is Blankness.BLANK


def test_a_form_is_content() -> None:
    for sheet in (form_sheet(), noisy(form_sheet(), 15), bilevel(form_sheet()), askew(form_sheet(), 5)):
        assert survey(sheet, DPI).blankness is not Blankness.BLANK
    assert survey(form_sheet(), DPI).blankness is Blankness.CONTENT


def test_a_page_with_a_single_short_line_is_not_blank(tmp_path: Path) -> None:
    sheet = drawn(SHORT_LINE)
    assert survey(grey(sheet), DPI).blankness is not Blankness.BLANK
    read = read_page(saved_png(sheet, tmp_path / "s.png"), "image/png", "R", 1)
    assert not read.blank and "情况属实" in read.text


def test_a_single_short_line_among_show_through_and_holes_is_kept(tmp_path: Path) -> None:
    sheet = np.minimum.reduce([grey(drawn(SHORT_LINE)), show_through(), punched()])
    read = read_page(saved_png(noisy(sheet, 4), tmp_path / "s.png"), "image/png", "R", 1)
    assert not read.blank and "情况属实" in read.text


def test_show_through_made_full_black_is_blank_once_it_was_read(tmp_path: Path) -> None:
    """A bilevel scan may lift what shows through over its limit: broken, mirrored print."""
    mirrored = cv2.flip(bilevel(form_sheet()), 1)
    broken = np.where(np.random.default_rng(1).random(mirrored.shape) < 0.7, 255, mirrored).astype(np.uint8)
    broken[:700] = broken[1300:] = 255
    read = read_page(saved_fax(broken, tmp_path / "s.tif"), "image/tiff", "R", 1)
    assert read.blank and read.words == () and read.turned is None


@pytest.mark.parametrize("sigma", [0, 5, 12])
def test_a_sharp_page_is_not_flagged(sigma: float) -> None:
    for sheet in (form_sheet(), askew(form_sheet(), 3), turned(form_sheet(), 90)):
        found = quality(survey(noisy(sheet, sigma), DPI), DPI)
        assert found.flags == () and found.sharpness > 1


def test_a_sharp_bilevel_page_is_not_flagged() -> None:
    for angle in (0, 1.3, -4):
        assert quality(survey(bilevel(askew(form_sheet(), angle)), DPI), DPI).flags == ()


@pytest.mark.parametrize("smear_mm", [0.35, 0.5, 0.8])
def test_a_smeared_page_is_flagged(smear_mm: float) -> None:
    smeared = cv2.GaussianBlur(form_sheet(), (0, 0), smear_mm * MM)
    assert "blurred" in quality(survey(smeared, DPI), DPI).flags
    assert "blurred" in quality(survey(noisy(smeared, 4), DPI), DPI).flags


def test_a_smeared_page_is_flagged_at_300_dpi() -> None:
    large = cv2.resize(form_sheet(), None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    smeared = cv2.GaussianBlur(large, (0, 0), 0.4 * 300 / 25.4)
    assert "blurred" in quality(survey(smeared, (300, 300)), (300, 300)).flags
    assert quality(survey(large, (300, 300)), (300, 300)).flags == ()


def test_dark_faint_and_coarse_pages_are_flagged() -> None:
    sheet = form_sheet()
    assert "dark" in quality(survey((sheet * 0.3).astype(np.uint8), DPI), DPI).flags
    assert "faint" in quality(survey((215 + sheet * (30 / 255)).astype(np.uint8), DPI), DPI).flags
    half = cv2.resize(sheet, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    assert "low-resolution" in quality(survey(half, (100, 100)), (100, 100)).flags


def test_nothing_is_held_against_a_blank_sheet() -> None:
    assert look(Decoded(noisy(white(), 5), DPI)).quality.flags == ()


def test_ink_is_the_share_of_the_page_that_is_ink() -> None:
    sheet = white()
    sheet[500:700, 300:1100] = 0
    sheet[504:696, 304:1096] = 250  # a frame: no large area that paper could not be told from
    assert quality(survey(sheet, DPI), DPI).ink == pytest.approx(float((sheet == 0).mean()), rel=0.3)


def marked(sheet: np.ndarray, angle: float = 0.0) -> str:
    """The fingerprint of a sheet that lies askew by `angle` and was put straight."""
    placement = Placement(sheet.shape[1], sheet.shape[0], 0, angle)
    return fingerprint(straighten(sheet, placement), placement)


def scan(sheet: np.ndarray, lines: list, number: int, angle: float = 0.0, **others: object) -> Page:
    return page(lines, number, fingerprint=marked(sheet, angle), **others)


RESCANS = {
    "noise": (lambda s: noisy(s, 12), 0.0),
    "skew left": (lambda s: askew(s, 1.5), 1.5),
    "skew right": (lambda s: askew(s, -3), -3.0),
    "darker": (lambda s: (s * 0.8).astype(np.uint8), 0.0),
    "shifted by 3 mm": (lambda s: cv2.warpAffine(s, np.float32([[1, 0, 24], [0, 1, -20]]), SIZE, borderValue=(255,)), 0.0),
    "two tones": (bilevel, 0.0),
}


@pytest.mark.parametrize("change", RESCANS)
def test_a_sheet_scanned_twice_is_found(change: str) -> None:
    make, angle = RESCANS[change]
    first = scan(form_sheet(), form(), 1)
    again = scan(make(form_sheet()), form(), 2, angle)
    assert duplicates([first, again]) == {again.ref: first.ref}


def test_a_third_scan_repeats_the_first() -> None:
    pages = [scan(noisy(form_sheet(), n), form(), n) for n in (1, 2, 3)]
    assert duplicates(pages) == {pages[1].ref: pages[0].ref, pages[2].ref: pages[0].ref}


def test_the_same_form_of_other_people_is_no_duplicate() -> None:
    people = [
        ("王小明", "999999199003070012"),
        ("李芳", "999999198511230028"),
        ("张伟", "99999920010101003X"),
        ("王小红", "999999199003070047"),
    ]
    pages = [scan(form_sheet(*who), form(*who), n) for n, who in enumerate(people, 1)]
    assert duplicates(pages) == {}


def test_forms_that_differ_in_one_digit_are_no_duplicates() -> None:
    one, two = form(number="999999199003070012"), form(number="999999199003070013")
    pages = [scan(form_sheet(), one, 1), scan(form_sheet(number="999999199003070013"), two, 2)]
    assert duplicates(pages) == {}


def test_other_pages_are_no_duplicates() -> None:
    letter = [(f"第{n}条：有关事项说明如下，请予核实。", 200, 300 + 90 * n, 40) for n in range(18)]
    pages = [scan(form_sheet(), form(), 1), scan(grey(drawn(letter)), letter, 2)]
    assert duplicates(pages) == {}


def test_blank_separating_and_unread_pages_take_no_part() -> None:
    first = scan(form_sheet(), form(), 1)
    for others in ({"blank": True}, {"separator": True}, {"failure": "damaged"}, {"fingerprint": ""}):
        again = replace(first, ref=PageRef("R", 2), **others)
        assert duplicates([first, again]) == duplicates([again, first]) == {}


def test_a_sheet_of_another_receipt_may_be_repeated_too() -> None:
    first, again = scan(form_sheet(), form(), 1, receipt="R1"), scan(form_sheet(), form(), 1, receipt="R2")
    assert duplicates([first, again]) == {again.ref: first.ref}


def test_a_fingerprint_is_80_hexadecimal_digits_and_repeatable() -> None:
    for sheet in (form_sheet(), white(), white((1, 1)), white((3000, 20))):
        assert len(marked(sheet)) == 80 and int(marked(sheet), 16) >= 0
        assert marked(sheet) == marked(sheet.copy())
