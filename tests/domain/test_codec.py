"""Values survive the way to JSON and back, and errors the way between processes."""

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codec import build, plain
from domain.errors import Conflict, Corrupt, DiskFull, Misconfigured, Refused, Unavailable
from domain.geometry import Placement
from domain.model import Code, Digest, Page, PageRef, Quality, Stored, Word, text_of
from domain.reasons import Reason

FRACTION = st.floats(0, 1)
BOX = st.tuples(FRACTION, FRACTION, FRACTION, FRACTION)
WORDS = st.builds(Word, st.text(min_size=1, max_size=5), BOX, st.tuples(BOX), FRACTION, st.integers(0, 5), st.booleans())
PAGES = st.builds(
    Page,
    st.builds(PageRef, st.text(max_size=26), st.integers(1, 99)),
    st.builds(Placement, st.integers(1, 9999), st.integers(1, 9999), st.sampled_from([0, 90, 180, 270]), st.floats(-9, 9)),
    st.tuples(st.floats(72, 600), st.floats(72, 600)),
    st.sampled_from([None, 0, 90, 180, 270]),
    st.booleans(),
    st.booleans(),
    st.builds(Quality, FRACTION, FRACTION, st.tuples(st.sampled_from(["blurred", "dark"]))),
    st.tuples(st.builds(Code, st.just("QRCode"), st.text(), BOX)),
    st.tuples(WORDS, WORDS),
)


@given(PAGES)
def test_a_page_comes_back_from_json_as_it_was(page):
    assert build(Page, json.loads(json.dumps(plain(page)))) == page


def test_unknown_keys_are_ignored_so_that_older_programs_read_newer_values():
    stored = Stored(Digest("0" * 64), 3, "image/png")
    assert build(Stored, {**plain(stored), "added-later": 1}) == stored


@pytest.mark.parametrize("text", ["", "sha256:", "sha256:" + "0" * 63, "md5:" + "0" * 64, "sha256:" + "G" * 64, "sha256:" + "A" * 64])
def test_what_is_no_digest_is_refused(text):
    with pytest.raises(ValueError):
        Digest.parse(text)


def test_words_are_joined_without_blanks_in_chinese_and_with_newlines_between_lines():
    box = (0.0, 0.0, 0.1, 0.1)
    words = (
        Word("居住", box, (box, box), 1, 0),
        Word("证明", box, (box, box), 1, 0),
        Word("New", box, (box,) * 3, 1, 1),
        Word("York", box, (box,) * 4, 1, 1, spaced=True),
    )
    assert text_of(words) == "居住证明\nNew York"


@pytest.mark.parametrize(
    "error",
    [
        Refused(Reason.DAMAGED, "cut off", size=3),
        Corrupt("x", expected="a"),
        DiskFull("full"),
        Conflict("c"),
        Misconfigured("m"),
        Unavailable("u"),
    ],
)
def test_errors_cross_between_processes_whole(error):
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), back.what, back.facts, getattr(back, "reason", None)) == (
        type(error),
        error.what,
        error.facts,
        getattr(error, "reason", None),
    )


def test_every_reason_says_what_happened_and_what_to_do_in_both_languages():
    for reason in Reason:
        assert len(reason.zh) > 10
        assert reason.zh.endswith("。")
        assert len(reason.en) > 20
        assert Reason(reason.code) is reason
