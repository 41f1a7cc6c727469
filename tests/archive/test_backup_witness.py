"""What a witness signed goes into a backup, stays there, and is held against it."""

import shutil

import pytest

from archive.backup import backup
from archive.check_witness import Outside
from archive.merkle import consistency_proof
from archive.notes import Key, Tree, origin_of
from archive.restore import check, restore
from archive.segments import WITNESSED, read_leaves
from archive.witness import WitnessBook
from archive.witnessed import WitnessedFile, durable_size, ledger_id, tree_at, whole_notes
from domain.clock import SystemClock
from domain.model import Outcome
from tests.fakes.datafolder import PROJECTORS, SCHEMAS, fill, opened, receipt
from tests.fakes.stillclock import StillClock


class Office:
    """A data folder, its witness and its backup."""

    def __init__(self, place):
        self.data, self.copy = place / "data", place / "copy"
        books = opened(self.data)
        fill(books, 4)
        books.close()
        self.ledger = self.data / "ledger"
        self.origin = origin_of(ledger_id(self.ledger))
        self.book, self.seen = WitnessBook(place / "witness", StillClock(), new=[self.origin]), 0

    def witness(self):
        size = durable_size(self.ledger)
        proof = consistency_proof(list(read_leaves(self.ledger)), self.seen) if self.seen else []
        note = self.book.add(self.seen, proof, Tree(self.origin, size, tree_at(self.ledger, size).root()))
        WitnessedFile(self.ledger).append(note)
        self.seen = size

    def record(self, number):
        books = opened(self.data)
        books.registrar.record([receipt(books, number)])
        books.close()

    def back_up(self):
        return backup(self.data, self.copy, SystemClock())

    def notes(self, folder=None):
        return (((folder or self.copy) / "ledger") / WITNESSED).read_bytes()

    def judged(self, folder=None, keys=None):
        outside = Outside(keys=[self.book.key] if keys is None else keys)
        return check(folder or self.copy, PROJECTORS, SCHEMAS, patience=0.0, outside=outside)


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def test_a_backup_holds_what_the_witness_signed_and_so_does_what_is_restored_from_it(office, tmp_path):
    office.witness()
    office.back_up()
    assert office.notes() == office.notes(office.data)
    restore(office.copy, tmp_path / "new")
    for folder in (office.copy, tmp_path / "new"):
        verdict = office.judged(folder)
        assert verdict.findings == ()
        assert verdict.looked_at["witnessed events"] == office.seen > 0


def test_later_notes_are_appended_and_none_is_ever_taken_away(office):
    office.witness()
    office.back_up()
    office.record("late")
    office.witness()
    office.back_up()
    both = office.notes()
    assert both == office.notes(office.data)
    (office.ledger / WITNESSED).write_bytes(b"")  # in the data folder they can be lost, or removed
    office.back_up()
    assert office.notes() == both
    assert office.judged().findings == ()


def test_a_note_torn_in_the_backup_is_made_whole_and_one_torn_in_the_data_folder_is_not_copied(office):
    office.witness()
    office.back_up()
    whole = office.notes()
    (office.copy / "ledger" / WITNESSED).write_bytes(whole[:-9])
    (office.ledger / WITNESSED).write_bytes(whole + whole[:70])
    office.back_up()
    assert office.notes() == whole


def test_a_damaged_note_is_not_carried_into_the_backup_and_the_mended_one_is(office):
    office.witness()
    office.record("late")
    office.witness()
    whole = office.notes(office.data)
    first, *second = whole_notes(office.ledger)
    (office.ledger / WITNESSED).write_bytes(whole.replace(b"=\n\n", b"}\n\n", 1))
    office.back_up()
    assert whole_notes(office.copy / "ledger") == second
    assert office.judged().findings == ()
    (office.ledger / WITNESSED).write_bytes(whole)
    office.back_up()
    assert whole_notes(office.copy / "ledger") == [*second, first]
    assert office.judged().findings == ()


def test_without_a_witness_there_is_no_such_file(office):
    office.back_up()
    assert not (office.copy / "ledger" / WITNESSED).exists()


def test_a_backup_made_anew_with_every_hash_is_found_by_what_was_signed(office, tmp_path):
    office.witness()
    office.back_up()
    forged = tmp_path / "forged"
    books = opened(forged / "data")
    fill(books, 5)
    books.close()
    backup(forged / "data", forged / "copy", SystemClock())
    shutil.copyfile(office.copy / "ledger" / WITNESSED, forged / "copy" / "ledger" / WITNESSED)
    assert {f.check for f in office.judged(forged / "copy").findings if f.outcome is Outcome.BAD} == {"witness"}


def test_another_key_than_the_witnesss_is_a_finding(office, tmp_path):
    office.witness()
    office.back_up()
    other: Key = WitnessBook(tmp_path / "other", StillClock(), new=[office.origin]).key
    assert "witness" in {f.check for f in office.judged(keys=[other]).findings if f.outcome is Outcome.BAD}
