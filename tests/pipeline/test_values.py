import pytest

from domain.kinds import ValueType
from pipeline.values import disagreements, iso, written


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019年3月5日", "2019-03-05"), ("2019.03.05", "2019-03-05"), ("2019-3-5", "2019-03-05"), ("20190305", "2019-03-05"),
        ("05MAR2019", "2019-03-05"), ("二〇一四年七月三十一日", "2014-07-31"), ("二〇二〇年十月十日", "2020-10-10"), ("长期", "长期"), ("无", None),
        ("2019年13月45日", "2019-13-45"),
    ],
)  # fmt: skip
def test_dates_are_written_one_way_and_never_mended(text: str, date: str | None) -> None:
    assert iso(text) == date


def test_fillers_of_a_machine_readable_line_get_their_length_back() -> None:
    two = ValueType("mrz_line2", "", "mrz_line2")
    assert written(two, "E123456782CHN9003071M3001019<<<<<<<<<0") == "E123456782CHN9003071M3001019" + "<" * 15 + "0"
    one = ValueType("mrz_line1", "", "mrz_line1")
    assert written(one, "P<CHNZHA0<<ZHI<<<<") == "P<CHNZHAO<<ZHI".ljust(44, "<")


def test_a_term_must_begin_before_it_ends() -> None:
    assert set(disagreements({"valid_from": "2020-01-01", "valid_to": "2019-01-01"})) == {"valid_from", "valid_to"}
    assert disagreements({"valid_from": "2020-01-01", "valid_to": "长期"}) == {}


def test_sex_and_number_are_compared() -> None:
    assert set(disagreements({"id_no": "999999199003070012", "sex": "女"})) == {"id_no", "sex"}
    assert disagreements({"id_no": "999999199003070012", "sex": "男", "birth_date": "1990-03-07"}) == {}
