"""The outline: in what order a page tells an answer, and how much of a long one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from standsbehind.cases.counts import Counts
from standsbehind.cases.exposed import Exposure
from standsbehind.cases.ownership import TestAnswer
from standsbehind.cases.screening import (
    AnsweredHit,
    AnsweredRow,
    ScreenAnswer,
)
from standsbehind.model.citation import Citation
from standsbehind.model.reply import Reply
from standsbehind.reports import words
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.exposures import effects_through
from standsbehind.reports.limits import Limit, limits, limits_of_list
from standsbehind.reports.tested import stake_in_words, test_in_words
from standsbehind.tracing.paths import Path

__all__ = [
    "MOST_CARDS",
    "MOST_QUIET_ROWS",
    "MOST_SUMMARY_ROWS",
    "Card",
    "CardHit",
    "Outline",
]

MOST_QUIET_ROWS = 2_000
"""Rows without a hit that a page lists, and rows not examined; more are counted, not listed."""
MOST_CARDS = 500
"""Rows with a hit that a page sets out in full; the others stand in its summary."""
MOST_SUMMARY_ROWS = 200
"""The most rows of a file that the summary lists whether or not they met anything."""


@dataclass(frozen=True, slots=True)
class CardHit:
    """A hit on a card; what is known of the entity is set out once, at its first hit."""

    answered: AnsweredHit
    told_at: int | None
    """The row at which the entity is set out; None where it is here."""


@dataclass(frozen=True, slots=True)
class Card:
    """A row with a hit, and its hits."""

    row: AnsweredRow
    hits: tuple[CardHit, ...]


@dataclass(frozen=True)
class Outline:
    """The answer in the order in which the page tells it."""

    answer: ScreenAnswer

    @cached_property
    def rows_with_hits(self) -> tuple[AnsweredRow, ...]:
        """The rows of the file that met something."""
        return tuple(row for row in self.answer.rows if row.hits)

    @cached_property
    def judged(self) -> tuple[tuple[AnsweredRow, AnsweredHit], ...]:
        """The hits that were judged away, each with its row."""
        return tuple((row, hit) for row in self.answer.rows for hit in row.judged)

    @cached_property
    def quiet_rows(self) -> tuple[AnsweredRow, ...]:
        """The rows for which nothing was found, judged away or not."""
        return tuple(row for row in self.answer.rows if not row.told)

    @cached_property
    def counts(self) -> Counts:
        """How many rows there are of each status."""
        return Counts.of((*self.answer.rows, *self.answer.skipped))

    @property
    def most_quiet(self) -> int:
        """How many rows a list of rows without a hit may have."""
        return MOST_QUIET_ROWS

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """The rows to set out in full."""
        told: dict[str, int] = {}
        return tuple(_card(row, told) for row in self.rows_with_hits[:MOST_CARDS])

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """What was not examined."""
        return tuple(limits(self.answer))

    @property
    def roles(self) -> str:
        """Say in what capacity the answer was asked for."""
        return "; ".join(words.ROLES[role] for role in self.answer.position.roles)

    @property
    def summary_rows(self) -> tuple[AnsweredRow, ...]:
        """The rows of the summary: all of a short file, the hits of a long one."""
        is_short = len(self.answer.rows) <= MOST_SUMMARY_ROWS
        return self.answer.rows if is_short else self.rows_with_hits

    @property
    def summary_caption(self) -> str:
        """Say which rows the summary holds."""
        if len(self.answer.rows) <= MOST_SUMMARY_ROWS:
            return "Each row that was examined, with its best hit"
        return "Each row with a hit, with its best hit; the other rows follow below"

    @cached_property
    def _on_cards(self) -> frozenset[int]:
        return frozenset(card.row.result.query.row for card in self.cards)

    def has_card(self, row: AnsweredRow) -> bool:
        """Whether the row is set out in full."""
        return bool(row.hits) and row.result.query.row in self._on_cards

    @property
    def names(self) -> Mapping[str, str]:
        """The name to print of each entity."""
        return self.answer.names

    def name(self, entity_id: str) -> str:
        """Return the name to print of an entity."""
        return self.answer.names.get(entity_id, entity_id)

    @cached_property
    def _answers(self) -> Mapping[str, tuple[Reply, ...]]:
        found: dict[str, dict[str, Reply]] = {}
        for row in self.answer.rows:
            for hit in row.hits:
                for reply in hit.replies:
                    for claim in reply.answers:
                        found.setdefault(claim, {})[reply.id] = reply
        return {claim: tuple(replies.values()) for claim, replies in found.items()}

    def replies_to(self, claim_id: str) -> tuple[Reply, ...]:
        """Return what was answered to a link or a designation."""
        return self._answers.get(claim_id, ())

    def other_replies(self, hit: AnsweredHit) -> tuple[Reply, ...]:
        """Return the replies that answer nothing which is set out with the hit."""
        here = set(_claims_of(hit))
        return tuple(reply for reply in hit.replies if here.isdisjoint(reply.answers))

    def own(self, hit: AnsweredHit) -> Exposure | None:
        """Return the hit's own listings, if it is listed."""
        return next((found for found in hit.exposures if found.path is None), None)

    def behind(self, hit: AnsweredHit) -> tuple[tuple[Exposure, Path], ...]:
        """Return the listed subjects near the hit, each with the path to it."""
        return tuple((e, e.path) for e in hit.exposures if e.path is not None)

    def relied_on(
        self, hit: AnsweredHit, exposure: Exposure
    ) -> list[tuple[str, tuple[Citation, ...]]]:
        """Return the links by which a listed name reaches the hit, each with its citations."""
        effects = (effect for _, found in exposure.effects for effect in found)
        links = hit.reached.links({key for e in effects for key in e.evidence})
        return [(stake_in_words(one, self.names), one.edge.citations) for one in links]

    def through(self, hit: AnsweredHit) -> list[str]:
        """Say what binds because of the listings of others, and what is not determined."""
        return list(effects_through(hit))

    def test(self, answer: TestAnswer) -> str:
        """Say what a test of another's listing asks, on which days it counts, and why it answers so."""
        return test_in_words(answer, self.names)

    def marks(self, path: Path, sources: Bibliography) -> Mapping[str, Sequence[int]]:
        """Return the source numbers of each link of a path."""
        return {hop.edge.id: sources.cite(hop.edge.citations) for hop in path.hops}

    def remarks(self, source: Mapping[str, Any]) -> tuple[str, ...]:
        """Return what is known to be missing from a list, or unproven about it."""
        return tuple(limit.why for limit in limits_of_list(source))

    def listed_in_words(self, hit: AnsweredHit) -> tuple[str, ...]:
        """Return the programs that list the hit; where none does, those that ever named it."""
        own, day = self.own(hit), self.answer.position.as_of
        designations = own.designations if own else ()
        holding = [d for d in designations if d.holds_on(day)]
        if holding:
            return tuple(dict.fromkeys(words.program_title(d.program) for d in holding))
        said = (
            f"{words.program_title(d.program)} ({words.listing_in_words(d, day)})"
            for d in designations
        )
        return tuple(dict.fromkeys(said))


def _card(row: AnsweredRow, told: dict[str, int]) -> Card:
    here = row.result.query.row
    hits = []
    for hit in row.hits:
        hits.append(CardHit(hit, told.get(hit.hit.entity_id)))
        told.setdefault(hit.hit.entity_id, here)
    return Card(row, tuple(hits))


def _claims_of(hit: AnsweredHit) -> Iterator[str]:
    yield from (edge.id for edge in hit.links)
    for exposure in hit.exposures:
        yield from (designation.id for designation in exposure.designations)
        for hop in exposure.path.hops if exposure.path else ():
            yield from (edge.id for edge in (hop.edge, *hop.also))
