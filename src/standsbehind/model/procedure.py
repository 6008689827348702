"""The procedure: which act is legal in which state of a case, by whom, and why not.

Nobody decides alone. Who investigates neither reviews nor decides; who reviews a finding does
not decide it; who decided it does not decide its appeal; who has an interest does neither.
A finding is decided only after the subject was told of it and had its say.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from standsbehind.model.act import Act, ActKind, Draft, Role
from standsbehind.model.case import Case, CaseFinding
from standsbehind.model.filed import PERIOD_DAYS

__all__ = ["PEOPLE", "People", "refusal", "refusal_of_people"]

PEOPLE = "people"
"""The log of who may act, kept as the log of a case is."""


@dataclass(frozen=True, slots=True)
class People:
    """Who may act in which roles."""

    roles: Mapping[str, tuple[Role, ...]]

    @classmethod
    def of(cls, acts: Sequence[Act]) -> "People":
        """Read who may act from the log of people."""
        roles: dict[str, tuple[Role, ...]] = {}
        for act in acts:
            if act.kind == "enrol":
                roles[act.said["name"]] = tuple(act.said["roles"])
            else:
                roles.pop(act.said["name"], None)
        return cls(roles)

    def role_for(self, name: str, kind: ActKind) -> Role | None:
        """Give the role in which a person does such an act; the first they have if in none."""
        held = self.roles.get(name, ())
        return next((role for role in held if role in _ROLES[kind]), (*held, None)[0])


def refusal_of_people(people: People, draft: Draft) -> str | None:
    """Say why somebody may not be enrolled or retired; None where it may be done.

    Whoever begins the log enrols the first. After that nobody changes their own roles.
    """
    name = draft.said["name"]
    if draft.kind == "retire" and name not in people.roles:
        return f"{name}: is not enrolled"
    if not people.roles:
        return None
    if draft.by not in people.roles:
        return f"{draft.by}: is not enrolled; only who is can enrol others"
    if draft.by == name:
        return f"{name}: nobody changes their own roles; let somebody else do it"
    return None


_ROLES: Mapping[ActKind, tuple[Role, ...]] = {
    "open": ("researcher",),
    "add": ("researcher",),
    "add_sealed": ("researcher",),
    "conflict": ("researcher", "reviewer", "decider"),
    "find": ("researcher",),
    "notify": ("researcher",),
    "reply": ("researcher", "reviewer"),
    "review": ("reviewer",),
    "decide": ("decider",),
    "appeal": ("researcher", "reviewer"),
    "rule": ("decider",),
    "correct": ("researcher", "decider"),
    "close": ("decider",),
}
"""Who does what. A reply and an appeal are the subject's; these roles put them on record."""


def refusal(case: Case | None, people: People, draft: Draft, today: date) -> str | None:
    """Say why an act is not legal; None where it is.

    `case` is None where the act opens one.
    """
    return _not_in_role(people, draft) or _not_in_state(case, draft, today)


def _not_in_role(people: People, draft: Draft) -> str | None:
    if draft.by not in people.roles:
        return f"{draft.by}: is not enrolled; `behind case people add` does that"
    if draft.role not in people.roles[draft.by]:
        has = ", ".join(people.roles[draft.by])
        return f"{draft.by}: is not a {draft.role} (enrolled as {has})"
    may = _ROLES.get(draft.kind, ())
    if draft.role not in may:
        return f"{draft.kind}: is for a {' or a '.join(may)}, not for a {draft.role}"
    return None


def _not_in_state(case: Case | None, draft: Draft, today: date) -> str | None:
    if case is None:
        return None if draft.kind == "open" else f"{draft.kind}: there is no such case"
    if draft.kind == "open":
        return f"case {case.id}: is open already"
    return _RULES[draft.kind](case, draft, today)


def _add(case: Case, draft: Draft, today: date) -> str | None:
    del draft, today
    return _closed(case)


def _conflict(case: Case, draft: Draft, today: date) -> str | None:
    del today
    person = draft.said["person"]
    if person in case.conflicted:
        return f"{person}: the interest is noted already"
    return None


def _find(case: Case, draft: Draft, today: date) -> str | None:
    del today
    if draft.said["result"] == "not examined":
        return (
            f"{draft.said['norm']}: is not examined, as for one of its elements no search "
            "is recorded; there is nothing to find"
        )
    same = [one for one in case.findings if one.what.norm == draft.said["norm"]]
    if any(one.standing == "appealed" for one in same):
        return f"{draft.said['norm']}: an appeal is open; let it be decided first"
    corrects = [one for one in same if one.decision is not None]
    if corrects and not draft.said["reason"].strip():
        return (
            f"{draft.said['norm']}: finding {corrects[-1].number} is decided; say why "
            "it is corrected, with --reason"
        )
    return None if corrects else _closed(case)


def _notify(case: Case, draft: Draft, today: date) -> str | None:
    waiting = tuple(one.number for one in case.undecided)
    if not waiting:
        return f"case {case.id}: proposes no finding that the subject could be told of"
    if tuple(draft.said["findings"]) != waiting:
        return f"case {case.id}: the letter must tell findings {_listed(waiting)}"
    days = (today, today + timedelta(days=PERIOD_DAYS))
    if (draft.said["sent"], draft.said["due"]) != tuple(map(str, days)):
        return f"case {case.id}: the letter must name today and a period of {PERIOD_DAYS} days"
    return None


def _reply(case: Case, draft: Draft, today: date) -> str | None:
    del today
    if not case.notices:
        return f"case {case.id}: no notice was sent, so there is nothing to reply to"
    told = {number for one in case.notices for number in one.what.findings}
    known = {
        name
        for one in case.findings
        if one.number in told
        for name in (one.what.norm, *one.what.records)
    }
    known.update(one.what.record for one in case.evidence)
    if unknown := sorted(set(draft.said["to"]) - known):
        return (
            f"{unknown[0]}: no claim of case {case.id} that the subject was told of; "
            "name a record or a norm of the letter"
        )
    return None


def _review(case: Case, draft: Draft, today: date) -> str | None:
    finding = case.finding(draft.said["finding"])
    return (
        _unfit(case, draft.by)
        or _not_waiting(case, finding, draft)
        or _too_early(finding, today)
    )


def _decide(case: Case, draft: Draft, today: date) -> str | None:
    finding = case.finding(draft.said["finding"])
    return (
        _unfit(case, draft.by)
        or _not_waiting(case, finding, draft)
        or _too_early(finding, today)
        or _not_reviewed(finding, draft)
    )


def _not_reviewed(finding: CaseFinding | None, draft: Draft) -> str | None:
    if finding is None:
        raise AssertionError(draft)
    where = f"finding {finding.number}"
    since = max((one.number for one in finding.replies), default=0)
    reviews = [one for one in finding.reviews if one.number > since]
    if draft.by in {one.by for one in finding.reviews}:
        return f"{where}: {draft.by} reviewed it, and so does not decide it"
    if not reviews:
        late = " since the last reply" if finding.reviews else ""
        return f"{where}: was not reviewed{late}; nobody decides alone"
    if draft.said["outcome"] == "made" and not reviews[-1].what.agrees:
        return (
            f"{where}: {reviews[-1].by} does not agree, so it is not made; decide so, "
            "or let it be proposed anew"
        )
    return None


def _appeal(case: Case, draft: Draft, today: date) -> str | None:
    del today
    finding = case.finding(draft.said["finding"])
    if finding is None:
        return _no_finding(case, draft)
    if finding.appeal is not None:
        return (
            f"finding {finding.number}: was appealed already, by act "
            f"{finding.appeal.number}"
        )
    if finding.standing not in {"made", "not made"}:
        return f"finding {finding.number}: is {finding.standing}; only a decided one can be appealed"
    return None


def _rule(case: Case, draft: Draft, today: date) -> str | None:
    del today
    finding = case.finding(draft.said["finding"])
    if finding is None:
        return _no_finding(case, draft)
    if finding.decision is None or finding.appeal is None:
        return f"finding {finding.number}: has no appeal"
    if finding.ruling is not None:
        return (
            f"finding {finding.number}: {finding.ruling.by} decided the appeal already: "
            f"{finding.ruling.what.outcome}"
        )
    if draft.by == finding.decision.by:
        return f"finding {finding.number}: {draft.by} decided it, so another decider decides the appeal"
    if draft.by in {one.by for one in finding.reviews}:
        return f"finding {finding.number}: {draft.by} reviewed it, and so does not decide the appeal"
    return _unfit(case, draft.by)


def _correct(case: Case, draft: Draft, today: date) -> str | None:
    del today
    number = draft.said["act"]
    if not 0 < number <= len(case.acts):
        return f"case {case.id}: has no act {number}"
    return _not_taken_back(case, case.acts[number - 1], draft)


def _not_taken_back(case: Case, act: Act, draft: Draft) -> str | None:
    where = f"case {case.id}, act {act.number}"
    if elder := case.corrections.get(act.number):
        return f"{where}: was taken back already, by act {elder.number}"
    if act.kind not in _CORRECTED_BY:
        return f"{where}: cannot be taken back; a decided finding is corrected by a new one"
    if draft.role != _CORRECTED_BY[act.kind]:
        return f"{where}: is taken back by a {_CORRECTED_BY[act.kind]}"
    if act.kind == "conflict" and act.said["person"] == draft.by:
        return f"{where}: nobody takes back the note of their own interest"
    finding = case.finding(act.number)
    if finding and finding.decision:
        return f"{where}: is decided; propose a finding that corrects it"
    return None


_CORRECTED_BY: Mapping[ActKind, Role] = {
    "add": "researcher",
    "add_sealed": "researcher",
    "reply": "researcher",
    "find": "researcher",
    "conflict": "decider",
}


def _close(case: Case, draft: Draft, today: date) -> str | None:
    del today
    if case.undecided:
        waiting = _listed([one.number for one in case.undecided])
        return f"case {case.id}: findings {waiting} wait for a decision"
    if case.appealed:
        return f"case {case.id}: an appeal waits for a decision"
    return _closed(case) or _unfit(case, draft.by)


_RULES: Mapping[ActKind, Callable[[Case, Draft, date], str | None]] = {
    "add": _add,
    "add_sealed": _add,
    "conflict": _conflict,
    "find": _find,
    "notify": _notify,
    "reply": _reply,
    "review": _review,
    "decide": _decide,
    "appeal": _appeal,
    "rule": _rule,
    "correct": _correct,
    "close": _close,
}


def _closed(case: Case) -> str | None:
    if not case.is_closed:
        return None
    return (
        f"case {case.id}: is closed; a reply, an appeal or a correction still may come"
    )


def _unfit(case: Case, person: str) -> str | None:
    if person in case.conflicted:
        return f"{person}: has a noted interest in case {case.id}, and so neither reviews nor decides"
    if person in case.investigators:
        return f"{person}: investigated in case {case.id}, and so neither reviews nor decides"
    return None


def _not_waiting(case: Case, finding: CaseFinding | None, draft: Draft) -> str | None:
    if finding is None:
        return _no_finding(case, draft)
    if finding.decision is not None:
        return (
            f"finding {finding.number}: {finding.decision.by} decided it already: "
            f"{finding.decision.what.outcome}"
        )
    if finding.standing != "proposed":
        return f"finding {finding.number}: is {finding.standing}"
    return None


def _too_early(finding: CaseFinding | None, today: date) -> str | None:
    if finding is None or finding.may_be_decided_on(today):
        return None
    if not finding.notices:
        return f"finding {finding.number}: the subject was not told of it; `behind case notify` does that"
    due = finding.notices[0].what.due
    return f"finding {finding.number}: the subject has until {due} to reply, and has not said all"


def _no_finding(case: Case, draft: Draft) -> str:
    numbers = [one.number for one in case.findings]
    known = f"it has {_listed(numbers)}" if numbers else "it has none yet"
    return f"case {case.id}: act {draft.said['finding']} proposes no finding; {known}"


def _listed(numbers: Sequence[Any]) -> str:
    return ", ".join(map(str, numbers))
