"""Edge rows: what an edge is in words, put together from its columns when it is asked for."""

from collections.abc import Mapping, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.links import ALWAYS, NEVER, Links
from standsbehind.graph.nodes import Ids

__all__ = ["EdgeRows"]


class EdgeRows(Sequence[Mapping[str, Any]]):
    """Id, schema, role, ends and dates of every edge, in the order of its numbers.

    The dates are the first day on which it may hold and the first on which it cannot any
    more; None where they are not stated.
    """

    def __init__(self, links: Links, nodes: NDArray[np.int32], ids: Ids) -> None:
        self._links = links
        self._nodes = nodes
        self._ids = ids

    @overload
    def __getitem__(self, number: int) -> Mapping[str, Any]: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Mapping[str, Any]]: ...

    def __getitem__(
        self, number: int | slice
    ) -> Mapping[str, Any] | Sequence[Mapping[str, Any]]:
        """Put one edge into words, or a row of them."""
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        links, ids = self._links, self._ids
        schema, role = links.kinds[links.kind[number]]
        return {
            "edge": ids[self._nodes[number]],
            "schema": schema,
            "role": role,
            "start": _day(links.start[number]),
            "end": _day(links.end[number]),
            "source": ids[links.source[number]],
            "target": ids[links.target[number]],
        }

    def __len__(self) -> int:
        """Count the edges."""
        return len(self._links)


def _day(number: np.int32) -> str | None:
    return None if number in {ALWAYS, NEVER} else str(np.datetime64(int(number), "D"))
