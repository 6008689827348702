"""Pages of a record: all that the data holds of one entity, each statement with its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from standsbehind.graph.reader import Reader
from standsbehind.model.citation import Citation
from standsbehind.model.dates import Interval
from standsbehind.model.designation import Designation
from standsbehind.model.edge import Edge
from standsbehind.model.reply import Reply
from standsbehind.model.statement import BASE_ID
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.dated import claims_on, designations_on, entity_on
from standsbehind.reports.setting import template

__all__ = ["render_record"]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A value that sources state of one property, and for which time."""

    prop: str
    value: str
    valid: Interval
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    """The day for which listings are told."""

    as_of: date


@dataclass(frozen=True)
class _Page:
    """A record in the order in which its page tells it."""

    id: str
    reader: Reader
    links: Sequence[Edge]
    others: Sequence[str]
    as_of: date | None

    def name(self, entity_id: str) -> str:
        return self.reader.caption(entity_id)

    @property
    def schema(self) -> str:
        return entity_on(self.id, self.reader, self.as_of).schema

    @property
    def when(self) -> str:
        return f"what is stated of {self.as_of}" if self.as_of else "all that is stated"

    @cached_property
    def statements(self) -> list[_Stated]:
        found: dict[tuple[str, str, Interval], dict[str, Citation]] = {}
        for claim in claims_on(self.id, self.reader, self.as_of):
            if (prop := claim.statement.prop) != BASE_ID:
                key = (prop, claim.statement.value, claim.valid)
                cited = {one.id: one for one in claim.citations}
                found.setdefault(key, {}).update(cited)
        said = sorted(found.items(), key=lambda one: (one[0][0], one[0][1]))
        return [_Stated(*key, tuple(cited.values())) for key, cited in said]

    @cached_property
    def listings(self) -> tuple[Designation, ...]:
        return designations_on(self.id, self.reader, self.as_of)

    @cached_property
    def _replies(self) -> tuple[Reply, ...]:
        return self.reader.replies([self.id, *self._claims])

    @property
    def _claims(self) -> list[str]:
        """The ids of the links and listings that are told."""
        return [*(e.id for e in self.links), *(d.id for d in self.listings)]

    @cached_property
    def _answers(self) -> Mapping[str, tuple[Reply, ...]]:
        found: dict[str, list[Reply]] = {}
        for reply in self._replies:
            for claim in reply.answers:
                found.setdefault(claim, []).append(reply)
        return {claim: tuple(replies) for claim, replies in found.items()}

    def replies_to(self, claim_id: str) -> tuple[Reply, ...]:
        return self._answers.get(claim_id, ())

    @property
    def other_replies(self) -> tuple[Reply, ...]:
        """Replies that answer no link or listing that is told here."""
        here = set(self._claims)
        return tuple(r for r in self._replies if here.isdisjoint(r.answers))


def render_record(
    entity_id: str,
    reader: Reader,
    links: Sequence[Edge],
    asked: tuple[date | None, Sequence[str]],
    made_at: str,
) -> str:
    """Render what is known of an entity as one self-contained HTML page.

    `asked` is the day, None for all that is known, and the ids of others of that name. The
    same record, snapshot and moment of making give the same page; where `made_at` is empty,
    no moment is told.
    """
    day, others = asked
    return template("shown.html.j2").render(
        page=_Page(entity_id, reader, links, others, day),
        position=_Day(day or reader.snapshot.day),
        made_at=made_at,
        sources=Bibliography(),
    )
