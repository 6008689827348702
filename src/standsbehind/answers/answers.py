"""Answers: what a verb says of the snapshot, asked in terms that a receipt keeps."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from standsbehind.answers.answer import Answer
from standsbehind.answers.assessed import assessed
from standsbehind.answers.by_home import counted_by_home
from standsbehind.answers.committed import committed
from standsbehind.answers.given import Given
from standsbehind.answers.terms import day_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from standsbehind.cases.effects import Position
    from standsbehind.tracing.paths import Path

__all__ = ["Verb", "ask"]

Verb = Literal[
    "match",
    "show",
    "trace",
    "near",
    "common",
    "rank",
    "around",
    "effects",
    "assess",
    "commitments",
    "parity",
    "owners",
    "owned-by",
]


def ask(given: Given, verb: Verb, asked: Mapping[str, Any]) -> Answer:
    """Ask on the snapshot that is given. `asked` holds plain values, as a receipt keeps them."""
    return _ANSWERED[verb](given, asked)


def _position(asked: Mapping[str, Any]) -> "Position":
    from standsbehind.cases.effects import Position

    day = date.fromisoformat(asked["as_of"])
    return Position(day, tuple(asked["roles"]), asked["in"])


def _match(given: Given, asked: Mapping[str, Any]) -> Answer:
    from standsbehind.cases.screening import (
        Answerer,
        Captions,
        judgements_in,
        told_by,
    )
    from standsbehind.reports import document, terminal
    from standsbehind.screening.match import Options, screen_one
    from standsbehind.screening.query import Query

    terms = Options(asked["threshold"], limit=asked["limit"], schema=asked["schema"])
    query = Query(row=1, name=asked["name"], countries=tuple(asked["countries"]))
    reader = given.reader
    memory, position = given.memory, _position(asked)
    answerer = Answerer(reader, given.lookup, position, terms, memory)
    row = answerer.row(screen_one(reader, given.lookup, query, terms))
    found = document.row_json(row, Captions(reader))
    return Answer(
        {"snapshot": reader.snapshot.id, **found},
        list(told_by((row,))),
        lambda: terminal.match_text(row, reader.snapshot),
        memory.to_json(judgements_in((row,))),
    )


def _show(given: Given, asked: Mapping[str, Any]) -> Answer:
    from standsbehind.cases.screening import own_links
    from standsbehind.reports import document, terminal

    reader, day = given.reader, day_of(asked)
    key, *others = given.lookup.find(asked["entity"])
    links = tuple(
        edge
        for edge in own_links(reader, key)
        if day is None or edge.interval.holds_on(day)
    )

    def shown() -> "RenderableType":
        from rich.console import Group

        more = [f"also of that name: {reader.caption(o)} ({o})" for o in others]
        return Group(terminal.show_text(key, reader, links, day), *more)

    def page(made_at: str) -> str:
        from standsbehind.reports.shown import render_record

        return render_record(key, reader, links, (day, others), made_at)

    found = document.show_json(key, reader, links, day)
    parts = ("edges", "designations", "replies")
    told = [key, *(one["id"] for part in parts for one in found[part])]
    return Answer(found, told, shown, page=page)


def _trace(given: Given, asked: Mapping[str, Any]) -> Answer:
    from standsbehind.answers.traces import traced
    from standsbehind.reports.tracing import paths_text, trace_json

    found = traced(given, asked)

    def page(made_at: str) -> str:
        from standsbehind.reports.traced import render_trace

        return render_trace(found, given.reader, made_at)

    def picture() -> str:
        from standsbehind.reports.traced import draw_trace

        return draw_trace(found, given.reader)

    return Answer(
        trace_json(found, given.reader),
        list(dict.fromkeys(told for path in found.paths for told in _walked(path))),
        lambda: paths_text(found, given.reader),
        page=page,
        picture=picture if found.paths else None,
    )


def _near(given: Given, asked: Mapping[str, Any]) -> Answer:
    from standsbehind.answers.traces import near_found
    from standsbehind.reports.tracing import near_json, near_text

    found = near_found(given, asked)
    return Answer(
        near_json(found, given.reader),
        list(dict.fromkeys(told for one in found.found for told in _walked(one.path))),
        lambda: near_text(found, given.reader),
    )


def _walked(path: "Path") -> Iterator[str]:
    yield from path.entities
    yield from (hop.edge.id for hop in path.hops)


def _effects(given: Given, asked: Mapping[str, Any]) -> Answer:
    from standsbehind.cases.effects import effects_for
    from standsbehind.reports import document, terminal_effects

    reader, position = given.reader, _position(asked)
    keys = given.lookup.find(asked["entity"])
    found = effects_for(reader, keys, position)
    listings = [listing.id for one in found for listing in one.designations]
    reached = [e for one in found for _, effects in one.effects for e in effects]
    others = [
        key
        for e in reached
        for key in (e.designation, e.listed, *e.evidence)
        if e.listed and key
    ]
    return Answer(
        document.effects_json(found, position, reader),
        list(dict.fromkeys((*keys, *listings, *others))),
        lambda: terminal_effects.effects_text(found, position, reader),
    )


def _ownership(
    given: Given, asked: Mapping[str, Any], side: "Literal['owners', 'assets']"
) -> Answer:
    from standsbehind.cases.ownership import examine
    from standsbehind.reports.ownership import ownership_json, ownership_text
    from standsbehind.tracing.ownership import Question, ownership

    reader, day = given.reader, date.fromisoformat(asked["as_of"])
    key, *others = given.lookup.find(asked["entity"])
    by = tuple(dict.fromkeys(map(given.lookup.find_one, asked["by"])))
    found = ownership(reader, Question(key, side, day, by, asked["limit"]))
    tests = examine(reader, key, day, by, asked["tests"])
    stakes = [*found.stakes, *(stake for test in tests for stake in test.proof)]
    told = [key, *by, *(h.id for h in found.holders), *(s.edge.id for s in stakes)]

    def page(made_at: str) -> str:
        from standsbehind.reports.owned import render_ownership

        return render_ownership(found, tests, reader, made_at)

    def picture() -> str:
        from standsbehind.reports.owned import draw_ownership

        return draw_ownership(found, reader)

    return Answer(
        ownership_json(found, tests, reader, others),
        list(dict.fromkeys(told)),
        lambda: ownership_text(found, tests, reader, others),
        page=page,
        picture=picture if found.stakes else None,
    )


def _common(given: Given, asked: Mapping[str, Any]) -> Answer:
    from standsbehind.answers.traces import common_found
    from standsbehind.reports.reporting import common_json, common_text

    found = common_found(given, asked)
    paths = [path for one in found.shared for path in one.paths]
    return Answer(
        common_json(found, given.reader),
        list(dict.fromkeys(told for path in paths for told in _walked(path))),
        lambda: common_text(found, given.reader),
    )


def _rank(given: Given, asked: Mapping[str, Any]) -> Answer:
    from standsbehind.answers.traces import ranking_of
    from standsbehind.reports.reporting import ranking_json, ranking_text

    found = ranking_of(given, asked)
    told = [
        key
        for one in found.ranked
        for key in (one.entity_id, *one.others, *(edge.id for edge in one.edges))
    ]
    return Answer(
        ranking_json(found, given.reader),
        list(dict.fromkeys(told)),
        lambda: ranking_text(found, given.reader),
    )


def _around(given: Given, asked: Mapping[str, Any]) -> Answer:
    from standsbehind.cases.screening import own_links
    from standsbehind.reports.reporting import around_json, around_text
    from standsbehind.tracing.around import around

    reader, days = given.reader, asked["days"]
    key = given.lookup.find_one(asked["entity"])
    found = around(reader, key, own_links(reader, key), days)
    edges = [change.edge.id for one in found for change in one.changes]
    return Answer(
        around_json(found, key, days, reader),
        list(dict.fromkeys([key, *(one.designation.id for one in found), *edges])),
        lambda: around_text(found, key, days, reader),
    )


_ANSWERED: Mapping[Verb, Callable[[Given, Mapping[str, Any]], Answer]] = {
    "match": _match,
    "show": _show,
    "trace": _trace,
    "near": _near,
    "common": _common,
    "rank": _rank,
    "around": _around,
    "effects": _effects,
    "assess": assessed,
    "commitments": committed,
    "parity": counted_by_home,
    "owners": partial(_ownership, side="owners"),
    "owned-by": partial(_ownership, side="assets"),
}
