"""The query language: what each form asks for, and that no text is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import analyse
from search.query import MOST_TERMS, Filter, parse


def asked(text: str) -> list[str]:
    """The terms of a query, readable: -not, *prefix, filters."""
    query = parse(text)
    terms = [("", term) for term in query.terms] + [("-", term) for term in query.excluded]
    out = [sign + " ".join(term.atoms) + ("*" if term.prefix else "") for sign, term in terms]
    return out + [f"{'-' if f.excluded else ''}{f.name}={'|'.join(f.values)}" for f in query.filters]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李", ["李"]),
        ("居住证 東莞", ["居 住 证", "东 莞"]),
        ("居 住 证 明", ["居 住 证 明"]),
        ("居 住 证 明 东莞", ["居 住 证 明", "东 莞"]),
        ("李 明", ["李", "明"]),
        ("“李 明”", ["李 明"]),
        ("居 住 -证", ["居", "住", "-证"]),
        ("居 住 “证” 明", ["居", "住", "证", "明"]),
        ('"John Smith', ["john smith"]),
        ("身份证号4419*", ["身 份 证 号 4419*"]),
        ("李*", ["李"]),
        ("4419＊", ["4419*"]),
        ('"4419*"', ["4419"]),
        ("44*19", ["44 19"]),
        ("－东莞", ["-东 莞"]),
        ('-"a b"', ["-a b"]),
        ("2026-0001", ["2026 0001"]),
        ("李 李", ["李"]),
        ("kind:visa KIND:lease -window:W01", ["kind=visa|lease", "-window=W01"]),
        ("case：2026-0001", ["case=2026-0001"]),
        ('case:""', ["case="]),
        ("kind:", ["kind"]),
        ("kinder:visa", ["kinder visa"]),
        ("姓名：李", ["姓 名 李"]),
        ("", []),
        ("- * 、 “” -、", []),
    ],
)
def test_a_query_reads_as_documented(text: str, expected: list[str]) -> None:
    assert asked(text) == expected


def test_a_query_that_says_nothing_is_empty() -> None:
    assert parse(" 、 * ").empty
    assert not parse("-李").empty
    assert not parse("kind:visa").empty


def test_pairs_are_used_only_where_they_are_exact() -> None:
    (whole,) = parse("居住证A12证明").terms
    assert whole.grams == ("居住", "住证", "a", "12", "证明")
    for text in ("李", "李A12", "居住A证", "居住证*", "A12*", "身份证号4419*"):
        (term,) = parse(text).terms
        assert (term.grams is None) == (term.prefix or text in ("李", "李A12", "居住A证")), text


def test_a_very_long_query_is_cut_not_refused() -> None:
    assert len(parse(" ".join(f"x{n}y" for n in range(5000))).terms) == MOST_TERMS


def test_filters_are_values_not_words() -> None:
    assert parse("document:01JABC kind:id-card").filters == (Filter("document", ("01JABC",)), Filter("kind", ("id-card",)))


@given(st.text(max_size=80))
def test_no_text_is_an_error(text: str) -> None:
    for term in (*parse(text).terms, *parse(text).excluded):
        assert term.atoms and len(term.atoms) == len(term.scripts)


@given(st.text(st.sampled_from("居住证明東莞粤S123ａé-．"), min_size=1, max_size=30))
def test_a_word_without_blanks_is_one_phrase_of_the_page_analysis(text: str) -> None:
    word = text.lstrip("-")
    atoms = analyse(word).singles
    assert [term.atoms for term in parse(word).terms] == ([atoms] if atoms else [])
