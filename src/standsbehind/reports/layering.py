"""Layering: where the boxes and lines of a diagram stand, from the top down, without overlap.

Boxes are put in layers (longest way from the top), each line takes a place of its own in
every layer that it passes, one of them wide enough for what is said of it, the places of
a layer are ordered so that few lines cross (mean of the neighbours, swept up and down:
Sugiyama, Tagawa and Toda 1981), and each layer is moved as near under its neighbours as
the order allows (least squares by pooling neighbours that would overlap). Nothing is random.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Arc", "Layout", "Place", "Size", "lay_out"]

_GAP = 18
"""Least distance between neighbours of a layer."""
_DROP = 24
"""Distance of a layer from the next."""
_SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Size:
    """How much room something takes."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arc:
    """A line from one box down to another, with the room that its words take."""

    upper: str
    lower: str
    words: Size


@dataclass(frozen=True, slots=True)
class Place:
    """The middle of the upper edge of something, and its size."""

    x: float
    y: float
    size: Size
    floor: float
    """Where its layer ends: down to there a line can run upright."""

    @property
    def bottom(self) -> float:
        """Return where it ends below."""
        return self.y + self.size.height


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of boxes by id, and of each arc those that it passes from top to bottom."""

    size: Size
    boxes: Mapping[str, Place]
    ways: Sequence[tuple[Place, ...]]
    """Of each arc, in the order given; the words stand at the place in `worded`."""
    worded: Sequence[int]


@dataclass(slots=True)
class _Stop:
    """A box, or where an arc passes a layer."""

    size: Size
    layer: int
    is_box: bool = False
    order: float = 0.0
    x: float = 0.0


def lay_out(boxes: Mapping[str, Size], arcs: Sequence[Arc]) -> Layout:
    """Place boxes and arcs. An arc that runs against the others, as in a circle, runs up.

    Both ends of an arc must be boxes, and not the same one.
    """
    heights = _layers(list(boxes), [(arc.upper, arc.lower) for arc in arcs])
    stops = {
        key: _Stop(size, 2 * heights[key], is_box=True) for key, size in boxes.items()
    }
    ways = [_way(arc, stops) for arc in arcs]
    everything = [*stops.values(), *(stop for way in ways for stop in way)]
    links = list(_links(arcs, ways, stops))
    layers = _in_layers(everything)
    _order(layers, links)
    _spread(layers, links)
    return _placed(stops, ways, layers, arcs)


def _layers(boxes: Sequence[str], arcs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Count for each box the boxes above it on the longest way, circles cut."""
    below = _acyclic(boxes, arcs)
    layer = dict.fromkeys(boxes, 0)
    order = _from_the_top(boxes, below)
    for box in order:
        for lower in below[box]:
            layer[lower] = max(layer[lower], layer[box] + 1)
    fed = {lower for found in below.values() for lower in found}
    for box in boxes:  # what nothing stands above comes down to what it holds
        if box not in fed and below[box]:
            layer[box] = min(layer[lower] for lower in below[box]) - 1
    return layer


def _acyclic(
    boxes: Sequence[str], arcs: Sequence[tuple[str, str]]
) -> dict[str, list[str]]:
    """Turn round the arcs that would close a circle."""
    below: dict[str, list[str]] = {box: [] for box in boxes}
    for upper, lower in arcs:
        if _reaches(below, lower, upper):
            upper, lower = lower, upper  # noqa: PLW2901 - it runs up
        if lower not in below[upper]:
            below[upper].append(lower)
    return below


def _reaches(below: Mapping[str, Sequence[str]], start: str, end: str) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        box = waiting.pop()
        if box == end:
            return True
        waiting.extend(lower for lower in below[box] if lower not in seen)
        seen.update(below[box])
    return False


def _from_the_top(
    boxes: Sequence[str], below: Mapping[str, Sequence[str]]
) -> list[str]:
    """Order boxes so that each comes after all above it."""
    above = dict.fromkeys(boxes, 0)
    for found in below.values():
        for lower in found:
            above[lower] += 1
    ready = [box for box in boxes if not above[box]]
    order = []
    while ready:
        box = ready.pop(0)
        order.append(box)
        for lower in below[box]:
            above[lower] -= 1
            if not above[lower]:
                ready.append(lower)
    return order


def _way(arc: Arc, stops: Mapping[str, _Stop]) -> list[_Stop]:
    """Make the stops of an arc in the layers between its boxes, the words in the first."""
    first, last = sorted((stops[arc.upper].layer, stops[arc.lower].layer))
    nothing = Size(0, 0)
    return [
        _Stop(arc.words if layer == first + 1 else nothing, layer)
        for layer in range(first + 1, last)
    ]


def _links(
    arcs: Sequence[Arc], ways: Sequence[Sequence[_Stop]], stops: Mapping[str, _Stop]
) -> Iterator[tuple[_Stop, _Stop]]:
    for arc, way in zip(arcs, ways, strict=True):
        ends = sorted((stops[arc.upper], stops[arc.lower]), key=lambda s: s.layer)
        yield from pairwise([ends[0], *way, ends[1]])


def _in_layers(stops: Sequence[_Stop]) -> list[list[_Stop]]:
    layers: list[list[_Stop]] = [[] for _ in range(max(s.layer for s in stops) + 1)]
    for stop in stops:
        stop.order = len(layers[stop.layer])
        layers[stop.layer].append(stop)
    return layers


def _order(layers: list[list[_Stop]], links: Sequence[tuple[_Stop, _Stop]]) -> None:
    """Order each layer by the mean of its neighbours, and keep the order with least crossings."""
    above, below = _neighbours(links)
    best = (_crossings(links), [list(layer) for layer in layers])
    for sweep in range(_SWEEPS):
        if not best[0]:
            break
        beside = above if sweep % 2 == 0 else below
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            mean = {
                id(s): _mean([o.order for o in beside.get(id(s), ())], s.order)
                for s in layer
            }
            layer.sort(key=lambda s: mean[id(s)])
            for place, stop in enumerate(layer):
                stop.order = place
        crossings = _crossings(links)
        if crossings < best[0]:
            best = (crossings, [list(layer) for layer in layers])
    for layer, kept in zip(layers, best[1], strict=True):
        layer[:] = kept
        for place, stop in enumerate(layer):
            stop.order = place


def _neighbours(
    links: Sequence[tuple[_Stop, _Stop]],
) -> tuple[dict[int, list[_Stop]], dict[int, list[_Stop]]]:
    above: dict[int, list[_Stop]] = {}
    below: dict[int, list[_Stop]] = {}
    for upper, lower in links:
        above.setdefault(id(lower), []).append(upper)
        below.setdefault(id(upper), []).append(lower)
    return above, below


def _crossings(links: Sequence[tuple[_Stop, _Stop]]) -> int:
    between: dict[int, list[tuple[float, float]]] = {}
    for upper, lower in links:
        between.setdefault(upper.layer, []).append((upper.order, lower.order))
    return sum(map(_inversions, between.values()))


def _inversions(ends: list[tuple[float, float]]) -> int:
    """Count the pairs of links of one layer whose upper and lower ends are in opposite order."""
    count, passed = 0, list[float]()
    for _, lower in sorted(ends):
        place = bisect_right(passed, lower)
        count += len(passed) - place
        passed.insert(place, lower)
    return count


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _spread(layers: list[list[_Stop]], links: Sequence[tuple[_Stop, _Stop]]) -> None:
    """Move each layer under its neighbours, as near as its order and sizes allow."""
    above, below = _neighbours(links)
    for layer in layers:
        _settle(layer, [stop.order for stop in layer])
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        beside = above if down else below
        for layer in layers if down else reversed(layers):
            _settle(
                layer,
                [_mean([o.x for o in beside.get(id(s), ())], s.x) for s in layer],
            )


def _settle(layer: Sequence[_Stop], wished: Sequence[float]) -> None:
    """Place a layer in its order, without overlap, nearest to the wishes by least squares."""
    offset, offsets = 0.0, []
    for place, stop in enumerate(layer):
        if place:
            offset += (layer[place - 1].size.width + stop.size.width) / 2 + _GAP
        offsets.append(offset)
    pools: list[tuple[float, int]] = []
    for wish, shift in zip(wished, offsets, strict=True):
        mean, count = wish - shift, 1
        while pools and pools[-1][0] > mean:
            other, size = pools.pop()
            mean = (mean * count + other * size) / (count + size)
            count += size
        pools.append((mean, count))
    starts = [mean for mean, count in pools for _ in range(count)]
    for stop, start, shift in zip(layer, starts, offsets, strict=True):
        stop.x = start + shift


def _placed(
    stops: Mapping[str, _Stop],
    ways: Sequence[Sequence[_Stop]],
    layers: Sequence[Sequence[_Stop]],
    arcs: Sequence[Arc],
) -> Layout:
    left = min(s.x - s.size.width / 2 for layer in layers for s in layer)
    right = max(s.x + s.size.width / 2 for layer in layers for s in layer)
    tops, y = [], 0.0
    for layer in layers:
        tops.append(y)
        y += max((stop.size.height for stop in layer), default=0) + _DROP
    height = y - _DROP

    def at(stop: _Stop) -> Place:
        room = max(other.size.height for other in layers[stop.layer])
        size, y = stop.size, tops[stop.layer]
        if not (stop.is_box or size.height):  # a line passes the layer upright
            size = Size(0, room)
        elif not stop.is_box:
            y += (room - size.height) / 2
        floor = tops[stop.layer] + room
        return Place(round(stop.x - left, 1), round(y, 1), size, round(floor, 1))

    paths = []
    for arc, way in zip(arcs, ways, strict=True):
        places = tuple(at(stop) for stop in way)
        is_up = stops[arc.upper].layer > stops[arc.lower].layer
        paths.append(places[::-1] if is_up else places)
    return Layout(
        Size(round(right - left, 1), round(height, 1)),
        {key: at(stop) for key, stop in stops.items()},
        paths,
        [
            len(way) - 1 if stops[arc.upper].layer > stops[arc.lower].layer else 0
            for arc, way in zip(arcs, ways, strict=True)
        ],
    )
