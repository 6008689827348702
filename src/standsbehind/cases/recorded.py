"""Records that are no links: harms that were published, and what was looked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from standsbehind.cases.kinds import entities_of
from standsbehind.cases.readings import Readings
from standsbehind.cases.sourced import days_of, sources_of
from standsbehind.graph.reader import Reader
from standsbehind.model.dates import Interval
from standsbehind.model.entity import Entity, fold
from standsbehind.model.evidence import Body, Fact, Looked
from standsbehind.model.statement import Claim
from standsbehind.standards.norms import Element, Standard

__all__ = ["Recorded"]


@dataclass(frozen=True)
class Recorded:
    """The harms and searches of a snapshot, in the terms of a standard."""

    reader: Reader
    standard: Standard

    @cached_property
    def _elements(self) -> dict[str, list[tuple[str, Element]]]:
        """The elements by `C4/no-test`, and all of a class by `C4`."""
        found: dict[str, list[tuple[str, Element]]] = {}
        for norm in self.standard.norms:
            for element in norm.elements:
                for place in (norm.id, f"{norm.id}/{element.id}"):
                    found.setdefault(place, []).append((norm.id, element))
        return found

    def harms(self, facts: Sequence[Fact], readings: Readings) -> Iterator[Fact]:
        """Carry each harm to whoever has a fact on its matter, as the readings say."""
        for key in self._of_schema("HarmReport"):
            claims, report = self._record(key)
            about = report.get("about")
            for harm in report.get("harm"):
                reading = readings.harms.get(harm)
                reached = {
                    (f.subject, f.matter)
                    for f in facts
                    if reading and f.term == reading.joins and f.matter in about
                }
                for whose in sorted(reached):
                    if reading is not None:
                        fact = _fact(key, claims, reading.term, whose, _body(report))
                        yield replace(fact, reading=reading.reason)

    def absences(self) -> Iterator[Fact]:
        """Read what searches did not find, where that it is absent is an element."""
        for key in self._of_schema("Search"):
            claims, search = self._record(key)
            for place in search.get("notFound"):
                for _, element in self._elements.get(place, ()):
                    if element.threshold == "recorded_search":
                        for whose in _whose(search):
                            yield _fact(key, claims, element.any[0], whose, "search")

    def searches(self) -> Iterator[Looked]:
        """Read for which elements of whom a search is recorded."""
        for key in self._of_schema("Search"):
            claims, search = self._record(key)
            said, *others = sorted(claim.statement.id for claim in claims)
            records = search.get("lookedAt")
            looked = self.reader.claims(records).values()
            also = {claim.statement.id for found in looked for claim in found}
            for norm, element in self._places(search):
                for subject in search.get("about"):
                    yield Looked(
                        record=key,
                        subject=subject,
                        norm=norm,
                        element=element,
                        statement=said,
                        also=tuple(sorted(also.union(others))),
                        records=records,
                    )

    def _places(self, search: Entity) -> Sequence[tuple[str, str]]:
        named = (*search.get("conduct"), *search.get("notFound"))
        found = (one for place in named for one in self._elements.get(place, ()))
        return list(dict.fromkeys((norm, element.id) for norm, element in found))

    def _of_schema(self, schema: str) -> list[str]:
        return [key for key, _ in entities_of(self.reader, schema.__eq__)]

    def _record(self, key: str) -> tuple[tuple[Claim, ...], Entity]:
        claims = self.reader.claims([key])[key]
        return claims, fold(claim.statement for claim in claims)


def _whose(search: Entity) -> Iterator[tuple[str, str]]:
    for subject in search.get("about"):
        for matter in search.get("matter") or (subject,):
            yield subject, matter


def _fact(
    key: str, claims: Sequence[Claim], term: str, whose: tuple[str, str], body: Body
) -> Fact:
    subject, matter = whose
    said, *others = sorted(claim.statement.id for claim in claims)
    return Fact(
        id=f"{key}/{term}/{subject}/{matter}",
        record=key,
        subject=subject,
        term=term,
        matter=matter,
        statement=said,
        sources=tuple(replace(source, body=body) for source in sources_of(claims)),
        others=tuple(others),
        **days_of(Interval(claims[0].valid.start)),
    )


def _body(report: Entity) -> Body:
    match report.first("body"):
        case "court":
            return "court"
        case "un":
            return "un"
        case _:
            return ""
