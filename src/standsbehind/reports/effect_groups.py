"""Effect groups: what a role should read first, what binds it, and what does not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from standsbehind.reports.words import ROLES
from standsbehind.standards.effects import Effect
from standsbehind.standards.provisions import Role

__all__ = ["EffectGroup", "EffectLine", "effect_groups"]


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What one provision does, or several of a program that say word for word the same."""

    effect: Effect
    titles: tuple[str, ...]
    listings: int
    """How many listings it is because of, one as the other."""


@dataclass(frozen=True, slots=True)
class EffectGroup:
    """Effects that are read together, under one heading."""

    heading: str
    lines: tuple[EffectLine, ...]


def effect_groups(
    role: Role, effects: Sequence[Effect], day: date
) -> tuple[EffectGroup, ...]:
    """Put the effects under headings, in their given order; empty groups are left out.

    What rests on a listing and what needs none stand apart: a rule of use says nothing
    about the firm.
    """
    who = ROLES[role]
    headings = {
        "first": "Read first: it corrects a common misreading",
        "listing": f"Binds {who} on {day} because of a listing",
        "rule": f"Binds {who} on {day} whether or not a name is listed",
        "not examined": "Not examined, which is not the same as permitted",
        "free": f"Not forbidden to {who} on {day}, each provision for itself",
    }
    grouped: dict[str, list[Effect]] = {key: [] for key in headings}
    for effect in effects:
        grouped[_group_of(effect)].append(effect)
    return tuple(
        EffectGroup(headings[key], _lines(found))
        for key, found in grouped.items()
        if found
    )


def _group_of(effect: Effect) -> str:
    if effect.leads:
        return "first"
    if effect.effect == "not_examined":
        return "not examined"
    if effect.effect == "permitted":
        return "free"
    return "rule" if effect.designation is None else "listing"


def _lines(effects: Sequence[Effect]) -> tuple[EffectLine, ...]:
    """Print once what reads the same but for the title of the provision."""
    same: dict[Effect, list[Effect]] = {}
    for effect in effects:
        same.setdefault(_as_printed(effect), []).append(effect)
    return tuple(
        EffectLine(
            found[0],
            tuple(dict.fromkeys(one.title for one in found)),
            len({one.designation for one in found} - {None}),
        )
        for found in same.values()
    )


def _as_printed(effect: Effect) -> Effect:
    """Leave out what a line does not print; of what forbids or binds: the title, which listing."""
    by_listing = "a listing" if effect.designation else None
    untitled = replace(effect, provision="", title="", designation=by_listing)
    if effect.effect != "permitted":
        return untitled
    return replace(
        untitled,
        act="",
        binds=(),
        condition="",
        condition_recorded=False,
        relation="none",
        reach="",
        scope="",
        designation=None,
    )
