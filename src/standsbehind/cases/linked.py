"""Facts of links: what the readings make of the roles of links, and of single ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from standsbehind.cases.kinds import links_of
from standsbehind.cases.readings import Given, Reading, Readings
from standsbehind.cases.sourced import days_of, source_of, sources_of, weaker
from standsbehind.graph.reader import Reader
from standsbehind.model.edge import Edge
from standsbehind.model.evidence import Fact
from standsbehind.model.schema import acting_ends, is_a
from standsbehind.model.statement import Claim

__all__ = ["facts_of_links"]

_MAKES = frozenset({"made the app of", "built", "makes", "marketed"})
"""Roles of links by which a firm is named as the maker of its target."""


def facts_of_links(reader: Reader, readings: Readings) -> Iterator[Fact]:
    """Read the links of a snapshot that some reading is of."""
    links = _Links(reader)
    found = links_of(reader, readings.are_of_kind, iter(readings.records))
    for _, edge in sorted(found.items()):
        for reading in readings.of(edge):
            for given in reading.gives:
                yield from links.facts(edge, given, reading)


@dataclass(frozen=True, slots=True)
class _Links:
    reader: Reader

    def facts(self, edge: Edge, given: Given, reading: Reading) -> Iterator[Fact]:
        said, others = self._statements(edge)
        tie = reading.tied_by
        tying = self.reader.claims([tie])[tie] if tie else ()
        for subject, making in self._whose(edge, given.subject):
            sources = tuple(source_of(c, edge.status) for c in edge.citations)
            for naming in filter(None, (making, tying)):
                sources = weaker(sources, sources_of(naming))
            matter = _matter(edge, given.matter, subject)
            yield Fact(
                id=f"{edge.id}/{given.term}/{subject}/{matter}",
                record=edge.id,
                subject=subject,
                term=given.term,
                matter=matter,
                statement=said,
                sources=sources,
                others=(*others, *(claim.statement.id for claim in (*making, *tying))),
                reading=reading.reason,
                tie=tie,
                **days_of(edge.interval),
            )

    def _statements(self, edge: Edge) -> tuple[str, tuple[str, ...]]:
        """Return the statement that names the target of a link, and the others of it."""
        claims = self.reader.claims([edge.id])[edge.id]
        _, target = acting_ends(edge.schema) or ("", "")
        naming = [
            claim.statement.id
            for claim in claims
            if claim.statement.prop == target
            and claim.statement.value == edge.target
            and claim.status == edge.status
        ]
        ids = sorted(claim.statement.id for claim in claims)
        said = min(naming, default=ids[0])
        return said, tuple(one for one in ids if one != said)

    def _whose(
        self, edge: Edge, subject: str
    ) -> Iterator[tuple[str, tuple[Claim, ...]]]:
        """Find whose fact it is; a maker comes with the claims that it is the maker."""
        match subject:
            case "source":
                yield edge.source, ()
            case "target":
                yield edge.target, ()
            case "makers":
                yield from self._makers(edge.source)
            case _:
                yield subject, ()

    def _makers(self, product: str) -> Iterator[tuple[str, tuple[Claim, ...]]]:
        if is_a(self.reader.entities[product]["schema"], "LegalEntity"):
            yield product, ()
            return
        named: dict[str, list[Claim]] = {}
        for claim in self.reader.claims([product])[product]:
            if claim.statement.prop == "maker":
                named.setdefault(claim.statement.value, []).append(claim)
        for edge in self._made(product):
            claims = self.reader.claims([edge.id])[edge.id]
            named.setdefault(edge.source, []).extend(
                claim for claim in claims if claim.status == edge.status
            )
        for maker, claims_of in sorted(named.items()):
            yield maker, tuple(claims_of)

    def _made(self, product: str) -> Iterable[Edge]:
        _, numbers = self.reader.graph.links(self.reader.numbers[product])
        found = self.reader.edges_at(numbers.tolist()).values()
        return [e for e in found if e.target == product and e.role in _MAKES]


def _matter(edge: Edge, matter: str, subject: str) -> str:
    match matter:
        case "source":
            return edge.source
        case "target":
            return edge.target
        case "subject":
            return subject
        case _:
            return matter
