"""Assessing: from a snapshot to evidence in the terms of the standard, and to findings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from standsbehind.cases.linked import facts_of_links
from standsbehind.cases.readings import load_readings
from standsbehind.cases.recorded import Recorded
from standsbehind.graph.merges import Merges
from standsbehind.graph.reader import Reader
from standsbehind.model.entity import fold
from standsbehind.model.evidence import Answered, Held
from standsbehind.standards.findings import Finding, judge
from standsbehind.standards.norms import Norm, Standard

__all__ = ["Assessment", "assess", "assess_one", "gather"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the standard finds of one subject, and the evidence that it was handed."""

    subject: str
    standard: Standard
    findings: tuple[Finding, ...]
    """One for each norm that was asked for, in that order."""
    evidence: Held


def assess(
    reader: Reader,
    subjects: Sequence[str],
    standard: Standard,
    norms: Sequence[Norm],
    as_of: date | None = None,
) -> tuple[Assessment, ...]:
    """Apply norms of the standard to each subject, on what is said of acts until a day."""
    evidence = gather(reader, standard, as_of)
    return tuple(assess_one(key, standard, norms, evidence) for key in subjects)


def assess_one(
    subject: str, standard: Standard, norms: Sequence[Norm], evidence: Held
) -> Assessment:
    """Apply norms to one subject on evidence that is in hand."""
    found = tuple(judge(norm, subject, evidence) for norm in norms)
    return Assessment(subject, standard, found, evidence)


def gather(reader: Reader, standard: Standard, as_of: date | None = None) -> Held:
    """Put together the evidence of all subjects; acts that began after the day are left out.

    A search and a reply are no acts of the subject: they stay, whenever they were made.
    """
    readings = load_readings().redirected(Merges(reader.snapshot).canonical)
    recorded = Recorded(reader, standard)
    own = list(facts_of_links(reader, readings))
    found = [*own, *recorded.harms(own, readings), *recorded.absences()]
    facts = [
        fact
        for fact in sorted(found, key=lambda fact: fact.id)
        if as_of is None or fact.earliest is None or fact.earliest <= as_of
    ]
    searches = tuple(recorded.searches())
    records = {f.record for f in facts} | {r for s in searches for r in s.records}
    return Held(
        all_facts=tuple(facts),
        all_searches=searches,
        all_answers=tuple(_answers(reader, records)),
    )


def _answers(reader: Reader, records: set[str]) -> Iterator[Answered]:
    for reply in reader.replies(sorted(records)):
        claims = reader.claims([reply.id])[reply.id]
        authors = fold(claim.statement for claim in claims).get("author")
        for record in sorted(records.intersection(reply.answers)):
            for author in authors:
                yield Answered(reply.id, author, record)
