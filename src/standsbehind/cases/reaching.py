"""Reaching: through which listed names an entity that is not listed itself is reached, and how."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from standsbehind.cases.ownership import TestAnswer, examine
from standsbehind.graph.reader import Reader
from standsbehind.model.designation import Designation
from standsbehind.model.edge import VOICES, Edge
from standsbehind.model.statement import Claim, Status
from standsbehind.standards.effects import Reach
from standsbehind.standards.provisions import Relation
from standsbehind.tracing.stated import Stake

__all__ = ["NOBODY", "Reached", "reached"]

_MAKES = frozenset({"makes", "made for", "alleged to make", "alleged to supply"})
"""Roles of a supply by which the supplier stands behind goods that the other sells."""
_SURE = VOICES.index(Status.REPORTED)
_WORDS: dict[Relation, str] = {
    "owned_50": "Held to half or more, counted from the listed",
    "affiliate": "Held by or affiliated with, as a source says, the listed",
    "controlled": "Owned or controlled, as the test counts it, by the listed",
    "produced_by": "A seller of what is made or supplied, as a source says, by the listed",
}


@dataclass(frozen=True, slots=True)
class Reached:
    """How listed names reach an entity, with the tests that were put and the links they rest on."""

    reaches: tuple[Reach, ...]
    tests: tuple[TestAnswer, ...] = ()
    """What every ownership test says of the entity that day."""
    making: tuple[Stake, ...] = ()
    """The links by which listed names make or supply what the entity sells."""

    @property
    def undetermined(self) -> tuple[TestAnswer, ...]:
        """The tests of others' listings whose answer hangs on a share that is not known."""
        return tuple(
            test
            for test in self.tests
            if test.arithmetic == test.by_share == "UNDETERMINED"
            and test.seeds
            and not test.is_spared
            and test.state in {"in_force", "unverified"}
        )

    def links(self, ids: Collection[str]) -> tuple[Stake, ...]:
        """Return the stakes and statements that some links state, each once, by their ids."""
        proofs = (stake for test in self.tests for stake in test.proof)
        told = dict.fromkeys((*self.making, *proofs))
        return tuple(stake for stake in told if stake.edge.id in ids)

    def test(self, test_id: str) -> TestAnswer | None:
        """Return what one test says; None where it was not put."""
        return next((one for one in self.tests if one.test.id == test_id), None)

    def relations(self, listed: str) -> tuple[Relation, ...]:
        """Return the relations to a listed name that were derived; empty where none was."""
        found = (r.relation for r in self.reaches if r.listing.entity_id == listed)
        return tuple(dict.fromkeys(found))


NOBODY = Reached(())
"""What is said where nothing was asked."""


def reached(reader: Reader, entity_id: str, day: date) -> Reached:
    """Derive the relations to listed names by the ownership tests and by who makes the goods."""
    answers = examine(reader, entity_id, day)
    making = {
        maker: links
        for maker, links in _makers(reader, entity_id, day).items()
        if maker != entity_id and reader.is_designated(maker)
    }
    by_test = (
        reach
        for answer in answers
        if answer.arithmetic == "YES" and not (answer.is_listed or answer.is_spared)
        for reach in _by_test(reader, day, answer)
    )
    by_making = (
        _reach(reader, listing, "produced_by", links)
        for maker, links in making.items()
        for listing in reader.designations([maker])[maker]
        if listing.holds_on(day)
    )
    links = tuple(link for links in making.values() for link in links)
    return Reached((*by_test, *by_making), answers, links)


def _by_test(reader: Reader, day: date, answer: TestAnswer) -> Iterator[Reach]:
    counted = {end for stake in answer.proof for end in (stake.owner, stake.asset)}
    test = answer.test
    for seed in answer.seeds:
        if seed not in counted:
            continue
        for listing in reader.designations([seed])[seed]:
            if listing.program in test.programs and listing.holds_on(day):
                yield _reach(reader, listing, test.relation, answer.proof, test.id)


def _makers(reader: Reader, entity_id: str, day: date) -> dict[str, list[Stake]]:
    """Find who makes what the entity sells, by rebrands, supplies under its name, and `maker`."""
    found: dict[str, list[Stake]] = {}
    for claim in reader.claims([entity_id])[entity_id]:
        if claim.statement.prop == "maker" and claim.valid.holds_on(day):
            edge = _maker_of(claim)
            found.setdefault(edge.source, []).append(_made(edge))
    _, numbers = reader.graph.incoming(reader.numbers[entity_id])
    for edge in reader.edges(reader.edge_ids(numbers.tolist())).values():
        makes = edge.schema == "Rebrand" or (
            edge.schema == "Supply" and edge.role in _MAKES
        )
        if makes and edge.target == entity_id and edge.holds_on(day):
            found.setdefault(edge.source, []).append(_made(edge))
    return found


def _maker_of(claim: Claim) -> Edge:
    """Read a product's `maker` as a link, under the id of its statement."""
    said = claim.statement
    return Edge(
        id=said.id,
        schema=said.schema,
        role="maker of",
        source=said.value,
        target=said.canonical_id,
        interval=claim.valid,
        status=claim.status,
        citations=claim.citations,
    )


def _made(edge: Edge) -> Stake:
    """Tell a link by which goods are made as stakes are told: without a share."""
    return Stake(
        edge, edge.source, edge.target, "supply", Fraction(0), Fraction(1), "", ()
    )


def _reach(
    reader: Reader,
    listing: Designation,
    relation: Relation,
    links: Sequence[Stake],
    test: str = "",
) -> Reach:
    edges = tuple({link.edge.id: link.edge for link in links}.values())
    names = f"{_WORDS[relation]} {reader.caption(listing.entity_id)}"
    said = "; ".join(dict.fromkeys(_said(reader, link) for link in links))
    weak = [edge for edge in edges if VOICES.index(edge.status) < _SURE]
    doubt = ""
    if weak:
        grades = ", ".join(dict.fromkeys(edge.grade for edge in weak))
        doubt = f"The relation to the listed name rests on what is {grades}."
    told = f"{names} ({said})."
    return Reach(listing, relation, told, tuple(e.id for e in edges), doubt, test)


def _said(reader: Reader, link: Stake) -> str:
    edge = link.edge
    share = f": {link.share}" if link.share else ""
    ends = (
        f"{reader.caption(edge.source)} - {edge.role} -> {reader.caption(edge.target)}"
    )
    return f"{ends}{share}, {edge.grade}"
