"""The UFLPA Entity List: whose goods are presumed to be made with forced labour, and why.

The page has one table for each legal ground. A firm on several grounds stands in several
tables, and is one entity with a listing for each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from standsbehind.connectors.context import (
    Copy,
    Listing,
    Pull,
    Quarantined,
    Reading,
    Unread,
)
from standsbehind.connectors.federal_register import us_date
from standsbehind.connectors.sources.us_dhs_uflpa.names import ListedName, read_name
from standsbehind.connectors.webpage import (
    Element,
    Row,
    Table,
    open_page,
    tables,
    words,
)
from standsbehind.connectors.written_dates import written_date
from standsbehind.errors import SourceError
from standsbehind.model.citation import Citation
from standsbehind.model.dates import PartialDate

__all__ = ["crawl"]

_PROGRAM = "us-uflpa"
_ACT = "Uyghur Forced Labor Prevention Act (Pub. L. 117-78)"

_HEADING = re.compile(
    r"(?P<reason>A list of .+?) (?P<ground>Section 2\(d\)\(2\)\(B\)\((?:i|ii|iv|v)\))"
)
_NEEDED = tuple(f"Section 2(d)(2)(B)({clause})" for clause in ("i", "ii", "v"))
_UPDATED = re.compile(r"Last Updated: (\d{2}/\d{2}/\d{4})")
_LEGAL_FORM = re.compile(r"\b(?:Co|Company|Corp|Corporation|Inc|Limited|LLC|Ltd)\b\.?$")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of one table, read."""

    name: ListedName
    citation: Citation
    listing: Listing

    def values(self) -> Iterator[tuple[str, str]]:
        """Iterate over what the row says of the entity: property and value."""
        yield "name", self.name.name
        yield from (("alias", alias) for alias in self.name.aliases)
        yield from (("previousName", former) for former in self.name.former)
        yield "weakAlias", self.name.short


@dataclass(frozen=True, slots=True)
class _Section:
    """One table of the page: the entities listed on one legal ground."""

    pull: Pull
    copy: Copy
    ground: str
    reason: str
    published: str | None

    def read(self, row: Row) -> _Entry | Quarantined:
        """Read one row; set aside where its name or its day is not understood."""
        printed, when = map(words, row.cells)
        name, start = read_name(printed), written_date(when)
        if name is None:
            return Quarantined(row.locator, f"cannot tell the name from {printed!r}")
        if start is None:
            return Quarantined(row.locator, f"not a day: {when!r}")
        citation = self.pull.cite(
            self.copy, row.locator, quote=printed, published=self.published
        )
        return _Entry(name, citation, self._listing(printed, name, start))

    def _listing(self, printed: str, name: ListedName, start: PartialDate) -> Listing:
        return Listing(
            program=_PROGRAM,
            authority=self.pull.dataset.publisher,
            listed_name=printed,
            tag=self.ground,
            start=start,
            legal_ground=f"{_ACT}, {self.ground.replace('Section', 'section')}",
            scope=name.scope,
            reason=self.reason,
            key=(self.ground,),
        )


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read all tables, then give each entity once, with a listing for each ground.

    Raises SourceError where a table's ground is not known, is there twice or is missing.
    """
    (copy,) = pull.copies
    page = open_page(copy)
    published = _published(page)
    if published is None:
        yield Unread("end of the page", "no 'Last Updated' day in the form MM/DD/YYYY")
    entities: dict[str, list[_Entry]] = {}
    for table, heading in _listed_tables(copy, page):
        section = _Section(pull, copy, heading["ground"], heading["reason"], published)
        for row in table.rows():
            entry = section.read(row) if isinstance(row, Row) else row
            if isinstance(entry, Quarantined):
                yield entry
            elif _is_repeated(entry, entities.setdefault(entry.name.key, [])):
                yield Quarantined(row.locator, "named before under the same heading")
            else:
                entities[entry.name.key].append(entry)
    for entries in entities.values():
        yield from _entity(pull, entries)


def _listed_tables(copy: Copy, page: Element) -> Iterator[tuple[Table, re.Match[str]]]:
    """Find the tables, each with its heading taken apart into reason and ground."""
    seen: set[str] = set()
    for table in tables(copy, page, "p"):
        heading = _HEADING.fullmatch(table.title)
        if heading is None or heading["ground"] in seen:
            message = (
                f"{table.place}: no heading of its own with a legal ground that is known, "
                f"but {table.title!r}; the connector must be adapted first"
            )
            raise SourceError(message)
        table.need_columns("Name of Entity|Entity Name", "Effective Date")
        seen.add(heading["ground"])
        yield table, heading
    _need_grounds(copy, seen)


def _need_grounds(copy: Copy, seen: set[str]) -> None:
    missing = [ground for ground in _NEEDED if ground not in seen]
    if missing:
        message = (
            f"{copy.name}: no table under {', '.join(missing)}; it is another page, or "
            "the publisher changed the layout and the connector must be adapted"
        )
        raise SourceError(message)


def _published(page: Element) -> str | None:
    found = _UPDATED.search(words(page))
    return us_date(found[1]) if found else None


def _is_repeated(entry: _Entry, earlier: list[_Entry]) -> bool:
    return any(other.listing.key == entry.listing.key for other in earlier)


def _entity(pull: Pull, entries: list[_Entry]) -> Iterator[Reading]:
    """Give the entity of some rows: each value cites all rows that print it."""
    name = entries[0].name
    schema = "Company" if _LEGAL_FORM.search(name.name) else "Organization"
    draft = pull.draft(schema, name.key, citation=entries[0].citation)
    cited: dict[tuple[str, str], list[Citation]] = {}
    for entry in entries:
        for value in entry.values():
            cited.setdefault(value, []).append(entry.citation)
    for (prop, text), citations in cited.items():
        draft.add(prop, text, citations=tuple(citations))
    yield draft
    for entry in entries:
        as_listed = pull.draft(schema, name.key, citation=entry.citation)
        yield pull.sanction(as_listed, entry.listing)
