"""The outline: in what order a page tells an answer, and how much of a long one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from standsbehind.cases.counts import Counts
from standsbehind.cases.screening import (
    AnsweredHit,
    AnsweredRow,
    ScreenAnswer,
)
from standsbehind.reports import words
from standsbehind.reports.limits import Limit, limits, limits_of_list
from standsbehind.reports.told_hits import TellsHits

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
class Outline(TellsHits):
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

    @property
    def hits(self) -> Iterator[AnsweredHit]:
        """All hits of all rows."""
        return (hit for row in self.answer.rows for hit in row.hits)

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
