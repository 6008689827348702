"""Against a list of the user's own: the queries of a file meet its names and numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from standsbehind.matching.names import fold_number
from standsbehind.matching.score import Feature
from standsbehind.matching.search import compare_as, search
from standsbehind.screening.match import OTHER_COUNTRY, Hit, HitKind, Options, Result
from standsbehind.screening.ownlist import OwnList
from standsbehind.screening.query import Query

__all__ = ["Screened", "screen_batch"]

_SPARE = 5
"""How many times the hits to be shown are searched for: one entry may meet by many names."""


@dataclass(frozen=True, slots=True)
class _Met:
    """A query meets an entry, by a name or a number."""

    entry: int
    score: float
    name: int = -1
    """The place of the listed name; -1 where a number met."""
    asked: str = ""
    """The query's name or number that met."""
    kind: str = ""
    """The kind of number."""


_TOGETHER = 10_000_000_000
"""Names asked for times names listed in one search: what it weighs grows with both."""
_FEWEST = 500


@dataclass(frozen=True, slots=True)
class Screened:
    """The answer for one row, with the entry of the list that each hit is."""

    result: Result
    entries: tuple[int, ...]


def screen_batch(
    own: OwnList, queries: Sequence[Query], options: Options, *, explained: bool = True
) -> Iterator[Screened]:
    """Screen queries against the list, in their order.

    Without `explained` the hits have no reasons, which take longer than finding them.
    """
    met: list[list[_Met]] = [list(_by_number(own, query)) for query in queries]
    _add_by_name(own, queries, options, met)
    for query, found in zip(queries, met, strict=True):
        best = _best(found)[: options.limit]
        hits = tuple(_hit(own, query, m, explained) for m in best)
        yield Screened(Result(query, hits), tuple(m.entry for m in best))


def _by_number(own: OwnList, query: Query) -> Iterator[_Met]:
    for kind, value in query.identifiers:
        for entry, prop in own.numbers.get(fold_number(value), ()):
            yield _Met(entry, 1.0, asked=value, kind=f"{kind} {value} = {prop}")


def _add_by_name(
    own: OwnList, queries: Sequence[Query], options: Options, met: list[list[_Met]]
) -> None:
    asked = [(n, name) for n, query in enumerate(queries) for name in query.asked]
    together = max(_FEWEST, _TOGETHER // len(own.names))
    for start in range(0, len(asked), together):
        _add_found(own, queries, options, asked[start : start + together], met)


def _add_found(
    own: OwnList,
    queries: Sequence[Query],
    options: Options,
    asked: Sequence[tuple[int, str]],
    met: list[list[_Met]],
) -> None:
    names = [name for _, name in asked]
    found = search(own.listed, names, options.threshold, options.limit * _SPARE)
    entries = own.bearers[found.listed]
    for a, name, entry, score in zip(
        found.asked.tolist(),
        found.listed.tolist(),
        entries.tolist(),
        np.asarray(found.scores).tolist(),
        strict=True,
    ):
        place, text = asked[a]
        lowered = score * _factor(own, queries[place], entry)
        if lowered >= options.threshold:
            met[place].append(_Met(entry, round(lowered, 4), name, text))


def _factor(own: OwnList, query: Query, entry: int) -> float:
    theirs = own.countries[entry]
    if not theirs or not query.countries or not set(theirs).isdisjoint(query.countries):
        return 1.0
    return OTHER_COUNTRY


def _best(found: Iterable[_Met]) -> list[_Met]:
    """Keep the best meeting of each entry, the best entries first."""
    best: dict[int, _Met] = {}
    for one in found:
        held = best.get(one.entry)
        if held is None or one.score > held.score:
            best[one.entry] = one
    return sorted(best.values(), key=lambda one: (-one.score, one.entry))


def _hit(own: OwnList, query: Query, met: _Met, explained: bool) -> Hit:  # noqa: FBT001
    matched = met.asked if met.name < 0 else own.names[met.name]
    features = _explain(own, query, met) if explained else ()
    return Hit(own.ids[met.entry], met.score, _kind(own, met), matched, features)


def _kind(own: OwnList, met: _Met) -> HitKind:
    if met.name < 0:
        return "identifier"
    if own.schemata[met.entry] == "Product":
        return "product"
    return "name" if met.name == own.mains[met.entry] else "alias"


def _explain(own: OwnList, query: Query, met: _Met) -> tuple[Feature, ...]:
    if met.name < 0:
        return (Feature("same identifier", met.kind, 1.0),)
    listed = own.names[met.name]
    is_person = own.listed.is_person(met.name)
    comparison = compare_as(met.asked, listed, is_person=is_person)
    if _factor(own, query, met.entry) < 1.0:
        there = ", ".join(sorted(own.countries[met.entry]))
        detail = f"row: {', '.join(query.countries)}; listed: {there}"
        comparison = comparison.times(OTHER_COUNTRY, "other country", detail)
    return comparison.features
