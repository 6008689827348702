"""Path pictures: how one entity stands behind another, drawn top down, for screen and paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup

from standsbehind.reports.lettering import FACE, wrapped
from standsbehind.reports.plain import one_line, plain
from standsbehind.reports.words import counted
from standsbehind.tracing.paths import Hop, Path

__all__ = ["draw_path"]

_WIDTH = 340
_LABEL_SIZE = 15
_NOTE_SIZE = 12.5
_LABEL_LINE = 20
_NOTE_LINE = 17
_MARGIN = 12
_INSET = 16
"""Distance of a name from the sides of its box."""
_SHAFT = 34
"""Distance of the arrows from the left; what is said of a hop stands to their right."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of the picture and the height that it takes."""

    svg: Markup
    height: int


def draw_path(
    path: Path,
    names: Mapping[str, str],
    marks: Mapping[str, Sequence[int]] | None = None,
) -> Markup:
    """Draw a path as inline SVG; `marks` gives the source numbers of each edge by its id.

    The same path gives the same bytes. Lines take the colour of the text around them, and
    nothing is said by colour alone, so that it prints in black.
    """
    top, parts = 1, []
    for block in _blocks(path, names, marks or {}):
        parts.append(
            Markup('<g transform="translate(0 {})">{}</g>').format(top, block.svg)
        )
        top += block.height
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="path" role="img" '
        'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'aria-labelledby="{ids}-title" aria-describedby="{ids}-desc" '
        'font-family="{face}" fill="none" stroke="currentColor">'
        '<title id="{ids}-title">{title}</title><desc id="{ids}-desc">{desc}</desc>'
        "{body}</svg>"
    ).format(
        width=_WIDTH,
        height=top + 1,
        ids=_key(path),
        face=FACE,
        title=_title(path, names),
        desc=_description(path, names),
        body=Markup("").join(parts),
    )


def _key(path: Path) -> str:
    """Make an id that no other path on a page has."""
    parts = (*path.entities, *(hop.edge.id for hop in path.hops))
    return f"path-{sha256(plain('|'.join(parts)).encode()).hexdigest()[:16]}"


def _blocks(
    path: Path, names: Mapping[str, str], marks: Mapping[str, Sequence[int]]
) -> Iterator[_Block]:
    yield _node(_name(path.entities[0], names))
    for place, hop in enumerate(path.hops):
        yield _arrow(hop, _notes(path, place, marks), is_weakest=place == path.weakest)
        yield _node(_name(hop.target, names))


def _node(name: str) -> _Block:
    lines = wrapped(name, (_WIDTH - 2 * _INSET) / _LABEL_SIZE)
    height = len(lines) * _LABEL_LINE + 18
    box = Markup(
        '<rect x="1" width="{}" height="{}" rx="3" stroke-width="1.25"/>'
    ).format(_WIDTH - 2, height)
    text = _text(lines, x=_INSET, y=24, line=_LABEL_LINE, size=_LABEL_SIZE, bold=True)
    return _Block(box + text, height)


def _arrow(hop: Hop, notes: Sequence[str], *, is_weakest: bool) -> _Block:
    room = (_WIDTH - _SHAFT - 3 * _MARGIN) / _NOTE_SIZE
    role, *said = [wrapped(note, room) for note in notes]
    lines = [line for note in said for line in note]
    height = (len(role) + len(lines)) * _NOTE_LINE + 22
    tip = height if hop.forward else 0
    back = tip - 9 if hop.forward else 9
    shaft = Markup('<path d="M{x} {a}V{b}" stroke-width="{w}"{dash}/>').format(
        x=_SHAFT,
        a=0 if hop.forward else height,
        b=back,
        w=1.5,
        dash=Markup(' stroke-dasharray="5 4"') if is_weakest else "",
    )
    head = Markup('<path d="M{l} {b}H{r}L{x} {t}Z" fill="currentColor" stroke="none"/>')
    drawn = shaft + head.format(l=_SHAFT - 5, r=_SHAFT + 5, x=_SHAFT, b=back, t=tip)
    left, first = _SHAFT + _MARGIN + 4, 22
    below = first + len(role) * _NOTE_LINE
    drawn += _text(role, x=left, y=first, line=_NOTE_LINE, size=_NOTE_SIZE, bold=True)
    drawn += _text(lines, x=left, y=below, line=_NOTE_LINE, size=_NOTE_SIZE)
    return _Block(drawn, height)


def _notes(path: Path, place: int, marks: Mapping[str, Sequence[int]]) -> list[str]:
    hop, edge = path.hops[place], path.hops[place].edge
    cited = " ".join(f"[{number}]" for number in marks.get(edge.id, ()))
    grade = edge.grade
    if place == path.weakest:
        grade = f"{'weakest' if len(path.hops) > 1 else 'the only hop'}: {grade}"
    also = (
        f"and {counted(len(hop.also), 'more link', 'more links')}" if hop.also else ""
    )
    said = (edge.role, str(edge.interval), grade, cited, also)
    return [note for note in said if note]


def _text(  # noqa: PLR0913 - where it stands and how it is set
    lines: Sequence[str],
    *,
    x: float,
    y: int,
    line: int,
    size: float,
    bold: bool = False,
) -> Markup:
    spans = Markup("").join(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(x, y + place * line, text)
        for place, text in enumerate(lines)
    )
    weight = Markup(' font-weight="600"') if bold else ""
    return Markup(
        '<text font-size="{}"{} fill="currentColor" stroke="none">{}</text>'
    ).format(size, weight, spans)


def _name(entity_id: str, names: Mapping[str, str]) -> str:
    return names.get(entity_id, entity_id)


def _title(path: Path, names: Mapping[str, str]) -> str:
    first, last = path.entities[0], path.entities[-1]
    return one_line(f"Path from {_name(first, names)} to {_name(last, names)}")


def _description(path: Path, names: Mapping[str, str]) -> str:
    """Say the whole path in words, each hop in its own direction."""
    said = [
        f"{_name(hop.edge.source, names)}: {hop.edge.role}: {_name(hop.edge.target, names)} "
        f"({hop.edge.interval}; {hop.edge.grade})."
        for hop in path.hops
    ]
    weakest = f"The weakest hop is number {path.weakest + 1}."
    return one_line(" ".join([*said, weakest]))
