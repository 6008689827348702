"""Findings on one subject, as a document and as text: grounds, replies, and what was not looked for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from standsbehind.cases.assess import Assessment
from standsbehind.cases.grounds import (
    Grounds,
    is_looked_at,
    meaning,
    searches_of,
    strength_in_words,
    told_by,
)
from standsbehind.graph.reader import Reader
from standsbehind.model.evidence import Fact
from standsbehind.reports.fields import citations_json, reply_json
from standsbehind.reports.terminal import safe_text
from standsbehind.reports.words import counted
from standsbehind.standards.effects import NOT_LEGAL_ADVICE
from standsbehind.standards.findings import ElementState, Finding
from standsbehind.standards.norms import Norm, Standard
from standsbehind.standards.provisions import LAW_AS_OF
from standsbehind.standards.thresholds import reason

__all__ = [
    "NOTICES",
    "findings_json",
    "findings_text",
    "records_told",
    "standard_json",
    "told_from",
]

_NOT_CLEARED = """
Not shown is not cleared: it says that somebody searched and an element is not met. Not
examined says that no search for at least one element is recorded.
"""
_NOT_GUILT = """
Shown is not guilt in law. The subject was not notified by this answer; a case gives it
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
    return [found.subject, *Grounds(found, reader).records, *replies]


def findings_json(
    found: Sequence[Assessment], reader: Reader, as_of: str | None
) -> dict[str, Any]:
    """Give the findings on the first entity; other entities of that name stand in `others`."""
    first, *others = (_one_json(one, reader) for one in found)
    return {
        "snapshot": reader.snapshot.id,
        **first,
        "standard": standard_json(found[0].standard),
        "as_of": as_of,
        "law_as_of": LAW_AS_OF.isoformat(),
        "notices": list(NOTICES),
        "others": others,
    }


def standard_json(standard: Standard) -> dict[str, Any]:
    """Give which standard it is, to the last letter of its files."""
    return {
        "id": standard.id,
        "version": standard.version,
        "digest": standard.digest,
        "title": standard.title,
    }


def told_from(standard: Standard, reader: Reader, as_of: str | None) -> str:
    """Say by which standard and from which snapshot something is found."""
    when = f", acts until {as_of}" if as_of else ""
    edition = f"{standard.id} {standard.version} ({standard.digest[:12]})"
    return f"{edition}, snapshot {reader.snapshot.id}{when}"


def _one_json(found: Assessment, reader: Reader) -> dict[str, Any]:
    row = reader.entities[found.subject]
    records = Grounds(found, reader)
    return {
        "entity": {
            "id": found.subject,
            "caption": row["caption"],
            "schema": row["schema"],
            "datasets": row["datasets"],
        },
        "findings": [_finding_json(f, found, records) for f in found.findings],
        "searches": len({s.record for s in found.evidence.searches(found.subject)}),
    }


def _finding_json(
    finding: Finding, found: Assessment, records: Grounds
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
        "replies": [reply_json(r) for r in records.replies(finding)],
        "mitigating": [_mitigating_json(key, records) for key in finding.mitigating],
        "severity": norm.severity.model_dump(),
        "texts": [text.model_dump(mode="json") for text in norm.texts],
    }


def _fact_json(state: ElementState, key: str, records: Grounds) -> dict[str, Any]:
    fact = records.facts[key]
    told = records.told(fact.record)
    return {
        "record": fact.record,
        "term": fact.term,
        "matter": fact.matter,
        "statement": fact.statement,
        "says": told.said,
        "reading": fact.reading,
        "tied_by": fact.tie or None,
        "date": told.day,
        "voice": told.voice,
        "sources": reason(fact.sources),
        "origins": sorted({s.origin for s in fact.sources}),
        "accepted": key in state.accepted,
        "citations": citations_json(told.citations),
    }


def _search_json(record: str, records: Grounds) -> dict[str, Any]:
    told = records.told(record)
    return {
        "record": record,
        "date": told.day,
        "says": told.said,
        "looked_at": list(records.looked[record]),
        "citations": citations_json(told.citations),
    }


def _mitigating_json(key: str, records: Grounds) -> dict[str, Any]:
    fact = records.facts[key]
    told = records.told(fact.record)
    return {
        "record": fact.record,
        "term": fact.term,
        "statement": fact.statement,
        "says": told.said,
        "date": told.day,
        "citations": citations_json(told.citations),
    }


def findings_text(
    found: Sequence[Assessment], reader: Reader, as_of: str | None
) -> RenderableType:
    """Write the findings out, class by class; those of which nothing is known in one line."""
    parts = [line for one in found for line in _lines(one, reader, as_of)]
    return Group(*parts, *(safe_text(notice, "italic") for notice in NOTICES))


def _lines(found: Assessment, reader: Reader, as_of: str | None) -> Iterator[Text]:
    standard = found.standard
    records = Grounds(found, reader)
    yield safe_text(f"{reader.caption(found.subject)}  {found.subject}", "bold")
    yield safe_text(told_from(standard, reader, as_of), "dim")
    silent = []
    for finding in found.findings:
        norm = standard.norm(finding.norm)
        if is_looked_at(finding):
            yield from _finding_lines(finding, norm, records, reader)
        else:
            silent.append(finding.norm)
    if silent:
        yield safe_text(f"not examined, nothing looked at: {', '.join(silent)}", "dim")


def _finding_lines(
    finding: Finding, norm: Norm, records: Grounds, reader: Reader
) -> Iterator[Text]:
    searches = searches_of(finding)
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
        yield safe_text(f"  mitigating: {meaning(fact)}  {fact.record}")
    for search in searches:
        told = records.told(search)
        yield safe_text(f"  searched {told.day}: {told.said}  {search}", "dim")
        for record in records.looked[search]:
            yield safe_text(
                f"    looked at: {records.told(record).said}  {record}", "dim"
            )
    for reply in records.replies(finding):
        who = reader.caption(reply.author)
        yield safe_text(f"  reply {reply.date}, {who}: {reply.text}  {reply.id}")
    yield safe_text(f"  {_gravity(norm.severity.model_dump())}", "dim")


def _fact_lines(fact: Fact, state: ElementState, records: Grounds) -> Iterator[Text]:
    told = records.told(fact.record)
    when = f"{told.day} " if told.day else ""
    yield safe_text(f"    {when}{told.said}")
    strength = strength_in_words(fact, is_enough=fact.id in state.accepted)
    yield safe_text(f"      {strength}, {told_by(told)}  {fact.record}", "dim")


def _gravity(severity: Mapping[str, Any]) -> str:
    scale, scope, lasting = (severity[k] for k in ("scale", "scope", "irremediability"))
    return f"severity of the class, apart from what is shown: scale {scale}, scope {scope}, irremediability {lasting} of 3"
