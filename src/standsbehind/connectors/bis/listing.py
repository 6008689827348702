"""The lists of the Bureau of Industry and Security: from a table's row to listed entities.

The Entity List, the Unverified List and the Military End User List are three tables of
one part of the Code of Federal Regulations. They differ in their columns alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from standsbehind.connectors.bis.ecfr import Lines, Row, Supplement
from standsbehind.connectors.bis.entry import CONTINUES, Entry, read_entry
from standsbehind.connectors.context import (
    Draft,
    Listing,
    Pull,
    Quarantined,
    Reading,
    Unread,
)
from standsbehind.connectors.countries import add_country, country_at_end, country_code
from standsbehind.connectors.federal_register import notices
from standsbehind.model.citation import Citation

__all__ = ["AUTHORITY", "Terms", "crawl_supplement"]

AUTHORITY = "US Department of Commerce, Bureau of Industry and Security"

_ADDRESS = re.compile(r"Address \d+")
_FOOTNOTE = re.compile(r"\s*\[footnote (\d+)\]")


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a row lists its subjects."""

    program: str
    topic: str
    cited: str
    """The Federal Register citations, as printed."""
    scope: str = ""
    remarks: tuple[str, ...] = ()


def crawl_supplement(
    pull: Pull, supplement: Supplement, terms_of: Callable[[Row], Terms]
) -> Iterator[Reading]:
    """Read every row of a supplement: its subject, its members, their listings.

    Entities are known by country and name as printed, the only stable values of these
    lists; a second entry of that name in the country is told apart by its citations.
    """
    seen: set[tuple[str, ...]] = set()
    for row in _joined(supplement.rows):
        if not isinstance(row, Row):
            yield row
            continue
        terms = terms_of(row)
        lines = [_FOOTNOTE.sub("", line) for line in row.cells[0]]
        if not any(lines):
            yield Quarantined(row.locator, "no name")
            continue
        entry = read_entry(lines)
        key: tuple[str, ...] = (row.country, entry.printed or entry.name)
        if key in seen:
            key = (*key, terms.cited)
        seen.add(key)
        yield from _listed(_Source(pull, supplement, row, terms), entry, key)


def _joined(
    rows: Iterable[Row | Quarantined | Unread],
) -> Iterator[Row | Quarantined | Unread]:
    """Put a row that goes on with the entry above back into that entry."""
    held: Row | None = None
    for row in rows:
        if not isinstance(row, Row):
            yield row
        elif held is None or any(row.cells[1:]):
            yield from [held] if held else []
            held = row
        elif CONTINUES.match(row.text(0)) or CONTINUES.match(held.text(0)):
            lines = Lines((*held.cells[0], *row.cells[0]))
            held = replace(held, cells=(lines, *held.cells[1:]))
        else:
            yield held
            held = replace(row, cells=(row.cells[0], *held.cells[1:]))
    yield from [held] if held else []


@dataclass(frozen=True, slots=True)
class _Source:
    """One row of a supplement: where all that it says is cited."""

    pull: Pull
    supplement: Supplement
    row: Row
    terms: Terms

    def citation(self) -> Citation:
        quote = " ".join(" ".join(cell) for cell in self.row.cells if cell)
        dataset = self.pull.dataset
        return self.pull.cite(
            self.pull.copies[0],
            self.row.locator,
            quote=quote,
            url=dataset.url,
            published=self.supplement.as_of,
        )


def _listed(
    source: _Source, entry: Entry, key: tuple[str, ...], above: Draft | None = None
) -> Iterator[Reading]:
    """Yield the subject of an entry, its listing, and the same for its members."""
    schema = "Address" if _ADDRESS.fullmatch(entry.name) else "LegalEntity"
    draft = source.pull.draft(schema, *key, citation=source.citation())
    if not entry.is_heading:
        yield from _described(source, entry, draft)
        yield source.pull.sanction(draft, _listing(source.terms, entry))
    if above is not None:
        yield _link(source, draft, above)
    for member in entry.members:
        listed_above = None if entry.is_heading else draft
        yield from _listed(source, member, (*key, member.name), listed_above)


def _described(source: _Source, entry: Entry, draft: Draft) -> Iterator[Reading]:
    is_address = draft.schema == "Address"
    draft.add("full" if is_address else "name", *_names(entry, is_address=is_address))
    draft.add("alias", *entry.aliases)
    draft.add("previousName", *entry.former)
    yield from add_country(draft, "country", source.row.country, (draft.citation,))
    # An entry may stand under one country and name addresses in others.
    ends = map(country_at_end, entry.addresses)
    heading = country_code(source.row.country)
    draft.add("country", *(code for code in dict.fromkeys(ends) if code != heading))
    if not is_address:
        draft.add("address", *entry.addresses)
    draft.add("topics", source.terms.topic)
    draft.add("sourceUrl", source.pull.dataset.url)
    draft.add("notes", *source.terms.remarks, *entry.remarks)
    if entry.parent:
        draft.add("notes", f"Listed in the entry of {entry.parent}")
    if not (cited := notices(source.terms.cited)) or cited[0].published is None:
        yield Unread(source.row.locator, f"citation {source.terms.cited!r}")
    yield draft


def _names(entry: Entry, *, is_address: bool) -> tuple[str, ...]:
    # The Bureau lists bare addresses as `Address 01`: that is a number, not a name.
    return tuple(entry.addresses) if is_address else (entry.name,)


def _listing(terms: Terms, entry: Entry) -> Listing:
    cited = notices(terms.cited)
    return Listing(
        program=terms.program,
        authority=AUTHORITY,
        listed_name=entry.printed or entry.name,
        start=cited[0].published if cited else None,
        legal_ground=terms.cited,
        scope=terms.scope,
    )


def _link(source: _Source, member: Draft, above: Draft) -> Draft:
    link = source.pull.draft(
        "UnknownLink", member.id, above.id, citation=member.citation
    )
    link.add("subject", member.id)
    link.add("object", above.id)
    link.add("role", "listed within the same entry")
    return link
