"""Every code that a page or a value may be given has a sentence for the clerk, in both languages."""

import re
from pathlib import Path

import pytest

import pipeline
from domain.remarks import PAGE, VALUE

ROOM = Path(pipeline.__path__[0])
CODES = re.compile(r'"([a-z]+(?:-[a-z]+)+)"')


def given(*names: str) -> set[str]:
    return {code for name in names for code in CODES.findall((ROOM / name).read_text(encoding="utf-8"))}


def test_every_reason_for_doubt_has_its_sentence_and_no_sentence_is_without_use():
    assert given("values.py", "fields.py", "agreement.py") == set(VALUE)


def test_every_flag_of_a_page_has_its_sentence():
    text = "".join((ROOM / name).read_text(encoding="utf-8") for name in ("quality.py", "page.py"))
    assert all(f'"{flag}"' in text for flag in PAGE)
    assert given("quality.py") <= set(PAGE)


@pytest.mark.parametrize("said", [*PAGE.values(), *VALUE.values()])
def test_sentences_are_in_both_languages(said):
    assert re.search("[\u3400-\u9fff]", said.zh) and re.search("[a-z]", said.en) and not re.search("[\u3400-\u9fff]", said.en)
