"""The Merkle tree of RFC 6962 section 2.1 (the same in RFC 9162 section 2.1), over SHA-256.

Hashes are 32 bytes. A leaf is SHA-256(0x00 || data), a node SHA-256(0x01 || left || right); a tree of n leaves splits at the largest power
of two below n; the empty tree is SHA-256 of nothing. `Range` takes leaves one by one and needs log2(n) hashes of memory, and so does
`grow`, which proves that the tree it ends with begins with the one it began with; the other proofs need the leaves themselves.
Verification follows RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf with these bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Range:
    """The tree over the first `size` leaves, as the roots of its full subtrees, largest first (a compact range)."""

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if len(peaks) != size.bit_count():
            raise ValueError(f"{size} leaves have {size.bit_count()} full subtrees, not {len(peaks)}")
        self.size = size
        self.peaks = list(peaks)

    def push(self, leaf: bytes) -> None:
        """Take one more leaf hash."""
        size, node = self.size, leaf
        while size & 1:
            node = node_hash(self.peaks.pop(), node)
            size >>= 1
        self.peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The tree hash."""
        if not self.peaks:
            return EMPTY
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = node_hash(peak, node)
        return node


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    """The tree hash over leaf hashes, MTH of section 2.1."""
    tree = Range()
    for leaf in leaves:
        tree.push(leaf)
    return tree.root()


def _split(size: int) -> int:
    """The largest power of two below `size` (which is at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """PATH(index, leaves): what is needed to reach the root from leaf `index` (from 0).

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} among {len(leaves)}")
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*inclusion_proof(leaves[:k], index), tree_hash(leaves[k:])]
    return [*inclusion_proof(leaves[k:], index - k), tree_hash(leaves[:k])]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows that `leaf` stands at `index` (from 0) of the tree of `size` leaves with `root`."""
    if not 0 <= index < size:
        return False
    fn, sn, node = index, size - 1, leaf
    for part in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            node = node_hash(part, node)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = node_hash(node, part)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and node == root


def consistency_proof(leaves: Sequence[bytes], old: int) -> list[bytes]:
    """PROOF(old, leaves): what shows that the tree over the first `old` leaves is the beginning of the tree over all.

    Raises:
        IndexError: `old` is not between 1 and the number of leaves.
    """
    if not 1 <= old <= len(leaves):
        raise IndexError(f"no tree of {old} within {len(leaves)} leaves")
    return _subproof(leaves, old, True)


def _subproof(leaves: Sequence[bytes], old: int, known: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if known else [tree_hash(leaves)]
    k = _split(len(leaves))
    if old <= k:
        return [*_subproof(leaves[:k], old, known), tree_hash(leaves[k:])]
    return [*_subproof(leaves[k:], old - k, False), tree_hash(leaves[:k])]


def grow(old: Range, leaves: Iterator[bytes], count: int) -> tuple[list[bytes], Range]:
    """PROOF from the tree `old` to the one with `count` more leaves, and that tree; log2 of its size in memory.

    All a consistency proof holds are full subtrees of the old tree and subtrees of new leaves, the latter from left to right: so the new
    leaves are read once, and the old ones not at all.

    Args:
        old: a tree of at least one leaf, or of none, from which the proof is empty. It is left as it is.
        leaves: the leaf hashes that follow it.
        count: how many of them to take.

    Raises:
        ValueError: there are not so many.
    """
    new = Range(old.size, old.peaks)
    if old.size == 0:
        _take(leaves, count, new)
        return [], new
    peaks, start = dict[tuple[int, int], bytes](), 0
    for bit in reversed(range(old.size.bit_length())):
        if old.size >> bit & 1:
            peaks[start, 1 << bit] = old.peaks[len(peaks)]
            start += 1 << bit

    def prove(start: int, size: int, known: bool) -> list[bytes]:
        if start + size == old.size:
            return [] if known else [peaks[start, size]]
        k = _split(size)
        if old.size - start <= k:
            left = prove(start, k, known)
            return [*left, _take(leaves, size - k, new)]
        return [*prove(start + k, size - k, False), peaks[start, k]]

    return prove(0, old.size + count, True), new


def _take(leaves: Iterator[bytes], count: int, new: Range) -> bytes:
    """The root over the next `count` leaves, which `new` takes too."""
    tree = Range()
    for leaf in islice(leaves, count):
        tree.push(leaf)
        new.push(leaf)
    if tree.size < count:
        raise ValueError(f"{count - tree.size} leaves are missing")
    return tree.root()


def verify_consistency(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the tree of `old` leaves with `old_root` is the beginning of the tree of `size` leaves with `root`."""
    if not 1 <= old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    fn, sn = old - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    before = after = path[0]
    for part in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            before, after = node_hash(part, before), node_hash(part, after)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            after = node_hash(after, part)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and before == old_root and after == root
