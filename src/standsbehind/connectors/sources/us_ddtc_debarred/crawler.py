"""The US lists of debarred parties: who may not take part in the export of arms.

Most of those named are natural persons. Of a person nothing is kept but the name and the
notice: the column of the date of birth is left aside, by name, in every row.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from standsbehind.connectors.arrival import text_of
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
from standsbehind.connectors.federal_register import notices, us_date
from standsbehind.connectors.sources.us_ddtc_debarred.names import (
    ListedParty,
    read_party,
)
from standsbehind.connectors.tabular import table_rows

__all__ = ["crawl"]

_PROGRAM = "us-state-aeca-debarred"
_STATUTORY = (
    "Party Name",
    "Date Of Birth",
    "Federal Register Notice",
    "Notice Date",
    "Corrected Notice",
    "Corrected Notice Date",
)
_ADMINISTRATIVE = (
    "Name",
    "Date",
    "Charging Letter",
    "Debarment Order",
    "Federal Register Notice",
)
_SEVERAL = (" and ", ";")
_BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class _Debarment:
    """One row: a printed name and the notice that debars it."""

    locator: str
    printed: str
    is_person: bool
    """Whether the list shows that the party is a natural person: it has a day of birth."""
    kind: str
    notice: str
    date: str
    cited: str


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the parts that were given: one row, one debarment."""
    for copy in pull.copies_of("statutory"):
        yield from _read(pull, copy, _STATUTORY)
    for copy in pull.copies_of("administrative"):
        yield from _read(pull, copy, _ADMINISTRATIVE)


def _read(pull: Pull, copy: Copy, columns: tuple[str, ...]) -> Iterator[Reading]:
    for row in table_rows(copy, text_of(copy), columns):
        if isinstance(row, Quarantined):
            yield row
            continue
        is_statutory = columns is _STATUTORY
        debarment = _statutory(row) if is_statutory else _administrative(row)
        yield from _parties(pull, copy, debarment)
        yield from row.unread()


def _statutory(row: Fields) -> _Debarment:
    notice = row.take("Federal Register Notice")
    corrected = row.take("Corrected Notice")
    corrected_on = row.take("Corrected Notice Date")
    cited = notice
    if corrected:
        cited += f", corrected by {corrected}"
        cited += f" of {corrected_on}" if corrected_on else ""
    return _Debarment(
        locator=row.locator,
        printed=row.take("Party Name"),
        is_person=bool(row.take("Date Of Birth")),
        kind="AECA statutory debarment",
        notice=notice,
        date=row.take("Notice Date"),
        cited=cited,
    )


def _administrative(row: Fields) -> _Debarment:
    notice = row.take("Federal Register Notice")
    # The links of the page: in the table they are only words (`PDF, 6MB`).
    row.ignore("Charging Letter", "Debarment Order")
    return _Debarment(
        locator=row.locator,
        printed=row.take("Name"),
        is_person=False,
        kind="AECA administrative debarment",
        notice=notice,
        date=row.take("Date"),
        cited=notice,
    )


def _parties(pull: Pull, copy: Copy, debarment: _Debarment) -> Iterator[Reading]:
    parties = _read_names(pull, debarment)
    if isinstance(parties, Quarantined):
        yield parties
        return
    if us_date(debarment.date) is None:
        yield Unread(debarment.locator, f"date {debarment.date!r}")
    if not notices(debarment.notice):
        yield Unread(debarment.locator, f"notice {debarment.notice!r}")
    for party in parties:
        yield from _party(pull, copy, debarment, party)


def _read_names(
    pull: Pull, debarment: _Debarment
) -> tuple[ListedParty, ...] | Quarantined:
    """Take the names of a row apart: several only where `dataset.yml` says how they part."""
    printed = pull.look_up("name", debarment.printed)
    parted = pull.look_up("parties", printed)
    found = [read_party(name) for name in parted.split(_BETWEEN)]
    parties = tuple(party for party in found if party is not None)
    if not printed or len(parties) != len(found):
        return Quarantined(debarment.locator, f"cannot tell the name from {printed!r}")
    is_one = len(parties) == 1 and parted == printed
    may_be_several = any(sign in parties[0].name for sign in _SEVERAL)
    if is_one and may_be_several and not parties[0].is_company:
        reason = f"may name several parties, or one: {printed!r}"
        return Quarantined(debarment.locator, reason)
    return parties


def _party(
    pull: Pull, copy: Copy, debarment: _Debarment, party: ListedParty
) -> Iterator[Reading]:
    citation = pull.cite(copy, debarment.locator, quote=debarment.printed)
    key = (party.name, debarment.notice)
    draft = pull.draft(_schema(debarment, party), *key, citation=citation)
    is_as_printed = party.name in debarment.printed
    draft.add("name", party.name, original=None if is_as_printed else debarment.printed)
    draft.add("alias", *party.aliases)
    draft.add("topics", "debarment")
    yield draft
    yield _listing(pull, draft, debarment)


def _schema(debarment: _Debarment, party: ListedParty) -> str:
    if debarment.is_person:
        return "Person"
    return "Company" if party.is_company else "LegalEntity"


def _listing(pull: Pull, draft: Draft, debarment: _Debarment) -> Draft:
    noticed = us_date(debarment.date)
    return pull.sanction(
        draft,
        Listing(
            program=_PROGRAM,
            authority=pull.dataset.publisher,
            listed_name=debarment.printed,
            tag=debarment.kind,
            start=noticed,
            listing_date=noticed,
            legal_ground=debarment.cited,
            key=(debarment.kind, debarment.notice),
        ),
    )
