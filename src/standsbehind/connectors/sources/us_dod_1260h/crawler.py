"""The section 1260H list: each edition that names a firm is a listing of that firm.

Copies come in three forms: a table of all editions, an extract of one edition in JSON, and
the notice in the Federal Register. Several may be given at once; they are read as one.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from standsbehind.connectors.context import Copy, Pull, Quarantined, Reading, Unread
from standsbehind.connectors.ndaa.entry import Entry, Roll, name_key
from standsbehind.connectors.sources.us_dod_1260h.extract import read_extract
from standsbehind.connectors.sources.us_dod_1260h.history import read_history
from standsbehind.connectors.sources.us_dod_1260h.notice import read_notice
from standsbehind.connectors.sources.us_dod_1260h.printed import read_printed

__all__ = ["crawl"]

_BLANKS = b"\xef\xbb\xbf \t\r\n"


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read all copies, then give each firm once, its listings, and its links to parents."""
    roll = Roll(pull, "Company")
    for copy in pull.copies:
        for reading in _entries(pull, copy):
            refused = roll.add(reading) if isinstance(reading, Entry) else reading
            if refused is not None:
                yield refused
    _note_unrepeated(roll)
    yield from roll.tell()
    for key, entries in roll.entries.items():
        yield from _links(roll, key, entries)


def _entries(pull: Pull, copy: Copy) -> Iterator[Entry | Quarantined | Unread]:
    """Read a copy in the form that its first letters tell."""
    start = copy.content.lstrip(_BLANKS)
    if start.startswith(b"{"):
        return read_extract(pull, copy)
    if start.startswith((b"<", b"[Federal Register")):
        return read_notice(pull, copy)
    return read_history(pull, copy)


def _note_unrepeated(roll: Roll) -> None:
    """Note of a listing without an end that the newest edition read does not name the firm.

    Editions of some years only add names, so that no end can be concluded from that.
    """
    listed = chain.from_iterable(roll.entries.values())
    newest = max((entry.listing.start or "" for entry in listed), default="")
    for key, entries in roll.entries.items():
        if all(entry.listing.start != newest for entry in entries):
            roll.entries[key] = [_noted(entry, newest) for entry in entries]


def _noted(entry: Entry, newest: str) -> Entry:
    if entry.listing.end is not None:
        return entry
    note = f"no end is given, and the list of {newest} does not carry this name"
    return replace(entry, remark="; ".join(filter(None, (entry.remark, note))))


def _links(roll: Roll, key: str, entries: list[Entry]) -> Iterator[Reading]:
    """Link a firm to each parent under which the list names it; report one who is not on it."""
    named: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.parent:
            continue
        parent = _on_the_list(roll, entry.parent)
        if parent is None or parent == key:
            what = f"parent {entry.parent!r}, who does not stand on the list"
            yield Unread(entry.citation.locator, what)
        else:
            named.setdefault(parent, []).append(entry)
    for parent, naming in named.items():
        yield _link(roll, key, parent, naming)


def _on_the_list(roll: Roll, name: str) -> str | None:
    """Find a parent by its name, printed with or without its short form in brackets."""
    printed = read_printed(name)
    keys = (name_key(name), name_key(printed.name) if printed else "")
    return next((key for key in keys if key in roll.entries), None)


def _link(roll: Roll, key: str, parent: str, naming: list[Entry]) -> Reading:
    cited = tuple(entry.citation for entry in naming)
    starts = sorted(entry.listing.start for entry in naming if entry.listing.start)
    ends = sorted(entry.listing.end for entry in naming if entry.listing.end)
    link = roll.pull.draft("UnknownLink", "parent", key, parent, citation=cited[0])
    link.add("subject", roll.draft(key).id, citations=cited)
    link.add("object", roll.draft(parent).id, citations=cited)
    role = f"named as a subsidiary, in the list of {', '.join(starts)}"
    link.add("role", role, citations=cited)
    link.add("startDate", *starts[:1], citations=cited)
    if len(ends) == len(naming):
        link.add("endDate", ends[-1], citations=cited)
    return link
