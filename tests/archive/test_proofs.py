"""Consistency proofs over a 1,000-event ledger: 500 pairs hold, nothing else does, and an independent implementation says the same."""

import random
import tracemalloc

import pytest
from pymerkle import InmemoryTree

from archive.merkle import Range, consistency_proof, grow, inclusion_proof, leaf_hash, tree_hash, verify_consistency, verify_inclusion
from archive.segments import read_leaves
from tests.fakes.witnessed import Books

SEED = 20261125
EVENTS, PAIRS = 1000, 500


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    books = Books(tmp_path_factory.mktemp("proofs"))
    books.grow(EVENTS - 1)
    assert books.ledger.size() == EVENTS
    return books


@pytest.fixture(scope="module")
def leaves(ledger):
    found = list(read_leaves(ledger.folder))
    assert found == [bytes.fromhex(event.leaf()) for event in ledger.ledger.read()]
    return found


@pytest.fixture(scope="module")
def pairs():
    chance = random.Random(SEED)
    drawn = [sorted((chance.randint(1, EVENTS), chance.randint(1, EVENTS))) for _ in range(PAIRS - 6)]
    return [*drawn, [1, 1], [1, EVENTS], [512, EVENTS], [EVENTS, EVENTS], [999, EVENTS], [511, 512]]


def ranges(leaves):
    """The tree of each size."""
    tree, found = Range(), [Range()]
    for leaf in leaves:
        tree.push(leaf)
        found.append(Range(tree.size, tree.peaks))
    return found


def test_five_hundred_consistency_proofs_hold_and_nothing_else_does(leaves, pairs):
    chance, trees = random.Random(SEED + 1), ranges(leaves)
    refused = 0
    for old, size in pairs:
        before, root = trees[old].root(), trees[size].root()
        proof, grown = grow(trees[old], iter(leaves[old:size]), size - old)
        assert proof == consistency_proof(leaves[:size], old)
        assert (grown.size, grown.peaks) == (size, trees[size].peaks)
        assert verify_consistency(old, before, size, root, proof)
        other = trees[chance.choice([n for n in (1, 77, 500, 998) if n not in (old, size)])].root()
        wrong = [(old, other, size, root, proof), (old, before, size, other, proof), (old, before, size, root, [*proof, other])]
        wrong += [(old, before, size, root, proof[:n]) for n in range(len(proof))]
        wrong += [(old, before, size, root, proof[:n] + proof[n + 1 :]) for n in range(len(proof))]
        wrong += [(old, before, size, root, [*proof[:n], other, *proof[n + 1 :]]) for n in range(len(proof))]
        swapped = [[*proof[:n], proof[n + 1], proof[n], *proof[n + 2 :]] for n in range(len(proof) - 1)]
        wrong += [(old, before, size, root, part) for part in [*swapped, proof[::-1]] if part != proof]
        if old != size:
            wrong += [(old - 1, before, size, root, proof), (old + 1, before, size, root, proof), (size, root, old, before, proof)]
        for case in wrong:
            assert not verify_consistency(*case), case[:3]
        refused += len(wrong)
    assert refused > 10 * PAIRS


def test_a_proof_to_one_size_proves_nothing_about_another(leaves, pairs):
    """The path alone does not bind the size (RFC 9162 has the same): a root signed with a false size fits no ledger, see test_verify_witness."""
    trees = ranges(leaves)
    for old, size in pairs:
        proof = consistency_proof(leaves[:size], old)
        for other in {size - 1, size + 1, old, EVENTS} - {size}:
            if old <= other <= EVENTS:
                assert not verify_consistency(old, trees[old].root(), other, trees[other].root(), proof)


def test_an_independent_implementation_says_the_same(leaves, pairs, ledger):
    theirs = InmemoryTree(algorithm="sha256")
    theirs.append_entries([event.encoded() for event in ledger.ledger.read()])
    trees = ranges(leaves)
    for old, size in pairs[::5]:
        assert theirs.get_root(old) == trees[old].root()
        assert theirs.get_root(size) == trees[size].root()
        theirs.prove_consistency(old, size).verify(trees[old].root(), trees[size].root())
        path = theirs.prove_inclusion(old, size).path
        ours = inclusion_proof(leaves[:size], old - 1)
        assert sorted(path) == sorted([*ours, leaves[old - 1]])
        assert verify_inclusion(leaves[old - 1], old - 1, size, ours, trees[size].root())


def test_growing_from_nothing_needs_no_proof_and_what_is_missing_is_said(leaves):
    assert grow(Range(), iter(leaves), EVENTS)[0] == []
    assert grow(Range(), iter(leaves), EVENTS)[1].root() == tree_hash(leaves)
    with pytest.raises(ValueError, match="1 leaves are missing"):
        grow(ranges(leaves)[10], iter(leaves[10:20]), 11)


def test_a_proof_over_many_leaves_needs_memory_for_none_of_them():
    old = Range()
    for n in range(3):
        old.push(leaf_hash(bytes([n])))
    tracemalloc.start()
    try:
        proof, grown = grow(old, (leaf_hash(n.to_bytes(4, "big")) for n in range(30_000)), 30_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert grown.size == 30_003
    assert verify_consistency(3, old.root(), grown.size, grown.root(), proof)
    assert peak < 64 << 10  # the leaves alone would be a million bytes
