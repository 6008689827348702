"""Profiles as pages: in what order an entity is told, with names that lead on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from standsbehind.cases.assess import assess
from standsbehind.cases.compared import Comparison
from standsbehind.cases.profile import Profile
from standsbehind.cases.screening import Captions
from standsbehind.graph.reader import Reader
from standsbehind.model.edge import Edge
from standsbehind.model.labels import is_hidden, label_of, property_label, value_label
from standsbehind.model.reply import Reply
from standsbehind.model.schema import property_type
from standsbehind.model.statement import BASE_ID, Claim
from standsbehind.reports.assessed import FindingsPage
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.owned import OwnershipPage
from standsbehind.reports.scripts import own_names
from standsbehind.reports.tenures import Tenures, tenures
from standsbehind.standards.norms import Standard
from standsbehind.tracing.ownership import Ownership
from standsbehind.tracing.paths import Path
from standsbehind.web.linking import Names

__all__ = ["Findings", "ProfilePage", "Stakes", "Stated", "findings_on"]

MOST_LINKS = 100
"""Links that a page sets out, the best evidenced first."""
MOST_CLAIMS = 300
"""Statements that a page lists."""
_NAMES = ("name", "alias", "weakAlias", "abbreviation", "previousName")


@dataclass(frozen=True, kw_only=True)
class Stakes(OwnershipPage):
    """Stakes in an entity or of it."""

    names: Names

    def name(self, entity_id: str) -> Markup:
        """Name an entity, as a link."""
        return self.names.name(entity_id)


@dataclass(frozen=True, kw_only=True)
class Findings(FindingsPage):
    """Findings on one entity, or on all."""

    names: Names

    def name(self, entity_id: str) -> Markup:
        """Name an entity, as a link."""
        return self.names.name(entity_id)

    def where(self, entity_id: str) -> str:
        """Return the address of what is known of an entity."""
        return self.names.to.entity(entity_id)


def findings_on(
    reader: Reader, entity_id: str, standard: Standard, names: Names
) -> Findings:
    """Apply the standard to one entity."""
    found = assess(reader, [entity_id], standard, standard.norms)
    return Findings(
        Comparison(standard, standard.norms, found), reader, None, names=names
    )


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement, with its property and value in words."""

    claim: Claim
    label: str
    value: str | Markup


@dataclass(frozen=True)
class ProfilePage:
    """What is known of an entity, in the order in which its page tells it."""

    profile: Profile
    reader: Reader
    linked: Names

    @property
    def caption(self) -> str:
        """Return the name that is shown of it."""
        return self.reader.caption(self.profile.entity_id)

    @cached_property
    def schema(self) -> str:
        """Return its type."""
        return str(self.reader.entities[self.profile.entity_id]["schema"])

    @property
    def kind(self) -> str:
        """Say what it is."""
        return label_of(self.schema)

    @property
    def own_names(self) -> Sequence[str]:
        """Return its names in letters other than Latin ones."""
        return own_names(self.profile.entity_id, self.reader)

    @property
    def names(self) -> Mapping[str, str]:
        """The name of each entity, for pictures."""
        return Captions(self.reader)

    def name(self, entity_id: str) -> Markup | str:
        """Name an entity, as a link to what is known of it unless that is this page."""
        if entity_id == self.profile.entity_id:
            return self.caption
        return self.linked.name(entity_id)

    @cached_property
    def stated(self) -> Sequence[Stated]:
        """Return the statements about it, in the order of their properties."""
        claims = [c for c in self.profile.claims if c.statement.prop != BASE_ID]
        claims.sort(key=lambda c: (_place(c), c.statement.prop, c.statement.value))
        return [self._stated(claim) for claim in claims[:MOST_CLAIMS]]

    @property
    def unlisted_claims(self) -> int:
        """Count the statements that are not listed."""
        own = [c for c in self.profile.claims if c.statement.prop != BASE_ID]
        return max(0, len(own) - MOST_CLAIMS)

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
        """Draw when it stood on which list."""
        profile = self.profile
        return tenures(profile.effects.designations, profile.position.as_of)

    @property
    def links(self) -> Sequence[Edge]:
        """Return the links that are set out."""
        return self.profile.links[:MOST_LINKS]

    @cached_property
    def _answers(self) -> Mapping[str, tuple[Reply, ...]]:
        found: dict[str, list[Reply]] = {}
        for reply in self.profile.replies:
            for claim in reply.answers:
                found.setdefault(claim, []).append(reply)
        return {claim: tuple(replies) for claim, replies in found.items()}

    def replies_to(self, claim_id: str) -> tuple[Reply, ...]:
        """Return what was answered to a link or a designation."""
        return self._answers.get(claim_id, ())

    @property
    def other_replies(self) -> tuple[Reply, ...]:
        """Return the replies that answer nothing which is set out."""
        here = set(self._set_out())
        return tuple(r for r in self.profile.replies if here.isdisjoint(r.answers))

    def _set_out(self) -> Iterator[str]:
        yield from (edge.id for edge in self.links)
        yield from (d.id for d in self.profile.effects.designations)
        for near in self.profile.near:
            yield from (d.id for d in near.designations)
            for hop in near.path.hops:
                yield from (edge.id for edge in (hop.edge, *hop.also))

    def marks(self, path: Path, sources: Bibliography) -> Mapping[str, Sequence[int]]:
        """Return the source numbers of each link of a path."""
        return {hop.edge.id: sources.cite(hop.edge.citations) for hop in path.hops}

    @property
    def stakes(self) -> Sequence[Stakes]:
        """Return who holds it and what it holds, where anything is stated."""
        sides: tuple[Ownership, ...] = (self.profile.owners, self.profile.assets)
        return [
            Stakes(found, (), self.reader, names=self.linked)
            for found in sides
            if found.stakes
        ]


_TOLD = frozenset({"country", "identifier", "address", "url", "topic", "date"})
"""Types of properties that stand in the head of a page."""


def _place(claim: Claim) -> int:
    prop = claim.statement.prop
    return _NAMES.index(prop) if prop in _NAMES else len(_NAMES)
