"""The Merkle tree of RFC 6962: one root for many leaves, and short proofs against it."""

from collections.abc import Sequence
from hashlib import sha256

__all__ = [
    "consistency_proof",
    "inclusion_proof",
    "is_consistent",
    "is_included",
    "leaf_hash",
    "root_of",
]

EMPTY = sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """Hash one leaf: SHA-256 of a zero byte and the content (RFC 6962, section 2.1)."""
    return sha256(b"\x00" + content).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def fold_level(level: Sequence[bytes]) -> list[bytes]:
    """Hash neighbours into the level above; a last one without a neighbour moves up as it is.

    This gives the tree of RFC 6962, which splits at the largest power of two.
    """
    pairs = len(level) // 2
    above = [
        sha256(b"\x01" + left + right).digest()
        for left, right in zip(
            level[0 : 2 * pairs : 2], level[1 : 2 * pairs : 2], strict=True
        )
    ]
    above.extend(level[2 * pairs :])
    return above


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes; that of no leaf is the SHA-256 of nothing."""
    if not leaves:
        return EMPTY
    level = list(leaves)
    while len(level) > 1:
        level = fold_level(level)
    return level[0]


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the hashes that lead from the leaf of that index (from 0) to the root."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    proof = []
    level = list(leaves)
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            proof.append(level[beside])
        level, index = fold_level(level), index // 2
    return proof


def is_included(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Check an inclusion proof (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = _node(beside, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = _node(found, beside)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


def consistency_proof(size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the hashes that show the first `size` leaves to begin the present tree."""
    if not 0 < size <= len(leaves):
        raise IndexError(size)
    return _subproof(size, leaves, whole=True)


def _subproof(size: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if size == len(leaves):
        return [] if whole else [root_of(leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if size <= split:
        return [
            *_subproof(size, leaves[:split], whole=whole),
            root_of(leaves[split:]),
        ]
    rest = _subproof(size - split, leaves[split:], whole=False)
    return [*rest, root_of(leaves[:split])]


def is_consistent(
    old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Check that the tree of `size` leaves begins with that of `old_size` (RFC 9162, 2.1.4.2)."""
    if old_size == size:
        return size > 0 and not proof and old_root == root
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)  # the old tree is a whole branch of the new one
    if not 0 < old_size < size or not path:
        return False
    here, last = old_size - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    return _climbed(here, last, path) == (old_root, root)


def _climbed(here: int, last: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Fold a consistency proof into the roots of the old and the new tree."""
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return b"", b""
        if here & 1 or here == last:
            old, new = _node(beside, old), _node(beside, new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            new = _node(new, beside)
        here, last = here >> 1, last >> 1
    return (old, new) if last == 0 else (b"", b"")
