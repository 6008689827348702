"""Beneficial ownership statements give links in their own words, and invent no owner."""

import gzip
import json
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.connectors.sources.bods.node import Node
from standsbehind.connectors.sources.bods.share import share_of
from standsbehind.model.share import Share
from tests.connectors.ownership import (
    entity,
    held,
    later,
    links,
    old,
    person,
    reading,
    reading_of,
    reasons,
    relation,
    values,
)

FIRM = entity("firm", "Lens Works Ltd")
OWNER = entity("owner", "Holding AG")
ADA = person("ada", "Ada Example")


def test_capital_and_votes_are_links_of_their_own(tmp_path):
    votes = held("votingRights", {"exclusiveMinimum": 25, "maximum": 50})
    told = relation("r", "firm", "owner", held(share={"exact": 60.5}), votes)
    found = reading(tmp_path, FIRM, OWNER, told)
    assert links(found) == [
        ("Ownership", "shareholding", "60.5", "Holding AG", "Lens Works Ltd"),
        ("Ownership", "voting rights", ">25-50", "Holding AG", "Lens Works Ltd"),
    ]
    assert values(found, "sharesType") == ["capital", "voting rights"]
    assert values(found, "amount") == ["60.5 %", "more than 25 % and at most 50 %"]


@pytest.mark.parametrize(
    ("share", "figure"),
    [
        ({"exact": 100}, "100"),
        ({"minimum": 25, "maximum": 50}, "25-50"),
        ({"minimum": 25, "exclusiveMaximum": 50}, "25-<50"),
        ({"exclusiveMinimum": 25, "exclusiveMaximum": 50}, ">25-<50"),
        ({"minimum": 75}, ">=75"),
        ({"exclusiveMaximum": 10}, "<10"),
        ({"minimum": 25, "maximum": 50, "exclusiveMinimum": True}, ">25-50"),
        ({"minimum": 25, "maximum": 50, "exclusiveMaximum": False}, "25-50"),
        ({"exact": 33.3, "minimum": 25, "maximum": 50}, "33.3"),
        ({}, ""),
    ],
)
def test_a_share_keeps_the_bounds_in_which_it_is_stated(share, figure):
    assert share_of(Node("here", dict(share))).figure == figure


PERCENT = st.integers(0, 100).map(Decimal)


@given(PERCENT, PERCENT, st.booleans(), st.booleans())
def test_a_figure_tells_two_shares_apart_wherever_their_bounds_differ(a, b, up, down):
    shares = {
        Share(a, b, up, down),
        Share(a, b),
        Share(a, None, up),
        Share(None, b, down),
    }
    proper = {
        s for s in shares if s.least is None or s.most is None or s.least < s.most
    }
    assert len({share.figure for share in proper}) == len(proper)


def test_an_office_is_a_directorship_and_control_is_said_only_where_the_type_says_it(
    tmp_path,
):
    kinds = ("boardChair", "controlByLegalFramework", "otherInfluenceOrControl")
    told = relation("r", "firm", "owner", *map(held, kinds))
    found = links(reading(tmp_path, FIRM, OWNER, told))
    assert [link[:2] for link in found] == [
        ("Control", "control by legal framework"),
        ("Directorship", "board chair"),
        ("UnknownLink", "other influence or control"),
    ]


def test_an_indirect_interest_says_so_and_through_what(tmp_path):
    middle = entity("middle", "Between BV", isComponent=True)
    part = relation(
        "part", "firm", "middle", held(share={"exact": 60}), isComponent=True
    )
    far = held(share={"exact": 30}, beneficialOwnershipOrControl=True)
    far["directOrIndirect"] = "indirect"
    parts = ["middle", "part", "elsewhere"]
    whole = relation("whole", "firm", "ada", far, componentRecords=parts)
    found = reading(tmp_path, FIRM, middle, ADA, part, whole)
    role = "shareholding (indirect; beneficial ownership or control)"
    assert role in values(found, "role")
    assert {"indirect", "beneficial"} <= set(values(found, "ownershipType"))
    said = " ".join(values(found, "summary"))
    assert "through: Between BV; relationships: 1; records that are not named" in said
    assert "Part of an interest that is stated as indirect." in said


def test_of_two_interests_only_the_indirect_one_runs_through_the_components(tmp_path):
    near, far = held(), held("votingRights", directOrIndirect="indirect")
    told = relation("r", "firm", "ada", near, far, componentRecords=["owner"])
    found = reading(tmp_path, FIRM, OWNER, ADA, told)
    assert values(found, "summary") == ["Stated to run through: Holding AG."]
    near = relation("r", "firm", "ada", held(), componentRecords=["owner"])
    found = reading(tmp_path, FIRM, OWNER, ADA, near)
    assert values(found, "summary") == ["Stated to run through: Holding AG."]


def test_what_a_record_said_before_does_not_stand_beside_what_it_says_now(tmp_path):
    first = relation("r", "firm", "owner", held(share={"exact": 60}))
    then = later(first, "2021-01-01", interests=[held(share={"exact": 80})])
    found = reading(tmp_path, then, FIRM, first, OWNER)
    assert values(found, "percentage") == ["80"]
    assert found.rows == 4


def test_a_closed_record_is_over_when_it_was_closed_and_stays_so(tmp_path):
    first = relation("r", "firm", "owner", held(share={"exact": 60}))
    closed = later(first, "2021-01-01", "closed")
    again = later(first, "2022-01-01", "updated")
    found = reading(tmp_path, FIRM, OWNER, again, closed, first)
    assert values(found, "endDate") == ["2021-01-01"]
    assert values(found, "status") == ["closed"]
    assert (
        "on which day the interest ended it does not say" in values(found, "summary")[0]
    )


def test_the_time_of_day_tells_which_of_two_statements_of_one_day_is_later(tmp_path):
    first = later(FIRM, "2021-01-01T09:00:00+02:00", name="Old Lens Ltd")
    then = later(FIRM, "2021-01-01T08:00:00Z", name="New Lens Ltd")
    assert values(reading(tmp_path, then, first), "name") == ["New Lens Ltd"]


def test_two_statements_of_one_day_that_differ_are_set_aside_with_their_links(tmp_path):
    other = later(FIRM, "2020-01-01", "new", name="Other Works Ltd")
    told = relation("r", "firm", "owner", held())
    found = reading(tmp_path, FIRM, other, OWNER, told)
    assert values(found, "name") == ["Holding AG"]
    assert any("none is the later" in reason for reason in reasons(found))
    assert any("which was set aside" in reason for reason in reasons(found))


def test_an_owner_who_is_not_stated_is_told_on_the_firm_and_not_invented(tmp_path):
    why = {"reason": "subjectExemptFromDisclosure", "description": "It is listed"}
    found = reading(tmp_path, FIRM, relation("r", "firm", why, held()))
    assert [draft.schema for draft in found.drafts] == ["Company"]
    told = values(found, "notes")[0]
    assert told.startswith(
        "The interested party is not named (shareholding), because: "
    )
    assert told.endswith("subject exempt from disclosure (It is listed).")


def test_of_somebody_who_is_not_named_no_account_is_kept(tmp_path):
    details = {
        "reason": "interestedPartyExemptFromDisclosure",
        "description": "A child",
    }
    hidden = person("x", "", "anonymousPerson", unspecifiedPersonDetails=details)
    found = reading(tmp_path, FIRM, hidden, relation("r", "firm", "x", held()))
    assert "anonymous person, interested party exempt" in values(found, "notes")[0]
    assert "child" not in str(found.drafts)
    assert found.rows == 3
    assert found.subjects == 1


def test_what_is_held_in_a_firm_that_is_not_named_is_set_aside(tmp_path):
    hidden = entity("x", None, "unknownEntity")
    found = reading(tmp_path, hidden, OWNER, relation("r", "x", "owner", held()))
    assert any("its subject is not named" in reason for reason in reasons(found))
    assert found.rows + len(found.quarantined) == 3


def test_of_a_person_no_paper_place_or_home_is_read_and_only_a_whole_birthday(tmp_path):
    place = {
        "type": "residence",
        "address": "1 Home Street",
        "country": {"name": "France"},
    }
    ada = person(
        "ada",
        birthDate="1980-02-03",
        addresses=[place],
        deathDate="2020-01-01",
        identifiers=[{"id": "777", "scheme": "XX-ID"}],
        nationalities=[{"name": "French", "code": "FR"}],
        placeOfBirth={"address": "Lyon"},
        politicalExposure={"status": "isPep", "details": [{"reason": "Mayor"}]},
        taxResidencies=[{"name": "France", "code": "FR"}],
    )
    told = relation("r", "firm", "ada", held())
    found = reading(tmp_path, FIRM, ada, told)
    kept = {c.statement.prop for c in found.claims if c.statement.schema == "Person"}
    assert kept == {"id", "name", "nationality", "birthDate"}
    assert not found.unread
    ada["recordDetails"]["birthDate"] = "1980-02"
    assert values(reading(tmp_path, FIRM, ada, told), "birthDate") == []


def test_a_person_who_is_party_to_nothing_is_not_kept(tmp_path):
    found = reading(tmp_path, FIRM, ADA)
    assert values(found, "name") == ["Lens Works Ltd"]
    assert reasons(found) == ["a person who is party to no relationship that was read"]


def test_identifiers_jurisdiction_and_forms_of_an_entity(tmp_path):
    trust = entity(
        "t",
        "Example Trust",
        identifiers=[
            {"id": "529900EXAMPLE0000001", "scheme": "XI-LEI"},
            {"id": "777", "scheme": "GB-COH"},
            {"id": "5299", "scheme": "XI-LEI"},
        ],
        jurisdiction={"name": "Delaware", "code": "US-DE"},
        formedByStatute={"name": "Trusts Act", "date": "1999-01-01"},
    )
    kind = {"type": "arrangement", "subtype": "trust", "details": "fiducie"}
    trust["recordDetails"]["entityType"] = kind
    found = reading(tmp_path, trust)
    assert values(found, "leiCode", "Organization") == ["529900EXAMPLE0000001"]
    assert values(found, "registrationNumber") == ["777"]
    assert values(found, "legalForm") == ["trust (fiducie)"]
    assert values(found, "jurisdiction") == ["us"]
    assert [one.what for one in found.unread] == ["legal entity identifier '5299'"]


def test_records_of_two_publishers_under_one_number_are_two(tmp_path):
    other = entity("firm", "Namesake Ltd")
    other["statementId"] = "t" * 32
    other["publicationDetails"] |= {"publisher": {"name": "Another Register"}}
    found = reading(tmp_path, FIRM, other)
    assert len({draft.id for draft in found.drafts}) == 2


def test_who_publishes_it_is_cited_and_the_source_gives_the_voice(tmp_path):
    claims = list(reading(tmp_path, FIRM | {"source": {"type": []}}).claims)
    assert {claim.status for claim in claims} == {"voice not stated"}
    cited = claims[0].citations[0]
    assert cited.publisher == "Example Register"
    assert (cited.published, cited.origin_group) == (
        "2020-02-01",
        "bods: example register",
    )


def test_lines_one_object_and_packed_files_are_read_as_the_array_is(tmp_path):
    told = [FIRM, OWNER, relation("r", "firm", "owner", held())]
    whole = links(reading(tmp_path, *told))
    lines = tmp_path / "lines.jsonl"
    lines.write_text("\n".join(map(json.dumps, told)) + "\n")
    packed = tmp_path / "lines.jsonl.gz"
    packed.write_bytes(gzip.compress(lines.read_bytes()))
    archive = tmp_path / "statements.zip"
    with zipfile.ZipFile(archive, "w") as put:
        put.write(lines, "lines.jsonl")
    assert links(reading_of(lines)) == links(reading_of(packed)) == whole
    assert links(reading_of(archive)) == whole
    alone = tmp_path / "one.json"
    alone.write_text(json.dumps(FIRM, indent=1))
    assert values(reading_of(alone), "name") == ["Lens Works Ltd"]


def test_a_statement_that_stands_in_two_files_is_one_and_cites_both(tmp_path):
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps([FIRM]))
    found = reading_of(tmp_path / "a.json", tmp_path / "b.json")
    assert len(found.drafts) == 1
    assert {len(claim.citations) for claim in found.claims} == {2}


def told(harvest):
    """Say all that was read, without the digest of the copy, which tells its order."""
    return (
        {
            (
                claim.statement.id,
                claim.statement.value,
                tuple(replace(cited, digest="") for cited in claim.citations),
                claim.status,
            )
            for claim in harvest.claims
        },
        {
            (one.locator.partition(", item")[0], one.reason)
            for one in harvest.quarantined
        },
        set(harvest.unread),
    )


MANY = [
    FIRM,
    OWNER,
    ADA,
    entity("x", None, "unknownEntity"),
    relation("r", "firm", "owner", held(share={"exact": 60}), held(share={"exact": 5})),
    relation("q", "firm", "x", held()),
    relation("ring", "owner", "firm", held("nominee"), held("boardMember")),
    relation("p", "firm", "ada", held(), held(share={"exact": 140})),
    later(relation("p", "firm", "ada", held()), "2021-01-01", "closed"),
    later(OWNER, "2021-01-01", name="Holding SE"),
    later(OWNER, "2020-06-01", name="Holding GmbH"),
    entity("tied", "One State", "state"),
    later(entity("tied", "Another State", "state"), "2020-01-01", "new"),
    relation("t", "firm", "tied", held()),
    old("entity", "e" * 32, entityType="registeredEntity", name="Lens OÜ"),
    old(
        "entity",
        "n" * 32,
        entityType="registeredEntity",
        name="New Lens OÜ",
        replacesStatements=["e" * 32],
    ),
    {"no": "statement"},
]


@given(st.permutations(MANY))
def test_the_order_of_statements_says_nothing(tmp_path_factory, order):
    folder = tmp_path_factory.mktemp("order")
    assert told(reading(folder, *order)) == told(reading(folder, *MANY))


@pytest.mark.shared
def test_the_official_examples_are_read_whole(shared):
    paths = sorted((shared / "data" / "bods-0.4").glob("*.json"))
    for path in paths:
        found = reading_of(path)
        assert found.rows == len(json.loads(path.read_text())), path.name
        assert (found.quarantined, found.unread) == ((), ())
    found = reading_of(*paths)
    assert (len(paths), found.rows, found.subjects) == (19, 119, 52)
