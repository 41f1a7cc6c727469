"""Fields without their labels: from a machine-readable line whose digits are right, from the only number of its kind on a page."""

import pytest

from domain.checks import RULES, Check, mrz_digit
from domain.errors import Misconfigured
from domain.kinds import kinds, parse
from pipeline.coded import parts
from pipeline.fields import page_fields
from pipeline.sheet import Sheet
from tests.fakes.drawn_page import SIZE, words

LINE1 = "P<CHNWANG<<XIAO<MING".ljust(44, "<")
NUMBER, BIRTH, EXPIRY = "E12345678", "900307", "300101"
BODY = f"{NUMBER}{mrz_digit(NUMBER)}CHN{BIRTH}{mrz_digit(BIRTH)}M{EXPIRY}{mrz_digit(EXPIRY)}" + "<" * 14 + "<"
LINE2 = BODY + mrz_digit(BODY[:10] + BODY[13:20] + BODY[21:43])
ID = "999999199003070012"


def fields(kind, *lines):
    sheet = Sheet(words(lines), SIZE[0] / SIZE[1])
    return {f.name: f for f in page_fields(kinds()[kind], sheet, 1)}


def test_a_passports_lines_say_what_no_label_says():
    found = fields("passport", (LINE1, 100, 2000, 30), (LINE2, 100, 2080, 30))
    values = {name: f.value for name, f in found.items()}
    assert values["passport_no"] == NUMBER and values["birth_date"] == "1990-03-07" and values["valid_to"] == "2030-01-01"
    assert values["sex"] == "男" and values["name_latin"] == "WANG, XIAO MING"
    assert found["passport_no"].box == found["mrz2"].box and found["name_latin"].box == found["mrz1"].box


def test_what_is_printed_goes_before_what_is_coded_and_a_contradiction_is_doubtful():
    found = fields("passport", ("出生日期", 100, 500, 30), ("1990-03-08", 100, 540, 30), (LINE1, 100, 2000, 30), (LINE2, 100, 2080, 30))
    assert found["birth_date"].value == "1990-03-08" and "differs-from-machine-readable-line" in found["birth_date"].doubtful


@pytest.mark.parametrize("at", [0, 5, 13, 21, 43])
def test_a_line_with_a_wrong_digit_says_nothing(at):
    wrong = LINE2[:at] + ("1" if LINE2[at] != "1" else "2") + LINE2[at + 1 :]
    assert parts({"mrz1": LINE1, "mrz2": wrong}) == {}


def test_the_only_number_that_keeps_its_rule_is_found_without_a_label():
    found = fields("id_card", ("居民身份证", 500, 100, 80), (ID, 300, 600, 40))
    assert found["id_no"].value == ID and not found["id_no"].doubtful


def test_two_such_numbers_or_one_that_breaks_the_rule_are_not_guessed():
    assert "id_no" not in fields("id_card", (ID, 300, 600, 40), ("999999198512123026", 300, 900, 40))
    assert "id_no" not in fields("id_card", ("999999199003070011", 300, 600, 40))
    assert "mother_id" not in fields("birth_certificate", (ID, 300, 600, 40)), "whose it is only a label can tell"


def test_somebodys_number_is_no_credit_code_though_it_keeps_that_rule_too():
    number, code = "440398199106226791", "91440398MARMBGWL5D"
    assert RULES["gb32100"](number) is Check.OK is RULES["gb11643"](number), "one identity number in thirty does"
    found = fields("labour_contract", (f"（{number}）", 200, 200, 40), (f"（{code}）", 200, 300, 40))
    assert found["uscc"].value == code and found["id_no"].value == number


def test_a_number_in_boxes_a_digit_to_a_box_is_one_number():
    boxes = [(digit, 200 + 80 * n, 400, 40) for n, digit in enumerate(ID)]
    assert fields("app_exit", *boxes)["id_no"].value == ID
    assert "id_no" not in fields("app_exit", *boxes[:-1])


def test_a_number_within_a_longer_run_of_digits_is_none():
    assert "id_no" not in fields("id_card", ("6" + ID, 300, 600, 40))


def test_labels_that_say_the_same_are_taken_unless_another_field_has_them():
    assert fields("id_card", ("身份证号码", 100, 600, 40), (ID, 500, 600, 40))["id_no"].value == ID
    text = """
types: {text: {pattern: '.+'}}
synonyms: [[住址, 地址, 户籍地址], [住所, 地址]]
kinds:
- {name: a, zh: 甲, en: A, fields: {home: {type: text, labels: [住址]}, seat: {type: text, labels: [户籍地址]}}, stops: [住所]}
- {name: other, zh: 其他, en: Other}
"""
    home, seat = parse(text)["a"].fields
    assert home.labels == ("住址", "地址") and seat.labels == ("户籍地址", "地址")


def test_an_unknown_part_of_a_line_is_a_mistake_in_the_file():
    text = "types: {text: {pattern: '.+'}}\nkinds:\n- {name: a, zh: 甲, en: A, fields: {x: {type: text, coded: colour}}}\n- {name: other, zh: 其他, en: Other}\n"
    with pytest.raises(Misconfigured, match="colour"):
        parse(text)


def test_a_labels_translation_is_no_value_beside_or_under_it():
    beside = fields("id_card", ("姓名", 100, 200, 40), ("Name", 190, 205, 24), ("王小明", 320, 200, 40))
    assert beside["name"].value == "王小明"
    under = fields("passport", ("姓名", 100, 200, 30), ("Name", 100, 240, 20), ("王小明", 100, 270, 40))
    assert under["name"].value == "王小明"
    dated = fields("driving_licence", ("初次领证日期", 100, 200, 40), ("Date of First Issue", 350, 205, 24), ("2010-05-06", 700, 200, 40))
    assert dated["first_issue"].value == "2010-05-06"


def test_a_value_in_latin_letters_is_not_taken_for_a_translation():
    assert fields("driving_licence", ("准驾车型", 100, 200, 40), ("C1", 320, 200, 40))["class"].value == "C1"
    assert fields("vehicle_licence", ("发动机号码", 100, 200, 40), ("AB12345", 360, 200, 40))["engine_no"].value == "AB12345"
    assert fields("vehicle_licence", ("品牌型号", 100, 200, 40), ("TESLA", 320, 200, 40))["model"].value == "TESLA"
