"""Statements that are damaged or absurd are set aside with their place, and never a crash."""

import json

import pytest

from standsbehind.errors import SourceError
from tests.connectors.ownership import (
    entity,
    held,
    links,
    old,
    person,
    reading,
    reading_of,
    reasons,
    relation,
    values,
)

FIRM, OWNER = entity("firm"), entity("owner", "Holding AG")
TOLD = [
    entity(
        "firm", identifiers=[{"id": "1", "scheme": "X"}], addresses=[{"address": "A"}]
    ),
    person("ada", nationalities=[{"name": "France"}]),
    relation("r", "firm", "ada", held(share={"exact": 5}), componentRecords=["firm"]),
]


PAST = [
    old("entity", "e" * 32, entityType="registeredEntity", name="Lens OÜ"),
    old(
        "entity",
        "n" * 32,
        entityType="arrangement",
        replacesStatements=["e" * 32],
        name="N",
    ),
    old("person", "p" * 32, names=[{"fullName": "Ada"}], personType="knownPerson"),
    old(
        "link",
        "l" * 32,
        subject={"describedByEntityStatement": "e" * 32},
        interestedParty={"describedByPersonStatement": "p" * 32},
        interests=[{"type": "shareholding", "share": {"minimum": 5}}],
    ),
]


@pytest.mark.parametrize(
    ("share", "reason"),
    [
        ({"exact": 140}, "a share of 140 %"),
        ({"minimum": -5}, "a share of -5 %"),
        ({"minimum": 60, "maximum": 40}, "at least 60 % and at most 40 %"),
        ({"minimum": 50, "exclusiveMaximum": 50}, "at least 50 % and less than 50 %"),
        ({"exact": 60, "maximum": 50}, "exactly 60 % and of at most 50 %"),
        ({"minimum": 25, "exclusiveMinimum": 25}, "both minimum and exclusiveMinimum"),
        ({"exact": "NaN"}, "share, exact is not a number"),
        ({"exact": True}, "share, exact is not a number"),
        ([50], "share is not an object"),
    ],
)
def test_a_share_that_is_none_sets_its_interest_aside_and_no_other(
    tmp_path, share, reason
):
    told = relation("r", "firm", "owner", held(share=share), held("boardMember"))
    found = reading(tmp_path, FIRM, OWNER, told)
    assert [link[1] for link in links(found)] == ["board member"]
    assert reason in reasons(found)[0]
    assert found.quarantined[0].locator.endswith(f"{told['statementId']} / interest 1")


def test_an_interest_that_ends_before_it_starts_is_set_aside(tmp_path):
    odd = held(startDate="2020-05-01", endDate="2019")
    found = reading(tmp_path, FIRM, OWNER, relation("r", "firm", "owner", odd))
    assert "starts on 2020-05-01 and ends on 2019" in reasons(found)[-1]
    assert (
        found.rows + len({q.locator.partition(" / ")[0] for q in found.quarantined})
        == 3
    )


def test_a_reference_to_nothing_is_a_link_that_waits_for_its_end(tmp_path):
    found = reading(tmp_path, FIRM, relation("r", "firm", "gone", held()))
    assert [one.what for one in found.unread] == [
        "'gone', of which none of the files tells"
    ]
    both = reading(tmp_path, FIRM, entity("gone", "Here Ltd"))
    assert set(values(found, "owner")) <= {draft.id for draft in both.drafts}


def test_firms_that_own_each_other_are_no_trouble(tmp_path):
    ring = [
        relation("r", "firm", "owner", held(share={"exact": 60})),
        relation("q", "owner", "firm", held(share={"exact": 60})),
        relation("self", "firm", "firm", held(share={"exact": 5})),
    ]
    assert len(links(reading(tmp_path, FIRM, OWNER, *ring))) == 3


@pytest.mark.parametrize(
    ("party", "reason"),
    [
        ({}, "refers to nothing"),
        ({"describedByEntityStatement": "x", "reason": "unknown"}, "or to several"),
        ("firm-link", "or is no party"),
        (["owner"], "interestedParty is not an object"),
    ],
)
def test_a_party_that_is_none_sets_the_relationship_aside(tmp_path, party, reason):
    fine = relation("firm-link", "firm", "owner", held())
    odd = relation("r", "firm", party, held())
    assert reason in reasons(reading(tmp_path, FIRM, OWNER, fine, odd))[0]


def test_a_reference_to_an_entity_and_a_person_at_once_is_set_aside(tmp_path):
    told = json.loads(json.dumps(PAST))
    told[3]["interestedParty"]["describedByEntityStatement"] = "n" * 32
    assert "interestedParty refers to several things" in reasons(
        reading(tmp_path, *told)
    )


def test_nobody_who_holds_something_in_a_firm_that_is_not_here_is_set_aside(tmp_path):
    hidden = entity("x", None, "anonymousEntity")
    told = relation("r", "gone", "x", held())
    found = reading(tmp_path, FIRM, hidden, told)
    assert any(
        "none of the files tells of its subject" in one for one in reasons(found)
    )
    assert found.rows + len(found.quarantined) == 3


def test_records_that_differ_in_the_case_of_letters_are_set_aside(tmp_path):
    other = entity("FIRM", "Not The Same Ltd")
    found = reading(
        tmp_path, FIRM, other, OWNER, relation("r", "FIRM", "owner", held())
    )
    assert values(found, "name") == ["Holding AG"]
    assert len(found.quarantined) == 3


def test_a_day_of_a_statement_that_is_none_is_reported(tmp_path):
    found = reading(tmp_path, FIRM | {"statementDate": "2020-02-30"})
    assert [one.what for one in found.unread] == ["date '2020-02-30'"]


def test_what_is_held_in_a_person_is_set_aside(tmp_path):
    told = relation("r", "ada", "owner", held())
    found = reading(tmp_path, OWNER, person("ada"), told)
    assert "its subject is a person" in reasons(found)


def test_one_identifier_on_two_statements_that_differ_sets_both_aside(tmp_path):
    found = reading(tmp_path, OWNER, FIRM, entity("firm", "Not The Same Ltd"))
    assert values(found, "name") == ["Holding AG"]
    assert len(found.quarantined) == 2


def test_what_is_not_known_is_reported_and_the_rest_is_read(tmp_path):
    odd = entity("odd", of="robot", colour="red", jurisdiction={"name": "Atlantis"})
    odd["recordDetails"]["foundingDate"] = "soon"
    told = relation(
        "r", "odd", "owner", held("admiration", directOrIndirect="sideways")
    )
    found = reading(tmp_path, odd, OWNER, told | {"mood": "good"})
    assert {one.what for one in found.unread} == {
        "entity type 'robot'",
        "field 'colour'",
        "country 'Atlantis'",
        "date 'soon'",
        "type of interest 'admiration'",
        "directness 'sideways'",
        "field 'mood'",
    }
    role = "admiration (not known whether direct or indirect)"
    assert values(found, "role") == [role]


WHOLE = json.dumps([FIRM, OWNER])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (WHOLE[:-40], "not whole JSON"),
        (json.dumps(FIRM) + "\n" + json.dumps(OWNER)[:-9], "line 2: not whole JSON"),
        ("<!DOCTYPE html><html>", "a web page"),
        ("[" * 5000 + "]" * 5000, "not whole JSON"),
        (WHOLE.replace('"2020-01-01"', "NaN"), "not whole JSON"),
        ("[]", "none of its 0 items"),
        ('{"records": []}', "none of its 1 items"),
        ("[1, null, [], {}]", "none of its 4 items"),
        ('"text"', "none of its 1 items"),
    ],
)
def test_a_file_that_is_not_one_of_statements_is_refused_by_name(
    tmp_path, text, reason
):
    path = tmp_path / "odd.json"
    path.write_text(text)
    with pytest.raises(SourceError, match=rf"odd\.json.*{reason}"):
        reading_of(path)


def test_another_encoding_and_a_damaged_archive_are_refused(tmp_path):
    path = tmp_path / "odd.json"
    for content in (WHOLE.encode("utf-16"), b"\x1f\x8b\x08\x00cut", b"PK\x03\x04cut"):
        path.write_bytes(content)
        with pytest.raises(SourceError, match=r"odd\.json"):
            reading_of(path)


def paths_in(value, path=()):
    yield path
    inside = value.items() if isinstance(value, dict) else ()
    for key, one in enumerate(value) if isinstance(value, list) else inside:
        yield from paths_in(one, (*path, key))


ODD = (None, 7, -1.5, True, "", "odd", [], ["x"], [[{}]], {}, {"x": {"y": 1}})


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("told", [TOLD, PAST], ids=["0.4", "0.2"])
def test_any_value_at_any_place_is_read_or_set_aside(tmp_path, told, odd):
    for place in paths_in(told):
        if len(place) < 2:
            continue
        statements = json.loads(json.dumps(told))
        at = statements
        for key in place[:-1]:
            at = at[key]
        at[place[-1]] = odd
        # A crash would be a SourceError of the reader; what is set aside has its reason.
        found = reading(tmp_path, OWNER, *statements)
        assert found.rows >= 1
        assert all(reasons(found))
