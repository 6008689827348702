"""Figures of parity: shares with their intervals by home, and the time to the first listing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from standsbehind.cases.parity import Parity
from standsbehind.graph.reader import Reader
from standsbehind.model.dates import PartialDate, earliest
from standsbehind.reports.parity_words import (
    FEW,
    NOTICES,
    apart_in_words,
    first_list_in_words,
    home_in_words,
    interval_in_words,
)
from standsbehind.reports.plotting import (
    Key,
    Mark,
    Plot,
    Row,
    Rule,
    Writing,
    draw_plots,
)
from standsbehind.reports.words import counted
from standsbehind.standards.parity import ClassParity, Exposure, Group, Wait

__all__ = [
    "MOST_DRAWN",
    "SHARES",
    "TIMES",
    "Timeline",
    "draw_intervals",
    "draw_parity",
]

MOST_DRAWN = 60
"""Findings of one class in a timeline; all stand in the tables."""

_SHARES = tuple((n / 4, f"{n * 25} %") for n in range(5))


SHARES = Plot(
    title="What the marks of the shares mean",
    description="",
    rows=(
        Key("dot", "share that any list names, with its exact 95 % interval"),
        Key("ring", "share that a list open to more than one country names"),
        Key("dashes", f"fewer than {FEW} firms: the interval rules out little"),
    ),
)
TIMES = Plot(
    title="What the marks of the times mean",
    description="",
    rows=(
        Key("dot", "first report: the earliest publication of a claim"),
        Key("diamond", "first listing with a day, whatever it is for"),
        Key("open", "not listed by the day asked about"),
    ),
)


def draw_parity(found: Parity, reader: Reader) -> Markup:
    """Draw all classes, shares and then times, as one picture to be kept as a file."""
    classes = [one for one in found.classes if one.groups]
    times = Timeline(found, reader)
    plots = [
        replace(SHARES, rows=(*map(_noted, NOTICES), *SHARES.rows)),
        *(_headed(_intervals(one, found.as_of), one, found) for one in classes),
        TIMES,
        *(_headed(times.plot(one), one, found) for one in classes),
    ]
    return draw_plots(plots, "720")


def _noted(text: str) -> Writing:
    return Writing(text)


def _headed(plot: Plot, one: ClassParity, found: Parity) -> Plot:
    title = found.standard.norm(one.norm).title
    heading = Writing(f"{one.norm} {title}", "heading")
    said = Writing(plot.title.partition(": ")[2])
    return replace(plot, rows=(heading, said, *plot.rows))


def draw_intervals(one: ClassParity, day: date) -> Markup:
    """Draw, for each home, the share of a class that is listed with its exact interval."""
    return draw_plots([_intervals(one, day)])


def _intervals(one: ClassParity, day: date) -> Plot:
    said = (
        f"{group.outcome}, {home_in_words(row.country)}: {_said(row)}."
        for group in one.groups
        for row in group.exposures
    )
    return Plot(
        title=f"{one.norm}: share that is listed on {day}, by home",
        description=" ".join(said),
        rows=tuple(row for group in one.groups for row in _group_rows(group)),
        scale=_SHARES,
    )


def _said(row: Exposure) -> str:
    listed = row.designated
    return f"{listed.count} of {listed.of}, {interval_in_words(listed)}"


def _group_rows(group: Group) -> Iterator[Row | Writing]:
    firms = counted(group.together.designated.of, "firm", "firms")
    yield Writing(f"{group.outcome}, {firms}", has_scale=True)
    yield from map(_interval_row, group.exposures)


def _interval_row(row: Exposure) -> Row:
    listed, on_open = row.designated, row.on_open_list
    says = f"on an open list: {on_open.count} of {on_open.of}"
    return Row(
        name=home_in_words(row.country),
        says=f"{listed.count} of {listed.of}",
        rules=(Rule(*listed.interval(), is_dashed=listed.of < FEW),),
        marks=(
            Mark(listed.count / listed.of, "dot", _said(row)),
            Mark(on_open.count / on_open.of, "ring", says),
        ),
    )


class Timeline:
    """Days as places of a track, from the beginning of a year to the day asked about."""

    def __init__(self, found: Parity, reader: Reader) -> None:
        days = (
            earliest(when)
            for one in found.classes
            for wait in one.waits
            for when in (wait.first_report, wait.listing and wait.listing.start)
            if when
        )
        self._reader = reader
        self._last = found.as_of
        self._first = date(min(days, default=self._last).year, 1, 1)
        self._days = max(1, (self._last - self._first).days)

    def draw(self, one: ClassParity) -> Markup:
        """Draw, for each finding of a class, the first report and the first listing."""
        return draw_plots([self.plot(one)])

    def plot(self, one: ClassParity) -> Plot:
        """Lay out the same."""
        waits = one.waits[:MOST_DRAWN]
        said = (f"{self._name(wait)}: {apart_in_words(wait)}." for wait in waits)
        left = len(one.waits) - len(waits)
        more = (Writing(f"and {left:,} more, in the table"),) if left else ()
        return Plot(
            title=f"{one.norm}: from the first report to the first listing",
            description=" ".join(said),
            rows=(Writing("", has_scale=True), *map(self._row, waits), *more),
            scale=tuple(self._years()),
        )

    def _years(self) -> Iterator[tuple[float, str]]:
        """Give the beginnings of years, every second or later one where there are many."""
        first, last = self._first.year, self._last.year
        for year in range(first, last + 1, max(1, (last - first + 5) // 6)):
            yield self._place(date(year, 1, 1)), str(year)

    def _place(self, when: PartialDate | date) -> float:
        """Place a day; a report of after the day asked about stands at the end."""
        day = when if isinstance(when, date) else earliest(when)
        return min(1.0, (day - self._first).days / self._days)

    def _name(self, wait: Wait) -> str:
        return self._reader.caption(wait.subject)

    def _row(self, wait: Wait) -> Row:
        report = wait.first_report and Mark(
            self._place(wait.first_report), "dot", f"first report {wait.first_report}"
        )
        end = self._end(wait)
        marks = tuple(mark for mark in (report, end) if mark)
        rule = report and end and Rule(report.at, end.at, is_dashed=wait.is_censored)
        return Row(
            name=self._name(wait),
            note=f"{home_in_words(wait.home)}, {wait.outcome}; {apart_in_words(wait)}",
            rules=(rule,) if rule else (),
            marks=marks,
        )

    def _end(self, wait: Wait) -> Mark | None:
        listing = wait.listing
        if listing is not None and listing.start is not None:
            says = f"{listing.start}, {first_list_in_words(wait)}"
            return Mark(self._place(listing.start), "diamond", says)
        return (
            Mark(1.0, "open", f"not listed by {self._last}")
            if wait.is_censored
            else None
        )
