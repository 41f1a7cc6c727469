"""Boxes that are ticked, and what an identity number says where a form only asks."""

import pytest

from tests.pipeline.test_labels import ID, Line, fields, values

NUMBER: list[Line] = [("公民身份号码", 200, 600, 40), (ID, 600, 600, 40)]
"""Of a man born on 1990-03-07."""


@pytest.mark.parametrize("options", ["男 □女", "☑男 □女", "男 口女", "☑男 女"])
def test_of_two_options_the_ticked_one_is_the_value(options):
    assert values("app_exit", ("性别", 200, 200, 40), (options, 400, 200, 40))["sex"] == "男"


@pytest.mark.parametrize("options", ["□男 女", "□男 ☑女", "男 √女"])
def test_the_second_of_two_may_be_the_ticked_one(options):
    assert values("app_exit", ("性别", 200, 200, 40), (options, 400, 200, 40))["sex"] == "女"


def test_options_under_one_another_are_options_too():
    assert values("app_exit", ("性别", 200, 225, 40), ("□男", 400, 200, 40), ("女", 440, 250, 40))["sex"] == "女"


@pytest.mark.parametrize("options", ["男 女", "□男 □女", "☑男 ☑女"])
def test_where_no_tick_or_both_are_seen_nothing_is_said(options):
    assert "sex" not in values("app_exit", ("性别", 200, 200, 40), (options, 400, 200, 40))


def test_where_the_tick_is_not_seen_the_number_says_it_from_its_own_place():
    found = fields("app_exit", ("性别", 200, 200, 40), ("男 女", 400, 200, 40), *NUMBER)
    assert found["sex"].value == "男" and found["sex"].box == found["id_no"].box


def test_a_number_says_nothing_that_the_paper_does_not_ask_for():
    assert set(values("app_exit", *NUMBER)) == {"id_no"}


def test_a_number_that_breaks_its_rule_says_nothing():
    broken = ID[:-1] + ("3" if ID[-1] != "3" else "4")
    assert "sex" not in values(
        "app_exit", ("性别", 200, 200, 40), ("男 女", 400, 200, 40), ("公民身份号码", 200, 600, 40), (broken, 600, 600, 40)
    )


def test_a_birth_date_that_is_asked_for_and_was_not_read_is_taken_from_the_number():
    found = values("app_exit", ("出生日期", 200, 200, 40), ("月七", 500, 200, 40), *NUMBER)
    assert found["birth_date"] == "1990-03-07"


def test_other_people_in_a_table_are_no_options():
    rows: list[Line] = [
        ("姓名", 200, 200, 40),
        ("性别", 600, 200, 40),
        ("王小明", 200, 300, 40),
        ("男", 600, 300, 40),
        ("张莉", 200, 400, 40),
    ]
    assert values("app_exit", *rows, ("女", 600, 400, 40))["sex"] == "男"
