"""An answered row: one row of a screening, answered again on its snapshot to be set out whole."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import orjson

from standsbehind.api.answering import Refused
from standsbehind.api.held import Held
from standsbehind.api.jobs import JobFolder
from standsbehind.cases.effects import Position
from standsbehind.cases.screening import (
    AnsweredRow,
    Answerer,
    Captions,
    ScreenAnswer,
)
from standsbehind.model.citation import Digest
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.outline import Outline
from standsbehind.screening.match import Options, screen_one
from standsbehind.screening.query import Intake, Query

__all__ = ["row_told"]


def row_told(
    held: Held, job: JobFolder, asked: Mapping[str, Any], number: int
) -> Mapping[str, Any]:
    """Answer a row as it was answered. Raises Refused where the file has no such row."""
    kept = _kept_row(job, number)
    position = Position(
        date.fromisoformat(asked["as_of"]), tuple(asked["roles"]), asked["in"]
    )
    terms = Options(asked["threshold"], frozenset(asked["lists"]))
    answerer = Answerer(held.reader, held.lookup, position, terms, held.memory)
    answered: tuple[AnsweredRow, ...] = ()
    if kept["status"] != "not_examined":
        met = screen_one(held.reader, held.lookup, _query(kept), terms)
        answered = (_as_kept(answerer.row(met), kept),)
    answer = ScreenAnswer(
        intake=_intake(job),
        position=position,
        options=terms,
        snapshot=held.snapshot.id,
        lists=(),
        not_searched=(),
        rows=answered,
        names=Captions(held.reader),
        memory=held.memory,
    )
    return {
        "kept": kept,
        "job_id": job.id,
        "page": Outline(answer),
        "answer": answer,
        "position": position,
        "sources": Bibliography(),
    }


def _as_kept(row: AnsweredRow, kept: Mapping[str, Any]) -> AnsweredRow:
    """Leave of an answer what the result holds: people may have judged since."""
    ids = {hit["entity"]["id"] for hit in kept["hits"]}
    hits = tuple(hit for hit in row.told if hit.hit.entity_id in ids)
    return replace(row, hits=hits, judged=())


def _kept_row(job: JobFolder, number: int) -> Mapping[str, Any]:
    begins = b'{"row":%d,' % number
    with job.result("jsonl").open("rb") as lines:
        for line in lines:
            if line.startswith(begins):
                found: Mapping[str, Any] = orjson.loads(line)
                return found
    raise Refused(404, f"the file has no row {number}")


def _query(kept: Mapping[str, Any]) -> Query:
    asked = kept["query"]
    return Query(
        row=kept["row"],
        name=asked["name"],
        names=tuple(asked["names"]),
        countries=tuple(asked["countries"]),
        identifiers=tuple((kind, value) for kind, value in asked["identifiers"]),
        products=tuple(asked["products"]),
        fields=asked["fields"],
    )


def _intake(job: JobFolder) -> Intake:
    read = job.state()["input"]
    return Intake(
        name=read["name"],
        format=read["format"],
        digest=Digest(read["sha256"]),
        size=job.input.stat().st_size,
        columns=read["columns"],
        guessed=read["guessed"],
        notes=tuple(read["notes"]),
    )
