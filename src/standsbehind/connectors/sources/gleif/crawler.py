"""Legal entity identifiers: who a firm is by its register, and in whose accounts it stands."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from standsbehind.connectors.context import (
    Copy,
    Draft,
    Pull,
    Quarantined,
    Reading,
    Unread,
)
from standsbehind.connectors.countries import add_country
from standsbehind.connectors.sources.gleif.document import (
    Link,
    Record,
    Unreadable,
    items_of,
)
from standsbehind.model.citation import Citation
from standsbehind.model.dates import partial_date

__all__ = ["crawl"]

_NAME_PROPS: Mapping[str, str] = MappingProxyType(
    {
        "PREVIOUS_LEGAL_NAME": "previousName",
        "TRADING_OR_OPERATING_NAME": "alias",
        "ALTERNATIVE_LANGUAGE_LEGAL_NAME": "alias",
        "AUTO_ASCII_TRANSLITERATED_LEGAL_NAME": "alias",
        "PREFERRED_ASCII_TRANSLITERATED_LEGAL_NAME": "alias",
    }
)
_SCHEMATA: Mapping[str, str] = MappingProxyType(
    {
        "": "Company",
        "GENERAL": "Company",
        "BRANCH": "Company",
        "FUND": "Company",
        "INTERNATIONAL_ORGANIZATION": "Organization",
        "RESIDENT_GOVERNMENT_ENTITY": "PublicBody",
        "SOLE_PROPRIETOR": "LegalEntity",
    }
)
_KEPT_UP = frozenset({"", "ISSUED", "PUBLISHED"})
_VOID = frozenset({"ANNULLED", "CANCELLED", "DUPLICATE"})
"""Records that the register itself no longer stands behind."""
_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "IS_DIRECTLY_CONSOLIDATED_BY": "is directly consolidated by (accounts)",
        "IS_ULTIMATELY_CONSOLIDATED_BY": "is ultimately consolidated by (accounts)",
        "IS_INTERNATIONAL_BRANCH_OF": "is an international branch of",
        "IS_FUND-MANAGED_BY": "is a fund managed by",
        "IS_SUBFUND_OF": "is a sub-fund of",
        "IS_FEEDER_TO": "is a feeder fund to",
    }
)


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read all copies; a record or relationship that stands in several cites each of them."""
    for copy in pull.copies:
        for item in items_of(copy):
            match item:
                case Record():
                    yield from _firm(pull, copy, item)
                case Link():
                    yield from _link(pull, copy, item)
                case Unreadable():
                    yield Quarantined(f"{copy.name}, {item.locator}", item.reason)


def _cite(
    pull: Pull, copy: Copy, locator: str, item: Record | Link, quote: str | None = None
) -> Citation:
    lei = item.lei if isinstance(item, Record) else item.child
    return pull.cite(
        copy,
        f"{copy.name}, {locator}",
        url=f"https://search.gleif.org/#/record/{lei}",
        quote=quote,
        published=partial_date(item.updated),
    )


def _firm(pull: Pull, copy: Copy, record: Record) -> Iterator[Reading]:
    legal = next((one.text for one in record.names if one.kind == "LEGAL_NAME"), None)
    cited = _cite(pull, copy, f"LEI {record.lei}", record, legal)
    if record.upkeep in _VOID or not legal:
        why = f"the register says {record.upkeep}" if legal else "no legal name"
        yield Quarantined(cited.locator, why)
        return
    if record.category not in _SCHEMATA:
        yield Unread(cited.locator, f"category {record.category!r}")
    schema = _SCHEMATA.get(record.category, "LegalEntity")
    draft = pull.draft(schema, record.lei, citation=cited)
    draft.add("leiCode", record.lei)
    yield from _add_names(draft, record)
    yield from _add_places(draft, record)
    _add_register(draft, record)
    yield draft
    for successor in record.successors:
        after = pull.draft("Succession", record.lei, successor, citation=cited)
        after.add("predecessor", draft.id)
        after.add("successor", pull.draft("Company", successor, citation=cited).id)
        yield after


def _add_names(draft: Draft, record: Record) -> Iterator[Unread]:
    for name in record.names:
        prop = "name" if name.kind == "LEGAL_NAME" else _NAME_PROPS.get(name.kind)
        if prop is None:
            yield Unread(draft.citation.locator, f"type of a name {name.kind!r}")
        draft.add(prop or "alias", name.text, lang=name.lang)


def _add_places(draft: Draft, record: Record) -> Iterator[Unread]:
    cited = (draft.citation,)
    for address in record.addresses:
        # A sole proprietor is a natural person, whose address may be a home.
        draft.add("address", address.text if draft.schema != "LegalEntity" else None)
        yield from add_country(draft, "country", address.country, cited)
    place = record.jurisdiction.partition("-")[0]
    yield from add_country(draft, "jurisdiction", place, cited)


def _add_register(draft: Draft, record: Record) -> None:
    # Some registers number a sole proprietor by a tax or identity number.
    is_person = draft.schema == "LegalEntity"
    given: Mapping[str, Any] = {
        "registrationNumber": None if is_person else record.register_number,
        "status": record.status,
        "incorporationDate": record.created,
        "dissolutionDate": record.ended,
        "legalForm": record.legal_form,
        "classification": record.category,
    }
    for prop, value in given.items():
        draft.add(prop, value)
    draft.add("swiftBic", *record.bics)
    if record.upkeep not in _KEPT_UP:
        draft.add("notes", f"The register's state of the identifier: {record.upkeep}")


def _link(pull: Pull, copy: Copy, link: Link) -> Iterator[Reading]:
    cited = _cite(pull, copy, link.locator, link)
    if link.kind not in _ROLES or link.upkeep in _VOID:
        state = f", {link.upkeep}" if link.upkeep in _VOID else ""
        why = f"relationship {link.kind!r}{state} is not known or void"
        yield Quarantined(cited.locator, why)
        return
    key = (link.child, link.kind, link.parent)
    draft = pull.draft("UnknownLink", *key, citation=cited)
    draft.add("subject", pull.draft("Company", link.child, citation=cited).id)
    draft.add("object", pull.draft("Company", link.parent, citation=cited).id)
    draft.add("role", _ROLES[link.kind])
    draft.add("startDate", link.start)
    draft.add("endDate", link.end)
    draft.add("status", link.status)
    if link.upkeep not in _KEPT_UP:
        draft.add("statusNote", f"the register's state of the report: {link.upkeep}")
    yield draft
