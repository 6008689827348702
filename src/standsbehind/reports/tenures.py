"""Tenures: when a subject stood on which list, as bars over years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from markupsafe import Markup

from standsbehind.model.dates import earliest, latest
from standsbehind.model.designation import Designation

__all__ = ["Tenures", "tenures"]

_PARTS = 5
"""The most parts into which the years are divided."""
_WIDTH = 1000
_HEIGHT = 14


@dataclass(frozen=True, slots=True)
class Tenures:
    """Bars under one row of years; all bars are as wide as the row."""

    years: tuple[int, ...]
    """Evenly spaced, from the left edge to the right one."""
    rows: tuple[tuple[Designation, Markup], ...]


def tenures(designations: Sequence[Designation], day: date) -> Tenures:
    """Draw a bar for each designation, the earliest first; a line marks the day asked about.

    A bar without a known beginning or end is dashed there. The bars say nothing that is not
    also in words beside them, so they are hidden from those who listen.
    """
    ordered = sorted(designations, key=lambda d: (_start(d) or day, d.program, d.id))
    starts = [start for d in ordered if (start := _start(d))]
    first = min([*starts, day]).year
    step = max(1, ceil((day.year + 1 - first) / _PARTS))
    years = tuple(range(first, day.year + step + 1, step))
    scale = _Scale(years[0], years[-1])
    rows = tuple((one, _bar(one, day, scale)) for one in ordered)
    return Tenures(years, rows)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From the beginning of one year to that of another, which may have no calendar."""

    first: int
    last: int

    def x(self, day: date) -> float:
        """Return how far to the right a day stands."""
        year = day.year + (day.timetuple().tm_yday - 1) / 366
        part = (year - self.first) / (self.last - self.first)
        return round(_WIDTH * min(max(part, 0.0), 1.0), 1)


def _start(designation: Designation) -> date | None:
    start = designation.interval.start
    return earliest(start) if start else None


def _end(designation: Designation) -> date | None:
    end = designation.interval.end
    return latest(end) if end else None


def _bar(one: Designation, day: date, scale: _Scale) -> Markup:
    start, end = _start(one), _end(one)
    left = scale.x(start) if start else 0.0
    right = scale.x(end) if end else scale.x(day)
    is_known = start is not None and (end is not None or one.status == "listed")
    kind = "held" if is_known and one.status != "exempted" else "unsure"
    now = scale.x(day)
    return Markup(
        '<svg class="bar {kind}" viewBox="0 0 {width} {height}" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false">'
        '<path class="track" d="M0 {middle}H{width}"/>'
        '<path class="span" d="M{left} {middle}H{right}"/>'
        '<path class="now" d="M{now} 0V{height}"/></svg>'
    ).format(
        kind=kind,
        width=_WIDTH,
        height=_HEIGHT,
        middle=_HEIGHT / 2,
        left=left,
        right=max(right, left + 4),
        now=now,
    )
