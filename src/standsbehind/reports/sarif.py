"""SARIF: a screening as the log that code scanning reads, each hit at the line of its row."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import orjson

from standsbehind import __version__
from standsbehind.cases.counts import Counts
from standsbehind.cases.screening import AnsweredHit, AnsweredRow, ScreenAnswer
from standsbehind.reports.fields import citations_json
from standsbehind.reports.limits import limits
from standsbehind.reports.lines import Line, citations_of_hit, lines_of_row
from standsbehind.reports.plain import one_line
from standsbehind.reports.words import JUDGED, NOTICES, outcome
from standsbehind.screening.query import Skipped

__all__ = ["to_sarif"]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
"""Where the schema of the OASIS standard (SARIF 2.1.0, errata 01) can be had."""

_RULES: Mapping[str, tuple[str, str, str]] = {
    "listed": (
        "A row may name somebody whom a list names",
        (
            "A list names an entity like the row's on the day asked about. A person has to "
            "examine whether they are the same."
        ),
        "warning",
    ),
    "connected": (
        "A row may name somebody behind whom a listed name stands",
        (
            "Evidence leads from an entity like the row's, which no list names on the day "
            "asked about, to a name that a list has or had. A person has to examine both."
        ),
        "warning",
    ),
    "on-record": (
        "A row may name somebody on record",
        "An entity like the row's is on record; no list was found to name it on that day.",
        "note",
    ),
    "not-examined": (
        "A row was not examined",
        "The row gives nothing that could be asked about, so nothing is said of it.",
        "warning",
    ),
}
"""What a result can be: its title, what it means, and its level. None is an error: a hit is a
lead, and to say more is for a person."""


def to_sarif(answer: ScreenAnswer) -> str:
    """Write the answer as a SARIF 2.1.0 log; a row without a hit is no result in it.

    Lines stand where the file is text with a row on its lines; a workbook has none.
    """
    run = {
        "tool": {"driver": _driver()},
        "invocations": [_invocation(answer)],
        "artifacts": [_artifact(answer)],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [*_results(answer)],
        "properties": _terms(answer),
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return f"{orjson.dumps(log, option=orjson.OPT_INDENT_2).decode()}\n"


def _driver() -> dict[str, Any]:
    return {
        "name": "standsbehind",
        "version": __version__,
        "informationUri": "https://github.com/standsbehind/standsbehind",
        "rules": [
            {
                "id": rule,
                "shortDescription": {"text": title},
                "fullDescription": {"text": meaning},
                "help": {"text": f"{meaning} {' '.join(NOTICES)}"},
                "defaultConfiguration": {"level": level},
            }
            for rule, (title, meaning, level) in _RULES.items()
        ],
    }


def _invocation(answer: ScreenAnswer) -> dict[str, Any]:
    """Say in notifications what holds for the whole, so that no results is not read as clear."""
    counts = Counts.of((*answer.rows, *answer.skipped))
    told = (
        f"{outcome(counts)}. {' '.join(NOTICES)}",
        *(f"{limit.what}: {limit.why}" for limit in limits(answer)),
    )
    notes = [{"level": "note", "message": _message(text)} for text in told]
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _terms(answer: ScreenAnswer) -> dict[str, Any]:
    return {
        "snapshot": answer.snapshot or None,
        "searched": answer.searched,
        "known_on": answer.known_on,
        "as_of": answer.position.as_of.isoformat(),
        "roles": list(answer.position.roles),
        "in": answer.position.jurisdiction,
        "threshold": answer.options.threshold,
        "lists": [source["id"] for source in answer.lists],
        "not_searched": list(answer.not_searched),
        "notices": list(NOTICES),
    }


def _artifact(answer: ScreenAnswer) -> dict[str, Any]:
    return {
        "location": _address(answer),
        "length": answer.intake.size,
        "hashes": {"sha-256": answer.intake.digest},
        "roles": ["analysisTarget"],
    }


def _address(answer: ScreenAnswer) -> dict[str, Any]:
    """Name the file as it was named to us; a path within the repository is one from its root."""
    path = PurePath(answer.reading.get("file") or answer.intake.name)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    if path == PurePath("-"):
        path = PurePath(answer.intake.name)
    uri = quote(path.as_posix())
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _results(answer: ScreenAnswer) -> Iterator[dict[str, Any]]:
    for row in answer.rows:
        if row.told:
            lines = lines_of_row(row, answer)
            for hit, line in zip(row.told, lines, strict=True):
                yield _of_hit(row, hit, line, answer)
    for skipped in answer.skipped:
        yield _of_skipped(skipped, answer)


def _of_hit(
    row: AnsweredRow, hit: AnsweredHit, line: Line, answer: ScreenAnswer
) -> dict[str, Any]:
    said = _said_of(line)
    result = {
        **_result(_rule_of(hit, line), line.row, said, answer),
        "partialFingerprints": {"rowAndEntity/v1": _fingerprint(line, answer)},
        "properties": {
            "row": line.row,
            "name": line.name,
            "entity": {
                "id": line.entity_id,
                "caption": line.entity,
                "schema": line.schema,
            },
            "score": hit.hit.score,
            "programs": line.programs,
            "effects": line.effects,
            "paths": line.paths,
            "citations": citations_json(tuple(dict.fromkeys(citations_of_hit(hit)))),
        },
    }
    if hit in row.judged:
        why = one_line(f"{JUDGED} {line.judgements}")
        aside = {"kind": "external", "status": "accepted", "justification": why}
        return {**result, "suppressions": [aside]}
    return result


def _rule_of(hit: AnsweredHit, line: Line) -> str:
    if line.lists:
        return "listed"
    return "connected" if any(x.path for x in hit.exposures) else "on-record"


def _said_of(line: Line) -> str:
    parts = (
        f'Row {line.row}, "{line.name}"',
        f"May be {line.entity} ({line.entity_id})",
        f"Score: {line.score}, by {line.kind} {line.matched}",
        line.lists and f"Listed: {line.lists}",
        line.paths and f"Paths: {line.paths}",
        line.effects and f"Effects: {line.effects}",
        line.judgements and f"Judged: {line.judgements}",
        line.note,
    )
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _of_skipped(skipped: Skipped, answer: ScreenAnswer) -> dict[str, Any]:
    said = f"Row {skipped.row} was not examined: {skipped.reason}. {NOTICES[1]}"
    return {
        **_result("not-examined", skipped.row, said, answer),
        "properties": {"row": skipped.row, "reason": skipped.reason},
    }


def _result(rule: str, row: int, said: str, answer: ScreenAnswer) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {**_address(answer), "index": 0}}
    if answer.intake.line_of is not None:
        place["region"] = {"startLine": answer.intake.line_of(row)}
    return {
        "ruleId": rule,
        "ruleIndex": list(_RULES).index(rule),
        "level": _RULES[rule][2],
        "message": _message(said),
        "locations": [{"physicalLocation": place}],
    }


def _fingerprint(line: Line, answer: ScreenAnswer) -> str:
    """Tell a hit apart by what met whom, so that it stays the same when its row moves."""
    parts: Sequence[str] = (line.name, line.entity_id, answer.intake.name)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _message(text: str) -> dict[str, str]:
    """Write text in which nothing is read as a link or a placeholder (SARIF 3.11.5, 3.11.6)."""
    whole = one_line(text).replace("{", "{{").replace("}", "}}")
    for sign in ("\\", "[", "]"):
        whole = whole.replace(sign, f"\\{sign}")
    return {"text": whole}
