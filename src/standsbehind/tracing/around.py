"""Around a date: which links of an entity began or ended near the days of its listings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from standsbehind.graph.reader import Reader
from standsbehind.model.dates import Interval, PartialDate, earliest, latest
from standsbehind.model.designation import Designation
from standsbehind.model.edge import Edge

__all__ = ["Around", "Change", "Event", "around"]

Event = Literal["listed", "delisted"]


@dataclass(frozen=True, slots=True)
class Change:
    """A link that began or ended within the days asked for."""

    edge: Edge
    began: bool
    when: PartialDate
    """As stated: a year or a month that overlaps the days is no more exact than that."""
    days: int | None
    """Days after the listing, negative before it; None where only a month or year is stated."""


@dataclass(frozen=True, slots=True)
class Around:
    """What changed around one day of one listing. Nearness in time is not a cause."""

    designation: Designation
    event: Event
    day: PartialDate
    changes: tuple[Change, ...]
    """By their dates."""
    in_force_before: int
    """Links that may have held on the first day asked for,"""
    in_force_after: int
    """and on the last. Links without any date count in neither."""
    undated: int
    """Links of which no source states a date."""


def around(
    reader: Reader, entity_id: str, edges: Sequence[Edge], days: int = 365
) -> tuple[Around, ...]:
    """Tell for each dated beginning and end of a listing what changed within so many days.

    `edges` are the links of the entity. In the order of the listings' days.
    """
    found = [
        _around(designation, event, day, edges, days)
        for designation in reader.designations([entity_id])[entity_id]
        for event, day in _events(designation)
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.designation.id)))


def _events(designation: Designation) -> Iterator[tuple[Event, PartialDate]]:
    if designation.status == "exempted":
        return
    if designation.interval.start:
        yield "listed", designation.interval.start
    if designation.interval.end:
        yield "delisted", designation.interval.end


def _around(
    designation: Designation,
    event: Event,
    day: PartialDate,
    edges: Sequence[Edge],
    days: int,
) -> Around:
    span = timedelta(days=days)
    first, last = earliest(day) - span, latest(day) + span
    changes = [
        Change(edge, began, when, _days_after(when, day))
        for edge in edges
        for began, when in _turns(edge.interval)
        if earliest(when) <= last and first <= latest(when)
    ]
    dated = [edge for edge in edges if edge.interval != Interval()]
    return Around(
        designation,
        event,
        day,
        tuple(sorted(changes, key=lambda one: (one.when, one.began, one.edge.id))),
        _in_force(dated, first),
        _in_force(dated, last),
        len(edges) - len(dated),
    )


def _turns(interval: Interval) -> Iterator[tuple[bool, PartialDate]]:
    if interval.start:
        yield True, interval.start
    if interval.end:
        yield False, interval.end


def _days_after(when: PartialDate, day: PartialDate) -> int | None:
    is_exact = earliest(when) == latest(when) and earliest(day) == latest(day)
    return (earliest(when) - earliest(day)).days if is_exact else None


def _in_force(edges: Sequence[Edge], day: date) -> int:
    return sum(edge.holds_on(day) for edge in edges)
