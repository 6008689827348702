"""GLEIF's files in their three forms, as records and links of one form."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import orjson
from lxml import etree

from standsbehind.connectors.arrival import refuse_web_page
from standsbehind.connectors.context import Copy
from standsbehind.connectors.xmlfile import refuse_document_type
from standsbehind.errors import SourceError

__all__ = ["Address", "Link", "Name", "Record", "Unreadable", "items_of"]

Node = Mapping[str, Any]
"""An element in BadgerFish: `$` is its text, `@name` an attribute, the rest its children."""

_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_MAX_UNPACKED = 16 << 30
"""A whole golden copy in XML is several GiB; a file that unpacks to more is refused."""
_MAX_JSON = 1 << 30
"""JSON is held in memory whole, so a larger file is asked for in XML."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name with GLEIF's type of it and its language."""

    text: str
    kind: str
    lang: str | None


@dataclass(frozen=True, slots=True)
class Address:
    """An address in one line, and its country's code."""

    text: str
    country: str


@dataclass(frozen=True, slots=True)
class Record:
    """One legal entity (LEI-CDF)."""

    lei: str
    names: tuple[Name, ...]
    addresses: tuple[Address, ...]
    jurisdiction: str
    register_number: str
    legal_form: str
    status: str
    created: str
    successors: tuple[str, ...]
    category: str = ""
    """GLEIF's kind of entity: `GENERAL`, `FUND`, `SOLE_PROPRIETOR`, ..."""
    ended: str = ""
    """The day on which the entity ceased to be, where its reason is `DISSOLVED`."""
    upkeep: str = ""
    """How the register keeps the record: `ISSUED`, `LAPSED`, `DUPLICATE`, ..."""
    bics: tuple[str, ...] = ()
    updated: str = ""
    """The day on which the register last changed the record."""


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship (RR-CDF): what the child reports of itself and the parent."""

    locator: str
    child: str
    parent: str
    kind: str
    status: str
    start: str
    end: str
    upkeep: str = ""
    """How the register keeps the relationship: `PUBLISHED`, `LAPSED`, ..."""
    updated: str = ""
    """The day on which the register last changed the report."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that lacks what every record has."""

    locator: str
    reason: str


Item = Record | Link | Unreadable


def items_of(copy: Copy) -> Iterator[Item]:
    """Read a copy in whatever form it is, zipped or not.

    Raises SourceError where it is none of them, is cut off, declares a document type or
    unpacks to more than any file of GLEIF.
    """
    if not copy.content.startswith(b"PK\x03\x04"):
        refuse_web_page(copy, is_xml=True)
        yield from _of_stream(copy, io.BytesIO(copy.content), len(copy.content))
        return
    try:
        with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
            member = _only_member(copy, archive)
            with archive.open(member) as stream:
                yield from _of_stream(copy, stream, member.file_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        message = f"{copy.name}: a damaged zip ({error}); fetch it again"
        raise SourceError(message) from error


def _only_member(copy: Copy, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [one for one in archive.infolist() if not one.is_dir()]
    if len(members) != 1 or members[0].file_size > _MAX_UNPACKED:
        message = (
            f"{copy.name}: holds {len(members)} files, or unpacks to more than 16 GiB; "
            "GLEIF's zip holds one file of a few GiB"
        )
        raise SourceError(message)
    return members[0]


def _of_stream(copy: Copy, stream: IO[bytes], size: int) -> Iterator[Item]:
    start = stream.read(64)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        stream.seek(0)
        yield from _from_xml(copy, stream)
        return
    if size > _MAX_JSON:
        message = f"{copy.name}: JSON of more than 1 GiB; take the same file as XML"
        raise SourceError(message)
    # A zip may understate its size: no more than this is unpacked.
    content = start + stream.read(_MAX_JSON)
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        message = f"{copy.name}: not whole JSON ({error}); fetch it again"
        raise SourceError(message) from error
    yield from _from_json(copy, document)


def _from_json(copy: Copy, document: Any) -> Iterator[Item]:  # noqa: ANN401 - JSON
    if isinstance(document, dict) and isinstance(document.get("data"), list | dict):
        data = document["data"]
        for place, one in enumerate(data if isinstance(data, list) else [data], 1):
            yield _guarded(f"data {place}", one, _of_api)
        return
    held = document if isinstance(document, dict) else {}
    found = held.get("records", held.get("relations"))
    if not isinstance(found, list):
        message = (
            f"{copy.name}: neither a golden copy of GLEIF (records, relations) nor an "
            "answer of its API (data)"
        )
        raise SourceError(message)
    for place, one in enumerate(found, 1):
        yield _guarded(f"record {place}", one, _of_file)


def _guarded(where: str, one: Any, read: Any) -> Item:  # noqa: ANN401 - JSON
    try:
        found = _checked(read(one, where), where)
    except (AttributeError, KeyError, TypeError) as error:
        return Unreadable(where, f"lacks {error}")
    return found


def _checked(item: Item, where: str) -> Item:
    """Set aside what does not name its entities by identifiers of the right form."""
    if isinstance(item, Unreadable):
        return item
    if isinstance(item, Record):
        named = [item.lei, *item.successors]
    else:
        named = [item.child, item.parent]
    odd = [one for one in named if not _LEI.fullmatch(one)]
    if odd:
        return Unreadable(where, f"{odd[0]!r} is no legal entity identifier")
    return item


def _from_xml(copy: Copy, content: IO[bytes]) -> Iterator[Item]:
    stream = etree.iterparse(
        content,
        events=("end",),
        tag=("{*}LEIRecord", "{*}RelationshipRecord"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    place = 0
    try:
        for _, element in stream:
            place += 1
            if place == 1:
                refuse_document_type(copy, element)
            yield _guarded(f"record {place}", _node(element), _of_file)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        message = f"{copy.name}: line {error.lineno}: {error.msg}; fetch it again"
        raise SourceError(message) from error
    if not place:
        message = f"{copy.name}: no LEIRecord or RelationshipRecord in it"
        raise SourceError(message)


def _node(element: Any) -> Node:  # noqa: ANN401 - lxml
    node: dict[str, Any] = {"$": (element.text or "").strip()}
    for key, value in element.attrib.items():
        plain = etree.QName(key).localname
        node["@xml:lang" if plain == "lang" else f"@{plain}"] = value
    for child in element:
        if isinstance(child.tag, str):
            held = node.setdefault(etree.QName(child).localname, [])
            held.append(_node(child))
    return {
        k: v[0] if isinstance(v, list) and len(v) == 1 else v for k, v in node.items()
    }


def _all(node: Node, *path: str) -> list[Node]:
    """Follow a path of element names; an element that occurs once is a list of one."""
    found: list[Any] = [node]
    for name in path:
        below = [one.get(name) for one in found if isinstance(one, Mapping)]
        found = [x for one in below for x in (one if isinstance(one, list) else [one])]
    return [one for one in found if isinstance(one, Mapping)]


def _text(node: Node, *path: str) -> str:
    return next((str(one.get("$") or "") for one in _all(node, *path)), "")


def _of_file(node: Node, where: str) -> Item:
    if "Relationship" in node:
        return _link_of_file(node, where)
    entity = node["Entity"]
    return Record(
        lei=_text(node, "LEI"),
        names=tuple(_names_of_file(entity)),
        addresses=tuple(
            _address_of_file(one)
            for kind in ("LegalAddress", "HeadquartersAddress")
            for one in _all(entity, kind)
        ),
        jurisdiction=_text(entity, "LegalJurisdiction"),
        register_number=_text(
            entity, "RegistrationAuthority", "RegistrationAuthorityEntityID"
        ),
        legal_form=_text(entity, "LegalForm", "OtherLegalForm")
        or _text(entity, "LegalForm", "EntityLegalFormCode"),
        status=_text(entity, "EntityStatus"),
        created=_text(entity, "EntityCreationDate")[:10],
        successors=tuple(
            str(one["$"]) for one in _all(entity, "SuccessorEntity", "SuccessorLEI")
        ),
        category=_text(entity, "EntityCategory"),
        ended=_ended(
            _text(entity, "EntityExpirationReason"),
            _text(entity, "EntityExpirationDate"),
        ),
        upkeep=_text(node, "Registration", "RegistrationStatus"),
        updated=_text(node, "Registration", "LastUpdateDate")[:10],
    )


def _ended(reason: str, day: str) -> str:
    """Return the day of a dissolution; an entity that was merged lives on in another."""
    return day[:10] if reason == "DISSOLVED" else ""


def _names_of_file(entity: Node) -> Iterator[Name]:
    for one in _all(entity, "LegalName"):
        yield Name(str(one["$"]), "LEGAL_NAME", _lang(one.get("@xml:lang")))
    for kind in ("OtherEntityName", "TransliteratedOtherEntityName"):
        for one in _all(entity, f"{kind}s", kind):
            lang = _lang(one.get("@xml:lang"))
            yield Name(str(one["$"]), str(one.get("@type", "")), lang)


def _lang(tag: object) -> str | None:
    """Take the language out of a tag such as `de-DE`."""
    return str(tag).partition("-")[0].lower() if tag else None


def _address_of_file(node: Node) -> Address:
    lines = [
        _text(node, "FirstAddressLine"),
        *(str(one.get("$") or "") for one in _all(node, "AdditionalAddressLine")),
        _text(node, "PostalCode"),
        _text(node, "City"),
    ]
    return Address(", ".join(filter(None, lines)), _text(node, "Country"))


def _link_of_file(record: Node, where: str) -> Link:
    node = record["Relationship"]
    periods = {
        _text(one, "PeriodType"): one
        for one in _all(node, "RelationshipPeriods", "RelationshipPeriod")
    }
    held = periods.get("RELATIONSHIP_PERIOD", {})
    return Link(
        locator=where,
        child=_text(node, "StartNode", "NodeID"),
        parent=_text(node, "EndNode", "NodeID"),
        kind=_text(node, "RelationshipType"),
        status=_text(node, "RelationshipStatus"),
        start=_text(held, "StartDate")[:10],
        end=_text(held, "EndDate")[:10],
        upkeep=_text(record, "Registration", "RegistrationStatus"),
        updated=_text(record, "Registration", "LastUpdateDate")[:10],
    )


def _of_api(one: Node, where: str) -> Item:
    match one["type"]:
        case "lei-records":
            return _record_of_api(one["attributes"])
        case "relationship-records":
            return _link_of_api(one["attributes"], where)
        case "lei-issuers":
            return Unreadable(where, "an issuer of identifiers, not a legal entity")
        case other:
            return Unreadable(where, f"of type {other!r}, which is not read")


def _record_of_api(given: Node) -> Record:
    entity = given["entity"]
    legal = entity["legalName"]
    others = [*entity["otherNames"], *entity["transliteratedOtherNames"]]
    form, expired = entity["legalForm"], entity["expiration"]
    after = [*entity["successorEntities"], entity["successorEntity"]]
    return Record(
        lei=given["lei"],
        names=(
            Name(legal["name"], "LEGAL_NAME", _lang(legal["language"])),
            *(Name(o["name"], o["type"], _lang(o["language"])) for o in others),
        ),
        addresses=tuple(
            _address_of_api(entity[kind])
            for kind in ("legalAddress", "headquartersAddress")
        ),
        jurisdiction=entity["jurisdiction"] or "",
        register_number=entity["registeredAs"] or "",
        legal_form=form["other"] or form["id"] or "",
        status=entity["status"] or "",
        created=(entity.get("creationDate") or "")[:10],
        successors=tuple(dict.fromkeys(one["lei"] for one in after if one["lei"])),
        category=entity["category"] or "",
        ended=_ended(expired["reason"] or "", expired["date"] or ""),
        upkeep=given["registration"]["status"] or "",
        bics=tuple(given.get("bic") or ()),
        updated=(given["registration"].get("lastUpdateDate") or "")[:10],
    )


def _address_of_api(given: Node) -> Address:
    lines = [*given["addressLines"], given["postalCode"], given["city"]]
    return Address(", ".join(filter(None, lines)), given["country"] or "")


def _link_of_api(attributes: Node, where: str) -> Item:
    if attributes["extension"]["deletedAt"]:
        return Unreadable(where, "the register has deleted the relationship")
    given = attributes["relationship"]
    periods = {one["type"]: one for one in given["periods"]}
    held = periods.get("RELATIONSHIP_PERIOD", {})
    return Link(
        locator=where,
        child=given["startNode"]["id"],
        parent=given["endNode"]["id"],
        kind=given["type"],
        status=given["status"],
        start=(held.get("startDate") or "")[:10],
        end=(held.get("endDate") or "")[:10],
        upkeep=attributes["registration"]["status"] or "",
        updated=(attributes["registration"].get("lastUpdateDate") or "")[:10],
    )
