"""The one analysis: what becomes of a text, and that every atom finds its way back."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import LONGEST, Script, analyse, fingerprint, is_ideograph, pairs

MIXED = st.text(
    st.one_of(
        st.sampled_from(list('居住证明東莞李陳㐱𠮷〇々粤S12345２０AbＣéßİ①㎡½ｶﾞがか한\u0301\u3099 \n，·-.*"　\ue000')),
        st.characters(),
    ),
    max_size=60,
)


def test_atoms_and_pairs_of_a_mixed_line() -> None:
    analysed = analyse("身 份证號44190019900101123X，粤Ｓ·12345 Café")
    assert analysed.singles == ("身", "份", "证", "号", "44190019900101123", "x", "粤", "s", "12345", "cafe")
    assert analysed.grams == ("身份", "份证", "证号", "44190019900101123", "x", "粤", "s", "12345", "cafe")


def test_pairs_of_short_runs() -> None:
    assert [pairs(""), pairs("李"), pairs("李明"), pairs("居住证")] == [[], ["李"], ["李明"], ["居住", "住证"]]


def test_one_character_of_several_and_several_of_one_map_back() -> None:
    text = "Cafe\u0301 ㎡ ｶﾞ ﬁ"
    pieces = [text[atom.start : atom.end] for atom in analyse(text).atoms]
    assert pieces == ["Cafe\u0301", "㎡", "㎡", "ｶﾞ", "ﬁ"]
    assert analyse(text).singles == ("cafe", "m", "2", "ガ", "fi")
    assert analyse("ﬁ").atoms[0].spans == ((0, 1), (0, 1))


@given(MIXED)
def test_every_atom_maps_to_the_characters_it_came_from(text: str) -> None:
    before = 0
    for atom in analyse(text).atoms:
        assert len(atom.spans) == len(atom.text) > 0
        for start, end in atom.spans:
            assert 0 <= start < end <= len(text)
        assert atom.start >= before
        before = atom.start
        assert analyse(text[atom.start : atom.end]).singles, "an atom's own characters must be found by themselves"


@given(MIXED)
def test_analysis_is_idempotent(text: str) -> None:
    once = analyse(text).singles
    assert analyse(" ".join(once)).singles == once


@given(MIXED)
def test_terms_hold_nothing_that_an_engine_would_cut(text: str) -> None:
    for term in (*analyse(text).singles, *analyse(text).grams):
        assert len(term) <= LONGEST
        assert not any(c.isspace() or c == '"' or 0xD800 <= ord(c) < 0xE000 for c in term)
        assert all(c.isalnum() or not c.isascii() for c in term)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=200), st.data())
def test_every_part_of_a_run_of_any_length_is_a_phrase_of_its_pairs(run: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(run) - 2))
    end = data.draw(st.integers(start + 2, len(run)))
    whole, part = analyse(run).grams, analyse(run[start:end]).grams
    assert part in [whole[i : i + len(part)] for i in range(len(whole))]


def test_every_han_character_is_an_atom_by_itself() -> None:
    for point in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFA6E), *range(0x20000, 0x2A6E0), 0x30000, 0x323AF):
        (atom,) = analyse(chr(point)).atoms
        assert atom.script is Script.IDEOGRAPH and len(atom.text) == 1, hex(point)


def test_simplified_forms_stay_as_they_are() -> None:
    """薴 becomes 苧 and 苧 becomes 苎: whatever is typed, both end in the same place."""
    for point in range(0x3400, 0xA000):
        once = "".join(analyse(chr(point)).singles)
        assert "".join(analyse(once).singles) == once


def test_private_use_characters_of_rare_names_are_kept() -> None:
    assert analyse("\ue863女士").singles == ("\ue863", "女", "士")
    assert is_ideograph("\U000f0001")


def test_half_a_character_of_a_broken_text_only_parts_atoms() -> None:
    assert analyse("李\ud842明").singles == ("李", "明")


def test_digits_of_every_script_are_digits() -> None:
    assert analyse("٢٠٢٦ ２０２６ ²⁰²⁶").singles == ("2026", "2026", "2026")


def test_a_run_longer_than_an_engine_takes_goes_on() -> None:
    assert [len(term) for term in analyse("a" * 150).singles] == [64, 64, 22]


def test_a_fingerprint_names_all_that_the_analysis_depends_on() -> None:
    assert unicodedata.unidata_version in fingerprint(1) and "opencc" in fingerprint(1)
    assert fingerprint(1) != fingerprint(2)
