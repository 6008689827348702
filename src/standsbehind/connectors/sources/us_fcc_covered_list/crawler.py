"""The FCC Covered List: firms whose equipment is covered, and products exempted from it.

One page holds both, in tables that look alike: covered equipment under `Covered List`,
products with an approval under `Conditional Approvals`. Only the heading tells them apart.
"""

from collections.abc import Callable, Iterator

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
from standsbehind.connectors.sources.us_fcc_covered_list.documents import documents
from standsbehind.connectors.sources.us_fcc_covered_list.provisions import (
    categories,
    is_category,
    prohibition,
)
from standsbehind.connectors.sources.us_fcc_covered_list.section import (
    HEADINGS,
    PROGRAM,
    Section,
)
from standsbehind.connectors.webpage import (
    Element,
    Row,
    Table,
    open_page,
    tables,
    words,
)
from standsbehind.errors import SourceError
from standsbehind.model.dates import Interval, PartialDate

__all__ = ["crawl"]

_GROUND = "47 CFR 1.50002"

_COVERED = "Covered List"
_APPROVED = "Conditional Approvals"
_PROHIBITED = "Importation/Marketing Prohibitions"
_DOCUMENTS = "Documents"

_Reader = Callable[[Section, Table, Row], Iterator[Reading]]


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the page table by table, each as its heading says.

    Raises SourceError where a table stands under a heading that is not known, or where
    the table of covered equipment is missing.
    """
    (copy,) = pull.copies
    page = open_page(copy)
    found = tables(copy, page, *HEADINGS)
    if not any(table.title == _COVERED for table in found):
        message = (
            f"{copy.name}: no table under a heading {_COVERED!r}; it is another page, "
            "or the publisher changed the layout and the connector must be adapted"
        )
        raise SourceError(message)
    readers = [(table, _reader_of(table)) for table in found]
    sections: dict[str, Section] = {}
    for table, read in readers:
        section = Section(pull, copy, _main_heading(page, table))
        sections[section.title] = section
        yield from _crawl_table(section, table, read)
    for section in sections.values():
        yield from section.tell()
    yield from _crawl_documents(pull, copy, page)


def _reader_of(table: Table) -> _Reader:
    if table.title == _COVERED:
        table.need_columns("Covered Equipment or Services", "Date of Inclusion on .+")
        return _covered
    if table.title == _APPROVED:
        table.need_columns(".+ Conditional Approvals", "Dates? of Conditional Approval")
        return _exempted
    if table.title.startswith(_PROHIBITED):
        table.need_columns(
            "Equipment Subject to Prohibitions", "Public Notices", "Effective Date"
        )
        return prohibition
    message = (
        f"{table.place}: the heading {table.title!r} is not known, so that it cannot be "
        "told whether its rows are covered; the connector must be adapted first"
    )
    raise SourceError(message)


def _main_heading(page: Element, table: Table) -> Element:
    """Return the heading with the date below it; prohibitions have a second one."""
    if table.heading is None:
        raise AssertionError(table)
    if not table.title.startswith(_PROHIBITED):
        return table.heading
    above = (h for h in page.iter(*HEADINGS) if words(h).startswith(_PROHIBITED))
    return next(above)


def _crawl_table(section: Section, table: Table, read: _Reader) -> Iterator[Reading]:
    for row in table.rows():
        if isinstance(row, Row):
            yield from read(section, table, row)
        else:
            yield row


def _crawl_documents(pull: Pull, copy: Copy, page: Element) -> Iterator[Reading]:
    found = [h for h in page.iter(*HEADINGS) if words(h) == _DOCUMENTS]
    if not found:
        yield Unread("page", f"no heading {_DOCUMENTS!r}")
    for heading in found:
        yield from documents(Section(pull, copy, heading))


def _covered(section: Section, table: Table, row: Row) -> Iterator[Reading]:
    """Read the firms of one row, in bold in a sentence that limits what is covered."""
    subject, when = row.cells
    firms = printed.firms(subject)
    if not firms and is_category(section, row):
        yield from categories(section, table, row)
        return
    if not firms or None in firms:
        yield Quarantined(row.locator, "cannot tell which firm the row names, if any")
        return
    days = printed.inclusion(when)
    if not days:
        yield Quarantined(row.locator, f"no date of inclusion in {words(when)!r}")
        return
    for firm in filter(None, firms):
        yield from _covered_firm(section, row, firm, days)


def _covered_firm(
    section: Section, row: Row, firm: str, days: list[PartialDate]
) -> Iterator[Reading]:
    draft = section.draft("Company", row, firm)
    draft.add("name", firm)
    yield draft
    listing = Listing(
        program=PROGRAM,
        authority=section.pull.dataset.publisher,
        listed_name=firm,
        tag=_COVERED,
        start=days[0],
        legal_ground=_GROUND,
        scope=words(row.cells[0]),
        key=(days[0],),
    )
    sanction = section.pull.sanction(draft, listing)
    sanction.add("modifiedAt", *days[1:])
    yield sanction


def _exempted(section: Section, table: Table, row: Row) -> Iterator[Reading]:
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
        yield _exemption(section, table, draft, (name, interval), str(number))


def _exemption(
    section: Section,
    table: Table,
    draft: Draft,
    approval: tuple[str, Interval],
    number: str,
) -> Draft:
    """Make the sanction that says: named by the list, and not covered."""
    name, interval = approval
    listing = Listing(
        program=PROGRAM,
        authority=section.pull.dataset.publisher,
        listed_name=name,
        tag=table.columns[0],
        start=interval.start,
        end=interval.end,
        status="exempted",
        legal_ground=_GROUND,
        key=(number,),
    )
    return section.pull.sanction(draft, listing)
