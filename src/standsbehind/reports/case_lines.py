"""Lines that tell a finding of a case: its claims, their sources, and the replies beside them."""

from collections.abc import Iterator, Sequence

from standsbehind.model.case import CaseFinding
from standsbehind.model.citation import NOT_CAPTURED, Citation
from standsbehind.model.filed import (
    Answer,
    CaseElement,
    CaseFact,
    Evidence,
    Filed,
    Published,
    Sealed,
)
from standsbehind.reports.plain import plain
from standsbehind.standards.effects import NOT_LEGAL_ADVICE
from standsbehind.standards.provisions import LAW_AS_OF

__all__ = ["CASE_NOTICES", "evidence_lines", "finding_lines", "reply_line", "seal_line"]

_WORDS = """
Shown says that each element is met at its threshold; it is not guilt in law. Not shown says that
somebody searched and an element is not met; it is not cleared. Answered says that it is shown
and the subject replied.
"""

CASE_NOTICES = (
    " ".join(_WORDS.split()),
    f"{NOT_LEGAL_ADVICE} Law as of {LAW_AS_OF}.",
)
"""Printed on every page and letter of a case."""


def finding_lines(finding: CaseFinding) -> Iterator[str]:
    """Tell a finding with all that was looked at, each claim with what was replied to it."""
    what = finding.what
    until = f", acts until {what.as_of}" if what.as_of else ""
    yield (
        f"Finding {finding.number}, {finding.standing}: {what.norm} {what.title}: "
        f"{finding.result}"
    )
    yield (
        f"  {what.standard} {what.version} ({what.standard_digest[:12]}), "
        f"snapshot {what.snapshot}{until}"
    )
    if what.reason:
        yield f"  It corrects an earlier finding: {plain(what.reason)}"
    for element in what.elements:
        yield f"  {element.result}: {element.says}"
        for fact in element.facts:
            yield from _claim(fact, finding)
        yield from _searches(element, finding)
    if what.is_apart:
        yield "  Each element is shown, but not of one matter or in that order."
    for fact in what.mitigating:
        yield f"  mitigating: {fact.means}"
        yield from _claim(fact, finding)
    yield from _replies_to_the_whole(finding)


def _claim(fact: CaseFact, finding: CaseFinding) -> Iterator[str]:
    day = f", {fact.date}" if fact.date else ""
    yield f"    claim {fact.record}{day}: {plain(fact.says)}"
    yield f"      {fact.sources}; {fact.voice}"
    yield from _sources(fact.citations)
    for record in filter(None, (fact.record, fact.tie)):
        yield from _replies(record, finding)


def _sources(citations: Sequence[Citation]) -> Iterator[str]:
    for one in citations:
        parts = (one.title, one.publisher, one.published, one.url, one.locator)
        held = "no copy held" if one.digest == NOT_CAPTURED else f"copy {one.digest}"
        yield f"      in: {plain(', '.join(filter(None, (*parts, held))))}"


def _searches(element: CaseElement, finding: CaseFinding) -> Iterator[str]:
    for one in element.searches:
        yield f"    searched {one.date}: {plain(one.says)}  {one.record}"
        for record in one.looked_at:
            yield from _replies(record, finding)


def _replies(record: str, finding: CaseFinding) -> Iterator[str]:
    for said in finding.what.published:
        if record in said.answers:
            yield f"      {_published(said)}"
    for reply in finding.replies:
        if record in reply.what.to:
            yield f"      {reply_line(reply)}"


def _replies_to_the_whole(finding: CaseFinding) -> Iterator[str]:
    for said in finding.what.published:
        if not said.answers:
            yield f"  {_published(said)}"
    for reply in finding.replies:
        if not reply.what.to or finding.what.norm in reply.what.to:
            yield f"  {reply_line(reply)}"


def _published(said: Published) -> str:
    return f"said before, {said.date}, {said.author}: {plain(said.text)}  {said.id}"


def reply_line(reply: Filed[Answer]) -> str:
    """Tell a reply word for word."""
    more = "; more is to come" if reply.what.more_to_come else ""
    who, day = plain(reply.what.author), reply.what.received
    return f"reply {day}, {who} (act {reply.number}{more}): {plain(reply.what.text)}"


def evidence_lines(one: Filed[Evidence]) -> Iterator[str]:
    """Tell an item of evidence that was added to the case."""
    what = one.what
    if what.kind == "record":
        day = f", {what.date}" if what.date else ""
        yield f"  act {one.number}: record {what.record}{day}: {plain(what.says)}"
    else:
        yield f"  act {one.number}: document {plain(what.record)}, SHA-256 {what.digest}"
    yield from _sources(what.citations)


def seal_line(one: Filed[Sealed]) -> str:
    """Tell a sealed item: that it exists, and its digest."""
    return (
        f"  act {one.number}: sealed {one.what.kind}, salted SHA-256 {one.what.digest}; "
        "its content is not held here, and no finding rests on it"
    )
