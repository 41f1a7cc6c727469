"""verify against what a witness signed: whole folders, rewritten, put back, with witnessed.txt damaged."""

import shutil

import pytest

from archive.check_witness import Anchor, Outside
from archive.notes import Key, Tree, origin_of
from archive.segments import WITNESSED
from archive.verify import verify
from archive.witness import WitnessBook
from archive.witnessed import WitnessedFile, durable_size, ledger_id, tree_at
from domain.model import Outcome
from tests.fakes.datafolder import PROJECTORS, SCHEMAS, fill, opened, receipt
from tests.fakes.stillclock import StillClock


def check(data, **outside):
    return verify(data, PROJECTORS, SCHEMAS, patience=0.0, outside=Outside(**outside))


def bad(verdict):
    return {finding.check for finding in verdict.findings if finding.outcome is Outcome.BAD}


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A data folder of which the witness signed the first 20 events, and all of them."""
    place = tmp_path_factory.mktemp("verify-witness")
    data = place / "data"
    books = opened(data)
    fill(books, 8)
    books.close()
    folder = data / "ledger"
    origin = origin_of(ledger_id(folder))
    witness = WitnessBook(place / "witness", StillClock(), new=[origin])
    early, size = tree_at(folder, 20), durable_size(folder)
    from archive.merkle import consistency_proof
    from archive.segments import read_leaves

    last = tree_at(folder, size)
    file = WitnessedFile(folder)
    file.append(witness.add(0, [], Tree(origin, 20, early.root())))
    file.append(witness.add(20, consistency_proof(list(read_leaves(folder)), 20), Tree(origin, size, last.root())))
    return data, witness.key, witness.last[origin]


@pytest.fixture
def folder(original, tmp_path):
    data, key, last = original
    return shutil.copytree(data, tmp_path / "data"), key, last


def test_a_witnessed_ledger_is_good_and_what_came_since_is_counted(folder):
    data, key, last = folder
    verdict = check(data, keys=[key])
    assert verdict.findings == ()
    assert (verdict.looked_at["witnessed events"], verdict.looked_at["events since"]) == (last.tree.size, 0)
    books = opened(data)
    books.registrar.record([receipt(books, "late")])
    books.close()
    verdict = check(data, keys=[key])
    assert verdict.findings == ()
    assert verdict.looked_at["events since"] == 1


def test_every_flipped_bit_and_every_cut_of_the_witnessed_checkpoints_is_found(folder):
    data, key, _ = folder
    path = data / "ledger" / WITNESSED
    whole = path.read_bytes()
    from archive.check_ledger import LedgerCheck
    from archive.check_witness import WitnessCheck
    from archive.report import Report

    def look():
        report = Report(None, 0)
        witness = WitnessCheck(data / "ledger", Outside([key]), report)
        ledger.sound = True
        witness.judge(ledger)
        return report.verdict().outcome

    ledger = LedgerCheck(data / "ledger", None, Report(None, 0), 0.0, wanted=range(1, 1000))
    ledger.read()
    assert look() is Outcome.GOOD
    missed = []
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        if look() is not Outcome.BAD:
            missed.append(place)
    assert missed == []
    for place in range(1, len(whole) - len(whole.splitlines(keepends=True)[-1])):
        path.write_bytes(whole[:place])
        assert look() in (Outcome.NOTED, Outcome.GOOD)  # one that was being written; that it was cut, the witness knows


def test_signatures_of_another_key_do_not_count_and_without_a_key_that_is_said(folder):
    data, key, _ = folder
    assert bad(check(data, keys=[Key("another", bytes(range(32)))])) == {"witness"}
    assert check(data, keys=[Key("another", bytes(range(32))), key]).findings == ()
    verdict = check(data)
    assert [(f.check, f.outcome) for f in verdict.findings] == [("witness", Outcome.NOTED)]


def test_an_older_copy_of_the_whole_folder_is_found_against_the_witness_alone(folder):
    data, key, last = folder
    older = shutil.copytree(data, data.parent / "older")
    books = opened(data)
    books.registrar.record([receipt(books, "late")])
    books.close()
    newest = tree_at(data / "ledger", last.tree.size + 1)
    anchor = Anchor(newest.size, newest.root(), last.tree.origin, "witness")
    assert check(older, keys=[key]).findings == ()
    verdict = check(older, keys=[key], anchors=[anchor], asked="witness")
    assert bad(verdict) == {"witness"}
    assert f"the ledger is older than the witnessed size {newest.size}" in verdict.findings[0].found
    assert bad(check(data, keys=[key], anchors=[anchor], asked="witness")) == set()


class Decided:
    """A folder that lost its last event, the anchor that shows it, and the witness, which was told that the older copy shall stand."""

    def __init__(self, data, key, last, place):
        self.older, self.key = shutil.copytree(data, place / "older"), key
        books = opened(data)
        books.registrar.record([receipt(books, "late")])
        books.close()
        newest = tree_at(data / "ledger", last.tree.size + 1)
        self.anchor = Anchor(newest.size, newest.root(), last.tree.origin, "witness")
        self.tree = Tree(f"{last.tree.origin}/restored-1", last.tree.size, last.tree.root)
        self.book = WitnessBook(place / "witness", StillClock(), new=[self.tree.origin])

    def sign(self):
        note = self.book.add(0, [], self.tree)
        return Anchor(note.tree.size, note.tree.root, note.tree.origin, "witness"), note

    def check(self, *anchors, keys=None, restored=1):
        return check(self.older, keys=[self.key] if keys is None else keys, anchors=anchors, asked="witness", restored=restored)


@pytest.fixture
def decided(original, folder, tmp_path):
    shutil.copytree(original[0].parent / "witness", tmp_path / "witness")
    return Decided(*folder, tmp_path)


def test_an_older_copy_that_shall_stand_is_noted_once_the_witness_signed_it(decided):
    assert bad(decided.check(decided.anchor)) == {"witness"}
    anchor, note = decided.sign()
    verdict = decided.check(decided.anchor, anchor)
    assert [(f.check, f.outcome) for f in verdict.findings] == [("witness", Outcome.NOTED)]
    assert verdict.looked_at["witnessed events"] == anchor.size
    WitnessedFile(decided.older / "ledger").append(note)
    free = Anchor(anchor.size, anchor.root, "", "paper")
    assert bad(decided.check(decided.anchor, free)) == set()  # the signature beside the ledger counts too
    assert bad(decided.check(decided.anchor, free, keys=[])) == {"witness"}  # but not without a key
    assert bad(decided.check(decided.anchor, anchor, restored=2)) == {"witness"}  # nor for a second time


def test_the_settings_alone_excuse_no_ledger_that_is_not_what_was_witnessed(decided, tmp_path):
    """Whoever owns the folder owns casefile.toml too."""
    assert decided.older.joinpath("ledger", WITNESSED).exists()
    stranger = WitnessBook(tmp_path / "stranger", StillClock(), new=[decided.tree.origin])
    WitnessedFile(decided.older / "ledger").append(stranger.add(0, [], decided.tree))
    verdict = decided.check(decided.anchor, keys=[decided.key])
    found = {f.found for f in verdict.findings if f.outcome is Outcome.BAD}
    assert any("the ledger is older than the witnessed size" in each for each in found)
    assert "only such as the settings call older" in found


def test_a_ledger_that_lost_more_than_was_decided_for_is_a_finding(decided):
    anchor, _ = decided.sign()
    other = Anchor(anchor.size, bytes(32), anchor.origin, "witness")
    assert bad(decided.check(decided.anchor, other)) == {"witness"}
    further = Anchor(anchor.size + 1, anchor.root, anchor.origin, "witness")
    assert bad(decided.check(decided.anchor, anchor, further)) == {"witness"}


def test_a_root_signed_with_a_false_size_fits_no_ledger(folder):
    data, key, last = folder
    for size in (last.tree.size - 1, last.tree.size + 1):
        assert bad(check(data, keys=[key], anchors=[Anchor(size, last.tree.root, "", "x")])) == {"witness"}


def test_a_witness_that_knows_another_ledger_only_is_a_finding(folder):
    data, key, last = folder
    other = Anchor(last.tree.size, last.tree.root, origin_of("0" * 26), "witness")
    assert bad(check(data, keys=[key], anchors=[other], asked="witness")) == {"witness"}
    assert bad(check(data, keys=[key], asked="witness")) == {"witness"}
    assert (
        bad(check(data, keys=[key], anchors=[Anchor(last.tree.size, last.tree.root, last.tree.origin, "witness")], asked="witness"))
        == set()
    )
