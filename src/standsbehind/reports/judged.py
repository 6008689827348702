"""Judgements for people and as JSON: what was judged, by whom, why, and how that stands."""

from typing import Any

from standsbehind.resolution.judgement_log import Kept
from standsbehind.resolution.judgements import Customer, Judgement, Standing

__all__ = ["judgement_line", "kept_json", "kept_line"]


def judgement_line(one: Judgement, caption: str) -> str:
    """Say in a line who was judged against whom, and what; `caption` names the right side."""
    if isinstance(one.left, Customer):
        left, right = _customer(one.left), f"{caption} ({one.right})"
    else:
        left, right = _record(one, one.left), _record(one, one.right)
    return f"{one.id}: {left} and {right}: {one.said}: {one.reason}"


def _record(one: Judgement, record: str) -> str:
    """Name a record as its own list did when it was judged."""
    held = one.evidence.entities.get(record, {}).values()
    names = [name for identity in held for name in identity.values.get("name", ())]
    return f"{names[0]} ({record})" if names else record


def _customer(one: Customer) -> str:
    known = [
        *(f"also {name}" for name in one.names),
        ", ".join(one.countries),
        *(f"{kind} {value}" for kind, value in one.identifiers),
    ]
    told = "; ".join(filter(None, known))
    return f"{one.name} ({told})" if told else one.name


def kept_line(one: Kept, caption: str, standing: Standing | None) -> str:
    """Say what was judged and what became of it."""
    line = judgement_line(one.judgement, caption)
    if one.withdrawn:
        back = one.withdrawn
        return (
            f"{line} [withdrawn by {back.author} on {back.made_at[:10]}: {back.reason}]"
        )
    if one.replaced_by:
        return f"{line} [replaced by {one.replaced_by}]"
    if standing is None:
        return f"{line} [the entity is in the data no more]"
    changed = "; ".join(change.said for change in standing.changes)
    return f"{line} [{standing.state.replace('_', ' ')}{f': {changed}' if changed else ''}]"


def kept_json(one: Kept, standing: Standing | None = None) -> dict[str, Any]:
    """Give a judgement with what became of it."""
    return {
        "id": one.judgement.id,
        **one.judgement.to_json(),
        "standing": _state(one, standing),
        "changes": [changed.to_json() for changed in standing.changes]
        if standing
        else [],
        "withdrawn": one.withdrawn.to_json() if one.withdrawn else None,
        "replaced_by": one.replaced_by,
    }


def _state(one: Kept, standing: Standing | None) -> str:
    if one.withdrawn:
        return "withdrawn"
    if one.replaced_by:
        return "replaced"
    return standing.state if standing else "entity_gone"
