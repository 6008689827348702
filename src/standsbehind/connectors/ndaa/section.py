"""Sections of an Act: whom a section names, from our transcription or from a table of others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from standsbehind.connectors.arrival import text_of
from standsbehind.connectors.context import (
    Copy,
    Fields,
    Listing,
    Pull,
    Quarantined,
    Reading,
    Unread,
)
from standsbehind.connectors.ndaa.entry import (
    IN_A_TRANSCRIPTION,
    Entry,
    Roll,
    split_names,
    take_days,
)
from standsbehind.connectors.tabular import table_rows
from standsbehind.errors import SourceError
from standsbehind.model.dates import partial_date

__all__ = ["Section", "crawl_section"]

_AUTHORITY = "United States Congress"
_OURS = (
    "name",
    "alias",
    "paragraph",
    "scope",
    "prohibitions",
    "enacted",
    "law",
    "url",
)
_OTHERS = (
    "schema",
    "name",
    "aliases",
    "topics",
    "program",
    "authority",
    "reason",
    "report-date",
    "start-date",
    "end-date",
    "country",
    "notes",
    "source_url",
)
_PROHIBITION = re.compile(r"(?P<provision>section \S+) from (?P<day>\d{4}-\d{2}-\d{2})")
_SCHEMATA = frozenset({"Company"})
_TOPICS = frozenset({"debarment"})


@dataclass(frozen=True, slots=True)
class Section:
    """One section that names firms."""

    number: str
    program: str
    schema: str = "Company"


@dataclass(frozen=True, slots=True)
class _Source:
    """A copy, and the section that it must be of."""

    pull: Pull
    copy: Copy
    section: Section


def crawl_section(pull: Pull, section: Section) -> Iterator[Reading]:
    """Read a copy in either layout, which its first line tells.

    Raises SourceError where it is neither, or is cut off.
    """
    (copy,) = pull.copies
    text = text_of(copy)
    source, roll = _Source(pull, copy, section), Roll(pull, section.schema)
    header = {name.strip() for name in text.partition("\n")[0].split(",")}
    is_ours = "paragraph" in header
    for row in table_rows(copy, text, _OURS if is_ours else _OTHERS):
        if isinstance(row, Quarantined):
            yield row
            continue
        entry = _of_ours(source, row) if is_ours else _of_others(source, row)
        refused = entry if isinstance(entry, Quarantined) else roll.add(entry)
        if refused is not None:
            yield refused
            continue
        yield from _doubts(row)
    yield from roll.tell()


def _of_ours(source: _Source, row: Fields) -> Entry:
    """Read a row of the transcription that ships with the package."""
    name, paragraph, law = row.take("name"), row.take("paragraph"), row.take("law")
    stated, enacted = row.take("prohibitions"), partial_date(row.take("enacted"))
    found = [_PROHIBITION.fullmatch(part) for part in split_names(stated)]
    days = [partial_date(one["day"]) if one else None for one in found]
    begun = [day for day in days if day is not None]
    is_of_section = paragraph.startswith(f"section {source.section.number}(")
    if not is_of_section or not days or len(begun) < len(days):
        message = (
            f"{row.locator}: no paragraph, or no prohibition with its day; mend the row"
        )
        raise SourceError(message)
    citation = source.pull.cite(
        source.copy,
        f"{paragraph} ({row.locator})",
        quote=name,
        url=row.take("url"),
        title=f"{law}, section {source.section.number}, in our transcription",
        published=enacted,
    )
    listing = Listing(
        program=source.section.program,
        authority=_AUTHORITY,
        listed_name=name,
        start=min(begun),
        listing_date=enacted,
        legal_ground=f"{law}, {paragraph}; {stated}",
        scope=row.take("scope"),
        source_url=citation.url,
    )
    return Entry(name, citation, listing, split_names(row.take("alias")))


def _of_others(source: _Source, row: Fields) -> Entry | Quarantined:
    """Read a row of the layout in which OpenSanctions transcribes such sections."""
    name, schema, act = row.take("name"), row.take("schema"), row.take("program")
    reported, url = row.take("report-date"), row.take("source_url") or None
    published = partial_date(reported)
    days = take_days(row, "start-date", "end-date")
    if isinstance(days, Quarantined):
        return days
    if schema not in _SCHEMATA:
        return Quarantined(row.locator, f"schema {schema!r} is not known")
    if not act.startswith(f"Section {source.section.number} "):
        why = f"of {act!r}, not of section {source.section.number}"
        return Quarantined(row.locator, why)
    if reported and published is None:
        return Quarantined(row.locator, f"not a date: {reported!r}")
    listing = Listing(
        program=source.section.program,
        authority=row.take("authority"),
        listed_name=name,
        start=days[0],
        end=days[1],
        listing_date=published,
        legal_ground=act,
        source_url=url,
        reason=row.take("reason"),
        key=(reported,) if reported else (),
    )
    return Entry(
        name=name,
        citation=source.pull.cite(
            source.copy,
            row.locator,
            quote=name,
            url=url,
            title=f"{source.pull.dataset.title}, {IN_A_TRANSCRIPTION}",
            published=published,
        ),
        listing=listing,
        aliases=split_names(row.take("aliases")),
        country=row.take("country"),
        topics=tuple(t for t in split_names(row["topics"]) if t in _TOPICS),
        remark=row.take("notes"),
    )


def _doubts(row: Fields) -> Iterator[Unread]:
    """Report topics that are not known, and columns that nobody read."""
    if "topics" in row:
        for topic in split_names(row.take("topics")):
            if topic not in _TOPICS:
                yield Unread(row.locator, f"topic {topic!r}")
    yield from row.unread()
