"""A page's words in an index: what was packed comes back."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Corrupt
from domain.model import Word
from search.stored import SCALE, pack, unpack
from tests.fakes.words import words_of

PART = st.floats(0, 1)
BOX = st.tuples(PART, PART, PART, PART)
WORD = st.builds(
    Word,
    text=st.text(max_size=5),
    box=BOX,
    chars=st.lists(BOX, max_size=5).map(tuple),
    confidence=PART,
    line=st.integers(0, 99),
    spaced=st.booleans(),
)


@given(st.lists(WORD, max_size=4))
def test_words_come_back_within_half_a_step(words: list[Word]) -> None:
    back = unpack(pack(words))
    assert [(w.text, w.line, w.spaced) for w in back] == [(w.text, w.line, w.spaced) for w in words]
    for old, new in zip(words, back, strict=True):
        for one, two in zip((old.box, *old.chars), (new.box, *new.chars), strict=True):
            assert all(abs(a - b) <= 0.5 / SCALE + 1e-12 for a, b in zip(one, two, strict=True))
    assert pack(back) == pack(words)


def test_places_on_whole_steps_come_back_exactly() -> None:
    assert unpack(pack(words_of("居 住证明\nA1"))) == words_of("居 住证明\nA1")


@pytest.mark.parametrize(
    "data", [b"", b"xx", zlib.compress(b"{"), zlib.compress(b"[[1]]"), zlib.compress(b'[["a",0,0,9,[1,2,3,4],[1,2]]]')]
)
def test_what_is_not_words_is_corrupt(data: bytes) -> None:
    with pytest.raises(Corrupt, match="reindex"):
        unpack(data)
