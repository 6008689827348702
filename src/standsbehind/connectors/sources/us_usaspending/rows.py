"""The rows of a download: one action, or the summary of one award."""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

from standsbehind.connectors.arrival import text_of
from standsbehind.connectors.context import Copy, Pull, Quarantined, Unread
from standsbehind.connectors.packed import unpacked
from standsbehind.connectors.sources.us_usaspending.columns import (
    NEEDED,
    TAKEN,
    is_known,
)
from standsbehind.connectors.tabular import table_rows
from standsbehind.errors import SourceError
from standsbehind.model.citation import Citation
from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["Action", "actions_of"]

_PERMALINK = "https://www.usaspending.gov/"
_OTHER_AWARDS = {
    "assistance_award_unique_key": "awards of assistance (grants, loans), which are not read",
    "subaward_number": "subawards, which are not read",
    "prime_award_unique_key": "subawards, which are not read",
}
_BESIDE = (".xlsx", ".txt", ".md", ".pdf", ".docx")
"""What a download holds beside its tables."""


@dataclass(frozen=True, slots=True)
class Action:
    """One row, cut to the columns that are read and that have a value in it."""

    cells: dict[str, str]
    citation: Citation

    def text(self, *names: str) -> str:
        """Return the first of the columns that has a value; blank where none has."""
        return next((self.cells[name] for name in names if name in self.cells), "")

    def day(self, *names: str) -> PartialDate | None:
        """Return the first date of the columns."""
        return partial_date(self.text(*names)[:10])

    @property
    def when(self) -> str:
        """Say on what day the award was last acted on, as far as the row tells."""
        return self.text("action_date", "award_latest_action_date")


def actions_of(pull: Pull, copy: Copy) -> Iterator[Action | Quarantined | Unread]:
    """Read the tables of a copy. Raises SourceError where none of them holds contracts."""
    tables = 0
    passed_over: list[Unread] = []
    for name, content in unpacked(copy):
        inside = name != copy.name
        label = f"{copy.name}: {name}" if inside else name
        if inside and not name.lower().endswith(".csv"):
            if not name.lower().endswith(_BESIDE):
                passed_over.append(Unread(label, "a file that is no table"))
            continue
        table = replace(copy, name=label, content=content)
        text = text_of(table)
        other = _other_awards(text)
        if other:
            passed_over.append(Unread(label, other))
            continue
        tables += 1
        yield from _rows(pull, table, text)
    if not tables:
        held = "; ".join(f"{one.locator}: {one.what}" for one in passed_over)
        message = f"{copy.name}: no table of contracts in it ({held or 'it is empty'}); download prime contract awards"
        raise SourceError(message)
    yield from passed_over


def _other_awards(text: str) -> str:
    columns = _header(text)
    if "contract_award_unique_key" in columns:
        return ""
    return next((what for name, what in _OTHER_AWARDS.items() if name in columns), "")


def _header(text: str) -> list[str]:
    """Return the columns of a table; none where its first line is damaged."""
    first = csv.reader([text.partition("\n")[0]])
    try:
        return [name.strip() for name in next(first, [])]
    except csv.Error:
        return []


def _rows(
    pull: Pull, table: Copy, text: str
) -> Iterator[Action | Quarantined | Unread]:
    for row in table_rows(table, text, NEEDED):
        if isinstance(row, Quarantined):
            yield row
            continue
        # Whole files repeat the same few names of agencies and classes: each is held once.
        cells = {
            name: sys.intern(value)
            for name, cell in row.items()
            if name in TAKEN and (value := " ".join(cell.split()))
        }
        yield Action(cells, _cite(pull, table, row.locator, cells))
    for name in _header(text):
        if not is_known(name):
            yield Unread(f"{table.name}, header", f"column {name!r}")


def _cite(pull: Pull, table: Copy, locator: str, cells: dict[str, str]) -> Citation:
    link = cells.get("usaspending_permalink", "")
    return pull.cite(
        table,
        locator,
        url=link if link.startswith(_PERMALINK) else None,
        quote=cells.get("recipient_name"),
        published=partial_date(cells.get("last_modified_date", "")[:10]),
    )
