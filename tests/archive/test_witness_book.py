"""A witness signs what begins with what it signed before, forgets nothing, and survives being killed."""

import contextlib
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.merkle import Range, grow, leaf_hash
from archive.notes import Key, Tree, parse_note, split_notes
from archive.witness import Inconsistent, WitnessBook
from domain.errors import Conflict, Corrupt, Misconfigured, NotFound
from tests.fakes.stillclock import StillClock

ROOT = Path(__file__).resolve().parents[2]
ORIGIN = "casefile/01J00000000000000000000000"
OTHER = "casefile/01J00000000000000000000001"
LEAVES = [leaf_hash(n.to_bytes(4, "big")) for n in range(3000)]


def book(folder, **more):
    return WitnessBook(folder / "witness", StillClock(), "test/witness", [ORIGIN], **more)


def tree(size, leaves=LEAVES, origin=ORIGIN):
    made = Range()
    for leaf in leaves[:size]:
        made.push(leaf)
    return made, Tree(origin, size, made.root())


def add(witness, old, size, leaves=LEAVES):
    before, _ = tree(old, leaves)
    return witness.add(old, grow(before, iter(leaves[old:size]), size - old)[0], tree(size, leaves)[1])


def test_what_it_signs_is_signed_by_its_key_and_kept(tmp_path):
    witness = book(tmp_path)
    notes = [add(witness, 0, 5), add(witness, 5, 8), add(witness, 8, 900)]
    assert all(note.by([witness.key]) for note in notes)
    assert Key.parse((tmp_path / "witness" / "key.public").read_text().strip()) == witness.key
    assert (tmp_path / "witness" / "key").stat().st_mode & 0o777 == 0o600
    kept = [parse_note(text) for _, text in split_notes((tmp_path / "witness" / "witnessed.txt").read_bytes())]
    assert kept == notes
    again = book(tmp_path)
    assert (again.key, again.last) == (witness.key, {ORIGIN: notes[-1]})


def test_the_same_tree_again_gets_the_signature_that_stands_and_the_file_does_not_grow(tmp_path):
    witness = book(tmp_path)
    first = add(witness, 0, 5)
    size = (tmp_path / "witness" / "witnessed.txt").stat().st_size
    assert add(witness, 5, 5) == first
    assert (tmp_path / "witness" / "witnessed.txt").stat().st_size == size


def test_what_does_not_begin_with_what_it_signed_is_refused(tmp_path):
    witness = book(tmp_path)
    add(witness, 0, 100)
    forged = [leaf_hash(b"forged"), *LEAVES[1:]]
    with pytest.raises(Conflict) as smaller:
        witness.add(90, [], tree(90)[1])
    assert smaller.value.facts["size"] == 100
    with pytest.raises(Conflict):
        witness.add(100, [], tree(100, forged)[1])
    with pytest.raises(Inconsistent):
        add(witness, 100, 150, forged)
    with pytest.raises(Inconsistent):
        witness.add(100, [], tree(150)[1])
    with pytest.raises(Conflict):
        add(witness, 0, 150)
    with pytest.raises(ValueError, match="makes no sense"):
        witness.add(100, [], tree(99)[1])
    with pytest.raises(NotFound, match="--new"):
        witness.add(0, [], tree(5, origin=OTHER)[1])
    assert witness.last[ORIGIN].tree == tree(100)[1]
    assert add(witness, 100, 150).tree.size == 150


def test_a_ledger_that_is_known_need_not_be_named_again_and_an_unknown_one_must(tmp_path):
    add(book(tmp_path), 0, 3)
    later = WitnessBook(tmp_path / "witness", StillClock())
    assert add(later, 3, 7).tree.size == 7
    with pytest.raises(NotFound):
        later.add(0, [], tree(5, origin=OTHER)[1])


def test_a_lost_or_foreign_key_is_not_replaced_in_silence(tmp_path):
    add(book(tmp_path), 0, 3)
    key = tmp_path / "witness" / "key"
    key.chmod(0o640)
    with pytest.raises(Misconfigured, match="chmod 600"):
        book(tmp_path)
    key.chmod(0o600)
    pem = key.read_bytes()
    key.unlink()
    with pytest.raises(Misconfigured, match="missing"):
        book(tmp_path)
    other = WitnessBook(tmp_path / "other", StillClock())
    key.write_bytes((tmp_path / "other" / "key").read_bytes())
    key.chmod(0o600)
    with pytest.raises(Misconfigured, match="public half"):
        book(tmp_path)
    key.write_bytes(pem)
    assert book(tmp_path).key != other.key


def test_a_key_without_its_public_half_is_finished_after_a_kill_between_the_two(tmp_path):
    key = book(tmp_path).key
    (tmp_path / "witness" / "key.public").unlink()
    assert book(tmp_path).key == key


def test_a_torn_end_is_cut_at_every_byte_and_the_last_whole_checkpoint_stands(tmp_path):
    witness = book(tmp_path)
    kept = add(witness, 0, 5)
    path = tmp_path / "witness" / "witnessed.txt"
    whole = path.read_bytes()
    add(witness, 5, 9)
    longer = path.read_bytes()
    for end in range(len(whole), len(longer)):
        path.write_bytes(longer[:end])
        again = book(tmp_path)
        assert (again.torn, again.last[ORIGIN]) == (end - len(whole), kept)
    assert add(again, 5, 12).tree.size == 12
    assert book(tmp_path).torn == 0


def test_every_flipped_bit_in_its_file_is_found(tmp_path):
    witness = book(tmp_path)
    add(witness, 0, 5)
    add(witness, 5, 9)
    path = tmp_path / "witness" / "witnessed.txt"
    data, missed = path.read_bytes(), []
    for place in range(len(data)):
        for bit in range(8):
            path.write_bytes(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :])
            with contextlib.suppress(Corrupt):
                book(tmp_path)
                missed.append((place, bit))  # nor is it taken for the torn end of a write, which would forget a checkpoint
    assert missed == []


ACCEPT = """
import sys
from pathlib import Path
from tests.archive.test_witness_book import book, add
witness = book(Path(sys.argv[1]))
size = witness.last["casefile/01J00000000000000000000000"].tree.size if witness.last else 0
while True:
    add(witness, size, size + 1)
    size += 1
    print(size, flush=True)
"""


@pytest.mark.crash
def test_a_witness_killed_while_it_writes_keeps_what_it_answered(tmp_path):
    chance = random.Random(20261125)
    answered = 0
    for _ in range(8):
        process = subprocess.Popen([sys.executable, "-c", ACCEPT, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(chance.randint(1, 40)):
            answered = int(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)
        rest = process.communicate()[0].split()
        answered = int(rest[-1]) if rest else answered
        assert book(tmp_path).last[ORIGIN].tree.size in (answered, answered + 1)
