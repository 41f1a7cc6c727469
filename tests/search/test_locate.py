"""Where hits are lit: characters on the page, ranges of the snippet."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.model import Word, text_of
from search.locate import locate, page_text
from search.query import parse
from tests.fakes.words import grid, text_in, words_of


def lit(text: str, query: str) -> list[str]:
    return [text_in(text, box) for box in locate(words_of(text), parse(query).terms).boxes]


def test_a_hit_lights_its_characters_and_no_others() -> None:
    assert lit("持证人李明住东莞", "李明") == ["李明"]
    assert lit("身份证号44190019900101123X李", "4419*") == ["4419"]


def test_every_occurrence_is_lit_in_reading_order() -> None:
    assert lit("李一李二\n三李", "李") == ["李", "李", "李"]
    assert lit("李一李二\n三李", "二 一") == ["一", "二"]


def test_a_hit_over_a_line_end_has_a_box_on_each_line() -> None:
    assert lit("东莞市居\n住证明", "居住证明") == ["居", "住证明"]


def test_occurrences_that_overlap_are_lit_once() -> None:
    assert lit("居居居居", "居居") == ["居居居居"]
    assert lit("居住证明", "居住证 住证明") == ["居住证明"]


def test_occurrences_side_by_side_keep_their_boxes() -> None:
    assert lit("李李", "李") == ["李", "李"]


def test_blanks_and_dots_inside_a_hit_are_lit_with_it() -> None:
    assert lit("居 住 证 明", "居住") == ["居 住"]
    assert lit("粤Ｓ·12345", "粤S12345") == ["粤Ｓ·12345"]


def test_signs_typed_with_a_word_are_lit_where_they_stand() -> None:
    assert lit("姓名：李明", "姓名：") == ["姓名："]
    assert lit("姓名:李明，姓名 李明", "姓名：李明") == ["姓名:李明", "姓名 李明"]
    assert lit("本市（县）内", '"（县）"') == ["（县）"]
    assert lit("本市县）内", '"（县）"') == ["县）"]
    assert lit("A-12*", "12*") == ["12"]


def test_cells_far_apart_have_boxes_of_their_own() -> None:
    words = (Word("姓名", (0.1, 0.1, 0.14, 0.12), ((0.1, 0.1, 0.12, 0.12), (0.12, 0.1, 0.14, 0.12)), 1.0, 0), *_cell("李明", 0.6))
    assert locate(words, parse("姓名李明").terms).boxes == ((0.1, 0.1, 0.14, 0.12), (0.6, 0.1, 0.64, 0.12))


def _cell(text: str, x: float) -> tuple[Word, ...]:
    boxes = tuple((round(x + 0.02 * i, 3), 0.1, round(x + 0.02 * (i + 1), 3), 0.12) for i in range(len(text)))
    return (Word(text, (boxes[0][0], 0.1, boxes[-1][2], 0.12), boxes, 1.0, 0, spaced=True),)


def test_a_word_without_its_characters_boxes_is_lit_whole() -> None:
    (word,) = words_of("持证人李明")
    assert locate((replace(word, chars=()),), parse("李明").terms).boxes == (word.box,)


def test_without_terms_the_page_begins_the_snippet_and_nothing_is_lit() -> None:
    found = locate(words_of("居住证明\n" + "字" * 200), parse("kind:other").terms)
    assert found.boxes == found.lit == ()
    assert found.snippet.startswith("居住证明 字") and found.snippet.endswith("…")


def test_a_snippet_shows_the_first_hit_and_lights_all_it_shows() -> None:
    text = "头" * 100 + "李明" + "中" * 10 + "李明" + "尾" * 100 + "李明"
    found = locate(words_of(text), parse("李明").terms)
    assert [found.snippet[start:end] for start, end in found.lit] == ["李明", "李明"]
    assert found.snippet.startswith("…头") and found.snippet.endswith("尾…")
    assert len(found.boxes) == 3


def test_a_snippet_holds_the_whole_of_a_long_hit() -> None:
    text = "头" * 50 + "本" * 120 + "尾" * 50
    found = locate(words_of(text), parse("本" * 120).terms)
    assert [found.snippet[start:end] for start, end in found.lit] == ["本" * 120]


def test_a_page_without_words_is_located() -> None:
    assert locate((), parse("李").terms).snippet == ""


PAGE = st.text(st.sampled_from("居住证明李東东S12３é㎡，·- \n"), max_size=80)


@given(PAGE)
def test_the_text_is_the_models_own(text: str) -> None:
    words = words_of(text)
    page = page_text(words)
    assert page.text == text_of(words)
    assert len(page.places) == len(page.text)


@given(PAGE, st.text(st.sampled_from("居住证明李東东S12é2m"), min_size=1, max_size=4))
def test_what_is_lit_reads_as_what_was_asked(text: str, query: str) -> None:
    page = page_text(words_of(text))
    for start, end in _ranges(text, query):
        (term,) = parse(query).terms
        lit_atoms = tuple(a.text for a in page.analysed.atoms if a.start >= start and a.end <= end)
        assert "".join(term.atoms) in "".join(lit_atoms)


def _ranges(text: str, query: str) -> list[tuple[int, int]]:
    from search.locate import matches

    return [span for term in parse(query).terms for span in matches(term, page_text(words_of(text)).analysed)]


def test_the_grid_is_exact() -> None:
    assert grid(3, 2) == (0.015, 0.04, 0.02, 0.06)
