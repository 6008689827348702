"""Text whose lines, where they are too long, go on beneath their beginning."""

from typing import TYPE_CHECKING, Any

from rich.containers import Lines
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Hanging"]

STEP = 2
"""Columns by which a line goes on further in than it began."""
NARROW = 20
"""Columns that a line keeps; where the indent leaves fewer, it goes on at the left edge."""


class Hanging(Text):
    """Text that keeps the indent of a line when it is wrapped.

    It does so within a group or a table; what `Console.print` is handed by itself it joins
    to plain text.
    """

    def wrap(self, console: "Console", width: int, **how: Any) -> Lines:
        """Break each line of the text where it has to be broken."""
        broken = Lines()
        for line in self.split(allow_blank=True):
            indent = len(line.plain) - len(line.plain.lstrip(" "))
            room = width - indent - STEP
            if not indent or room < NARROW or line.cell_len <= width:
                broken.extend(line.wrap(console, width, **how))
                continue
            for number, part in enumerate(line[indent:].wrap(console, room, **how)):
                part.rstrip()
                part.pad_left(indent + STEP * bool(number))
                broken.append(part)
        return broken
