"""OFAC's non-SDN lists, published in one set: which list a subject is on, its tags tell.

One tag can lead to several lists, by the directive that names the subject, and a record
also bears the tags that it has on the SDN list. The table of both is in `dataset.yml`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from standsbehind.connectors.context import Listing, Pull, Reading, Unread
from standsbehind.connectors.ofac.entry import AUTHORITY, Subject, crawl_list
from standsbehind.connectors.ofac.remarks import printed_date
from standsbehind.model.dates import PartialDate

__all__ = ["crawl"]

_OTHER = "us-ofac-non-sdn"
_ON_THE_SDN_LIST = "us-ofac-sdn"

_DATED = re.compile(r"(Listing|Effective) Date \(([^)]+)\):? (.+)")
_DIVESTMENT = re.compile(r"Purchase/Sales For Divestment Date \((CMIC)\)")
_DIRECTIVE = re.compile(
    r"Executive Order (\d+) Directive \w+\W+Subject to (Directive \w+)"
)
_ORDER = re.compile(r"Executive Order (\d+) information", re.IGNORECASE)
_CAATSA = re.compile(r"(CAATSA Section \d+)")


@dataclass(frozen=True, slots=True)
class _Term:
    """A piece of the remarks that says on what ground, from when or how far a tag holds."""

    ground: str
    """`CMIC`, `EO 14024 Directive 3`, `EO 14059`, `CAATSA Section 235`."""
    kind: str
    """`Listing` or `Effective` for a date, `scope` for how far it holds."""
    text: str

    def belongs_to(self, tag: str) -> bool:
        """Whether the ground is that of the tag: its order's number or its act's name."""
        return self.ground.removeprefix("EO ").split()[0] in tag


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the list: one listing for each tag of a subject and each program it leads to."""
    return crawl_list(pull, partial(_listings, pull))


def _listings(pull: Pull, subject: Subject) -> Iterator[Listing | Unread]:
    terms = tuple(_terms(subject.pieces))
    programs = set()
    for tag in subject.tags:
        own = tuple(term for term in terms if term.belongs_to(tag))
        for program, grounds in _programs(pull, tag, own).items():
            programs.add(program)
            if program == _OTHER:
                yield Unread(subject.locator, f"program {', '.join(grounds) or tag!r}")
            if program != _ON_THE_SDN_LIST:
                its_terms = [term for term in own if term.ground in grounds]
                yield from _listing(subject, tag, program, its_terms)
    if programs == {_ON_THE_SDN_LIST}:
        tags = "; ".join(subject.tags)
        yield Unread(subject.locator, f"no tag of a list of this set: {tags}")
        yield from _listing(subject, tags, _OTHER, ())


def _programs(
    pull: Pull, tag: str, terms: Iterable[_Term]
) -> dict[str, dict[str, None]]:
    """Find the programs that a tag leads to, each with the grounds that lead there."""
    found: dict[str, dict[str, None]] = {}
    for term in terms:
        program = pull.look_up("ground", term.ground)
        known = _OTHER if program == term.ground else program
        found.setdefault(known, {})[term.ground] = None
    if found:
        return found
    program = pull.look_up("program", tag)
    return {_OTHER if program == tag else program: {}}


def _listing(
    subject: Subject, tag: str, program: str, terms: Iterable[_Term]
) -> Iterator[Listing | Unread]:
    dates: dict[str, list[PartialDate]] = {"Listing": [], "Effective": []}
    for term in terms:
        if term.kind != "scope":
            day = printed_date(term.text)
            if day is None:
                yield Unread(subject.locator, f"date {term.text!r}")
            else:
                dates[term.kind].append(day)
    grounds = dict.fromkeys(term.ground for term in terms if term.ground != "CMIC")
    yield Listing(
        program=program,
        authority=AUTHORITY,
        listed_name=subject.name,
        tag=tag,
        start=min(dates["Effective"], default=None),
        listing_date=min(dates["Listing"], default=None),
        legal_ground="; ".join(grounds),
        scope="; ".join(term.text for term in terms if term.kind == "scope"),
        record_id=subject.number,
        key=(tag,),
    )


def _terms(pieces: Iterable[str]) -> Iterator[_Term]:
    for piece in pieces:
        dated = _DATED.fullmatch(piece)
        if dated:
            yield _Term(dated[2], dated[1], dated[3])
            continue
        ground = _ground(piece)
        if ground:
            yield _Term(ground, "scope", piece)


def _ground(piece: str) -> str | None:
    directive = _DIRECTIVE.match(piece)
    if directive:
        return f"EO {directive[1]} {directive[2]}"
    order = _ORDER.match(piece)
    if order:
        return f"EO {order[1]}"
    act = _DIVESTMENT.match(piece) or _CAATSA.match(piece)
    return act[1] if act else None
