"""A case as a document and as text: findings with replies beside claims, and every act."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType

from standsbehind.model.act import Act
from standsbehind.model.case import Case, CaseFinding
from standsbehind.model.filed import Filed, plain
from standsbehind.reports.case_lines import (
    CASE_NOTICES,
    evidence_lines,
    finding_lines,
    reply_line,
    seal_line,
)
from standsbehind.reports.terminal import safe_text

__all__ = ["act_line", "case_json", "case_line", "case_text"]


def case_json(case: Case) -> dict[str, Any]:
    """Give a case with all its acts."""
    opening = case.opening
    parts: dict[str, Sequence[Filed[Any]]] = {
        "evidence": case.evidence,
        "sealed": case.sealed,
        "letters": case.notices,
        "replies": case.replies,
        "appeals": case.appeals,
        "conflicts": case.conflicts,
    }
    return {
        "id": case.id,
        "subject": {"id": opening.subject, "caption": opening.caption},
        "standard": opening.standard,
        "reason": opening.reason,
        "opened": case.acts[0].at,
        "state": case.state,
        "head": case.head,
        "findings": [_finding_json(one) for one in case.findings],
        **{name: [_filed_json(one) for one in found] for name, found in parts.items()},
        "taken_back": {
            str(number): _filed_json(one) for number, one in case.corrections.items()
        },
        "acts": [act.to_json() for act in case.acts],
        "notices": list(CASE_NOTICES),
    }


def _filed_json(one: Filed[Any] | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"act": one.number, "by": one.by, "at": one.act.at, **plain(one.what)}


def _finding_json(one: CaseFinding) -> dict[str, Any]:
    return {
        "act": one.number,
        "by": one.proposed.by,
        **plain(one.what),
        "result": one.result,
        "found": one.what.result,
        "standing": one.standing,
        "superseded_by": one.superseded_by,
        "due": one.notices[0].what.due if one.notices else None,
        "replies": [_filed_json(reply) for reply in one.replies],
        "reviews": [_filed_json(review) for review in one.reviews],
        "decision": _filed_json(one.decision),
        "appeal": _filed_json(one.appeal),
        "ruling": _filed_json(one.ruling),
    }


def case_line(case: Case) -> str:
    """Tell a case in one line."""
    due = [one.notices[0].what.due for one in case.undecided if one.notices]
    until = f", reply until {min(due)}" if due else ""
    opening = case.opening
    return f"{case.id}  {opening.caption} ({opening.subject}): {case.state}{until}"


def act_line(act: Act) -> str:
    """Tell an act in one line."""
    return f"{act.case}, act {act.number}: {act.kind} by {act.by} ({act.role})"


def case_text(case: Case) -> RenderableType:
    """Write a case out."""
    lines = [safe_text(case_line(case), "bold"), safe_text(case.opening.reason)]
    for finding in case.findings:
        lines.extend(safe_text(line) for line in finding_lines(finding))
        lines.extend(safe_text(f"  {line}", "dim") for line in _course(finding))
    lines.extend(safe_text(line) for line in _rest(case))
    lines.append(safe_text("Acts:"))
    for act in case.acts:
        line = f"  {act.at}  {act_line(act)}  {act.digest[:12]}"
        lines.append(safe_text(line, "dim"))
    lines.append(safe_text(f"Digest of the last act: {case.head}"))
    return Group(*lines, *(safe_text(said, "italic") for said in CASE_NOTICES))


def _course(finding: CaseFinding) -> Iterator[str]:
    """Tell what became of a finding."""
    yield f"proposed by {finding.proposed.by}"
    if finding.superseded_by is not None:
        yield f"superseded by finding {finding.superseded_by}"
    back = finding.case.corrections.get(finding.number)
    if back:
        yield f"taken back by {back.by}: {back.what.reason}"
    for one in finding.notices:
        yield f"the subject was told on {one.what.sent}, to reply until {one.what.due}"
    if finding.notices and not finding.replies:
        yield "no reply is on record"
    for review in finding.reviews:
        word = "agrees" if review.what.agrees else "does not agree"
        yield f"{review.by} {word}: {review.what.reason}"
    yield from _decided(finding)


def _decided(finding: CaseFinding) -> Iterator[str]:
    if made := finding.decision:
        yield f"{made.by} decided: {made.what.outcome}: {made.what.reason}"
    if finding.appeal:
        yield f"appeal of {finding.appeal.what.received}: {finding.appeal.what.text}"
    if ruling := finding.ruling:
        yield f"{ruling.by} on the appeal: {ruling.what.outcome}: {ruling.what.reason}"


def _rest(case: Case) -> Iterator[str]:
    """Tell what was added beside the findings, and replies that answer none of them."""
    if case.evidence or case.sealed:
        yield "Also added to the case:"
    for item in case.evidence:
        yield from evidence_lines(item)
        yield from _taken_back(case, item.number)
    for seal in case.sealed:
        yield seal_line(seal)
        yield from _taken_back(case, seal.number)
    told = {reply.number for one in case.findings for reply in one.replies}
    for reply in case.replies:
        if reply.number not in told:
            yield reply_line(reply)
            yield from _taken_back(case, reply.number)
    for note in case.conflicts:
        yield f"{note.what.person} has an interest: {note.what.reason}"


def _taken_back(case: Case, number: int) -> Iterator[str]:
    back = case.corrections.get(number)
    if back:
        yield f"    taken back by {back.by} (act {back.number}): {back.what.reason}"
