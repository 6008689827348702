"""The answer to a screened file: each hit with what it is exposed to, and what was not looked at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any

from standsbehind.cases.effects import Position
from standsbehind.cases.exposed import Exposure, exposed
from standsbehind.cases.reaching import NOBODY, Reached
from standsbehind.graph.lookup import Lookup
from standsbehind.graph.reader import Reader
from standsbehind.model.citation import Citation
from standsbehind.model.edge import Edge
from standsbehind.model.reply import Reply
from standsbehind.model.statement import Claim
from standsbehind.resolution.judgements import Standing
from standsbehind.screening.judged import Judged, Memory, judge
from standsbehind.screening.match import Hit, Options, Result, screen, screen_one
from standsbehind.screening.query import Intake, Query, Skipped
from standsbehind.tracing.stated import Stake

__all__ = [
    "AnsweredHit",
    "AnsweredRow",
    "Answerer",
    "Captions",
    "OwnListAsked",
    "Row",
    "ScreenAnswer",
    "aliases_behind",
    "in_file_order",
    "judgements_in",
    "own_links",
    "told_by",
]


BATCH = 1_000
"""Rows whose hits are read from the snapshot together."""


@dataclass(frozen=True, slots=True)
class AnsweredHit:
    """A hit with all that a reader needs to judge it."""

    hit: Hit
    caption: str
    schema: str
    exposures: tuple[Exposure, ...]
    more_exposures: bool
    links: tuple[Edge, ...]
    """What the evidence says of the entity: its own links, strongest first."""
    replies: tuple[Reply, ...]
    citations: tuple[Citation, ...]
    """Where the entity itself comes from."""
    aliases: tuple[Claim, ...] = ()
    """What says that the name that met is one of the entity's, where the hit is an alias."""
    judgements: tuple[Standing, ...] = ()
    """What people judged of this hit, and how that stands."""
    reached: Reached = NOBODY
    """How the listed names of others reach it, and the tests that were put."""

    @property
    def relied_on(self) -> tuple[Stake, ...]:
        """The links that the relation of some effect rests on."""
        effects = (e for x in self.exposures for _, found in x.effects for e in found)
        return self.reached.links({link for e in effects for link in e.evidence})


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """One row of the file with its hits, and those that were judged away."""

    result: Result
    hits: tuple[AnsweredHit, ...]
    judged: tuple[AnsweredHit, ...] = ()
    """Hits that a person judged not to be the row's subject: shown, and not counted."""

    @property
    def told(self) -> tuple[AnsweredHit, ...]:
        """All hits that are shown."""
        return (*self.hits, *self.judged)

    @property
    def is_judged_away(self) -> bool:
        """Whether no hit is left because all were judged away."""
        return bool(self.judged) and not self.hits


Row = AnsweredRow | Skipped
"""One row of the file: answered, or not examined."""


@dataclass(frozen=True, slots=True)
class OwnListAsked:
    """The list of the user's own that was searched in place of a snapshot."""

    name: str
    digest: str
    """SHA-256 of the file."""
    reading: Mapping[str, Any]
    """How the file was asked to be read: its path and columns."""


@dataclass(frozen=True, slots=True)
class ScreenAnswer:
    """The whole answer. "No hit found" is not "clear"."""

    intake: Intake
    position: Position
    options: Options
    snapshot: str
    lists: tuple[Mapping[str, Any], ...]
    """The lists that were searched, with their dates."""
    not_searched: tuple[str, ...]
    """Sources that exist but were not pulled, or were left out by `--lists`."""
    rows: tuple[AnsweredRow, ...]
    names: Mapping[str, str]
    """The name to print of every entity that the answer mentions."""
    manifest: str = ""
    """SHA-256 of the snapshot's manifest, which names every file of it."""
    ledger_size: int = 0
    """How many entries of the ledger the snapshot was made of."""
    known_on: str | None = None
    """The day of which the knowledge was asked for; None for all that is known."""
    reading: Mapping[str, Any] = field(default_factory=dict)
    """How the file was asked to be read: columns, encoding, sheet."""
    memory: Memory | None = None
    """The judgements that the rows are answered with."""
    against: OwnListAsked | None = None
    """Then there is no snapshot, and its id is blank."""

    @property
    def searched(self) -> str:
        """Say what was searched, so that it can be found again."""
        if self.against is None:
            return f"snapshot {self.snapshot}"
        return f"list {self.against.name}, SHA-256 {self.against.digest}"

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The rows that were not examined."""
        return self.intake.skipped


@dataclass(frozen=True)
class Answerer:
    """Answers rows from one snapshot; what is known of an entity is put together once."""

    reader: Reader
    lookup: Lookup
    position: Position
    options: Options
    memory: Memory | None = None

    def answer(
        self, asked: Sequence[Query | Skipped], *, explained: bool = True
    ) -> list[Row]:
        """Answer rows in their order; those that were skipped stay as they are."""
        del explained  # the reasons are at hand
        queries = (one for one in asked if isinstance(one, Query))
        return in_file_order(asked, self.rows(queries))

    def told_by(self, rows: Iterable[Row]) -> Iterator[str]:
        """Name the entities, links, listings and replies whose statements are used."""
        return told_by(row for row in rows if isinstance(row, AnsweredRow))

    def rows(self, queries: Iterable[Query]) -> Iterator[AnsweredRow]:
        """Answer the queries one by one, in their order."""
        results = screen(self.reader, self.lookup, queries, self.options)
        while batch := list(islice(results, BATCH)):
            self._read_ahead({hit.entity_id for r in batch for hit in r.hits})
            yield from map(self.row, batch)

    def _read_ahead(self, ids: set[str]) -> None:
        """Read what the hits of a batch need in a few large reads, not many small ones."""
        graph, reader = self.reader.graph, self.reader
        nodes = [reader.numbers[key] for key in sorted(ids)]
        numbers = {n for node in nodes for n in graph.links(node)[1].tolist()}
        near = {m for node in nodes for m in graph.links(node)[0].tolist()}
        reader.claims([*ids, *reader.edge_ids(sorted(numbers))])
        listed = (node for node in sorted({*nodes} | near) if reader.designated[node])
        reader.designations(reader.ids[node] for node in listed)

    def row(self, result: Result) -> AnsweredRow:
        """Add to each hit of a row what people judged of it and what stands behind it."""
        found = self._judged(result)
        hits, aside = (
            tuple(
                replace(
                    self._answered(hit),
                    judgements=found.standings.get(hit.entity_id, ()),
                )
                for hit in group
            )
            for group in (found.result.hits, found.aside)
        )
        return AnsweredRow(found.result, hits, aside)

    def entity(self, entity_id: str) -> AnsweredHit:
        """Put together what is known of an entity that is asked for by its id."""
        asked = Hit(entity_id, 1.0, "identifier", entity_id, ())
        return self._answered(asked)

    def _judged(self, result: Result) -> Judged:
        """Hold the hits against what was judged; one set aside takes no other hit's place."""
        if self.memory is None or not self.memory.state.size:
            return Judged(result, (), {})
        most = limit = self.options.limit
        while True:
            found = judge(result, self.memory, self._claims_of, self.options.lists)
            was_all = len(result.hits) < limit
            if was_all or len(found.result.hits) >= most or not found.aside:
                kept = replace(found.result, hits=found.result.hits[:most])
                return replace(found, result=kept)
            limit = most + len(found.aside)
            wider = replace(self.options, limit=limit)
            result = screen_one(self.reader, self.lookup, result.query, wider)

    def _claims_of(self, entity_id: str) -> tuple[Claim, ...]:
        return self.reader.claims([entity_id])[entity_id]

    @cached_property
    def _known(self) -> dict[str, AnsweredHit]:
        return {}

    def _answered(self, hit: Hit) -> AnsweredHit:
        if hit.entity_id not in self._known:
            self._known[hit.entity_id] = self._gather(hit)
        return replace(
            self._known[hit.entity_id],
            hit=hit,
            aliases=aliases_behind(hit, self.reader),
        )

    def _gather(self, hit: Hit) -> AnsweredHit:
        reader, key = self.reader, hit.entity_id
        found = exposed(reader, key, self.position)
        claims = reader.claims([key])[key]
        links = own_links(reader, key)
        told = [
            key,
            *(e.id for e in links),
            *(hop.edge.id for x in found.exposures if x.path for hop in x.path.hops),
            *(d.id for x in found.exposures for d in x.designations),
        ]
        return AnsweredHit(
            hit=hit,
            caption=reader.caption(key),
            schema=reader.entities[key]["schema"],
            exposures=found.exposures,
            more_exposures=found.more,
            links=links,
            replies=reader.replies(told),
            citations=tuple({c.id: c for x in claims for c in x.citations}.values()),
            reached=found.reached,
        )


def in_file_order(
    asked: Iterable[Query | Skipped], answered: Iterator[AnsweredRow]
) -> list[Row]:
    """Put the answers of the queries in the places of the queries among all rows."""
    return [one if isinstance(one, Skipped) else next(answered) for one in asked]


class Captions(Mapping[str, str]):
    """The name to print of any entity of a snapshot; its id where it has none."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getitem__(self, key: str) -> str:
        """Name an entity."""
        return self._reader.caption(key)

    def __iter__(self) -> Iterator[str]:
        """Give the ids of all entities."""
        return iter(self._reader.entities)

    def __len__(self) -> int:
        """Count the entities."""
        return len(self._reader.entities)


def aliases_behind(hit: Hit, reader: Reader) -> tuple[Claim, ...]:
    """Return the claims by which an alias met: of the name, or of the two brands."""
    if hit.kind != "alias":
        return ()
    own = [
        claim
        for claim in reader.claims([hit.entity_id])[hit.entity_id]
        if (claim.statement.prop, claim.statement.value) == (hit.prop, hit.matched)
    ]
    of_brands = [
        claim
        for entity, statement in hit.by
        for claim in reader.claims([entity])[entity]
        if claim.statement.id == statement
    ]
    return tuple({claim.statement.id: claim for claim in (*of_brands, *own)}.values())


def own_links(reader: Reader, entity_id: str) -> tuple[Edge, ...]:
    """Return the links of one entity, the best evidenced first."""
    _, numbers = reader.graph.links(reader.numbers[entity_id])
    edges = reader.edges_at(numbers.tolist()).values()
    return tuple(sorted(edges, key=lambda e: (*(-rank for rank in e.strength), e.id)))


def judgements_in(rows: Iterable[AnsweredRow]) -> list[str]:
    """List the ids of the judgements that an answer shows, in order."""
    told = (one for row in rows for hit in row.told for one in hit.judgements)
    return sorted({one.judgement.id for one in told})


def told_by(rows: Iterable[AnsweredRow]) -> Iterator[str]:
    """Name the entities, links, listings and replies whose statements an answer uses."""
    for hit in (hit for row in rows for hit in row.told):
        yield hit.hit.entity_id
        yield from (entity for entity, _ in hit.hit.by)
        yield from (edge.id for edge in hit.links)
        yield from (reply.id for reply in hit.replies)
        yield from (stake.edge.id for stake in hit.relied_on)
        for exposure in hit.exposures:
            yield exposure.entity_id
            yield from (listing.id for listing in exposure.designations)
            hops = exposure.path.hops if exposure.path else ()
            yield from (hop.edge.id for hop in hops)
