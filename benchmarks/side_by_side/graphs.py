"""Synthetic graphs: links between made-up firms, laid out as a snapshot lays them out.

Two shapes. `power_law`: few firms with very many links, ownership without circles but for a
few cross-holdings. `register`: many small groups of firms, as a register of legal entities
has them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standsbehind.graph.links import ALWAYS, NEVER, Links

__all__ = ["KINDS", "SHAPES", "Drawn", "power_law", "register"]

KINDS = (
    ("Ownership", "owns"),
    ("Supply", "supplied"),
    ("ContractAward", "won"),
    ("Directorship", "director of"),
    ("Membership", "member of"),
    ("Funding", "funded"),
    ("Control", "controls"),
    ("Rebrand", "made for"),
    ("Succession", "became"),
    ("UnknownLink", "deployed at"),
)
OWNERSHIP = 0.4
"""The share of links that are ownership; the rest is of the other kinds, Supply foremost."""
CROSS = 0.0005
"""The share of links by which a firm holds one that stands above it."""
OTHERS = (0.6, 0.12, 0.08, 0.06, 0.04, 0.03, 0.02, 0.02, 0.03)
"""How often each of `KINDS` but the first comes among the links that are not ownership."""
STEEP = 3.0
"""How steeply links fall off: the share of links that the first x of the firms have is x^(1/3)."""
VOICES = (0.02, 0.01, 0.01, 0.01, 0.05, 0.2, 0.1, 0.6)
"""How often each of `model.edge.VOICES` comes."""
GROUPS = 200
"""Origin groups; the first of them have most of the links."""
FIRST_DAY, LAST_DAY = 9_131, 20_800
"""1995 to 2026, in days since 1970-01-01."""
LARGEST = 3_000
"""The firms of the largest group of a register."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A graph that was drawn: its nodes, its links, and the shares of those that are ownership."""

    nodes: int
    links: Links
    least: NDArray[np.float32]
    """Shape (m,): the least share of the target that the source holds, 0 to 1; NaN: not stated."""
    most: NDArray[np.float32]
    """Shape (m,): the greatest; of an exact share the same as the least."""


def power_law(nodes: int, edges: int, seed: int = 1) -> Drawn:
    """Draw a graph in which few firms have very many links.

    Ownership runs from earlier to later firms, so it has no circles but those that the
    cross-holdings close; all shares in one firm come to at most 1.
    """
    dice = np.random.default_rng(seed)
    # The order in which firms own each other is not that of their numbers.
    place = dice.permutation(nodes).astype(np.int32)
    owned, crossed = int(edges * OWNERSHIP), int(edges * CROSS)
    asset = dice.integers(1, nodes, owned + crossed, dtype=np.int32)
    drawn = (asset * dice.random(len(asset), np.float32) ** STEEP).astype(np.int32)
    owner = np.minimum(drawn, asset - 1)
    asset[owned:], owner[owned:] = owner[owned:], asset[owned:].copy()
    others = edges - owned - crossed
    source = np.concatenate((owner, _often_first(dice, nodes, others)))
    target = np.concatenate((asset, dice.integers(0, nodes, others, dtype=np.int32)))
    # Half of what is bought is bought from many, half by few: both ends have their hubs.
    turned = owned + crossed + np.flatnonzero(dice.random(others, np.float32) < 0.5)
    source[turned], target[turned] = target[turned], source[turned]
    kind = np.zeros(edges, np.uint16)
    kind[len(asset) :] = _chosen(dice, OTHERS, others) + 1
    least, most = _shares(dice, nodes, asset, edges)
    shuffled = dice.permutation(edges)
    links = _described(
        dice, place[source[shuffled]], place[target[shuffled]], kind[shuffled]
    )
    return Drawn(nodes, links, least[shuffled], most[shuffled])


def register(nodes: int, edges: int, seed: int = 1) -> Drawn:
    """Draw a graph of many small groups: each firm has a direct and an ultimate parent.

    An ultimate parent that is the direct one too has one link. No shares are stated. There
    are about 1.4 links for each node at most; the firms that are left over stand alone.
    """
    dice = np.random.default_rng(seed)
    sizes = np.minimum(dice.zipf(2.0, nodes), LARGEST)
    head = np.repeat(np.cumsum(sizes) - sizes, sizes)[:nodes].astype(np.int32)
    within = np.arange(nodes, dtype=np.int32) - head
    parent = head + (within * dice.random(nodes) ** 2).astype(np.int32)
    child = np.flatnonzero(within).astype(np.int32)
    far = child[parent[child] != head[child]]
    source = np.concatenate((parent[child], head[far]))[:edges]
    target = np.concatenate((child, far))[:edges]
    shuffled = dice.permutation(len(source))
    kind = np.zeros(len(source), np.uint16)
    links = _described(dice, source[shuffled], target[shuffled], kind)
    unknown = np.full(len(source), np.nan, np.float32)
    return Drawn(nodes, links, unknown, unknown)


SHAPES = {"power-law": power_law, "register": register}


def _often_first(
    dice: np.random.Generator, nodes: int, count: int
) -> NDArray[np.int32]:
    return (nodes * dice.random(count) ** STEEP).astype(np.int32)


def _chosen(
    dice: np.random.Generator, shares: tuple[float, ...], count: int
) -> NDArray[np.uint8]:
    bounds = np.cumsum(shares).astype(np.float32)
    drawn = np.searchsorted(bounds, dice.random(count, np.float32), "right")
    return np.minimum(drawn, len(shares) - 1).astype(np.uint8)


def _shares(
    dice: np.random.Generator, nodes: int, asset: NDArray[np.int32], edges: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Divide each asset among its owners; a fifth of the shares is known as a quarter only."""
    # One in a few million is drawn as nothing at all, which is no share.
    parts = np.maximum(dice.standard_exponential(len(asset), np.float32), 1e-9)
    held = np.where(dice.random(nodes) < 0.5, 1.0, dice.random(nodes))
    whole = np.bincount(asset, weights=parts, minlength=nodes)
    exact = (held[asset] * parts / whole[asset]).astype(np.float32)
    least = np.full(edges, np.nan, np.float32)
    most = least.copy()
    least[: len(asset)] = most[: len(asset)] = exact
    banded = np.flatnonzero(dice.random(len(asset), np.float32) < 0.2)
    quarter = np.floor(np.minimum(exact[banded], 0.999) * 4) / 4
    least[banded], most[banded] = quarter, quarter + 0.25
    return least, most


def _described(
    dice: np.random.Generator,
    source: NDArray[np.int32],
    target: NDArray[np.int32],
    kind: NDArray[np.uint16],
) -> Links:
    """Give links their dates, voices and origins."""
    count = len(source)
    start = dice.integers(FIRST_DAY, LAST_DAY, count, dtype=np.int32)
    end = start + dice.integers(30, 7_000, count, dtype=np.int32)
    dated = dice.random(count, np.float32)
    start[dated < 0.3] = ALWAYS
    end[dated < 0.8] = NEVER
    origins = 1 + _chosen(dice, (0.9, 0.08, 0.02), count).astype(np.int64)
    origin_starts = np.concatenate(([0], np.cumsum(origins)))
    first = (GROUPS * dice.random(count, np.float32) ** STEEP).astype(np.int32)
    # The origins of one link are different ones: that of the first, and those after it.
    nth = np.arange(origin_starts[-1]) - np.repeat(origin_starts[:-1], origins)
    groups = (np.repeat(first, origins) + nth) % GROUPS
    return Links(
        source=source,
        target=target,
        kind=kind,
        kinds=KINDS,
        start=start,
        end=end,
        voice=_chosen(dice, VOICES, count),
        origin_starts=origin_starts,
        origins=groups.astype(np.int32),
    )
