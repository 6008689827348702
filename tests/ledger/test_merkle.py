"""The tree over the ledger: any line is provable, and no line can be swapped unseen."""

import pyarrow as pa
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.ledger.leaves import (
    LEAF_FIELDS,
    canonical,
    leaf_hashes,
    prove_lines,
    tree_over,
)
from standsbehind.ledger.merkle import (
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    root_of,
)
from standsbehind.ledger.rows import CHANGES

# The eight leaves and the root that the Certificate Transparency project tests with.
CT_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def hashes(count):
    return [leaf_hash(str(n).encode()) for n in range(count)]


def test_the_root_is_that_of_certificate_transparency():
    assert root_of([leaf_hash(leaf) for leaf in CT_LEAVES]).hex() == CT_ROOT


def test_the_root_of_nothing_is_the_digest_of_nothing():
    assert root_of([]).hex().startswith("e3b0c44298fc1c14")


@pytest.mark.parametrize("size", range(1, 40))
def test_every_leaf_of_every_small_tree_is_provable_and_only_in_its_place(size):
    leaves = hashes(size)
    root = root_of(leaves)
    for index, leaf in enumerate(leaves):
        proof = inclusion_proof(index, leaves)
        assert is_included(leaf, index, size, proof, root)
        assert not is_included(leaf_hash(b"other"), index, size, proof, root)
        assert not is_included(leaf, (index + 1) % size, size, proof, root) or size == 1


@pytest.mark.parametrize("size", range(1, 40))
def test_every_tree_begins_with_every_smaller_one(size):
    leaves = hashes(size)
    root = root_of(leaves)
    for old in range(1, size + 1):
        proof = consistency_proof(old, leaves)
        assert is_consistent(old, root_of(leaves[:old]), size, root, proof)
        assert not is_consistent(old, leaf_hash(b"x"), size, root, proof)


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 700, 1024])
def test_the_kept_blocks_have_the_same_root(size):
    assert tree_over(hashes(size)).root == root_of(hashes(size))


@pytest.mark.parametrize("size", [1, 256, 257, 700])
def test_lines_of_any_blocks_are_proven_at_once(size):
    row = dict.fromkeys(LEAF_FIELDS) | {"external": False, "citations": []}
    rows = [row | {"value": f"{n}\x01" * (n % 3)} for n in range(size)]
    changes = pa.Table.from_pylist(rows, schema=CHANGES)
    leaves = leaf_hashes(changes)
    tree = tree_over(leaves)
    places = sorted({0, size // 2, 255 % size, 256 % size, size - 1})
    proofs = prove_lines(changes, tree, reversed(places))
    assert list(proofs) == places
    for place, proof in proofs.items():
        assert is_included(leaves[place], place, size, proof, tree.root)


TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(TEXTS, TEXTS, st.booleans()), min_size=1, max_size=4))
def test_the_engine_hashes_what_the_standard_for_canonical_json_writes(given_rows):
    rows = [
        dict.fromkeys(LEAF_FIELDS)
        | {"value": value or "", "lang": lang, "external": flag, "citations": ["c"]}
        for value, lang, flag in given_rows
    ]
    wanted = [rfc8785.dumps(row) for row in rows]
    assert [canonical(row) for row in rows] == wanted
    found = leaf_hashes(pa.Table.from_pylist(rows, schema=CHANGES))
    assert found == [leaf_hash(text) for text in wanted]
