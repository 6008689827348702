"""The US Denied Persons List: those whom an order bars from trade in US exports."""

from collections.abc import Iterator

from standsbehind.connectors.bis.listing import AUTHORITY
from standsbehind.connectors.context import (
    Draft,
    Listing,
    Pull,
    Quarantined,
    Reading,
    Unread,
)
from standsbehind.connectors.countries import add_country
from standsbehind.connectors.federal_register import us_date
from standsbehind.connectors.sources.us_bis_denied.layouts import Order, orders
from standsbehind.model.citation import Citation

__all__ = ["crawl"]

_PROGRAM = "us-bis-denied-persons"
_TOPIC = "export.control"


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the list: rows of one name and one effective date are one subject."""
    subjects: dict[tuple[str, str], list[Order]] = {}
    for row in orders(pull.copies[0]):
        if not isinstance(row, Order):
            yield row
        elif (start := us_date(row.start)) is None:
            yield Quarantined(row.locator, f"effective date {row.start!r}")
        else:
            subjects.setdefault((row.name, start), []).append(row)
    for key, rows in subjects.items():
        yield from _subject(pull, key, rows)


def _subject(pull: Pull, key: tuple[str, str], rows: list[Order]) -> Iterator[Reading]:
    citations = tuple(_citation(pull, row) for row in rows)
    draft = pull.draft("LegalEntity", *key, citation=citations[0])
    draft.add("name", key[0], citations=citations)
    draft.add("topics", _TOPIC, citations=citations)
    by_address: dict[str, list[Citation]] = {}
    for row, citation in zip(rows, citations, strict=True):
        by_address.setdefault(row.address, []).append(citation)
    for address, stated in by_address.items():
        draft.add("address", address, citations=tuple(stated))
    yield from _countries(pull, draft, rows, citations)
    yield draft
    yield from _listings(pull, draft, rows)


def _citation(pull: Pull, row: Order) -> Citation:
    return pull.cite(
        pull.copies[0],
        row.locator,
        quote=f"{row.name}, {row.address}",
        published=row.updated,
    )


def _countries(
    pull: Pull, draft: Draft, rows: list[Order], citations: tuple[Citation, ...]
) -> Iterator[Unread]:
    stated: dict[str, list[Citation]] = {}
    for row, citation in zip(rows, citations, strict=True):
        country = pull.look_up("country", row.country)
        stated.setdefault(country, []).append(citation)
    for country, cited in stated.items():
        yield from add_country(draft, "country", country, tuple(cited))


def _listings(pull: Pull, draft: Draft, rows: list[Order]) -> Iterator[Reading]:
    """Yield one listing for each expiration date: an order may be renewed for some only."""
    by_end: dict[str, list[Order]] = {}
    for row in rows:
        by_end.setdefault(row.end, []).append(row)
    for end, same in by_end.items():
        if end and us_date(end) is None:
            yield Unread(same[0].locator, f"expiration date {end!r}")
        denials = {pull.look_up("denial", row.denial) for row in same}
        for unknown in sorted(denials - {"Standard", "Non-Standard", ""}):
            yield Unread(same[0].locator, f"type of denial {unknown!r}")
        yield pull.sanction(draft, _listing(same, sorted(denials)))


def _listing(rows: list[Order], denials: list[str]) -> Listing:
    cited = dict.fromkeys(row.cited for row in rows if row.cited)
    kinds = [f"{kind} denial order" for kind in denials if kind]
    return Listing(
        program=_PROGRAM,
        authority=AUTHORITY,
        listed_name=rows[0].name,
        tag="DPL",
        start=us_date(rows[0].start),
        end=us_date(rows[0].end),
        legal_ground="; ".join(cited),
        scope="; ".join(kinds),
        key=(rows[0].end,),
    )
