"""A separator sheet is known for one however it was scanned, and nothing else is."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from domain.geometry import Placement
from domain.ports import Image
from pipeline import coversheet as sheets
from pipeline.codes import CaseCode, Found, Patch, find, parse_code, separator, sparse
from pipeline.coversheet import coversheet
from pipeline.decode import Decoded
from pipeline.marks import survey
from pipeline.page import look
from pipeline.render import PdfiumRenderer
from tests.pipeline.sheets import letter, scanned

CASE = "2026-ABC-0042"
DPI = (200.0, 200.0)


def printed(tmp_path: Path, case: str | None, dpi: int = 200) -> Image:
    coversheet(case, str(tmp_path / "sheet.pdf"))
    return cv2.cvtColor(PdfiumRenderer().render(tmp_path / "sheet.pdf", 1, dpi), cv2.COLOR_BGR2GRAY)


def pasted(page: Image, text: str, format_: str = "QRCode", at: tuple[int, int] = (300, 1200), module: int = 6) -> Image:
    code = np.array(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, getattr(zxingcpp, format_)), scale=module))
    page = page.copy()
    page[at[0] : at[0] + code.shape[0], at[1] : at[1] + code.shape[1]] = code
    return page


@pytest.mark.parametrize("case", [CASE, "A000", "Z" * 32, None])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [0.0, 3.0])
def test_a_coversheet_comes_back_as_a_separator(tmp_path: Path, case: str | None, turned: int, angle: float) -> None:
    page = scanned(printed(tmp_path, case), turned, angle)
    for version in (page, np.where(page > 128, 255, 0).astype(np.uint8)):
        seen = look(Decoded(version, DPI))
        assert seen.separator
        assert {parse_code(code.text) for code in seen.codes} == {Patch() if case is None else CaseCode(case)}


def test_both_codes_of_a_coversheet_are_read_and_placed_where_they_stand(tmp_path: Path) -> None:
    for turned in (0, 90):
        codes = {code.format: code.box for code in look(Decoded(scanned(printed(tmp_path, CASE), turned, 2.0), DPI)).codes}
        assert set(codes) == {"QRCode", "Code128"}
        qr, bars = codes["QRCode"], codes["Code128"]
        assert abs((qr[0] + qr[2]) / 2 - 0.5) < 0.03 and abs((qr[1] + qr[3]) / 2 - 0.33) < 0.05
        assert bars[1] > qr[3]


def test_a_coversheet_says_its_case_in_print_and_is_the_same_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coversheet(CASE, str(tmp_path / "one.pdf"))
    coversheet(CASE, str(tmp_path / "two.pdf"))
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert (tmp_path / "one.pdf").stat().st_size < 100_000
    monkeypatch.setattr(sheets, "_chinese_font", lambda: None)
    assert look(Decoded(printed(tmp_path, CASE), DPI)).separator


@pytest.mark.parametrize("case", ["abc", "-ABC", "A", "ABC", "A" * 33, "王小明0001", "AB CD", "ABCD\n", ""])
def test_what_is_no_case_number_is_not_printed(tmp_path: Path, case: str) -> None:
    with pytest.raises(ValueError, match="case number"):
        coversheet(case, str(tmp_path / "sheet.pdf"))
    assert not (tmp_path / "sheet.pdf").exists()


@given(st.from_regex(r"[A-Z0-9][A-Z0-9-]{3,31}", fullmatch=True))
def test_parse_code_reads_what_coversheets_say(case: str) -> None:
    assert parse_code(f"CASEFILE:1:{case}") == CaseCode(case)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CASEFILE:1:",
        "CASEFILE:2:ABCD",
        "CASEFILE:1:abcd",
        " CASEFILE:1:ABCD",
        "CASEFILE:1:ABCD\n",
        "PATCH",
        "http://x",
        "CASEFILE:1:-ABC",
    ],
)
def test_other_texts_say_nothing(text: str) -> None:
    assert parse_code(text) is None


@pytest.mark.parametrize("text", ["https://example.org/licence/91110000", "91110000MA01", "CASEFILE:9:ABCD"])
def test_a_foreign_code_never_makes_a_separator(text: str) -> None:
    for page in (letter(1), np.full((2339, 1654), 250, np.uint8)):
        seen = look(Decoded(pasted(page, text), DPI))
        assert not seen.separator
        assert [code.text for code in seen.codes] == [text]


def test_a_page_of_print_that_carries_our_code_is_no_separator() -> None:
    page = letter(1)
    page[200:700, 1000:1600] = 250
    seen = look(Decoded(pasted(page, f"CASEFILE:1:{CASE}"), DPI))
    assert [parse_code(code.text) for code in seen.codes] == [CaseCode(CASE)]
    assert not seen.separator


def test_two_codes_that_disagree_do_not_separate() -> None:
    page = pasted(pasted(np.full((2339, 1654), 250, np.uint8), "CASEFILE:1:AAAA"), "CASEFILE:1:BBBB", at=(1200, 400))
    found = find(page)
    assert len(found) == 2
    assert not separator(survey(page, DPI), found)


def test_a_spoiled_code_spoils_only_itself() -> None:
    page = pasted(pasted(np.full((2339, 1654), 250, np.uint8), "CASEFILE:1:AAAA"), "CASEFILE:1:BBBB", at=(1200, 400))
    page[1210:1330, 420:540] = 128
    assert [code.text for code in find(page)] == ["CASEFILE:1:AAAA"]


@pytest.mark.parametrize(
    "page", [np.full((1, 1), 255, np.uint8), np.zeros((3, 5000), np.uint8), np.random.default_rng(1).integers(0, 255, (600, 600), np.uint8)]
)
def test_looking_for_codes_never_raises(page: Image) -> None:
    assert find(page) == ()


def test_corners_are_placed_by_the_placement() -> None:
    found = Found("QRCode", "x", ((10, 20), (30, 20), (30, 60), (10, 60)))
    assert found.placed(Placement(100, 200, 0, 0.0)).box == pytest.approx((0.1, 0.1, 0.3, 0.3))
    assert found.placed(Placement(100, 200, 90, 0.0)).box == pytest.approx((0.1, 0.7, 0.3, 0.9))


def test_blank_and_printed_pages_without_codes_do_not_separate() -> None:
    assert not separator(survey(np.full((2339, 1654), 250, np.uint8), DPI), ())
    assert not separator(survey(letter(1), DPI), ())
    assert sparse(survey(np.full((2339, 1654), 250, np.uint8), DPI)) and not sparse(survey(letter(1), DPI))
