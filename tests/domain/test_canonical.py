"""Canonical JSON is what is hashed: every byte of it is pinned."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.canonical import LARGEST, canonical

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # RFC 8785, 3.2.2 and 3.2.3, without its floating-point members
        (
            {"string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/", "literals": [None, True, False]},
            '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
        ),
        (
            {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7},
            '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
        ),
        ({}, "{}"),
        ([], "[]"),
        (-0, "0"),
    ],
)
def test_vectors_of_the_standard(value, expected):
    assert canonical(value) == expected.encode()


@given(VALUES)
def test_canonical_json_is_json_and_reading_it_back_gives_the_value(value):
    assert json.loads(canonical(value)) == value


@given(VALUES)
def test_canonicalising_twice_changes_nothing(value):
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(st.dictionaries(st.text(), st.integers(0, 9), min_size=2))
def test_the_order_of_keys_does_not_matter(value):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize("value", [1.5, {1: 2}, object(), b"x", {"a": {2.0}}])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800"])
def test_values_that_other_programs_would_read_differently_are_refused(value):
    with pytest.raises(ValueError):
        canonical(value)
