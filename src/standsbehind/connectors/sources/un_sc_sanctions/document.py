"""The UN's document: its records one at a time, with nothing expanded or fetched."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree

from standsbehind.connectors.arrival import refuse_web_page
from standsbehind.connectors.context import Copy, Fields, Unread
from standsbehind.connectors.xmlfile import refuse_document_type
from standsbehind.errors import SourceError

__all__ = ["Record", "records_of"]

Element = etree._Element  # noqa: SLF001 - lxml gives the type no public name

_ROOT = "CONSOLIDATED_LIST"
_SECTIONS = frozenset({"INDIVIDUALS", "ENTITIES"})
_RECORD_DEPTH = 2
"""Root, section, record."""


@dataclass(frozen=True, slots=True)
class Record:
    """One listed subject: its plain elements, and those that have elements of their own."""

    kind: str
    """The element's name: `INDIVIDUAL` or `ENTITY`."""
    generated: str
    """ISO date of the document."""
    fields: Fields
    groups: tuple[tuple[str, Fields], ...]


def records_of(copy: Copy) -> Iterator[Record | Unread]:
    """Read the records in the order of the document, keeping one in memory at a time.

    Raises SourceError where the copy is no XML, is cut off, declares a document type or is
    another document.
    """
    refuse_web_page(copy, is_xml=True)
    try:
        yield from _stream(copy)
    except etree.XMLSyntaxError as error:
        message = (
            f"{copy.name}: line {error.lineno}: {error.msg}; "
            "the file is damaged or was cut off: fetch it again"
        )
        raise SourceError(message) from error


def _stream(copy: Copy) -> Iterator[Record | Unread]:
    generated, depth = "", 0
    events = etree.iterparse(
        io.BytesIO(copy.content),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for event, element in cast("Iterator[tuple[str, Element]]", events):
        if event == "start":
            if depth == 0:
                generated = _generated(copy, element)
            depth += 1
            continue
        depth -= 1
        if depth == _RECORD_DEPTH:
            yield _record(element, generated)
            element.clear()
        elif depth == 1 and element.tag not in _SECTIONS:
            yield Unread(copy.name, f"section {element.tag!r}")


def _generated(copy: Copy, root: Element) -> str:
    """Check that this is the UN's list, before anything of it is read; return its date."""
    refuse_document_type(copy, root)
    if root.tag != _ROOT or "dateGenerated" not in root.attrib:
        message = (
            f"{copy.name}: opens with <{root.tag}>, not with a dated <{_ROOT}>; "
            "is it the right file?"
        )
        raise SourceError(message)
    return str(root.attrib["dateGenerated"])[: len("2026-02-27")]


def _record(element: Element, generated: str) -> Record:
    plain = _texts(child for child in element if not len(child))
    locator = f"DATAID {plain.get('DATAID', 'missing')}"
    groups = tuple(
        (child.tag, Fields(locator, _texts(child))) for child in element if len(child)
    )
    return Record(element.tag, generated, Fields(locator, plain), groups)


def _texts(elements: Iterable[Element]) -> dict[str, str]:
    """Take the texts by their elements' names; a second of one name is numbered."""
    texts: dict[str, str] = {}
    for element in elements:
        same = sum(name.split()[0] == element.tag for name in texts)
        name = f"{element.tag} {same + 1}" if same else element.tag
        texts[name] = "".join(map(str, element.itertext())).strip()
    return texts
