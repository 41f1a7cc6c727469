"""Damage that spans segments is found, and said once where it is."""

import pytest

from archive.check_ledger import LedgerCheck
from archive.journal import Journal
from archive.mark import read_mark
from archive.report import Report
from domain.events import CASE_OPENED, Draft
from domain.model import Outcome
from tests.fakes.ledger import MemoryLedger
from tests.fakes.stillclock import StillClock

PER_SEGMENT = 4


@pytest.fixture
def journal(tmp_path):
    """Fourteen events in four segments, the last of them not full."""
    ledger = MemoryLedger(StillClock())
    ledger.append([Draft(CASE_OPENED, f"case{n}", f"key{n}", {"number": f"A{n}"}) for n in range(13)])
    journal = Journal(tmp_path / "ledger", tmp_path / "mark", per_segment=PER_SEGMENT)
    journal.catch_up(ledger)
    journal.close()
    return tmp_path


def look(folder, patience=0.0, mark=True):
    report = Report(None, 0)
    check = LedgerCheck(folder / "ledger", read_mark(folder / "mark") if mark else None, report, patience, PER_SEGMENT)
    check.read()
    check.finish(None)
    return check, report.verdict()


def test_what_was_written_is_found_whole(journal):
    for mark in (True, False):
        check, verdict = look(journal, mark=mark)
        assert (check.size, verdict.findings) == (14, ())


def swap(folder, one, two):
    one, two = folder / "ledger" / one, folder / "ledger" / two
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


def cut(folder, name, lines):
    path = folder / "ledger" / name
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:lines]))


def add(folder, name, data):
    with (folder / "ledger" / name).open("ab") as stream:
        stream.write(data)


@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("patience", [0.0, 0.1])
@pytest.mark.parametrize(
    "damage",
    [
        lambda f: (f / "ledger" / "00000001.jsonl").unlink(),
        lambda f: (f / "ledger" / "00000005.jsonl").unlink(),
        lambda f: (f / "ledger" / "00000013.jsonl").unlink(),
        lambda f: swap(f, "00000001.jsonl", "00000005.jsonl"),
        lambda f: cut(f, "00000005.jsonl", 2),
        lambda f: cut(f, "00000009.jsonl", 3),
        lambda f: add(f, "00000005.jsonl", b"x"),
        lambda f: add(f, "00000005.jsonl", b"x\n"),
        lambda f: add(f, "00000009.jsonl", b"\n"),
        lambda f: (f / "ledger" / "00000005.jsonl").rename(f / "ledger" / "00000006.jsonl"),
        lambda f: (f / "ledger" / "00000017.jsonl").write_bytes(b""),
    ],
)
def test_damage_to_a_segment_is_found(journal, damage, patience, mark):
    damage(journal)
    assert look(journal, patience, mark)[1].outcome is Outcome.BAD


def test_one_broken_line_is_one_finding_and_the_rest_is_read(journal):
    path = journal / "ledger" / "00000005.jsonl"
    path.write_bytes(path.read_bytes().replace(b"key4", b"key9", 1))
    check, verdict = look(journal)
    assert check.size == 14
    assert [f.subject for f in verdict.findings] == ["ledger/00000005.jsonl line 2"]
