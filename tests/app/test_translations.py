"""Chinese is the source; English stands beside every sentence."""

import ast
import gettext
import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app import i18n

APP = Path(i18n.__file__).parent
PO = APP / "locale" / "en" / "LC_MESSAGES" / "casefile.po"


def catalogue():
    with PO.open("rb") as stream:
        return read_po(stream, locale="en")


def test_every_sentence_has_its_english():
    known = {message.id: message.string for message in catalogue() if message.id}
    sentences = {message for _, _, message, _, _ in extract_from_dir(APP, [("**.py", "python")], keywords={"_": None})}
    assert sentences
    assert {s for s in sentences if not known.get(s)} == set(), "run make translations and fill them in"


def test_no_sentence_hides_in_an_f_string_where_it_is_not_gathered():
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                calls = [c for c in ast.walk(node) if isinstance(c, ast.Call) and isinstance(c.func, ast.Name) and c.func.id == "_"]
                assert not calls, f"{path.name}:{node.lineno}"


def test_placeholders_are_the_same_in_both_languages():
    for message in catalogue():
        if message.id:
            assert sorted(re.findall(r"{(\w+)", message.id)) == sorted(re.findall(r"{(\w+)", message.string)), message.id


def test_the_compiled_catalogue_is_the_one_in_the_source():
    buffer = io.BytesIO()
    write_mo(buffer, catalogue())
    buffer.seek(0)
    fresh = gettext.GNUTranslations(buffer)._catalog
    with PO.with_suffix(".mo").open("rb") as stream:
        assert gettext.GNUTranslations(stream)._catalog.items() >= {k: v for k, v in fresh.items() if k}.items()


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "CASEFILE_LANG": "zh"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_persons(monkeypatch, environment, expected):
    for name in ("CASEFILE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert i18n.language() == expected
