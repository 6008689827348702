"""Timelines: one line a firm, and on it what was said and done on which day, for screen and paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from markupsafe import Markup

from standsbehind.reports.lettering import FACE
from standsbehind.reports.plain import cut_line, one_line, plain
from standsbehind.reports.strokes import Medium, Screen, Shape, shape, words

__all__ = ["Key", "Lane", "Mark", "Span", "Timeline", "draw_timeline", "legend_mark"]

_SIZE = 13
_NAME_ROW = 22
_ROW = 18
_AFTER = 6
_AXIS = 26
_LEFT, _RIGHT = 2.0, 95.0
"""Where the first and the last year stand, in hundredths of the width."""
_OPEN_END = 99.0
_APART = 9.0
"""How near two marks on one row may stand, in hundredths: a mark and its number on a phone."""
_MOST_YEARS = 9
_MOST_NAME = 26
"""The widest name, in ems: the width of a phone."""
_BOLD = ' font-weight="600"'


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on a day, as exact as it is known: between `first` and `last`."""

    first: date
    last: date
    shape: Shape
    label: str
    """Its number in the tables."""
    is_solid: bool = True
    """Drawn filled: what it says rests on enough."""


@dataclass(frozen=True, slots=True)
class Span:
    """How long a word holds; without an end none is stated, and it is drawn dashed."""

    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Lane:
    """The line of one firm."""

    name: str
    marks: tuple[Mark, ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """What a shape means."""

    shape: Shape
    meaning: str
    is_solid: bool = True


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is drawn, and what it says to those who cannot see it."""

    lanes: tuple[Lane, ...]
    title: str
    said: str


def draw_timeline(
    timeline: Timeline, medium: Medium | None = None, keys: Sequence[Key] = ()
) -> Markup:
    """Draw it as inline SVG, by default as wide as its place; keys are drawn below.

    The same timeline gives the same bytes; nothing is said by colour alone.
    """
    on = medium or Screen()
    scale = _Scale.of(timeline.lanes)
    top, body = _AXIS, Markup("")
    for lane in timeline.lanes:
        drawn, height = _lane(lane, scale, on, top)
        body += drawn
        top += height
    legend = Markup("").join(
        on.at(_LEFT, top + _ROW * number, _key(key))
        for number, key in enumerate(keys, 1)
    )
    ids = f"timeline-{sha256(timeline.said.encode()).hexdigest()[:8]}"
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="timeline" role="img" {size} '
        'aria-labelledby="{ids}-title" aria-describedby="{ids}-desc" '
        'font-family="{face}" fill="none" stroke="currentColor">'
        '<title id="{ids}-title">{title}</title><desc id="{ids}-desc">{desc}</desc>'
        "{axis}{body}{legend}</svg>"
    ).format(
        size=on.size(top + _ROW * len(keys) + _AFTER * bool(keys)),
        ids=ids,
        face=FACE,
        title=plain(timeline.title),
        desc=plain(timeline.said),
        axis=_axis(scale, on, top),
        body=body,
        legend=legend,
    )


def legend_mark(key: Key) -> Markup:
    """Draw one shape by itself, to say beside it what it means."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="mark" width="16" height="16" '
        'viewBox="-8 -8 16 16" aria-hidden="true" fill="none" stroke="currentColor">'
        "{}</svg>"
    ).format(shape(key.shape, is_solid=key.is_solid))


def _key(key: Key) -> Markup:
    return shape(key.shape, is_solid=key.is_solid) + words(key.meaning, 14, 4)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    """The year after the last one."""

    @classmethod
    def of(cls, lanes: Sequence[Lane]) -> "_Scale":
        days = [day for lane in lanes for m in lane.marks for day in (m.first, m.last)]
        days += [s.last for lane in lanes for s in lane.spans if s.last]
        return cls(min(d.year for d in days), max(d.year for d in days) + 1)

    def at(self, day: date) -> float:
        start = date(self.first, 1, 1).toordinal()
        whole = date(self.last, 1, 1).toordinal() - start
        share = (day.toordinal() - start) / whole
        return round(_LEFT + share * (_RIGHT - _LEFT), 2)

    def years(self) -> Iterator[int]:
        step = -(-(self.last - self.first) // _MOST_YEARS)
        yield from range(self.first, self.last + 1, step)


def _axis(scale: _Scale, on: Medium, bottom: int) -> Markup:
    drawn = Markup("")
    for year in scale.years():
        x = scale.at(date(year, 1, 1))
        drawn += on.down(x, _AXIS - 6, bottom, Markup(' stroke-opacity=".18"'))
        drawn += on.at(x, 14, words(str(year), 0, 0, more=' text-anchor="middle"'))
    return drawn


def _lane(lane: Lane, scale: _Scale, on: Medium, top: int) -> tuple[Markup, int]:
    """Draw a firm's name and, below it, its line with the marks; return the height too."""
    name, rest = cut_line(one_line(lane.name), _MOST_NAME)
    base = top + _NAME_ROW + _ROW // 2
    drawn = words(f"{name}…" if rest else name, 0, top + 13, size=_SIZE, more=_BOLD)
    for span in _apart(lane.spans):
        drawn += _span(span, scale, on, base)
    ends: list[float] = []
    for mark in sorted(lane.marks, key=lambda m: (m.first, m.label)):
        x = scale.at(mark.first)
        row = next((r for r, end in enumerate(ends) if x - end >= _APART), len(ends))
        ends[row : row + 1] = [x]
        drawn += _mark(mark, scale, on, base + row * _ROW)
    return drawn, _NAME_ROW + max(len(ends), 1) * _ROW + _AFTER


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    """Give the spans with an end, and of those without one the first, which holds the rest."""
    yield from (span for span in spans if span.last)
    yield from sorted((s for s in spans if not s.last), key=lambda s: s.first)[:1]


def _span(span: Span, scale: _Scale, on: Medium, y: int) -> Markup:
    dashes = "" if span.last else ' stroke-dasharray="2 5"'
    end = scale.at(span.last) if span.last else _OPEN_END
    style = Markup(' stroke-width="1.5"') + Markup(dashes)  # noqa: S704 - ours
    return on.across(scale.at(span.first), end, y, style)


def _mark(mark: Mark, scale: _Scale, on: Medium, y: int) -> Markup:
    first, last = scale.at(mark.first), scale.at(mark.last)
    drawn = shape(mark.shape, is_solid=mark.is_solid) + words(mark.label, 9, -3)
    found = on.at(first, y, drawn)
    if last - first <= 1:
        return found
    bar = Markup(' stroke-width="5" stroke-opacity=".35"')
    return on.across(first, last, y, bar) + found
