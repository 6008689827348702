"""Notes: what a reader must know of the stakes around an entity, beside the answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.holdings import ODD, WHOLE
from standsbehind.graph.reader import Reader
from standsbehind.tracing.stakes import Stakes
from standsbehind.tracing.stated import percent, stakes_at

__all__ = ["Note", "notes_around"]

MOST_NOTES = 50


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the stakes that a reader must know."""

    entity: str
    kind: Literal[
        "exceeds", "conflict", "parcels", "reversed", "itself", "unread", "more"
    ]
    text: str


def notes_around(
    reader: Reader,
    rows: NDArray[np.int64],
    layers: tuple[Stakes, Stakes],
    node: int,
) -> tuple[Note, ...]:
    """Tell what does not add up, differs, or could not be read, of the stakes in some rows."""
    found = list(islice(_notes(reader, rows, layers, node), MOST_NOTES + 1))
    if len(found) > MOST_NOTES:
        text = f"there is more to note than these {MOST_NOTES} things"
        found[MOST_NOTES] = Note(reader.ids[node], "more", text)
    return tuple(found)


def _notes(
    reader: Reader,
    rows: NDArray[np.int64],
    layers: tuple[Stakes, Stakes],
    node: int,
) -> Iterator[Note]:
    for stakes, what in zip(layers, ("stakes", "voting rights"), strict=True):
        for place in np.flatnonzero(stakes.excess).tolist():
            key = reader.ids[int(stakes.nodes[place])]
            total = percent(WHOLE + int(stakes.excess[place])).normalize()
            said = f"the {what} stated in {reader.caption(key)} add up to {total:f} %"
            yield Note(key, "exceeds", f"{said}: not all of them can be right")
        for row in np.flatnonzero(stakes.conflict | stakes.unclear).tolist():
            owner, asset = (
                reader.ids[int(stakes.nodes[end[row]])]
                for end in (stakes.owner, stakes.asset)
            )
            names = f"{reader.caption(owner)} in {reader.caption(asset)}"
            if stakes.unclear[row]:
                said = "whether the stakes stated are one or parcels that add up, is not said"
                yield Note(asset, "parcels", f"of {names}, {said}")
            else:
                yield Note(asset, "conflict", f"sources differ on the share of {names}")
        for row in np.flatnonzero(stakes.owner == stakes.asset).tolist():
            key = reader.ids[int(stakes.nodes[stakes.owner[row]])]
            yield Note(key, "itself", f"{reader.caption(key)} holds shares in itself")
    holdings = reader.holdings
    for row in rows[(holdings.flags[rows] & ODD) > 0].tolist():
        (stake,) = stakes_at(reader, [row])
        said = f"the share is given as {stake.edge.amount!r}, which is none"
        yield Note(stake.edge.target, "unread", f"{said}; it counts as not stated")
    near = np.unique(
        np.concatenate(
            (holdings.held_in(np.array([node])), holdings.held_by(np.array([node])))
        )
    )
    for row in near[holdings.start[near] >= holdings.end[near]].tolist():
        edge = stakes_at(reader, [row])[0].edge
        names = f"{reader.caption(edge.source)} in {reader.caption(edge.target)}"
        text = f"the stake of {names} ends before it begins: it counts on no day"
        yield Note(edge.target, "reversed", text)
