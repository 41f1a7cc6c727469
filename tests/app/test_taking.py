"""`intake PATH...` beside a working process: it answers for the files it was given, and comes to an end."""

import contextlib

import pytest

from app import taking
from app.wiring import open_house
from domain.errors import Conflict
from tests.fakes.datafolder import receipt


@pytest.fixture
def busy(tmp_path, monkeypatch):
    """A data folder in which another process works, as `take_in` sees it: the lock is held, nothing is taken."""
    data = tmp_path / "data"
    with open_house(data) as house:
        house.books.registrar.record([receipt(house.books, 1)])
    real = taking.open_house

    @contextlib.contextmanager
    def locked(folder, *, exclusive=False):
        if exclusive:
            raise Conflict("another casefile works on this data folder")
        with real(folder) as house:
            yield house

    monkeypatch.setattr(taking, "open_house", locked)
    (tmp_path / "扫描 1.png").write_bytes(b"another one")
    return data, tmp_path / "扫描 1.png"


def test_a_receipt_of_yesterday_with_the_same_name_is_no_answer_and_waiting_ends(busy, monkeypatch):
    data, scan = busy
    monkeypatch.setattr(taking, "TAKEN_WITHIN", 1.0)
    with pytest.raises(Conflict, match="took nothing"):
        taking.take_in(data, [scan], "W01", wait=True)
    assert (data / "inbox" / "W01" / "扫描 1.png").read_bytes() == b"another one"


def test_without_waiting_the_files_lie_in_the_window(busy):
    data, scan = busy
    assert taking.take_in(data, [scan], "W01", wait=False) == [{"receipt": None, "state": "waiting", "name": "扫描 1.png"}]
    assert (data / "inbox" / "W01" / "扫描 1.png").exists()


def test_a_file_that_is_still_being_written_is_not_handed_to_a_process_that_is_not_there(tmp_path):
    growing = tmp_path / "growing.pdf"
    with growing.open("wb") as stream:
        stream.write(b"%PDF-1.7")
        stream.flush()
        with pytest.raises(Conflict):
            taking.take_in(tmp_path / "data", [growing], "W01", wait=True)
    assert not list((tmp_path / "data" / "inbox").rglob("growing*"))
