"""Diagrams: firms and the links between them, drawn from the top down, for screen and paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from markupsafe import Markup

from standsbehind.reports.layering import Arc, Layout, Place, Size, lay_out
from standsbehind.reports.lettering import FACE, wrapped
from standsbehind.reports.plain import ems_of, one_line, plain

__all__ = ["Box", "Diagram", "Line", "draw"]

_NAME_SIZE = 14
_NOTE_SIZE = 12
_NAME_LINE = 18
_NOTE_LINE = 15.5
_INSET = 10
_MOST = 168
"""The widest text of a box."""
_MOST_NOTE = 148
_MARGIN = 6
_HEAD = 8
"""Length of the head of an arrow."""

Arrow = Literal["down", "up"]


@dataclass(frozen=True, slots=True)
class Box:
    """A firm, a place or a product, with what is said of it below its name."""

    id: str
    name: str
    notes: tuple[str, ...] = ()
    is_double: bool = False
    """Drawn with a double frame: those asked about, or listed."""


@dataclass(frozen=True, slots=True)
class Line:
    """A link between two boxes, drawn from the upper to the lower one."""

    upper: str
    lower: str
    notes: tuple[str, ...] = ()
    """What is said of it; the first in bold."""
    arrow: Arrow = "down"
    """Which way the link itself runs."""
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Diagram:
    """What is drawn, and what it says to those who cannot see it."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    title: str
    description: str


def draw(diagram: Diagram, kind: str = "diagram") -> Markup:
    """Draw a diagram as inline SVG of the class `kind`.

    The same diagram gives the same bytes. Lines take the colour of the text around them,
    and nothing is said by colour alone, so that it prints in black.
    """
    boxes = {box.id: _sized(box) for box in diagram.boxes}
    arcs = [Arc(line.upper, line.lower, _noted(line)) for line in diagram.lines]
    layout = lay_out(boxes, arcs)
    width = layout.size.width + 2 * _MARGIN
    height = layout.size.height + 2 * _MARGIN
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" role="img" '
        'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        'aria-labelledby="{ids}-title" aria-describedby="{ids}-desc" '
        'font-family="{face}" fill="none" stroke="currentColor">'
        '<title id="{ids}-title">{title}</title><desc id="{ids}-desc">{desc}</desc>'
        '<g transform="translate({margin} {margin})">{body}</g></svg>'
    ).format(
        kind=kind,
        width=width,
        height=height,
        ids=_key(diagram),
        face=FACE,
        title=one_line(diagram.title),
        desc=one_line(diagram.description),
        margin=_MARGIN,
        body=Markup("").join(_body(diagram, layout)),
    )


def _key(diagram: Diagram) -> str:
    """Make an id that no other diagram on a page has."""
    content = plain(repr((diagram.boxes, diagram.lines, diagram.title)))
    return f"diagram-{sha256(content.encode()).hexdigest()[:16]}"


def _body(diagram: Diagram, layout: Layout) -> Iterator[Markup]:
    ports = _ports(diagram.lines, layout)
    for number, line in enumerate(diagram.lines):
        yield _line(line, layout, number, ports[number])
    for box in diagram.boxes:
        yield _box(box, layout.boxes[box.id])


def _name_lines(box: Box) -> list[str]:
    return wrapped(box.name, _MOST / _NAME_SIZE)


def _note_lines(notes: Sequence[str], most: float) -> list[tuple[str, bool]]:
    """Break notes into lines; each with whether it belongs to the first note."""
    return [
        (text, place == 0)
        for place, note in enumerate(notes)
        for text in wrapped(note, most / _NOTE_SIZE)
    ]


def _sized(box: Box) -> Size:
    names, notes = _name_lines(box), _note_lines(box.notes, _MOST)
    widest = max(
        [ems_of(name) * _NAME_SIZE for name in names]
        + [ems_of(text) * _NOTE_SIZE for text, _ in notes]
    )
    height = len(names) * _NAME_LINE + len(notes) * _NOTE_LINE + 2 * _INSET - 4
    return Size(round(widest + 2 * _INSET, 1), height)


def _noted(line: Line) -> Size:
    notes = _note_lines(line.notes, _MOST_NOTE)
    widest = max([ems_of(text) * _NOTE_SIZE for text, _ in notes], default=0.0)
    return Size(round(widest + 8, 1), len(notes) * _NOTE_LINE + 6)


def _box(box: Box, at: Place) -> Markup:
    left = at.x - at.size.width / 2
    drawn = _frame(left, at.y, at.size)
    if box.is_double:
        inner = Size(at.size.width - 6, at.size.height - 6)
        drawn += _frame(left + 3, at.y + 3, inner)
    y = at.y + _INSET + _NAME_SIZE - 3
    for name in _name_lines(box):
        drawn += _text(name, at.x, y, _NAME_SIZE, is_bold=True)
        y += _NAME_LINE
    for note, _ in _note_lines(box.notes, _MOST):
        drawn += _text(note, at.x, y, _NOTE_SIZE)
        y += _NOTE_LINE
    return drawn


def _frame(left: float, top: float, size: Size) -> Markup:
    return Markup(
        '<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}" rx="3" stroke-width="1.25"/>'
    ).format(left, top, size.width, size.height)


def _text(
    text: str, x: float, y: float, size: float, *, is_bold: bool = False
) -> Markup:
    weight = Markup(' font-weight="600"') if is_bold else ""
    return Markup(
        '<text x="{:g}" y="{:g}" font-size="{}" text-anchor="middle"{} '
        'fill="currentColor" stroke="none">{}</text>'
    ).format(x, y, size, weight, text)


def _line(
    line: Line, layout: Layout, number: int, ports: tuple[float, float]
) -> Markup:
    """Draw a line through its stops; the words stand in a break of it."""
    way, worded = layout.ways[number], layout.worded[number]
    above, below = layout.boxes[line.upper], layout.boxes[line.lower]
    is_falling = above.y < below.y
    points: list[tuple[float, float] | None] = _side(above, ports[0], is_falling)
    for place, stop in enumerate(way):
        ends = [(stop.x, stop.y), (stop.x, stop.bottom)]
        first, last = ends if is_falling else ends[::-1]
        is_broken = place == worded and line.notes
        points += [first, None, last] if is_broken else [first, last]
    points += _side(below, ports[1], not is_falling)[::-1]
    at_end = line.arrow == "down"
    tip = points[-1] if at_end else points[0]
    is_up = at_end != is_falling
    shaft = Markup('<path d="{}" stroke-width="1.25"{}/>').format(
        _curve(points),
        Markup(' stroke-dasharray="5 4"') if line.is_dashed else "",
    )
    drawn = shaft + _head(tip, is_up=is_up)
    if line.notes:
        drawn += _words(line, way[worded])
    return drawn


def _side(
    box: Place,
    x: float,
    is_below: bool,  # noqa: FBT001 - below or above the box
) -> list[tuple[float, float] | None]:
    """Return where a line meets a box, and where it may leave the upright."""
    return [(x, box.bottom), (x, box.floor)] if is_below else [(x, box.y)]


def _curve(points: Sequence[tuple[float, float] | None]) -> str:
    """Join points by curves that leave and arrive upright; None is a break."""
    said: list[str] = []
    last: tuple[float, float] | None = None
    for point in points:
        if point is None:
            last = None
            continue
        if last is None:
            said.append(f"M{point[0]:g} {point[1]:g}")
        elif last[0] == point[0]:
            said.append(f"V{point[1]:g}")
        else:
            middle = (last[1] + point[1]) / 2
            said.append(
                f"C{last[0]:g} {middle:g} {point[0]:g} {middle:g} {point[0]:g} {point[1]:g}"
            )
        last = point
    return "".join(said)


def _head(tip: tuple[float, float] | None, *, is_up: bool) -> Markup:
    x, y = tip or (0.0, 0.0)
    back = y + _HEAD if is_up else y - _HEAD
    return Markup(
        '<path d="M{:g} {:g}H{:g}L{:g} {:g}Z" fill="currentColor" stroke="none"/>'
    ).format(x - 4.5, back, x + 4.5, x, y)


def _words(line: Line, at: Place) -> Markup:
    drawn, y = Markup(""), at.y + _NOTE_SIZE + 2
    for text, is_first in _note_lines(line.notes, _MOST_NOTE):
        drawn += _text(text, at.x, y, _NOTE_SIZE, is_bold=is_first)
        y += _NOTE_LINE
    return drawn


def _ports(lines: Sequence[Line], layout: Layout) -> list[tuple[float, float]]:
    """Spread the ends of lines over the side of each box, in the order of where they go."""
    ends: dict[tuple[str, bool], list[tuple[float, int, int]]] = {}
    for number, line in enumerate(lines):
        way = layout.ways[number]
        is_falling = layout.boxes[line.upper].y < layout.boxes[line.lower].y
        ends.setdefault((line.upper, is_falling), []).append((way[0].x, number, 0))
        ends.setdefault((line.lower, not is_falling), []).append((way[-1].x, number, 1))
    found: dict[tuple[int, int], float] = {}
    for (box, _), meeting in ends.items():
        at = layout.boxes[box]
        room = at.size.width * 0.7
        for place, (_, number, end) in enumerate(sorted(meeting)):
            share = (place + 0.5) / len(meeting) - 0.5
            found[number, end] = round(at.x + share * room, 1)
    return [(found[number, 0], found[number, 1]) for number in range(len(lines))]
