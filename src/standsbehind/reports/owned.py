"""Pages of ownership: who holds an entity or what it holds, as a picture and the same as tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from standsbehind.cases.ownership import TestAnswer
from standsbehind.cases.screening import Captions
from standsbehind.graph.reader import Reader
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.diagram import Box, Diagram, Line, draw
from standsbehind.reports.ownership import (
    NOT_SHOWN,
    beside,
    interests_in_words,
)
from standsbehind.reports.setting import template
from standsbehind.reports.tested import reasons, stake_in_words
from standsbehind.tracing.ownership import Ownership
from standsbehind.tracing.stated import Stake

__all__ = ["OwnershipPage", "draw_ownership", "render_ownership"]

MOST_DRAWN = 40
"""Stakes that one picture holds; all that were read stand in the table."""


@dataclass(frozen=True)
class OwnershipPage:
    """An answer in the order in which its page tells it."""

    found: Ownership
    tests: Sequence[TestAnswer]
    reader: Reader
    not_shown: str = NOT_SHOWN

    def name(self, entity_id: str) -> str:
        """Name an entity."""
        return self.reader.caption(entity_id)

    @property
    def asked(self) -> str:
        """Say which side is asked about."""
        is_owners = self.found.question.side == "owners"
        return "who holds it" if is_owners else "what it holds"

    @property
    def drawn(self) -> int:
        """Count the stakes in the picture."""
        return min(len(self.found.stakes), MOST_DRAWN)

    @property
    def holders(self) -> list[tuple[str, str, bool]]:
        """Give each entity on that side, its interest in words, and whether it holds directly."""
        return [
            (holder.id, interests_in_words(holder), bool(holder.direct))
            for holder in self.found.holders
        ]

    @property
    def beside(self) -> list[str]:
        """Say what stands beside the interests."""
        return list(beside(self.found))

    def reasons(self, answer: TestAnswer) -> list[str]:
        """Say why a test is answered as it is."""
        return list(reasons(answer, Captions(self.reader)))

    def marks(self, sources: Bibliography) -> Mapping[str, Sequence[int]]:
        """Return the source numbers of each stake."""
        return {
            stake.edge.id: sources.cite(stake.edge.citations)
            for stake in self.found.stakes
        }

    def picture(self, sources: Bibliography) -> Markup:
        """Draw the stakes."""
        return draw_ownership(self.found, self.reader, self.marks(sources))


def render_ownership(
    found: Ownership, tests: Sequence[TestAnswer], reader: Reader, made_at: str
) -> str:
    """Render an answer as one self-contained HTML page, free of scripts and outside requests.

    The same answer, snapshot and moment of making give the same page.
    """
    return template("owned.html.j2").render(
        page=OwnershipPage(found, tests, reader),
        made_at=made_at,
        sources=Bibliography(),
    )


def draw_ownership(
    found: Ownership, reader: Reader, marks: Mapping[str, Sequence[int]] | None = None
) -> Markup:
    """Draw the nearest forty stakes, holders above what they hold.

    `marks` gives the source numbers of each edge by its id. The entity asked about has a
    double frame; a dashed line is a stake of which no share is stated.
    """
    asked = found.question.entity
    # A stake in oneself has no line to be drawn; it stands in the table.
    stakes = [s for s in found.stakes if s.edge.source != s.edge.target][:MOST_DRAWN]
    told = {holder.id: interests_in_words(holder) for holder in found.holders}
    ids = dict.fromkeys(
        [asked, *(end for s in stakes for end in (s.edge.source, s.edge.target))]
    )
    boxes = tuple(_box(key, asked, told, reader) for key in ids)
    lines = tuple(_line(stake, marks or {}) for stake in stakes)
    what = "Who holds" if found.question.side == "owners" else "What is held by"
    said = [stake_in_words(stake, Captions(reader)) for stake in stakes]
    title = f"{what} {reader.caption(asked)} on {found.question.as_of}"
    return draw(Diagram(boxes, lines, title, ". ".join(said)), "ownership")


def _box(key: str, asked: str, told: Mapping[str, str], reader: Reader) -> Box:
    listed = "named on a list" if reader.is_designated(key) else ""
    interest = f"in all: {told[key]}" if key in told else ""
    notes = tuple(filter(None, (*interest.split("\n"), listed)))
    return Box(key, reader.caption(key), notes, is_double=key == asked)


def _line(stake: Stake, marks: Mapping[str, Sequence[int]]) -> Line:
    edge = stake.edge
    share = f"{stake.share}{' of the votes' * (stake.kind == 'votes')}"
    cited = " ".join(f"[{number}]" for number in marks.get(edge.id, ()))
    notes = (share or edge.role, str(edge.interval), edge.grade, cited)
    return Line(
        edge.source,
        edge.target,
        tuple(filter(None, notes)),
        is_dashed=not stake.share,
    )
