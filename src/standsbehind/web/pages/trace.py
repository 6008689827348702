"""Trace: how one entity stands behind another, as a picture and hop by hop with its evidence."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from fastapi import APIRouter, Request
from starlette.responses import Response

from standsbehind.answers.terms import iso
from standsbehind.answers.traces import TRACE_TERMS, traced
from standsbehind.api.answering import Refused
from standsbehind.api.sitting import Sitting
from standsbehind.cases.screening import Captions
from standsbehind.graph.reader import Reader
from standsbehind.model.edge import VOICES
from standsbehind.model.labels import label_of
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.traced import TracedPage
from standsbehind.reports.traced_graph import graph_of
from standsbehind.tracing.filters import Direction
from standsbehind.tracing.paths import Trace
from standsbehind.web.asking import Asked, page
from standsbehind.web.linking import Names

__all__ = ["End", "asked_trace", "ends_of", "router", "terms_of"]

router = APIRouter(include_in_schema=False)

MOST_HOPS = 20
MOST_PATHS = 200
MOST_SECONDS = 5.0
"""Of one search: someone waits before a window."""
_EXAMPLES = (
    ("core-amazon", "core-pl-xinjiang"),
    ("core-lorex", "core-pl-xinjiang"),
    ("core-thermo", "core-pl-xinjiang"),
)
"""Ends of traces in the built-in data; shown where the snapshot holds both."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a trace: what was typed, and the entities that may be meant."""

    field: str
    typed: str
    meant: tuple[tuple[str, str], ...]
    """Id and name of each."""
    is_known: bool

    @property
    def is_choice(self) -> bool:
        """Whether a reader may want to choose one of several."""
        return len(self.meant) > 1


@router.get("/trace")
async def trace(request: Request) -> Response:
    """Trace from one end to the other; without both, ask for them."""
    return await page(request, "tracing.html.j2", _told, lane="slow")


def _told(asked: Asked) -> Mapping[str, Any]:
    reader = asked.held.reader
    terms = terms_of(asked)
    form: dict[str, Any] = {
        "terms": terms,
        "kinds": sorted({schema for schema, _ in reader.links.kinds}),
        "label_of": label_of,
        "voices": tuple(reversed(VOICES)),
        "most": {"max_hops": MOST_HOPS, "limit": MOST_PATHS},
        "usual": TRACE_TERMS,
    }
    found = asked_trace(asked)
    if found is None:
        return {**form, "page": None, "examples": tuple(_examples(reader))}
    made, notes = found
    return {
        **form,
        "page": TracedPage(made, reader),
        "names": Captions(reader),
        "graph": json.dumps(graph_of(made, reader)),
        "link": Names(reader, asked.to),
        "sources": Bibliography(),
        "ends": ends_of(terms, made, reader),
        "notes": notes,
    }


def asked_trace(asked: Asked) -> tuple[Trace, Sequence[str]] | None:
    """Search as the address asks, with what there is to note; None where an end is missing."""
    terms = terms_of(asked)
    if not (terms["source"] and terms["target"]):
        return None
    sitting = Sitting(asked.held)
    return traced(sitting, terms), sitting.notes


def terms_of(asked: Asked) -> Mapping[str, Any]:
    """Read the terms of a trace from the address. Raises Refused for what cannot be one."""
    hubs = asked.number("hubs", 0, 1_000_000)
    return {
        **TRACE_TERMS,
        "source": asked.text("from"),
        "target": asked.text("to"),
        "max_hops": max(1, asked.number("max_hops", 6, MOST_HOPS)),
        "limit": max(1, asked.number("limit", 10, MOST_PATHS)),
        "shortest": asked.text("shortest") == "1",
        "types": ",".join(asked.texts("types")) or None,
        "min_voice": asked.text("min_voice") or None,
        "min_origins": asked.number("min_origins", 0, 100),
        "direction": _direction(asked),
        "hubs": hubs or None,
        "time_limit": MOST_SECONDS,
        "as_of": iso(asked.day()),
    }


def _direction(asked: Asked) -> str:
    found = asked.text("direction", "any")
    if found not in get_args(Direction):
        raise Refused(400, f"direction: {found!r} is none of any, out and in")
    return found


def ends_of(terms: Mapping[str, Any], made: Trace, reader: Reader) -> tuple[End, End]:
    """Say of both ends which entities were meant."""
    question = made.question
    return (
        _end("from", terms["source"], question.sources, reader),
        _end("to", terms["target"], question.targets, reader),
    )


def _end(field: str, typed: str, ids: Sequence[str], reader: Reader) -> End:
    known = tuple((key, reader.caption(key)) for key in ids if key in reader.numbers)
    return End(field, typed, known, is_known=bool(known))


def _examples(reader: Reader) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for ends in _EXAMPLES:
        if all(key in reader.numbers for key in ends):
            first, last = ((key, reader.caption(key)) for key in ends)
            yield first, last
