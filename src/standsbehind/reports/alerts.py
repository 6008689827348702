"""Alerts: what a watch found changed and why, as JSON and as lines of text."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from standsbehind.cases.watched import Cause, Change, Fact
from standsbehind.reports.differences import statement_json, statement_line
from standsbehind.reports.words import counted

__all__ = ["alert_json", "alert_lines", "alert_title"]

SHOWN_STATEMENTS = 5
_MARKS = {"added": "+", "removed": "-", "changed": "~"}
_CAUSES: Mapping[Cause, str] = {
    "statements": "statements changed",
    "file": "your file changed",
    "day": "the day moved on",
    "rules": "the law as packaged changed",
    "code": "the program changed",
    "judgements": "what people judged of it changed, or how that stands",
    "other names": "the names of the lists changed, by which words are weighed",
}


def alert_json(
    watch: Mapping[str, Any],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    changes: Sequence[Change],
) -> dict[str, Any]:
    """Give an alert. `watch` names it; `before` and `after` say what was compared."""
    return {
        **watch,
        "from": dict(before),
        "to": dict(after),
        "changes": [_change_json(change) for change in changes],
    }


def _change_json(change: Change) -> dict[str, Any]:
    fact = change.fact
    return {
        "change": change.kind,
        "kind": fact.kind,
        "key": list(fact.key),
        "about": fact.about,
        "before": _said(change.before),
        "after": _said(change.after),
        "ids": list(fact.ids),
        "causes": list(change.causes),
        "because": [_CAUSES[cause] for cause in change.causes],
        "statements": [
            statement_json(one) | {"line": statement_line(one)}
            for one in change.statements
        ],
    }


def _said(fact: Fact | None) -> str | None:
    return fact.text if fact else None


def alert_title(alert: Mapping[str, Any]) -> str:
    """Say in a few words what happened: `vendors: 3 changes`.

    What comes or goes with something else (the listings of a new hit) is not counted.
    """
    count = counted(len(_nested(alert)[None]), "change", "changes")
    return f"{alert['watch']}: {count}"


def alert_lines(alert: Mapping[str, Any]) -> Iterator[str]:
    """Write an alert for people: each change, why, and what came or went with it."""
    came, went = alert["to"], alert["from"]
    yield (
        f"{alert_title(alert)} from {went['snapshot']} ({went['as_of']}) "
        f"to {came['snapshot']} ({came['as_of']})"
    )
    below = _nested(alert)
    for number in below[None]:
        change = alert["changes"][number]
        yield _line(change, f"{change['about']}: ")
        if change["change"] == "changed" and change["before"] != change["after"]:
            yield f"    before: {change['before']}"
        yield f"    because {'; '.join(change['because'])}"
        if change["change"] == "changed":
            yield from _statements(change)
        yield from _with_it(alert, below, number)


_Below = dict[int | None, list[int]]
"""The places of the changes that come with each change; under None, those by themselves."""


def _nested(alert: Mapping[str, Any]) -> _Below:
    places = {
        (one["change"], tuple(one["key"])): number
        for number, one in enumerate(alert["changes"])
    }
    below: _Below = {None: []}
    for number, one in enumerate(alert["changes"]):
        key = tuple(one["key"])
        shorter = ((one["change"], key[:n]) for n in range(len(key) - 1, 0, -1))
        above = next((places[k] for k in shorter if k in places), None)
        below.setdefault(above, []).append(number)
    return below


def _with_it(alert: Mapping[str, Any], below: _Below, number: int) -> Iterator[str]:
    """Write what comes with a change: hits and listings one by one, the rest counted."""
    counts: Counter[str] = Counter()
    for inner in below.get(number, []):
        change = alert["changes"][inner]
        if change["kind"] not in _SHOWN:
            counts[change["kind"]] += 1
            continue
        yield f"    {_line(change, '')}"
        yield from (f"    {line}" for line in _with_it(alert, below, inner))
    if counts:
        told = (counted(n, *_NOUNS[kind]) for kind, n in sorted(counts.items()))
        yield f"    with {', '.join(told)}; --json gives all"


_SHOWN = frozenset({"hit", "listing", "entity"})
_NOUNS = {
    "judgement": ("judgement", "judgements"),
    "effect": ("effect", "effects"),
    "exposure": ("path to a listed subject", "paths to listed subjects"),
    "link": ("link", "links"),
    "reply": ("reply", "replies"),
}


def _line(change: Mapping[str, Any], about: str) -> str:
    said = change["after"] or change["before"]
    return f"{_MARKS[change['change']]} {about}{said}"


def _statements(change: Mapping[str, Any]) -> Iterator[str]:
    told = change["statements"]
    yield from (f"      {one['line']}" for one in told[:SHOWN_STATEMENTS])
    if len(told) > SHOWN_STATEMENTS:
        yield f"      ... and {len(told) - SHOWN_STATEMENTS} more; --json gives all"
