"""Profiles: in what order the page of an entity tells it, with names that lead on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup

from standsbehind.cases.screening import AnsweredHit, Captions
from standsbehind.graph.reader import Reader
from standsbehind.model.designation import Designation
from standsbehind.model.edge import Edge
from standsbehind.model.labels import is_hidden, label_of, property_label, value_label
from standsbehind.model.schema import property_type
from standsbehind.model.statement import BASE_ID, Claim
from standsbehind.reports.alike import alike
from standsbehind.reports.owned import MOST_DRAWN
from standsbehind.reports.scripts import own_names
from standsbehind.reports.tenures import Tenures, tenures
from standsbehind.reports.told_hits import TellsHits
from standsbehind.reports.words import program_title
from standsbehind.standards.listings import why_absent
from standsbehind.tracing.ownership import Question, ownership
from standsbehind.tracing.stakes import Side
from standsbehind.web.linked import Stakes
from standsbehind.web.linking import Names

__all__ = ["ProfilePage", "Stated"]

MOST_LINKS = 100
"""Links that a page sets out, the best evidenced first."""
MOST_CLAIMS = 300
"""Statements that a page lists."""
_NAMES = ("name", "alias", "weakAlias", "abbreviation", "previousName")


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement, with its property and value in words."""

    claim: Claim
    label: str
    value: str | Markup


@dataclass(frozen=True)
class ProfilePage(TellsHits):
    """What is known of an entity, in the order in which its page tells it."""

    hit: AnsweredHit
    day: date
    reader: Reader
    linked: Names

    @property
    def hits(self) -> Sequence[AnsweredHit]:
        """The entity itself, as what a question by its id met."""
        return (self.hit,)

    @property
    def id(self) -> str:
        """Return its id."""
        return self.hit.hit.entity_id

    @cached_property
    def claims(self) -> Sequence[Claim]:
        """Return what is stated of it, in the order of its properties."""
        stated = self.reader.claims([self.id])[self.id]
        claims = [claim for claim in stated if claim.statement.prop != BASE_ID]
        return sorted(
            claims, key=lambda c: (_place(c), c.statement.prop, c.statement.value)
        )

    @cached_property
    def designations(self) -> Sequence[Designation]:
        """Return its own listings."""
        return self.reader.designations([self.id])[self.id]

    @property
    def caption(self) -> str:
        """Return the name that is shown of it."""
        return self.reader.caption(self.id)

    @cached_property
    def schema(self) -> str:
        """Return its type."""
        return str(self.reader.entities[self.id]["schema"])

    @property
    def kind(self) -> str:
        """Say what it is."""
        return label_of(self.schema)

    @property
    def own_names(self) -> Sequence[str]:
        """Return its names in letters other than Latin ones."""
        return own_names(self.id, self.reader)

    @property
    def names(self) -> Mapping[str, str]:
        """The name of each entity, for pictures."""
        return Captions(self.reader)

    def name(self, entity_id: str) -> Markup | str:
        """Name an entity, as a link to what is known of it unless that is this page."""
        if entity_id == self.id:
            return self.caption
        return self.linked.name(entity_id)

    @cached_property
    def stated(self) -> Sequence[Stated]:
        """Return the statements that are listed."""
        return [self._stated(claim) for claim in self.claims[:MOST_CLAIMS]]

    def _stated(self, claim: Claim) -> Stated:
        statement = claim.statement
        kind = property_type(self.schema, statement.prop)
        label = property_label(self.schema, statement.prop)
        value: str | Markup = statement.value
        if kind == "entity" and statement.value in self.reader.entities:
            value = self.linked.name(statement.value)
        elif kind == "country":
            value = f"{value_label('country', statement.value)} ({statement.value})"
        elif kind == "topic":
            value = f"{value_label('topic', statement.value)} ({statement.value})"
        return Stated(claim, label, value)

    @cached_property
    def facts(self) -> Mapping[str, Sequence[str | Markup]]:
        """Return what describes it best: names, countries, numbers, addresses; by label."""
        told: dict[str, dict[str | Markup, None]] = {}
        for one in self.stated:
            prop = one.claim.statement.prop
            is_told = property_type(self.schema, prop) in _TOLD or prop in _NAMES
            if is_told and not is_hidden(self.schema, prop):
                told.setdefault(one.label, {})[one.value] = None
        return {
            label: [v for v in found if v != self.caption]
            for label, found in told.items()
        }

    @property
    def tenures(self) -> Tenures:
        """Draw when it stood on which list, what reads alike once."""
        return tenures([one.listing for one in alike(self.designations)], self.day)

    @property
    def is_dated(self) -> bool:
        """Whether a day is stated of any of its listings."""
        return any(one.interval.start or one.interval.end for one in self.designations)

    @cached_property
    def programs(self) -> Sequence[str]:
        """Return the titles of the lists that name it on the day, each once."""
        named = (d for d in self.designations if why_absent(d, self.day) is None)
        return tuple(dict.fromkeys(program_title(one.program) for one in named))

    @property
    def links(self) -> Sequence[Edge]:
        """Return the links that are set out."""
        return self.hit.links[:MOST_LINKS]

    @cached_property
    def stakes(self) -> Sequence[Stakes]:
        """Return who holds it and what it holds, where anything is stated."""
        sides: tuple[Side, ...] = ("owners", "assets")
        questions = (
            Question(self.id, side, self.day, (), MOST_DRAWN) for side in sides
        )
        found = (ownership(self.reader, question) for question in questions)
        return [
            Stakes(one, (), self.reader, names=self.linked)
            for one in found
            if one.stakes
        ]


_TOLD = frozenset({"country", "identifier", "address", "url", "topic", "date"})
"""Types of properties that stand in the head of a page."""


def _place(claim: Claim) -> int:
    prop = claim.statement.prop
    return _NAMES.index(prop) if prop in _NAMES else len(_NAMES)
