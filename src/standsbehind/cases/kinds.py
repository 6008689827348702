"""Kinds: the entities and links of a snapshot that are of some type, found in its columns."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.reader import Reader
from standsbehind.model.edge import Edge

__all__ = ["entities_of", "links_of"]


def entities_of(
    reader: Reader,
    is_meant: Callable[[str], bool],
    among: NDArray[np.bool_] | None = None,
) -> Iterator[tuple[str, str]]:
    """Give id and schema of the entities whose schema is meant, in the order of the nodes.

    `among` has shape (n,): only nodes for which it holds are looked at.
    """
    codes = [code for code, name in enumerate(reader.schemata) if is_meant(name)]
    fits = np.isin(reader.schema_codes, codes)
    for node in np.flatnonzero(fits if among is None else fits & among).tolist():
        yield reader.ids[node], reader.schemata[reader.schema_codes[node]]


def links_of(
    reader: Reader, is_meant: Callable[[str, str], bool], also: Iterator[str]
) -> dict[str, Edge]:
    """Read the links whose schema and role are meant, and some more by their ids."""
    links = reader.links
    kinds = [
        n for n, (schema, role) in enumerate(links.kinds) if is_meant(schema, role)
    ]
    numbers = np.flatnonzero(np.isin(links.kind, kinds)).tolist()
    numbers.extend(n for key in also for n in reader.edge_numbers(key))
    return reader.edges_at(numbers)
