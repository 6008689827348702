"""The US Consolidated Screening List: what thirteen other lists say, in one file."""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from standsbehind.connectors.context import (
    Fields,
    Listing,
    Pull,
    Quarantined,
    Reading,
    Unread,
)
from standsbehind.connectors.dataset import dataset_ids, load_dataset
from standsbehind.connectors.sources.us_trade_csl.identifiers import (
    day_of,
    in_ofacs_words,
    is_company,
    limits,
)
from standsbehind.connectors.sources.us_trade_csl.layouts import Party, parties
from standsbehind.connectors.sources.us_trade_csl.subject import describe
from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["crawl"]

_SOURCE = re.compile(r".*\((?P<sign>[^()]+)\)(?:[^-]*-\s*(?P<authority>.+))?")
_SCHEMATA = {
    "": "LegalEntity",
    "Entity": "LegalEntity",
    "Individual": "Person",
    "Vessel": "Vessel",
    "Aircraft": "Airplane",
}
_ADDRESS = re.compile(r"Address \d+")
_SUCCESSORS = re.compile(
    r"[;,]?\s+(?P<scope>and any successor, sub-unit, or subsidiary thereof)\s*",
    re.IGNORECASE,
)
_CMIC = "us-ns-cmic"


@dataclass(frozen=True, slots=True)
class _Component:
    """The list that a row was taken from."""

    program: str
    origin_group: str
    authority: str
    sign: str


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read every row as a party of its own: rows of two component lists never merge."""
    components: dict[str, _Component | None] = {}
    for party in parties(pull.copies[0]):
        if isinstance(party, Quarantined):
            yield party
            continue
        source = party.row.take("source")
        if source not in components:
            components[source] = _component(pull, source)
        component = components[source]
        if component is None:
            yield Unread(party.row.locator, f"source {source!r}")
            yield Quarantined(party.row.locator, f"source {source!r} is not known")
        else:
            yield from _party(pull, component, party)


def _component(pull: Pull, source: str) -> _Component | None:
    found = _SOURCE.fullmatch(source)
    if found is None:
        return None
    program = pull.look_up("program", found["sign"])
    if program == found["sign"]:
        return None
    dataset = pull.look_up("component", program)
    is_ours = dataset in dataset_ids()
    return _Component(
        program=program,
        origin_group=load_dataset(dataset).origin_group if is_ours else dataset,
        authority=pull.look_up("authority", found["authority"] or source),
        sign=found["sign"],
    )


def _party(pull: Pull, component: _Component, party: Party) -> Iterator[Reading]:
    row = party.row
    kind, printed = row.take("type"), row.take("name")
    number = row.take("id") or row.take("entity_number")
    if kind not in _SCHEMATA or not printed or not number:
        yield Quarantined(
            row.locator, f"type {kind!r}, name {printed!r}, id {number!r}"
        )
        return
    pieces = in_ofacs_words(party.ids, (pull.dataset.lookups or {})["register"])
    cited = pull.cite(pull.copies[0], row.locator, quote=printed)
    draft = pull.draft(
        _schema(kind, printed, pieces),
        component.program.replace("-", ""),
        number,
        citation=replace(cited, origin_group=component.origin_group),
    )
    # The Bureau of Industry and Security lists bare addresses: a number is no name.
    if draft.schema != "Address":
        draft.add("name", _SUCCESSORS.sub("", printed))
    draft.add("topics", pull.look_up("topic", component.program))
    yield from describe(pull, draft, party, pieces)
    limited = (*_limits(pull, row, printed), *limits(pieces))
    listing = yield from _listing(component, party, printed)
    policy = row.take("license_policy")
    draft.add("notes", f"License review policy: {policy}" if policy else None)
    row.ignore("entity_number", "source_list_url")
    yield from row.unread()
    yield draft
    listing = replace(listing, record_id=number, scope="; ".join(limited))
    yield pull.sanction(draft, listing)


def _schema(kind: str, printed: str, pieces: tuple[str, ...]) -> str:
    if kind == "Entity" and is_company(pieces):
        return "Company"
    if not kind and _ADDRESS.fullmatch(printed):
        return "Address"
    return _SCHEMATA[kind]


def _limits(pull: Pull, row: Fields, printed: str) -> Iterator[str]:
    """Yield the component list's own words on what or whom the listing covers."""
    successors = _SUCCESSORS.search(printed)
    if successors:
        yield successors["scope"]
    standard = row.take("standard_order")
    for scope in (row.take("license_requirement"), pull.look_up("denial", standard)):
        if scope:
            yield scope


def _listing(
    component: _Component, party: Party, printed: str
) -> Generator[Unread, None, Listing]:
    dates: dict[str, PartialDate | None] = {}
    for field in ("start_date", "end_date", "date_of_listing"):
        text = party.row.take(field)
        dates[field] = partial_date(text)
        if text and dates[field] is None:
            yield Unread(party.row.locator, f"{field} {text!r}")
    if component.program == _CMIC:
        dates["start_date"] = day_of(party.ids, "Effective Date (CMIC)")
        dates["date_of_listing"] = day_of(party.ids, "Listing Date (CMIC)")
    return Listing(
        program=component.program,
        authority=component.authority,
        listed_name=printed,
        tag="; ".join(party.lists["programs"]) or component.sign,
        start=dates["start_date"],
        end=dates["end_date"],
        listing_date=dates["date_of_listing"],
        legal_ground=party.row.take("federal_register_notice"),
    )
