"""A page read from a file: its words lie on its ink, whichever way round it was scanned, and what cannot be read says so."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from domain.geometry import bound, iou
from domain.model import Page, PageRef
from domain.reasons import Reason
from pipeline import decode
from pipeline.page import count_pages, read_page, straighten
from tests.archive.encodings import samples
from tests.fakes.drawn_page import drawn
from tests.fakes.scanned_sheet import askew, bilevel, form, grey, saved_fax, saved_png, turned, white

LINES = [line for line in form() if "签名" not in line[0]]


def ink_of(line: tuple, placement, displayed) -> tuple[float, float, float, float]:
    """Where a line's ink lies on the upright page, as fractions; `displayed` lays a drawn page as the scanner saw it."""
    ink = straighten(displayed(grey(drawn([line]))), placement) < 128
    rows, columns = np.nonzero(ink)
    height, width = ink.shape
    return (columns.min() / width, rows.min() / height, (columns.max() + 1) / width, (rows.max() + 1) / height)


def assert_words_lie_on_their_ink(page: Page, displayed, lines=(LINES[0], LINES[3], LINES[4], LINES[7])) -> None:
    for line in lines:
        text = "".join(line[0].split()).replace("：", ":")
        letters = [(c, box) for word in page.words for c, box in zip(word.text.replace("：", ":"), word.chars, strict=True)]
        said = "".join(c for c, _ in letters)
        assert text in said
        at = said.index(text)
        assert iou(bound([box for _, box in letters[at : at + len(text)]]), ink_of(line, page.placement, displayed)) > 0.6


@pytest.mark.parametrize("quarter", [0, 90, 180, 270])
def test_words_lie_on_the_ink_whichever_way_round_it_was_scanned(quarter: int, tmp_path: Path) -> None:
    def displayed(image: np.ndarray) -> np.ndarray:
        return turned(image, quarter)

    page = read_page(saved_png(displayed(drawn(LINES)), tmp_path / "s.png"), "image/png", "R", 1)
    assert page.turned == page.placement.turned == quarter
    assert page.placement.skew == pytest.approx(0, abs=0.1)
    assert not page.blank and not page.separator and page.failure is None and page.quality.flags == ()
    assert_words_lie_on_their_ink(page, displayed)


@pytest.mark.parametrize(("quarter", "angle"), [(90, 3.0), (180, -5.0)])
def test_words_lie_on_the_ink_of_a_page_turned_and_askew(quarter: int, angle: float, tmp_path: Path) -> None:
    def displayed(image: np.ndarray) -> np.ndarray:
        return bilevel(turned(askew(image, angle), quarter))

    page = read_page(saved_fax(displayed(grey(drawn(LINES))), tmp_path / "s.tif"), "image/tiff", "R", 1)
    assert page.turned == quarter and page.placement.skew == pytest.approx(angle, abs=0.1)
    assert_words_lie_on_their_ink(page, displayed)


def test_every_box_lies_on_the_page_and_the_page_is_as_it_was_displayed(tmp_path: Path) -> None:
    image = turned(drawn(LINES), 90)
    page = read_page(saved_png(image, tmp_path / "s.png"), "image/png", "01RECEIPT", 1)
    assert page.ref == PageRef("01RECEIPT", 1)
    assert (page.placement.width, page.placement.height) == image.shape[1::-1]
    assert page.dpi == pytest.approx((200, 200), rel=0.01) and page.engine and len(page.fingerprint) == 80
    for word in page.words:
        for box in (word.box, *word.chars):
            assert 0 <= box[0] <= box[2] <= 1 and 0 <= box[1] <= box[3] <= 1


def test_a_fax_with_oblong_pixels_is_read(tmp_path: Path) -> None:
    fine = bilevel(grey(drawn(LINES)))
    page = read_page(saved_fax(np.ascontiguousarray(fine[::2]), tmp_path / "s.tif", (200, 100)), "image/tiff", "R", 1)
    assert page.dpi == pytest.approx((200, 100), rel=0.01)
    assert (page.placement.width, page.placement.height) == (fine.shape[1], len(fine[::2]))
    assert "Application" in page.text and "999999199003070012" in page.text
    assert_words_lie_on_their_ink(page, lambda image: np.ascontiguousarray(image[::2]), LINES[3:5])


def test_a_blank_sheet_is_neither_turned_nor_read(tmp_path: Path) -> None:
    page = read_page(saved_png(white(), tmp_path / "s.png"), "image/png", "R", 1)
    assert page.blank and not page.separator and page.turned is None and page.words == () and page.failure is None
    assert page.placement.size == white().shape[::-1]


SPOILT = {
    "empty": (b"", "image/png"),
    "cut": (samples()["jpeg"][0][:40], "image/jpeg"),
    "another type": (samples()["png"][0], "image/tiff"),
    "no pdf": (b"%PDF-1.4 and nothing else", "application/pdf"),
    "unknown type": (b"GIF89a", "image/gif"),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_an_undecodable_page_says_so_itself(kind: str, tmp_path: Path) -> None:
    data, media = SPOILT[kind]
    (tmp_path / "s").write_bytes(data)
    page = read_page(str(tmp_path / "s"), media, "R", 4)
    assert page.failure == (Reason.UNKNOWN_FORMAT if kind == "unknown type" else Reason.DAMAGED).code
    assert page.ref == PageRef("R", 4) and page.turned is None and page.words == () and not page.blank and not page.separator
    assert page.quality.poor and "unreadable" in page.quality.flags
    assert {field.name for field in fields(page)} >= {"failure", "placement"} and page.placement.size > (0, 0)


def test_a_page_too_many_says_so_itself(tmp_path: Path) -> None:
    assert read_page(saved_png(white(), tmp_path / "s.png"), "image/png", "R", 2).failure == Reason.DAMAGED.code


def test_a_page_there_is_no_memory_for_says_so_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(decode, "decode", full)
    assert read_page(saved_png(white(), tmp_path / "s.png"), "image/png", "R", 1).failure == Reason.TOOK_TOO_MUCH_MEMORY.code


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (7, 9), (60, 60)])
@pytest.mark.parametrize("dark", [False, True])
def test_the_smallest_scraps_become_pages(size: tuple[int, int], dark: bool, tmp_path: Path) -> None:
    page = read_page(saved_png(white(size, 0 if dark else 255), tmp_path / "s.png"), "image/png", "R", 1)
    assert page.failure is None and (page.placement.width, page.placement.height) == size


@pytest.mark.parametrize("name", ["png", "tiff-g4", "pdf-g4", "jp2"])
def test_pages_are_counted(name: str, tmp_path: Path) -> None:
    data, media, _, _ = samples()[name]
    (tmp_path / "s").write_bytes(data)
    assert count_pages(str(tmp_path / "s"), media) == 1
