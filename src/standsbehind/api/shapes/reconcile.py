"""Shapes of reconciliation: version 0.2, as OpenRefine speaks it, and the draft of 1.0 beside it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel

from standsbehind.api.shapes.bounds import MOST_QUERIES, at_most

__all__ = [
    "DraftBatch",
    "DraftExtendQuery",
    "DraftExtended",
    "DraftManifest",
    "DraftResults",
    "ExtendQuery",
    "Extended",
    "Manifest",
    "Proposal",
    "Results",
    "SuggestedEntities",
    "SuggestedProperties",
    "SuggestedTypes",
    "Value",
]


class EntityValue(BaseModel):
    """A value that was reconciled before."""

    id: str
    name: str | None = None


Value = str | bool | int | float | EntityValue
"""A value of a property, as both versions allow it."""
Values = Value | list[Value]


class PropertyCondition(BaseModel):
    """What a property should be."""

    pid: str = Field(description="`Company:jurisdiction`, or `jurisdiction`")
    v: Values


class ReconQuery(BaseModel):
    """One query of version 0.2."""

    model_config = ConfigDict(extra="forbid")

    query: str | None = None
    type: str | list[str] | None = None
    limit: Annotated[float, Field(allow_inf_nan=False)] | None = None
    properties: list[PropertyCondition] = []
    type_strict: Literal["any", "should", "all"] = "any"


class ReconBatch(
    RootModel[
        Annotated[dict[str, ReconQuery], at_most(MOST_QUERIES, "queries in one batch")]
    ]
):
    """Queries, each under a key of the client's."""


class Setting(BaseModel):
    """How one property is to be given."""

    limit: Annotated[
        float,
        Field(ge=0, allow_inf_nan=False),
        # A form of OpenRefine sends text, and none for a field that was emptied.
        BeforeValidator(lambda given: given or 0),
    ] = 0
    render: Literal["caption", "raw"] = "caption"


class ExtendProperty(BaseModel):
    """One property that is wanted."""

    id: str
    settings: Setting = Setting()


class ExtendQuery(BaseModel):
    """Of which entities which properties are wanted."""

    ids: list[str]
    properties: Annotated[list[ExtendProperty], at_most(100, "properties")]


class Named(BaseModel):
    """Something with an id and a name."""

    id: str
    name: str
    description: str | None = None


class Feature(BaseModel):
    """One reason of a score."""

    id: str
    name: str
    value: float


class Candidate(BaseModel):
    """An entity that may be the one. `match` only where a number or the id itself met."""

    id: str
    name: str
    description: str
    type: list[Named]
    score: float
    match: bool
    features: list[Feature]


class Result(BaseModel):
    """The candidates for one query, the best first."""

    result: list[Candidate]


class Results(RootModel[dict[str, Result]]):
    """The candidates for each query, under its key."""


class ExtendMeta(BaseModel):
    """What a property is called."""

    id: str
    name: str


class Extended(BaseModel):
    """The values of each entity by property."""

    meta: list[ExtendMeta]
    rows: dict[str, dict[str, list[dict[str, Any]]]]


class Proposal(BaseModel):
    """Properties that entities of a type can be extended by."""

    limit: int
    type: str
    properties: list[ExtendMeta]


class _Suggested(BaseModel):
    code: Literal["/api/status/ok"]
    status: Literal["200 OK"]
    prefix: str


class SuggestedEntity(Named):
    """An entity whose name begins so."""

    type: list[Named]
    notable: list[Named]


class SuggestedEntities(_Suggested):
    """Entities whose names begin so."""

    result: list[SuggestedEntity]


class SuggestedProperties(_Suggested):
    """Properties whose names begin so."""

    result: list[Named]


class SuggestedTypes(_Suggested):
    """Types whose names begin so."""

    result: list[Named]


class ManifestUrl(BaseModel):
    """A template of an address."""

    url: str


class ManifestPreview(BaseModel):
    """Where a small page about an entity is, and how large it is."""

    url: str
    width: int
    height: int


class ManifestService(BaseModel):
    """Where a service is."""

    service_url: str
    service_path: str


class ManifestSuggest(BaseModel):
    """Where suggestions are."""

    entity: ManifestService
    type: ManifestService
    property: ManifestService


class ManifestExtend(BaseModel):
    """Where properties are proposed, and how values can be given."""

    propose_properties: ManifestService
    property_settings: list[dict[str, Any]]


class Manifest(BaseModel):
    """What the service can do, in version 0.2."""

    versions: list[str]
    name: str
    identifierSpace: str  # noqa: N815 - the specification's name
    schemaSpace: str  # noqa: N815
    documentation: str
    serviceVersion: str  # noqa: N815
    view: ManifestUrl
    batchSize: int  # noqa: N815
    preview: ManifestPreview
    suggest: ManifestSuggest
    extend: ManifestExtend
    defaultTypes: list[Named]  # noqa: N815


class DraftCondition(BaseModel):
    """What a name, an id or a property should be, and how much that matters."""

    matchType: Literal["name", "id", "property"]  # noqa: N815
    propertyId: str | None = None  # noqa: N815
    propertyValue: Values  # noqa: N815
    required: bool = False
    matchQuantifier: Literal["any", "all", "none"] = "any"  # noqa: N815
    matchQualifier: str | None = None  # noqa: N815


class DraftQuery(BaseModel):
    """One query of the draft."""

    model_config = ConfigDict(extra="forbid")

    type: str | None = None
    limit: Annotated[float, Field(allow_inf_nan=False)] | None = None
    lang: str | None = None
    dir: str | None = None
    conditions: Annotated[list[DraftCondition], at_most(100, "conditions")] = Field(
        min_length=1
    )


class DraftBatch(BaseModel):
    """Queries in their order."""

    queries: Annotated[list[DraftQuery], at_most(MOST_QUERIES, "queries in one batch")]


class DraftCandidates(BaseModel):
    """The candidates for one query; scores run from 0 to 100."""

    candidates: list[Candidate]


class DraftResults(BaseModel):
    """The candidates for each query, in the order of the queries."""

    results: list[DraftCandidates]


class DraftExtendQuery(ExtendQuery):
    """Of which entities which properties are wanted."""


class DraftValues(BaseModel):
    """The values of one property."""

    id: str
    values: list[dict[str, Any]]


class DraftRow(BaseModel):
    """One entity with its values."""

    id: str
    properties: list[DraftValues]


class DraftExtended(BaseModel):
    """The values of each entity, in the order of the query."""

    meta: list[ExtendMeta]
    rows: list[DraftRow]


class DraftSuggest(BaseModel):
    """Which suggestions there are."""

    entity: bool
    property: bool
    type: bool


class DraftPreview(BaseModel):
    """How large the small page about an entity is."""

    width: int
    height: int


class DraftExtend(BaseModel):
    """Whether properties are proposed, and how values can be given."""

    proposeProperties: bool  # noqa: N815
    propertySettings: list[dict[str, Any]]  # noqa: N815


class DraftManifest(BaseModel):
    """What the service can do, in the draft of 1.0."""

    versions: list[str]
    name: str
    lang: str
    documentation: str
    serviceVersion: str  # noqa: N815
    view: ManifestUrl
    batchSize: int  # noqa: N815
    preview: DraftPreview
    suggest: DraftSuggest
    extend: DraftExtend
    standardizedScore: bool  # noqa: N815
    defaultTypes: list[Named]  # noqa: N815
