"""The EU's financial sanctions list, as XML 1.1 or as CSV, one entity for each logical id."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from lxml import etree

from standsbehind.connectors.arrival import refuse_web_page
from standsbehind.connectors.context import (
    Copy,
    Draft,
    Listing,
    Pull,
    Quarantined,
    Reading,
    Unread,
)
from standsbehind.connectors.countries import add_country, from_alpha3
from standsbehind.errors import SourceError
from standsbehind.model.citation import Citation
from standsbehind.model.dates import partial_date

__all__ = ["crawl"]

Element = etree._Element  # noqa: SLF001 - lxml gives the type no public name

_NAMESPACE = "{http://eu.europa.ec/fpi/fsd/export}"
_ENTITY = f"{_NAMESPACE}sanctionEntity"
_SCHEMATA = MappingProxyType(
    {"person": "Person", "P": "Person", "enterprise": "LegalEntity", "E": "LegalEntity"}
)
_PROGRAMS = MappingProxyType({"HR": "eu-human-rights"})
_UNKNOWN_COUNTRY = "00"
_READ = (
    "regulation",
    "subjectType",
    "nameAlias",
    "citizenship",
    "birthdate",
    "address",
)
_LEFT_ASIDE = frozenset({"identification", "remark"})


@dataclass(slots=True)
class _Value:
    """One thing that the list says of a subject, and where."""

    prop: str
    text: str
    citation: Citation
    is_country: bool = False
    lang: str | None = None


@dataclass(slots=True)
class _Subject:
    """One logical id of the list."""

    number: str
    kind: str
    citation: Citation
    reference: str = ""
    programme: str = ""
    regulation: str = ""
    regulation_url: str = ""
    listed: str = ""
    values: list[_Value] = field(default_factory=list)
    records: list[Citation] = field(default_factory=list)
    """Every row about it, also one of which nothing is read."""


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the list in either form. Raises SourceError for any other layout."""
    (copy,) = pull.copies
    refuse_web_page(copy, is_xml=True)
    is_xml = copy.content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    unread: list[Reading] = []
    subjects = _xml(pull, copy, unread) if is_xml else _csv(pull, copy)
    for subject in subjects:
        yield from _entity(pull, subject)
    yield from unread


def _entity(pull: Pull, subject: _Subject) -> Iterator[Reading]:
    if subject.kind not in _SCHEMATA:
        yield Unread(subject.citation.locator, f"subject type {subject.kind!r}")
        return
    schema = _SCHEMATA[subject.kind]
    draft = pull.draft(schema, subject.number, citation=subject.citation)
    cited = tuple(subject.records) or draft.claims[0].citations
    draft.claims[0] = replace(draft.claims[0], citations=cited)
    names: list[str] = []
    for value in subject.values:
        if value.is_country:
            country = from_alpha3(value.text)
            yield from add_country(draft, value.prop, country, (value.citation,))
        elif value.prop == "name":
            _add_name(draft, value, names)
        else:
            draft.add(value.prop, value.text, citations=(value.citation,))
    yield draft
    yield pull.sanction(draft, _listing(pull, subject, names))


def _add_name(draft: Draft, value: _Value, names: list[str]) -> None:
    """Take the first name as the name and every other as an alias."""
    prop = "name" if not names else "alias"
    names.append(value.text)
    draft.add(prop, value.text, lang=value.lang, citations=(value.citation,))


def _listing(pull: Pull, subject: _Subject, names: list[str]) -> Listing:
    return Listing(
        program=_PROGRAMS.get(subject.programme, "eu-fsf"),
        authority=pull.dataset.publisher,
        listed_name=names[0] if names else "",
        tag=subject.programme,
        start=partial_date(subject.listed) if subject.listed else None,
        legal_ground=subject.regulation,
        record_id=subject.reference or subject.number,
        source_url=subject.regulation_url or None,
    )


def _xml(pull: Pull, copy: Copy, unread: list[Reading]) -> Iterator[_Subject]:
    stream = etree.iterparse(
        io.BytesIO(copy.content),
        events=("end",),
        tag=(_ENTITY, f"{_NAMESPACE}export"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    found: set[str] = set()
    try:
        for _, element in stream:
            number = str(element.get("logicalId"))
            if number in found:
                where = f"line {element.sourceline}"
                unread.append(Quarantined(where, f"sanctionEntity {number} again"))
            elif element.tag == _ENTITY:
                found.add(number)
                yield _from_xml(pull, copy, element, unread)
                element.clear()
    except etree.XMLSyntaxError as error:
        message = f"{copy.name}: line {error.lineno}: {error.msg}; fetch it again"
        raise SourceError(message) from error
    if not found:
        message = f"{copy.name}: no sanctionEntity of the FSF export 1.1 in it; is it the list?"
        raise SourceError(message)


def _from_xml(
    pull: Pull, copy: Copy, element: Element, unread: list[Reading]
) -> _Subject:
    number = element.get("logicalId", "")
    place = f"sanctionEntity {number}"
    published = _day(element.getroottree().getroot().get("generationDate", ""))
    subject = _Subject(
        number=number,
        kind="",
        citation=pull.cite(copy, place, published=published),
        reference=element.get("euReferenceNumber", ""),
        listed=element.get("designationDate", ""),
    )
    for part in element:
        name = str(part.tag).removeprefix(_NAMESPACE)
        if name in _READ:
            where = f"{place} / {name} {part.get('logicalId', '')}".rstrip()
            _take(subject, name, part, pull.cite(copy, where, published=published))
        elif name not in _LEFT_ASIDE:
            unread.append(Unread(place, f"element {name!r}"))
    return subject


def _day(moment: str) -> str | None:
    return moment[:10] or None


def _take(subject: _Subject, name: str, part: Element, citation: Citation) -> None:
    given: Mapping[str, str] = {str(k): str(v) for k, v in part.attrib.items()}
    match name:
        case "subjectType":
            subject.kind = given.get("code", "")
        case "regulation":
            subject.programme = given.get("programme", "")
            subject.regulation = given.get("numberTitle", "")
            url = part.findtext(f"{_NAMESPACE}publicationUrl")
            subject.regulation_url = (url or "").strip()
        case "nameAlias":
            lang = given.get("nameLanguage", "").lower() or None
            _say(subject, "name", given.get("wholeName", ""), citation, lang=lang)
            _say(subject, "position", given.get("function", ""), citation)
        case "citizenship":
            _say_country(subject, "nationality", given, citation)
        case "birthdate":
            if given.get("circa") != "true":
                day = given.get("birthdate") or given.get("year", "")
                _say(subject, "birthDate", day, citation)
        case _:
            _say(subject, "address", _address(given), citation)
            _say_country(subject, "country", given, citation)


def _address(given: Mapping[str, str]) -> str:
    parts = ("street", "poBox", "place", "zipCode", "city", "region")
    return ", ".join(given[name] for name in parts if given.get(name, "").strip("-"))


def _say(
    subject: _Subject, prop: str, text: str, citation: Citation, lang: str | None = None
) -> None:
    if text.strip():
        subject.values.append(_Value(prop, text.strip(), citation, lang=lang))


def _say_country(
    subject: _Subject, prop: str, given: Mapping[str, str], citation: Citation
) -> None:
    code = given.get("countryIso2Code", "")
    if code and code != _UNKNOWN_COUNTRY:
        subject.values.append(_Value(prop, code, citation, is_country=True))


_COLUMNS = (
    "Entity_logical_id",
    "Subject_type",
    "Programme",
    "Leba_numtitle",
    "Naal_wholename",
    "Naal_language",
    "Naal_function",
    "Addr_street",
    "Addr_zipcode",
    "Addr_city",
    "Addr_country",
    "Birt_date",
    "Citi_country",
    "EU_ref_num",
)


def _csv(pull: Pull, copy: Copy) -> Iterator[_Subject]:
    rows = _lines(copy)
    number, header = next(rows, (0, []))
    names = {name.strip(): place for place, name in reversed(list(enumerate(header)))}
    missing = [name for name in _COLUMNS if name not in names]
    if missing:
        message = (
            f"{copy.name}: line {number}: no column {', '.join(missing)}; it is not the "
            "CSV of the FSF list, or the publisher changed the layout"
        )
        raise SourceError(message)
    subjects: dict[str, _Subject] = {}
    for line, cells in rows:
        if len(cells) != len(header):
            message = f"{copy.name}: line {line}: {len(cells)} of {len(header)} cells; cut off?"
            raise SourceError(message)
        row = {name: cells[names[name]].strip() for name in _COLUMNS}
        cited = pull.cite(copy, f"line {line}")
        key = row["Entity_logical_id"]
        held = subjects.setdefault(key, _Subject(key, row["Subject_type"], cited))
        _take_row(held, row, cited)
    yield from subjects.values()


def _take_row(subject: _Subject, row: Mapping[str, str], cited: Citation) -> None:
    subject.reference = row["EU_ref_num"]
    subject.programme = row["Programme"]
    subject.regulation = row["Leba_numtitle"]
    lang = row["Naal_language"].lower() or None
    _say(subject, "name", row["Naal_wholename"], cited, lang=lang)
    _say(subject, "position", row["Naal_function"], cited)
    address = (row["Addr_street"], row["Addr_zipcode"], row["Addr_city"])
    _say(subject, "address", ", ".join(filter(None, address)), cited)
    _say(subject, "birthDate", partial_date(row["Birt_date"]) or "", cited)
    for prop, column in (("country", "Addr_country"), ("nationality", "Citi_country")):
        if row[column] and row[column] != _UNKNOWN_COUNTRY:
            subject.values.append(_Value(prop, row[column], cited, is_country=True))
    subject.records.append(cited)


def _lines(copy: Copy) -> Iterator[tuple[int, list[str]]]:
    """Read the rows; some copies wrap each whole line into one more pair of quotes."""
    try:
        text = copy.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = copy.content.decode("iso-8859-1")
    for number, line in enumerate(text.splitlines(), start=1):
        (cells,) = csv.reader([line], delimiter=";", strict=False)
        if len(cells) == 1 and ";" in cells[0]:
            (cells,) = csv.reader([cells[0]], delimiter=";")
        if any(cell.strip() for cell in cells):
            yield number, cells
