"""A rich answer made by hand: invented firms, a path of two hops, replies, many effects."""

from dataclasses import replace
from datetime import date

from standsbehind.cases.effects import Position
from standsbehind.cases.exposed import Exposure
from standsbehind.cases.screening import (
    AnsweredHit,
    AnsweredRow,
    ScreenAnswer,
)
from standsbehind.matching.score import Feature
from standsbehind.model.citation import Citation, Quote, digest_of
from standsbehind.model.dates import Interval, PartialDate
from standsbehind.model.designation import Designation
from standsbehind.model.edge import Edge
from standsbehind.model.reply import Reply
from standsbehind.model.statement import Status
from standsbehind.screening.match import Hit, Options, Result
from standsbehind.screening.query import Intake, Query, Skipped
from standsbehind.standards.effects import decide
from standsbehind.standards.programs import load_programs
from standsbehind.tracing.paths import Hop, Path

AS_OF = date(2026, 11, 23)
MADE_AT = "2026-11-23T09:30:00Z"

NAMES = {
    "northlight": "Northlight Optics Co., Ltd.",
    "harbour": "Harbour Door Cameras Inc.",
    "heron": "Grey Heron Analytics GmbH",
    "office": "Eastern Plain Public Security Office",
    "grocer": "Long Street Grocers plc",
}


def citation(source, origin, **more):
    return Citation(
        source=source,
        title=more.pop("title", f"Report {source}"),
        publisher=more.pop("publisher", "The Morning Paper"),
        url=more.pop("url", f"https://paper.example/{source}"),
        origin_group=origin,
        locator=more.pop("locator", "page 3"),
        published=more.pop("published", "2020-04-29"),
        **more,
    )


AGENCY = citation("S1", "agency-2020-04", publisher="The Agency", kind="press")
REPRINT = citation("S2", "agency-2020-04", title="Reprint of the agency", kind="press")
STUDY = citation(
    "S3",
    "institute",
    title="北光光学: a study",
    publisher="The Institute",
    quote=Quote("cameras were delivered to the office"),
    digest=digest_of(b"the study"),
    retrieved="2026-10-01",
    kind="research",
)
GAZETTE = citation(
    "us_list",
    "gazette",
    title="The official list",
    publisher="The Gazette",
    kind="official",
)
LETTER = citation("S4", "northlight", title="Letter to the editor", kind="company")


def span(start=None, end=None):
    return Interval(start and PartialDate(start), end and PartialDate(end))


def edge(key, source, target, role="supplied", **more):
    return Edge(
        id=key,
        schema=more.pop("schema", "Supply"),
        role=role,
        source=source,
        target=target,
        interval=more.pop("interval", span("2020-04")),
        status=more.pop("status", Status.REPORTED),
        citations=more.pop("citations", (AGENCY, REPRINT)),
        **more,
    )


SUPPLIED = edge(
    "e1",
    "northlight",
    "harbour",
    summary="The agency reported that Northlight delivered door cameras to Harbour.",
    amount="1,500 units",
)
BUILT = edge(
    "e2",
    "northlight",
    "office",
    role="built for",
    citations=(STUDY, GAZETTE),
    summary="The institute describes a system that Northlight built for the office.",
)
SOLD = edge(
    "e3",
    "harbour",
    "grocer",
    role="sold through",
    interval=span("2021", "2023-10-31"),
    status=Status.ALLEGED,
    citations=(REPRINT,),
)

REPLY = Reply(
    id="r1",
    author="northlight",
    about=("northlight",),
    answers=("e1",),
    date="2020-05-02",
    text="Northlight said that it follows the law of every country it sells in.",
    citations=(LETTER,),
)
PROTEST = Reply(
    id="r2",
    author="northlight",
    about=("northlight",),
    answers=("d1",),
    date="2019-10-10",
    text="Northlight protested against its listing.",
    citations=(LETTER,),
)


def listing(key, entity, program, **more):
    return Designation(
        id=key,
        entity_id=entity,
        program=program,
        listed_name=more.pop("name", NAMES[entity]),
        interval=more.pop("interval", span("2019-10-09")),
        status=more.pop("status", "listed"),
        legal_ground=more.pop("ground", "15 CFR 744.11"),
        citations=(GAZETTE,),
        scope=more.pop("scope", ""),
    )


NORTHLIGHT_LISTINGS = (
    listing("d1", "northlight", "us-bis-entity-list"),
    listing("d2", "northlight", "xx-invented-list"),
    listing("d3", "northlight", "us-fcc-covered-list", scope="only door cameras"),
)
HERON_LISTINGS = (listing("d4", "heron", "us-fcc-covered-list", status="exempted"),)
OFFICE_LISTINGS = (
    listing("d5", "office", "us-ofac-sdn", interval=span("2020-07-09", "2024-01-01")),
)

PATH = Path(
    (Hop("harbour", "northlight", SUPPLIED), Hop("northlight", "office", BUILT))
)


def effects(listings, roles):
    return tuple(
        (role, decide(listings, role, AS_OF, load_programs())) for role in roles
    )


def hit(entity, score=0.93, kind="name", **more):
    reasons = (Feature("same word", NAMES[entity].split()[0].lower(), 0.8),)
    return AnsweredHit(
        hit=Hit(entity, score, kind, more.pop("matched", NAMES[entity]), reasons),
        caption=NAMES[entity],
        schema="Company",
        exposures=more.pop("exposures", ()),
        more_exposures=more.pop("more_exposures", False),
        links=more.pop("links", ()),
        replies=more.pop("replies", ()),
        citations=more.pop("citations", (GAZETTE,)),
    )


def row(number, name, *hits, **more):
    fields = {"Vendor": name, **more.pop("fields", {})}
    query = Query(row=number, name=name, fields=fields, **more)
    return AnsweredRow(Result(query, tuple(h.hit for h in hits)), hits)


def northlight_hit(roles=("buyer", "exporter"), **more):
    own = Exposure(
        "northlight", None, NORTHLIGHT_LISTINGS, effects(NORTHLIGHT_LISTINGS, roles)
    )
    return hit(
        "northlight",
        kind="alias",
        matched="北光光学有限公司",
        exposures=(own,),
        links=(BUILT, SUPPLIED),
        replies=(REPLY, PROTEST),
        **more,
    )


def harbour_hit():
    direct = Path((PATH.hops[0],))
    return hit(
        "harbour",
        exposures=(
            Exposure("northlight", direct, NORTHLIGHT_LISTINGS, ()),
            Exposure("office", PATH, OFFICE_LISTINGS, ()),
        ),
        more_exposures=True,
        links=(SUPPLIED, SOLD),
        replies=(REPLY, PROTEST),
    )


def heron_hit():
    own = Exposure(
        "heron", None, HERON_LISTINGS, effects(HERON_LISTINGS, ("buyer", "exporter"))
    )
    return hit("heron", exposures=(own,))


def sample_answer(rows=None, **more):
    """Return the answer; `rows` replaces its rows."""
    rows = rows or (
        row(
            2,
            "北光光学有限公司",
            northlight_hit(),
            countries=("cn",),
            fields={"Country": "CN"},
        ),
        row(3, "Northlight Optics", northlight_hit()),
        row(4, "Harbour Door Cameras", harbour_hit()),
        row(5, "Grey Heron Analytics", heron_hit()),
        row(6, "Corner Bakery Ltd", countries=("gb",)),
    )
    answer = ScreenAnswer(
        intake=Intake(
            name="vendors.csv",
            format="csv",
            digest=digest_of(b"vendors"),
            size=812,
            columns={"name": "Vendor", "country": "Country"},
            guessed=True,
            notes=("The file was read as UTF-8.",),
            queries=tuple(found.result.query for found in rows),
            skipped=(Skipped(7, "no name", {"Vendor": "", "Country": "DE"}),),
        ),
        position=Position(AS_OF, ("buyer", "exporter")),
        options=Options(),
        snapshot="20261123-0123456789ab",
        lists=(
            {"id": "core", "title": "Built-in data", "publisher": "standsbehind",
             "url": "https://example.org/core", "published": "2026-11", "rows": 160,
             "retrieved": "2026-11-23", "licence": "Apache-2.0", "partial": []},
            {"id": "us_list", "title": "The official list", "publisher": "The Gazette",
             "url": "javascript:alert(1)", "published": None, "rows": 4_021,
             "retrieved": "2026-11-01", "licence": "public domain", "quarantined": 3,
             "partial": ["part 2 of 3"], "stale": True, "unproven": "No real copy was read.",
             "notes": "Persons are left out."},
        ),
        not_searched=("un_sc_sanctions", "my_own_list"),
        rows=tuple(rows),
        names=NAMES,
    )  # fmt: skip
    return replace(answer, **more)


HOSTILE_NAMES = {
    "formula": "=cmd|' /C calc'!A0",
    "at formula": "@SUM(1)",
    "script": "<script>alert(1)</script>",
    "pipe": "Acme | Co",
    "line break": "Acme\r\nCo\nLtd",
    "carriage return first": "\r=1+1",
    "NUL": "Acme\x00 Co",
    "lone surrogate": "Acme \ud800 Co",
    "very long": "Ab" * 5_000,
    "right to left": "Acme \u202egnp.exe \u200fשלום",
    "markup": "**bold** [x](javascript:alert(1)) `code` &amp;",
    "bell": "Acme\x07\x1b[31m",
}
"""What a file of somebody else's can hold."""


def hostile_answer(name):
    """Return an answer in which files and lists both hold the hostile text."""
    cited = citation("S9", name, title=name, publisher=name, url=name, locator=name)
    link = edge(name, "northlight", "harbour", role=name, summary=name, amount=name,
                citations=(cited,))  # fmt: skip
    listed = replace(NORTHLIGHT_LISTINGS[1], id=name, program=name, listed_name=name,
                     scope=name, legal_ground=name, citations=(cited,))  # fmt: skip
    reply = replace(REPLY, text=name, answers=(name,), author=name)
    own = Exposure("northlight", None, (listed,), effects((listed,), ("buyer",)))
    near = Exposure(
        "harbour", Path((Hop("northlight", "harbour", link),)), (listed,), ()
    )
    met = hit("northlight", matched=name, exposures=(own, near), links=(link,),
              replies=(reply,), citations=(cited,))  # fmt: skip
    rows = (row(2, name, met, fields={name: name}), row(3, name, fields={name: name}))
    answer = sample_answer(rows)
    skipped = (Skipped(4, name, {name: name}),)
    return replace(
        answer,
        names=dict.fromkeys(NAMES, name),
        intake=replace(answer.intake, name=name, skipped=skipped, notes=(name,)),
        not_searched=(name,),
    )
