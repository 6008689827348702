"""Lookup: which entities does a person mean by an id or a name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from standsbehind.errors import UnknownEntityError, UsageError
from standsbehind.graph.aliases import brands_in
from standsbehind.graph.merges import Merges
from standsbehind.graph.reader import Reader
from standsbehind.matching.aliases import Aliases, Stated, raised
from standsbehind.matching.names import fold, fold_number, read_name
from standsbehind.matching.score import THRESHOLD, Comparison
from standsbehind.matching.search import Listed, compare_as, search, search_read

__all__ = ["SECONDARY", "Lookup", "Match"]

WIDER = 0.6
"""The share of the threshold from which a name is looked at by its brand in another script."""
WEAK = 0.8
"""A weak alias (a nickname or a short form that a list calls weak) counts for less."""
SECONDARY = frozenset(
    {
        "Article",
        "AuditFinding",
        "Commitment",
        "HarmReport",
        "Judgement",
        "Norm",
        "Reply",
        "Sanction",
        "Search",
    }
)
"""What a person hardly means when naming a firm or a place; found by id only."""


@dataclass(frozen=True, slots=True)
class Match:
    """One entity that bears a name like the one asked for."""

    entity_id: str
    listed: str
    """The name of the entity that met."""
    prop: str
    """The property that held it: `name`, `alias`, `weakAlias`, `previousName`."""
    comparison: Comparison
    by: tuple[Stated, ...] = ()
    """The statements that say that two brands are one, where the names met only by them."""

    @property
    def score(self) -> float:
        """How far the names meet, 0 to 1."""
        return self.comparison.score

    @property
    def rank(self) -> tuple[float, bool, bool]:
        """Rank by score; of equal ones the same letters come first, then the name itself."""
        is_same = any(f.feature == "same name" for f in self.comparison.features)
        return (self.score, is_same, self.prop == "name")


class Lookup:
    """The names of one snapshot, indexed."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    @cached_property
    def listed(self) -> Listed:
        """The names with their index."""
        arrays = self.reader.snapshot.arrays("names")
        return Listed.from_arrays(self._names["value"], arrays)

    @cached_property
    def brands(self) -> Aliases:
        """The brand words of the snapshot in other scripts."""
        return Aliases.of(equivalents=brands_in(self.reader.snapshot))

    @cached_property
    def _names(self) -> dict[str, list[Any]]:
        columns = ["id", "value", "prop"]
        table = self.reader.snapshot.table("names", columns=columns)
        return {name: table[name].to_pylist() for name in columns}

    @cached_property
    def identifiers(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The entities that bear each number, folded, with the property that holds it."""
        found: dict[str, list[tuple[str, str]]] = {}
        for row in self.reader.snapshot.table("identifiers").to_pylist():
            bearer = (row["id"], row["prop"])
            found.setdefault(fold_number(row["value"]), []).append(bearer)
        return found

    def matches(self, text: str, threshold: float = THRESHOLD) -> list[Match]:
        """Find the entities whose best name scores at least the threshold, best first."""
        return self.matches_of([text], threshold)[0]

    def matches_of(
        self, texts: Sequence[str], threshold: float = THRESHOLD
    ) -> list[list[Match]]:
        """Find the same for many names at once, which costs far less for each."""
        best: list[dict[str, Match]] = [{} for _ in texts]
        for asked, listed in self._pairs(texts, threshold):
            match = self._match(texts[asked], listed)
            held = best[asked].get(match.entity_id)
            if match.score >= threshold and (held is None or match.rank > held.rank):
                best[asked][match.entity_id] = match
        return [
            sorted(of.values(), key=lambda m: (-m.score, m.entity_id)) for of in best
        ]

    def _pairs(
        self, texts: Sequence[str], threshold: float
    ) -> Iterator[tuple[int, int]]:
        """Pair the names with listed ones, also by what a brand is called elsewhere."""
        found = search(self.listed, texts, threshold)
        pairs = dict.fromkeys(
            zip(found.asked.tolist(), found.listed.tolist(), strict=True)
        )
        if self.brands.equivalents:
            names = [read_name(text) for text in texts]
            wider = [(n, self.brands.widened(name)) for n, name in enumerate(names)]
            wider = [(n, name) for n, name in wider if name is not names[n]]
            # A brand that is met counts for more than the score of the words alone.
            least = WIDER * threshold
            found = search_read(self.listed, [name for _, name in wider], least)
            for asked, listed in zip(
                found.asked.tolist(), found.listed.tolist(), strict=True
            ):
                pairs[wider[asked][0], listed] = None
        yield from pairs

    def _match(self, text: str, number: int) -> Match:
        names = self._names
        listed = names["value"][number]
        is_person = self.listed.is_person(number)
        plain = compare_as(text, listed, is_person=is_person)
        known = None
        if not is_person:
            known = self.brands.between(read_name(text), read_name(listed))
        comparison = raised(plain, known) if known else plain
        is_raised = comparison is not plain
        if names["prop"][number] == "weakAlias":
            comparison = comparison.times(WEAK, "weak alias", "as the list calls it")
        return Match(
            entity_id=names["id"][number],
            listed=listed,
            prop=names["prop"][number],
            comparison=comparison,
            by=known.statements if known and is_raised else (),
        )

    @cached_property
    def merges(self) -> Merges:
        """Which records of the snapshot are one entity."""
        return Merges(self.reader.snapshot)

    def find(self, text: str) -> Sequence[str]:
        """Return the ids of the entities meant by an id or a name, the likeliest first.

        The id of a record that is one with others leads to the entity that they are.
        Entities that bear exactly this name come alone; else all that score at least the
        threshold come. Raises UnknownEntityError, with the nearest names, where none does.
        """
        if text in self.reader.entities:
            return (text,)
        if (canonical := self.merges.canonical(text)) in self.reader.entities:
            return (canonical,)
        if not fold(text):
            message = f"{text!r}: no letter or digit to look for"
            raise UsageError(message)
        found = [m for m in self.matches(text) if self._is_meant(m.entity_id)]
        if found:
            exact = [m for m in found if m.score >= 1.0]
            return tuple(m.entity_id for m in exact or found)
        near = self.matches(text, threshold=0.4)[:3]
        hint = ", ".join(
            f"{self.reader.caption(m.entity_id)} ({m.entity_id})" for m in near
        )
        message = f"{text}: no entity of this snapshot bears that name or id"
        raise UnknownEntityError(message + (f"; near it: {hint}" if hint else ""))

    def find_one(self, text: str) -> str:
        """Return the id of the entity meant. Raises UsageError where several bear the name."""
        found = self.find(text)
        if len(found) > 1:
            named = "; ".join(f"{self.reader.caption(e)} ({e})" for e in found[:5])
            message = f"{text}: several bear that name; give the id of one: {named}"
            raise UsageError(message)
        return found[0]

    def _is_meant(self, entity_id: str) -> bool:
        return self.reader.entities[entity_id]["schema"] not in SECONDARY
