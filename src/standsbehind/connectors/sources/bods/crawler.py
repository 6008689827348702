"""Beneficial ownership statements: who is stated to hold what in a firm, and who is not named."""

from collections.abc import Iterator

from standsbehind.connectors.context import Pull, Quarantined, Reading, Unread
from standsbehind.connectors.sources.bods.document import objects_of
from standsbehind.connectors.sources.bods.node import Node
from standsbehind.connectors.sources.bods.party import entity_of, person_of, unnamed
from standsbehind.connectors.sources.bods.records import Record, Records, set_aside
from standsbehind.connectors.sources.bods.relationship import Parties, Unnamed, links_of
from standsbehind.connectors.sources.bods.statement import Statement, statement_of
from standsbehind.errors import SourceError

__all__ = ["crawl"]


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read all copies as one body of statements; the order in which they stand says nothing."""
    statements: list[Statement] = []
    for found in _statements(pull):
        if isinstance(found, Statement):
            statements.append(found)
        else:
            yield found
    records = Records(statements)
    yield from records.quarantined
    parties = Parties(pull, records)
    for record in records:
        if record.kind != "relationship":
            yield from _party(parties, record)
    for record in records:
        if record.kind == "relationship":
            yield from _relationship(parties, record)
    yield from _told(parties)


def _statements(pull: Pull) -> Iterator[Statement | Quarantined | Unread]:
    for copy in pull.copies:
        for place, one in objects_of(copy):
            if not isinstance(one, dict):
                yield Quarantined(place, "not a JSON object")
                continue
            try:
                statement, odd = statement_of(pull, copy, Node(place, dict(one)))
            except SourceError as error:
                yield Quarantined(place, str(error))
                continue
            yield from odd
            yield statement


def _party(parties: Parties, record: Record) -> Iterator[Reading]:
    read = entity_of if record.kind == "entity" else person_of
    try:
        why = unnamed(record)
        if why is not None:
            parties.unnamed[record.key] = Unnamed(record, why)
            return
        parties.named[record.key], odd = read(parties.pull, record)
    except SourceError as error:
        yield from set_aside(record.told, str(error))
        return
    yield from odd


def _relationship(parties: Parties, record: Record) -> Iterator[Reading]:
    try:
        yield from list(links_of(parties, record))
    except SourceError as error:
        yield from set_aside(record.told, str(error))


def _told(parties: Parties) -> Iterator[Reading]:
    """Give the parties: of persons only those that are party to a relationship."""
    for record in parties.records:
        is_met = record.key in parties.met
        if record.key in parties.unnamed and not is_met:
            reason = f"not named, and party to no relationship: {parties.unnamed[record.key].why}"
            yield from set_aside(record.told, reason)
        elif record.kind == "person" and record.key in parties.named and not is_met:
            reason = "a person who is party to no relationship that was read"
            yield from set_aside(record.told, reason)
        elif record.key in parties.named:
            yield parties.named[record.key].draft
