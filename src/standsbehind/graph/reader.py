"""Reading a snapshot: its entities, claims, links, designations and replies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from standsbehind.graph.edges import Edges
from standsbehind.ledger.rows import citations_of, claim_of
from standsbehind.model.citation import Citation
from standsbehind.model.dates import Interval, read_interval
from standsbehind.model.designation import Designation, ListingStatus
from standsbehind.model.edge import VOICES, Edge
from standsbehind.model.entity import Entity, fold
from standsbehind.model.reply import Reply
from standsbehind.model.schema import acting_ends
from standsbehind.model.statement import Claim
from standsbehind.store.snapshot import Snapshot

__all__ = ["Reader"]


class Reader:
    """One snapshot, read on demand; what was read once is kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._claims: dict[str, tuple[Claim, ...]] = {}
        self._citations: dict[str, Citation] = {}

    @cached_property
    def entities(self) -> Mapping[str, Mapping[str, Any]]:
        """Id, schema, caption, countries and datasets of every entity, by id."""
        rows = self.snapshot.table("entities").to_pylist()
        return {row["id"]: row for row in rows}

    @cached_property
    def ids(self) -> Sequence[str]:
        """Entity ids in the order of the graph's nodes."""
        return tuple(self.entities)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The graph's node of each entity."""
        return {entity_id: number for number, entity_id in enumerate(self.ids)}

    @cached_property
    def graph(self) -> Edges:
        """The links, as an adjacency in both directions."""
        return Edges.from_arrays(self.snapshot.arrays("graph"))

    @cached_property
    def edge_rows(self) -> Sequence[Mapping[str, Any]]:
        """Id, schema, role, dates and ends of every edge, in the order of its numbers."""
        rows: list[Mapping[str, Any]] = self.snapshot.table("edges").to_pylist()
        return rows

    def caption(self, entity_id: str) -> str:
        """Return the name to print for an entity; its id where it has none."""
        row = self.entities.get(entity_id)
        return str(row["caption"]) if row else entity_id

    def claims(self, ids: Iterable[str]) -> dict[str, tuple[Claim, ...]]:
        """Return all claims about each of the entities."""
        wanted = list(dict.fromkeys(ids))
        missing = [key for key in wanted if key not in self._claims]
        if missing:
            self._load(missing)
        return {key: self._claims[key] for key in wanted}

    def _load(self, ids: list[str]) -> None:
        rows = self.snapshot.table("claims", only=("canonical_id", ids)).to_pylist()
        cited = {key for row in rows for key in row["citations"]} - set(self._citations)
        if cited:
            found = self.snapshot.table("citations", only=("id", sorted(cited)))
            self._citations |= citations_of(found.to_pylist())
        grouped: dict[str, list[Claim]] = defaultdict(list)
        for row in rows:
            grouped[row["canonical_id"]].append(claim_of(row, self._citations))
        for key in ids:
            self._claims[key] = tuple(grouped[key])

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

    @cached_property
    def _sanctions(self) -> Mapping[str, Sequence[str]]:
        """Ids of the `Sanction`s of each entity."""
        grouped: dict[str, list[str]] = defaultdict(list)
        for row in self.snapshot.table("sanctions").to_pylist():
            grouped[row["value"]].append(row["id"])
        return grouped

    def is_designated(self, entity_id: str) -> bool:
        """Whether any list ever named the entity, for whatever effect."""
        return entity_id in self._sanctions

    def designations(self, ids: Iterable[str]) -> dict[str, tuple[Designation, ...]]:
        """Return the designations of each entity, by date; those without one first."""
        wanted = list(dict.fromkeys(ids))
        sanctions = [s for key in wanted for s in self._sanctions.get(key, ())]
        claims = self.claims(sanctions)
        return {
            key: tuple(
                sorted(
                    (
                        _designation(s, key, claims[s])
                        for s in self._sanctions.get(key, ())
                    ),
                    key=lambda d: (d.interval.start or "", d.program, d.id),
                )
            )
            for key in wanted
        }

    @cached_property
    def _replies(self) -> Mapping[str, Sequence[str]]:
        """Ids of the replies that are about, or answer, each entity, edge or designation."""
        grouped: dict[str, list[str]] = defaultdict(list)
        for row in self.snapshot.table("replies").to_pylist():
            grouped[row["value"]].append(row["id"])
        return grouped

    def replies(self, ids: Iterable[str]) -> tuple[Reply, ...]:
        """Return the replies by or about the entities, or to the edges and designations."""
        found = {r: None for key in ids for r in self._replies.get(key, ())}
        claims = self.claims(found)
        return tuple(
            sorted((_reply(r, claims[r]) for r in found), key=lambda r: (r.date, r.id))
        )


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


def _designation(
    sanction_id: str, entity_id: str, claims: Sequence[Claim]
) -> Designation:
    sanction = fold(claim.statement for claim in claims)
    return Designation(
        id=sanction_id,
        entity_id=entity_id,
        program=sanction.first("programId") or sanction.first("program") or "unknown",
        listed_name=sanction.first("listedName") or "",
        interval=_interval(sanction),
        status=_listing_status(sanction.first("status")),
        legal_ground="; ".join(sanction.get("provisions")),
        citations=_cited(claims),
        scope=" ".join(sanction.get("scope")),
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
