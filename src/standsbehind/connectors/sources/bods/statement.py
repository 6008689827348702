"""Statements: who published what on which day about which record, in one form for all versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from standsbehind.connectors.context import Copy, Pull, Unread
from standsbehind.connectors.sources.bods.node import Node
from standsbehind.errors import SourceError
from standsbehind.model.citation import Citation
from standsbehind.model.dates import PartialDate, partial_date
from standsbehind.model.statement import Status

__all__ = ["Key", "Kind", "Statement", "day_in", "statement_of"]

Kind = Literal["entity", "person", "relationship"]
Key = tuple[str, ...]
"""What tells a record or statement from all others: its publisher, then its identifier."""

_OLD = frozenset({"0.1", "0.2", "0.3"})
_NEW = frozenset({"0.4"})
_OLD_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "entityStatement": "entity",
        "personStatement": "person",
        "ownershipOrControlStatement": "relationship",
    }
)
_NEW_KINDS: Mapping[str, Kind] = MappingProxyType(
    {"entity": "entity", "person": "person", "relationship": "relationship"}
)
_STATES = ("", "new", "updated", "closed")
"""The states of a record, in the order in which they follow each other."""

_VOICES: tuple[tuple[str, Status, Any], ...] = (
    ("officialRegister", Status.OFFICIAL, "official"),
    ("selfDeclaration", Status.COMPANY, "company"),
    ("primaryResearch", Status.REPORTED, "research"),
    ("thirdParty", Status.REPORTED, "other"),
)
"""In whose voice a statement speaks, by the type of its source; the first that fits.

`verified` says that somebody checked it, and not who speaks.
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its record, its day, and the fields of what it describes."""

    kind: Kind
    scope: str
    """The publisher, within which identifiers are unique."""
    number: str
    """The statement's own identifier."""
    record: str
    """The record that it is about; blank up to version 0.3, which has none."""
    replaces: tuple[str, ...]
    """The statements that it replaces, up to version 0.3."""
    state: int
    """How far the record has come: unknown, new, updated, closed."""
    date: str
    published: str
    citation: Citation
    voice: Status
    details: Mapping[str, Any]
    citations: tuple[Citation, ...] = field(default=(), compare=False)
    """All places where the statement stands, of which `citation` is the first."""

    @property
    def is_closed(self) -> bool:
        """Whether it says that the record is closed."""
        return _STATES[self.state] == "closed"

    @property
    def day(self) -> str:
        """Return the statement's day; blank where it has none."""
        return self.date[:10]

    @property
    def moment(self) -> datetime | None:
        """Return the moment of the statement, where it gives a time of day with its zone."""
        if len(self.date) <= 10:
            return None
        try:
            moment = datetime.fromisoformat(self.date)
        except ValueError:
            return None
        return moment if moment.tzinfo is not None else None

    def says_as(self, other: "Statement") -> bool:
        """Whether another states the same, wherever it stands."""
        bare = replace(other, citation=self.citation, published=self.published)
        return self == bare

    def node(self) -> Node:
        """Open the fields of what it describes."""
        return Node(self.citation.locator, dict(self.details))


def statement_of(pull: Pull, copy: Copy, node: Node) -> tuple[Statement, list[Unread]]:
    """Read the frame of a statement, and leave what it describes for later.

    Raises SourceError where its version cannot be told, or its frame cannot be read.
    """
    published = node.node("publicationDetails")
    version = published.text("bodsVersion")
    is_new = _is_new(node, version)
    written = node.cells.get("statementDate")
    found = _framed(pull, copy, node, published, is_new=is_new)
    odd = [one for child in node.children for one in child.unread()]
    if written and not found.date:
        odd.append(Unread(node.locator, f"date {written!r}"))
    if version and version not in _NEW | _OLD:
        odd.append(Unread(node.locator, f"version {version!r}, read by its form"))
    if is_new:
        odd += Node(node.locator, node.cells).unread()
    return found, odd


def _is_new(node: Node, version: str) -> bool:
    """Tell whether this is the form of 0.4 or the earlier one; their fields differ."""
    looks_new = "recordType" in node or "recordDetails" in node
    looks_old = "statementType" in node or "statementID" in node
    if looks_new == looks_old:
        shape = "of both forms" if looks_new else "of neither form"
        message = f"version {version!r} and fields {shape} of the standard"
        raise SourceError(message)
    if version in (_OLD if looks_new else _NEW):
        form = "of 0.4" if looks_new else "of 0.1 to 0.3"
        message = f"says version {version}, and has the form {form}"
        raise SourceError(message)
    return looks_new


def _framed(
    pull: Pull, copy: Copy, node: Node, published: Node, *, is_new: bool
) -> Statement:
    number, kind = _identified(node, is_new=is_new)
    node.locator = published.locator = f"{copy.name}, statement {number}"
    record = node.text("recordId") if is_new else ""
    state = node.text("recordStatus") if is_new else ""
    if state not in _STATES or (is_new and not record):
        message = f"record {record!r} of status {state!r}"
        raise SourceError(message)
    told_by, citation, voice = _spoken(pull, copy, node, published)
    date, replaced = node.text("statementDate"), node.texts("replacesStatements")
    details = node.node("recordDetails") if is_new else node
    if is_new:
        node.children.pop()
    node.ignore("annotations", "declaration", "declarationSubject")
    return Statement(
        kind=kind,
        scope=_scope(told_by, copy, is_new=is_new),
        number=number,
        record=record,
        replaces=() if is_new else tuple(sorted(set(replaced))),
        state=_STATES.index(state),
        date=date if partial_date(date[:10]) else "",
        published=citation.published or "",
        citation=citation,
        voice=voice,
        details=details.cells,
        citations=(citation,),
    )


def _identified(node: Node, *, is_new: bool) -> tuple[str, Kind]:
    number = node.text("statementId" if is_new else "statementID")
    if not number:
        message = "no identifier of the statement"
        raise SourceError(message)
    written = node.text("recordType" if is_new else "statementType")
    kinds = _NEW_KINDS if is_new else _OLD_KINDS
    if written not in kinds:
        message = f"a statement of type {written!r}"
        raise SourceError(message)
    return number, kinds[written]


def _spoken(
    pull: Pull, copy: Copy, node: Node, published: Node
) -> tuple[str, Citation, Status]:
    """Read who publishes the statement, where it stands, and in whose voice it speaks."""
    source, publisher = node.node("source"), published.node("publisher")
    source.ignore("description", "retrievedAt", "assertedBy")
    published.ignore("license")
    page = publisher.text("url")
    told_by = publisher.text("name") or page
    voice, kind = _voice(source.texts("type"))
    cited = pull.cite(
        copy,
        node.locator,
        published=partial_date(published.text("publicationDate")[:10]),
    )
    citation = replace(
        cited,
        # The page of the standard says nothing of the firm: no address is better than that.
        url=_address(source.text("url"), page, copy.url or ""),
        publisher=told_by or "a publisher that the file does not name",
        origin_group=f"bods: {_folded(told_by or copy.name)}",
        kind=kind or cited.kind,
    )
    return told_by, citation, voice


def _voice(types: list[str]) -> tuple[Status, Any]:
    for name, voice, kind in _VOICES:
        if name in types:
            return voice, kind
    return Status.UNSTATED, None


def _address(*pages: str) -> str:
    return next((p for p in pages if p.startswith(("http://", "https://"))), "")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _scope(publisher: str, copy: Copy, *, is_new: bool) -> str:
    """Say within what an identifier is unique.

    Up to 0.3 statements are numbered so that no two in the world share a number, and many
    name no publisher; records of 0.4 are unique within their publisher, or their file.
    """
    if publisher:
        return _folded(publisher)
    return f"file {copy.name}" if is_new else ""


def day_in(node: Node, name: str) -> tuple[PartialDate | None, list[Unread]]:
    """Take a date, without its time of day; report text that is none."""
    written = node.text(name)
    day = partial_date(written[:10])
    if written and day is None:
        return None, [Unread(node.locator, f"date {written!r}")]
    return day, []
