"""Legal entity identifiers: who a firm is by its register, and in whose accounts it stands."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from standsbehind.connectors.context import Copy, Draft, Pull, Quarantined, Reading
from standsbehind.connectors.countries import add_country
from standsbehind.connectors.sources.gleif.document import (
    Link,
    Record,
    Unreadable,
    items_of,
)
from standsbehind.model.citation import Citation

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


def _cite(pull: Pull, copy: Copy, locator: str, url: str) -> Citation:
    return pull.cite(copy, f"{copy.name}, {locator}", url=url)


def _firm(pull: Pull, copy: Copy, record: Record) -> Iterator[Reading]:
    url = f"https://search.gleif.org/#/record/{record.lei}"
    cited = _cite(pull, copy, f"LEI {record.lei}", url)
    draft = pull.draft("Company", record.lei, citation=cited)
    draft.add("leiCode", record.lei)
    for name in record.names:
        prop = "name" if name.kind == "LEGAL_NAME" else _NAME_PROPS.get(name.kind)
        draft.add(prop or "alias", name.text, lang=name.lang)
    for address in record.addresses:
        draft.add("address", address.text)
        yield from add_country(draft, "country", address.country, (cited,))
    _add_register(draft, record)
    place = record.jurisdiction.partition("-")[0]
    yield from add_country(draft, "jurisdiction", place, (cited,))
    yield draft
    for successor in record.successors:
        after = pull.draft("Succession", record.lei, successor, citation=cited)
        after.add("predecessor", draft.id)
        after.add("successor", pull.draft("Company", successor, citation=cited).id)
        yield after


def _add_register(draft: Draft, record: Record) -> None:
    given: Mapping[str, Any] = {
        "registrationNumber": record.register_number,
        "status": record.status,
        "incorporationDate": record.created,
        "legalForm": record.legal_form,
    }
    for prop, value in given.items():
        draft.add(prop, value)


def _link(pull: Pull, copy: Copy, link: Link) -> Iterator[Reading]:
    if link.kind not in _ROLES:
        where = f"{copy.name}, {link.locator}"
        yield Quarantined(where, f"relationship {link.kind!r} is not known")
        return
    url = f"https://search.gleif.org/#/record/{link.child}"
    cited = _cite(pull, copy, link.locator, url)
    key = (link.child, link.kind, link.parent)
    draft = pull.draft("UnknownLink", *key, citation=cited)
    draft.add("subject", pull.draft("Company", link.child, citation=cited).id)
    draft.add("object", pull.draft("Company", link.parent, citation=cited).id)
    draft.add("role", _ROLES[link.kind])
    draft.add("startDate", link.start)
    draft.add("endDate", link.end)
    draft.add("status", link.status)
    yield draft
