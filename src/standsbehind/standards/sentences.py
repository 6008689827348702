"""Sentences: what a situation means, in plain words, for one role on one day."""

from collections.abc import Callable, Mapping
from datetime import date

from standsbehind.standards.provisions import LAW_AS_OF, Role
from standsbehind.standards.situations import Situation, State

__all__ = ["ACTS", "say"]

ACTS: Mapping[Role, str] = {
    "buyer": "buy",
    "contractor": "contract with the US government",
    "exporter": "export",
    "importer": "import",
    "investor": "invest",
    "bank": "finance or pay",
    "deployer": "use",
}
"""What each role does, named on lines that do not bind it."""

_NOT_BOUND: Mapping[Role, str] = {
    "buyer": "private buyers",
    "contractor": "federal contractors",
    "exporter": "exporters",
    "importer": "importers",
    "investor": "investors",
    "bank": "banks",
    "deployer": "deployers",
}


def say(situation: Situation) -> str:
    """Say what the provision does to who asks, on that day, and why."""
    return _SAYINGS[situation.state](situation)


def _in_force(at: Situation) -> str:
    if not at.is_bound:
        return _not_bound(at)
    said = (at.provision.says, _on_condition(at), _within_scope(at))
    return " ".join(sentence for sentence in said if sentence)


def _not_bound(at: Situation) -> str:
    if at.otherwise:
        return at.otherwise.says
    return f"{at.provision.title} binds {_whom(at)}."


def _on_condition(at: Situation) -> str:
    if not at.provision.condition:
        return ""
    if not at.provision.capabilities:
        return f"This holds only {at.provision.condition}."
    if at.is_condition_recorded:
        return "The evidence records this capability."
    return (
        "The evidence does not record this capability, which does not clear the system."
    )


def _within_scope(at: Situation) -> str:
    scope = at.listing.scope.strip().rstrip(".") if at.listing else ""
    return f"The list limits this name: {scope}." if scope else ""


def _unverified(at: Situation) -> str:
    return f"{at.period.note} {_in_force(at)}"


def _not_yet_in_force(at: Situation) -> str:
    return (
        f"{at.provision.title} {_was(at)} not yet in force on {_day(at)}; "
        f"it applies from {at.period.start} and binds {_whom(at)}."
    )


def _suspended(at: Situation) -> str:
    return (
        f"{at.provision.title} {_was(at)} suspended on {_day(at)}, "
        f"from {at.period.start} to {at.period.last}; it binds {_whom(at)}."
    )


def _ended(at: Situation) -> str:
    sentence = (
        f"{at.provision.title} {_was(at)} no longer in force on {_day(at)}; "
        f"its last day was {at.period.last}."
    )
    return f"{sentence} {at.period.note}".rstrip()


def _not_yet_listed(at: Situation) -> str:
    start = at.listing.interval.start if at.listing else None
    return (
        f"{at.program.title}: the name {_was(at)} not yet listed on {_day(at)}; "
        f"its listing begins {start}."
    )


def _no_longer_listed(at: Situation) -> str:
    end = at.listing.interval.end if at.listing else None
    ended = f"its listing ended {end}" if end else "its listing is revoked"
    return f"{at.program.title}: the name {_was(at)} not listed on {_day(at)}; {ended}."


def _exempted(at: Situation) -> str:
    return f"{at.program.title}: the name is exempted, so that this provision does not cover it."


def _exemption_elsewhen(at: Situation) -> str:
    return (
        f"{at.program.title}: the exemption of the name does not hold on {_day(at)}; "
        "what the program does to it then is not examined."
    )


_SAYINGS: Mapping[State, Callable[[Situation], str]] = {
    "in_force": _in_force,
    "unverified": _unverified,
    "not_yet_in_force": _not_yet_in_force,
    "suspended": _suspended,
    "ended": _ended,
    "not_yet_listed": _not_yet_listed,
    "no_longer_listed": _no_longer_listed,
    "exempted": _exempted,
    "not_examined": _exemption_elsewhen,
}


def _whom(at: Situation) -> str:
    if at.is_bound:
        return at.provision.bound_as
    return f"{at.provision.bound_as}, not {_NOT_BOUND[at.question.role]}"


def _day(at: Situation) -> date:
    return at.question.day


def _was(at: Situation) -> str:
    """Speak of a day in the past tense until the law's own date, then in the present."""
    return "was" if at.question.day < LAW_AS_OF else "is"
