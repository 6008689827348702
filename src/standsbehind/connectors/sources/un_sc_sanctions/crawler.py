"""The Security Council's list: individuals and entities with the committee that listed them.

Of an individual only what tells one from another is read: names, office, nationality,
address, date of birth. Papers, place of birth, gender and the account of a life are left
aside by name.
"""

import re
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
from standsbehind.connectors.countries import add_country
from standsbehind.connectors.languages import language_of
from standsbehind.connectors.sources.un_sc_sanctions.document import Record, records_of
from standsbehind.errors import UsageError
from standsbehind.model.dates import partial_date

__all__ = ["crawl"]

_SCHEMATA = MappingProxyType({"INDIVIDUAL": "Person", "ENTITY": "LegalEntity"})
_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ALIASES = MappingProxyType(
    {"Good": "alias", "Low": "weakAlias", "a.k.a.": "alias", "f.k.a.": "previousName"}
)
_LEFT_ASIDE = ("VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "GENDER")
_GROUPS_LEFT_ASIDE = frozenset(
    {
        "INDIVIDUAL_DOCUMENT",
        "INDIVIDUAL_PLACE_OF_BIRTH",
        "LAST_DAY_UPDATED",
        "LIST_TYPE",
    }
)
_ADDRESS_LINES = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE")
_FORMERLY = re.compile(r"(?:formerly|previously) listed as\b", re.IGNORECASE)
_IN_SCRIPT = re.compile(
    r"(?:original script|in Arabic(?: script)?): (?P<name>.+)",
    re.IGNORECASE | re.DOTALL,
)
_TWO_SCRIPTS = re.compile(r"([^()]+?)\s*\((?:original script: )?(.+)\)")
# A few aliases of persons end in a date of birth or the number of a paper.
_PERSONAL_TAIL = re.compile(r",? born\b.*|\s*\([^)]*\d{5}.*", re.DOTALL)


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the list: one entity and one listing for each record."""
    copy = pull.copy("list")
    if copy is None:
        message = f"{pull.dataset.id}: the list is missing; give it with --file"
        raise UsageError(message)
    for record in records_of(copy):
        if isinstance(record, Unread):
            yield record
        elif record.kind in _SCHEMATA:
            yield from _read_record(pull, copy, record)
        else:
            yield Quarantined(record.fields.locator, f"record {record.kind!r}")


def _read_record(pull: Pull, copy: Copy, record: Record) -> Iterator[Reading]:
    fields = record.fields
    number = fields.take("DATAID")
    printed = [_optional(fields, part) for part in _NAME_PARTS]
    parts = [pull.look_up("name_part", part) for part in printed]
    name = " ".join(part for part in parts if part)
    if not number or not name:
        yield Quarantined(fields.locator, "no number or no name")
        return
    citation = pull.cite(copy, fields.locator, quote=name, published=record.generated)
    draft = pull.draft(_SCHEMATA[record.kind], number, citation=citation)
    draft.add("name", name)
    original = _optional(fields, "NAME_ORIGINAL_SCRIPT")
    draft.add("name", original, lang=language_of(original))
    comments = _optional(fields, "COMMENTS1")
    if draft.schema != "Person":
        draft.add("notes", comments)
    for kind, group in record.groups:
        yield from _read_group(pull, draft, kind, group)
    draft.add("topics", "sanction")
    yield draft
    yield from _list(pull, draft, name, fields)
    fields.ignore(*_LEFT_ASIDE)
    yield from fields.unread()


def _list(
    pull: Pull, draft: Draft, name: str, fields: Fields
) -> Iterator[Draft | Unread]:
    reference, listed_on = fields.take("REFERENCE_NUMBER"), fields.take("LISTED_ON")
    # Some days carry an offset of New York time: `2015-04-07-04:00`.
    start = partial_date(listed_on[: len("2015-04-07")])
    if start is None:
        yield Unread(fields.locator, f"date {listed_on!r}")
    sanction = pull.sanction(
        draft,
        Listing(
            program="un-sc",
            authority="United Nations Security Council",
            listed_name=name,
            tag=fields.take("UN_LIST_TYPE"),
            start=start,
            record_id=reference,
        ),
    )
    sanction.add("unscId", reference)
    yield sanction


def _read_group(pull: Pull, draft: Draft, kind: str, group: Fields) -> Iterator[Unread]:
    match kind:
        case "INDIVIDUAL_ALIAS" | "ENTITY_ALIAS":
            yield from _add_alias(draft, group)
        case "INDIVIDUAL_ADDRESS" | "ENTITY_ADDRESS":
            yield from _add_address(draft, group)
        case "INDIVIDUAL_DATE_OF_BIRTH":
            yield from _add_birth_date(draft, group)
        case "NATIONALITY":
            yield from _add_nationality(pull, draft, group)
        case "DESIGNATION":
            draft.add("position", *_values(group))
        case "TITLE":
            draft.add("title", *_values(group))
        case _ if kind in _GROUPS_LEFT_ASIDE:
            return
        case _:
            yield Unread(group.locator, f"element {kind!r}")
            return
    yield from group.unread()


def _add_alias(draft: Draft, group: Fields) -> Iterator[Unread]:
    quality = _optional(group, "QUALITY")
    printed, note = _optional(group, "ALIAS_NAME"), _optional(group, "NOTE")
    group.ignore("CITY_OF_BIRTH", "COUNTRY_OF_BIRTH", "DATE_OF_BIRTH")
    # A record without aliases holds one that is empty.
    if not printed:
        return
    if quality not in _ALIASES:
        yield Unread(group.locator, f"quality of an alias {quality!r}")
        return
    prop = "previousName" if _FORMERLY.match(note) else _ALIASES[quality]
    if draft.schema == "Person":
        printed = _PERSONAL_TAIL.sub("", printed)
    for name in _names_in(printed):
        original = printed if name != printed else None
        draft.add(prop, name, lang=language_of(name), original=original)
    in_script = _IN_SCRIPT.search(note)
    if in_script:
        draft.add(prop, in_script["name"], lang=language_of(in_script["name"]))
    elif draft.schema != "Person":
        draft.add("notes", note)


def _names_in(printed: str) -> list[str]:
    """Part the names that one alias holds: variants, or one name in two scripts."""
    two = _TWO_SCRIPTS.fullmatch(printed.strip(" ,"))
    if two and _is_latin(two[1]) != _is_latin(two[2]):
        return [two[1], *two[2].split(";")]
    return [printed] if "(" in printed else printed.split(";")


def _is_latin(text: str) -> bool:
    return re.search(r"[A-Za-z]", text) is not None


def _add_address(draft: Draft, group: Fields) -> Iterator[Unread]:
    lines = [_optional(group, line) for line in _ADDRESS_LINES]
    country, note = _optional(group, "COUNTRY"), _optional(group, "NOTE")
    if any(lines):
        draft.add("address", ", ".join(line for line in (*lines, country) if line))
    if draft.schema != "Person":
        draft.add("notes", note)
    yield from add_country(draft, "country", country, (draft.citation,))


def _add_nationality(pull: Pull, draft: Draft, group: Fields) -> Iterator[Unread]:
    for value in _values(group):
        country = pull.look_up("country", value)
        yield from add_country(draft, "nationality", country, (draft.citation,))


def _add_birth_date(draft: Draft, group: Fields) -> Iterator[Unread]:
    """Add a date that is exact; one that is about or between is left aside."""
    kind = _optional(group, "TYPE_OF_DATE")
    printed = _optional(group, "DATE") or _optional(group, "YEAR")
    group.ignore("YEAR", "FROM_YEAR", "TO_YEAR", "NOTE")
    if kind not in {"", "EXACT", "APPROXIMATELY", "BETWEEN"}:
        yield Unread(group.locator, f"kind of a date {kind!r}")
    if kind == "EXACT" and printed:
        day = partial_date(printed)
        draft.add("birthDate", day)
        if day is None:
            yield Unread(group.locator, f"date of birth {printed!r}")


def _optional(fields: Fields, name: str) -> str:
    """Take a field that the document leaves out where it would be empty."""
    return fields.take(name) if name in fields else ""


def _values(group: Fields) -> list[str]:
    return [group.take(name) for name in tuple(group) if name.startswith("VALUE")]
