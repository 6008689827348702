"""Reconciliation: the cells of a table become questions, and the hits become candidates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from standsbehind.api.docs import Doc, doc_of
from standsbehind.api.held import Held
from standsbehind.api.matching import (
    BASE,
    Question,
    Terms,
    answer_all,
    may_be,
    read_example,
    type_of,
)
from standsbehind.model.labels import label_of, plural_of
from standsbehind.screening.files.countries import countries_in

__all__ = [
    "Candidates",
    "Cell",
    "Condition",
    "candidates_for",
    "question_of",
    "type_named",
]

LIKE = 0.5
"""The score from which a candidate is shown: a person looks at each."""
SPARE = 5
"""How many times the candidates wanted are looked at, where conditions leave some out."""

Strictness = Literal["any", "should", "all"]
Given = str | bool | int | float | tuple[str, str | None]
"""A value: text, a number, a truth, or the id and name of something reconciled before."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What one property should be."""

    prop: str
    values: tuple[Given, ...]
    required: bool = False
    quantifier: Literal["any", "all", "none"] = "any"


@dataclass(frozen=True, slots=True)
class Cell:
    """One query, whichever version asked it."""

    names: tuple[str, ...]
    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    strictness: Strictness = "any"
    conditions: tuple[Condition, ...] = ()
    limit: int = 5


Candidates = list[dict[str, Any]]


def candidates_for(
    held: Held, cells: Sequence[Cell], questions: Sequence[Question]
) -> list[Candidates]:
    """Find the candidates of each cell, the best first; all cells are searched for together."""
    found = answer_all(held, questions)
    return [
        _candidates(held, cell, docs)
        for cell, (_, docs) in zip(cells, found, strict=True)
    ]


def question_of(cell: Cell, datasets: frozenset[str] | None) -> Question:
    """Put a cell as a question. Raises BadExample where it cannot be looked for."""
    # Several types, or types that only rank, are looked at when the hits are there.
    is_one = len(cell.types) == 1 and cell.strictness != "should"
    schema = cell.types[0] if is_one else BASE
    properties: dict[str, list[object]] = {"name": list(cell.names)}
    for condition in cell.conditions:
        if condition.quantifier != "none":
            told = _texts(schema, condition)
            properties.setdefault(condition.prop, []).extend(told)
    limit = min(cell.limit * SPARE, 500)
    terms = Terms(limit, threshold=LIKE, cutoff=LIKE, datasets=datasets)
    return Question(read_example(None, schema, properties), terms)


def _texts(schema: str, condition: Condition) -> Iterator[object]:
    kind = type_of(schema, condition.prop)
    for value in condition.values:
        if not isinstance(value, tuple):
            yield value
            continue
        key, name = value
        is_code = kind == "country" and bool(countries_in(key)[0])
        yield name if name and kind != "entity" and not is_code else key


def _candidates(held: Held, cell: Cell, docs: Iterable[Doc]) -> Candidates:
    by_id = {doc["id"]: doc for doc in _by_id(held, cell)}
    rest = [doc for doc in docs if doc["id"] not in by_id]
    kept = [doc for doc in (*by_id.values(), *rest) if _fits(held, cell, doc)]
    if cell.strictness == "should" and cell.types:
        # The type says who is among the candidates; their order is that of the scores.
        kept.sort(key=lambda doc: not _is_of(cell, doc))
        kept = sorted(kept[: cell.limit], key=lambda doc: -doc["score"])
    return [_candidate(doc) for doc in kept[: cell.limit]]


def _by_id(held: Held, cell: Cell) -> Iterator[Doc]:
    """Give the entities whose ids stand in the cell."""
    for text in dict.fromkeys((*cell.ids, *cell.names)):
        if (key := held.id_today(text)) is not None:
            reason = {"detail": text, "score": 1.0, "query": text, "candidate": key}
            yield {
                **doc_of(held, key),
                "score": 1.0,
                "explanations": {"same_id": reason},
            }


def _fits(held: Held, cell: Cell, doc: Doc) -> bool:
    if cell.types and cell.strictness != "should" and not _is_of(cell, doc):
        return False
    return all(_meets(held, condition, doc) for condition in cell.conditions)


def _is_of(cell: Cell, doc: Doc) -> bool:
    fits = (may_be(name, doc["schema"]) for name in cell.types)
    return all(fits) if cell.strictness == "all" else any(fits)


def _meets(held: Held, condition: Condition, doc: Doc) -> bool:
    """Whether a condition that is required, or forbids something, lets an entity through."""
    del held
    forbids = condition.quantifier == "none"
    if not condition.required and not forbids:
        return True
    wanted = {str(text).casefold() for text in _texts(doc["schema"], condition)}
    if type_of(doc["schema"], condition.prop) == "country":
        codes = (code for text in wanted for code in countries_in(text)[0])
        wanted = set(codes) or wanted
    held_values: Iterable[str] = doc["properties"].get(condition.prop, ())
    having = {value.casefold() for value in held_values}
    if forbids:
        return wanted.isdisjoint(having)
    return wanted <= having if condition.quantifier == "all" else bool(wanted & having)


def _candidate(doc: Doc) -> dict[str, Any]:
    reasons: Mapping[str, Mapping[str, Any]] = doc["explanations"]
    return {
        "id": doc["id"],
        "name": doc["caption"],
        "description": _description(doc),
        "type": [type_named(doc["schema"])],
        "score": doc["score"],
        # A name alone is never certain, however like it is.
        "match": not reasons.keys().isdisjoint({"same_id", "same_identifier"}),
        "features": [
            {"id": key, "name": key.replace("_", " "), "value": reason["score"]}
            for key, reason in reasons.items()
        ],
    }


def _description(doc: Doc) -> str:
    countries = doc["properties"].get("country", [])
    told = [label_of(doc["schema"]), *map(str.upper, countries[:3])]
    return ", ".join([*told, f"in {', '.join(doc['datasets'][:4])}"])


def type_named(schema: str) -> dict[str, str]:
    """Give a type with its id and name."""
    return {"id": schema, "name": plural_of(schema), "description": label_of(schema)}
