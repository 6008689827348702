"""Matching by example: what a caller describes becomes a query, and its hits become scored entities."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from math import isfinite
from typing import Any

from standsbehind.api.docs import Doc, docs_of
from standsbehind.api.held import Held
from standsbehind.matching.names import fold
from standsbehind.matching.score import THRESHOLD, Feature
from standsbehind.model.labels import is_matchable, owner_of
from standsbehind.model.schema import is_a, property_type, schemata
from standsbehind.screening.files.countries import countries_in
from standsbehind.screening.judged import judge
from standsbehind.screening.match import Hit, Options, Result, screen
from standsbehind.screening.query import Query

__all__ = [
    "FLOOR",
    "BadExample",
    "Example",
    "Question",
    "Terms",
    "answer_all",
    "explanations",
    "is_long",
    "may_be",
    "query_of",
    "read_example",
    "type_of",
]

FLOOR = 0.4
"""The least score that is ever looked for: below, every name is like many."""
BASE = "Thing"
"""The type of everything that can be found."""
MOST_NAMES = 50
"""Names of one example,"""
MOST_NAMES_AT_ONCE = 1_000
"""and of all examples of a request,"""
MOST_LETTERS = 50_000
"""which have together no more letters than this."""
QUICK_NAMES = 100
"""Names that are searched for so fast that no other request waits for them long,"""
QUICK_LESS_ALIKE = 10
"""those of which names are wanted too that are less alike: they take ten times as long,"""
QUICK_LETTERS = 4_000
"""the letters of all of them,"""
QUICK_LENGTH = 200
"""and those of one."""
LONGEST = 2_000
"""Characters of one value."""
_ALL = 10_000
"""Hits that are held against the terms before the best are taken."""
_PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")
"""What the name of a person is put together from, in its order, where none is given whole."""


class BadExample(ValueError):  # noqa: N818 - it says what is wrong with the example
    """An example that describes nothing that can be looked for."""


@dataclass(frozen=True, slots=True)
class Example:
    """An entity as a caller describes it, with its values as text."""

    id: str | None
    schema: str
    properties: Mapping[str, tuple[str, ...]]

    def to_json(self) -> dict[str, Any]:
        """Give it back as the server understood it."""
        properties = {prop: list(found) for prop, found in self.properties.items()}
        return {"id": self.id, "schema": self.schema, "properties": properties}


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a question is answered."""

    limit: int = 5
    threshold: float = THRESHOLD
    """The score from which an entity counts as a match,"""
    cutoff: float = THRESHOLD
    """and that from which it is returned at all."""
    datasets: frozenset[str] | None = None
    """The entity stands in one of these; None: in any."""
    exclude_schema: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    changed_since: str | None = None
    exclude_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """One example, and the terms for it."""

    example: Example
    terms: Terms

    @property
    def names(self) -> Sequence[str]:
        """The names that are searched for. Raises BadExample where they are too many."""
        return query_of(self.example, 0).asked

    @property
    def cutoff(self) -> float:
        """The least score that is looked for."""
        return max(FLOOR, min(self.terms.cutoff, self.terms.threshold))


def is_long(questions: Sequence[Question]) -> bool:
    """Whether the questions of a request keep others waiting, and belong among the long ones.

    Raises BadExample where one cannot be looked for, or where they are too much together.
    """
    asked = [(one.cutoff, name) for one in questions for name in one.names]
    sizes = [len(name) for _, name in asked]
    if len(asked) > MOST_NAMES_AT_ONCE:
        message = f"{len(asked)} names in one request; at most {MOST_NAMES_AT_ONCE} are searched for"
        raise BadExample(message)
    if sum(sizes) > MOST_LETTERS:
        message = f"the names of the request have {sum(sizes)} letters; at most {MOST_LETTERS} are searched for"
        raise BadExample(message)
    less_alike = sum(cutoff < THRESHOLD for cutoff, _ in asked)
    return (
        len(asked) > QUICK_NAMES
        or less_alike > QUICK_LESS_ALIKE
        or sum(sizes) > QUICK_LETTERS
        or max(sizes, default=0) > QUICK_LENGTH
    )


def read_example(
    key: str | None, schema: str, properties: Mapping[str, object]
) -> Example:
    """Read what a caller describes. Raises BadExample where it cannot be looked for.

    Properties that the type does not have are left out, as yente does.
    """
    if schema not in schemata():
        message = f"No such schema: {schema}"
        raise BadExample(message)
    if schema != BASE and not is_matchable(schema):
        message = f"Non-matchable schema for query: {schema}"
        raise BadExample(message)
    read = {
        prop: tuple(dict.fromkeys(_values(schema, prop, given)))
        for prop, given in properties.items()
        if _has(schema, prop)
    }
    return Example(key, schema, {prop: found for prop, found in read.items() if found})


def _has(schema: str, prop: str) -> bool:
    # A query for anything may describe it by whatever something has.
    return owner_of(schema, prop) is not None or (
        schema == BASE and prop in _anywhere()
    )


@cache
def _anywhere() -> Mapping[str, str]:
    """Tell the kind of each property that some type has."""
    return {
        prop: kind
        for schema in schemata().values()
        for prop, kind in schema.properties.items()
    }


def type_of(schema: str, prop: str) -> str:
    """Return the kind of value that a property of an example holds."""
    if owner_of(schema, prop) is None:
        return _anywhere().get(prop, "string")
    return property_type(schema, prop)


def _values(schema: str, prop: str, given: object) -> Iterator[str]:
    for value in given if isinstance(given, list) else [given]:
        if value is None:
            continue
        text = _text(prop, value)
        if type_of(schema, prop) == "country":
            codes, unknown = countries_in(text)
            yield from (*codes, *unknown)
        elif text:
            yield text


def _text(prop: str, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping) and isinstance(value.get("id"), str):
        value = value["id"]
    if not isinstance(value, str | int | float):
        message = f"{prop}: a value is neither text nor a number"
        raise BadExample(message)
    if isinstance(value, float) and not isfinite(value):
        message = f"{prop}: a number that is none"
        raise BadExample(message)
    try:
        text = str(value).strip()
        text.encode()  # half of a pair of surrogates is no text
    except ValueError as error:
        message = f"{prop}: a value that cannot be written as text"
        raise BadExample(message) from error
    if len(text) > LONGEST:
        message = f"{prop}: a value of {len(text)} characters; at most {LONGEST}"
        raise BadExample(message)
    return text


def query_of(example: Example, row: int) -> Query:
    """Ask for an example: by its names, its numbers and its countries.

    Raises BadExample where it has more names than are searched for.
    """
    names = list(dict.fromkeys(filter(fold, _names(example))))
    if len(names) > MOST_NAMES:
        message = (
            f"{len(names)} names in one example; at most {MOST_NAMES} are searched for"
        )
        raise BadExample(message)
    by_type = [
        (type_of(example.schema, prop), prop, value)
        for prop, values in example.properties.items()
        for value in values
    ]
    return Query(
        row=row,
        name=names[0] if names else "",
        names=tuple(names[1:]),
        countries=tuple(dict.fromkeys(v for t, _, v in by_type if t == "country")),
        identifiers=tuple((p, v) for t, p, v in by_type if t == "identifier"),
        schema=example.schema,
    )


def _names(example: Example) -> Iterator[str]:
    for prop, values in example.properties.items():
        if prop not in _PARTS and type_of(example.schema, prop) == "name":
            yield from values
    parts = [example.properties[part] for part in _PARTS if part in example.properties]
    if parts and "name" not in example.properties:
        yield from (" ".join(chosen) for chosen in islice(product(*parts), MOST_NAMES))


def answer_all(
    held: Held, questions: Sequence[Question]
) -> list[tuple[int, list[Doc]]]:
    """Answer questions together; of each the number of matches, and the best entities."""
    queries = [query_of(one.example, n) for n, one in enumerate(questions)]
    by_cutoff: dict[float, list[int]] = {}
    for place, one in enumerate(questions):
        by_cutoff.setdefault(one.cutoff, []).append(place)
    found: dict[int, Result] = {}
    for cutoff, places in by_cutoff.items():
        options = Options(cutoff, limit=_ALL)
        asked = [queries[place] for place in places]
        results = screen(held.reader, held.lookup, asked, options)
        found |= zip(places, results, strict=True)
    scored = [_scored(held, one, found[n]) for n, one in enumerate(questions)]
    docs_of(held, [hit.entity_id for _, hits in scored for hit, _ in hits])
    return [(count, [_doc(held, *one) for one in hits]) for count, hits in scored]


_Scored = tuple[Hit, bool]
"""A hit, and whether it counts as a match."""


def _scored(
    held: Held, question: Question, result: Result
) -> tuple[int, list[_Scored]]:
    terms = question.terms
    hits = [hit for hit in result.hits if _is_within(held, question, hit)]
    away = _judged_away(held, Result(result.query, tuple(hits)))
    scored = [
        (hit, hit.score >= terms.threshold and hit.entity_id not in away)
        for hit in hits
    ]
    return sum(is_match for _, is_match in scored), scored[: terms.limit]


def _is_within(held: Held, question: Question, hit: Hit) -> bool:
    terms, row = question.terms, held.reader.entities[hit.entity_id]
    if not may_be(question.example.schema, row["schema"]):
        return False
    if row["schema"] in terms.exclude_schema or hit.entity_id in terms.exclude_ids:
        return False
    if terms.datasets is not None and terms.datasets.isdisjoint(row["datasets"]):
        return False
    if terms.topics and terms.topics.isdisjoint(_topics(held, hit.entity_id)):
        return False
    since = terms.changed_since
    changed = held.seen.last_of(held.reader.numbers[hit.entity_id])
    return since is None or (changed is not None and changed >= since)


def _topics(held: Held, entity_id: str) -> Sequence[str]:
    claims = held.reader.claims([entity_id])[entity_id]
    return [c.statement.value for c in claims if c.statement.prop == "topics"]


def may_be(asked: str, found: str) -> bool:
    """Whether what was asked for may be what was found: one type descends from the other."""
    return is_a(found, asked) or (is_a(asked, found) and is_matchable(found))


def _judged_away(held: Held, result: Result) -> frozenset[str]:
    """Name the hits that a person judged not to be the one who is asked for."""
    if not held.memory.state.size:
        return frozenset()
    reader = held.reader
    found = judge(result, held.memory, lambda key: reader.claims([key])[key])
    return frozenset(hit.entity_id for hit in found.aside)


def _doc(held: Held, hit: Hit, is_match: bool) -> Doc:  # noqa: FBT001
    return {
        **held.docs[hit.entity_id],
        "score": hit.score,
        "explanations": explanations(hit.explanation, hit.matched),
        "match": is_match,
    }


def explanations(features: Iterable[Feature], matched: str) -> dict[str, Any]:
    """Give the reasons of a score by their names; several of one name are added up."""
    told: dict[str, Any] = {}
    for feature in features:
        key = feature.feature.replace(" ", "_")
        before = told.get(key)
        detail = f"{before['detail']}; {feature.detail}" if before else feature.detail
        score = round((before["score"] if before else 0.0) + feature.weight, 4)
        told[key] = {
            "detail": detail,
            "score": score,
            "query": None,
            "candidate": matched,
        }
    return told
