"""OCDS files in their forms (packages, records, releases, lines of those), as releases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from standsbehind.connectors.arrival import refuse_web_page
from standsbehind.connectors.context import Copy, Quarantined
from standsbehind.connectors.packed import unpacked
from standsbehind.errors import SourceError

__all__ = ["Release", "releases_of"]

Object = Mapping[str, Any]

_READ = ("parties", "buyer", "tender", "awards", "contracts")
_TENDER = (
    "title",
    "description",
    "status",
    "procuringEntity",
    "procurementMethod",
    "procurementMethodDetails",
)
_LEFT_ASIDE = frozenset(
    {
        "date",
        "id",
        "initiationType",
        "language",
        "links",
        "ocid",
        "planning",
        "publisher",
        "relatedProcesses",
        "tag",
    }
)
_VERSIONS = frozenset({"", "1.0", "1.1"})
_VERSION_OF_A_VALUE = frozenset({"releaseDate", "value"})
_DEEPEST = 40
"""Levels of a release; no release that follows the standard comes near."""


@dataclass(frozen=True, slots=True)
class Release:
    """One release, or the compiled state of a process, cut to what is read."""

    copy: Copy
    locator: str
    ocid: str
    when: datetime | None
    """When it was released; None where it does not say."""
    day: str
    """The day of it as written."""
    publisher: str
    fields: Object
    unknown: tuple[str, ...] = ()
    """Fields of the release that the standard does not have."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a document stands, and who published the package around it."""

    copy: Copy
    name: str
    publisher: str = ""


Found = Release | Quarantined


def releases_of(copy: Copy) -> Iterator[Found]:
    """Read all releases of a copy, packed or not.

    Raises SourceError where it is no whole OCDS document, or of a version not known here.
    """
    refuse_web_page(copy, "OCDS file")
    for name, content in unpacked(copy):
        label = copy.name if name == copy.name else f"{copy.name}: {name}"
        yield from _of_text(_Place(copy, label), content)


def _of_text(place: _Place, content: bytes) -> Iterator[Found]:
    text = content.removeprefix(b"\xef\xbb\xbf")
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        lines = text.splitlines()
        if not _is_json(lines[0] if lines else b""):
            message = f"{place.name}: not whole JSON in UTF-8 ({error}); fetch it again"
            raise SourceError(message) from error
        yield from _of_lines(place, lines)
        return
    for one in document if isinstance(document, list) else [document]:
        yield from _of_document(place, one)


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _of_lines(place: _Place, lines: list[bytes]) -> Iterator[Found]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            document = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            why = f"not whole JSON ({error}); the file may be cut off"
            yield Quarantined(f"{place.name}, line {number}", why)
            continue
        yield from _of_document(place, document)


def _of_document(place: _Place, document: Any) -> Iterator[Found]:  # noqa: ANN401 - JSON
    if not isinstance(document, dict):
        message = f"{place.name}: holds {_kind(document)} where OCDS has an object; is it the right file?"
        raise SourceError(message)
    version = document.get("version") or ""
    if not isinstance(version, str) or version not in _VERSIONS:
        message = f"{place.name}: OCDS version {version!r}; known are 1.0 and 1.1. Ask the publisher for 1.1"
        raise SourceError(message)
    inside = _Place(place.copy, place.name, _publisher(document))
    if "ocid" in document:
        yield from _of_process(inside, document, 1)
    elif isinstance(document.get("records"), list):
        for number, one in enumerate(document["records"], start=1):
            yield from _of_process(inside, one, number)
    elif isinstance(document.get("releases"), list):
        for number, one in enumerate(document["releases"], start=1):
            yield _release(inside, one, number)
    else:
        message = (
            f"{place.name}: no list of releases or records, and no ocid: not a package, "
            f"record or release of OCDS (it has {', '.join(sorted(document)[:8]) or 'nothing'})"
        )
        raise SourceError(message)


def _kind(value: object) -> str:
    return "null" if value is None else f"a {type(value).__name__}"


def _publisher(document: Object) -> str:
    publisher = document.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else None
    return name.strip() if isinstance(name, str) else ""


def _of_process(place: _Place, record: Any, number: int) -> Iterator[Found]:  # noqa: ANN401 - JSON
    """Read a record by its compiled state, else its versions, else its releases."""
    if not isinstance(record, dict):
        yield Quarantined(f"{place.name}, record {number}", "not an object")
        return
    for name in ("compiledRelease", "versionedRelease"):
        if isinstance(record.get(name), dict):
            state = {"ocid": record.get("ocid"), **record[name]}
            yield _release(place, state, number, "record")
            return
    if "releases" not in record:
        yield _release(place, record, number)
        return
    held = record["releases"] if isinstance(record["releases"], list) else []
    if not held or any(isinstance(one, dict) and "url" in one for one in held):
        where = f"{place.name}, record {record.get('ocid') or number}"
        yield Quarantined(where, "names its releases by address alone; pull those")
        return
    for position, one in enumerate(held, start=1):
        yield _release(place, one, position)


def _release(place: _Place, given: Any, number: int, kind: str = "release") -> Found:  # noqa: ANN401 - JSON
    where = f"{place.name}, {kind} {number}"
    if not isinstance(given, dict):
        return Quarantined(where, "not an object")
    ocid = given.get("ocid")
    if not isinstance(ocid, str) or not ocid.strip():
        return Quarantined(where, "no ocid, so its process is not known")
    dates: list[str] = []
    fields = {key: _latest(where, given[key], dates) for key in _READ if key in given}
    if isinstance(fields.get("tender"), dict):
        tender = fields["tender"]
        fields["tender"] = {key: tender[key] for key in _TENDER if key in tender}
    told = given.get("date")
    written = told if isinstance(told, str) else max(dates, default="")
    label = ocid.strip() if kind == "record" else given.get("id")
    named = label if isinstance(label, str) and label.strip() else str(number)
    return Release(
        copy=place.copy,
        locator=f"{place.name}, {kind} {_of(ocid, named)}",
        ocid=ocid.strip(),
        when=_moment(written),
        day=written[:10],
        publisher=place.publisher,
        fields=fields,
        unknown=tuple(sorted(set(given) - set(_READ) - _LEFT_ASIDE)),
    )


def _of(ocid: str, label: str) -> str:
    """Name a release so that it is told from those of other processes in the file."""
    return label if label.startswith(ocid.strip()) else f"{label} of {ocid.strip()}"


def _moment(written: str) -> datetime | None:
    """Read a date-time for the order of releases; one without a zone counts as UTC."""
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _latest(where: str, value: Any, dates: list[str], depth: int = 0) -> Any:  # noqa: ANN401 - JSON
    """Put the latest value in the place of each versioned one, noting their dates."""
    if depth > _DEEPEST:
        message = (
            f"{where}: nested more than {_DEEPEST} deep, which OCDS never is; refused"
        )
        raise SourceError(message)
    if isinstance(value, dict):
        return {
            key: _latest(where, one, dates, depth + 1) for key, one in value.items()
        }
    if not isinstance(value, list):
        return value
    versions = [one for one in value if _is_version(one)]
    if versions and len(versions) == len(value):
        dates.extend(str(one["releaseDate"]) for one in versions)
        last = max(versions, key=_released)
        return _latest(where, last["value"], dates, depth + 1)
    return [_latest(where, one, dates, depth + 1) for one in value]


def _is_version(value: object) -> bool:
    return isinstance(value, dict) and value.keys() >= _VERSION_OF_A_VALUE


def _released(version: Object) -> datetime:
    return _moment(str(version["releaseDate"])) or datetime.min.replace(tzinfo=UTC)
