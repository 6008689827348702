"""One-line builders of claims for tests."""

from standsbehind.model.citation import Citation
from standsbehind.model.dates import Interval, PartialDate
from standsbehind.model.statement import BASE_ID, Claim, Statement, Status


def cited(source="S1", origin="paper", locator="p. 1"):
    return Citation(
        source=source,
        title=f"Report {source}",
        publisher="The Paper",
        url=f"https://paper.example/{source}",
        origin_group=origin,
        locator=locator,
        published="2020-04-29",
    )


def said(entity, prop, value, schema="Company", **more):
    statement = Statement(entity, prop, schema, value, more.pop("dataset", "list"))
    citations = more.pop("citations", (cited(),))
    start, end = more.pop("start", None), more.pop("end", None)
    valid = Interval(start and PartialDate(start), end and PartialDate(end))
    return Claim(statement, citations, valid, more.pop("status", Status.REPORTED))


def firm(entity, *names, schema="Company", country=None):
    claims = [said(entity, BASE_ID, entity, schema)]
    claims += [
        said(entity, "name" if n == 0 else "alias", x, schema)
        for n, x in enumerate(names)
    ]
    return claims + ([said(entity, "country", country, schema)] if country else [])


def link(edge, source, target, schema="Supply", role="supplied", **more):
    ends = {
        "Supply": ("supplier", "recipient"),
        "Ownership": ("owner", "asset"),
        "UnknownLink": ("subject", "object"),
    }[schema]
    dates = {k: more.pop(k) for k in ("startDate", "endDate") if k in more}
    claims = [
        said(edge, BASE_ID, edge, schema, **more),
        said(edge, ends[0], source, schema, **more),
        said(edge, ends[1], target, schema, **more),
        said(edge, "role", role, schema, **more),
    ]
    return claims + [said(edge, k, v, schema, **more) for k, v in dates.items()]


def listing(
    key, entity, program="us-bis-entity-list", start="2019-10-09", status="listed"
):
    claims = [
        said(key, BASE_ID, key, "Sanction"),
        said(key, "entity", entity, "Sanction"),
        said(key, "programId", program, "Sanction"),
        said(key, "status", status, "Sanction"),
    ]
    return claims + ([said(key, "startDate", start, "Sanction")] if start else [])
