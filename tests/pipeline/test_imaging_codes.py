"""Separator sheets are known for what they are, and no code upsets the reading of a page."""

from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from pipeline import codes
from pipeline.codes import CaseCode, Patch, parse_code
from pipeline.coversheet import coversheet
from pipeline.decode import Decoded
from pipeline.marks import survey
from pipeline.page import look, read_page
from pipeline.render import renderer_named
from tests.fakes.drawn_page import drawn
from tests.fakes.scanned_sheet import DPI, askew, bilevel, form, form_sheet, grey, noisy, saved_fax, saved_png, turned, white

CASE = "2026-0029"


def printed(case: str | None, folder: Path) -> np.ndarray:
    """The separator sheet as it comes out of a printer, grey, at 200 dpi."""
    coversheet(case, str(folder / "cover.pdf"))
    return grey(renderer_named("pdfium").render(folder / "cover.pdf", 1, 200))


def drawn_code(kind: str, text: str | bytes, scale: int = 4) -> np.ndarray:
    image = np.array(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, getattr(zxingcpp, kind)), scale=scale))
    return image if kind == "QRCode" else np.repeat(image[:1], 120, axis=0)


def laid(sheet: np.ndarray, code: np.ndarray, left: int = 500, top: int = 500) -> np.ndarray:
    sheet = sheet.copy()
    sheet[top - 30 : top + code.shape[0] + 30, left - 40 : left + code.shape[1] + 40] = 255
    sheet[top : top + code.shape[0], left : left + code.shape[1]] = code
    return sheet


def separates(sheet: np.ndarray) -> bool:
    return codes.separator(survey(sheet, DPI), codes.find(sheet))


@pytest.mark.parametrize(("quarter", "angle"), [(0, 3.0), (0, -3.0), (90, 3.0), (180, -3.0), (270, 3.0)])
def test_a_scanned_separator_says_its_case(quarter: int, angle: float, tmp_path: Path) -> None:
    sheet = bilevel(turned(noisy(askew(printed(CASE, tmp_path), angle), 10), quarter))
    page = read_page(saved_fax(sheet, tmp_path / "s.tif"), "image/tiff", "R", 1)
    assert page.separator and not page.blank and page.failure is None
    assert {parse_code(code.text) for code in page.codes} == {CaseCode(CASE)}
    assert page.words == ()


@pytest.mark.parametrize("angle", [0.0, 3.0])
def test_a_scanned_patch_separates_without_naming_a_case(angle: float, tmp_path: Path) -> None:
    sheet = bilevel(noisy(askew(printed(None, tmp_path), angle), 10))
    page = read_page(saved_fax(sheet, tmp_path / "s.tif"), "image/tiff", "R", 1)
    assert page.separator
    assert {parse_code(code.text) for code in page.codes} == {Patch()}


def test_both_codes_of_the_sheet_are_found_where_they_are(tmp_path: Path) -> None:
    page = read_page(saved_png(printed(CASE, tmp_path), tmp_path / "s.png"), "image/png", "R", 1)
    boxes = {code.format: code.box for code in page.codes}
    assert set(boxes) == {"QRCode", "Code128"}
    left, top, right, bottom = boxes["QRCode"]
    assert left == pytest.approx(1 - right, abs=0.01) and 0.15 < top < bottom < 0.5
    assert boxes["Code128"][1] > bottom


@pytest.mark.parametrize("case", ["A123", "9" * 32, "GA-2026-11-23-0007"])
def test_every_case_number_can_be_printed_and_read(case: str, tmp_path: Path) -> None:
    found = codes.find(printed(case, tmp_path))
    assert {code.format for code in found} == {"QRCode", "Code128"}
    assert {parse_code(code.text) for code in found} == {CaseCode(case)}


@pytest.mark.parametrize("case", ["", "abc1", "A12", "-A123", "A" * 33, "A 123", "A123\n", "张三丰四"])
def test_what_is_no_case_number_is_not_printed(case: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="case number"):
        coversheet(case, str(tmp_path / "cover.pdf"))
    assert not (tmp_path / "cover.pdf").exists()


def test_the_same_case_gives_the_same_file(tmp_path: Path) -> None:
    for name in "ab":
        coversheet(CASE, str(tmp_path / name))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("kind", "text"), [("Code128", f"CASEFILE:1:{CASE}"), ("QRCode", f"CASEFILE:1:{CASE}"), ("Code128", "PATCHT"), ("Code39", "PATCHT")]
)
def test_a_sheet_with_one_code_of_ours_alone_separates(kind: str, text: str) -> None:
    assert separates(laid(white(), drawn_code(kind, text)))


def test_a_code_of_ours_on_a_full_page_of_text_is_no_separator(tmp_path: Path) -> None:
    dense = [*form(), *((line[0], 950, line[1] + 170 + 60 * n, 30) for n, line in enumerate(form()))]
    text = [(f"第{n}条：申请人应当如实填写并对内容真实性负责，材料不齐的应一次告知。", 120, 120 + 70 * n, 36) for n in range(30)]
    for lines in (text, dense):
        sheet = laid(grey(drawn(lines)), drawn_code("QRCode", f"CASEFILE:1:{CASE}"), 1300, 1900)
        page = look(Decoded(sheet, DPI))
        assert not page.separator
        assert [code.text for code in page.codes] == [f"CASEFILE:1:{CASE}"]


def test_codes_of_others_do_not_separate() -> None:
    for text in ("https://example.org/", "CASEFILE:2:2026-0029", "casefile:1:2026-0029", "PATCH2", "999999199003070012"):
        assert not separates(laid(white(), drawn_code("QRCode", text)))


def test_two_cases_on_one_sheet_separate_nothing() -> None:
    sheet = laid(white(), drawn_code("QRCode", "CASEFILE:1:2026-0029"))
    assert not separates(laid(sheet, drawn_code("QRCode", "CASEFILE:1:2026-0030"), top=1200))


def test_our_code_beside_another_separates_nothing() -> None:
    sheet = laid(white(), drawn_code("QRCode", "CASEFILE:1:2026-0029"))
    assert not separates(laid(sheet, drawn_code("Code128", "EMS1234567"), top=1200))


@pytest.mark.parametrize(
    "text",
    ["", "CASEFILE:1:", "CASEFILE:1:A12", "CASEFILE:1:2026-0029\n", " CASEFILE:1:2026-0029", "CASEFILE:1:２０２６", "PATCHT\n", "\0"],
)
def test_only_our_exact_words_mean_something(text: str) -> None:
    assert parse_code(text) is None


def test_a_code_spoilt_beyond_reading_is_left_out_and_nothing_is_raised() -> None:
    random = np.random.default_rng(4)
    code = drawn_code("QRCode", f"CASEFILE:1:{CASE}")
    for share in (0.02, 0.1, 0.3, 0.6):
        spoilt = np.where(random.random(code.shape) < share, random.integers(0, 256, code.shape), code).astype(np.uint8)
        sheet = laid(white((1000, 1000)), spoilt)
        assert {found.text for found in codes.find(sheet)} <= {f"CASEFILE:1:{CASE}"}
    torn = code.copy()
    torn[code.shape[0] // 3 :] = 255
    sheet = laid(white(), torn)
    assert codes.find(sheet) == () and not separates(sheet)


def test_one_spoilt_code_does_not_hide_another() -> None:
    torn = drawn_code("QRCode", "PATCHT")
    torn[: torn.shape[0] // 2] = 255
    sheet = laid(laid(white(), torn), drawn_code("QRCode", f"CASEFILE:1:{CASE}"), top=1200)
    assert [found.text for found in codes.find(sheet)] == [f"CASEFILE:1:{CASE}"]


def test_bytes_that_are_no_text_are_taken_as_they_come() -> None:
    for body in (bytes(range(256)), b"\xff\xfe\xfd", b"\x00", b"\x1b[2J"):
        sheet = laid(white(), drawn_code("QRCode", body, 3))
        for found in codes.find(sheet):
            assert parse_code(found.text) is None
        assert not separates(sheet)


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (3, 3)])
def test_scraps_hold_no_codes(size: tuple[int, int]) -> None:
    assert codes.find(white(size)) == ()


def test_noise_holds_no_codes() -> None:
    noise = np.random.default_rng(2).integers(0, 2, (600, 600)).astype(np.uint8) * 255
    assert all(parse_code(found.text) is None for found in codes.find(noise))


def test_corners_are_in_pixels_of_the_page_that_was_reduced() -> None:
    sheet = laid(white(), drawn_code("QRCode", "PATCHT", 8))
    whole, reduced = codes.find(sheet)[0], codes.find(sheet[::2, ::2].copy(), (0.5, 0.5))[0]
    assert np.abs(np.array(whole.corners) - np.array(reduced.corners)).max() < 6


def test_text_outside_the_code_is_what_tells_a_form_from_a_separator() -> None:
    found = codes.find(laid(white(), drawn_code("QRCode", "PATCHT")))
    assert codes.separator(survey(laid(white(), drawn_code("QRCode", "PATCHT")), DPI), found)
    full = laid(form_sheet(), drawn_code("QRCode", "PATCHT"), 1200, 1900)
    assert codes.find(full) and len(survey(full, DPI).boxes) > 100
