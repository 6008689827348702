"""Reaching: through which listed names an entity that is not listed itself is reached, and how."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from standsbehind.cases.ownership import TestAnswer, examine
from standsbehind.graph.reader import Reader
from standsbehind.model.designation import Designation
from standsbehind.model.edge import VOICES, Edge
from standsbehind.model.statement import Status
from standsbehind.standards.effects import Reach
from standsbehind.standards.provisions import Relation

__all__ = ["Reached", "reached"]

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
    """The listed names that reach an entity, and the tests whose answer hangs on a fact."""

    reaches: tuple[Reach, ...]
    undetermined: tuple[TestAnswer, ...]


def reached(reader: Reader, entity_id: str, day: date) -> Reached:
    """Derive the relations to listed names by the ownership tests and by who makes the goods."""
    answers = examine(reader, entity_id, day)
    found = [
        reach
        for answer in answers
        if answer.arithmetic == "YES" and not (answer.is_listed or answer.is_spared)
        for reach in _by_test(reader, day, answer)
    ]
    found.extend(_by_making(reader, entity_id, day))
    hanging = (
        a
        for a in answers
        if a.arithmetic == a.by_share == "UNDETERMINED"
        and a.seeds
        and not a.is_spared
        and a.state in {"in_force", "unverified"}
    )
    return Reached(tuple(found), tuple(hanging))


def _by_test(reader: Reader, day: date, answer: TestAnswer) -> Iterator[Reach]:
    edges = tuple({s.edge.id: s.edge for s in answer.proof}.values())
    counted = {edge.source for edge in edges} | {edge.target for edge in edges}
    for seed in answer.seeds:
        if seed not in counted:
            continue
        for listing in reader.designations([seed])[seed]:
            if listing.program in answer.test.programs and listing.holds_on(day):
                yield _reach(reader, listing, answer.test.relation, edges)


def _by_making(reader: Reader, entity_id: str, day: date) -> Iterator[Reach]:
    for maker, edges in _makers(reader, entity_id, day).items():
        for listing in reader.designations([maker])[maker]:
            if maker != entity_id and listing.holds_on(day):
                yield _reach(reader, listing, "produced_by", edges)


def _makers(reader: Reader, entity_id: str, day: date) -> dict[str, tuple[Edge, ...]]:
    """Find who makes what the entity sells, by rebrands, supplies under its name, and `maker`."""
    entity = reader.entity(entity_id)
    found: dict[str, list[Edge]] = {maker: [] for maker in entity.get("maker")}
    _, numbers = reader.graph.incoming(reader.numbers[entity_id])
    for edge in reader.edges(reader.edge_ids(numbers.tolist())).values():
        makes = edge.schema == "Rebrand" or (
            edge.schema == "Supply" and edge.role in _MAKES
        )
        if makes and edge.target == entity_id and edge.holds_on(day):
            found.setdefault(edge.source, []).append(edge)
    return {maker: tuple(edges) for maker, edges in found.items()}


def _reach(
    reader: Reader,
    listing: Designation,
    relation: Relation,
    edges: Sequence[Edge],
) -> Reach:
    names = f"{_WORDS[relation]} {reader.caption(listing.entity_id)}"
    links = "; ".join(
        f"{reader.caption(e.source)} - {e.role} -> {reader.caption(e.target)}, {e.grade}"
        for e in edges
    )
    told = f"{names} ({links})." if links else f"{names}."
    weak = [edge for edge in edges if VOICES.index(edge.status) < _SURE]
    doubt = ""
    if weak:
        grades = ", ".join(dict.fromkeys(edge.grade for edge in weak))
        doubt = f"The relation to the listed name rests on what is {grades}."
    return Reach(listing, relation, told, tuple(e.id for e in edges), doubt)
