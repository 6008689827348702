"""Answers as JSON: the fields that `behind --json` promises."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import orjson

from standsbehind.cases.counts import Counts
from standsbehind.cases.effects import EntityEffects, Position
from standsbehind.cases.receipt import CODE, code_digest, rules_digest
from standsbehind.cases.screening import (
    AnsweredHit,
    AnsweredRow,
    Captions,
    OwnListAsked,
    ScreenAnswer,
)
from standsbehind.graph.reader import Reader
from standsbehind.model.edge import Edge
from standsbehind.reports.dated import claims_on, designations_on, entity_on
from standsbehind.reports.exposures import exposure_json, role_effects_json
from standsbehind.reports.fields import (
    alias_json,
    citations_json,
    claim_json,
    designation_json,
    edge_json,
    reply_json,
    standing_json,
)
from standsbehind.reports.tested import test_json
from standsbehind.reports.words import NOTICES
from standsbehind.screening.query import Skipped
from standsbehind.standards.effects import LAW_AS_OF, NOT_LEGAL_ADVICE
from standsbehind.store.snapshot import Snapshot

__all__ = [
    "after_results",
    "before_results",
    "effects_json",
    "receipt_for",
    "receipt_of",
    "row_json",
    "show_json",
    "skipped_json",
]


def effects_json(
    found: Sequence[EntityEffects], position: Position, reader: Reader
) -> dict[str, Any]:
    """Give the effects on the first entity; other entities of that name stand in `others`."""
    first, *others = (_entity_effects(one, reader) for one in found)
    return {
        "snapshot": reader.snapshot.id,
        **first,
        "role": position.roles[0] if len(position.roles) == 1 else list(position.roles),
        "in": position.jurisdiction,
        "as_of": position.as_of.isoformat(),
        "law_as_of": LAW_AS_OF.isoformat(),
        "notice": NOT_LEGAL_ADVICE,
        "others": others,
    }


def _entity_effects(found: EntityEffects, reader: Reader) -> dict[str, Any]:
    names = Captions(reader)
    return {
        "entity": _entity(found.entity_id, reader),
        "designations": [designation_json(d) for d in found.designations],
        "effects": role_effects_json(found.effects, found.reached, names),
        "undetermined": [test_json(test, names) for test in found.reached.undetermined],
    }


def _entity(entity_id: str, reader: Reader) -> dict[str, Any]:
    row = reader.entities[entity_id]
    return {
        "id": entity_id,
        "caption": row["caption"],
        "schema": row["schema"],
        "datasets": row["datasets"],
    }


def show_json(
    entity_id: str, reader: Reader, edges: Sequence[Edge], as_of: date | None = None
) -> dict[str, Any]:
    """Give all that the snapshot holds of one entity, or what holds on one day."""
    designations = designations_on(entity_id, reader, as_of)
    told = [entity_id, *(e.id for e in edges), *(d.id for d in designations)]
    entity = entity_on(entity_id, reader, as_of)
    return {
        "snapshot": reader.snapshot.id,
        "as_of": as_of.isoformat() if as_of else None,
        "entity": {
            **_entity(entity_id, reader),
            "properties": {
                name: list(found) for name, found in entity.properties.items()
            },
        },
        "statements": [
            claim_json(claim) for claim in claims_on(entity_id, reader, as_of)
        ],
        "edges": [edge_json(edge) for edge in edges],
        "designations": [designation_json(d) for d in designations],
        "replies": [reply_json(reply) for reply in reader.replies(told)],
    }


def row_json(row: AnsweredRow, names: Mapping[str, str]) -> dict[str, Any]:
    """Give the answer for one row."""
    query = row.result.query
    return {
        "row": query.row,
        "query": {
            "name": query.name,
            "names": list(query.names),
            "countries": list(query.countries),
            "identifiers": [list(pair) for pair in query.identifiers],
            "products": list(query.products),
            "fields": dict(query.fields),
        },
        "hits": [_hit(hit, names) for hit in row.hits],
        "judged": [_hit(hit, names) | {"match": False} for hit in row.judged],
        "status": row.result.status,
    }


def _hit(hit: AnsweredHit, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "entity": {
            "id": hit.hit.entity_id,
            "caption": hit.caption,
            "schema": hit.schema,
        },
        "score": hit.hit.score,
        "match": True,
        "judgements": [standing_json(one) for one in hit.judgements],
        "kind": hit.hit.kind,
        "matched": hit.hit.matched,
        "alias": alias_json(hit.aliases),
        "explanation": [feature.to_json() for feature in hit.hit.explanation],
        "exposures": [exposure_json(one, hit, names) for one in hit.exposures],
        "more_exposures": hit.more_exposures,
        "undetermined": [test_json(test, names) for test in hit.reached.undetermined],
        "links": [edge_json(edge) for edge in hit.links],
        "replies": [reply_json(reply) for reply in hit.replies],
        "citations": citations_json(hit.citations),
    }


def skipped_json(skipped: Skipped) -> dict[str, Any]:
    """Give a row that was not examined, with the reason."""
    return {
        "row": skipped.row,
        "query": {"name": "", "fields": dict(skipped.fields)},
        "hits": [],
        "judged": [],
        "status": "not_examined",
        "reason": skipped.reason,
    }


def before_results(answer: ScreenAnswer) -> dict[str, Any]:
    """Give the fields of a screening that are known before its rows are."""
    return {
        "snapshot": answer.snapshot or None,
        "known_on": answer.known_on,
        "as_of": answer.position.as_of.isoformat(),
        "roles": list(answer.position.roles),
        "in": answer.position.jurisdiction,
        "threshold": answer.options.threshold,
        "lists": [dict(source) for source in answer.lists],
        "not_searched": list(answer.not_searched),
    }


def after_results(
    answer: ScreenAnswer, counts: Counts, receipt: Mapping[str, Any]
) -> dict[str, Any]:
    """Give the fields of a screening that only its rows tell."""
    return {
        "input": {
            "name": answer.intake.name,
            "format": answer.intake.format,
            "sha256": answer.intake.digest,
            "columns": dict(answer.intake.columns),
            "guessed": answer.intake.guessed,
            "notes": list(answer.intake.notes),
        },
        "queries": counts.answered,
        "summary": counts.to_json(),
        "notice": list(NOTICES),
        "law_as_of": LAW_AS_OF.isoformat(),
        "receipt": dict(receipt),
    }


def receipt_of(
    answer: ScreenAnswer, result: str, judgements: Sequence[str]
) -> dict[str, Any]:
    """Name by digest what a screening was made from, and the answer itself.

    `result` is the SHA-256 of the results as a JSON list with sorted keys; `judgements`
    are the ids of those that had a say.
    """
    if answer.against is not None:
        return _receipt_against(answer, answer.against, result)
    return _receipt(
        {
            "input": answer.intake.digest,
            "input_name": answer.intake.name,
            "snapshot": answer.snapshot,
            "snapshot_manifest": answer.manifest,
            "ledger_size": answer.ledger_size,
            "judgements": answer.memory.to_json(judgements) if answer.memory else None,
        },
        _parameters(answer),
        result,
    )


def _receipt_against(
    answer: ScreenAnswer, against: OwnListAsked, result: str
) -> dict[str, Any]:
    made_from = {
        "input": answer.intake.digest,
        "input_name": answer.intake.name,
        "against": against.digest,
        "against_name": against.name,
        "snapshot": None,
        "snapshot_manifest": "",
        "ledger_size": 0,
        "judgements": None,
    }
    parameters = {**_parameters(answer), "against": dict(against.reading)}
    return _receipt(made_from, parameters, result)


def receipt_for(
    verb: str,
    snapshot: Snapshot,
    parameters: Mapping[str, Any],
    document: Mapping[str, Any],
    judgements: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Name by digest what the answer of another verb was made from, and the answer."""
    names = ("name", "entity", "source", "target")
    return _receipt(
        {
            "verb": verb,
            "input": None,
            "input_name": " ".join(parameters[n] for n in names if n in parameters),
            "snapshot": snapshot.id,
            "snapshot_manifest": snapshot.manifest_digest,
            "ledger_size": snapshot.manifest["ledger"]["size"],
            "judgements": judgements,
        },
        parameters,
        hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest(),
    )


def _receipt(
    made_from: Mapping[str, Any], parameters: Mapping[str, Any], result: str
) -> dict[str, Any]:
    receipt = {
        **made_from,
        "code": CODE,
        "code_digest": code_digest(),
        "rules_digest": rules_digest(),
        "law_as_of": LAW_AS_OF.isoformat(),
        "parameters": dict(parameters),
        "result": result,
    }
    whole = orjson.dumps(receipt, option=orjson.OPT_SORT_KEYS)
    return {"id": hashlib.sha256(whole).hexdigest()[:32], **receipt}


def _parameters(answer: ScreenAnswer) -> dict[str, Any]:
    return {
        "as_of": answer.position.as_of.isoformat(),
        "known_on": answer.known_on,
        "roles": list(answer.position.roles),
        "in": answer.position.jurisdiction,
        "threshold": answer.options.threshold,
        "limit": answer.options.limit,
        "schema": answer.options.schema,
        "lists": sorted(answer.options.lists),
        "columns": dict(answer.intake.columns),
        "reading": dict(answer.reading),
    }
