"""Traces: questions about links, from the plain values that a receipt or a watch keeps."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from standsbehind.answers.given import Given
from standsbehind.answers.terms import day_of
from standsbehind.errors import UnknownEntityError, UsageError

if TYPE_CHECKING:
    from standsbehind.tracing.common import Common
    from standsbehind.tracing.filters import Filter
    from standsbehind.tracing.near import Nearby
    from standsbehind.tracing.paths import Trace
    from standsbehind.tracing.ranking import Ranking

__all__ = [
    "COMMON_TERMS",
    "NEAR_TERMS",
    "TRACE_TERMS",
    "common_found",
    "near_found",
    "ranking_of",
    "traced",
]

_WALKED: Mapping[str, Any] = {
    "types": None,
    "status": None,
    "min_voice": None,
    "min_origins": 0,
    "direction": "any",
    "hubs": None,
    "time_limit": 10.0,
}
TRACE_TERMS: Mapping[str, Any] = {
    "max_hops": 6,
    "limit": 10,
    "every": False,
    "shortest": False,
    **_WALKED,
}
"""What bounds a trace, where nothing else is asked for; a question that was kept before a
term existed was asked with it."""
NEAR_TERMS: Mapping[str, Any] = {
    "hops": 2,
    "limit": 100,
    "schema": None,
    "listed": False,
    **_WALKED,
}
"""The same of `behind near`."""

_LIST = "list:"
_NAMED = 5
"""How many entities of one name are told by name."""
_LOOKED_BACK = 20
"""How many earlier snapshots are looked at for what is in this one no more."""


def traced(given: Given, asked: Mapping[str, Any]) -> "Trace":
    """Search on the snapshot that is given. Raises UsageError where both ends are one entity."""
    from standsbehind.tracing.hubs import Caps
    from standsbehind.tracing.paths import EVERY_PATH, Question, trace

    terms = {**TRACE_TERMS, **asked}
    source, target = terms["source"], terms["target"]
    question = Question(
        sources=_end(given, source, terms),
        targets=_end(given, target, terms),
        max_hops=terms["max_hops"],
        limit=EVERY_PATH if terms["every"] else terms["limit"],
        wanted=_filter(terms),
        shortest=terms["shortest"],
        caps=Caps(terms["hubs"]),
        time_limit=terms["time_limit"],
    )
    in_both = set(question.sources) & set(question.targets)
    is_list = source.startswith(_LIST) or target.startswith(_LIST)
    if in_both and not (is_list and set(question.targets) - in_both):
        message = f"{source} and {target} are the same entity; name two"
        raise UsageError(message)
    return trace(given.reader, question)


def near_found(given: Given, asked: Mapping[str, Any]) -> "Nearby":
    """Look around an entity on the snapshot that is given."""
    from standsbehind.tracing.hubs import Caps
    from standsbehind.tracing.near import NearQuestion, nearby

    terms = {**NEAR_TERMS, **asked}
    question = NearQuestion(
        entities=_end(given, terms["entity"], terms),
        hops=terms["hops"],
        limit=terms["limit"],
        wanted=_filter(terms),
        schemata=_words(terms["schema"]),
        listed=terms["listed"],
        caps=Caps(terms["hubs"]),
        time_limit=terms["time_limit"],
    )
    return nearby(given.reader, question)


COMMON_TERMS: Mapping[str, Any] = {"hops": 2, "limit": 50, "owners": False, **_WALKED}
"""The same of `behind common`."""


def common_found(given: Given, asked: Mapping[str, Any]) -> "Common":
    """Find what several entities lead to alike. Raises UsageError for fewer than two."""
    from standsbehind.tracing.common import CommonQuestion, in_common
    from standsbehind.tracing.hubs import Caps

    terms = {**COMMON_TERMS, **asked}
    entities = [_end(given, text, terms)[0] for text in terms["entities"]]
    if len(set(entities)) < 2:
        message = f"{', '.join(terms['entities'])}: name two different entities or more"
        raise UsageError(message)
    if terms["owners"]:
        terms |= {"types": terms["types"] or "Ownership,Control", "direction": "in"}
    question = CommonQuestion(
        entities=tuple(dict.fromkeys(entities)),
        hops=terms["hops"],
        limit=terms["limit"],
        wanted=_filter(terms),
        caps=Caps(terms["hubs"]),
        time_limit=terms["time_limit"],
    )
    return in_common(given.reader, question)


def ranking_of(given: Given, asked: Mapping[str, Any]) -> "Ranking":
    """Rank entities on the snapshot that is given. Raises UsageError for a type nobody has."""
    from standsbehind.tracing.ranking import RankQuestion, rank

    types = _words(asked["types"])
    kinds = given.reader.links.kinds
    if types.isdisjoint(word for kind in kinds for word in kind):
        known = ", ".join(sorted({schema for schema, _ in kinds})) or "none"
        message = f"{asked['types']}: no link of this snapshot is of that type or role; its types are {known}"
        raise UsageError(message)
    question = RankQuestion(
        types, asked["by"], asked["listed"], day_of(asked), asked["limit"]
    )
    return rank(given.reader, question)


def _filter(terms: Mapping[str, Any]) -> "Filter":
    from standsbehind.tracing.filters import Filter

    return Filter(
        types=_words(terms["types"]),
        as_of=day_of(terms),
        statuses=_statuses(terms),
        min_origins=terms["min_origins"],
        direction=terms["direction"],
    )


def _words(text: str | None) -> frozenset[str]:
    return frozenset(filter(None, (word.strip() for word in (text or "").split(","))))


def _statuses(terms: Mapping[str, Any]) -> frozenset[Any]:
    """Read the voices asked for: those named, or a least one with all stronger."""
    from standsbehind.model.edge import VOICES
    from standsbehind.tracing.filters import voices_from

    named = {_voice(word) for word in _words(terms["status"])}
    least = terms["min_voice"]
    if least is None:
        return frozenset(named)
    strong = voices_from(_voice(least))
    if named and not named & strong:
        message = f"--status {terms['status']}: no such voice is as strong as {least}"
        raise UsageError(message)
    return strong & (named or frozenset(VOICES))


def _voice(word: str) -> Any:  # noqa: ANN401 - a Status, which is imported when needed
    from standsbehind.model.edge import VOICES

    fits = [voice for voice in VOICES if voice.split("-")[0] == word.lower()]
    if fits or word.lower() in VOICES:
        return fits[0] if fits else VOICES[VOICES.index(word.lower())]
    known = ", ".join(reversed(VOICES))
    message = f"{word!r} is not a voice; known are, from the strongest: {known}"
    raise UsageError(message)


def _end(given: Given, text: str, terms: Mapping[str, Any]) -> Sequence[str]:
    """Find the entities meant; an end that is not in the data is an answer, not an error."""
    try:
        if text.startswith(_LIST):
            from standsbehind.tracing.ends import listed_by

            return listed_by(given.reader, text.removeprefix(_LIST), day_of(terms))
        found = tuple(given.lookup.find(text))
    except UnknownEntityError as error:
        given.tell(f"{error}{_last_seen(given, text)}")
        return (text,)
    if len(found) > 1:
        given.tell(_several(given, text, found))
    return found


def _several(given: Given, text: str, found: Sequence[str]) -> str:
    told = [f"{given.reader.caption(e)} ({e})" for e in found[:_NAMED]]
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return (
        f"{text}: {len(found)} entities may be meant, and all are asked about: "
        f"{', '.join(told)}{more}; an id names one"
    )


def _last_seen(given: Given, text: str) -> str:
    """Say which earlier snapshot last had an entity of that id or exact name."""
    from standsbehind.store import snapshot

    this = given.reader.snapshot
    history = snapshot.history(given.home.snapshots)
    held = [s.id for s in history]
    known = this.manifest["known_on"]
    if this.id in held:
        earlier = held[: held.index(this.id)]
    else:  # a state that was made again, and stands beside the published ones
        earlier = [s.id for s in history if s.manifest["known_on"] < known]
    for name in reversed(earlier[-_LOOKED_BACK:]):
        one = snapshot.open_snapshot(given.home.snapshots, name)
        by_id = one.table("entities", columns=["id"], only=("id", [text]))
        if (
            by_id.num_rows
            or text in one.table("names", columns=["value"])["value"].to_pylist()
        ):
            return f"; snapshot {name} last had it"
    return ""
