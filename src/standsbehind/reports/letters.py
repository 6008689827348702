"""Letters: what is written to the subject of a case, in plain text."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from standsbehind.model.case import Case
from standsbehind.model.filed import PERIOD_DAYS, Notice
from standsbehind.reports.case_lines import (
    CASE_NOTICES,
    evidence_lines,
    finding_lines,
    seal_line,
)

__all__ = ["Terms", "notice"]

_WIDTH = 78


@dataclass(frozen=True, slots=True)
class Terms:
    """Who writes to whom, and where a reply goes."""

    to: str
    sender: str
    reply_to: str
    sent: date

    @property
    def due(self) -> date:
        """The last day of the period for a reply."""
        return self.sent + timedelta(days=PERIOD_DAYS)


def notice(case: Case, terms: Terms) -> Notice:
    """Write the notice of all findings of a case that are not decided."""
    lines = [_wrapped(line) for line in _letter(case, terms)]
    return Notice(
        to=terms.to,
        sender=terms.sender,
        reply_to=terms.reply_to,
        findings=tuple(one.number for one in case.undecided),
        sent=terms.sent.isoformat(),
        due=terms.due.isoformat(),
        letter="\n".join(lines) + "\n",
    )


def _letter(case: Case, terms: Terms) -> Iterator[str]:
    yield from (f"From: {terms.sender}", f"To: {terms.to}", f"Date: {terms.sent}")
    yield from (f"Case: {case.id}", "", "NOTICE OF PROPOSED FINDINGS", "")
    yield (
        f"{terms.sender} proposes the findings below on {case.opening.caption} "
        f"({case.opening.subject}). None of them is decided. Your reply is asked for until "
        f"{terms.due}."
    )
    yield ""
    yield (
        "The standard applies to every firm and public body alike; names, home countries and "
        "official lists have no say in it."
    )
    for finding in case.undecided:
        yield ""
        yield from finding_lines(finding)
    yield from _also_added(case)
    yield from ("", "HOW TO REPLY")
    for paragraph in _how_to_reply(case, terms):
        yield from ("", paragraph)
    for said in CASE_NOTICES:
        yield from ("", said)
    yield ""
    yield f"On record: act {len(case.acts) + 1} of case {case.id}."
    yield f"SHA-256 of the act before it: {case.head}"


def _also_added(case: Case) -> Iterator[str]:
    evidence = [one for one in case.evidence if one.number not in case.corrections]
    seals = [one for one in case.sealed if one.number not in case.corrections]
    if evidence or seals:
        yield from ("", "Also added to the case:")
    for one in evidence:
        yield from evidence_lines(one)
    yield from map(seal_line, seals)


def _how_to_reply(case: Case, terms: Terms) -> Iterator[str]:
    yield f"Write to {terms.reply_to}, until {terms.due}, and name case {case.id}."
    yield (
        "Name what you answer: a claim by its id, a class by its letter and number, or the "
        "case as a whole. What you write is kept word for word and printed beside the claim "
        "that it answers, wherever the finding is printed."
    )
    yield (
        "Say so if more is to come: then the period goes on to its end. Without that, a "
        "finding may be decided once your reply to it is on record."
    )
    yield (
        f"If no reply comes until {terms.due}, the findings may be decided without one. A "
        "reply that comes later is kept and printed as well."
    )
    yield (
        "One person proposed each finding, a second reviews it and a third decides it. You may "
        "appeal against a decision; then another person decides."
    )


def _wrapped(line: str) -> str:
    """Break a line at spaces; what goes on is set further in. Addresses and digests stay whole."""
    start = line[: len(line) - len(line.lstrip())]
    return textwrap.fill(
        line,
        _WIDTH,
        subsequent_indent=f"{start}  " if start else "",
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
