"""Brief: a few properties of many entities, read by column and not claim by claim."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from standsbehind.graph.reader import Reader, designation_of
from standsbehind.model.citation import Citation
from standsbehind.model.designation import Designation
from standsbehind.model.entity import Entity

__all__ = ["brief_designations", "stated_in"]

_Days = tuple[str | None, str | None]
"""On which a citation was published and retrieved."""
_OF_A_LISTING = ("programId", "program", "startDate", "endDate", "status")


def stated_in(
    reader: Reader, nodes: Collection[int], props: Sequence[str]
) -> dict[int, dict[str, tuple[str, ...]]]:
    """Return what is stated of each node in some properties, as a fold of its claims has it."""
    told = reader.snapshot.table("claims", columns=["prop", "value"])
    fits = pc.is_in(told["prop"], value_set=pa.array(props))
    places = np.flatnonzero(fits.to_numpy(zero_copy_only=False))
    about, places = _of(reader, places, nodes)
    found: dict[int, dict[str, dict[str, None]]] = {node: {} for node in nodes}
    rows = told.take(pa.array(places)).to_pydict()
    for node, prop, value in zip(about, rows["prop"], rows["value"], strict=True):
        found[node].setdefault(prop, {})[value] = None
    return {
        node: {prop: tuple(values) for prop, values in of.items()}
        for node, of in found.items()
    }


def brief_designations(
    reader: Reader, ids: Iterable[str]
) -> dict[str, tuple[Designation, ...]]:
    """Return the designations of many entities by program, days and status alone.

    Their citations have days and nothing else; they are not read where a first day is stated.
    """
    of = {key: reader.sanction_nodes(key) for key in ids}
    nodes = [node for found in of.values() for node in found]
    stated = stated_in(reader, nodes, _OF_A_LISTING)
    cited = _cited(reader, [n for n in nodes if "startDate" not in stated[n]])

    def brief(node: int, key: str) -> Designation:
        told = MappingProxyType(stated[node])
        sanction = Entity(reader.ids[node], "Sanction", told, ())
        return designation_of(sanction, key, cited.get(node, ()))

    return {key: tuple(brief(n, key) for n in found) for key, found in of.items()}


def _cited(reader: Reader, nodes: Collection[int]) -> dict[int, tuple[Citation, ...]]:
    """Return of each node the citations of its claims, each pair of days once."""
    claims = reader.snapshot.table("claims", columns=["citations"])
    about, places = _of(reader, np.arange(claims.num_rows), nodes)
    named = claims["citations"].take(pa.array(places)).to_pylist()
    days = _days(reader)
    found: dict[int, dict[_Days, None]] = {node: {} for node in nodes}
    for node, keys in zip(about, named, strict=True):
        found[node] |= dict.fromkeys([days[key] for key in keys])
    return {node: tuple(_dated(*one) for one in of) for node, of in found.items()}


def _days(reader: Reader) -> Mapping[str, _Days]:
    columns = ["id", "published", "retrieved"]
    rows = reader.snapshot.table("citations", columns=columns).to_pydict()
    pairs = zip(rows["published"], rows["retrieved"], strict=True)
    return dict(zip(rows["id"], pairs, strict=True))


@lru_cache(maxsize=10_000)
def _dated(published: str | None, retrieved: str | None) -> Citation:
    return Citation("", "", "", "", "", published=published, retrieved=retrieved)


def _of(
    reader: Reader, places: NDArray[np.int64], nodes: Collection[int]
) -> tuple[Sequence[int], NDArray[np.int64]]:
    """Keep of the rows of claims those about some nodes, with the node of each."""
    starts = reader.snapshot.arrays("claims")["starts"]
    about: NDArray[Any] = np.searchsorted(starts, places, side="right") - 1
    is_meant = np.isin(about, np.fromiter(nodes, np.int64, len(nodes)))
    return about[is_meant].tolist(), places[is_meant]
