"""What is watched: an answer taken apart into facts, so that a later answer can be held against it.

Scores are no facts here: they follow the names of all lists, and a hit that stays a hit
with another score is no news.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from standsbehind.cases.exposed import Exposure
from standsbehind.cases.screening import AnsweredHit, ScreenAnswer
from standsbehind.model.dates import Interval
from standsbehind.model.edge import Edge
from standsbehind.model.statement import BASE_ID
from standsbehind.publishing.difference import (
    ChangedEntity,
    ChangedStatement,
    Difference,
    Kind,
)
from standsbehind.screening.query import Query
from standsbehind.tracing.paths import Path, Trace, in_one_line

__all__ = [
    "Cause",
    "Change",
    "Fact",
    "FactKind",
    "Moved",
    "changes_between",
    "changes_of_source",
    "facts_of_screening",
    "facts_of_trace",
]

FactKind = Literal[
    "row",
    "hit",
    "judgement",
    "listing",
    "effect",
    "exposure",
    "link",
    "reply",
    "path",
    "search",
    "entity",
]
Cause = Literal[
    "statements", "file", "day", "rules", "code", "judgements", "other names"
]
"""What moved between two answers: statements about what the fact tells of, the user's file,
the day, the law as packaged, the program, what people judged of the hit or how that stands; or, where none of these did, the names of the
lists, by which words are weighed."""

_DATED = frozenset({"listing", "effect", "exposure", "path", "search"})
"""What can change with the day alone."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that an answer says."""

    kind: FactKind
    key: tuple[str, ...]
    """What makes it the same fact in a later answer. The key of a fact that comes and goes
    with another (a hit with its row, a listing with its hit) begins with the other's key."""
    about: str
    """Whom it is told of, for people: a row with its name, or the two ends."""
    text: str
    ids: tuple[str, ...] = ()
    """The entities, links and listings whose statements stand behind it."""

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Fact":
        """Read a fact back as it was kept, where tuples have become lists."""
        lists = {name: tuple(told[name]) for name in ("key", "ids")}
        return cls(**{**told, **lists})


@dataclass(frozen=True, slots=True)
class Moved:
    """What else than the data differs between two answers."""

    file: bool = False
    day: bool = False
    rules: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that is new, gone or told otherwise, and what can explain it."""

    kind: Kind
    before: Fact | None
    after: Fact | None
    causes: tuple[Cause, ...]
    """All that moved and can explain it; where several moved, none of them is left out."""
    statements: tuple[ChangedStatement, ...] = ()

    @property
    def fact(self) -> Fact:
        """The fact as it is now, or as it last was."""
        fact = self.after or self.before
        if fact is None:
            raise AssertionError(self)
        return fact


def facts_of_screening(answer: ScreenAnswer) -> Iterator[Fact]:
    """Take a screening apart: rows, hits, listings, effects, exposures, links and replies."""
    seen: Counter[str] = Counter()
    for row in answer.rows:
        query = row.result.query
        key = _row_key(query, seen)
        about = f"row {query.row}, {query.name}"
        yield Fact("row", (key,), about, "asked about")
        for hit in row.hits:
            yield from _of_hit(hit, answer, key, about)
        for hit in row.told:
            yield from _of_judgements(hit, key, about)
    for skipped in answer.skipped:
        told = "\x1f".join((skipped.reason, *skipped.fields.values()))
        seen[told] += 1
        key = f"{told}\x1f{seen[told]}"
        yield Fact(
            "row", (key,), f"row {skipped.row}", f"not examined: {skipped.reason}"
        )


def _row_key(query: Query, seen: Counter[str]) -> str:
    """Name a row by what it asks, whatever its place; a second one alike is another."""
    numbers = (f"{kind}={value}" for kind, value in query.identifiers)
    parts = (query.name, *query.names, *query.countries, *numbers, *query.products)
    told = "\x1f".join(parts)
    seen[told] += 1
    return f"{told}\x1f{seen[told]}"


def _of_hit(
    hit: AnsweredHit, answer: ScreenAnswer, row: str, about: str
) -> Iterator[Fact]:
    entity = hit.hit.entity_id
    names = answer.names
    met = f"meets {hit.caption} ({entity}) by {hit.hit.kind} {hit.hit.matched!r}"
    yield Fact("hit", (row, entity), about, met, (entity,))
    for exposure in hit.exposures:
        yield from _of_exposure(exposure, answer, (row, entity), about)
    for edge in hit.links:
        ends = f"{names.get(edge.source, edge.source)} to {names.get(edge.target, edge.target)}"
        said = f"{edge.role}, {ends}{_when(edge.interval)} ({edge.grade})"
        ids = (edge.id, edge.source, edge.target)
        yield Fact("link", (row, entity, edge.id), about, said, ids)
    for reply in hit.replies:
        said = f"reply of {names.get(reply.author, reply.author)}: {reply.text}"
        yield Fact("reply", (row, entity, reply.id), about, said, (reply.id,))


def _of_judgements(hit: AnsweredHit, row: str, about: str) -> Iterator[Fact]:
    """Tell what was judged; of a hit that was judged away, nothing else is watched."""
    entity = hit.hit.entity_id
    for one in hit.judgements:
        said = f"{hit.caption} ({entity}) {one.said}"
        key = (row, entity, f"judgement {one.judgement.id}")
        yield Fact("judgement", key, about, said, (entity,))


def _of_exposure(
    exposure: Exposure, answer: ScreenAnswer, key: tuple[str, str], about: str
) -> Iterator[Fact]:
    subject = exposure.entity_id
    name = answer.names.get(subject, subject)
    if exposure.path is not None:
        said = (
            f"a listed subject stands behind it: {_steps(exposure.path, answer.names)}"
        )
        ids = (*_ids_along(exposure.path), *(d.id for d in exposure.designations))
        yield Fact("exposure", (*key, subject), about, said, ids)
    for listing in exposure.designations:
        holds = "holds" if listing.holds_on(answer.position.as_of) else "does not hold"
        listed_as = f" as {listing.listed_name!r}" if listing.listed_name else ""
        said = (
            f"{name} on {listing.program}{listed_as}: {listing.status}"
            f"{_when(listing.interval)}; {holds} on the day"
        )
        ids = (listing.id, subject)
        yield Fact("listing", (*key, listing.id), about, said, ids)
    for role, effects in exposure.effects:
        for effect in effects:
            which = [role, effect.program, effect.provision, effect.designation or ""]
            doubt = ", unverified" if effect.unverified else ""
            said = (
                f"as {role}, {effect.program} ({effect.provision}): "
                f"{effect.effect.replace('_', ' ')}, {effect.state.replace('_', ' ')}{doubt}"
            )
            if effect.listed:
                which.append(effect.relation)
                said = f"{said}. {effect.through}"
            ids = (subject, *effect.evidence, *filter(None, [effect.designation]))
            yield Fact("effect", (*key, *which), about, said, ids)


def facts_of_trace(
    trace: Trace, names: Mapping[str, str], about: str
) -> Iterator[Fact]:
    """Take a trace apart: each path with the grade of its hops, and how far it was searched."""
    ends = (*trace.question.sources, *trace.question.targets)
    cuts = "; ".join(f"{cut.where}: {cut.why}" for cut in trace.cut)
    said = f"{trace.completeness}{f' ({cuts})' if cuts else ''}"
    yield Fact("search", ("search",), about, said, ends)
    for path in trace.paths:
        key = ("path", "\x1f".join(hop.edge.id for hop in path.hops))
        yield Fact("path", key, about, _steps(path, names), _ids_along(path))


def _steps(path: Path, names: Mapping[str, str]) -> str:
    def said(edge: Edge) -> str:
        return f"{edge.role}{_when(edge.interval)} ({edge.grade})"

    return in_one_line(path, names, said)


def _ids_along(path: Path) -> tuple[str, ...]:
    return (*path.entities, *(hop.edge.id for hop in path.hops))


def _when(interval: Interval) -> str:
    since = f", from {interval.start}" if interval.start else ""
    until = f", until {interval.end}" if interval.end else ""
    return since + until


def changes_between(
    before: Sequence[Fact], after: Sequence[Fact], data: Difference, moved: Moved
) -> tuple[Change, ...]:
    """Hold two answers against each other, each change with all that can explain it.

    Raises EvidenceError where a snapshot is damaged.
    """
    was = {(fact.kind, fact.key): fact for fact in before}
    now = {(fact.kind, fact.key): fact for fact in after}
    pairs = [(was.get(key), fact) for key, fact in now.items()]
    gone = [(fact, None) for key, fact in was.items() if key not in now]
    differing = [
        (old, new)
        for old, new in (*pairs, *gone)
        if old is None or new is None or (old.text, old.kind) != (new.text, new.kind)
    ]
    ids = {key for pair in differing for fact in pair if fact for key in fact.ids}
    about = {one.id: one for one in data.entities(only=ids)}
    rows = {key[1][0] for key in was.keys() ^ now.keys() if key[0] == "row"}
    judged = {
        fact.key[:2]
        for pair in differing
        for fact in pair
        if fact and fact.kind == "judgement"
    }
    places = _Places(frozenset(rows), frozenset(judged))
    return tuple(_explained(old, new, about, places, moved) for old, new in differing)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where else something changed, by the beginnings of keys."""

    rows: frozenset[str]
    """Rows that came or went."""
    judged: frozenset[tuple[str, ...]]
    """Hits of rows of which something else was judged, or stands otherwise."""


def _explained(
    old: Fact | None,
    new: Fact | None,
    about: Mapping[str, ChangedEntity],
    places: _Places,
    moved: Moved,
) -> Change:
    kind: Kind = "changed" if old and new else "added" if new else "removed"
    told = tuple(fact for fact in (old, new) if fact)
    ids = dict.fromkeys(key for fact in told for key in fact.ids if key in about)
    statements = tuple(one for key in ids for one in about[key].statements)
    is_dated = told[0].kind in _DATED
    possible: dict[Cause, bool] = {
        "statements": bool(statements),
        "file": moved.file and told[0].key[0] in places.rows,
        "day": moved.day and is_dated,
        "rules": moved.rules,
        "code": moved.code,
        "judgements": told[0].key[:2] in places.judged,
    }
    causes = tuple(cause for cause, applies in possible.items() if applies)
    return Change(kind, old, new, causes or ("other names",), statements)


def changes_of_source(data: Difference) -> tuple[Change, ...]:
    """Tell what a source says otherwise, entity by entity, a listing below its subject."""
    told = data.entities()
    kinds = {one.id: one.kind for one in told}
    return tuple(_of_entity(one, kinds) for one in told)


def _of_entity(one: ChangedEntity, kinds: Mapping[str, Kind]) -> Change:
    values = [_statement(statement) for statement in one.statements]
    named = (value for prop, value in values if prop != BASE_ID)
    owner = next((value for value in named if kinds.get(value) == one.kind), None)
    told = {prop: value for prop, value in values if prop in _TELLING}
    said = "".join(f", {prop} {told[prop]}" for prop in _TELLING if prop in told)
    about = f" of {', '.join(one.about)}" if one.about else ""
    fact = Fact(
        "entity",
        (owner, one.id) if owner else (one.id,),
        one.id if one.about else one.caption,
        f"{one.schema}{about}{said}",
        (one.id,),
    )
    return Change(
        one.kind,
        None if one.kind == "added" else fact,
        None if one.kind == "removed" else fact,
        ("statements",),
        one.statements,
    )


_TELLING = ("programId", "status", "role", "startDate", "endDate")
"""What tells one listing or link from another, in the order in which it is said."""


def _statement(one: ChangedStatement) -> tuple[str, str]:
    claim = one.after or one.before
    if claim is None:
        raise AssertionError(one)
    return claim.statement.prop, claim.statement.value
