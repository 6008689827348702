"""The parts of every JSON answer: citations, listings, links, replies, claims and paths."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from standsbehind.model.citation import Citation
from standsbehind.model.designation import Designation
from standsbehind.model.edge import Edge
from standsbehind.model.reply import Reply
from standsbehind.model.statement import Claim
from standsbehind.resolution.judgements import Standing
from standsbehind.tracing.paths import Path

__all__ = [
    "alias_json",
    "citation_json",
    "citations_json",
    "claim_json",
    "designation_json",
    "edge_json",
    "path_json",
    "reply_json",
    "standing_json",
    "strength_in_words",
]


def citation_json(citation: Citation) -> dict[str, Any]:
    """Give every field of a citation; `digest` says "not captured" where no copy is kept."""
    return {field.name: getattr(citation, field.name) for field in fields(citation)}


def citations_json(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    """Give several citations in their order."""
    return [citation_json(citation) for citation in citations]


def alias_json(claims: Sequence[Claim]) -> dict[str, Any] | None:
    """Give the statement by which an alias met; others that it rests on stand in `also`."""
    if not claims:
        return None
    first, *others = map(_stated_name, claims)
    return {**first, "also": others}


def _stated_name(claim: Claim) -> dict[str, Any]:
    statement = claim.statement
    source = claim.citations[0] if claim.citations else None
    return {
        "value": statement.value,
        "prop": statement.prop,
        "dataset": statement.dataset,
        "url": source.url if source else "",
        "statement": statement.id,
        "publisher": source.publisher if source else "",
        "published": source.published if source else None,
        "quote": source.quote if source else None,
        "from": claim.valid.start,
        "to": claim.valid.end,
        "status": claim.status,
    }


def designation_json(designation: Designation) -> dict[str, Any]:
    """Give a designation with its interval and citations."""
    return {
        "id": designation.id,
        "program": designation.program,
        "tag": designation.tag,
        "listed_name": designation.listed_name,
        "from": designation.interval.start,
        "to": designation.interval.end,
        "status": designation.status,
        "legal_ground": designation.legal_ground,
        "scope": designation.scope,
        "citations": citations_json(designation.citations),
    }


def edge_json(edge: Edge) -> dict[str, Any]:
    """Give an edge with its ends, dates, voice and citations."""
    return {
        "id": edge.id,
        "schema": edge.schema,
        "role": edge.role,
        "source": edge.source,
        "target": edge.target,
        "from": edge.interval.start,
        "to": edge.interval.end,
        "status": edge.status,
        "grade": edge.grade,
        "origins": sorted(edge.origins),
        "summary": edge.summary,
        "amount": edge.amount,
        "citations": citations_json(edge.citations),
    }


def reply_json(reply: Reply) -> dict[str, Any]:
    """Give a reply with what it answers."""
    return {
        "id": reply.id,
        "author": reply.author,
        "about": list(reply.about),
        "answers": list(reply.answers),
        "date": reply.date,
        "text": reply.text,
        "citations": citations_json(reply.citations),
    }


def standing_json(standing: Standing) -> dict[str, Any]:
    """Give a judgement as it stands; `says` tells the same in a sentence."""
    one = standing.judgement
    told = ("id", "verdict", "scope", "author", "reason", "made_at", "until")
    return {
        **{name: getattr(one, name) for name in told},
        "standing": standing.state,
        "changes": [changed.to_json() for changed in standing.changes],
        "outside": list(standing.outside),
        "says": standing.said,
    }


def path_json(path: Path, reader_names: Mapping[str, str]) -> dict[str, Any]:
    """Give a path: each hop with its edge and citations, and the weakest hop by its place."""
    hops = [
        {
            "source": hop.source,
            "source_name": reader_names.get(hop.source, hop.source),
            "target": hop.target,
            "target_name": reader_names.get(hop.target, hop.target),
            "edge": {
                key: value
                for key, value in edge_json(hop.edge).items()
                if key != "citations"
            },
            "citations": citations_json(hop.edge.citations),
            "also": [edge_json(edge) for edge in hop.also],
        }
        for hop in path.hops
    ]
    weakest = path.hops[path.weakest]
    return {
        "hops": hops,
        "weakest": {
            "hop": path.weakest + 1,
            "edge": weakest.edge.id,
            "source": weakest.source,
            "target": weakest.target,
            "grade": weakest.edge.grade,
        },
        "strength": {"grade": weakest.edge.grade, "why": strength_in_words(path)},
    }


def strength_in_words(path: Path) -> str:
    """Say how strong a path is, and why: the voice and the origins of its weakest hop."""
    hop = path.weakest + 1
    of = f"hop {hop}" if len(path.hops) > 1 else "its one hop"
    return f"no stronger than {of}: {path.hops[path.weakest].edge.grade}"


def claim_json(claim: Claim) -> dict[str, Any]:
    """Give a claim: the statement with dates, voice and citations."""
    statement = claim.statement
    return {
        "id": statement.id,
        "prop": statement.prop,
        "value": statement.value,
        "lang": statement.lang,
        "dataset": statement.dataset,
        "valid_from": claim.valid.start,
        "valid_to": claim.valid.end,
        "status": claim.status,
        "citations": citations_json(claim.citations),
    }
