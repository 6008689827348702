"""The EU's financial sanctions list, as XML or CSV: one entity for each logical id."""

from collections.abc import Iterator
from types import MappingProxyType

from standsbehind.connectors.context import (
    Copy,
    Draft,
    Fields,
    Listing,
    Pull,
    Quarantined,
    Reading,
    Unread,
)
from standsbehind.connectors.sources.eu_fsf.document import from_xml
from standsbehind.connectors.sources.eu_fsf.entry import Entry, day_of
from standsbehind.connectors.sources.eu_fsf.subject import Telling
from standsbehind.connectors.sources.eu_fsf.table import from_csv
from standsbehind.model.citation import Citation

__all__ = ["crawl"]

_PROGRAM = "eu-fsf"
_SCHEMATA = MappingProxyType(
    {"person": "Person", "P": "Person", "enterprise": "LegalEntity", "E": "LegalEntity"}
)
"""The list's types. It does not say whether an enterprise is a firm."""

_LISTED = ("euReferenceNumber", "unitedNationId", "designationDate")
_BLANKS = b"\xef\xbb\xbf \t\r\n"


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the list in any of its forms. Raises SourceError for another layout."""
    copy = pull.copies[0]
    is_xml = copy.content.lstrip(_BLANKS).startswith(b"<")
    for found in from_xml(copy) if is_xml else from_csv(copy):
        if not isinstance(found, Entry):
            yield found
        elif found.kind in _SCHEMATA and found.number:
            yield from _entity(pull, copy, found)
        else:
            reason = f"id {found.number!r}, type {found.kind!r}"
            yield Quarantined(found.fields.locator, reason)


def _entity(pull: Pull, copy: Copy, entry: Entry) -> Iterator[Reading]:
    telling = Telling(pull, _SCHEMATA[entry.kind])
    regulations: list[tuple[Fields, Citation]] = []
    lost: set[str] = set()
    for part in entry.parts:
        cited = _cite(pull, copy, entry, part.fields.locator, part.quote or None)
        if part.kind == "regulation":
            regulations.append((part.fields, cited))
            continue
        for reading in telling.take(part, cited):
            if isinstance(reading, Quarantined):
                lost.add(reading.locator)
            yield reading
    if not telling.name:
        yield Quarantined(entry.fields.locator, f"{entry.number}: no name")
        return
    rows = [row for row in entry.rows if row not in lost] or entry.rows[:1]
    records = tuple(_cite(pull, copy, entry, row) for row in rows)
    draft = pull.draft(telling.schema, entry.number, citation=records[0])
    draft.add("topics", "sanction", citations=records)
    yield from telling.stated.tell(draft)
    yield draft
    yield from _listings(pull, draft, entry, telling.name, regulations)


def _cite(
    pull: Pull, copy: Copy, entry: Entry, locator: str, quote: str | None = None
) -> Citation:
    return pull.cite(copy, locator, quote=quote, published=entry.published)


def _listings(
    pull: Pull,
    draft: Draft,
    entry: Entry,
    name: str,
    regulations: list[tuple[Fields, Citation]],
) -> Iterator[Reading]:
    """Give one listing for each programme, with all regulations that the list names for it."""
    fields = entry.fields
    reference, un_id, designated = (
        fields.take(field) if field in fields else "" for field in _LISTED
    )
    details = (
        fields.take("designationDetails") if "designationDetails" in fields else ""
    )
    start = day_of(designated)
    if designated and start is None:
        yield Unread(fields.locator, f"designation date {designated!r}")
    yield from fields.unread()
    by_programme: dict[str, dict[tuple[str, str], Citation]] = {}
    for told, cited in regulations:
        programme, law, url = _regulation(told)
        by_programme.setdefault(programme, {}).setdefault((law, url), cited)
        yield from told.unread()
    for programme, laws in by_programme.items():
        program = pull.look_up("program", programme)
        listing = Listing(
            program=_PROGRAM if program == programme else program,
            authority="European Union",
            listed_name=name,
            tag=programme,
            # The list gives one date for the subject: of two programmes it cannot say which.
            start=start if len(by_programme) == 1 else None,
            record_id=reference,
            key=(programme,),
        )
        sanction = pull.sanction(draft, listing, next(iter(laws.values())))
        for (law, url), cited in laws.items():
            sanction.add("provisions", law, citations=(cited,))
            sanction.add("sourceUrl", url, citations=(cited,))
        sanction.add("unscId", un_id)
        sanction.add("notes", details)
        yield sanction


def _regulation(told: Fields) -> tuple[str, str, str]:
    """Take the programme, the act with its days, and its address."""
    given = {
        name: told.take(name) if name in told else ""
        for name in (
            "programme",
            "numberTitle",
            "publicationDate",
            "entryIntoForceDate",
            "publicationUrl",
        )
    }
    told.ignore("regulationType", "type", "organisationType", "remark")
    law = given["numberTitle"]
    if given["publicationDate"]:
        law += f", published {given['publicationDate']}"
    if given["entryIntoForceDate"]:
        law += f", in force {given['entryIntoForceDate']}"
    return given["programme"], law, given["publicationUrl"]
