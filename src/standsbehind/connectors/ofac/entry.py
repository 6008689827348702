"""OFAC's lists: each record of a set read as one entity, its listings and its links.

The lists of one layout differ in one thing only: on which program a subject stands. Each
list says that itself and hands it in as a function.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from standsbehind.connectors.context import (
    Draft,
    Fields,
    Listing,
    Pull,
    Quarantined,
    Reading,
    Unread,
    entity_id,
)
from standsbehind.connectors.countries import add_country, is_no_country
from standsbehind.connectors.ofac.book import Book, open_book
from standsbehind.connectors.ofac.remarks import (
    LINKED_TO,
    Value,
    pieces_of,
    values_of,
)
from standsbehind.model.citation import Citation

__all__ = ["AUTHORITY", "ListingsOf", "Subject", "crawl_list"]

AUTHORITY = "US Department of the Treasury, Office of Foreign Assets Control"

_SCHEMATA = MappingProxyType(
    {
        "individual": "Person",
        "vessel": "Vessel",
        "aircraft": "Airplane",
        # OFAC says only that it is no person: it may be a firm, an office, a movement.
        "": "LegalEntity",
    }
)
_COMPANY = re.compile(r"Equity Ticker |ISIN |Target Type (?:Public|Private) Company")
_ALIASES = MappingProxyType({"aka": "alias", "fka": "previousName", "nka": "alias"})
_NAMES = frozenset({"alias", "previousName", "weakAlias"})
_COUNTRIES = frozenset(
    {"citizenship", "country", "flag", "jurisdiction", "nationality", "pastFlags"}
)
_REMARK_LIMIT = 1000
"""OFAC cuts a longer remark at this length, in the middle of a word."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One record, as far as a list needs it to say on which program the subject stands."""

    number: str
    name: str
    """As printed: of a person, the surname first."""
    tags: tuple[str, ...]
    """OFAC's own labels of its programs (`SDGT`, `CMIC-EO13959`)."""
    pieces: tuple[str, ...]
    """The remarks, piece by piece."""
    locator: str


ListingsOf = Callable[[Subject], Iterator[Listing | Unread]]
"""How one list says on which of its programs a subject stands."""


def crawl_list(pull: Pull, listings_of: ListingsOf) -> Iterator[Reading]:
    """Read every subject of a set, its listings and its links to others of the set."""
    book, set_aside = open_book(pull)
    yield from set_aside
    for number in book.subjects:
        yield from _read_subject(pull, book, number, listings_of)


def _read_subject(
    pull: Pull, book: Book, number: str, listings_of: ListingsOf
) -> Iterator[Reading]:
    row = book.subjects[number]
    kind, name = row.take("SDN_Type"), row.take("SDN_Name")
    tags = _tags(row.take("Program"))
    unreadable = _unreadable(kind, name, tags)
    if unreadable:
        yield Quarantined(row.locator, unreadable)
        return
    remarks, cut = _whole_remarks(book, row, number)
    yield from cut
    subject = Subject(number, name, tags, pieces_of(remarks), row.locator)
    draft = _begin(pull, book, subject, _SCHEMATA[kind])
    yield from _add_columns(draft, row)
    yield from _add_remarks(pull, book, draft, subject)
    yield from _add_aliases(pull, book, draft, number)
    yield from _add_addresses(pull, book, draft, number)
    draft.add("program", *subject.tags)
    draft.add("topics", "sanction")
    yield draft
    for listing in listings_of(subject):
        yield pull.sanction(draft, listing) if isinstance(listing, Listing) else listing


def _unreadable(kind: str, name: str, tags: tuple[str, ...]) -> str | None:
    if kind not in _SCHEMATA:
        return f"SDN_Type {kind!r} is not known"
    if not name:
        return "no name is given"
    return None if tags else "no program is given"


def _tags(programs: str) -> tuple[str, ...]:
    """Split `SDGT] [IFSR`: OFAC leaves out the first and the last bracket."""
    parts = (part.strip(" [") for part in re.split(r"[\];]", programs))
    return tuple(part for part in parts if part)


def _whole_remarks(
    book: Book, row: Fields, number: str
) -> tuple[str, tuple[Unread, ...]]:
    """Join a remark with its continuation; both unstripped, as the cut is in mid-word."""
    head = row["Remarks"]
    row.ignore("Remarks")
    rest = "".join(row["Remarks"] for _copy, row in book.rows("comments", number))
    if rest or len(head) < _REMARK_LIMIT:
        return head + rest, ()
    # The last piece is cut: half a number is worse than none.
    whole_pieces = head.rpartition(";")[0]
    what = f"the remarks beyond {_REMARK_LIMIT} characters: give the comments file too"
    return whole_pieces, (Unread(row.locator, what),)


def _begin(pull: Pull, book: Book, subject: Subject, schema: str) -> Draft:
    if schema == "LegalEntity" and any(map(_COMPANY.match, subject.pieces)):
        schema = "Company"
    citation = pull.cite(book.primary, subject.locator, quote=subject.name)
    draft = pull.draft(schema, subject.number, citation=citation)
    _add_name(draft, "name", subject.name, (citation,))
    return draft


def _add_name(
    draft: Draft, prop: str, printed: str, citations: tuple[Citation, ...]
) -> None:
    """Add a name; of a person in its usual order, with the printed one beside it."""
    name = printed
    if draft.schema == "Person":
        surname, *rest = printed.split(", ")
        name = " ".join((*rest[:1], surname, *rest[1:]))
    original = printed if name != printed else None
    draft.add(prop, name, original=original, citations=citations)


def _add_columns(draft: Draft, row: Fields) -> Iterator[Unread]:
    title = row.take("Title")
    draft.add("position" if draft.schema == "Person" else "notes", title)
    if draft.schema == "Vessel":
        draft.add("callSign", row.take("Call_Sign"))
        draft.add("type", row.take("Vess_type"))
        for column, prop in (("Tonnage", "tonnage"), ("GRT", "grossRegisteredTonnage")):
            printed = row.take(column)
            draft.add(prop, printed.replace(",", ""), original=printed)
        yield from add_country(draft, "flag", row.take("Vess_flag"), (draft.citation,))
        owner = row.take("Vess_owner")
        draft.add("notes", f"Vessel owner: {owner}" if owner else None)
    yield from row.unread()


def _add_remarks(
    pull: Pull, book: Book, draft: Draft, subject: Subject
) -> Iterator[Draft | Unread]:
    comments = book.rows("comments", subject.number)
    continued = (pull.cite(copy, subject.locator) for copy, _row in comments)
    citations = (draft.citation, *continued)
    linked: dict[str, None] = {}
    for value in values_of(draft.schema, subject.pieces):
        target = book.number_of(value.text) if value.prop == LINKED_TO else None
        if target:
            linked[target] = None
        else:
            yield from _add_value(pull, draft, value, citations)
    for target in linked:
        yield _link(pull, draft, subject.number, target)


def _add_value(
    pull: Pull, draft: Draft, value: Value, citations: tuple[Citation, ...]
) -> Iterator[Unread]:
    if value.prop in _COUNTRIES:
        name = pull.look_up("country", value.text)
        yield from add_country(draft, value.prop, name, citations)
    elif value.prop in _NAMES:
        _add_name(draft, value.prop, value.text, citations)
    elif value.prop == LINKED_TO:
        draft.add("notes", value.printed, citations=citations)
    else:
        original = value.printed if value.printed != value.text else None
        draft.add(value.prop, value.text, original=original, citations=citations)


def _link(pull: Pull, draft: Draft, number: str, target: str) -> Draft:
    """Link two subjects of the list, as OFAC does without saying how they are linked."""
    link = pull.draft("UnknownLink", "link", number, target, citation=draft.citation)
    link.add("subject", draft.id)
    link.add("object", entity_id(pull.dataset.id, target))
    link.add("role", LINKED_TO)
    return link


def _add_aliases(pull: Pull, book: Book, draft: Draft, number: str) -> Iterator[Unread]:
    for copy, row in book.rows("alternate", number):
        row.locator += f" / alt_num {row.take('alt_num')}"
        kind, name = row.take("alt_type"), row.take("alt_name")
        if kind in _ALIASES:
            citation = pull.cite(copy, row.locator, quote=name)
            _add_name(draft, _ALIASES[kind], name, (citation,))
        else:
            yield Unread(row.locator, f"alt_type {kind!r}")
        yield from row.unread()


def _add_addresses(
    pull: Pull, book: Book, draft: Draft, number: str
) -> Iterator[Unread]:
    for copy, row in book.rows("address", number):
        row.locator += f" / add_num {row.take('add_num')}"
        citations = (pull.cite(copy, row.locator),)
        lines = [row.take("Address"), row.take("City/State/Postal")]
        country = pull.look_up("country", row.take("Country"))
        if any(lines) or is_no_country(country):
            address = ", ".join(line for line in (*lines, country) if line)
            draft.add("address", address, citations=citations)
        yield from add_country(draft, "country", country, citations)
        yield from row.unread()
