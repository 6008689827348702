"""Judgements: a person's reasoned word on whether two records are one entity.

A row of a user's file is judged against an entity of the data, or two records of the data
against each other. Two records that are not the same may be linked all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from standsbehind.matching.names import fold, fold_number
from standsbehind.resolution.identity import Changed, Identity, changes

__all__ = [
    "CUSTOMER",
    "EVERYWHERE",
    "ON_LIST",
    "VERDICTS",
    "Customer",
    "Evidence",
    "Judgement",
    "Linked",
    "Standing",
    "State",
    "Verdict",
    "pair_standing_of",
    "standing_of",
]

Verdict = Literal["positive", "negative", "unsure"]
"""The same entity, not the same, or left open."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

State = Literal["in_force", "partial", "stale", "expired"]
"""`partial`: in force for its list alone, while others name the entity too. `stale`: the
entity's identifying data changed since. A negative judgement sets a hit aside only in force."""

Linked = Literal["same_brand", "renamed", "succeeded", "split"]
"""How a record goes on as another, or shares its brand, without being the same entity."""

CUSTOMER = "customer"
EVERYWHERE = "everywhere"
ON_LIST = "list:"
"""A scope is `customer`, `everywhere`, or this followed by the id of a dataset."""

_MOST_CHANGES = 5
"""Changes that are told in words; all stand in the JSON."""


@dataclass(frozen=True, slots=True)
class Customer:
    """Who a row of a user's file is about: its name and what identifies it, as given."""

    name: str
    names: tuple[str, ...] = ()
    """Other names and products of the row."""
    countries: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    """Pairs of kind and value."""

    @property
    def folded_names(self) -> frozenset[str]:
        """All names, in the form in which spelling habits do not matter."""
        return frozenset(filter(None, map(fold, (self.name, *self.names))))

    @property
    def numbers(self) -> frozenset[str]:
        """The identifiers, without spaces, dots and dashes; of which kind does not matter."""
        return frozenset(fold_number(value) for _, value in self.identifiers)

    def to_json(self) -> dict[str, Any]:
        """Give all fields by name."""
        return {
            "name": self.name,
            "names": list(self.names),
            "countries": list(self.countries),
            "identifiers": [list(pair) for pair in self.identifiers],
        }

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Customer":
        """Read it back. Raises KeyError or TypeError where a field is not there."""
        return cls(
            name=told["name"],
            names=tuple(told["names"]),
            countries=tuple(told["countries"]),
            identifiers=tuple((kind, value) for kind, value in told["identifiers"]),
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was in view when it was judged."""

    snapshot: str
    entities: Mapping[str, Mapping[str, Identity]]
    """Of each entity judged, what each dataset within the scope said that identifies it."""
    sources: tuple[str, ...] = ()
    """What the author read besides: addresses, or documents by name."""

    def to_json(self) -> dict[str, Any]:
        """Give the values of each dataset with their digests."""
        return {
            "snapshot": self.snapshot,
            **({"sources": list(self.sources)} if self.sources else {}),
            "entities": {
                entity: {name: one.to_json() for name, one in held.items()}
                for entity, held in self.entities.items()
            },
        }

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Evidence":
        """Read it back. Raises ValueError where a digest is not that of its values."""
        entities = {
            entity: {name: Identity.of_json(one) for name, one in held.items()}
            for entity, held in told["entities"].items()
        }
        return cls(told["snapshot"], entities, tuple(told.get("sources", ())))


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement as it was made; it is never edited."""

    left: Customer | str
    """A row, or the id of a record."""
    right: str
    """The id of an entity or record."""
    verdict: Verdict
    scope: str
    author: str
    reason: str
    made_at: str
    """ISO time in UTC."""
    until: str | None
    """The last day on which it holds; None: until it is withdrawn."""
    evidence: Evidence
    id: str = ""
    """Given when it is kept."""
    link: Linked | None = None
    """Of two records: how the left one is linked to the right one,"""
    since: str | None = None
    """and since when: an ISO day, month or year."""

    @property
    def is_pair(self) -> bool:
        """Whether two records of the data are judged against each other."""
        return isinstance(self.left, str)

    def holds_on(self, day: date) -> bool:
        """Whether the day is not past its last."""
        return self.until is None or day.isoformat() <= self.until

    @property
    def dataset(self) -> str | None:
        """The dataset to which it is limited, if it is."""
        is_limited = self.scope.startswith(ON_LIST)
        return self.scope.removeprefix(ON_LIST) if is_limited else None

    @property
    def question(self) -> tuple[object, ...]:
        """What was judged; a later judgement of the same question replaces this one."""
        if isinstance(self.left, str):
            return (frozenset((self.left, self.right)),)
        left: object = self.left
        if isinstance(self.left, Customer):
            left = (fold(self.left.name), self.left.folded_names)
            if self.scope == CUSTOMER:
                left = (*left, frozenset(self.left.countries), self.left.numbers)
        return (left, self.right, self.scope)

    @property
    def said(self) -> str:
        """Say in words what was judged, by whom and when."""
        told = f"{self._verdict_in_words} by {self.author} on {self.made_at[:10]}"
        last = f"until {self.until}" if self.until else ""
        reach = "" if self.is_pair else _scope_in_words(self.scope)
        limits = ", ".join(filter(None, (reach, last)))
        return f"{told} ({limits})" if limits else told

    @property
    def _verdict_in_words(self) -> str:
        return LINKED[self.link] if self.link else _WORDS[self.verdict]

    def to_json(self) -> dict[str, Any]:
        """Give all fields by name, but for the id."""
        is_row = isinstance(self.left, Customer)
        left = self.left.to_json() if isinstance(self.left, Customer) else self.left
        return {
            "left": {"row" if is_row else "entity": left},
            "right": {"entity": self.right},
            "verdict": self.verdict,
            **({"link": self.link} if self.link else {}),
            **({"since": self.since} if self.since else {}),
            "scope": self.scope,
            "author": self.author,
            "reason": self.reason,
            "made_at": self.made_at,
            "until": self.until,
            "evidence": self.evidence.to_json(),
        }

    @classmethod
    def of_json(cls, told: Mapping[str, Any], key: str) -> "Judgement":
        """Read it back. Raises KeyError, TypeError or ValueError where it is damaged."""
        left = told["left"]
        plain = ("verdict", "scope", "author", "reason", "made_at", "until")
        return cls(
            left=Customer.of_json(left["row"]) if "row" in left else left["entity"],
            right=told["right"]["entity"],
            evidence=Evidence.of_json(told["evidence"]),
            id=key,
            link=told.get("link"),
            since=told.get("since"),
            **{name: told[name] for name in plain},
        )


_WORDS: Mapping[Verdict, str] = {
    "negative": "judged not the same",
    "positive": "judged the same",
    "unsure": "left open",
}


LINKED: Mapping[Linked, str] = {
    "same_brand": "judged one brand, two legal entities",
    "renamed": "judged to have been renamed",
    "succeeded": "judged to be succeeded",
    "split": "judged to be what the other was split from",
}


def _scope_in_words(scope: str) -> str:
    match scope:
        case "customer":
            return "this customer"
        case "everywhere":
            return "any row of this name"
        case _:
            return f"any row of this name, on {scope.removeprefix(ON_LIST)}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a judgement stands on a day, held against the data of a snapshot."""

    judgement: Judgement
    state: State
    changes: tuple[Changed, ...] = ()
    """How the entity's identifying data changed since."""
    outside: tuple[str, ...] = ()
    """Datasets that name the entity too, and which the judgement does not reach."""

    @property
    def said(self) -> str:
        """Say in words what was judged and how that stands."""
        return f"{self.judgement.said}{self._state_in_words}: {self.judgement.reason}"

    @property
    def _state_in_words(self) -> str:
        match self.state:
            case "in_force":
                return ""
            case "partial":
                return f", but {', '.join(self.outside)} names it too"
            case "stale":
                told = [one.said for one in self.changes[:_MOST_CHANGES]]
                more = len(self.changes) - len(told)
                rest = f"; and {more} more" if more else ""
                return f", but the entry changed since: {'; '.join(told)}{rest}"
            case "expired":
                return ", which has expired"


def standing_of(
    judgement: Judgement, now: Mapping[str, Identity], day: date
) -> Standing:
    """Hold a judgement against what identifies its entity now.

    `now` is what each dataset says; those out of the judgement's scope do not count, and
    stand under `outside`.
    """
    limit = judgement.dataset
    seen = {name: one for name, one in now.items() if limit in {None, name}}
    before = judgement.evidence.entities.get(judgement.right, {})
    outside = tuple(name for name in now if name not in seen)
    changed = changes(before, seen)
    state: State = "partial" if outside else "in_force"
    if not judgement.holds_on(day):
        state = "expired"
    elif changed:
        state = "stale"
    return Standing(judgement, state, changed, outside)


def pair_standing_of(
    judgement: Judgement,
    now: Mapping[str, Mapping[str, Identity]],
    day: date,
) -> Standing:
    """Hold a judgement of two records against what identifies each of them now."""
    changed = tuple(
        change
        for record, before in judgement.evidence.entities.items()
        for change in changes(before, now.get(record, {}))
    )
    state: State = "stale" if changed else "in_force"
    return Standing(judgement, state if judgement.holds_on(day) else "expired", changed)
