"""Numbers: by which identifiers two records are one entity, and by which they are two."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from types import MappingProxyType
from typing import Any

from standsbehind.matching.names import fold_number
from standsbehind.model.packaged import read_yaml
from standsbehind.model.schema import is_a
from standsbehind.model.statement import Statement

__all__ = [
    "Number",
    "Rule",
    "family_of",
    "is_sound",
    "rows_of_rules",
    "rule_of",
    "rules",
    "rules_digest",
    "telling_numbers",
]


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A number of an entity, in the form in which it is compared."""

    kind: str
    """The property that holds it; with the country where it is of a register (`..@gb`)."""
    value: str

    @property
    def said(self) -> str:
        """Say it in words: `uscCode 91330000733796106P`."""
        return f"{self.kind} {self.value}"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a kind of number says of the records that bear it."""

    kind: str
    form: str
    tells_apart: bool
    why: str
    check: str = ""
    shortest: int = 1
    within: str = ""
    not_in: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    """Of the number of a list: the programs whose entries bear it,"""
    datasets: tuple[str, ...] = ()
    """and the datasets that give it."""


def _text() -> str:
    return (resources.files(__package__) / "numbers.yml").read_text("utf-8")


@cache
def _packaged() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = read_yaml(_text())
    return loaded


@cache
def rules_digest() -> str:
    """Return the SHA-256 of the rules, in hexadecimal."""
    return sha256(_text().encode()).hexdigest()


@cache
def rules() -> Mapping[str, Rule]:
    """Return the rule of each kind of number, by the property or the list that gives it."""
    found = [
        Rule(kind, **_tuples(told)) for kind, told in _packaged()["numbers"].items()
    ]
    listed = [
        Rule(kind, tells_apart=True, **_tuples(told))
        for kind, told in _packaged()["lists"].items()
    ]
    return MappingProxyType({rule.kind: rule for rule in (*found, *listed)})


def _tuples(told: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in told.items()}


def rows_of_rules() -> Mapping[str, list[dict[str, Any]]]:
    """Lay the rules out for an engine: numbers of properties, of lists, and their forms."""
    every = rules().values()
    return {
        "kinds": [
            {
                "kind": rule.kind,
                "within": bool(rule.within),
                "not_in": list(rule.not_in),
            }
            for rule in every
            if not rule.datasets
        ],
        "lists": [
            {"kind": rule.kind, "program": program, "source": dataset}
            for rule in every
            for program in rule.programs
            for dataset in rule.datasets
        ],
        "forms": [
            {"kind": rule.kind, "form": rule.form, "shortest": rule.shortest}
            for rule in every
        ],
    }


def rule_of(number: Number) -> Rule:
    """Return the rule that a number stands under."""
    return rules()[number.kind.partition("@")[0]]


@cache
def family_of(schema: str) -> str | None:
    """Say what kind of thing a type is, where two kinds are never one; None: it may be any."""
    for family, members in _packaged()["families"].items():
        if any(is_a(schema, member) for member in members):
            return str(family)
    return None


_IMO = re.compile("^IMO([0-9]{7})$")


def telling_numbers(statements: Iterable[Statement]) -> dict[str, set[str]]:
    """Collect, kind by kind, the numbers of which an entity has one."""
    found: dict[str, set[str]] = {}
    for one in statements:
        rule = rules().get(one.prop)
        if rule is not None and rule.tells_apart:
            folded = fold_number(one.value).upper()
            number = Number(rule.kind, _IMO.sub(r"\1", folded))
            if re.fullmatch(rule.form, number.value) and is_sound(number):
                found.setdefault(rule.kind, set()).add(number.value)
    return found


def is_sound(number: Number) -> bool:
    """Whether a number bears its check digits, if its kind has any."""
    check = rule_of(number).check
    return not check or _CHECKS[check](number.value)


def _lei(value: str) -> bool:
    """ISO 7064 MOD 97-10: letters count from 10, and the whole leaves 1."""
    return int("".join(str(int(sign, 36)) for sign in value)) % 97 == 1


_USC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _usc(value: str) -> bool:
    """GB 32100-2015: the weights are powers of 3 modulo 31; the last sign makes it 0."""
    places = [_USC_SIGNS.index(sign) for sign in value]
    told = sum(place * pow(3, turn, 31) for turn, place in enumerate(places[:-1]))
    return (told + places[-1]) % 31 == 0


def _ogrn(value: str) -> bool:
    """Divide the others by 11: the last digit is the last of what is left."""
    return int(value[:-1]) % 11 % 10 == int(value[-1])


_INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def _inn(value: str) -> bool:
    """Divide the weighted others by 11: the last digit is the last of what is left."""
    told = sum(w * int(d) for w, d in zip(_INN_WEIGHTS, value, strict=False))
    return told % 11 % 10 == int(value[-1])


_CHECKS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "iso-7064-mod-97-10": _lei,
        "gb-32100": _usc,
        "ogrn": _ogrn,
        "inn": _inn,
    }
)
