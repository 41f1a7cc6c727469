"""Cases: a window has at most one open, and repeating an act changes nothing."""

import pytest

from archive.books import open_books
from casework import tables
from casework.cases import Cases
from domain.clock import SystemClock
from domain.errors import Conflict, Misconfigured, NotFound


@pytest.fixture(params=["sqlite", "postgresql"])
def books(request, tmp_path):
    database = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    books = open_books(tmp_path, SystemClock(), [tables.apply], [tables.metadata], database=database)
    yield books
    books.close()


@pytest.fixture
def cases(books):
    return Cases(books.engine, books.registrar, SystemClock())


def test_a_case_is_opened_at_a_window_and_found_there(cases):
    row = cases.open("2026-0001", "main", "W01")
    assert (row.number, row.window, row.open) == ("2026-0001", "W01", True)
    assert cases.at("W01") == row
    assert cases.at("W02") is None


def test_a_window_has_at_most_one_open_case(cases):
    cases.open("2026-0001", "main", "W01")
    with pytest.raises(Conflict) as caught:
        cases.open("2026-0002", "main", "W01")
    assert "2026-0001" in str(caught.value)
    cases.close("2026-0001")
    assert cases.open("2026-0002", "main", "W01").window == "W01"


def test_the_table_itself_holds_the_rule_against_a_second_process(books, cases):
    other = Cases(books.engine, books.registrar, SystemClock())
    other.at = lambda window: None  # it looked before the first had written
    cases.open("2026-0001", "main", "W01")
    with pytest.raises(Conflict):
        other.open("2026-0002", "main", "W01")
    assert cases.find("2026-0002") is None


def test_repeating_an_act_appends_no_event(books, cases):
    cases.open("2026-0001", "main", "W01")
    size = books.ledger.size()
    cases.open("2026-0001", "main", "W01")
    cases.open("2026-0001", "main")
    assert books.ledger.size() == size
    cases.close("2026-0001")
    cases.close("2026-0001")
    assert books.ledger.size() == size + 1


def test_a_closed_case_can_be_opened_again_and_keeps_its_id(cases):
    first = cases.open("2026-0001", "main", "W01")
    cases.close("2026-0001")
    again = cases.open("2026-0001", "main", "W02")
    assert (again.id, again.window, again.openings) == (first.id, "W02", 2)


def test_a_case_open_at_one_window_is_not_taken_to_another(cases):
    cases.open("2026-0001", "main", "W01")
    with pytest.raises(Conflict):
        cases.open("2026-0001", "main", "W02")


def test_an_open_case_without_a_window_can_be_taken_to_one(cases):
    cases.open("2026-0001", "main")
    assert cases.open("2026-0001", "main", "W02").window == "W02"


@pytest.mark.parametrize("number", ["", "abc", "2026", "-2026-1", "2026_0001", "张三-0001", "A" * 33, "2026-0001 ", "2026-0001\n"])
def test_a_number_has_the_form_of_the_contract(cases, number):
    if number == "2026":
        assert cases.open(number, "main").number == "2026"  # four characters are enough
        return
    with pytest.raises(Misconfigured):
        cases.open(number, "main")


def test_closing_what_is_not_there_says_so(cases):
    with pytest.raises(NotFound):
        cases.close("2026-0009")


def test_cases_come_out_equal_when_made_again_from_the_ledger(tmp_path):
    books = open_books(tmp_path, SystemClock(), [tables.apply], [tables.metadata])
    cases = Cases(books.engine, books.registrar, SystemClock())
    cases.open("2026-0001", "main", "W01")
    cases.open("2026-0002", "main", "W02")
    cases.close("2026-0001")
    cases.open("2026-0003", "main", "W01")
    before = cases.all()
    books.close()
    for path in (tmp_path / "derived").glob("casefile.db*"):
        path.unlink()
    books = open_books(tmp_path, SystemClock(), [tables.apply], [tables.metadata])
    assert Cases(books.engine, books.registrar, SystemClock()).all() == before
    books.close()
