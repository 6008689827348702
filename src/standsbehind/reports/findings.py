"""Findings on one subject, as a document and as text: grounds, replies, and what was not looked for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from standsbehind.cases.assess import Assessment
from standsbehind.graph.reader import Reader
from standsbehind.model.citation import Citation
from standsbehind.model.entity import fold
from standsbehind.model.evidence import Fact
from standsbehind.model.reply import Reply
from standsbehind.reports.fields import citations_json, reply_json
from standsbehind.reports.terminal import safe_text
from standsbehind.reports.words import counted
from standsbehind.standards.effects import NOT_LEGAL_ADVICE
from standsbehind.standards.findings import ElementState, Finding
from standsbehind.standards.norms import Norm
from standsbehind.standards.provisions import LAW_AS_OF
from standsbehind.standards.terms import MEANINGS, Term
from standsbehind.standards.thresholds import reason

__all__ = ["NOTICES", "findings_json", "findings_text", "records_told"]

_NOT_CLEARED = """
Not shown is not cleared: it says that somebody searched and an element is not met. Not
examined says that no search for at least one element is recorded.
"""
_NOT_GUILT = """
Shown is not guilt in law. The subject was not notified by this command; a case gives it
30 days to reply.
"""

NOTICES = (
    " ".join(_NOT_CLEARED.split()),
    " ".join(_NOT_GUILT.split()),
    f"{NOT_LEGAL_ADVICE} Law as of {LAW_AS_OF}.",
)
"""Printed wherever a finding is."""

_STYLES = {"shown": "bold", "answered": "bold", "not shown": "", "not examined": "dim"}


def records_told(found: Assessment, reader: Reader) -> list[str]:
    """Name the records whose statements the findings rest on, and the replies beside them."""
    replies = (reply for finding in found.findings for reply in finding.replies)
    return [found.subject, *_Records(found, reader).ids, *replies]


def findings_json(
    found: Sequence[Assessment], reader: Reader, as_of: str | None
) -> dict[str, Any]:
    """Give the findings on the first entity; other entities of that name stand in `others`."""
    first, *others = (_one_json(one, reader) for one in found)
    standard = found[0].standard
    return {
        "snapshot": reader.snapshot.id,
        **first,
        "standard": {
            "id": standard.id,
            "version": standard.version,
            "digest": standard.digest,
            "title": standard.title,
        },
        "as_of": as_of,
        "law_as_of": LAW_AS_OF.isoformat(),
        "notices": list(NOTICES),
        "others": others,
    }


class _Records:
    """What the facts and searches of an assessment are, by their ids."""

    def __init__(self, found: Assessment, reader: Reader) -> None:
        self.facts = {f.id: f for f in found.evidence.facts(found.subject)}
        searches = found.evidence.searches(found.subject)
        self.ids = list(
            dict.fromkeys(
                [
                    *(f.record for f in self.facts.values()),
                    *(s.record for s in searches),
                    *(r for s in searches for r in s.records),
                ]
            )
        )
        self.looked = {s.record: s.records for s in searches}
        self._reader = reader

    def told(self, record: str) -> tuple[str, str, str, tuple[Citation, ...]]:
        """Return what a record says, when, in what voice, and where it stands."""
        claims = self._reader.claims([record])[record]
        if not claims:
            return f"{record}, which is not in the data", "", "", ()
        entity = fold(claim.statement for claim in claims)
        cited = {c.id: c for claim in claims for c in claim.citations}
        day = entity.first("startDate") or entity.first("date") or ""
        said = entity.first("summary") or entity.first("description") or record
        return said, day, str(claims[0].status), tuple(cited.values())


def _one_json(found: Assessment, reader: Reader) -> dict[str, Any]:
    row = reader.entities[found.subject]
    records = _Records(found, reader)
    return {
        "entity": {
            "id": found.subject,
            "caption": row["caption"],
            "schema": row["schema"],
            "datasets": row["datasets"],
        },
        "findings": [_finding_json(f, found, records, reader) for f in found.findings],
        "searches": len({s.record for s in found.evidence.searches(found.subject)}),
    }


def _finding_json(
    finding: Finding, found: Assessment, records: _Records, reader: Reader
) -> dict[str, Any]:
    norm = found.standard.norm(finding.norm)
    says = {element.id: element for element in norm.elements}
    return {
        "norm": finding.norm,
        "title": norm.title,
        "result": finding.result,
        "elements": [
            {
                "id": state.id,
                "says": says[state.id].says,
                "threshold": says[state.id].threshold,
                "result": state.result,
                "grounds": list(state.grounds),
                "facts": [_fact_json(state, key, records) for key in state.facts],
                "searches": [_search_json(key, records) for key in state.searches],
            }
            for state in finding.elements
        ],
        "proof": list(finding.proof),
        "is_apart": finding.is_apart,
        "replies": [reply_json(r) for r in _replies(finding, reader)],
        "mitigating": [_mitigating_json(key, records) for key in finding.mitigating],
        "severity": norm.severity.model_dump(),
        "texts": [text.model_dump(mode="json") for text in norm.texts],
    }


def _fact_json(state: ElementState, key: str, records: _Records) -> dict[str, Any]:
    fact = records.facts[key]
    said, day, voice, citations = records.told(fact.record)
    return {
        "record": fact.record,
        "term": fact.term,
        "matter": fact.matter,
        "statement": fact.statement,
        "says": said,
        "reading": fact.reading,
        "date": day,
        "voice": voice,
        "sources": reason(fact.sources),
        "origins": sorted({s.origin for s in fact.sources}),
        "accepted": key in state.accepted,
        "citations": citations_json(citations),
    }


def _search_json(record: str, records: _Records) -> dict[str, Any]:
    said, day, _, citations = records.told(record)
    return {
        "record": record,
        "date": day,
        "says": said,
        "looked_at": list(records.looked[record]),
        "citations": citations_json(citations),
    }


def _mitigating_json(key: str, records: _Records) -> dict[str, Any]:
    fact = records.facts[key]
    said, day, _, citations = records.told(fact.record)
    return {
        "record": fact.record,
        "term": fact.term,
        "statement": fact.statement,
        "says": said,
        "date": day,
        "citations": citations_json(citations),
    }


def _replies(finding: Finding, reader: Reader) -> tuple[Reply, ...]:
    wanted = set(finding.replies)
    if not wanted:
        return ()
    answered = sorted(
        {
            record
            for reply in wanted
            for claim in reader.claims([reply])[reply]
            if claim.statement.prop == "answers"
            for record in (claim.statement.value,)
        }
    )
    return tuple(r for r in reader.replies(answered) if r.id in wanted)


def findings_text(
    found: Sequence[Assessment], reader: Reader, as_of: str | None
) -> RenderableType:
    """Write the findings out, class by class; those of which nothing is known in one line."""
    parts = [line for one in found for line in _lines(one, reader, as_of)]
    return Group(*parts, *(safe_text(notice, "italic") for notice in NOTICES))


def _lines(found: Assessment, reader: Reader, as_of: str | None) -> Iterator[Text]:
    standard = found.standard
    records = _Records(found, reader)
    yield safe_text(f"{reader.caption(found.subject)}  {found.subject}", "bold")
    when = f", acts until {as_of}" if as_of else ""
    edition = f"{standard.id} {standard.version} ({standard.digest[:12]})"
    yield safe_text(f"{edition}, snapshot {reader.snapshot.id}{when}", "dim")
    silent = []
    for finding in found.findings:
        norm = standard.norm(finding.norm)
        if any(state.grounds for state in finding.elements):
            yield from _finding_lines(finding, norm, records, reader)
        else:
            silent.append(finding.norm)
    if silent:
        yield safe_text(f"not examined, nothing looked at: {', '.join(silent)}", "dim")


def _finding_lines(
    finding: Finding, norm: Norm, records: _Records, reader: Reader
) -> Iterator[Text]:
    searches = {key for state in finding.elements for key in state.searches}
    made = counted(len(searches), "search", "searches")
    yield safe_text(
        f"{norm.id} {norm.title}: {finding.result}  ({made})", _STYLES[finding.result]
    )
    for state, element in zip(finding.elements, norm.elements, strict=True):
        yield safe_text(f"  {state.result}: {element.says}")
        for key in state.facts:
            yield from _fact_lines(records.facts[key], state, records)
    if finding.is_apart:
        yield safe_text(
            "  Each element is shown, but not of one matter or in that order."
        )
    for key in finding.mitigating:
        fact = records.facts[key]
        yield safe_text(f"  mitigating: {_meaning(fact)}  {fact.record}")
    for search in sorted(searches):
        said, day, _, _ = records.told(search)
        yield safe_text(f"  searched {day}: {said}  {search}", "dim")
        for record in records.looked[search]:
            yield safe_text(
                f"    looked at: {records.told(record)[0]}  {record}", "dim"
            )
    for reply in _replies(finding, reader):
        who = reader.caption(reply.author)
        yield safe_text(f"  reply {reply.date}, {who}: {reply.text}  {reply.id}")
    yield safe_text(f"  {_gravity(norm.severity.model_dump())}", "dim")


def _fact_lines(fact: Fact, state: ElementState, records: _Records) -> Iterator[Text]:
    said, day, _, citations = records.told(fact.record)
    enough = "" if fact.id in state.accepted else ", not enough"
    when = f"{day} " if day else ""
    yield safe_text(f"    {when}{said}")
    publishers = "; ".join(dict.fromkeys(c.publisher for c in citations))
    is_first_hand = any(c.kind in {"official", "court", "company"} for c in citations)
    by = "in" if is_first_hand else "as told by"
    yield safe_text(
        f"      {reason(fact.sources)}{enough}, {by} {publishers}  {fact.record}", "dim"
    )


def _meaning(fact: Fact) -> str:
    meanings: Mapping[Term, str] = MEANINGS
    return next(said for term, said in meanings.items() if term == fact.term)


def _gravity(severity: Mapping[str, Any]) -> str:
    scale, scope, lasting = (severity[k] for k in ("scale", "scope", "irremediability"))
    return f"severity of the class, apart from what is shown: scale {scale}, scope {scope}, irremediability {lasting} of 3"
