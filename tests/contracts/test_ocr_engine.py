"""What every engine behind the port OcrEngine keeps."""

import numpy as np
import pytest

from domain.errors import Misconfigured
from domain.geometry import bound, iou
from domain.model import text_of
from pipeline.ocr.engines import NAMES, BoundedEngine, engine_named
from tests.fakes.drawn_page import SIZE, Line, drawn

LINES: list[Line] = [
    ("居民身份证领取凭证", 420, 200, 72),
    ("姓名：王小明", 200, 420, 44),
    ("民族：汉族", 1000, 420, 44),
    ("公民身份号码：999999199003070012", 200, 560, 44),
    ("Application for Residence Permit", 200, 700, 44),
    ("申请人应当如实填写并对内容真实性负责。", 200, 840, 40),
]


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest) -> BoundedEngine:
    try:
        return engine_named(request.param)
    except Misconfigured as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def image() -> np.ndarray:
    return drawn(LINES)


def test_printed_chinese_and_english_are_found(engine: BoundedEngine, image: np.ndarray) -> None:
    text = "".join(text_of(engine.read(image, 200)).split()).replace(":", "：")
    for line, *_ in LINES[1:]:
        assert "".join(line.split()) in text
    assert not engine.over_budget


def test_no_blank_is_put_into_chinese_and_english_words_are_parted(engine: BoundedEngine, image: np.ndarray) -> None:
    text = text_of(engine.read(image, 200))
    assert "申请人应当如实填写并对内容真实性负责" in text
    assert "Application for Residence Permit" in text


def test_every_character_has_a_box_inside_its_word_and_the_page(engine: BoundedEngine, image: np.ndarray) -> None:
    words = engine.read(image, 200)
    assert words
    for word in words:
        assert word.text and not any(c.isspace() for c in word.text)
        assert len(word.chars) == len(word.text)
        assert all(0 <= b[0] < b[2] <= 1 and 0 <= b[1] < b[3] <= 1 for b in word.chars)
        assert iou(bound(word.chars), word.box) > 0.99
        assert 0 <= word.confidence <= 1


def test_boxes_lie_where_the_text_was_drawn(engine: BoundedEngine, image: np.ndarray) -> None:
    cells = [(c, b) for w in engine.read(image, 200) for c, b in zip(w.text, w.chars, strict=True)]
    text = "".join(c for c, _ in cells)
    at = text.index("999999199003070012")
    box = bound([b for _, b in cells[at : at + 18]])
    ink = np.argwhere(image[560:640, 200 + 44 * 7 :, 0] < 128)
    top, left = ink.min(axis=0) + np.array([560, 508])
    bottom, right = ink.max(axis=0) + np.array([561, 509])
    assert iou(box, (left / SIZE[0], top / SIZE[1], right / SIZE[0], bottom / SIZE[1])) > 0.6


def test_words_come_in_reading_order_with_lines_counted(engine: BoundedEngine, image: np.ndarray) -> None:
    words = engine.read(image, 200)
    lines = [w.line for w in words]
    assert lines == sorted(lines) and set(lines) == set(range(max(lines) + 1))
    text = text_of(words).replace(":", "：")
    assert text.index("王小明") < text.index("民族") < text.index("公民身份号码") < text.index("申请人应当")


def test_a_page_without_text_gives_nothing(engine: BoundedEngine) -> None:
    assert engine.read(np.full((800, 600, 3), 255, np.uint8), 200) == ()
    assert engine.read(np.full((8, 8, 3), 255, np.uint8), 200) == ()


def test_a_grey_image_reads_as_a_colour_one(engine: BoundedEngine, image: np.ndarray) -> None:
    assert "王小明" in text_of(engine.read(image[:, :, 0], 200))


def test_the_same_image_gives_the_same_words(engine: BoundedEngine, image: np.ndarray) -> None:
    crop = np.ascontiguousarray(image[380:640])
    assert engine.read(crop, 200) == engine.read(crop, 200)


def test_a_line_alone_is_read_without_being_looked_for(engine: BoundedEngine, image: np.ndarray) -> None:
    for _, x, y, size in LINES[4:]:
        strip = image[y - size // 4 : y + size + size // 3, x - 10 :]
        said = "".join(engine.line(np.ascontiguousarray(strip), 200).split())
        assert said in "".join(text_of(engine.read(image, 200)).split())
        assert len(said) > 10
    assert engine.line(np.full((60, 600, 3), 255, np.uint8), 200) == ""
    assert engine.line(np.full((4, 4, 3), 255, np.uint8), 200) == ""


def test_an_engine_says_its_name_and_version(engine: BoundedEngine) -> None:
    assert any(c.isdigit() for c in engine.name)
