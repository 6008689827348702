"""Relationships: each interest of a party as one link, or a note where no party is named."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from standsbehind.connectors.context import (
    Draft,
    Pull,
    Quarantined,
    Reading,
    Unread,
    entity_id,
)
from standsbehind.connectors.sources.bods.interest import (
    ENDS,
    SHARES,
    Interest,
    interests_of,
)
from standsbehind.connectors.sources.bods.node import Node
from standsbehind.connectors.sources.bods.party import reason_of
from standsbehind.connectors.sources.bods.records import Record, Records
from standsbehind.connectors.sources.bods.share import class_of
from standsbehind.connectors.sources.bods.statement import Key
from standsbehind.connectors.sources.bods.telling import Telling
from standsbehind.errors import SourceError
from standsbehind.model.citation import Citation

__all__ = ["Parties", "Unnamed", "links_of"]

_PARTS = ("componentRecords", "componentStatementIDs")


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A party whom the source does not name, and why."""

    record: Record
    why: str


@dataclass(slots=True)
class Parties:
    """The entities and persons of the copies, for the relationships between them."""

    pull: Pull
    records: Records
    named: dict[Key, Telling] = field(default_factory=dict)
    unnamed: dict[Key, Unnamed] = field(default_factory=dict)
    met: set[Key] = field(default_factory=set)
    """Those that a relationship was read of."""


def links_of(parties: Parties, record: Record) -> Iterator[Reading]:
    """Read a relationship.

    Raises SourceError where one of its ends is not one that a link could have, or where
    none of its interests can be read.
    """
    node = record.current.node()
    entity, told_of = _subject(parties, record, node)
    party, reason = _end(parties, record, node, "interestedParty")
    is_unnamed = party is None or party in parties.unnamed
    if is_unnamed and not told_of:
        message = "its interested party is not named, and none of the files tells of its subject"
        raise SourceError(message)
    interests, odd = _interests(node)
    through = _through(parties, record, node)
    is_part = node.flag("isComponent")
    odd += node.unread()
    parties.met.add(entity)
    if party is None or is_unnamed:
        _note(parties, record, (entity, party), (reason, interests))
    else:
        parties.met.add(party)
        odd += _absent(parties, record, (entity, party))
        are_direct = [one.directness == "direct" for one in interests]
        for one, is_direct in zip(interests, are_direct, strict=True):
            link = _link(parties.pull, record, one, (party, entity))
            # Components belong to what is indirect; where nothing is, they are told all the same.
            runs = through if not is_direct or all(are_direct) else ""
            link.say("summary", _summary(record, one, runs, is_part=bool(is_part)))
            yield link.draft
    yield from odd


def _interests(node: Node) -> tuple[list[Interest], list[Reading]]:
    interests: list[Interest] = []
    odd: list[Reading] = []
    for one in interests_of(node):
        if isinstance(one, Interest):
            interests.append(one)
        else:
            odd.append(one)
    if not interests:
        reasons = {one.reason for one in odd if isinstance(one, Quarantined)}
        message = f"none of its interests can be read: {'; '.join(sorted(reasons))}"
        raise SourceError(message)
    return interests, odd


def _subject(parties: Parties, record: Record, node: Node) -> tuple[Key, bool]:
    """Return the entity that the interests are held in, and whether the files tell of it."""
    entity, reason = _end(parties, record, node, "subject")
    if entity is None:
        message = f"its subject is not stated: {reason}"
        raise SourceError(message)
    if entity in parties.unnamed:
        message = f"its subject is not named: {parties.unnamed[entity].why}"
        raise SourceError(message)
    told = parties.named.get(entity)
    if told is not None and told.draft.schema == "Person":
        message = "its subject is a person"
        raise SourceError(message)
    return entity, told is not None


def _end(
    parties: Parties, record: Record, node: Node, name: str
) -> tuple[Key | None, str]:
    """Take an end of a relationship: whom it refers to, or why it names nobody."""
    if isinstance(node.cells.get(name), str):
        reference, reason = node.text(name), ""
    else:
        reference, reason = _referred(node.node(name))
    if bool(reference) == bool(reason):
        message = f"{name} refers to nothing, or to several things"
        raise SourceError(message)
    if reason:
        return None, reason
    key = parties.records.key(record.current, reference)
    found = parties.records.find(record.current, reference)
    is_known = found is None or key in parties.named or key in parties.unnamed
    if key is None or not is_known:
        message = f"{name} refers to {reference!r}, which was set aside or is no party"
        raise SourceError(message)
    return key, ""


def _referred(node: Node) -> tuple[str, str]:
    given = [node.text(f"describedBy{kind}Statement") for kind in ("Entity", "Person")]
    unspecified = node.node("unspecified") if "unspecified" in node else node
    if all(given):
        message = f"{node.path} refers to several things"
        raise SourceError(message)
    return next(filter(None, given), ""), reason_of(unspecified)


def _absent(
    parties: Parties, record: Record, keys: tuple[Key, ...]
) -> Iterator[Unread]:
    """Report ends that no file given tells of: the link shows once another file does."""
    for key in keys:
        if key not in parties.named:
            told = f"{key[-1]!r}, of which none of the files tells"
            yield Unread(record.current.citation.locator, told)


def _link(
    pull: Pull, record: Record, interest: Interest, ends: tuple[Key, Key]
) -> Telling:
    link = Telling(pull, interest.schema, record, interest.kind, str(interest.number))
    for prop, key in zip(ENDS[interest.schema], ends, strict=True):
        link.say(prop, entity_id(pull.dataset.id, *key))
    link.say("role", interest.role)
    link.say("startDate", interest.start)
    link.say("recordId", record.current.record or record.current.number)
    link.say("amount", interest.share.words)
    if interest.schema == "Ownership":
        link.say("percentage", interest.share.figure)
        link.say("sharesType", SHARES[interest.kind], class_of(interest.details))
        link.say("ownershipType", interest.directness)
        link.say("ownershipType", "beneficial" if interest.is_beneficial else None)
    if interest.schema == "Control":
        link.say("controlType", interest.kind)
    statement = record.current
    # A closed record is over, at the latest on the day on which it was closed.
    link.say("endDate", interest.end or (statement.day if statement.is_closed else ""))
    link.say("status", "closed" if statement.is_closed else None)
    return link


def _through(parties: Parties, record: Record, node: Node) -> str:
    """Say through what an indirect interest is stated to run."""
    names: set[str] = set()
    links = absent = 0
    for reference in [one for part in _PARTS for one in node.texts(part)]:
        key = parties.records.key(record.current, reference)
        found = parties.records.find(record.current, reference)
        if found is not None and found.kind == "relationship":
            links += 1
        elif key in parties.named:
            names.add(_name(parties.named[key].draft))
        else:
            absent += 1
    said = [
        *sorted(names),
        f"relationships: {links}" * bool(links),
        f"records that are not named here: {absent}" * bool(absent),
    ]
    return "; ".join(filter(None, said))


def _name(draft: Draft) -> str:
    said = (c.statement for c in draft.claims if c.statement.prop == "name")
    return next((statement.value for statement in said), draft.id)


def _summary(record: Record, interest: Interest, through: str, *, is_part: bool) -> str:
    statement = record.current
    closed = f"The source closed the record on {statement.day or 'a day not stated'}"
    if not interest.end:
        closed += "; on which day the interest ended it does not say"
    said = (
        f"Stated share: {interest.share.words}." * bool(interest.share.words),
        f"Stated to run through: {through}." * bool(through),
        "Part of an interest that is stated as indirect." * is_part,
        "Stated not to be beneficial ownership or control."
        * (interest.is_beneficial is False),
        f"{closed}." * statement.is_closed,
        f'In the source\'s words: "{interest.details}".' * bool(interest.details),
    )
    return " ".join(filter(None, said))


def _note(
    parties: Parties,
    record: Record,
    ends: tuple[Key, Key | None],
    told: tuple[str, list[Interest]],
) -> None:
    """Tell of an interest whose holder the source does not name, on the entity itself."""
    (entity, party), (reason, interests) = ends, told
    held = "; ".join(
        ", ".join(filter(None, (one.role, one.share.words))) for one in interests
    )
    statement = record.current
    places: tuple[Citation, ...] = ()
    if party is not None:
        parties.met.add(party)
        reason, places = (
            parties.unnamed[party].why,
            parties.unnamed[party].record.citations,
        )
    text = f"The interested party is not named ({held}), because: {reason}."
    if statement.is_closed:
        text += f" The source closed this on {statement.day or 'a day not stated'}."
    parties.named[entity].note(text, record, places)
    parties.named[entity].count(record.citations)
