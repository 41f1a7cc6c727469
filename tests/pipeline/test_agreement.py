"""What materials of a batch say of the same person: confirmed where they agree, doubtful where they do not."""

from dataclasses import replace

import pytest

from domain.geometry import Placement
from domain.model import Document, Field, Page, PageRef, Quality, Word
from pipeline.agreement import agreed

ID, OTHER = "999999199003070012", "999999198512123026"
UNKNOWN = Placement(1654, 2339, 0, 0.0)
CODE = "91441900MA51ABCD1X"


def paper(kind: str, *said: tuple[str, str] | tuple[str, str, str]) -> Document:
    fields = tuple(Field(name, value, 1, None, 0.9, tuple(doubts)) for name, value, *doubts in said)
    return Document(kind, 0.9, (), fields)


def doubts(documents: tuple[Document, ...], name: str) -> list[tuple[str, ...]]:
    return [f.doubtful for d in documents for f in d.fields if f.name == name]


def test_a_name_that_two_others_contradict_is_doubtful_and_theirs_is_not():
    found = agreed([paper("id_card", ("id_no", ID), ("name", n)) for n in ("王小明", "王小朋", "王小明")])
    assert doubts(found, "name") == [(), ("differs-from-the-others",), ()]


def test_of_two_that_differ_nobody_knows_which_is_right():
    found = agreed([paper("id_card", ("id_no", ID), ("name", n)) for n in ("王小明", "王小朋")])
    assert doubts(found, "name") == [("differs-from-the-others",)] * 2


def test_what_another_material_says_too_is_no_longer_doubtful_for_being_read_unsurely():
    found = agreed(
        [
            paper("id_card", ("id_no", ID), ("name", "业小明", "no-such-surname", "read-unsurely")),
            paper("power_of_attorney", ("principal_id", ID), ("principal", "业小明", "read-from-a-signature")),
        ]
    )
    assert doubts(found, "name") == [()] and doubts(found, "principal") == [()]


def test_hard_reasons_stay_whatever_others_say():
    said = paper("id_card", ("id_no", ID), ("birth_date", "1990-03-08", "birth-differs-from-number"))
    assert doubts(agreed([said, said]), "birth_date") == [("birth-differs-from-number",)] * 2


@pytest.mark.parametrize("number", [OTHER, "999999199003070013", ""])
def test_other_people_and_numbers_that_break_their_rule_say_nothing(number):
    first = paper("id_card", ("id_no", ID), ("name", "王小明"))
    other = paper("id_card", ("id_no", number), ("name", "李大海"))
    assert agreed([first, other]) == (first, other)


def test_nation_is_the_same_with_and_without_its_suffix_and_one_document_is_one_voice():
    found = agreed([paper("id_card", ("id_no", ID), ("nation", n)) for n in ("汉", "汉族")])
    assert doubts(found, "nation") == [(), ()]
    twice = paper("household_register", ("id_no", ID), ("name", "王小明"), ("name", "王小明"))
    assert doubts(agreed([twice, paper("id_card", ("id_no", ID), ("name", "王小朋"))]), "name") == [("differs-from-the-others",)] * 3


def test_a_company_is_known_by_its_code():
    code = "91350100M000100Y43"
    found = agreed(
        [
            paper("business_licence", ("uscc", code), ("company", "示例市远航有限公司")),
            paper("labour_contract", ("uscc", code), ("employer", "示例市远抗有限公司")),
            paper("labour_contract", ("uscc", code), ("employer", "示例市远航有限公司")),
        ]
    )
    assert doubts(found, "company") == [()] and doubts(found, "employer") == [("differs-from-the-others",), ()]


def written(kind: str, text: str, *said: tuple) -> Document:
    document = paper(kind, *said)
    words = (Word(text, (0.1, 0.1, 0.9, 0.2), ((0.1, 0.1, 0.2, 0.2),) * len(text), 1.0, 0),)
    return replace(document, pages=(Page(PageRef("r", 1), UNKNOWN, (200.0, 200.0), 0, False, False, Quality(), words=words),))


@pytest.mark.parametrize(
    ("other", "left"),
    [
        ("云江市东湖区人民路12号", ()),
        ("白石市东湖区人民路12号", ("place-said-nowhere-else",)),
        ("大云江市东湖区人民路12号", ("place-said-nowhere-else",)),
    ],
)
def test_an_offices_place_is_surer_where_another_page_of_the_batch_names_it(other, left):
    letter = written("commitment_letter", "云江市公安局", ("authority", "云江市公安局", "place-said-nowhere-else"))
    assert doubts(agreed([letter, written("id_card", other)]), "authority") == [left]
