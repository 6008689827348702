"""Provisions: what the law binds whom to do, for what and when, as values with a citation per date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

__all__ = [
    "LAW_AS_OF",
    "PARTIES",
    "ROLES",
    "Bystander",
    "EffectKind",
    "Grace",
    "OneCountry",
    "Otherwise",
    "Party",
    "Period",
    "Program",
    "Provision",
    "Reference",
    "Relation",
    "Role",
]

LAW_AS_OF = date(2026, 11, 23)
"""The day up to which the law in `programs/` was read."""

Role = Literal[
    "buyer", "contractor", "exporter", "importer", "investor", "bank", "deployer"
]
"""In what capacity someone asks. `contractor` is one of the US federal government."""

ROLES: tuple[Role, ...] = get_args(Role)

Bystander = Literal[
    "agency",  # a public body that buys or uses
    "provider",  # who puts a system on the market under its own name
    "applicant",  # who asks for an equipment authorisation
    "marketer",  # who offers equipment for sale
    "member_state",
    "addressee",  # the one firm that an order is addressed to
]
"""Whom the law also binds, but nobody can ask as."""

Party = Role | Bystander
"""Whom a provision can bind."""

PARTIES: frozenset[str] = frozenset(ROLES) | frozenset(get_args(Bystander))

EffectKind = Literal[
    "prohibited",
    "licence",  # forbidden without the authority's licence
    "presumption",  # presumed forbidden until the contrary is proven
    "duty",  # something must be done
    "permitted",  # this provision does not forbid it, on this day, to this role
    "not_examined",  # no rule is written that could say; never to be read as permitted
]

Relation = Literal[
    "itself",  # the listed name and no other
    "owned_50",  # firms that listed names own to 50 % or more, in aggregate
    "affiliate",  # any subsidiary or affiliate, with no percentage
    "controlled",
    "produced_by",  # goods, by who made them
    "none",  # the rule turns on use, not on a name
]
"""The furthest that a provision reaches from the listed name."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where the law says so: the title of the text and an address to read it at."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends included, in which a provision has one state."""

    start: date | None
    """None where the provision binds from the day of the listing, whenever that is."""
    last: date | None
    """None where no last day is set."""
    state: Literal["in_force", "suspended", "unverified"]
    citation: Reference
    note: str = ""

    def covers(self, day: date) -> bool:
        """Whether the day lies in the span."""
        begun = self.start is None or self.start <= day
        return begun and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What to say to a role that the provision does not bind."""

    says: str
    effect: Literal["permitted", "not_examined"] = "permitted"
    citation: Reference | None = None
    unverified: str = ""
    leads: bool = False
    """Read before everything else: it corrects how the list is commonly misread."""


@dataclass(frozen=True, slots=True)
class Grace:
    """Days after the start of a listing in which its effect cannot be told, and why."""

    days: int
    why: str


@dataclass(frozen=True, slots=True)
class Provision:
    """One thing that a program forbids or requires: whom it binds, for what, and when."""

    id: str
    title: str
    binds: tuple[Party, ...]
    bound_as: str
    """Those bound, as the text of the law calls them."""
    act: str
    effect: EffectKind
    relation: Relation
    says: str
    """The sentence for those bound, while it is in force."""
    periods: tuple[Period, ...]
    otherwise: Mapping[Role, Otherwise]
    reach: str = ""
    condition: str = ""
    """What must be true of the thing or its use; empty where the act alone decides."""
    capabilities: frozenset[str] = frozenset()
    """Recorded capabilities that meet the condition."""
    unverified: str = ""
    """Why this row may be wrong; empty where it was read in a source."""
    grace: Grace | None = None


@dataclass(frozen=True, slots=True)
class OneCountry:
    """That the text behind a list reaches the firms of one country and no others."""

    country: str
    by: Literal["statute", "order", "test of law"]
    """What confines it: an act, an executive order, or the law that a firm is subject to."""
    says: str
    citation: Reference


@dataclass(frozen=True, slots=True)
class Program:
    """A list of names or a rule without names, kept by one authority."""

    id: str
    title: str
    authority: str
    jurisdiction: str
    kind: Literal["list", "rule"]
    summary: str
    not_this: str
    """What the program does not do, said because it is often believed to."""
    provisions: tuple[Provision, ...]
    attaches_to: tuple[str, ...] = ()
    """Programs whose listings this one reaches beyond, where it keeps no list of its own."""
    territory: frozenset[str] = frozenset()
    """Jurisdictions in which it is law as well: the member states of a union."""
    one_country: OneCountry | None = None
    """Where its text can list the firms of one country alone; None where it is open to all."""

    def speaks_to(self, program: str) -> bool:
        """Whether a listing on that program has an effect under this one."""
        return program == self.id or program in self.attaches_to

    def is_law_in(self, jurisdiction: str | None) -> bool:
        """Whether it is law there; no jurisdiction asked for means anywhere."""
        return jurisdiction is None or jurisdiction in {
            self.jurisdiction,
            *self.territory,
        }
