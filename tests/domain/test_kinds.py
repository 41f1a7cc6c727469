from pathlib import Path

import pytest

from domain.errors import Misconfigured
from domain.kinds import OTHER, kinds, parse

MINIMAL = """
types: {text: {pattern: '.+'}}
kinds:
- {name: other, zh: 其他, en: Other}
- {name: paper, zh: 纸, en: Paper, phrases: {纸: 1.0}, fields: {a: {type: text, labels: [甲]}}}
"""


def test_list_has_every_kind_of_the_catalogue_and_other() -> None:
    assert len(kinds()) == 76 and OTHER in kinds()
    assert all(k.zh and k.en and (k.phrases or k.name == OTHER) for k in kinds().values())


def test_identities_are_fields_and_titles_are_read_as_phrases_are() -> None:
    for kind in kinds().values():
        assert set(kind.identity) <= {rule.name for rule in kind.fields}, kind.name


def test_kinds_come_with_the_package() -> None:
    import domain

    assert (Path(domain.__file__).parent / "kinds.yaml").is_file()


def test_a_small_list_is_read() -> None:
    found = parse(MINIMAL)
    assert found["paper"].fields[0].labels == ("甲",) and found["paper"].form == "sheet"


@pytest.mark.parametrize(
    "broken",
    [
        MINIMAL.replace("name: other", "name: paper"),
        MINIMAL.replace("type: text, labels", "type: unheard, labels"),
        MINIMAL.replace("pattern: '.+'", "pattern: '.+', check: unheard"),
        MINIMAL.replace("labels: [甲]", "find: '('"),
        MINIMAL.replace("en: Paper,", "en: Paper, form: scroll,"),
        "kinds: [",
    ],
)
def test_a_list_that_makes_no_sense_is_refused_with_a_remedy(broken: str) -> None:
    with pytest.raises(Misconfigured, match=r"kinds\.yaml"):
        parse(broken)
