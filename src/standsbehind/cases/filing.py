"""Filing: what an assessment, a record or a file becomes in a case."""

import hashlib
from collections.abc import Sequence
from datetime import date

from standsbehind.cases.assess import Assessment, assess
from standsbehind.cases.grounds import Grounds, meaning, strength_in_words
from standsbehind.cases.told import tell
from standsbehind.errors import UsageError
from standsbehind.graph.lookup import Lookup
from standsbehind.graph.reader import Reader
from standsbehind.model.case import Case
from standsbehind.model.citation import Citation, digest_of
from standsbehind.model.evidence import Fact
from standsbehind.model.filed import (
    CaseElement,
    CaseFact,
    CaseSearch,
    Evidence,
    Proposal,
    Published,
    Sealed,
    SealedKind,
)
from standsbehind.standards.findings import Finding
from standsbehind.standards.norms import load_standard

__all__ = ["document", "is_under_seal", "proposed", "record", "sealed"]


def record(reader: Reader, key: str) -> Evidence:
    """Take a record of the snapshot into a case, with what it says and where it stands.

    Raises UsageError where the snapshot has no such record.
    """
    claims = reader.claims([key])[key]
    if not claims:
        message = (
            f"{key}: no record of snapshot {reader.snapshot.id}; `behind show` and "
            "`behind assess` print the ids of records"
        )
        raise UsageError(message)
    what = tell(reader, key)
    return Evidence(
        kind="record",
        record=key,
        says=what.said,
        date=what.day,
        voice=what.voice,
        statements=tuple(sorted(claim.statement.id for claim in claims)),
        citations=what.citations,
        snapshot=reader.snapshot.id,
        digest="",
    )


def document(name: str, content: bytes, cited: Citation | None) -> Evidence:
    """Take a document into a case by its digest and, where it is known, by its source."""
    return Evidence(
        kind="document",
        record=name,
        says="",
        date="",
        voice="",
        statements=(),
        citations=(cited,) if cited else (),
        snapshot="",
        digest=digest_of(content),
    )


def sealed(kind: SealedKind, content: bytes, salt: bytes) -> Sealed:
    """Seal a content: nobody who does not hold it and the salt can tell what it is."""
    return Sealed(kind, hashlib.sha256(salt + content).hexdigest())


def is_under_seal(seal: Sealed, content: bytes, salt: bytes) -> bool:
    """Whether a content is the one that was sealed."""
    return sealed(seal.kind, content, salt) == seal


def proposed(
    lookup: Lookup, case: Case, norms: Sequence[str], as_of: date | None, why: str
) -> tuple[Proposal, ...]:
    """Assess the subject of a case on a snapshot, and take over what is found for norms.

    Raises UsageError where the snapshot has no such subject, or the standard no such norm.
    """
    reader, opening = lookup.reader, case.opening
    subject = lookup.merges.canonical(opening.subject)
    if subject not in reader.entities:
        message = f"{opening.subject}: not in snapshot {reader.snapshot.id}"
        raise UsageError(message)
    standard = load_standard(opening.standard)
    asked = [standard.norm(norm) for norm in dict.fromkeys(norms)]
    (assessment,) = assess(reader, [subject], standard, asked, as_of)
    return tuple(
        _proposal(finding, assessment, reader, as_of, why)
        for finding in assessment.findings
    )


def _proposal(
    finding: Finding,
    assessment: Assessment,
    reader: Reader,
    as_of: date | None,
    why: str,
) -> Proposal:
    records = Grounds(assessment, reader)
    standard = assessment.standard
    norm = standard.norm(finding.norm)
    pairs = zip(finding.elements, norm.elements, strict=True)
    return Proposal(
        norm=norm.id,
        title=norm.title,
        result=finding.result,
        elements=tuple(
            CaseElement(
                id=state.id,
                says=element.says,
                threshold=element.threshold,
                result=state.result,
                grounds=state.grounds,
                facts=_facts(state.facts, state.accepted, records),
                searches=tuple(_search(key, records) for key in state.searches),
            )
            for state, element in pairs
        ),
        proof=finding.proof,
        is_apart=finding.is_apart,
        mitigating=_facts(finding.mitigating, finding.mitigating, records),
        published=_published(finding, records, reader),
        texts=tuple(text.title for text in norm.texts),
        standard=standard.id,
        version=standard.version,
        standard_digest=standard.digest,
        snapshot=reader.snapshot.id,
        manifest=reader.snapshot.manifest_digest,
        as_of=as_of.isoformat() if as_of else None,
        reason=why,
    )


def _facts(
    keys: Sequence[str], accepted: Sequence[str], records: Grounds
) -> tuple[CaseFact, ...]:
    return tuple(
        _fact(records.facts[key], records, is_accepted=key in accepted) for key in keys
    )


def _fact(fact: Fact, records: Grounds, *, is_accepted: bool) -> CaseFact:
    what = records.told(fact.record)
    return CaseFact(
        record=fact.record,
        statement=fact.statement,
        means=meaning(fact),
        says=what.said,
        date=what.day,
        voice=what.voice,
        sources=strength_in_words(fact, is_enough=is_accepted),
        accepted=is_accepted,
        citations=what.citations,
        tie=fact.tie,
    )


def _search(key: str, records: Grounds) -> CaseSearch:
    what = records.told(key)
    looked = records.looked[key]
    return CaseSearch(key, what.said, what.day, looked, what.citations)


def _published(
    finding: Finding, records: Grounds, reader: Reader
) -> tuple[Published, ...]:
    held = set(records.records)
    return tuple(
        Published(
            id=reply.id,
            author=reader.caption(reply.author),
            date=reply.date,
            text=reply.text,
            answers=tuple(one for one in reply.answers if one in held),
        )
        for reply in records.replies(finding)
    )
