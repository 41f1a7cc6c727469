import numpy as np
import pytest

from domain.geometry import iou
from pipeline.ocr.cells import words_of
from pipeline.ocr.line import Line
from tests.fakes.drawn_page import SIZE, drawn

CELL = 60
LEFT, TOP = 200, 300


def line_over(text: str, width: int, height: int = 90) -> Line:
    """A line as a recogniser sees it: each character's span about the middle of its cell."""
    cells, at = [], 0.0
    for c in text:
        step = CELL if ord(c) > 0x2E80 else CELL * 0.55
        cells.append(((at + step * 0.35 + 15) / width, (at + step * 0.65 + 15) / width))
        at += step
    x, y = LEFT - 15, TOP
    quad = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return Line(text, (0.9,) * len(text), tuple(cells), quad)


def test_each_character_has_the_box_of_its_own_ink() -> None:
    text = "行政审批专用"
    page = drawn([(text, LEFT, TOP, CELL)])
    (word,) = words_of((line_over(text, CELL * len(text) + 30),), page)
    assert word.text == text
    for n, box in enumerate(word.chars):
        ink = np.argwhere(page[:, LEFT + n * CELL : LEFT + (n + 1) * CELL, 0] < 128)
        left, right = ink[:, 1].min() + LEFT + n * CELL, ink[:, 1].max() + 1 + LEFT + n * CELL
        top, bottom = ink[:, 0].min(), ink[:, 0].max() + 1
        assert iou(box, (left / SIZE[0], top / SIZE[1], right / SIZE[0], bottom / SIZE[1])) > 0.7


def test_a_flat_character_is_as_high_as_its_neighbours() -> None:
    page = drawn([("第一页", LEFT, TOP, CELL)])
    (word,) = words_of((line_over("第一页", 3 * CELL + 30),), page)
    heights = [b[3] - b[1] for b in word.chars]
    assert min(heights) == pytest.approx(max(heights))


def test_an_underline_is_not_ink_of_the_text() -> None:
    text = "联系地址登记"
    plain = drawn([(text, LEFT, TOP, CELL)])
    ruled = plain.copy()
    ruled[TOP + 82 : TOP + 85, LEFT - 15 : LEFT + CELL * 6 + 15] = 0
    line = line_over(text, CELL * 6 + 30)
    assert iou(words_of((line,), plain)[0].box, words_of((line,), ruled)[0].box) > 0.9


def test_chinese_and_latin_are_words_of_their_own() -> None:
    text = "编号AB12号"
    page = drawn([(text, LEFT, TOP, CELL)])
    words = words_of((line_over(text, CELL * 5 + 60),), page)
    assert [w.text for w in words] == ["编号", "AB12", "号"]
    assert not any(w.spaced for w in words)


def test_blanks_in_the_text_have_no_box_and_a_line_of_blanks_no_word() -> None:
    page = drawn([("甲 乙", LEFT, TOP, CELL)])
    words = words_of((line_over("甲 乙", CELL * 3),), page)
    assert "".join(w.text for w in words) == "甲乙" and all(len(w.chars) == len(w.text) for w in words)
    assert words_of((line_over("  ", CELL * 2),), page) == ()


def test_characters_set_one_above_the_other_are_lines_of_their_own() -> None:
    page = drawn([("女", LEFT, TOP, CELL), ("汉", LEFT, TOP + 70, CELL)])
    quad = ((LEFT, TOP), (LEFT + CELL, TOP), (LEFT + CELL, TOP + 135), (LEFT, TOP + 135))
    words = words_of((Line("女汉", (0.9, 0.9), ((0.2, 0.4), (0.6, 0.8)), quad),), page)
    assert [w.text for w in words] == ["女", "汉"] and words[0].line != words[1].line
    assert words[0].box[3] <= words[1].box[1] + 1e-9
