"""Plots: marks on tracks over one scale, for a phone, a screen and paper.

What lies along a track is placed in percent of the width and all else in pixels, so that a
plot fits any width and its letters keep their size. Lines take the colour of the text around
them, and nothing is said by colour alone, so that it prints in black.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from markupsafe import Markup

from standsbehind.reports.lettering import FACE, wrapped
from standsbehind.reports.plain import cut_line, one_line, plain

__all__ = ["Key", "Mark", "Plot", "Row", "Rule", "Writing", "draw_plots"]

Shape = Literal["dot", "ring", "diamond", "dashes", "open"]

_SHAPES: dict[Shape, Markup] = {
    "dot": Markup('<circle r="4" fill="currentColor" stroke="none"/>'),
    "ring": Markup('<circle r="7.5" stroke-width="1.25"/>'),
    "diamond": Markup('<path d="M0-6L6 0L0 6L-6 0Z" fill="currentColor"/>'),
    "dashes": Markup('<path d="M-8 0H8" stroke-width="1.5" stroke-dasharray="4 2"/>'),
    "open": Markup('<path d="M-6-5L2 0L-6 5Z" stroke-width="1.25"/>'),
}

_SIZES = {"heading": 14.5, "note": 11.5, "text": 13}
_HEIGHTS = {"heading": 34, "note": 19, "text": 20}
_LEADING, _SCALE, _TRACK, _GAP = 18, 15, 21, 28
_EDGE = 2.5
"""Percent of the width that stay free on either side, so that marks at the ends are whole."""
_MOST = 390
"""The longest line, in pixels as ems are estimated, on the wide side; on a phone it takes 350."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Words over the whole width, on as many lines as a phone needs."""

    text: str
    kind: Literal["heading", "note"] = "note"
    has_scale: bool = False
    """Whether the scale is written below it."""

    @property
    def lines(self) -> list[str]:
        """The words, line by line."""
        return wrapped(self.text, _MOST / _SIZES[self.kind]) if self.text else []

    @property
    def height(self) -> float:
        """Pixels that it takes."""
        lines = len(self.lines)
        words = _HEIGHTS[self.kind] + _LEADING * (lines - 1) if lines else 0
        return words + _SCALE * self.has_scale


@dataclass(frozen=True, slots=True)
class Key:
    """What a mark means."""

    shape: Shape
    says: str
    height: int = 19


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at one place; a place is a share of the length of the track."""

    at: float
    shape: Shape
    says: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line from place to place of a track."""

    start: float
    end: float
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A name, what is said of it, and a track below."""

    name: str
    says: str = ""
    """At the end of the line."""
    note: str = ""
    """On a line of its own."""
    rules: tuple[Rule, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def height(self) -> float:
        """Pixels that it takes."""
        return _HEIGHTS["text"] + (_HEIGHTS["note"] - 3) * bool(self.note) + _TRACK


@dataclass(frozen=True, slots=True)
class Plot:
    """Rows over one scale, and what they say to those who cannot see them."""

    title: str
    description: str
    rows: tuple[Row | Writing | Key, ...]
    scale: tuple[tuple[float, str], ...] = ()
    """Places of the track, with what is written there."""

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return sum(row.height for row in self.rows) + 6


def draw_plots(plots: Sequence[Plot], width: str = "100%") -> Markup:
    """Draw plots one below the other as inline SVG; the same plots give the same bytes."""
    key = sha256(plain(repr(plots)).encode()).hexdigest()[:16]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" width="{width}" '
        'height="{height:g}" aria-labelledby="plot-{key}-title" '
        'aria-describedby="plot-{key}-desc" font-family="{face}" fill="none" '
        'stroke="currentColor"><title id="plot-{key}-title">{title}</title>'
        '<desc id="plot-{key}-desc">{desc}</desc>{body}</svg>'
    ).format(
        width=width,
        height=sum(plot.height for plot in plots) + _GAP * (len(plots) - 1),
        key=key,
        face=FACE,
        title=one_line("; ".join(plot.title for plot in plots)),
        desc=one_line(" ".join(plot.description for plot in plots)),
        body=Markup("").join(_plots(plots)),
    )


def _plots(plots: Sequence[Plot]) -> Iterator[Markup]:
    y = 0.0
    for plot in plots:
        yield from _plot(plot, y)
        y += plot.height + _GAP


def _plot(plot: Plot, y: float) -> Iterator[Markup]:
    for row in plot.rows:
        match row:
            case Key():
                yield _shape(row.shape, "9", y + 9)
                yield _text(row.says, "22", y + 13, _SIZES["note"])
            case Writing():
                yield from _writing(row, plot, y)
            case Row():
                yield from _row(row, plot, y)
        y += row.height


def _writing(one: Writing, plot: Plot, y: float) -> Iterator[Markup]:
    base = y + _HEIGHTS[one.kind] - 6
    is_heading = one.kind == "heading"
    for place, line in enumerate(one.lines):
        at = base + _LEADING * place
        yield _text(line, "0", at, _SIZES[one.kind], is_bold=is_heading)
    if one.has_scale:
        for tick, said in plot.scale:
            below = y + one.height - 4
            yield _text(said, f"{_percent(tick)}%", below, 10.5, "middle")


def _row(row: Row, plot: Plot, y: float) -> Iterator[Markup]:
    base = y + 14
    yield _text(row.name, "0", base, _SIZES["text"])
    if row.says:
        yield _text(row.says, "100%", base, _SIZES["text"], "end")
    if row.note:
        yield _text(row.note, "0", base + 15, _SIZES["note"])
    middle = y + row.height - _TRACK / 2 - 1
    for place, _ in plot.scale:
        yield _line(
            place, place, middle - 7, middle + 7, ' stroke-width=".75" opacity=".3"'
        )
    for rule in row.rules:
        dashed = ' stroke-dasharray="4 3"' if rule.is_dashed else ""
        yield _line(
            rule.start, rule.end, middle, middle, f' stroke-width="1.5"{dashed}'
        )
    for mark in row.marks:
        yield _shape(mark.shape, f"{_percent(mark.at)}%", middle, mark.says)


def _percent(place: float) -> float:
    return round(_EDGE + (100 - 2 * _EDGE) * place, 3)


def _line(start: float, end: float, top: float, bottom: float, style: str) -> Markup:
    # The style is ours; only numbers are filled in.
    return Markup('<line x1="{:g}%" x2="{:g}%" y1="{:g}" y2="{:g}"{}/>').format(
        _percent(start),
        _percent(end),
        top,
        bottom,
        Markup(style),  # noqa: S704
    )


def _shape(shape: Shape, x: str, y: float, says: str = "") -> Markup:
    told = Markup("<title>{}</title>").format(one_line(says)) if says else ""
    return Markup('<svg x="{}" y="{:g}" overflow="visible">{}{}</svg>').format(
        x, y, told, _SHAPES[shape]
    )


def _text(  # noqa: PLR0913 - where it stands and how it is set
    text: str,
    x: str,
    y: float,
    size: float,
    anchor: str = "start",
    *,
    is_bold: bool = False,
) -> Markup:
    line, rest = cut_line(one_line(text), _MOST / size)
    return Markup(
        '<text x="{}" y="{:g}" font-size="{:g}" text-anchor="{}"{} fill="currentColor" '
        'stroke="none">{}</text>'
    ).format(
        x,
        y,
        size,
        anchor,
        Markup(' font-weight="600"') if is_bold else "",
        f"{line}…" if rest else line,
    )
