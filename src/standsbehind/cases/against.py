"""The answer to a file that was screened against a list of the user's own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standsbehind.cases.screening import AnsweredHit, AnsweredRow, Row, in_file_order
from standsbehind.screening.against import Screened, screen_batch
from standsbehind.screening.match import Options
from standsbehind.screening.ownlist import OwnList
from standsbehind.screening.query import Query, Skipped

__all__ = ["OwnAnswerer", "source_of"]


@dataclass(frozen=True, slots=True)
class OwnAnswerer:
    """Answers rows from one list. Nothing is known of its entries but what it says."""

    own: OwnList
    options: Options

    def answer(
        self, asked: Sequence[Query | Skipped], *, explained: bool = True
    ) -> list[Row]:
        """Answer rows in their order; those that were skipped stay as they are."""
        queries = [one for one in asked if isinstance(one, Query)]
        screened = screen_batch(self.own, queries, self.options, explained=explained)
        return in_file_order(asked, map(self._row, screened))

    def _row(self, screened: Screened) -> AnsweredRow:
        pairs = zip(screened.result.hits, screened.entries, strict=True)
        hits = (
            AnsweredHit(
                hit=hit,
                caption=self.own.names[int(self.own.mains[entry])],
                schema=self.own.schemata[entry],
                exposures=(),
                more_exposures=False,
                links=(),
                replies=(),
                citations=(),
            )
            for hit, entry in pairs
        )
        return AnsweredRow(screened.result, tuple(hits))

    def told_by(self, rows: Iterable[Row]) -> Iterator[str]:
        """Name whose statements the answers use: none, as the list makes no statement."""
        del rows
        return iter(())


def source_of(own: OwnList, read_on: str, changed_on: str | None) -> Mapping[str, Any]:
    """Describe the list as the lists of a snapshot are described; days in ISO form."""
    return {
        "id": own.intake.name,
        "title": own.intake.name,
        "publisher": "your own list",
        "url": "",
        "licence": "",
        "format": own.intake.format,
        "sha256": own.intake.digest,
        "columns": dict(own.intake.columns),
        "notes": " ".join(own.intake.notes),
        "rows": own.rows,
        "entries": len(own.ids),
        "names": len(own.names),
        "published": None,
        "changed": changed_on,
        "retrieved": read_on,
        "partial": [],
    }
