"""What the reconciliation specifications ask of replies and requests, written by hand from them.

Version 0.2 is the final report of 2023-04-10, the other the draft of 1.0. The fields, their kinds
and which must be there are those of the JSON Schemas that stand beside the texts.
"""

TEXT, NUMBER, TRUTH = {"type": "string"}, {"type": "number"}, {"type": "boolean"}


def thing(required, /, *, closed=False, **properties):
    """Describe an object by its fields."""
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": not closed,
    }


def several(items, **more):
    """Describe a list."""
    return {"type": "array", "items": items, **more}


def each(value):
    """Describe an object whose every value is of one kind."""
    return {"type": "object", "additionalProperties": value}


TYPE = thing("id name", id=TEXT, name=TEXT, description=TEXT)
TYPE_OR_ID = {"oneOf": [thing("id", id=TEXT, name=TEXT), TEXT]}
SERVICE = thing("", service_url=TEXT, service_path=TEXT)


def setting(name, label, helped):
    """Describe how a value can be wanted, under the field names of a version."""

    def of(kind, default, **more):
        fields = {name: TEXT, label: TEXT, helped: TEXT, "type": {"enum": [kind]}}
        needed = f"type {name} {label} {' '.join(more)}"
        return thing(needed, **fields, default=default, **more)

    choice = thing("value name", value=TEXT, name=TEXT)
    return {
        "oneOf": [
            of("number", NUMBER),
            of("text", TEXT),
            of("checkbox", TRUTH),
            of("select", TEXT, choices=several(choice)),
        ]
    }


def template(pattern):
    """Describe a text of a form."""
    return {"type": "string", "pattern": pattern}


BRACES = template(r".*\{\{id\}\}.*")
MANIFEST = thing(
    "versions name identifierSpace schemaSpace",
    versions=several(TEXT, contains={"enum": ["0.2"]}),
    name=TEXT,
    identifierSpace=TEXT,
    schemaSpace=TEXT,
    documentation=TEXT,
    serviceVersion=TEXT,
    view=thing("url", url=BRACES),
    defaultTypes=several(TYPE, uniqueItems=True),
    suggest=thing("", entity=SERVICE, property=SERVICE, type=SERVICE),
    preview=thing(
        "url width height",
        url=BRACES,
        width={"type": "integer"},
        height={"type": "integer"},
    ),
    extend=thing(
        "",
        propose_properties=SERVICE,
        property_settings=several(setting("name", "label", "help_text")),
    ),
)
PROPERTY_VALUE = {
    "oneOf": [TEXT, NUMBER, TRUTH, thing("id", id=TEXT, name=TEXT)],
}
VALUES = {"oneOf": [PROPERTY_VALUE, several(PROPERTY_VALUE)]}
QUERY = {
    **thing(
        "",
        closed=True,
        query=TEXT,
        type={"oneOf": [TEXT, several(TEXT)]},
        limit=NUMBER,
        properties=several(thing("pid v", pid=TEXT, v=VALUES)),
        type_strict={"enum": ["any", "should", "all"]},
    ),
    "anyOf": [
        {"required": ["query"]},
        {"required": ["properties"], "properties": {"properties": {"minItems": 1}}},
    ],
}
BATCH = each(QUERY)
FEATURE = {"id": TEXT, "value": {"oneOf": [TRUTH, NUMBER]}}
CANDIDATE = {
    "id": TEXT,
    "name": TEXT,
    "description": TEXT,
    "score": NUMBER,
    "match": TRUTH,
    "type": several(TYPE_OR_ID),
}
RESULTS = each(
    thing(
        "result",
        result=several(
            thing("id name score", **CANDIDATE, features=several(thing("", **FEATURE)))
        ),
    )
)
SUGGESTED_ENTITIES = thing(
    "result",
    result=several(
        thing(
            "id name", id=TEXT, name=TEXT, description=TEXT, notable=several(TYPE_OR_ID)
        )
    ),
)
SUGGESTED = thing("result", result=several(TYPE))
MOMENT = template(
    r"^(-?(?:[1-9][0-9]*)?[0-9]{4})-(1[0-2]|0[1-9])-(3[01]|0[1-9]|[12][0-9])"
    r"T(2[0-3]|[01][0-9]):([0-5][0-9]):([0-5][0-9])(\.[0-9]+)?(Z|[+-](?:2[0-3]|[01][0-9]):[0-5][0-9])?$"
)
VALUE = {
    "oneOf": [
        thing("", closed=True),
        thing("id name", closed=True, id=TEXT, name=TEXT, description=TEXT),
        thing("str", closed=True, str=TEXT),
        thing("float", closed=True, float=NUMBER),
        thing("int", closed=True, int={"type": "integer"}),
        thing("date", closed=True, date=MOMENT),
    ]
}
META = several(thing("id name", id=TEXT, name=TEXT))
EXTENDED = thing("rows meta", meta=META, rows=each(each(several(VALUE))))
PROPOSAL = thing(
    "properties type",
    properties=several(thing("id name", id=TEXT, name=TEXT)),
    type=TEXT,
)

DRAFT_MANIFEST = thing(
    "versions name view",
    versions=several(TEXT, contains={"enum": ["1.0-draft"]}),
    name=TEXT,
    documentation=TEXT,
    serviceVersion=TEXT,
    view=thing("url", url=template(r".*\{.*id.*\}.*")),
    defaultTypes=several(TYPE, uniqueItems=True),
    suggest=thing("entity property type", entity=TRUTH, property=TRUTH, type=TRUTH),
    preview=thing(
        "width height", width={"type": "integer"}, height={"type": "integer"}
    ),
    extend=thing(
        "",
        proposeProperties=TRUTH,
        propertySettings=several(setting("id", "name", "helpText")),
    ),
    standardizedScore=TRUTH,
)
DRAFT_RESULTS = thing(
    "results",
    results=several(
        thing(
            "candidates",
            candidates=several(
                thing(
                    "id name",
                    **CANDIDATE,
                    features=several(thing("id name value", **FEATURE, name=TEXT)),
                )
            ),
        )
    ),
)
DRAFT_EXTENDED = thing(
    "rows meta",
    meta=META,
    rows=several(
        thing(
            "", id=TEXT, properties=several(thing("", id=TEXT, values=several(VALUE)))
        )
    ),
)
