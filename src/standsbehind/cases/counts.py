"""Counts: how many rows of a screening met something, and what became of the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from standsbehind.cases.screening import AnsweredRow, Row

__all__ = ["Counts"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a screened file by their status. Judged rows are among those without a hit."""

    answered: int = 0
    hits: int = 0
    """Rows with at least one hit."""
    judged: int = 0
    """Rows that have no hit left because all were judged away."""
    skipped: int = 0
    """Rows that were not examined."""
    aside: int = 0
    """Hits, not rows, that were judged away."""

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Counts":
        """Count rows."""
        every = list(rows)
        answered = [row for row in every if isinstance(row, AnsweredRow)]
        return cls(
            answered=len(answered),
            hits=sum(bool(row.hits) for row in answered),
            judged=sum(row.is_judged_away for row in answered),
            skipped=len(every) - len(answered),
            aside=sum(len(row.judged) for row in answered),
        )

    def __add__(self, other: "Counts") -> "Counts":
        """Count the rows of both."""
        return Counts(
            self.answered + other.answered,
            self.hits + other.hits,
            self.judged + other.judged,
            self.skipped + other.skipped,
            self.aside + other.aside,
        )

    @property
    def rows(self) -> int:
        """All rows of the file."""
        return self.answered + self.skipped

    @property
    def quiet(self) -> int:
        """Rows without a hit."""
        return self.answered - self.hits

    def to_json(self) -> dict[str, int]:
        """Give the counts as the JSON of a screening does."""
        return {
            "hit": self.hits,
            "no_hit_found": self.quiet,
            "no_hit_found_by_judgement": self.judged,
            "not_examined": self.skipped,
            "hits_judged_away": self.aside,
        }
