"""Parity: how often the same conduct meets a listing, by home, counted and not judged.

It counts what it is handed: findings, each with the home of its subject, the grade of the
evidence, and the listings of that name. A finding knows neither home nor listing; here, and
only here, they are laid beside it. What is counted explains nothing: `confounders` says what
else differs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, get_args

from standsbehind.model.dates import PartialDate, earliest, latest
from standsbehind.model.proportion import Proportion
from standsbehind.standards.findings import Finding
from standsbehind.standards.grades import Grade
from standsbehind.standards.provisions import Program

__all__ = [
    "OUTCOMES",
    "ClassParity",
    "Examined",
    "Exposure",
    "Group",
    "Listed",
    "Outcome",
    "Reach",
    "Wait",
    "days_between",
    "lay_out",
    "reach_of",
]

Outcome = Literal["shown", "not shown", "not examined"]
"""What was found of the conduct; a class that the subject answered is shown all the same."""

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

Reach = Literal["open", "one country", "not written"]
"""`open`: to firms of more than one country. `not written`: its text is not among the programs."""

Days = tuple[int, int]
"""The fewest and the most days that two dates allow: a month has 31 of them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One listing of a name, as far as it is counted here. An exemption is none."""

    id: str
    program: str
    lister: str
    """Country or union of the authority; blank where it is not stated."""
    start: PartialDate | None
    end: PartialDate | None
    is_held: bool
    """Whether the name surely stands on the list on the day."""
    reach: Reach
    """Whom the text behind the list can name."""
    is_doubtful: bool = False
    """Whether its dates leave open if it does: the first day, say, is not stated."""
    is_ground: bool = False
    """Whether an origin of the listing is an origin of the finding as well."""


@dataclass(frozen=True)
class Examined:
    """A finding for which something was looked at, with what stands beside it."""

    finding: Finding
    home: str
    """Country of the subject; blank where none is stated, several joined by `+`."""
    grades: tuple[Grade, ...]
    """One for each element of the class."""
    origins: frozenset[str]
    """Origin groups of the claims; a search has none."""
    first_report: PartialDate | None
    """The earliest day on which a source of the claims was published."""
    listings: tuple[Listed, ...] = ()
    kin: tuple[str, ...] = ()
    """Listed names that hold the subject or are held by it, as stated."""

    @property
    def subject(self) -> str:
        """Whose finding it is."""
        return self.finding.subject

    @property
    def outcome(self) -> Outcome:
        """What was found of the conduct."""
        found = self.finding.result
        return "shown" if found == "answered" else found

    @cached_property
    def held(self) -> tuple[Listed, ...]:
        """The listings that hold on the day."""
        return tuple(one for one in self.listings if one.is_held)

    @property
    def is_listed(self) -> bool:
        """Whether any list names the subject on the day."""
        return bool(self.held)

    @cached_property
    def searches(self) -> frozenset[str]:
        """The records of what was looked for in this class."""
        return frozenset(key for e in self.finding.elements for key in e.searches)


@dataclass(frozen=True, slots=True)
class Exposure:
    """Those at home in one country, of whom the same was found in the same class."""

    country: str
    designated: Proportion
    """How many a list names on the day."""
    on_open_list: Proportion
    """How many a list names whose text is open to firms of more than one country."""
    by_lister: Mapping[str, int]
    """How many each lister names; a name on lists of two counts with both."""
    answered: int
    """How many replied to what was looked at, in a class that is shown."""
    doubtful: int
    """How many may be listed on the day, by a listing whose dates leave it open."""
    once: int
    """How many were listed before, and are not on the day."""
    searched: int
    """Of how many a search is recorded in this class."""
    one_origin: int
    """How many findings rest on claims of no more than one origin."""


@dataclass(frozen=True, slots=True)
class Group:
    """Those of whom the same was found in a class, by home and all together."""

    outcome: Outcome
    exposures: tuple[Exposure, ...]
    """In order of country."""
    together: Exposure
    """Of no country."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The time from the first report to the first listing whose day is stated."""

    subject: str
    home: str
    outcome: Outcome
    first_report: PartialDate | None
    listing: Listed | None
    """The first listing until the day asked about; None where there is none with a day."""
    days: Days | None
    """Until the listing, less than none where it came first; else until the day asked about.

    None where a day is missing, and where the first report came after the day asked about.
    """
    is_censored: bool
    """Whether nobody had listed the name by the day asked about, so that it is "at least"."""
    undated: int
    """Listings whose first day is not stated; one of them may be the first."""


@dataclass(frozen=True, slots=True)
class ClassParity:
    """One conduct class."""

    norm: str
    groups: tuple[Group, ...]
    """In the order of `OUTCOMES`; those of which nobody is are left out."""
    waits: tuple[Wait, ...]
    """In order of the first report; those without one last."""

    def of(self, outcome: Outcome) -> Group | None:
        """Return those of whom this was found; None where it was found of nobody."""
        return next((one for one in self.groups if one.outcome == outcome), None)


def reach_of(program: Program | None) -> Reach:
    """Say whom the text behind a list can name."""
    if program is None:
        return "not written"
    return "open" if program.one_country is None else "one country"


def lay_out(
    norms: Sequence[str], examined: Iterable[Examined], day: date
) -> tuple[ClassParity, ...]:
    """Count each class, in the order given; one in which nobody was examined has no groups."""
    by_norm: dict[str, list[Examined]] = {norm: [] for norm in norms}
    for one in examined:
        if one.finding.norm in by_norm:
            by_norm[one.finding.norm].append(one)
    return tuple(
        ClassParity(norm, tuple(_groups(found)), tuple(_waits(found, day)))
        for norm, found in by_norm.items()
    )


def _groups(found: Sequence[Examined]) -> Iterator[Group]:
    for outcome in OUTCOMES:
        alike = [one for one in found if one.outcome == outcome]
        by_home: dict[str, list[Examined]] = {}
        for one in alike:
            by_home.setdefault(one.home, []).append(one)
        if alike:
            rows = (_exposure(home, firms) for home, firms in sorted(by_home.items()))
            yield Group(outcome, tuple(rows), _exposure("", alike))


def _exposure(country: str, firms: Sequence[Examined]) -> Exposure:
    n = len(firms)
    listers: Counter[str] = Counter()
    for one in firms:
        listers.update({listing.lister for listing in one.held})
    on_open_list = [any(li.reach == "open" for li in one.held) for one in firms]
    others = [one for one in firms if not one.is_listed]
    maybe = [one for one in others if any(li.is_doubtful for li in one.listings)]
    return Exposure(
        country=country,
        designated=Proportion(sum(one.is_listed for one in firms), n),
        on_open_list=Proportion(sum(on_open_list), n),
        by_lister=dict(sorted(listers.items())),
        answered=sum(one.finding.result == "answered" for one in firms),
        doubtful=len(maybe),
        once=sum(bool(one.listings) for one in others) - len(maybe),
        searched=sum(bool(one.searches) for one in firms),
        one_origin=sum(len(one.origins) <= 1 for one in firms),
    )


def _waits(found: Sequence[Examined], day: date) -> Iterator[Wait]:
    def order(one: Examined) -> tuple[bool, str, str]:
        return one.first_report is None, one.first_report or "", one.subject

    return (_wait(one, day) for one in sorted(found, key=order))


def _wait(one: Examined, day: date) -> Wait:
    dated = [
        (listing.start, listing.id, listing)
        for listing in one.listings
        if listing.start is not None and earliest(listing.start) <= day
    ]
    first = min(dated, key=lambda found: found[:2], default=None)
    undated = sum(listing.start is None for listing in one.listings)
    is_censored = first is None and not undated
    until = PartialDate(day.isoformat()) if is_censored else first and first[0]
    days = days_between(one.first_report, until)
    return Wait(
        subject=one.subject,
        home=one.home,
        outcome=one.outcome,
        first_report=one.first_report,
        listing=None if first is None else first[2],
        days=None if is_censored and days and days[0] < 0 else days,
        is_censored=is_censored,
        undated=undated,
    )


def days_between(start: PartialDate | None, end: PartialDate | None) -> Days | None:
    """Return the fewest and the most days from one date to another; None without both.

    >>> days_between(PartialDate("2020-01"), PartialDate("2020-03-01"))
    (30, 60)
    """
    if start is None or end is None:
        return None
    return (earliest(end) - latest(start)).days, (latest(end) - earliest(start)).days
