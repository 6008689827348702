"""Telling links: of several links between the same two, the one that a path shows."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.links import Links
from standsbehind.tracing.filters import count_origins
from standsbehind.tracing.network import Network, Steps

__all__ = ["shown"]

_VOICE = 32
"""A strength as one number: the voice above the count of origins."""
_KNOWN = 40
"""Above both: whether it is known what the link is."""


def shown(network: Network, steps: Steps) -> tuple[Steps, NDArray[np.int64]]:
    """Give each pair of nodes once, with its most telling link and the strength of that.

    A link of a known kind comes before an `UnknownLink` ("ended"), then by voice, by count
    of origins and by its number, which follows its id: the order of `paths`. A strength has
    no meaning but its order, which is that of `Edge.strength`.
    """
    numbers = network.numbers(steps)
    telling = _telling(network.links, numbers)
    order = np.lexsort((numbers, -telling, steps.there, steps.here))
    here, there = steps.here[order], steps.there[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (here[1:] != here[:-1]) | (there[1:] != there[:-1])
    strength = telling[order[first]] & ((1 << _KNOWN) - 1)
    return Steps(here[first], there[first], steps.places[order[first]]), strength


def _telling(links: Links, numbers: NDArray[Any]) -> NDArray[np.int64]:
    known = np.array([schema != "UnknownLink" for schema, _ in links.kinds], np.int64)
    telling: NDArray[np.int64] = known[links.kind[numbers]] << _KNOWN
    telling += links.voice[numbers].astype(np.int64) << _VOICE
    return telling + count_origins(links, numbers)
