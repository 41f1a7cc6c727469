import random
from dataclasses import replace

from domain.geometry import Box, bound
from domain.model import Word, text_of
from pipeline.order import ordered


def word(text: str, left: float, top: float, line: int, spaced: bool = False, size: float = 0.02) -> Word:
    chars: tuple[Box, ...] = tuple((left + n * size, top, left + (n + 0.95) * size, top + size) for n in range(len(text)))
    return Word(text, bound(chars), chars, 0.9, line, spaced)


def test_rows_are_read_top_to_bottom_and_left_to_right() -> None:
    words = [word("男", 0.6, 0.101, 0), word("编号", 0.1, 0.3, 1), word("姓名", 0.1, 0.1, 2), word("王小明", 0.2, 0.102, 3)]
    assert text_of(ordered(words)) == "姓名王小明男\n编号"


def test_every_word_comes_out_once_whatever_the_order_it_came_in() -> None:
    words = [word(f"字{n}", 0.1 + 0.2 * (n % 4), 0.05 * (n // 4), n) for n in range(40)]
    first = ordered(words)
    for seed in range(5):
        shuffled = words[:]
        random.Random(seed).shuffle(shuffled)
        again = ordered(shuffled)
        assert [w.text for w in again] == [w.text for w in first]
        assert sorted(w.text for w in again) == sorted(w.text for w in words)


def test_ordering_twice_changes_nothing() -> None:
    words = [word("甲乙", 0.1, 0.1, 0), word("Hong", 0.2, 0.1, 0), word("Kong", 0.3, 0.1, 0, True), word("丙", 0.1, 0.2, 1)]
    once = ordered(words)
    assert ordered(once) == once


def test_blanks_stand_between_latin_words_only() -> None:
    words = [
        word("姓名", 0.1, 0.1, 0, True),
        word("Wang", 0.2, 0.1, 0, True),
        word("Xiao", 0.3, 0.1, 0, True),
        word("男", 0.5, 0.1, 0, True),
    ]
    assert text_of(ordered(words)) == "姓名Wang Xiao男"


def test_two_columns_of_running_text_are_read_one_after_the_other() -> None:
    left = [word("左" * 20, 0.08, 0.1 + 0.03 * n, 2 * n) for n in range(6)]
    right = [word("右" * 20, 0.53, 0.1 + 0.03 * n, 2 * n + 1) for n in range(6)]
    mixed = [w for pair in zip(left, right, strict=True) for w in pair]
    text = text_of(ordered([replace(w) for w in mixed]))
    assert text.index("右") > text.rindex("左")


def test_a_table_is_read_row_by_row() -> None:
    cells = [word(f"栏{r}{c}", 0.1 + 0.25 * c, 0.1 + 0.04 * r, 3 * r + c) for r in range(6) for c in range(3)]
    assert text_of(ordered(cells)).split("\n") == [f"栏{r}0栏{r}1栏{r}2" for r in range(6)]


def test_nothing_gives_nothing() -> None:
    assert ordered([]) == ()
