"""Reading a snapshot: its entities, claims, links, designations and replies."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from standsbehind.graph.claims import Citations, Claims
from standsbehind.graph.edge_rows import EdgeRows
from standsbehind.graph.edges import Edges
from standsbehind.graph.holdings import Holdings
from standsbehind.graph.links import Links
from standsbehind.graph.nodes import Entities, Ids, Numbers, Pairs
from standsbehind.ledger.rows import TOLD
from standsbehind.model.citation import Citation
from standsbehind.model.dates import Interval, read_interval
from standsbehind.model.designation import Designation, ListingStatus
from standsbehind.model.edge import VOICES, Edge
from standsbehind.model.entity import Entity, fold
from standsbehind.model.reply import Reply
from standsbehind.model.schema import acting_ends
from standsbehind.model.statement import Claim
from standsbehind.store.snapshot import Snapshot

__all__ = ["NO_PROGRAM", "Reader", "designation_of"]

NO_PROGRAM = "unknown"
"""The program of a listing that names none."""


class Reader:
    """One snapshot, mapped and read on demand; claims that were read once are kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._claims: dict[int, tuple[Claim, ...]] = {}

    @cached_property
    def _table(self) -> pa.Table:
        return self.snapshot.mapped("entities")

    @cached_property
    def entities(self) -> Entities:
        """Id, schema, caption, countries and datasets of every entity, by id."""
        return Entities(self._table, self.numbers)

    @cached_property
    def ids(self) -> Ids:
        """Entity ids in the order of the graph's nodes."""
        return Ids(self._table["id"])

    @cached_property
    def numbers(self) -> Numbers:
        """The graph's node of each entity."""
        return Numbers(self.ids)

    @cached_property
    def schemata(self) -> Sequence[str]:
        """The schemata that entities have, in the order of their codes."""
        return self._names("schemata")

    @cached_property
    def schema_codes(self) -> NDArray[np.uint16]:
        """The place of each node's schema in `schemata`; shape (n,)."""
        return self._of_nodes["schema"]

    @cached_property
    def designated(self) -> NDArray[np.bool_]:
        """Whether any list ever named each node, for whatever effect; shape (n,)."""
        return self._of_nodes["designated"]

    @cached_property
    def _of_nodes(self) -> Mapping[str, NDArray[Any]]:
        return self.snapshot.arrays("nodes")

    @cached_property
    def graph(self) -> Edges:
        """The links, as an adjacency in both directions."""
        return Edges.from_arrays(self.snapshot.arrays("graph"))

    @cached_property
    def links(self) -> Links:
        """The links, as columns in the order of their numbers."""
        kinds = self.snapshot.mapped("kinds")
        pairs = zip(kinds["schema"].to_pylist(), kinds["role"].to_pylist(), strict=True)
        return Links.from_arrays(self.snapshot.arrays("links"), list(pairs))

    @cached_property
    def holdings(self) -> Holdings:
        """The stakes and statements of control, as columns found by either end."""
        return Holdings.from_arrays(self.snapshot.arrays("holdings"))

    @cached_property
    def origins(self) -> Sequence[str]:
        """The origin groups, in the order of the numbers by which `links` names them."""
        return self._names("origins")

    @cached_property
    def edge_nodes(self) -> NDArray[np.int32]:
        """The node of each edge itself, about which its claims are; shape (m,), sorted."""
        return self.snapshot.arrays("edges")["node"]

    @cached_property
    def edge_rows(self) -> EdgeRows:
        """Id, schema, role, dates and ends of every edge, in the order of its numbers."""
        return EdgeRows(self.links, self.edge_nodes, self.ids)

    def edge_ids(self, numbers: Iterable[int]) -> list[str]:
        """Return the ids of some edges, each once, in the order of their numbers given."""
        nodes = dict.fromkeys(self.edge_nodes[list(numbers)].tolist())
        return [self.ids[node] for node in nodes]

    def edge_numbers(self, edge_id: str) -> range:
        """Return the numbers of an edge: one for each pair of ends; none for what is no edge."""
        node = self.numbers.get(edge_id)
        if node is None:
            return range(0)
        return range(*np.searchsorted(self.edge_nodes, [node, node + 1]).tolist())

    def _names(self, table: str) -> Sequence[str]:
        names: list[str] = self.snapshot.mapped(table)["name"].to_pylist()
        return names

    def caption(self, entity_id: str) -> str:
        """Return the name to print for an entity; its id where it has none."""
        row = self.entities.get(entity_id)
        return str(row["caption"]) if row else entity_id

    @cached_property
    def stated(self) -> Claims:
        """All claims, by the node that they are about."""
        keys = self.snapshot.arrays("citations")["keys"]
        citations = Citations(self.snapshot.rows("citations"), keys)
        starts = self.snapshot.arrays("claims")["starts"]
        rows = self.snapshot.rows("claims", TOLD.names)
        return Claims(rows, starts, citations)

    def claims(self, ids: Iterable[str]) -> dict[str, tuple[Claim, ...]]:
        """Return all claims about each of the entities."""
        nodes = {key: self.numbers.get(key) for key in ids}
        found = self._about(node for node in nodes.values() if node is not None)
        return {key: () if node is None else found[node] for key, node in nodes.items()}

    def _about(self, nodes: Iterable[int]) -> Mapping[int, tuple[Claim, ...]]:
        """Read the claims about some nodes; all that were ever read are at hand."""
        # Not a difference of sets, which would walk all that was ever read.
        missing = {node for node in nodes if node not in self._claims}
        if missing:
            self._claims |= self.stated.about(missing)
        return self._claims

    @property
    def kept(self) -> int:
        """How many entities' claims are kept since they were read."""
        return len(self._claims)

    def forget(self) -> None:
        """Let go of the claims read so far: for who walks through all, or stays for long."""
        self._claims.clear()

    def entity(self, entity_id: str) -> Entity:
        """Return one entity as the fold of its claims. Raises KeyError for an unknown id."""
        claims = self.claims([entity_id])[entity_id]
        if not claims:
            raise KeyError(entity_id)
        return fold(claim.statement for claim in claims)

    def edges(self, ids: Sequence[str]) -> dict[str, Edge]:
        """Return edges by id, with their citations."""
        found = self.claims(ids)
        return {key: _edge(key, claims) for key, claims in found.items() if claims}

    def edges_at(self, numbers: Iterable[int]) -> dict[str, Edge]:
        """Return edges by id, with their citations, from their numbers in the graph."""
        nodes = dict.fromkeys(self.edge_nodes[list(numbers)].tolist())
        claims = self._about(nodes)
        # The claims name the edge, so that its id need not be looked up.
        found = ((claims[n][0].statement.canonical_id, claims[n]) for n in nodes)
        return {key: _edge(key, about) for key, about in found}

    @cached_property
    def _sanctions(self) -> Pairs:
        """The `Sanction`s of each entity."""
        return Pairs(**self.snapshot.arrays("sanctions"))

    def is_designated(self, entity_id: str) -> bool:
        """Whether any list ever named the entity, for whatever effect."""
        node = self.numbers.get(entity_id)
        return node is not None and bool(self.designated[node])

    def designations(self, ids: Iterable[str]) -> dict[str, tuple[Designation, ...]]:
        """Return the designations of each entity, by date; those without one first."""
        sanctions = {key: self._belonging(self._sanctions, key) for key in ids}
        claims = self.claims(s for found in sanctions.values() for s in found)
        return {
            key: tuple(
                sorted(
                    (_designation(key, claims[s]) for s in found),
                    key=lambda d: (d.interval.start or "", d.program, d.id),
                )
            )
            for key, found in sanctions.items()
        }

    def sanction_nodes(self, entity_id: str) -> Sequence[int]:
        """Return the nodes of the `Sanction`s of an entity."""
        node = self.numbers.get(entity_id)
        return [] if node is None else self._sanctions.to(node)

    @cached_property
    def _replies(self) -> Pairs:
        """The replies that are about, or answer, each entity, edge or designation."""
        return Pairs(**self.snapshot.arrays("replies"))

    def replies(self, ids: Iterable[str]) -> tuple[Reply, ...]:
        """Return the replies by or about the entities, or to the edges and designations."""
        found = {r: None for key in ids for r in self._belonging(self._replies, key)}
        claims = self.claims(found)
        return tuple(
            sorted((_reply(r, claims[r]) for r in found), key=lambda r: (r.date, r.id))
        )

    def _belonging(self, pairs: Pairs, entity_id: str) -> list[str]:
        node = self.numbers.get(entity_id)
        return [] if node is None else [self.ids[other] for other in pairs.to(node)]


def _cited(claims: Iterable[Claim]) -> tuple[Citation, ...]:
    cited = {citation.id: citation for claim in claims for citation in claim.citations}
    return tuple(cited.values())


def _edge(edge_id: str, claims: Sequence[Claim]) -> Edge:
    entity = fold(claim.statement for claim in claims)
    ends = acting_ends(entity.schema)
    if ends is None:
        raise KeyError(edge_id)
    # The voice of a link is the strongest in which its ends are named, and its sources are
    # those that speak in it: a copy in somebody's file adds neither voice nor origin.
    naming = [claim for claim in claims if claim.statement.prop in ends]
    voice = max((claim.status for claim in naming), key=VOICES.index)
    told = [claim for claim in naming if claim.status == voice]
    return Edge(
        id=edge_id,
        schema=entity.schema,
        role=entity.first("role") or entity.schema,
        source=entity.first(ends[0]) or "",
        target=entity.first(ends[1]) or "",
        interval=_interval(entity),
        status=voice,
        summary=entity.first("summary") or entity.first("description") or "",
        amount=entity.first("amount") or entity.first("percentage") or "",
        citations=_cited(told),
    )


def _interval(entity: Entity) -> Interval:
    return read_interval(entity.first("startDate"), entity.first("endDate"))


def _designation(entity_id: str, claims: Sequence[Claim]) -> Designation:
    sanction = fold(claim.statement for claim in claims)
    return designation_of(sanction, entity_id, _cited(claims))


def designation_of(
    sanction: Entity, entity_id: str, citations: tuple[Citation, ...]
) -> Designation:
    """Read a `Sanction` as the designation of an entity."""
    program_id, heading = sanction.first("programId"), sanction.get("program")
    return Designation(
        id=sanction.id,
        entity_id=entity_id,
        program=program_id or (heading[0] if heading else NO_PROGRAM),
        listed_name=sanction.first("listedName") or "",
        interval=_interval(sanction),
        status=_listing_status(sanction.first("status")),
        legal_ground="; ".join(sanction.get("provisions")),
        citations=citations,
        scope=" ".join(sanction.get("scope")),
        tag="; ".join(heading) if program_id else "",
    )


def _listing_status(stated: str | None) -> ListingStatus:
    match stated:
        case "exempted" | "revoked":
            return stated
        case _:
            return "listed"


def _reply(reply_id: str, claims: Sequence[Claim]) -> Reply:
    reply = fold(claim.statement for claim in claims)
    return Reply(
        id=reply_id,
        author=reply.first("author") or "",
        about=reply.get("about"),
        answers=reply.get("answers"),
        date=reply.first("date") or "",
        text=reply.first("summary") or "",
        citations=_cited(claims),
    )
