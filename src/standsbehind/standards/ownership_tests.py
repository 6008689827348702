"""Ownership tests: which firms a listing reaches because of who holds them, and in which days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal, get_args

from standsbehind.errors import SourceError
from standsbehind.model.packaged import read_yaml
from standsbehind.standards.programs import load_programs
from standsbehind.standards.provisions import Period, Reference, Relation

__all__ = [
    "Moment",
    "OwnershipTest",
    "ShareOf",
    "ShareTest",
    "StatedRelation",
    "load_ownership_tests",
]

ShareOf = Literal["capital", "votes"]
StatedRelation = Literal["control", "accounts", "related", "owned"]
"""Relations that count only where a source says the word; no share makes one."""


@dataclass(frozen=True, slots=True)
class ShareTest:
    """How much listed names must hold."""

    percent: Decimal
    is_more: bool
    """Whether it must be more than that, and not just as much."""
    is_aggregate: bool
    """Whether the holdings of several listed names add up."""

    @property
    def words(self) -> str:
        """Say the test in words."""
        much = f"more than {self.percent} %" if self.is_more else f"{self.percent} %"
        least = much if self.is_more else f"{much} or more"
        return f"{least}, {'in aggregate' if self.is_aggregate else 'by one holder'}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A span of days in which a test has one state and one share."""

    period: Period
    share: ShareTest | None


@dataclass(frozen=True, slots=True)
class OwnershipTest:
    """One rule that reaches beyond the listed names, with what it asks for on each day."""

    id: str
    title: str
    programs: tuple[str, ...]
    """The lists whose names count as holders."""
    relation: Relation
    """To the listed name, as the provisions call it, of a firm that the test catches."""
    says: str
    of: tuple[ShareOf, ...]
    """Of what the share is taken; each for itself, never added up. Empty where none counts."""
    relations: tuple[StatedRelation, ...]
    moments: tuple[Moment, ...]
    spares: str = ""
    """The country whose own firms the rule does not reach; empty where it reaches any."""

    def on(self, day: date) -> Moment | None:
        """Return what the test asks for on a day; None before its first day."""
        return next((m for m in self.moments if m.period.covers(day)), None)


@cache
def load_ownership_tests() -> Mapping[str, OwnershipTest]:
    """Read the tests that ship with the package, by id, in the order in which they are written.

    Raises SourceError where the file does not say what a test must say.
    """
    text = (
        resources.files("standsbehind.standards") / "ownership_tests.yml"
    ).read_text("utf-8")
    try:
        found = [_test(dict(fields)) for fields in read_yaml(text)]
    except (KeyError, TypeError, ValueError) as error:
        message = f"ownership_tests.yml: {error}; correct the file"
        raise SourceError(message) from error
    return MappingProxyType({test.id: test for test in found})


def _test(fields: dict[str, Any]) -> OwnershipTest:
    whole = fields.pop("share", None)
    named = fields.pop("provision", None)
    if named is None:
        moments = [_moment(dict(one)) for one in fields.pop("periods")]
    else:
        share = None if whole is None else _share(dict(whole))
        moments = [Moment(period, share) for period in _periods_of(named)]
    of, relations = tuple(fields.pop("of", ())), tuple(fields.pop("relations", ()))
    if not {*of} <= {*get_args(ShareOf)} or not {*relations} <= {
        *get_args(StatedRelation)
    }:
        message = f"{fields['id']}: of {of}, relations {relations} are not all known"
        raise ValueError(message)
    programs = tuple(fields.pop("programs"))
    return OwnershipTest(
        **fields, programs=programs, of=of, relations=relations, moments=tuple(moments)
    )


def _periods_of(named: str) -> tuple[Period, ...]:
    program, _, wanted = named.partition("/")
    provisions = load_programs()[program].provisions
    return next(p.periods for p in provisions if p.id == wanted)


def _moment(fields: dict[str, Any]) -> Moment:
    start = fields["from"]
    period = Period(
        start=None if start == "listing" else start,
        last=fields.get("to"),
        state=fields["state"],
        citation=Reference(**fields["citation"]),
        note=fields.get("note", ""),
    )
    return Moment(period, _share(dict(fields["share"])))


def _share(fields: dict[str, Any]) -> ShareTest:
    is_more = "more_than" in fields
    percent = Decimal(fields.pop("more_than" if is_more else "at_least"))
    return ShareTest(percent, is_more, fields.pop("aggregate"))
