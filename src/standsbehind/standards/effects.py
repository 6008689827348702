"""Effects: what a listing or a rule does to me, in my role, on a day.

effect = f(program, role, act, date, relation to the listed name). A listing is a dated
instrument that binds some roles for some acts; the same name can be lawful to buy from,
unlawful to export to and unlawful to invest in on the same day. What no rule is written
for is "not examined", never "permitted".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from standsbehind.model.designation import Designation
from standsbehind.standards.listings import last_day
from standsbehind.standards.provisions import (
    LAW_AS_OF,
    EffectKind,
    Party,
    Program,
    Reference,
    Relation,
    Role,
)
from standsbehind.standards.sentences import ACTS, say
from standsbehind.standards.situations import Question, Situation, State, situate

__all__ = ["LAW_AS_OF", "NOT_LEGAL_ADVICE", "Effect", "Reach", "decide"]

NOT_LEGAL_ADVICE = "Not legal advice."
"""Printed, with `LAW_AS_OF`, wherever an effect is."""

_READING_ORDER: tuple[EffectKind, ...] = (
    "prohibited",
    "licence",
    "presumption",
    "duty",
    "not_examined",
    "permitted",
)


_COVERS: Mapping[Relation, frozenset[Relation]] = MappingProxyType(
    {
        "owned_50": frozenset({"owned_50"}),
        "affiliate": frozenset({"affiliate"}),
        "controlled": frozenset({"controlled"}),
        "produced_by": frozenset({"produced_by", "affiliate"}),
    }
)
"""The relations to a listed name that a provision reaches, by the furthest that it names."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A listed name that the one asked about stands in a relation to, with the evidence."""

    listing: Designation
    relation: Relation
    told: str
    """The relation in one sentence, in the voice of its evidence."""
    evidence: tuple[str, ...]
    """Ids of the links that it rests on."""
    doubt: str = ""
    """Why the relation may not hold; empty where a source states it without reserve."""
    test: str = ""
    """Id of the ownership test that it meets; empty where it is by who makes the goods."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One line of the answer: one provision, for one listing, role and day."""

    program: str
    provision: str
    title: str
    jurisdiction: str
    act: str
    effect: EffectKind
    relation: Relation
    """Of the one asked about to the listed name: `itself`, but for rules on other firms."""
    reaches: Relation
    """The furthest from the listed name that the provision goes."""
    citation: Reference
    since: str | None
    """First day on which provision and listing hold together; `from` in JSON."""
    until: str | None
    """Last such day, itself included; `to` in JSON."""
    unverified: bool
    unverified_why: str
    state: State
    binds: tuple[Party, ...]
    text: str
    condition: str = ""
    condition_recorded: bool = False
    """Whether the evidence records a capability that meets the condition."""
    reach: str = ""
    designation: str | None = None
    """Id of the designation; None for a rule, which needs no listing."""
    scope: str = ""
    leads: bool = False
    """Read first: it corrects how the list is commonly misread."""
    listed: str = ""
    """The listed name, by id, where the one asked about is reached through it."""
    through: str = ""
    """How it is reached, in one sentence."""
    evidence: tuple[str, ...] = ()
    """Ids of the links by which it is reached."""
    test: str = ""
    """Id of the ownership test by which it is reached; empty where none is asked."""

    def to_json(self) -> dict[str, object]:
        """Return the fields that `behind effects --json` prints."""
        cited = {"title": self.citation.title, "href": self.citation.href}
        return {
            "program": self.program,
            "provision": self.provision,
            "title": self.title,
            "jurisdiction": self.jurisdiction,
            "act": self.act,
            "effect": self.effect,
            "relation": self.relation,
            "reaches": self.reaches,
            "citation": cited,
            "from": self.since,
            "to": self.until,
            "unverified": self.unverified,
            "unverified_why": self.unverified_why,
            "state": self.state,
            "binds": list(self.binds),
            "text": self.text,
            "condition": self.condition,
            "condition_recorded": self.condition_recorded,
            "reach": self.reach,
            "designation": self.designation,
            "scope": self.scope,
            "leads": self.leads,
            "listed": self.listed or None,
            "through": self.through,
            "evidence": list(self.evidence),
        }


def decide(  # noqa: PLR0913, PLR0917 - the arguments of the rule, one each
    designations: Sequence[Designation],
    role: Role,
    as_of: date,
    programs: Mapping[str, Program],
    jurisdiction: str | None = None,
    capabilities: frozenset[str] = frozenset(),
    reached: Sequence[Reach] = (),
) -> tuple[Effect, ...]:
    """Say what every provision of every listed program, and every rule, does to the role.

    Rules are those of the jurisdiction, or all where none is asked for; listings count
    wherever one asks, because their law reaches abroad. What forbids is read first.
    """
    question = Question(role, as_of, capabilities)
    effects = [
        *_of_listings(designations, question, programs),
        *_of_reached(reached, question, programs),
        *_of_rules(question, programs, jurisdiction),
    ]
    return tuple(sorted(effects, key=_reading_order))


def _of_listings(
    designations: Sequence[Designation],
    question: Question,
    programs: Mapping[str, Program],
) -> Iterator[Effect]:
    for listing in sorted(designations, key=_listing_order):
        speaking = [p for p in programs.values() if p.speaks_to(listing.program)]
        if listing.program not in programs:
            yield _not_examined(listing, question)
        for program in sorted(speaking, key=lambda program: program.id):
            for provision in program.provisions:
                yield _effect(situate(program, provision, question, listing))


def _of_reached(
    reached: Sequence[Reach], question: Question, programs: Mapping[str, Program]
) -> Iterator[Effect]:
    """Say what the provisions do that reach beyond the listed name as far as this one stands."""
    for one in sorted(reached, key=lambda r: (*_listing_order(r.listing), r.relation)):
        if one.listing.program not in programs and one.relation != "produced_by":
            yield _through(one, _not_examined(one.listing, question))
        for program in sorted(programs.values(), key=lambda program: program.id):
            if not program.speaks_to(one.listing.program):
                continue
            for provision in program.provisions:
                if one.relation in _COVERS.get(provision.relation, frozenset()):
                    at = situate(program, provision, question, one.listing)
                    yield _through(one, _effect(at))


def _through(one: Reach, effect: Effect) -> Effect:
    doubt = "" if effect.effect == "permitted" else one.doubt
    doubts = filter(None, (doubt, effect.unverified_why))
    return replace(
        effect,
        relation=one.relation,
        text=f"{one.told} {effect.text}",
        unverified=effect.unverified or bool(doubt),
        unverified_why=" ".join(doubts),
        leads=False,
        listed=one.listing.entity_id,
        through=one.told,
        evidence=one.evidence,
        test=one.test,
    )


def _of_rules(
    question: Question, programs: Mapping[str, Program], jurisdiction: str | None
) -> Iterator[Effect]:
    rules = [p for p in programs.values() if p.kind == "rule"]
    for program in sorted(rules, key=lambda program: program.id):
        if program.is_law_in(jurisdiction):
            for provision in program.provisions:
                yield _effect(situate(program, provision, question, None))


def _effect(at: Situation) -> Effect:
    spoken = None if at.is_bound or not at.is_applied else at.otherwise
    since, until = at.span
    return Effect(
        program=at.program.id,
        provision=at.provision.id,
        title=at.provision.title,
        jurisdiction=at.program.jurisdiction,
        act=at.provision.act if at.is_bound else ACTS[at.question.role],
        effect=at.effect,
        relation=_relation(at),
        reaches=at.provision.relation,
        citation=(spoken.citation if spoken else None) or at.period.citation,
        since=since,
        until=until,
        unverified=bool(at.doubts),
        unverified_why=" ".join(at.doubts),
        state=at.state,
        binds=at.provision.binds,
        text=say(at),
        condition=at.provision.condition,
        condition_recorded=at.is_condition_recorded,
        reach=at.provision.reach,
        designation=at.listing.id if at.listing else None,
        scope=at.listing.scope if at.listing else "",
        leads=spoken.leads if spoken else False,
    )


def _relation(at: Situation) -> Relation:
    """Say how the one asked about stands to the listed name.

    A listing is asked about through the name that it lists. A program that attaches to
    another's list passes by that name and speaks of others: of what the name owns.
    """
    passes_by = at.listing is None or bool(at.program.attaches_to)
    return at.provision.relation if passes_by else "itself"


def _not_examined(listing: Designation, question: Question) -> Effect:
    """Say so where no rule is written for a program: that must not read as permitted."""
    why = f"No effect rule is written for {listing.program}: not examined."
    end = listing.interval.end
    return Effect(
        program=listing.program,
        provision="",
        title=listing.program,
        jurisdiction="",
        act=ACTS[question.role],
        effect="not_examined",
        relation="itself",
        reaches="itself",
        citation=Reference(listing.legal_ground, _address(listing)),
        since=listing.interval.start,
        until=last_day(end) if end else None,
        unverified=True,
        unverified_why=why,
        state="not_examined",
        binds=(),
        text=f"{why} The listing runs {listing.interval}.",
        designation=listing.id,
        scope=listing.scope,
    )


def _address(listing: Designation) -> str:
    return next((citation.url for citation in listing.citations), "")


def _listing_order(listing: Designation) -> tuple[str, ...]:
    return (
        listing.program,
        listing.id,
        str(listing.interval),
        listing.status,
        listing.scope,
        listing.legal_ground,
    )


def _reading_order(effect: Effect) -> tuple[bool, int, bool, bool]:
    """Put first what corrects a misreading, then what forbids, the surest line first."""
    weight = _READING_ORDER.index(effect.effect)
    conditional = bool(effect.condition) and not effect.condition_recorded
    return not effect.leads, weight, conditional, effect.unverified
