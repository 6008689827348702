"""Proofs: lines of the ledger as files that a stranger can hold against a checkpoint."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from operator import itemgetter
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from standsbehind.errors import SourceError
from standsbehind.ledger.keys import Keyring
from standsbehind.ledger.leaves import LEAF_FIELDS, Tree, prove_lines
from standsbehind.ledger.ledger import ENTRY, Entry, Ledger
from standsbehind.ledger.merkle import inclusion_proof
from standsbehind.ledger.rows import citation_of
from standsbehind.model.citation import Citation

__all__ = [
    "Line",
    "as_json",
    "cited_by",
    "key_files",
    "parts_of_citations",
    "prove_entries",
    "proven",
    "texts",
]

Line = Mapping[str, Any]
"""A row of `Ledger.live`."""


def proven(used: Mapping[int, Entry], lines: Iterable[Line]) -> bytes:
    """Write each line with its proof in the tree over its entry, as JSON lines.

    Raises SourceError where an entry has no tree.
    """
    by_entry: dict[int, dict[str, Line]] = {}
    for line in lines:
        by_entry.setdefault(line["seq"], {})[line["id"]] = line
    out = []
    for seq, wanted in sorted(by_entry.items()):
        changes, tree = _tree_of(used[seq])
        numbers = {key: n for n, key in enumerate(changes["id"].to_pylist())}
        proofs = prove_lines(changes, tree, (numbers[key] for key in wanted))
        for key, line in sorted(wanted.items()):
            leaf = {name: line[name] for name in LEAF_FIELDS}
            index = numbers[key]
            proof = [found.hex() for found in proofs[index]]
            out.append({"leaf": leaf, "entry": seq, "index": index, "proof": proof})
    return b"".join(orjson.dumps(line) + b"\n" for line in out)


def _tree_of(entry: Entry) -> tuple[pa.Table, Tree]:
    if "leaves" not in entry.record:
        message = (
            f"{entry.folder}: written by a version that kept no proofs; pull its "
            "source again into a new data folder"
        )
        raise SourceError(message)
    return entry.table("claims"), entry.tree()


def prove_entries(
    used: Mapping[int, Entry], leaves: Sequence[bytes]
) -> dict[str, bytes]:
    """Give the records of entries as files, and `entries.json`: their proofs in the ledger.

    `leaves` are the leaf hashes of all entries of the ledger, in order.
    """
    places = [
        {
            "file": _file_of(entry),
            "index": seq - 1,
            "proof": [found.hex() for found in inclusion_proof(seq - 1, leaves)],
        }
        for seq, entry in used.items()
    ]
    records = {_file_of(e): (e.folder / ENTRY).read_bytes() for e in used.values()}
    return {"entries.json": as_json(places), **records}


def _file_of(entry: Entry) -> str:
    return f"entries/{entry.seq:06d}.json"


def cited_by(ledger: Ledger, lines: Iterable[Line]) -> dict[str, Citation]:
    """Return the citations that lines name, by id."""
    wanted = {key for line in lines for key in line["citations"]}
    rows = ledger.citations()
    found = rows.filter(pc.is_in(rows["id"], value_set=texts(wanted))).to_pylist()
    found.sort(key=itemgetter("id"))
    return {row["id"]: citation_of(row) for row in found}


def parts_of_citations(cited: Mapping[str, Citation]) -> bytes:
    """Write citations by id, each as the list of fields that its id is the digest of."""
    return as_json(
        {
            key: [getattr(citation, field.name) or "" for field in fields(Citation)]
            for key, citation in cited.items()
        }
    )


def key_files(keyring: Keyring) -> dict[str, bytes]:
    """Give the public keys, and the records by which each hands over to the next."""
    keys = "".join(f"{key.text}\n" for key in keyring.verifiers())
    rotations = enumerate(keyring.rotations(), start=2)
    return {
        "keys.txt": keys.encode(),
        **{f"{number:04d}.rotation": record for number, record in rotations},
    }


def texts(ids: Iterable[str]) -> pa.Array:
    """Lay ids out as a column, to look rows up by them."""
    return pa.array(list(ids), pa.string())


def as_json(content: object) -> bytes:
    """Write a file of JSON as it is packed: to be read by people too."""
    return orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n"
