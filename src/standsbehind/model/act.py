"""Acts: what somebody did in a case, each bound by its digest to all acts before it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import orjson

__all__ = ["ROLES", "Act", "ActKind", "Draft", "Role", "canonical", "first_bad"]

ActKind = Literal[
    "open",
    "add",
    "add_sealed",
    "conflict",
    "find",
    "notify",
    "reply",
    "review",
    "decide",
    "appeal",
    "rule",
    "correct",
    "close",
    "enrol",
    "retire",
]
"""`rule` decides an appeal. The last two are acts of the log of people."""

Role = Literal["researcher", "reviewer", "decider"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to do; it becomes an act when it is let into the log."""

    kind: ActKind
    by: str
    role: Role | None
    """In which role; None in the log of people."""
    said: Mapping[str, Any]
    """What the act says, in plain values."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the log. It is never edited: a correction is a further act."""

    case: str
    number: int
    """1 for the first act of a case, then without a gap."""
    kind: ActKind
    by: str
    role: Role | None
    at: str
    """ISO time in UTC, to the second; never before that of the act before it."""
    said: Mapping[str, Any]
    previous: str
    """Digest of the act before; empty for the first."""
    digest: str
    """SHA-256 over all other fields as canonical JSON."""

    @classmethod
    def after(cls, case: str, acts: Sequence["Act"], draft: Draft, now: str) -> "Act":
        """Make a draft the next act of a case."""
        last = acts[-1] if acts else None
        fields: dict[str, Any] = {
            "case": case,
            "number": len(acts) + 1,
            "kind": draft.kind,
            "by": draft.by,
            "role": draft.role,
            # A clock that went back does not put an act before its elder.
            "at": max(now, last.at) if last else now,
            "said": draft.said,
            "previous": last.digest if last else "",
        }
        return cls(**fields, digest=_digest(fields))

    @property
    def computed(self) -> str:
        """The digest that its fields give."""
        names = self.__dataclass_fields__.keys() - {"digest"}
        return _digest({name: getattr(self, name) for name in names})

    def to_json(self) -> dict[str, Any]:
        """Give all fields by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def canonical(value: object) -> bytes:
    """Write plain values as canonical JSON (RFC 8785).

    All keys are ASCII and no number is a fraction, so that sorting them as text is what the
    standard asks; a test holds it against a library for that standard.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _digest(fields: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(fields)).hexdigest()


def first_bad(case: str, acts: Sequence[Act]) -> str | None:
    """Name the first act that is not what was written, and say why; None where all are."""
    before, since = "", ""
    for place, act in enumerate(acts, start=1):
        where = f"case {case}, act {place}"
        if (act.case, act.number) != (case, place):
            return f"{where}: is missing; act {act.number} stands in its place"
        if act.previous != before:
            return f"{where}: does not follow from act {place - 1}; one was exchanged"
        if act.digest != act.computed:
            return f"{where}: was changed after it was written"
        if act.at < since:
            return f"{where}: is dated before act {place - 1}"
        before, since = act.digest, act.at
    return None
