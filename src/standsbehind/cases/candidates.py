"""Candidates: pairs of records across lists that may be one entity, for a person to judge.

A likeness of names proposes, and never merges.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from standsbehind.cases.resolving import PairBench
from standsbehind.cases.screening import own_links
from standsbehind.graph.lookup import Match
from standsbehind.model.edge import Edge
from standsbehind.model.schema import is_a
from standsbehind.resolution.judgements import Judgement

__all__ = ["ENOUGH", "Candidate", "Wanted", "propose"]

ENOUGH = 0.8
"""How far names must meet to be proposed: more than for a hit, for nobody asked for these."""
_PROPS = ("name", "alias", "previousName")
"""Names to ask with; a weak alias or an abbreviation is borne by many."""
_AT_ONCE = 2_000
"""Names that are searched for at once."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pairs are looked for."""

    entities: tuple[str, ...] = ()
    """Only with one of these; empty: with any."""
    lists: tuple[str, ...] = ()
    """Only between these lists; empty: between all."""
    threshold: float = ENOUGH


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entities that may be one, and what speaks for it and against it."""

    left: str
    right: str
    asked: str
    """The name of the left one that met,"""
    match: Match
    """and how a name of the right one met it."""
    alike: tuple[str, ...]
    """What else is the same, as in `country cn`."""
    differing: tuple[str, ...]
    """What differs that should not."""
    links: tuple[Edge, ...]
    """Links between the two that the data holds already."""

    @property
    def rank(self) -> tuple[bool, bool, float, int, str, str]:
        """Those that nothing links and no number tells apart come first, the likest on top."""
        return (
            bool(self.links),
            bool(self.differing),
            -self.match.score,
            -len(self.alike),
            self.left,
            self.right,
        )

    def to_json(self) -> dict[str, Any]:
        """Give all fields by name."""
        return {
            "left": self.left,
            "right": self.right,
            "score": round(self.match.score, 4),
            "names": [self.asked, self.match.listed],
            "explanation": [f.to_json() for f in self.match.comparison.features],
            "alike": list(self.alike),
            "differing": list(self.differing),
            "links": [{"id": one.id, "role": one.role} for one in self.links],
        }


def propose(
    bench: PairBench, wanted: Wanted, judged: Iterable[Judgement]
) -> list[Candidate]:
    """Propose pairs of bodies on different lists, the likest first; those judged are left out."""
    merges = bench.lookup.merges
    known = {
        frozenset((merges.canonical(str(one.left)), merges.canonical(one.right)))
        for one in judged
    }
    return _Search(bench, wanted, known).found()


@dataclass(frozen=True)
class _Search:
    bench: PairBench
    wanted: Wanted
    judged: set[frozenset[str]]

    def found(self) -> list[Candidate]:
        best: dict[frozenset[str], tuple[str, str, Match]] = {}
        asked = iter(self._asked)
        while chunk := list(islice(asked, _AT_ONCE)):
            texts = [text for text, _ in chunk]
            matches = self.bench.lookup.matches_of(texts, self.wanted.threshold)
            for (text, left), found in zip(chunk, matches, strict=True):
                for match in found:
                    pair = frozenset((left, match.entity_id))
                    held = best.get(pair)
                    is_better = held is None or match.rank > held[2].rank
                    if is_better and self._may_be_one(left, match.entity_id):
                        best[pair] = (left, text, match)
        return sorted(
            (self._candidate(*one) for one in best.values()), key=lambda c: c.rank
        )

    @cached_property
    def _asked(self) -> Sequence[tuple[str, str]]:
        """The names to ask with, each with the entity that bears it."""
        columns = ["id", "schema", "source", "prop", "value"]
        names = self.bench.reader.snapshot.table("names", columns=columns)
        mask = pc.is_in(names["prop"], pa.array(_PROPS))
        if self.wanted.entities:
            mask = pc.and_(mask, pc.is_in(names["id"], _texts(self.wanted.entities)))
        if self.wanted.lists:
            mask = pc.and_(mask, pc.is_in(names["source"], _texts(self.wanted.lists)))
        rows = names.filter(mask).to_pylist()
        found = {(r["value"], r["id"]): None for r in rows if self._is_body(r["id"])}
        return tuple(found)

    def _row(self, entity_id: str) -> Mapping[str, Any]:
        return self.bench.reader.entities[entity_id]

    def _is_body(self, entity_id: str) -> bool:
        schema = self._row(entity_id)["schema"]
        return is_a(schema, "LegalEntity") and not is_a(schema, "Person")

    def _may_be_one(self, left: str, right: str) -> bool:
        """Whether two entities are two bodies of different lists that nobody judged yet."""
        if left == right or frozenset((left, right)) in self.judged:
            return False
        ours, theirs = (set(self._row(one)["datasets"]) for one in (left, right))
        if self.wanted.lists and theirs.isdisjoint(self.wanted.lists):
            return False
        return ours.isdisjoint(theirs) and self._is_body(right)

    def _candidate(self, left: str, text: str, match: Match) -> Candidate:
        right = match.entity_id
        ours, theirs = (set(self._row(one)["countries"]) for one in (left, right))
        shared = sorted(ours & theirs)
        differing = list(self.bench.differing_numbers(left, right))
        if ours and theirs and not shared:
            told = " and ".join(", ".join(sorted(one)) for one in (ours, theirs))
            differing.append(f"country differs, {told}")
        return Candidate(
            left,
            right,
            text,
            match,
            tuple(f"country {code}" for code in shared),
            tuple(differing),
            tuple(self._links(left, right)),
        )

    def _links(self, left: str, right: str) -> list[Edge]:
        links = own_links(self.bench.reader, left)
        return [edge for edge in links if right in {edge.source, edge.target}]


def _texts(values: Iterable[str]) -> pa.Array:
    return pa.array(list(values), pa.string())
