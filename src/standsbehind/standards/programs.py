"""Programs: the official lists and rules that ship with the package, read from `programs/*.yml`."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise
from types import MappingProxyType
from typing import Any, cast, get_args

import yaml

from standsbehind.errors import SourceError
from standsbehind.model.packaged import read_yaml
from standsbehind.standards.provisions import (
    PARTIES,
    ROLES,
    EffectKind,
    Grace,
    OneCountry,
    Otherwise,
    Period,
    Program,
    Provision,
    Reference,
    Relation,
    Role,
)

__all__ = ["ROLES", "Program", "Role", "load_programs", "read_program"]

_HERE = "standsbehind.standards"
_FROM_THE_LISTING = "listing"


@cache
def load_programs() -> Mapping[str, Program]:
    """Read every program that ships with the package, keyed by id, in order of id.

    Raises SourceError where a file does not say what a program must say.
    """
    folder = resources.files(_HERE) / "programs"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".yml")),
        key=lambda file: file.name,
    )
    members = _members()
    programs = {}
    for file in files:
        program = read_program(file.name, file.read_text("utf-8"))
        territory = members.get(program.jurisdiction, frozenset())
        programs[program.id] = replace(program, territory=territory)
    return MappingProxyType(programs)


def _members() -> Mapping[str, frozenset[str]]:
    text = (resources.files(_HERE) / "jurisdictions.yml").read_text("utf-8")
    return {union: frozenset(states) for union, states in read_yaml(text).items()}


def read_program(name: str, text: str) -> Program:
    """Read one program from the text of its file; `name` is for messages.

    Raises SourceError for a key that is missing or unknown, a word outside the
    vocabulary above, or periods that overlap.
    """
    try:
        program = _program(read_yaml(text))
    except KeyError as error:
        message = f"{name}: the key {error} is missing; add it"
        raise SourceError(message) from error
    except (TypeError, ValueError, yaml.YAMLError) as error:
        message = f"{name}: {error}; correct the file"
        raise SourceError(message) from error
    if name != f"{program.id}.yml":
        message = f"{name}: its id is {program.id}; name the file {program.id}.yml"
        raise SourceError(message)
    return program


def _program(fields: dict[str, Any]) -> Program:
    _expect("kind", fields["kind"], {"list", "rule"})
    return Program(
        **{
            **fields,
            "provisions": tuple(_provision(found) for found in fields["provisions"]),
            "attaches_to": tuple(fields.get("attaches_to", ())),
            "one_country": _one_country(fields.get("one_country")),
        }
    )


def _one_country(found: dict[str, Any] | None) -> OneCountry | None:
    if found is None:
        return None
    _expect("by", found["by"], {"statute", "order", "test of law"})
    return OneCountry(**{**found, "citation": Reference(**found["citation"])})


def _provision(fields: dict[str, Any]) -> Provision:
    for party in fields["binds"]:
        _expect("binds", party, PARTIES)
    _expect("effect", fields["effect"], get_args(EffectKind))
    _expect("relation", fields["relation"], get_args(Relation))
    known = {
        **fields,
        "binds": tuple(fields["binds"]),
        "periods": _periods(fields["periods"]),
        "otherwise": _otherwise(fields["binds"], fields.get("otherwise", {})),
        "capabilities": frozenset(fields.get("capabilities", ())),
        "grace": Grace(**fields["grace"]) if "grace" in fields else None,
    }
    return Provision(**known)


def _periods(found: list[dict[str, Any]]) -> tuple[Period, ...]:
    periods = tuple(_period(dict(fields)) for fields in found)
    if not periods:
        message = "a provision has no period, so that nothing says when it holds"
        raise ValueError(message)
    for earlier, later in pairwise(periods):
        if earlier.last is None or later.start is None or later.start <= earlier.last:
            message = f"the period from {later.start} overlaps the one before it"
            raise ValueError(message)
    return periods


def _period(fields: dict[str, Any]) -> Period:
    start = fields.pop("from")
    last = fields.pop("to", None)
    _expect("state", fields["state"], {"in_force", "suspended", "unverified"})
    if fields["state"] == "unverified" and not fields.get("note"):
        message = f"the period from {start} is unverified and does not say why"
        raise ValueError(message)
    return Period(
        **{
            **fields,
            "start": None if start == _FROM_THE_LISTING else _day(start),
            "last": None if last is None else _day(last),
            "citation": Reference(**fields["citation"]),
        }
    )


def _otherwise(binds: list[str], found: dict[str, Any]) -> Mapping[Role, Otherwise]:
    """Give every unbound role its own sentence, or the one for `others`, if any."""
    for role in found:
        _expect("otherwise", role, {*ROLES, "others"} - set(binds))
    spoken = {
        role: _spoken(found.get(role, found.get("others")))
        for role in ROLES
        if role not in binds and (role in found or "others" in found)
    }
    return MappingProxyType(spoken)


def _spoken(found: str | dict[str, Any] | None) -> Otherwise:
    if not isinstance(found, dict):
        return Otherwise(cast("str", found))
    _expect("effect", found.get("effect", "permitted"), {"permitted", "not_examined"})
    cited = found.get("citation")
    return Otherwise(**{**found, "citation": Reference(**cited) if cited else None})


def _day(value: object) -> date:
    if type(value) is not date:
        message = f"{value!r} is not a day; write it as 2019-08-13"
        raise ValueError(message)
    return value


def _expect(key: str, word: str, known: Collection[str]) -> None:
    if word not in known:
        message = f"{key}: {word!r} is not one of {', '.join(sorted(known))}"
        raise ValueError(message)
