"""Leaves: each line of an entry as canonical JSON (RFC 8785), and the tree over them."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from standsbehind.engines import local, plans
from standsbehind.ledger.merkle import fold_level, inclusion_proof, leaf_hash, root_of

__all__ = [
    "LEAF_FIELDS",
    "Tree",
    "canonical",
    "leaf_hashes",
    "prove_lines",
    "tree_over",
]

LEAF_FIELDS = (
    "canonical_id",
    "citations",
    "dataset",
    "entity_id",
    "external",
    "first_seen",
    "id",
    "lang",
    "last_seen",
    "op",
    "origin",
    "original_value",
    "prop",
    "prop_type",
    "schema",
    "status",
    "valid_from",
    "valid_to",
    "value",
)
"""In the order of RFC 8785; a citation is named by its id, a digest of all its fields."""

BLOCK = 256
"""Leaves under one kept hash: a proof then re-hashes 256 leaves, not a whole entry."""


def canonical(row: Mapping[str, Any]) -> bytes:
    """Write one line of an entry as canonical JSON.

    The values are text, true, false, null and lists of text, for which orjson writes what
    RFC 8785 asks; a test holds it against a library for that standard.
    """
    return orjson.dumps({name: row[name] for name in LEAF_FIELDS})


def leaf_hashes(changes: pa.Table) -> list[bytes]:
    """Hash every line of an entry, in order."""
    found = local.run(plans.leaves(LEAF_FIELDS), {"changes": changes})
    hashes: list[bytes] = found["hash"].to_pylist()
    # The engine writes control characters with capital hexadecimals; the standard does not.
    for place in np.flatnonzero(found["control"].to_numpy()).tolist():
        (row,) = changes.slice(place, 1).to_pylist()
        hashes[place] = leaf_hash(canonical(row))
    return hashes


class Tree:
    """The tree over one entry, as kept: its size, its root and the hashes of its blocks."""

    __slots__ = ("blocks", "size")

    def __init__(self, size: int, blocks: bytes) -> None:
        self.size = size
        self.blocks = blocks

    @property
    def hashes(self) -> list[bytes]:
        """The hash of each block of 256 leaves; the last may have fewer."""
        return [self.blocks[i : i + 32] for i in range(0, len(self.blocks), 32)]

    @property
    def root(self) -> bytes:
        """The root over all leaves."""
        return root_of(self.hashes)


def tree_over(hashes: list[bytes]) -> Tree:
    """Build the tree and keep the hashes of its blocks."""
    level = hashes
    for _ in range(BLOCK.bit_length() - 1):
        level = fold_level(level)
    return Tree(len(hashes), b"".join(level))


def prove_lines(
    changes: pa.Table, tree: Tree, places: Iterable[int]
) -> dict[int, list[bytes]]:
    """Return the inclusion proofs of lines of an entry in the tree over the entry, by place.

    The leaves of the blocks in which they lie are hashed, all at once.
    """
    wanted = sorted(set(places))
    starts = list(dict.fromkeys(place // BLOCK * BLOCK for place in wanted))
    hashes = iter(
        leaf_hashes(pa.concat_tables(changes.slice(s, BLOCK) for s in starts))
    )
    blocks = {start: list(islice(hashes, BLOCK)) for start in starts}
    above, found = tree.hashes, {}
    for place in wanted:
        number, within = divmod(place, BLOCK)
        inner = inclusion_proof(within, blocks[place - within])
        found[place] = [*inner, *inclusion_proof(number, above)]
    return found
