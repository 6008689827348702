"""Claims: what was stated of an entity, found by its node without reading the rest."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from standsbehind.ledger.rows import citation_of, claim_of
from standsbehind.model.citation import Citation
from standsbehind.model.statement import Claim
from standsbehind.store.rows import Rows

__all__ = ["Citations", "Claims", "keys_of"]

KEPT = 65_536
"""Citations that are kept once they were read."""
_DIGITS = 16
"""Hexadecimal digits of a citation's id that make its key."""


def keys_of(ids: pa.ChunkedArray) -> NDArray[np.uint64]:
    """Return the numbers by which citations are sorted: the first halves of their ids."""
    digits = pc.utf8_slice_codeunits(ids, 0, _DIGITS).combine_chunks()
    text = np.frombuffer(pc.cast(digits, pa.binary(_DIGITS)).buffers()[1], np.uint8)
    values = (text & 15) + 9 * (text >> 6)  # "0" is 0x30 in ASCII, "a" is 0x61
    pairs = (values[0::2] << 4) | values[1::2]
    return pairs.view(">u8").astype(np.uint64)


class Citations(Mapping[str, Citation]):
    """The citations of a snapshot, by id."""

    def __init__(self, rows: Rows, keys: NDArray[np.uint64]) -> None:
        self._rows = rows
        self._keys = keys
        """Shape (c,), sorted: the first half of each id, in the order of the rows."""
        self._kept = lru_cache(maxsize=KEPT)(self._read)

    def _read(self, citation_id: str) -> Citation:
        key = np.uint64(int(citation_id[:_DIGITS], 16))
        place = int(np.searchsorted(self._keys, key))
        while place < len(self._keys) and self._keys[place] == key:
            (row,) = self._rows.between(place, place + 1)
            if row["id"] == citation_id:
                return citation_of(row)
            place += 1
        raise KeyError(citation_id)

    def __getitem__(self, citation_id: str) -> Citation:
        """Read a citation. Raises KeyError for an unknown id."""
        return self._kept(citation_id)

    def __iter__(self) -> Iterator[str]:
        """Give all ids."""
        return (row["id"] for row in self._rows.between(0, len(self)))

    def __len__(self) -> int:
        """Count the citations."""
        return len(self._keys)


class Claims:
    """The claims of a snapshot, those of one entity side by side."""

    def __init__(
        self, rows: Rows, starts: NDArray[np.int64], citations: Citations
    ) -> None:
        self._rows = rows
        self._starts = starts
        """Shape (n + 1,): where the claims about each node begin."""
        self._citations = citations

    def about(self, nodes: Iterable[int]) -> dict[int, tuple[Claim, ...]]:
        """Read all claims about some nodes, those of each in the order of the snapshot."""
        # In the order in which they lie on disk, so that each part is unpacked once.
        bounds = {n: self._starts[n : n + 2].tolist() for n in sorted(nodes)}
        rows = {node: self._rows.between(*found) for node, found in bounds.items()}
        cited = self._cited(chain.from_iterable(rows.values()))
        return {node: _claims(found, cited) for node, found in rows.items()}

    def at(self, places: Iterable[int]) -> tuple[Claim, ...]:
        """Read single claims by their places in the snapshot."""
        rows = self._rows.at(places)
        return _claims(rows, self._cited(rows))

    def _cited(self, rows: Iterable[Mapping[str, Any]]) -> dict[str, Citation]:
        ids = {key for row in rows for key in row["citations"]}
        return {key: self._citations[key] for key in sorted(ids)}


def _claims(
    rows: Iterable[Mapping[str, Any]], cited: Mapping[str, Citation]
) -> tuple[Claim, ...]:
    return tuple(claim_of(row, cited) for row in rows)
