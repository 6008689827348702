"""The FCC Covered List: firms whose equipment is covered, and products exempted from it.

One page holds both, in tables that look alike: covered equipment under `Covered List`,
products with an approval under `Conditional Approvals`. Only the heading tells them apart.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from standsbehind.connectors.context import (
    Copy,
    Draft,
    Listing,
    Pull,
    Quarantined,
    Reading,
    Unread,
)
from standsbehind.connectors.sources.us_fcc_covered_list import printed
from standsbehind.connectors.webpage import (
    Row,
    Table,
    lines,
    open_page,
    tables,
    words,
)
from standsbehind.connectors.written_dates import WRITTEN_DATE, written_date
from standsbehind.errors import SourceError
from standsbehind.model.dates import Interval, PartialDate

__all__ = ["crawl"]

_PROGRAM = "us-fcc-covered-list"
_GROUND = "47 CFR 1.50002"

_COVERED = "Covered List"
_APPROVED = "Conditional Approvals"
_PROHIBITED = re.compile(r"Importation/Marketing Prohibitions\b.*")

_PUBLISHED = re.compile(rf"\((?:Updated )?({WRITTEN_DATE})\)")
_EXCEPTION = re.compile(r"\([a-z]\) ")


@dataclass(frozen=True, slots=True)
class _Section:
    """One table of the page, with what is needed to cite its rows."""

    pull: Pull
    copy: Copy
    table: Table

    @property
    def published(self) -> str | None:
        """Return the day printed below the heading: `(Updated July 21, 2026)`."""
        if self.table.heading is None:
            return None
        below = next(self.table.heading.itersiblings("p"), None)
        found = None if below is None else _PUBLISHED.search(words(below))
        return written_date(found[1]) if found else None

    def draft(self, schema: str, row: Row, key: str) -> Draft:
        """Begin the entity of a row, quoting the row's text."""
        citation = self.pull.cite(
            self.copy,
            row.locator,
            quote=words(row.cells[0]),
            published=self.published,
        )
        return self.pull.draft(schema, key, citation=citation)


_Reader = Callable[[_Section, Row], Iterator[Reading]]


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the page table by table, each as its heading says.

    Raises SourceError where a table stands under a heading that is not known, or where
    the table of covered equipment is missing.
    """
    (copy,) = pull.copies
    found = tables(copy, open_page(copy), "h1", "h2", "h3", "h4", "h5", "h6")
    if not any(table.title == _COVERED for table in found):
        message = (
            f"{copy.name}: no table under a heading {_COVERED!r}; it is another page, "
            "or the publisher changed the layout and the connector must be adapted"
        )
        raise SourceError(message)
    for table in found:
        yield from _crawl_table(_Section(pull, copy, table), _reader_of(table))


def _reader_of(table: Table) -> _Reader:
    if table.title == _COVERED:
        table.need_columns("Covered Equipment or Services", "Date of Inclusion on .+")
        return _covered
    if table.title == _APPROVED:
        table.need_columns(".+ Conditional Approvals", "Dates? of Conditional Approval")
        return _exempted
    if _PROHIBITED.fullmatch(table.title):
        table.need_columns(
            "Equipment Subject to Prohibitions", "Public Notices", "Effective Date"
        )
        return _prohibited
    message = (
        f"{table.place}: the heading {table.title!r} is not known, so that it cannot be "
        "told whether its rows are covered; the connector must be adapted first"
    )
    raise SourceError(message)


def _crawl_table(section: _Section, read: _Reader) -> Iterator[Reading]:
    if section.published is None and read is not _prohibited:
        place = f"table {section.table.number}"
        yield Unread(place, f"no date below the heading {section.table.title!r}")
    for row in section.table.rows():
        if isinstance(row, Row):
            yield from read(section, row)
        else:
            yield row


def _covered(section: _Section, row: Row) -> Iterator[Reading]:
    """Read the firms of one row, in bold in a sentence that limits what is covered."""
    subject, when = row.cells
    firms = printed.firms(subject)
    if not firms and _is_category(section.pull, lines(subject)):
        return
    if not firms or None in firms:
        yield Quarantined(row.locator, "cannot tell which firm the row names, if any")
        return
    start = printed.first_day(when)
    if start is None:
        yield Quarantined(row.locator, f"no date of inclusion in {words(when)!r}")
        return
    for firm in filter(None, firms):
        yield from _covered_firm(section, row, firm, start)


def _covered_firm(
    section: _Section, row: Row, firm: str, start: PartialDate
) -> Iterator[Reading]:
    draft = section.draft("Company", row, firm)
    draft.add("name", firm)
    yield draft
    listing = Listing(
        program=_PROGRAM,
        authority=section.pull.dataset.publisher,
        listed_name=firm,
        tag=section.table.title,
        start=start,
        legal_ground=_GROUND,
        scope=words(row.cells[0]),
        key=(start,),
    )
    yield section.pull.sanction(draft, listing)


def _is_category(pull: Pull, texts: list[str]) -> bool:
    """Whether each line opens as a category that names no firm, or as an exception to it."""
    openings = tuple((pull.dataset.lookups or {}).get("category", {}))
    if not texts or not texts[0].startswith(openings):
        return False
    return all(line.startswith(openings) or _EXCEPTION.match(line) for line in texts)


def _exempted(section: _Section, row: Row) -> Iterator[Reading]:
    """Read the product of one row, with the days of its approval or approvals."""
    product, days = row.cells
    approvals = printed.approvals(product, days)
    if not approvals:
        yield Quarantined(row.locator, f"no days of approval in {words(days)!r}")
        return
    draft = section.draft("Product", row, words(product))
    draft.add("name", *dict(approvals))
    yield draft
    for number, (name, interval) in enumerate(approvals, start=1):
        yield _exemption(section, draft, name, interval, str(number))


def _exemption(
    section: _Section, draft: Draft, name: str, interval: Interval, number: str
) -> Draft:
    """Make the sanction that says: named by the list, and not covered."""
    listing = Listing(
        program=_PROGRAM,
        authority=section.pull.dataset.publisher,
        listed_name=name,
        tag=section.table.columns[0],
        start=interval.start,
        end=interval.end,
        status="exempted",
        legal_ground=_GROUND,
        key=(number,),
    )
    return section.pull.sanction(draft, listing)


def _prohibited(section: _Section, row: Row) -> Iterator[Reading]:
    """Leave aside the rule on equipment covered since long: it names no firm."""
    if not words(row.cells[0]).startswith("Equipment added to the Covered List "):
        yield Unread(row.locator, f"row under {section.table.title!r}")
