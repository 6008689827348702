"""Alerts as feeds: Atom (RFC 4287) for feed readers, iCalendar (RFC 5545) for calendars."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import orjson
from lxml import etree

from standsbehind.reports.alerts import alert_lines, alert_title
from standsbehind.reports.plain import plain

__all__ = ["to_atom", "to_calendar"]

_ATOM = "http://www.w3.org/2005/Atom"
_NEWEST = 100
"""A feed holds this many alerts; the data folder keeps all."""
_OCTETS = 75
"""Of a line of iCalendar, its break not counted (RFC 5545, section 3.1)."""
_NOTICE = "A hit is a lead to examine, not an identity. No hit found is not clear."


def to_atom(alerts: Sequence[Mapping[str, Any]], now: str) -> bytes:
    """Write alerts as an Atom feed, newest first. `now` is used where there are none."""
    newest = _newest(alerts)
    feed = etree.Element("feed", xmlns=_ATOM)
    updated = newest[0]["at"] if newest else now
    _tell(feed, "id", uuid.uuid5(uuid.NAMESPACE_URL, "urn:standsbehind:watch").urn)
    _tell(feed, "title", "standsbehind: watched answers that changed")
    _tell(feed, "subtitle", _NOTICE)
    _tell(feed, "updated", updated)
    _tell(etree.SubElement(feed, "author"), "name", "standsbehind")
    for alert in newest:
        entry = etree.SubElement(feed, "entry")
        _tell(entry, "id", _id(alert).urn)
        _tell(entry, "title", alert_title(alert))
        _tell(entry, "updated", alert["at"])
        content = _tell(entry, "content", "\n".join(alert_lines(alert)))
        content.set("type", "text")
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8"))


def _tell(parent: "etree._Element", name: str, text: str) -> "etree._Element":
    child = etree.SubElement(parent, name)
    child.text = plain(text)
    return child


def to_calendar(alerts: Sequence[Mapping[str, Any]]) -> bytes:
    """Write alerts as an iCalendar file: each an event of the whole day on which it came."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//standsbehind//behind watch//EN",
        *(line for alert in _newest(alerts) for line in _event(alert)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(alert: Mapping[str, Any]) -> Iterator[str]:
    day = date.fromisoformat(alert["at"][:10])
    stamp = alert["at"].replace("-", "").replace(":", "")
    yield "BEGIN:VEVENT"
    yield f"UID:{_id(alert)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(alert_title(alert))}"
    told = "\n".join((*alert_lines(alert), _NOTICE))
    yield f"DESCRIPTION:{_escaped(told)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Escape a value of type TEXT (RFC 5545, section 3.3.11)."""
    for letter in ("\\", ";", ","):
        text = text.replace(letter, f"\\{letter}")
    return plain(text).replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Break a line after at most 75 octets, never within a letter."""
    pieces, room = [bytearray()], _OCTETS
    for letter in line:
        octets = letter.encode()
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(bytearray())
            room = _OCTETS - 1  # the space that opens a continued line
        pieces[-1].extend(octets)
    return b"\r\n ".join(bytes(piece) for piece in pieces) + b"\r\n"


def _newest(alerts: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    ordered = sorted(alerts, key=lambda alert: (alert["at"], alert["id"]), reverse=True)
    return ordered[:_NEWEST]


def _id(alert: Mapping[str, Any]) -> uuid.UUID:
    """Make an id of the content: the same alert keeps it, in every house another has its own."""
    told = orjson.dumps(alert, option=orjson.OPT_SORT_KEYS)
    return uuid.UUID(bytes=hashlib.sha256(told).digest()[:16], version=5)
