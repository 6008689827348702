"""What a record of the Consolidated Screening List says of the party itself."""

from collections.abc import Iterator

from standsbehind.connectors.context import Draft, Pull, Unread
from standsbehind.connectors.countries import add_country, country_at_end
from standsbehind.connectors.ofac.remarks import printed_date, values_of
from standsbehind.connectors.sources.us_trade_csl.layouts import Party
from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["describe"]

_COUNTRIES = frozenset({"country", "flag", "jurisdiction", "pastFlags"})
_ABOUT = "circa"


def describe(
    pull: Pull, draft: Draft, party: Party, pieces: tuple[str, ...]
) -> Iterator[Unread]:
    """Add all that a record says of its party, under the properties of its schema."""
    row = party.row
    if draft.schema != "Address":
        draft.add("alias", *party.lists["alt_names"])
    yield from _addresses(pull, draft, party)
    title, remarks = row.take("title"), row.take("remarks")
    draft.add("notes", remarks)
    draft.add("position" if draft.schema == "Person" else "notes", title)
    if draft.schema == "Person":
        yield from _person(pull, draft, party)
    else:
        yield from _impersonal(party)
    if draft.schema == "Vessel":
        yield from _vessel(draft, party)
    if draft.schema != "Address":
        yield from _identifiers(draft, pieces)
    draft.add("sourceUrl", row.take("source_information_url"))


def _addresses(pull: Pull, draft: Draft, party: Party) -> Iterator[Unread]:
    prop = "full" if draft.schema == "Address" else "address"
    countries = {party.row.take("country"): None}
    for address in party.addresses:
        draft.add(prop, address.text)
        countries[address.country or _last_word(address.text)] = None
    for country in countries:
        name = pull.look_up("country", country)
        yield from add_country(draft, "country", name, (draft.citation,))


def _last_word(address: str) -> str:
    """Return the country that an address without a code ends in, if it ends in one."""
    return address.rpartition(", ")[2] if country_at_end(address) else ""


def _person(pull: Pull, draft: Draft, party: Party) -> Iterator[Unread]:
    for prop, field in (
        ("nationality", "nationalities"),
        ("citizenship", "citizenships"),
    ):
        for country in party.lists[field]:
            name = pull.look_up("country", country)
            yield from add_country(draft, prop, name, (draft.citation,))
    for printed in party.lists["dates_of_birth"]:
        day = _day(printed)
        draft.add("birthDate", day)
        if day is None and not printed.startswith(_ABOUT):
            yield Unread(party.row.locator, "a date of birth in a new form")
    draft.add("birthPlace", *party.lists["places_of_birth"])


def _day(printed: str) -> PartialDate | None:
    return partial_date(printed) or printed_date(printed)


def _impersonal(party: Party) -> Iterator[Unread]:
    """Report what only a person has, where the list does not say that it is one."""
    for field in ("citizenships", "dates_of_birth", "nationalities", "places_of_birth"):
        if party.lists[field]:
            yield Unread(party.row.locator, f"field {field!r} of no person")


def _vessel(draft: Draft, party: Party) -> Iterator[Unread]:
    row = party.row
    draft.add("callSign", row.take("call_sign"))
    draft.add("type", row.take("vessel_type"))
    for field, prop in (
        ("gross_tonnage", "tonnage"),
        ("gross_registered_tonnage", "grossRegisteredTonnage"),
    ):
        printed = row.take(field)
        draft.add(prop, printed.replace(",", ""), original=printed)
    flag, owner = row.take("vessel_flag"), row.take("vessel_owner")
    yield from add_country(draft, "flag", flag, (draft.citation,))
    draft.add("notes", f"Vessel owner: {owner}" if owner else None)


def _identifiers(draft: Draft, pieces: tuple[str, ...]) -> Iterator[Unread]:
    for value in values_of(draft.schema, pieces):
        if value.prop in _COUNTRIES:
            cited = (draft.citation,)
            yield from add_country(draft, value.prop, value.text, cited)
        else:
            original = value.printed if value.printed != value.text else None
            draft.add(value.prop, value.text, original=original)
