"""Core: the cited facts about surveillance technology that ship with the package."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from standsbehind.connectors.context import Draft, Fields, Pull, Reading
from standsbehind.connectors.sources.core.evidence import (
    NAMES,
    Sources,
    Value,
    Voice,
    day_in,
    items,
    status_in,
    table,
    voice_of,
)
from standsbehind.errors import SourceError
from standsbehind.model.citation import Citation
from standsbehind.model.dates import Interval

__all__ = ["crawl"]

_NODES = frozenset(
    """
    AffectedGroup Article AuditFinding Capability Commitment Company CourtCase Deployment
    Event Norm Organization Place Product PublicBody
    """.split()  # noqa: SIM905 - a word list reads as one; Person is left out on purpose
)

_ENDS: Mapping[str, tuple[str, str]] = {
    "ContractAward": ("supplier", "contract"),
    "Funding": ("funder", "recipient"),
    "Ownership": ("owner", "asset"),
    "Rebrand": ("maker", "brand"),
    "Succession": ("predecessor", "successor"),
    "Supply": ("supplier", "recipient"),
    "UnknownLink": ("subject", "object"),
}
"""The properties that hold the source and the target of each kind of edge."""

_RECORDS = frozenset({"HarmReport", "Search"})

_PROGRAMS = frozenset(
    """
    eu-human-rights gb-sensitive-sites nl-dpa-order us-bis-entity-list us-dod-1260h
    us-eo-13959 us-fcc-covered-list us-ndaa-889 us-ns-cmic us-ofac-sdn
    """.split()  # noqa: SIM905 - see above
)

_ENTITY_FACTS = frozenset({"maker", "operator"})
"""Facts of an entity whose value is the id of another."""

_FACTS = _ENTITY_FACTS | frozenset(
    """
    city date jurisdiction kind model region registrationNumber startDate ticker uscCode
    """.split()  # noqa: SIM905 - see above
)

_DATES = frozenset({"date", "endDate", "listingDate", "startDate"})

_COUNTRY = re.compile("[a-z]{2}")


@dataclass(frozen=True, slots=True)
class _Core:
    """The tables of core, and what one row may refer to in another."""

    dataset: str
    sources: Sources
    entities: Mapping[str, Fields]
    relations: Mapping[str, Fields]
    designations: Mapping[str, Fields]
    records: Mapping[str, Fields]

    def entity(self, key: str, row: Fields) -> str:
        """Return the id of an entity. Raises SourceError where no row has that key."""
        return self._id(key, self.entities, row)

    def claim(self, key: str, row: Fields) -> str:
        """Return the id of a relation or designation, as `entity` does."""
        return self._id(key, {**self.relations, **self.designations}, row)

    def _id(self, key: str, known: Mapping[str, Fields], row: Fields) -> str:
        if key not in known:
            message = f"{row.locator}: refers to {key!r}, which is the id of no row"
            raise SourceError(message)
        return f"{self.dataset}-{key}"

    def cite(self, row: Fields) -> tuple[Citation, ...]:
        """Return the citations of a row. Raises SourceError where it names none."""
        citations = self.sources.cite(row.take("sources"), row.locator)
        if not citations:
            message = f"{row.locator}: no source; a claim without a source is not kept"
            raise SourceError(message)
        return citations

    def values(self, column: str, row: Fields, apart: str = ";") -> list[Value]:
        """Read the values of a column, each with the sources that it may have."""
        cells = items(row.take(column), apart)
        return [self.sources.value(cell, row.locator) for cell in cells]


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the entities, the edges and replies between them, and the designations."""
    cited = table(pull, "sources", "source_id")
    core = _Core(
        dataset=pull.dataset.id,
        sources=Sources.of(cited),
        entities=table(pull, "entities", "entity_id"),
        relations=table(pull, "relations", "rel_id"),
        designations=table(pull, "designations", "designation_id"),
        records=table(pull, "records", "record_id"),
    )
    for key, row in core.entities.items():
        yield _entity(core, key, row)
    for key, row in core.relations.items():
        yield _relation(core, key, row)
    for key, row in core.designations.items():
        yield _designation(core, key, row)
    for key, row in core.records.items():
        yield _record(core, key, row)
    tables = (cited, core.entities, core.relations, core.designations, core.records)
    for row in chain.from_iterable(rows.values() for rows in tables):
        yield from row.unread()


def _entity(core: _Core, key: str, row: Fields) -> Draft:
    citations = core.cite(row)
    voice = Voice(citations, voice_of(citations))
    draft = voice.begin(core.dataset, key, _known("schema", _NODES, row))
    for prop in (*NAMES, "country"):
        for value in core.values(prop, row):
            voice.cite(draft, prop, value)
    for prop, value in _facts(core, row):
        voice.cite(draft, prop, value)
    voice.say(draft, "summary", row.take("summary"))
    for note in core.values("notes", row, apart="|"):
        voice.cite(draft, "notes", note)
    return draft


def _facts(core: _Core, row: Fields) -> Iterator[tuple[str, Value]]:
    """Read `city=Hangzhou; ticker=SZSE:002236`."""
    for fact in core.values("facts", row):
        prop, _, text = fact.text.partition("=")
        if prop not in _FACTS or not text:
            message = f"{row.locator}: {fact.text!r} is not a fact that core can hold"
            raise SourceError(message)
        if prop in _DATES:
            day_in(text, row.locator)
        stated = core.entity(text, row) if prop in _ENTITY_FACTS else text
        yield prop, replace(fact, text=stated)


def _relation(core: _Core, key: str, row: Fields) -> Draft:
    citations = core.cite(row)
    word = row.take("status")
    start, end = (day_in(row.take(day), row.locator) for day in ("start", "end"))
    status = status_in(word, citations, row.locator)
    voice = Voice(citations, status, Interval(start, end))
    schema = _known("schema", _ENDS.keys() | {"Reply"}, row)
    draft = voice.begin(core.dataset, key, schema)
    if schema == "Reply":
        _reply(core, draft, voice, row)
    else:
        _edge(core, draft, voice, row)
    voice.say(draft, "role", row.take("role"))
    voice.say(draft, *_where(core, row))
    voice.say(draft, "summary", row.take("summary"))
    voice.say(draft, "status", status.value)
    voice.say(draft, "statusNote", word)
    voice.say(draft, "confidence", row.take("confidence"))
    voice.say(draft, "publisher", *dict.fromkeys(c.publisher for c in citations))
    voice.say(draft, "sourceUrl", *dict.fromkeys(c.url for c in citations))
    return draft


def _edge(core: _Core, draft: Draft, voice: Voice, row: Fields) -> None:
    source, target = _ENDS[draft.schema]
    voice.say(draft, source, core.entity(row.take("source"), row))
    voice.say(draft, target, core.entity(row.take("target"), row))
    voice.say(draft, "startDate", voice.valid.start)
    voice.say(draft, "endDate", voice.valid.end)
    voice.say(draft, "amount", row.take("amount"))
    voice.say(draft, "percentage", row.take("percentage"))
    for group in items(row.take("group")):
        voice.say(draft, "affectedGroup", core.entity(group, row))


def _reply(core: _Core, draft: Draft, voice: Voice, row: Fields) -> None:
    for author in items(row.take("source")):
        voice.say(draft, "author", core.entity(author, row))
    voice.say(draft, "about", core.entity(row.take("target"), row))
    voice.say(draft, "date", voice.valid.start)
    answered = items(row.take("replies_to"))
    if not answered:
        message = (
            f"{row.locator}: a reply that answers no claim; name one in replies_to"
        )
        raise SourceError(message)
    for claim in answered:
        voice.say(draft, "answers", core.claim(claim, row))


def _where(core: _Core, row: Fields) -> tuple[str, str]:
    """Read a place of ours (`pl-xinjiang`) or the code of a country (`us`)."""
    place = row.take("place")
    if not place or _COUNTRY.fullmatch(place):
        return "country", place
    return "place", core.entity(place, row)


def _designation(core: _Core, key: str, row: Fields) -> Draft:
    citations = core.cite(row)
    ends = core.values("endDate", row)
    start = day_in(row.take("startDate"), row.locator)
    end = day_in(ends[0].text, row.locator) if ends else None
    voice = Voice(citations, voice_of(citations), Interval(start, end))
    draft = voice.begin(core.dataset, key, "Sanction")
    voice.say(draft, "entity", core.entity(row.take("entity"), row))
    voice.say(draft, "programId", _known("programId", _PROGRAMS, row))
    voice.say(draft, "status", "listed")
    voice.say(draft, "startDate", start)
    for value in ends:
        voice.cite(draft, "endDate", value)
    for prop in ("authority", "country", "listedName", "listingDate", "provisions"):
        for value in core.values(prop, row):
            if prop in _DATES:
                day_in(value.text, row.locator)
            voice.cite(draft, prop, value)
    _remarks(core, draft, voice, row)
    return draft


def _record(core: _Core, key: str, row: Fields) -> Draft:
    """Read what was published of a harm, or what was looked for: said of subjects, no link."""
    citations = core.cite(row)
    day = day_in(row.take("date"), row.locator)
    status = status_in(row.take("status"), citations, row.locator)
    voice = Voice(citations, status, Interval(day))
    draft = voice.begin(core.dataset, key, _known("schema", _RECORDS, row))
    for about in items(row.take("about")):
        voice.say(draft, "about", core.entity(about, row))
    voice.say(draft, "date", day)
    for prop in ("body", "harm"):
        voice.say(draft, prop, row.take(prop))
    voice.say(draft, "conduct", *items(row.take("conduct")))
    for claim in items(row.take("looked_at")):
        voice.say(draft, "lookedAt", core.claim(claim, row))
    voice.say(draft, "summary", row.take("summary"))
    return draft


def _remarks(core: _Core, draft: Draft, voice: Voice, row: Fields) -> None:
    voice.say(draft, "scope", row.take("scope"))
    confidence = row.take("confidence")
    voice.say(draft, "confidence", confidence)
    voice.say(draft, "statusNote", f"confidence: {confidence}")
    for note in core.values("notes", row, apart="|"):
        voice.cite(draft, "notes", note)


def _known(column: str, known: Collection[str], row: Fields) -> str:
    word = row.take(column)
    if word not in known:
        message = (
            f"{row.locator}: {column} {word!r} is not one of {', '.join(sorted(known))}"
        )
        raise SourceError(message)
    return word
