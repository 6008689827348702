"""Shapes of yente: entities, matches, search results, the catalog and the algorithms."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from standsbehind.api.shapes.bounds import MOST_QUERIES, at_most

__all__ = [
    "Adjacent",
    "AdjacentProperty",
    "Algorithms",
    "Catalog",
    "EntityResponse",
    "ErrorResponse",
    "MatchBody",
    "MatchResponse",
    "SearchResponse",
    "StatusResponse",
]

Moment = Annotated[
    str,
    Field(
        pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$",
        examples=["2026-11-23T00:00:00"],
    ),
]
"""ISO to the second, in UTC, without a time zone: as FollowTheMoney writes it."""


class ErrorResponse(BaseModel):
    """What went wrong, in the form of yente; where a field is wrong, a list of the fields."""

    detail: str | list[dict[str, Any]] = Field(examples=["No such dataset."])
    errors: list[dict[str, Any]] | None = Field(
        None,
        description="The fields, where JSON that came as text is not of its shape.",
    )


class EntityResponse(BaseModel):
    """An entity in FollowTheMoney's form; a property of type entity may hold the entity itself."""

    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(examples=["core-hikvision"])
    caption: str
    schema_: str = Field(alias="schema", examples=["Company"])
    properties: dict[str, list["str | EntityResponse"]]
    datasets: list[str]
    referents: list[str] = Field(description="The ids of records that are one here.")
    target: bool = Field(description="Whether a list ever named it.")
    first_seen: Moment | None = Field(description="When it came into the data.")
    last_seen: Moment | None = Field(description="When a list of it was last read.")
    last_change: Moment | None = Field(description="When something of it last changed.")


class FeatureResult(BaseModel):
    """One reason of a score."""

    detail: str | None
    score: float = Field(description="What it adds to the score, or takes from it.")
    query: str | None
    candidate: str | None = Field(description="The name or number that met.")


class ScoredEntity(EntityResponse):
    """An entity that may be the one asked for. A match is a lead to examine, not an identity."""

    score: float = Field(ge=0, le=1)
    explanations: dict[str, FeatureResult]
    match: bool


class Total(BaseModel):
    """How many there are."""

    value: int
    relation: Literal["eq"]


class QueryOptions(BaseModel):
    """Terms for one query, in place of those of the request; an addition of this server."""

    model_config = ConfigDict(extra="forbid")

    limit: int | None = Field(None, ge=0, le=500)
    threshold: float | None = Field(None, ge=0, le=1, allow_inf_nan=False)
    cutoff: float | None = Field(None, ge=0, le=1, allow_inf_nan=False)
    include_dataset: list[str] | None = None
    exclude_dataset: list[str] | None = None
    exclude_schema: list[str] | None = None
    topics: list[str] | None = None
    exclude_entity_ids: list[str] | None = Field(
        None, max_length=10_000, description="As many as one query needs."
    )


def _plain(given: object) -> object:
    """Say it once where a value is of no use: a list of all costs seconds."""
    if isinstance(given, dict) and not all(
        isinstance(value, str | bool | int | float | list) for value in given.values()
    ):
        message = "a value is neither text nor a number nor a list"
        raise ValueError(message)
    return given


class EntityExample(BaseModel):
    """An entity as the caller describes it."""

    model_config = ConfigDict(populate_by_name=True)

    id: str | None = Field(None, examples=["my-entity-id"])
    schema_: str = Field(alias="schema", examples=["Company"])
    properties: Annotated[
        dict[str, str | bool | int | float | list[Any]],
        BeforeValidator(_plain),
        at_most(500, "properties"),
    ] = Field(examples=[{"name": ["Hikvision"], "country": ["cn"]}])


class AskedExample(EntityExample):
    """An example with terms of its own."""

    options: QueryOptions | None = None


class MatchBody(BaseModel):
    """Up to 100 examples, each under a key of the caller's."""

    weights: Annotated[dict[str, float], at_most(100, "weights")] = Field(
        {}, description="Must be empty: this matcher has no weights to set."
    )
    config: Annotated[
        dict[str, str | int | float | bool | None], at_most(100, "settings")
    ] = Field({}, description="Must be empty: no algorithm here is configured.")
    queries: Annotated[
        dict[str, AskedExample], at_most(MOST_QUERIES, "queries in one batch")
    ]


class Matches(BaseModel):
    """The answer to one example."""

    status: int = 200
    results: list[ScoredEntity]
    total: Total = Field(description="How many count as a match.")
    query: EntityExample


class MatchResponse(BaseModel):
    """The answers, each under the key of its example. No result is not an all-clear."""

    responses: dict[str, Matches]
    limit: int


class FacetItem(BaseModel):
    """How many of the results have one value."""

    name: str
    label: str
    count: int


class Facet(BaseModel):
    """The values of one field among the results."""

    label: str
    values: list[FacetItem]


class SearchResponse(BaseModel):
    """A page of what was found."""

    results: list[EntityResponse]
    facets: dict[str, Facet]
    total: Total
    limit: int
    offset: int


class AdjacentProperty(BaseModel):
    """A page of the neighbours by one property."""

    results: list[str | EntityResponse]
    total: Total
    limit: int
    offset: int


class Adjacent(BaseModel):
    """An entity, and its neighbours by property."""

    entity: EntityResponse
    adjacent: dict[str, AdjacentProperty]


class StatusResponse(BaseModel):
    """Whether it serves."""

    status: str = Field(examples=["ok"])


class CatalogDataset(BaseModel):
    """One source of the snapshot, or the whole of them."""

    name: str
    title: str
    summary: str | None = None
    url: str | None = None
    load: bool
    entities_url: str | None = None
    version: str = Field(description="The snapshot that holds it.")
    index_version: str | None
    index_current: bool
    children: list[str]
    entity_count: int | None = None
    last_export: Moment | None = None
    publisher: dict[str, str] | None = None


class Catalog(BaseModel):
    """What can be asked, and whether it is up to date."""

    datasets: list[CatalogDataset]
    current: list[str]
    outdated: list[str] = Field(description="Sources whose last pull failed.")
    index_stale: bool


class FeatureDoc(BaseModel):
    """What one reason of a score means."""

    description: str
    coefficient: float = 0.0
    url: str = ""


class Algorithm(BaseModel):
    """A way to score."""

    name: str
    description: str | None
    features: dict[str, FeatureDoc]
    docs: dict[str, Any]


class Algorithms(BaseModel):
    """The ways to score."""

    algorithms: list[Algorithm]
    default: str
    best: str


EntityResponse.model_rebuild()
