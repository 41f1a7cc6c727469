"""From a file to a Page: what was written stands in it; what cannot be read says so; nothing raises for the stack."""

import pickle
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from domain.errors import Misconfigured, Refused
from domain.geometry import Placement
from domain.model import Word
from domain.ports import Image as Array
from domain.reasons import Reason
from pipeline import page as step
from pipeline.coversheet import coversheet
from pipeline.ocr import engines
from pipeline.page import VERSION, count_pages, read_page
from tests.pipeline.sheets import letter, scanned


class Engine:
    """Says what it is told to; remembers what it was given."""

    name = "told"
    over_budget = False

    def __init__(self, says: str = "", mirrored: str = "", confidence: float = 1.0) -> None:
        self.says, self.mirrored, self.confidence = says, mirrored, confidence
        self.given: list[Array] = []

    def read(self, image: Array, dpi: float) -> tuple[Word, ...]:
        self.given.append(image)
        text = self.says if len(self.given) == 1 else self.mirrored
        return (Word(text, (0, 0, 1, 1), ((0, 0, 1, 1),) * len(text), self.confidence, 0),) if text else ()

    def line(self, image: Array, dpi: float) -> str:
        return ""


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    told = Engine("print")
    monkeypatch.setattr(engines, "engine_named", lambda name: told)
    return told


def saved(path: Path, image: Array, **options: object) -> str:
    Image.fromarray(image if image.ndim == 2 else np.ascontiguousarray(image[:, :, ::-1])).save(path, **{"dpi": (200, 200), **options})  # type: ignore[arg-type]
    return str(path)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_carries_how_it_lay_and_the_engine_sees_it_upright(tmp_path: Path, engine: Engine, turned: int) -> None:
    path = saved(tmp_path / "scan.png", scanned(letter(1), turned, -2.5))
    page = read_page(path, "image/png", "receipt", 1)
    width, height = (1654, 2339) if turned in (0, 180) else (2339, 1654)
    assert (page.ref.receipt, page.ref.number, page.turned, page.engine) == ("receipt", 1, turned, "told")
    assert (page.placement.width, page.placement.height, page.placement.turned) == (width, height, turned)
    assert page.placement.skew == pytest.approx(-2.5, abs=0.05)
    assert engine.given[0].shape[:2] == page.placement.size[::-1]
    assert page.text == "print" and not page.blank and page.failure is None and page.quality.flags == ()
    assert len(page.fingerprint) == 80 and page.dpi == pytest.approx((200, 200), abs=0.1)
    level = engine.given[0][60:-60, 60:-60]
    assert float(np.abs(level.astype(int) - straight(page.placement)[60:-60, 60:-60]).mean()) < 12


def straight(placement: Placement) -> Array:
    """The sheet as drawn, in the middle of its upright page."""
    width, height = placement.size
    page = np.full((height, width), 250, np.uint8)
    top, left = (height - 2339) // 2, (width - 1654) // 2
    page[top : top + 2339, left : left + 1654] = letter(1)
    return page


def test_no_pixel_of_the_scan_is_cut_off(tmp_path: Path, engine: Engine) -> None:
    sheet = scanned(letter(2), 0, 6.0)
    for y, x in ((0, 0), (0, 1653), (2338, 0), (2338, 1653)):
        cv2.circle(sheet, (x, y), 12, 0, -1)
    read_page(saved(tmp_path / "scan.png", sheet), "image/png", "r", 1)
    seen = engine.given[0]
    rows, columns = np.nonzero(seen < 60)
    assert rows.min() < 12 and seen.shape[0] - rows.max() < 14 and columns.min() < 12 and seen.shape[1] - columns.max() < 14
    assert seen[0, 0] == 255


def test_blank_pages_are_neither_turned_nor_read(tmp_path: Path, engine: Engine) -> None:
    page = read_page(saved(tmp_path / "scan.png", np.full((2339, 1654), 240, np.uint8)), "image/png", "r", 1)
    assert page.blank and page.turned is None and page.placement == Placement(1654, 2339, 0, 0.0)
    assert engine.given == [] and page.words == () and page.fingerprint == ""


def test_separators_are_turned_and_not_read(tmp_path: Path, engine: Engine) -> None:
    coversheet("2026-0001", str(tmp_path / "sheet.pdf"))
    page = read_page(str(tmp_path / "sheet.pdf"), "application/pdf", "r", 1)
    assert page.separator and not page.blank and page.turned == 0 and engine.given == []
    assert {code.text for code in page.codes} == {"CASEFILE:1:2026-0001"}


def sparse_sheet(tmp_path: Path) -> str:
    sheet = np.full((2339, 1654), 255, np.uint8)
    cv2.putText(sheet, "few words", (600, 900), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    return saved(tmp_path / "scan.png", sheet)


@pytest.mark.parametrize(
    ("says", "mirrored", "confidence", "blank"),
    [
        ("", "", 1, True),
        ("-", "", 0.9, True),
        ("few words", "", 1, False),
        ("few words", "few words and more than that", 0.9, True),
        ("few words", "few", 0.9, False),
    ],
)
def test_a_sheet_with_little_ink_is_read_before_it_is_called_blank(
    tmp_path: Path, engine: Engine, says: str, mirrored: str, confidence: float, blank: bool
) -> None:
    engine.says, engine.mirrored, engine.confidence = says, mirrored, confidence
    page = read_page(sparse_sheet(tmp_path), "image/png", "r", 1)
    assert page.blank is blank
    assert page.text == ("" if blank else says)
    assert not (page.blank and page.quality.poor)


def test_unequal_resolutions_are_read_with_square_pixels(tmp_path: Path, engine: Engine) -> None:
    sheet = cv2.resize(letter(3), (1654, 1170), interpolation=cv2.INTER_AREA)
    page = read_page(saved(tmp_path / "fax.tif", sheet, dpi=(200, 100)), "image/tiff", "r", 1)
    assert (page.placement.width, page.placement.height) == (1654, 1170)
    assert page.dpi == pytest.approx((200, 100), abs=0.1)
    assert engine.given[0].shape[0] == pytest.approx(2 * page.placement.size[1], abs=1)
    assert engine.given[0].shape[1] == page.placement.size[0]


def test_one_bad_page_says_so_and_the_others_are_read(tmp_path: Path, engine: Engine) -> None:
    pages = [Image.fromarray(letter(n)).convert("1") for n in range(3)]
    path = tmp_path / "scan.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="group4", dpi=(200, 200))
    with Image.open(path) as scan:
        scan.seek(1)
        offset = scan.tag_v2[273][0]
    data = bytearray(path.read_bytes())
    assert count_pages(str(path), "image/tiff") == 3
    at = data.index(offset.to_bytes(4, "little"))
    data[at : at + 4] = (0xFFFFFF0).to_bytes(4, "little")  # where the second page's strip is said to be
    path.write_bytes(data)
    read = [read_page(str(path), "image/tiff", "r", number) for number in (1, 2, 3)]
    assert [page.failure for page in read] == [None, Reason.DAMAGED.code, None]
    bad = read[1]
    assert bad.quality.flags == ("unreadable",) and bad.quality.poor and bad.turned is None and not bad.blank and bad.words == ()


def test_a_page_too_large_for_memory_says_so(tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(step.decode, "decode", full)
    assert read_page("x", "image/png", "r", 1).failure == Reason.TOOK_TOO_MUCH_MEMORY.code


@pytest.mark.parametrize("fault", [MemoryError(), cv2.error("Insufficient memory")])
def test_a_page_for_whose_layers_memory_is_short_is_read_all_the_same(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def short(*_: object) -> None:
        raise fault

    path, out = saved(tmp_path / "scan.png", letter(1) // 2 + 60), tmp_path / "layers"
    with monkeypatch.context() as patch:
        patch.setattr(step.layers, "part", short)
        page = read_page(path, "image/png", "receipt", 1, parted=str(out))
    assert page.text == "print" and page.failure is None and not out.exists()
    assert read_page(path, "image/png", "receipt", 1, parted=str(out)).failure is None and out.exists()


def test_only_counting_refuses_a_file(tmp_path: Path, engine: Engine) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    with pytest.raises(Refused):
        count_pages(str(tmp_path / "bad.pdf"), "application/pdf")
    assert read_page(str(tmp_path / "bad.pdf"), "application/pdf", "r", 1).failure == Reason.DAMAGED.code


def test_a_missing_engine_or_renderer_is_an_operators_fault(tmp_path: Path) -> None:
    path = saved(tmp_path / "scan.png", letter(1))
    with pytest.raises(Misconfigured):
        read_page(path, "image/png", "r", 1, engine="ghost")
    with pytest.raises(Misconfigured):
        read_page(path, "image/png", "r", 1, renderer="ghost")


def test_pages_can_be_sent_between_processes_and_come_out_equal_again(tmp_path: Path, engine: Engine) -> None:
    path = saved(tmp_path / "scan.png", scanned(letter(4), 180, 1.0))
    one = read_page(path, "image/png", "r", 1)
    engine.given.clear()
    assert pickle.loads(pickle.dumps(one)) == one == read_page(path, "image/png", "r", 1)
    assert all(
        type(value) in (int, float) for value in (one.placement.width, one.placement.height, one.placement.skew, *one.dpi, one.quality.ink)
    )


def test_the_version_names_every_step() -> None:
    for name in ("render", "decode", "embedded", "marks", "upright", "deskew", "codes", "quality", "clean"):
        assert name in VERSION
