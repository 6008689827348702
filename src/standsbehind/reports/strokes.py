"""Strokes: lines, shapes and words at places along a width, for any screen or for paper."""

from dataclasses import dataclass
from typing import Literal, Protocol

from markupsafe import Markup

__all__ = ["SHAPES", "Medium", "Paper", "Screen", "Shape", "shape", "words"]

Shape = Literal["disc", "square", "triangle", "diamond", "hexagon", "dot"]

SHAPES: dict[Shape, str] = {
    "disc": "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0Z",
    "square": "M-4.5 -4.5H4.5V4.5H-4.5Z",
    "triangle": "M0 -6.5L6 4.5H-6Z",
    "diamond": "M0 -6.5L6 0L0 6.5L-6 0Z",
    "hexagon": "M-3 -5.2H3L6 0L3 5.2H-3L-6 0Z",
    "dot": "M-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0Z",
}
"""Shapes around a point; told apart by their form, so that nothing is said by colour."""


class Medium(Protocol):
    """Where something is drawn. Places are hundredths of its width, heights are pixels."""

    def across(self, first: float, last: float, y: int, style: Markup) -> Markup:
        """Draw a level line."""
        ...

    def down(self, place: float, top: int, bottom: int, style: Markup) -> Markup:
        """Draw an upright line."""
        ...

    def at(self, place: float, y: int, drawn: Markup) -> Markup:
        """Move a drawing to a place."""
        ...

    def size(self, height: int) -> Markup:
        """Say how large the picture is."""
        ...


@dataclass(frozen=True, slots=True)
class Screen:
    """As wide as its place: years spread, and letters keep their size."""

    def across(self, first: float, last: float, y: int, style: Markup) -> Markup:
        """Draw a level line."""
        return Markup('<line x1="{}%" x2="{}%" y1="{y}" y2="{y}"{}/>').format(
            first, last, style, y=y
        )

    def down(self, place: float, top: int, bottom: int, style: Markup) -> Markup:
        """Draw an upright line."""
        return Markup('<line x1="{x}%" x2="{x}%" y1="{}" y2="{}"{}/>').format(
            top, bottom, style, x=place
        )

    def at(self, place: float, y: int, drawn: Markup) -> Markup:
        """Move a drawing to a place."""
        return Markup('<svg x="{}%" y="{}" overflow="visible">{}</svg>').format(
            place, y, drawn
        )

    def size(self, height: int) -> Markup:
        """Say how large the picture is."""
        return Markup('width="100%" height="{}"').format(height)


@dataclass(frozen=True, slots=True)
class Paper:
    """Of one width in pixels, in groups and paths alone."""

    width: int

    def across(self, first: float, last: float, y: int, style: Markup) -> Markup:
        """Draw a level line."""
        return Markup('<path d="M{:g} {}H{:g}"{}/>').format(
            self._pixels(first), y, self._pixels(last), style
        )

    def down(self, place: float, top: int, bottom: int, style: Markup) -> Markup:
        """Draw an upright line."""
        return Markup('<path d="M{:g} {}V{}"{}/>').format(
            self._pixels(place), top, bottom, style
        )

    def at(self, place: float, y: int, drawn: Markup) -> Markup:
        """Move a drawing to a place."""
        return Markup('<g transform="translate({:g} {})">{}</g>').format(
            self._pixels(place), y, drawn
        )

    def size(self, height: int) -> Markup:
        """Say how large the picture is."""
        return Markup('width="{w}" height="{h}" viewBox="0 0 {w} {h}"').format(
            w=self.width, h=height
        )

    def _pixels(self, place: float) -> float:
        return round(place * self.width / 100, 1)


def shape(name: Shape, *, is_solid: bool) -> Markup:
    """Draw a shape around its point."""
    fill = "currentColor" if is_solid else "none"
    return Markup('<path d="{}" stroke-width="1.5" fill="{}"/>').format(
        SHAPES[name], fill
    )


def words(text: str, x: int, y: int, *, size: int = 12, more: str = "") -> Markup:
    """Set a text; `more` are attributes of ours."""
    return Markup(
        '<text x="{}" y="{}" font-size="{}"{} fill="currentColor" stroke="none">{}</text>'
    ).format(x, y, size, Markup(more), text)  # noqa: S704 - attributes of ours
