"""One entry of a list of the Bureau of Industry and Security: names, addresses, members.

An entry is one table cell, written for a reader of the Federal Register:

    Name, a.k.a., the following two aliases:
    —Alias One; and
    —Alias Two.
    Address; and Address. (See alternate address under Elsewhere).

The form is kept by hand and slips: an alias list without dashes, an address without a
comma before it. What cannot be told apart stays readable in the citation, which quotes
the cell.
"""

import re
from dataclasses import dataclass, field

from standsbehind.connectors.bis.names import (
    enumerated,
    has_place,
    plain,
    split_alias,
    split_name,
)

__all__ = ["CONTINUES", "Entry", "read_entry"]

_DASHES = "—–‒―-"
_MARKER = re.compile(
    r"[,;]?\s*(?P<open>[(\[]?)(?<!\w)(?P<kind>a\.?\s?k\.?\s?a\.?|f\.?k\.?a\.?|"
    r"d[./]?b[./]?a\.?|DBA|also known as|formerly known as|doing business as)"
    r"(?!\w)[,:]?\s*"
)
_LIST = re.compile(
    r"(?:and )?the following (?:[\w-]+ )?alias(?:es)?\b[:,;.]?\s*", re.IGNORECASE
)
_SEE = re.compile(r"[,;]?\s*\(\s*(See [^()]+?)\s*\)\.?", re.IGNORECASE)
_ADDRESS_LABEL = re.compile(r"\(?(?:Alt(?:ernate)? )?Address(?:es)?:\s*")
_ADDRESSES = re.compile(
    r"^(?:The following addresses apply\b|Address(?:es)? for\b)[^:]*:", re.IGNORECASE
)
_MEMBERS = re.compile(
    r"^(?:and )?(?:to include )?(?:the )?(?:following )?(?:[\w-]+ )?"
    r"(?:subordinate institu\w+|subordinate entit\w+|affiliated entit\w+|affiliates)\b:?\s*",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"The following (?:[\w-]+ )?subordinate institu\w+ of (?P<name>.+?):?\s*",
    re.IGNORECASE,
)
CONTINUES = re.compile(
    rf"[{_DASHES}]|{_MEMBERS.pattern}|{_ADDRESSES.pattern}", re.IGNORECASE
)
"""How a line begins that goes on with the entry above it."""
_GROUP = re.compile(r"The following (?P<name>.+?) entities:\s*$", re.IGNORECASE)
_OF_PARENT = re.compile(
    r"(?P<parent>.+?),?\s+subordinate institu\w*:\s*(?P<name>.+)", re.IGNORECASE
)
_COVERS = re.compile(r"(?:including|wherever located|and all|any)\b", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """What one cell says of one subject, each value as printed."""

    name: str
    printed: str = ""
    """The whole name as printed, where the name was cut out of it."""
    aliases: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """Cross references and what the entry covers."""
    parent: str = ""
    """The institution that the entry names as standing above the subject."""
    members: list["Entry"] = field(default_factory=list)
    """Subordinate or affiliated entities that the cell lists under the subject."""
    is_heading: bool = False
    """Whether the entry only introduces its members and is not listed itself."""
    lists_aliases: bool = False
    """Whether the printed name ends in `the following N aliases:`."""


def read_entry(lines: list[str]) -> Entry:
    """Read one cell, given as its printed lines. Raises ValueError where it is blank."""
    first, *rest = [line for line in lines if line.strip()] or [""]
    if not first:
        message = "an entry needs a name"
        raise ValueError(message)
    if rest and first.rstrip().endswith("institution:"):
        first, *rest = f"{first} {rest[0].lstrip(_DASHES)}", *rest[1:]
    group = _GROUP.fullmatch(first)
    if group:
        return Entry(group["name"], remarks=[f"Covers: {plain(' '.join(rest))}"])
    heading = _HEADING.fullmatch(first)
    entry = Entry(heading["name"], is_heading=True) if heading else _begin(first)
    _continue(entry, rest, among_members=entry.is_heading)
    return entry


def _begin(line: str) -> Entry:
    """Read the line that opens an entry: a name, and what follows it."""
    line, remarks = _cross_references(line)
    marker = _MARKER.search(line)
    if marker is None or has_place(line[: marker.start()].partition(", ")[2]):
        name, place = split_name(line)
        entry = Entry(name, remarks=remarks)
    else:
        entry = Entry(plain(line[: marker.start()]), remarks=remarks)
        place = _other_names(entry, marker, line[marker.end() :])
    _place(entry, place)
    owned = _OF_PARENT.fullmatch(entry.name)
    if owned:
        entry.printed, entry.name, entry.parent = (
            entry.name,
            owned["name"],
            owned["parent"],
        )
    return entry


def _continue(entry: Entry, lines: list[str], *, among_members: bool) -> None:
    """Read the lines after the first: aliases, addresses, members with theirs."""
    subject = entry
    for line in lines:
        is_dashed = line[0] in _DASHES
        text, remarks = _cross_references(line.lstrip(_DASHES).strip())
        subject.remarks += remarks
        if _ADDRESSES.match(text):
            _place(entry, _ADDRESSES.sub("", text))
            subject.lists_aliases = False
        elif _MEMBERS.match(text):
            among_members, subject.lists_aliases = True, False
            text = plain(_MEMBERS.sub("", text))
            subject = _member(entry, text) if text else entry
        elif is_dashed and (subject.lists_aliases or not among_members):
            _alias(subject, text)
        elif among_members and not subject.lists_aliases:
            subject = _member(entry, text)
        else:
            _place(subject, text)
            subject.lists_aliases = False


def _member(entry: Entry, text: str) -> Entry:
    member = _begin(text)
    member.parent = entry.name
    entry.members.append(member)
    return member


def _cross_references(line: str) -> tuple[str, list[str]]:
    return _SEE.sub("", line).strip(), [f"{m}." for m in _SEE.findall(line)]


def _other_names(entry: Entry, marker: re.Match[str], text: str) -> str:
    """Read what follows `a.k.a.`, `f.k.a.` or `d.b.a.`; return what follows the names."""
    names = entry.former if marker["kind"].startswith("f") else entry.aliases
    listed = _LIST.match(text)
    if listed:
        entry.lists_aliases = True
        if text[listed.end() :].strip(" .;"):
            _alias(entry, text[listed.end() :])
        return ""
    if marker["open"]:
        inside, after = _closed(text)
        names += enumerated(inside)
        again = _MARKER.match(after)
        return _other_names(entry, again, after[again.end() :]) if again else after
    again = _MARKER.search(text)
    if again:
        names.append(plain(text[: again.start()]))
        return _other_names(entry, again, text[again.end() :])
    name, place = split_name(text)
    names.append(name)
    return place


def _closed(text: str) -> tuple[str, str]:
    """Split text at the bracket that closes the one opened before it."""
    depth = 1
    for at, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if depth == 0:
            return text[:at], text[at + 1 :].lstrip(" ,.;")
    return text, ""


def _alias(entry: Entry, text: str) -> None:
    """Read one dashed line; a street after the name is an address that slipped in."""
    name, place = split_alias(text)
    marker = _MARKER.search(name)
    if marker:
        place = _other_names(entry, marker, name[marker.end() :]) or place
        name = plain(name[: marker.start()])
    if name:
        entry.aliases.insert(len(entry.aliases) - (marker is not None), name)
    _place(entry, place)


def _place(entry: Entry, text: str) -> None:
    for part in re.split(r";\s*(?:and\b)?[\s;,]*", text):
        if _COVERS.match(part):
            entry.remarks.append(f"Covers: {plain(part)}")
        else:
            places = map(_plain_place, _ADDRESS_LABEL.split(part))
            entry.addresses += [place for place in places if place]


def _plain_place(place: str) -> str:
    place = " ".join(place.split()).strip(" ;,")
    return place[:-1] if re.search(r"[^\W\d_]{3}\.$|\d\.$|\)\.$", place) else place
