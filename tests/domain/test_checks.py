import re

import pytest

from domain import checks
from domain.checks import RULES, Check, case_number, personal

# vectors: a specimen of the standard, made-up numbers of the unassigned area 999999, public specimens
RIGHT = {
    "gb11643": ["11010519491231002X", "999999199003070012", "999999198512123026"],
    "gb32100": ["91350500798359476R", "91441900MA51ABCD10"],
    "gbt36904": [
        "1.2.156.3005.2.11100000MB00000000001.99999999999999999X.A1B2C3D4E5F6G7H8J9K0.001.Q",
        "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
    ],
    "mrz_td3": ["POCHNZHANG<<SANSAN<<<<<<<<<<<<<<<<<<<<<<<<<<\nE123456782CHN9003071M3001019<<<<<<<<<<<<<<00"],
    "mrz_line2": ["E123456782CHN9003071M3001019<<<<<<<<<<<<<<00"],
    "mrz_card1": ["CSC886084772<2806103<8201010<4", "CDL123456781<3001019<9003071<8"],
    "vin": ["1M8GDM9AXKP042788", "11111111111111111"],
    "plate": ["粤S12345", "粤SD12345", "粤S1234挂", "粤Z1234港", "粤S12345D"],
    "date": ["2020.01.02", "2020年1月2日", "2020-01-02", "2024-02-29"],
}
NOT_RIGHT = {
    "gb11643": ["999999199003070011", "11010519491231002x", "11010519491331002X", ""],
    "gb32100": ["91350500798359476A", "9135050079835947", "I1350500798359476R"],
    "gbt36904": ["1.2.156.3005.2.11100000MB00000000001.99999999999999999X.A1B2C3D4E5F6G7H8J9K0.001.0", "1.2.3"],
    "mrz_td3": ["POCHNZHANG<<SANSAN<<<<<<<<<<<<<<<<<<<<<<<<<<\nE123456783CHN9003071M3001019<<<<<<<<<<<<<<00", "P"],
    "mrz_line2": ["E123456782CHN9003081M3001019<<<<<<<<<<<<<<00"],
    "mrz_card1": ["CSC886084773<2806103<8201010<4", "CSC886084772"],
    "vin": ["1M8GDM9A1KP042788", "1M8GDM9AXKPO42788"],
    "plate": ["粤I12345", "粤S1234", "粤SO1234I"],
    "date": ["2020/01", "2023-02-29", "2020-01.02", "0001-01-01"],
}


@pytest.mark.parametrize(("rule", "value"), [(rule, value) for rule, values in RIGHT.items() for value in values])
def test_rule_accepts_what_the_standard_made(rule: str, value: str) -> None:
    assert RULES[rule](value) is Check.OK


@pytest.mark.parametrize(("rule", "value"), [(rule, value) for rule, values in NOT_RIGHT.items() for value in values])
def test_rule_never_calls_a_wrong_number_right(rule: str, value: str) -> None:
    assert RULES[rule](value) is not Check.OK


def test_lawful_exceptions_warn_and_do_not_refuse() -> None:
    assert checks.gb32100("91350500798359476A") is Check.WARN
    assert checks.vin("1M8GDM9A1KP042788") is Check.WARN
    assert checks.gbt36904("1.2.156.3005.2.11100000MB00000000001.99999999999999999X.A1B2C3D4E5F6G7H8J9K0.001.0") is Check.WARN


@pytest.mark.parametrize("place", range(17))
def test_every_single_wrong_digit_of_an_identity_number_is_seen(place: int) -> None:
    number = "999999198512123026"
    for digit in "0123456789":
        if digit != number[place]:
            assert checks.gb11643(number[:place] + digit + number[place + 1 :]) is Check.WRONG


def test_rules_have_their_source_in_their_docstrings() -> None:
    for rule in RULES.values():
        assert re.search(r"GB|ICAO|GA 36|GA 482|Ministry of Education|calendar", rule.__doc__ or "")


@pytest.mark.parametrize("number", ["2026-0001", "A000", "Z" * 32, "110105194912310021", "2026-12345678901"])
def test_a_case_number_is_no_person_s(number):
    assert case_number(number)
    assert not personal(number)


@pytest.mark.parametrize("number", ["11010519491231002X", "2026-11010519491231002X", "13812345678", "W-13812345678-2"])
def test_a_person_s_number_numbers_no_case(number):
    assert personal(number)
    assert not case_number(number)
