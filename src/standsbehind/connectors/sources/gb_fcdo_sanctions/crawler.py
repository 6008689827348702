"""The UK Sanctions List: those designated under the Sanctions Act, one entity for each id."""

from collections.abc import Iterator
from dataclasses import dataclass

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
from standsbehind.connectors.sources.gb_fcdo_sanctions.layout import (
    dated_rows,
    uk_date,
)
from standsbehind.connectors.sources.gb_fcdo_sanctions.subject import (
    SCHEMATA,
    describe,
    full_name,
)
from standsbehind.connectors.stated import Stated
from standsbehind.errors import SourceError
from standsbehind.model.citation import Citation
from standsbehind.model.dates import PartialDate

__all__ = ["crawl"]

_PROGRAM = "gb-sanctions-list"
_SOURCES = frozenset({"UK", "UN"})
_PRIMARY = "primary name"


@dataclass(frozen=True, slots=True)
class _Designation:
    """What one row says of the designation; rows that say the same are one listing."""

    regime: str
    start: str
    source: str
    measures: tuple[str, ...]
    un_reference: str
    reason: str


@dataclass(slots=True)
class _Subject:
    """The rows of one unique id."""

    number: str
    kind: str
    rows: list[Fields]

    @property
    def main_name(self) -> str:
        """Return the primary name; where no row gives one, the first name of any kind."""
        of_kind = [row for row in self.rows if row["Name type"].lower() == _PRIMARY]
        names = [full_name(row) for row in (*of_kind, *self.rows)]
        return next(filter(None, names), "")


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the table: rows of one unique id are one subject.

    Raises SourceError where the copy is a web page, is cut off or is another table.
    """
    copy = pull.copies[0]
    published, rows = dated_rows(copy)
    if published is None:
        yield Unread(f"{copy.name}, line 1", "the day of the report, in a new form")
    subjects: dict[str, _Subject] = {}
    for row in rows:
        refused = row if isinstance(row, Quarantined) else _gather(subjects, row)
        if refused:
            yield refused
    for subject in subjects.values():
        yield from _subject(pull, copy, published, subject)


def _gather(subjects: dict[str, _Subject], row: Fields) -> Quarantined | None:
    """Put a row to its subject; refuse one whose subject cannot be told."""
    if "Designation Type" not in row:
        message = (
            f"{row.locator}: no column Designation Type; the publisher changed the "
            "layout, and the connector must be adapted before this file can be read"
        )
        raise SourceError(message)
    number, kind = row.take("Unique ID"), row.take("Designation Type").lower()
    if not number or kind not in SCHEMATA:
        return Quarantined(row.locator, f"id {number!r}, type {kind!r}")
    subject = subjects.setdefault(number, _Subject(number, kind, []))
    if subject.kind != kind:
        return Quarantined(
            row.locator, f"{number} is {kind} here, {subject.kind} above"
        )
    subject.rows.append(row)
    return None


def _subject(
    pull: Pull, copy: Copy, published: PartialDate | None, subject: _Subject
) -> Iterator[Reading]:
    name, schema = subject.main_name, SCHEMATA[subject.kind]
    if not name:
        for row in subject.rows:
            yield Quarantined(row.locator, f"{subject.number}: no name")
        return
    stated, listed = Stated(), dict[_Designation, list[Citation]]()
    for row in subject.rows:
        quote = row["Name 6"].strip() or None
        cited = pull.cite(copy, row.locator, quote=quote, published=published)
        stated.add(cited, "topics", "sanction")
        yield from describe(pull, stated, row, cited, schema)
        designation = _designation(row, keeps_reason=schema != "Person")
        listed.setdefault(designation, []).append(cited)
        yield from _doubts(row.locator, designation)
        yield from row.unread()
    first = next(iter(listed.values()))[0]
    draft = pull.draft(schema, subject.number, citation=first)
    yield from stated.tell(draft)
    yield draft
    yield from _listings(pull, draft, name, listed, subject)


def _designation(row: Fields, *, keeps_reason: bool) -> _Designation:
    """Take what a row says of the designation; of a person the reasons are left aside."""
    row.ignore("Last Updated", "OFSI Group ID")
    reason = row.take("UK Statement of Reasons")
    return _Designation(
        regime=row.take("Regime Name"),
        start=row.take("Date Designated"),
        source=row.take("Designation source"),
        measures=_measures(row.take("Sanctions Imposed")),
        un_reference=row.take("UN Reference Number"),
        reason=reason if keeps_reason else "",
    )


def _measures(printed: str) -> tuple[str, ...]:
    """Part the measures; the list repeats one for each name of a ship."""
    parts = (part.strip() for part in printed.split("|"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _doubts(locator: str, designation: _Designation) -> Iterator[Unread]:
    if designation.start and uk_date(designation.start) is None:
        yield Unread(locator, f"date designated {designation.start!r}")
    if designation.source not in _SOURCES:
        yield Unread(locator, f"designation source {designation.source!r}")


def _listings(
    pull: Pull,
    draft: Draft,
    name: str,
    listed: dict[_Designation, list[Citation]],
    subject: _Subject,
) -> Iterator[Draft]:
    """Give one listing for each regime and day; rows that differ in words alone add to it."""
    by_key: dict[tuple[str, str], list[_Designation]] = {}
    for designation in listed:
        key = (designation.regime, designation.start)
        by_key.setdefault(key, []).append(designation)
    for key, same in by_key.items():
        measures = dict.fromkeys(m for one in same for m in one.measures)
        listing = Listing(
            program=_PROGRAM,
            authority=pull.dataset.publisher,
            listed_name=name,
            tag=key[0],
            start=uk_date(key[1]),
            legal_ground=key[0],
            scope="; ".join(measures),
            record_id=subject.number,
            key=key,
        )
        sanction = pull.sanction(draft, listing, listed[same[0]][0])
        for one in same:
            cited = tuple(listed[one])
            sanction.add("reason", one.reason, citations=cited)
            sanction.add("unscId", one.un_reference, citations=cited)
        for source in sorted({one.source for one in same if one.source}):
            sanction.add("notes", f"Designation source: {source}")
        yield sanction
