"""The list as XML 1.1: its subjects one at a time, with nothing expanded or fetched."""

import io
from collections.abc import Iterator
from typing import cast

from lxml import etree

from standsbehind.connectors.arrival import refuse_web_page
from standsbehind.connectors.context import Copy, Fields, Quarantined, Unread
from standsbehind.connectors.sources.eu_fsf.entry import (
    Entry,
    Found,
    Part,
    day_of,
    refuse_layout,
)
from standsbehind.connectors.xmlfile import refuse_document_type
from standsbehind.errors import SourceError
from standsbehind.model.dates import PartialDate

__all__ = ["from_xml"]

Element = etree._Element  # noqa: SLF001 - lxml gives the type no public name

_NAMESPACE = "{http://eu.europa.ec/fpi/fsd/export}"
_TEXTS = frozenset({"remark", "contactInfo", "publicationUrl"})
_OF_THE_LAW = frozenset({"regulationSummary"})
"""The regulation that added one name or address: the subject's own stands beside it."""


def from_xml(copy: Copy) -> Iterator[Found]:
    """Read the subjects in the order of the document; a second of one id is set aside.

    Raises SourceError where the copy is cut off, declares a document type or is another
    document.
    """
    refuse_web_page(copy, is_xml=True)
    seen: set[str] = set()
    try:
        for found in _stream(copy):
            if isinstance(found, Entry) and found.number in seen:
                yield Quarantined(found.fields.locator, "its logical id stands above")
            else:
                seen.add(found.number if isinstance(found, Entry) else "")
                yield found
    except etree.XMLSyntaxError as error:
        message = (
            f"{copy.name}: line {error.lineno}: {error.msg}; "
            "the file is damaged or was cut off: fetch it again"
        )
        raise SourceError(message) from error


def _stream(copy: Copy) -> Iterator[Entry | Unread]:
    published, depth = None, 0
    events = etree.iterparse(
        io.BytesIO(copy.content),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    for event, element in cast("Iterator[tuple[str, Element]]", events):
        if event == "start":
            if depth == 0:
                published = _published(copy, element)
            depth += 1
            continue
        depth -= 1
        if depth == 1:
            yield _entry(element, published)
            element.clear()


def _published(copy: Copy, root: Element) -> PartialDate | None:
    """Check that this is the list before anything of it is read; return its day."""
    refuse_document_type(copy, root)
    if root.tag != f"{_NAMESPACE}export":
        raise refuse_layout(copy, f"opens with <{root.tag}>")
    return day_of(str(root.get("generationDate", "")))


def _entry(element: Element, published: PartialDate | None) -> Entry | Unread:
    name = _name(element)
    if name != "sanctionEntity":
        return Unread(f"line {element.sourceline}", f"element {name!r}")
    given = _attributes(element)
    number = given.pop("logicalId", "")
    place = f"sanctionEntity {number}"
    parts = [_part(place, child) for child in element if _name(child) != "subjectType"]
    kinds = [
        child.get("code", "") for child in element if _name(child) == "subjectType"
    ]
    return Entry(
        number=number,
        kind=kinds[0] if len(kinds) == 1 else "",
        fields=Fields(f"{place}, line {element.sourceline}", given),
        published=published,
        parts=parts,
        rows=[place],
    )


def _part(place: str, element: Element) -> Part:
    """Take a part's attributes, and the texts of the elements in it."""
    kind, given = _name(element), _attributes(element)
    if kind == "remark":
        given["remark"] = _text(element)
    for child in element:
        name = _name(child)
        if name not in _OF_THE_LAW:
            earlier = f"{given[name]} " if given.get(name) else ""
            given[name] = earlier + (_text(child) if name in _TEXTS else "element")
    number = given.pop("logicalId", "")
    locator = f"{place} / {kind} {number}".rstrip()
    return Part(kind, Fields(locator, given), given.get("wholeName", ""))


def _name(element: Element) -> str:
    return str(element.tag).removeprefix(_NAMESPACE)


def _attributes(element: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _text(element: Element) -> str:
    return "".join(map(str, element.itertext())).strip()
