"""Case pages: a case in the order in which a page tells it, with replies beside claims."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from standsbehind.model.act import Act, ActKind
from standsbehind.model.case import Case, CaseFinding, Standing
from standsbehind.model.filed import Answer, Filed, Published
from standsbehind.reports.case_lines import CASE_NOTICES
from standsbehind.reports.words import counted
from standsbehind.standards.norms import Threshold

__all__ = ["CasePage"]

_THRESHOLDS: Mapping[Threshold, str] = {
    "primary_or_two_origins": "one primary source or two independent origins",
    "court_or_un": "a court or a body of the United Nations",
    "recorded_search": "a search recorded for just that, or one primary source or two independent origins",
}
_STANDINGS: Mapping[Standing, str] = {
    "proposed": "proposed, not decided",
    "withdrawn": "withdrawn",
    "superseded": "superseded by a later finding",
    "made": "finding made",
    "not made": "decided: no finding made",
    "appealed": "decided, and the appeal is not",
    "set aside": "decision set aside on appeal",
}
_NO_LONGER: frozenset[Standing] = frozenset({"withdrawn", "superseded", "set aside"})


@dataclass(frozen=True)
class CasePage:
    """A case in the order in which its page tells it."""

    case: Case

    @property
    def notices(self) -> Sequence[str]:
        """Say what must be said of every case."""
        return (*self._open(), *CASE_NOTICES)

    def _open(self) -> Iterator[str]:
        if waiting := len(self.case.undecided):
            told = counted(waiting, "finding is", "findings are")
            yield f"{told} proposed here and not decided: a proposal is not a finding made."

    @property
    def at(self) -> str:
        """The moment of the last act."""
        return self.case.acts[-1].at

    @property
    def findings(self) -> Sequence[CaseFinding]:
        """Those that stand first; then those that no longer do."""
        return sorted(self.case.findings, key=lambda one: one.standing in _NO_LONGER)

    def standing(self, found: CaseFinding) -> str:
        """Say where a finding stands."""
        by = found.superseded_by
        return f"superseded by act {by}" if by else _STANDINGS[found.standing]

    def threshold(self, name: Threshold) -> str:
        """Say what evidence is enough."""
        return _THRESHOLDS[name]

    def to_record(self, found: CaseFinding, record: str) -> Sequence[Filed[Answer]]:
        """Return the replies of the case to one claim."""
        return [one for one in found.replies if record in one.what.to]

    def to_whole(self, found: CaseFinding) -> Sequence[Filed[Answer]]:
        """Return the replies to the finding as such, which stand at its head."""
        shown = {fact.record for fact in found.what.facts}
        return [one for one in found.replies if shown.isdisjoint(one.what.to)]

    def published_to(self, found: CaseFinding, record: str) -> Sequence[Published]:
        """Return what was said in public to one claim."""
        return [one for one in found.what.published if record in one.answers]

    def published_else(self, found: CaseFinding) -> Sequence[Published]:
        """Return the published replies to what is no claim of the finding, but was looked at."""
        shown = {fact.record for fact in found.what.facts}
        return [one for one in found.what.published if shown.isdisjoint(one.answers)]

    @property
    def other_replies(self) -> Sequence[Filed[Answer]]:
        """Return the replies that stand beside no finding, those taken back among them."""
        told = {one.number for found in self.case.findings for one in found.replies}
        return [one for one in self.case.replies if one.number not in told]

    @property
    def searches(self) -> int:
        """Count the recorded searches that findings rest on."""
        found = {
            search.record
            for finding in self.case.findings
            for element in finding.what.elements
            for search in element.searches
        }
        return len(found)

    def did(self, act: Act) -> str:
        """Say in a line what was done."""
        return _did(act)


_DID: Mapping[ActKind, str] = {
    "open": "opened the case: {reason}",
    "add": "added the {kind} {record}",
    "add_sealed": "added a sealed {kind}",
    "conflict": "noted an interest of {person}: {reason}",
    "find": "proposed a finding of {norm}: {result}",
    "notify": "told {to} (finding {findings}), to reply by {due}",
    "reply": "put a reply of {author} on record, received {received}",
    "review": "reviewed finding {finding}, agrees: {agrees}. {reason}",
    "decide": "decided finding {finding}, {outcome}: {reason}",
    "appeal": "put an appeal on finding {finding} on record, received {received}",
    "rule": "decided the appeal on finding {finding}, {outcome}: {reason}",
    "correct": "took back act {act}: {reason}",
    "close": "closed the case: {reason}",
}


def _did(act: Act) -> str:
    """Say in a line what was done."""
    return _DID[act.kind].format_map({k: _in_words(v) for k, v in act.said.items()})


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
