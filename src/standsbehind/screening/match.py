"""Matching: the queries of a user's file meet the names and numbers of a snapshot."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Literal

from standsbehind.graph.lookup import SECONDARY, Lookup, Match
from standsbehind.graph.reader import Reader
from standsbehind.matching.names import fold, fold_number
from standsbehind.matching.score import THRESHOLD, Feature
from standsbehind.model.schema import is_a
from standsbehind.screening.query import Query

__all__ = ["Hit", "HitKind", "Options", "Result", "screen", "screen_one"]

HitKind = Literal["name", "identifier", "product", "device", "alias"]

OTHER_COUNTRY = 0.9
"""Factor where the row and the entity name different countries."""
MOST_HITS = 10
BATCH = 2_000
"""Queries whose names are searched for together."""
_SUBJECTS_NOT_SCREENED = SECONDARY | {
    "AffectedGroup",
    "Capability",
    "CourtCase",
    "Deployment",
    "Event",
    "Place",
}
"""What a vendor or product cannot be."""


@dataclass(frozen=True, slots=True)
class Options:
    """On what terms a file is screened."""

    threshold: float = THRESHOLD
    lists: frozenset[str] = frozenset()
    """Dataset ids; empty: all that the snapshot holds."""
    limit: int = MOST_HITS
    schema: str | None = None
    """Only entities of this schema or one that descends from it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row meets an entity, with the reasons. A hit is not an identity."""

    entity_id: str
    score: float
    kind: HitKind
    matched: str
    """The entity's name or number that met."""
    explanation: tuple[Feature, ...]
    prop: str = ""
    """The property that holds the name that met."""
    by: tuple[tuple[str, str], ...] = ()
    """The statements by which two brands are one: the entity of each, and its id."""


@dataclass(frozen=True, slots=True)
class Result:
    """The answer for one row; no hit is `no_hit_found`, never "clear"."""

    query: Query
    hits: tuple[Hit, ...]

    @property
    def status(self) -> Literal["hit", "no_hit_found"]:
        """Say whether anything was found."""
        return "hit" if self.hits else "no_hit_found"


def screen(
    reader: Reader, lookup: Lookup, queries: Iterable[Query], options: Options
) -> Iterator[Result]:
    """Screen queries in their order; those of a batch meet the names together."""
    screener = _Screener(reader, lookup, options)
    waiting = iter(queries)
    while batch := list(islice(waiting, BATCH)):
        yield from screener.screen(batch)


def screen_one(
    reader: Reader, lookup: Lookup, query: Query, options: Options
) -> Result:
    """Screen one query."""
    return next(screen(reader, lookup, [query], options))


@dataclass(frozen=True)
class _Screener:
    reader: Reader
    lookup: Lookup
    options: Options

    def screen(self, queries: Sequence[Query]) -> Iterator[Result]:
        names = [query.asked for query in queries]
        asked = [name for of_query in names for name in of_query]
        met = iter(self.lookup.matches_of(asked, self.options.threshold))
        for query, of_query in zip(queries, names, strict=True):
            matches = chain.from_iterable(islice(met, len(of_query)))
            yield self._result(query, matches)

    def _result(self, query: Query, matches: Iterable[Match]) -> Result:
        best: dict[str, Hit] = {}
        for hit in (*self._by_identifier(query), *self._by_name(query, matches)):
            held = best.get(hit.entity_id)
            if held is None or hit.score > held.score:
                best[hit.entity_id] = hit
        ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.entity_id))
        return Result(query, tuple(ranked[: self.options.limit]))

    def _by_identifier(self, query: Query) -> Iterator[Hit]:
        for kind, value in query.identifiers:
            bearers = self.lookup.identifiers.get(fold_number(value), ())
            for entity_id, prop in bearers:
                if self._is_in_scope(entity_id):
                    feature = Feature(
                        "same identifier", f"{kind} {value} = {prop}", 1.0
                    )
                    yield Hit(entity_id, 1.0, "identifier", value, (feature,))

    def _by_name(self, query: Query, matches: Iterable[Match]) -> Iterator[Hit]:
        for match in matches:
            hit = self._hit(query, match)
            is_near = hit.score >= self.options.threshold
            if is_near and self._is_in_scope(hit.entity_id):
                yield hit

    def _hit(self, query: Query, match: Match) -> Hit:
        comparison = match.comparison
        countries = frozenset(self.reader.entities[match.entity_id]["countries"])
        if query.countries and countries and countries.isdisjoint(query.countries):
            there = ", ".join(sorted(countries))
            detail = f"row: {', '.join(query.countries)}; listed: {there}"
            comparison = comparison.times(OTHER_COUNTRY, "other country", detail)
        return Hit(
            match.entity_id,
            comparison.score,
            self._kind(match),
            match.listed,
            comparison.features,
            match.prop,
            tuple((row.entity, row.statement) for row in match.by),
        )

    def _kind(self, match: Match) -> HitKind:
        if self.reader.entities[match.entity_id]["schema"] == "Product":
            return "product"
        is_alias = match.prop != "name" or match.by or self._is_in_other_script(match)
        return "alias" if is_alias else "name"

    def _is_in_other_script(self, match: Match) -> bool:
        """Whether the name that met is written in another script than the entity's caption."""
        caption = self.reader.caption(match.entity_id)
        return fold(match.listed).isascii() != fold(caption).isascii()

    def _is_in_scope(self, entity_id: str) -> bool:
        row = self.reader.entities[entity_id]
        if row["schema"] in _SUBJECTS_NOT_SCREENED:
            return False
        wanted = self.options.schema
        if wanted is not None and not is_a(row["schema"], wanted):
            return False
        lists = self.options.lists
        return not lists or not lists.isdisjoint(row["datasets"])
