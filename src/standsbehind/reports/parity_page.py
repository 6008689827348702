"""The page of parity: figures, the same as tables, pairs with their grounds, and what else differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from standsbehind.cases.parity import Parity
from standsbehind.graph.reader import Reader
from standsbehind.model.reply import Reply
from standsbehind.reports import parity_words
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.parity import Sides
from standsbehind.reports.parity_figures import (
    SHARES,
    TIMES,
    Timeline,
    draw_intervals,
)
from standsbehind.reports.plotting import draw_plots
from standsbehind.reports.setting import template
from standsbehind.standards.matched import Pair
from standsbehind.standards.parity import ClassParity, Examined

__all__ = ["ParityPage", "render_parity"]


@dataclass(frozen=True)
class ParityPage:
    """A comparison in the order in which its page tells it."""

    found: Parity
    reader: Reader
    limit: int

    @cached_property
    def _sides(self) -> Sides:
        return Sides(self.found, self.reader)

    def name(self, entity_id: str) -> str:
        """Name an entity."""
        return self.reader.caption(entity_id)

    def title(self, norm: str) -> str:
        """Name a class, with its id."""
        return f"{norm} {self.found.standard.norm(norm).title}"

    @property
    def examined(self) -> list[ClassParity]:
        """Return the classes under which anybody was examined."""
        return [one for one in self.found.classes if one.groups]

    @property
    def silent(self) -> list[str]:
        """Return the classes under which nobody was."""
        return [one.norm for one in self.found.classes if not one.groups]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Return the pairs that are told."""
        return self.found.matched.pairs[: self.limit]

    @property
    def left_out(self) -> int:
        """Count the pairs that are not told."""
        return self.found.matched.possible - len(self.pairs)

    def grades(self, pair: Pair) -> str:
        """Say of which grade the evidence of a pair is."""
        elements = self._sides.elements(pair.norm)
        return parity_words.grades_in_words(elements, pair.listed.grades)

    def claims(self, one: Examined) -> Iterator[dict[str, Any]]:
        """Give what is claimed of one side of a pair."""
        return self._sides.claims(one)

    def replies(self, one: Examined) -> tuple[Reply, ...]:
        """Return what one side replied."""
        return self._sides.replies(one)

    @property
    def legends(self) -> tuple[Markup, Markup]:
        """Draw what the marks of both figures mean."""
        return draw_plots([SHARES]), draw_plots([TIMES])

    def intervals(self, one: ClassParity) -> Markup:
        """Draw the shares of a class with their intervals."""
        return draw_intervals(one, self.found.as_of)

    @cached_property
    def times(self) -> Timeline:
        """Return what draws the times of a class."""
        return Timeline(self.found, self.reader)


def render_parity(found: Parity, reader: Reader, limit: int, made_at: str) -> str:
    """Render a comparison as one self-contained HTML page, free of scripts and outside requests.

    The same comparison, snapshot and moment of making give the same page.
    """
    return template("parity.html.j2").render(
        page=ParityPage(found, reader, limit),
        said=parity_words,
        made_at=made_at,
        sources=Bibliography(),
    )
