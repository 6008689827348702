"""Words: how a report says in English what the model says in codes."""

from collections.abc import Mapping
from datetime import date

from standsbehind.cases.counts import Counts
from standsbehind.model.designation import Designation
from standsbehind.model.edge import Edge
from standsbehind.model.statement import Claim, Status
from standsbehind.screening.match import HitKind
from standsbehind.standards.effects import LAW_AS_OF, NOT_LEGAL_ADVICE, Effect
from standsbehind.standards.programs import load_programs
from standsbehind.standards.provisions import EffectKind, Relation, Role
from standsbehind.standards.situations import State
from standsbehind.tracing.paths import Completeness

__all__ = [
    "COMPLETENESS",
    "JUDGED",
    "KINDS",
    "NOTICES",
    "RELATIONS",
    "ROLES",
    "STATES",
    "STATUSES",
    "alias_in_words",
    "alias_kind",
    "alias_with_address",
    "counted",
    "effect_in_words",
    "list_title",
    "listing_in_words",
    "outcome",
    "program_title",
    "said_apart",
    "sentence",
    "voice",
]

NOTICES = (
    "A hit is a lead to examine, not an identity and not a finding.",
    "No hit found is not clear.",
    f"{NOT_LEGAL_ADVICE} Law as of {LAW_AS_OF}.",
)
"""What stands on every answer, in every format."""

JUDGED = "Judged by a person not to be the subject of this row, so it is no hit of it."
"""What stands beside a hit that was set aside."""

STATUSES: Mapping[str, str] = {
    "hit": "hit",
    "no_hit_found": "no hit found",
    "not_examined": "not examined",
}

COMPLETENESS: Mapping[Completeness, str] = {
    "COMPLETE": "Every path within the hops asked for was looked at.",
    "CUT": "The search was stopped before it was done; there may be more paths.",
    "NOT_KNOWN": "An end of the path is not in the data, so nothing can be said.",
}

KINDS: Mapping[HitKind, str] = {
    "name": "its name",
    "alias": "an alias of it",
    "identifier": "an identifier of it",
    "product": "a product's name",
    "device": "a device",
}
"""What of the entity was met."""

ROLES: Mapping[Role, str] = {
    "buyer": "a buyer",
    "contractor": "a contractor of the US federal government",
    "exporter": "an exporter",
    "importer": "an importer",
    "investor": "an investor",
    "bank": "a bank",
    "deployer": "a deployer",
}

RELATIONS: Mapping[Relation, str] = {
    "itself": "the listed name and no other",
    "owned_50": "firms that listed names own to 50 % or more, in aggregate",
    "affiliate": "any subsidiary or affiliate of the listed name",
    "controlled": "firms that the listed name controls",
    "produced_by": "goods, by who made them",
    "none": "use, whoever the maker is",
}
"""The furthest that a provision reaches from the listed name."""

STATES: Mapping[State, str] = {
    "in_force": "in force",
    "unverified": "whether it is in force is not verified",
    "not_yet_in_force": "not yet in force",
    "suspended": "suspended",
    "ended": "no longer in force",
    "not_yet_listed": "name not yet listed",
    "no_longer_listed": "name no longer listed",
    "exempted": "name exempted",
    "not_examined": "not examined",
}

_EFFECTS: Mapping[EffectKind, str] = {
    "prohibited": "Prohibited",
    "licence": "Licence needed",
    "presumption": "Presumed forbidden",
    "duty": "Duty",
    "not_examined": "Not examined",
    "permitted": "Does not forbid it",
}

_VOICES: Mapping[Status, str] = {
    Status.OFFICIAL: "Official statement, in",
    Status.COMPANY: "Company statement, in",
    Status.REPORTED: "Reported by",
    Status.ALLEGED: "Alleged, according to",
    Status.JUDGED: "Judged here by",
    Status.OPINION: "Opinion, in",
    Status.DISPUTED: "Disputed between sources, among them",
    Status.UNSTATED: "Stated, in a voice that is not said, in",
}


def counted(count: int, one: str, many: str) -> str:
    """Count things in words: `1 row`, `1,200 rows`."""
    return f"{count:,} {one if count == 1 else many}"


def outcome(counts: Counts) -> str:
    """Tell how many rows there are, and what became of them."""
    judged = f" ({counts.judged:,} by judgement)" if counts.judged else ""
    return (
        f"{counted(counts.rows, 'row', 'rows')}: {counts.hits:,} with a hit, "
        f"{counts.quiet:,} no hit found{judged}, {counts.skipped:,} not examined"
    )


def sentence(text: str) -> str:
    """End a text with one full stop, whether or not it has one (`Inc.`)."""
    return f"{text.rstrip('. ')}."


_NAME_PROPS = {
    "name": "name",
    "alias": "alias",
    "weakAlias": "weak alias",
    "previousName": "former name",
    "abbreviation": "abbreviation",
}


def alias_kind(claim: Claim) -> str:
    """Say what kind of name it is, and for which time: `former name until 2021-10-27`."""
    statement, valid = claim.statement, claim.valid
    kind = _NAME_PROPS.get(statement.prop, statement.prop)
    since = f" since {valid.start}" if valid.start else ""
    until = f" until {valid.end}" if valid.end else ""
    return f"{kind}{since}{until}"


def alias_in_words(claim: Claim) -> str:
    """Say who says of a name what it is: `Oosto: former name; The Paper, 2021-10-28`."""
    source = claim.citations[0] if claim.citations else None
    told = (source.publisher, source.published) if source else ()
    who = ", ".join(filter(None, told)) or claim.statement.dataset
    return f"{claim.statement.value}: {alias_kind(claim)}; {who}"


def alias_with_address(claim: Claim) -> str:
    """Say the same with the address of the source."""
    url = claim.citations[0].url if claim.citations else ""
    return f"{alias_in_words(claim)} <{url}>" if url else alias_in_words(claim)


def voice(edge: Edge) -> str:
    """Say who says it, in the voice of its status: `Reported by The Paper`."""
    publishers = dict.fromkeys(c.publisher for c in edge.citations if c.publisher)
    told = "; ".join(publishers) or "a source that is not named"
    return f"{_VOICES[edge.status]} {told}"


def effect_in_words(effect: Effect) -> str:
    """Say what is forbidden or required, and whether that hangs on a condition."""
    said = _EFFECTS[effect.effect]
    if not effect.condition or effect.effect in {"permitted", "not_examined"}:
        return said
    if effect.condition_recorded:
        return f"{said}; the evidence records the condition"
    return f"{said}, on a condition"


def listing_in_words(designation: Designation, day: date) -> str:
    """Say how a listing stands on a day; an exemption never reads as listed."""
    if designation.status == "exempted":
        return "exempted: named as not covered"
    if designation.status == "revoked":
        return "revoked"
    return "listed" if designation.holds_on(day) else "not listed"


def said_apart(effect: Effect) -> str:
    """Return what an effect says, without the doubt that is printed beside it."""
    return effect.text.removeprefix(effect.unverified_why).strip() or effect.text


def list_title(designation: Designation) -> str:
    """Name the list of a designation, with its heading: `OFAC SDN List (SDGT)`."""
    title = program_title(designation.program)
    return f"{title} ({designation.tag})" if designation.tag else title


def program_title(program: str) -> str:
    """Return the title of a program; its id where no rule is written for it."""
    known = load_programs().get(program)
    return known.title if known else program
