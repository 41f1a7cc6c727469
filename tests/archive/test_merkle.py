"""Our Merkle tree against the standard's published values and an independent implementation (pymerkle)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from archive.merkle import (
    EMPTY,
    Range,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    tree_hash,
    verify_consistency,
    verify_inclusion,
)

# The test data of the Certificate Transparency log (google/certificate-transparency, merkle_tree_test.cc).
DATA = [bytes.fromhex(t) for t in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(bytes([n])) for n in range(70)]
ENTRIES = st.lists(st.binary(max_size=40), min_size=1, max_size=40)


def test_the_published_roots_are_ours():
    assert EMPTY.hex() == tree_hash([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    leaves = [leaf_hash(data) for data in DATA]
    assert [tree_hash(leaves[:n]).hex() for n in range(1, 9)] == ROOTS


def test_the_standards_example_of_seven_leaves():
    """RFC 6962 section 2.1.3 (RFC 9162 section 2.1.5): its paths and proofs, node by node."""
    d = LEAVES[:7]
    g, h, i, j = node_hash(d[0], d[1]), node_hash(d[2], d[3]), node_hash(d[4], d[5]), d[6]
    k, ll = node_hash(g, h), node_hash(i, j)
    assert inclusion_proof(d, 0) == [d[1], h, ll]
    assert inclusion_proof(d, 3) == [d[2], g, ll]
    assert inclusion_proof(d, 4) == [d[5], j, k]
    assert inclusion_proof(d, 6) == [i, k]
    assert consistency_proof(d, 3) == [d[2], d[3], g, ll]
    assert consistency_proof(d, 4) == [ll]
    assert consistency_proof(d, 6) == [i, j, k]


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.data())
def test_an_independent_implementation_agrees(entries, data):
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries(entries)
    leaves = [leaf_hash(entry) for entry in entries]
    old = data.draw(st.integers(1, len(entries)))
    assert tree.get_root(old) == tree_hash(leaves[:old])
    theirs = tree.prove_inclusion(old, len(entries))
    assert sorted(theirs.path) == sorted([*inclusion_proof(leaves, old - 1), leaves[old - 1]])
    both = tree.prove_consistency(old, len(entries))
    both.verify(tree_hash(leaves[:old]), tree_hash(leaves))
    assert verify_consistency(old, tree.get_root(old), len(entries), tree.get_root(), consistency_proof(leaves, old))


@given(st.integers(0, 69))
def test_a_range_taken_up_again_is_the_same_range(size):
    one = Range()
    for leaf in LEAVES[:size]:
        one.push(leaf)
    two = Range(one.size, list(one.peaks))
    for leaf in LEAVES[size:]:
        one.push(leaf)
        two.push(leaf)
    assert one.root() == two.root() == tree_hash(LEAVES)


def test_a_range_of_the_wrong_number_of_peaks_is_refused():
    with pytest.raises(ValueError, match="3 leaves"):
        Range(3, [LEAVES[0]])


def test_every_leaf_is_proved_and_nothing_else():
    for size in range(1, 34):
        leaves, root = LEAVES[:size], tree_hash(LEAVES[:size])
        for index in range(size):
            proof = inclusion_proof(leaves, index)
            assert verify_inclusion(leaves[index], index, size, proof, root)
            assert not verify_inclusion(LEAVES[40], index, size, proof, root)
            assert not verify_inclusion(leaves[index], index, size, [*proof, LEAVES[41]], root)
            assert not verify_inclusion(leaves[index], index, size, proof, LEAVES[42])
            assert not verify_inclusion(leaves[index], size, size, proof, root)
            if proof:
                assert not verify_inclusion(leaves[index], index, size, proof[:-1], root)


def test_every_beginning_is_proved_and_nothing_else():
    for size in range(1, 34):
        root = tree_hash(LEAVES[:size])
        for old in range(1, size + 1):
            before, proof = tree_hash(LEAVES[:old]), consistency_proof(LEAVES[:size], old)
            assert verify_consistency(old, before, size, root, proof)
            assert not verify_consistency(old, LEAVES[40], size, root, proof)
            assert not verify_consistency(old, before, size, LEAVES[41], proof)
            assert not verify_consistency(old, before, size, root, [*proof, LEAVES[42]])
            if proof:
                assert not verify_consistency(old, before, size, root, proof[:-1])
                assert not verify_consistency(old, before, size, root, [LEAVES[43], *proof[1:]])


def test_there_is_no_proof_of_what_is_not_there():
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES[:4], 4)
    for old in (0, 5):
        with pytest.raises(IndexError):
            consistency_proof(LEAVES[:4], old)
    assert not verify_consistency(0, EMPTY, 4, tree_hash(LEAVES[:4]), [])
