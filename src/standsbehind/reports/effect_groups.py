"""Effect groups: what a role should read first, what binds it, and what does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standsbehind.reports.words import ROLES
from standsbehind.standards.effects import Effect
from standsbehind.standards.provisions import Role

__all__ = ["EffectGroup", "effect_groups"]


@dataclass(frozen=True, slots=True)
class EffectGroup:
    """Effects that are read together, under one heading."""

    heading: str
    effects: tuple[Effect, ...]


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
        "not examined": "Not examined: no rule is written that could say",
        "free": f"Not forbidden to {who} on {day}, each provision for itself",
    }
    grouped: dict[str, list[Effect]] = {key: [] for key in headings}
    for effect in effects:
        grouped[_group_of(effect)].append(effect)
    return tuple(
        EffectGroup(headings[key], tuple(found))
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
