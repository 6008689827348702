"""`POST /match`: who may be the ones that are described."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from standsbehind.api.answering import Refused, as_json, is_text
from standsbehind.api.asking import (
    ChangedSince,
    DatasetName,
    Names,
    refusals,
    scope_of,
)
from standsbehind.api.desk import Desk
from standsbehind.api.docs import Doc
from standsbehind.api.held import Held
from standsbehind.api.matching import (
    BadExample,
    Example,
    Question,
    Terms,
    answer_all,
    is_long,
    read_example,
)
from standsbehind.api.metrics import Metrics
from standsbehind.api.shapes.entities import (
    AskedExample,
    MatchBody,
    MatchResponse,
    QueryOptions,
)
from standsbehind.api.together import Together
from standsbehind.matching.score import THRESHOLD

__all__ = ["ALGORITHM", "BEST", "algorithm_named", "router"]

router = APIRouter(tags=["Matching"])

BEST = "best"
ALGORITHM = "standsbehind-1"
MOST_RESULTS = 500
RESULTS = 5


def algorithm_named(name: str) -> str:
    """Return the algorithm of a name. Raises Refused for one that is not here."""
    if name not in {BEST, ALGORITHM}:
        raise Refused(400, f"Unknown algorithm: {name}; known are {BEST}, {ALGORITHM}")
    return ALGORITHM


class Wanted:
    """The terms of a request, as its address tells them."""

    def __init__(
        self,
        limit: Annotated[int, Query(le=MOST_RESULTS)] = RESULTS,
        threshold: Annotated[float, Query(allow_inf_nan=False)] = THRESHOLD,
        cutoff: Annotated[
            float, Query(deprecated=True, allow_inf_nan=False)
        ] = THRESHOLD,
        algorithm: str = BEST,
        include_dataset: Names = [],
        exclude_schema: Names = [],
        exclude_dataset: Names = [],
        topics: Names = [],
        changed_since: ChangedSince = None,
        exclude_entity_ids: Annotated[list[str], Query(max_length=50)] = [],
    ) -> None:
        algorithm_named(algorithm)
        self.include = include_dataset
        self.exclude = exclude_dataset
        self.excluded_ids = exclude_entity_ids
        self.limit = max(0, limit)
        self.terms = Terms(
            limit=self.limit,
            threshold=threshold,
            cutoff=cutoff,
            exclude_schema=frozenset(exclude_schema),
            topics=frozenset(topics),
            changed_since=changed_since,
        )

    def of_request(self, held: Held, dataset: str) -> Terms:
        """Give the terms that hold where a query has none of its own."""
        return replace(
            self.terms,
            datasets=scope_of(held, dataset, self.include, self.exclude),
            exclude_ids=_canonical(held, self.excluded_ids),
        )

    def of_query(
        self, held: Held, dataset: str, options: QueryOptions | None, common: Terms
    ) -> Terms:
        """Give the terms of one query."""
        if options is None:
            return common
        given = options.model_dump(exclude_none=True)
        datasets = scope_of(
            held,
            dataset,
            given.pop("include_dataset", self.include),
            given.pop("exclude_dataset", self.exclude),
        )
        excluded = given.pop("exclude_entity_ids", None)
        ids = common.exclude_ids if excluded is None else _canonical(held, excluded)
        sets = {k: frozenset(v) for k, v in given.items() if isinstance(v, list)}
        return replace(common, **{**given, **sets}, datasets=datasets, exclude_ids=ids)


def _canonical(held: Held, ids: list[str]) -> frozenset[str]:
    return frozenset(map(held.merges.canonical, ids))


@router.post(
    "/match/{dataset}",
    summary="Match by example",
    response_model=MatchResponse,
    responses=refusals(400, 404),
)
async def match(
    request: Request,
    dataset: DatasetName,
    body: MatchBody,
    wanted: Annotated[Wanted, Depends()],
) -> Response:
    """Find the entities that may be the ones described, up to 100 descriptions at once.

    A result is a lead to examine, not an identity; no result is not an all-clear. Scores
    come from names, countries and identifiers: other properties are given back and have no
    say. A query may bring `options` of its own.
    """
    _refuse_settings(body)
    desk: Desk = request.app.state.desk
    held = desk.quick.held
    questions = _questions(held, dataset, body, wanted)
    answers = await _answers(request, list(questions.values()))
    metrics: Metrics = request.app.state.metrics
    metrics.queries += len(questions)
    metrics.matches += sum(count for count, _ in answers)
    responses = {
        key: _answered(questions[key], *answer)
        for key, answer in zip(questions, answers, strict=True)
    }
    document = {"responses": responses, "limit": wanted.limit}
    return as_json(document, headers={"x-batch-size": str(len(responses))})


async def _answers(
    request: Request, questions: Sequence[Question]
) -> Sequence[tuple[int, list[Doc]]]:
    together: Together[Question, tuple[int, list[Doc]]] = request.app.state.matching
    if _is_long(questions):
        desk: Desk = request.app.state.desk
        return await desk.slow.run(lambda held: answer_all(held, questions))
    return await together.ask(questions)


def _is_long(questions: Sequence[Question]) -> bool:
    try:
        return is_long(questions)
    except BadExample as error:
        raise Refused(400, f"Cannot parse example entity: {error}") from error


def _refuse_settings(body: MatchBody) -> None:
    for key in body.config:
        message = f"Invalid configuration parameter: {key} for algorithm {ALGORITHM}"
        raise Refused(400, message)
    for key in body.weights:
        message = f"Invalid weight: {key}; {ALGORITHM} has no weights to set"
        raise Refused(400, message)
    if not body.queries:
        raise Refused(400, "No queries provided.")


def _questions(
    held: Held, dataset: str, body: MatchBody, wanted: Wanted
) -> dict[str, Question]:
    common = wanted.of_request(held, dataset)
    questions = {}
    for key, asked in body.queries.items():
        if not is_text(key):
            raise Refused(400, "The key of a query cannot be written as text.")
        terms = wanted.of_query(held, dataset, asked.options, common)
        questions[key] = Question(_example(asked), terms)
    return questions


def _example(asked: AskedExample) -> Example:
    try:
        return read_example(asked.id, asked.schema_, asked.properties)
    except BadExample as error:
        raise Refused(400, f"Cannot parse example entity: {error}") from error


def _answered(question: Question, count: int, results: list[Doc]) -> Mapping[str, Any]:
    return {
        "status": 200,
        "results": results,
        "total": {"value": count, "relation": "eq"},
        "query": question.example.to_json(),
    }
