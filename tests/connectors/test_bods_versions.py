"""Statements of 0.1 to 0.4 come to the same, and a version that cannot be told is refused."""

import pytest

from tests.connectors.ownership import (
    entity,
    held,
    links,
    old,
    person,
    reading,
    reasons,
    relation,
    values,
)

PAST = {
    "0.1": {"incorporatedInJurisdiction": {"name": "Estonia", "code": "EE"}},
    "0.2": {"incorporatedInJurisdiction": {"name": "Estonia", "code": "EE"}},
    "0.3": {"jurisdiction": {"name": "Estonia", "code": "EE"}},
}
LEVEL = {"0.1": "interestLevel", "0.2": "interestLevel", "0.3": "directOrIndirect"}
VOTES = {"0.1": "voting-rights", "0.2": "voting-rights", "0.3": "votingRights"}
NO_OWNER = {"0.1": "no-beneficial-owners", "0.2": "no-beneficial-owners"}


def firm(version, number="f" * 32, **fields):
    given = {"entityType": "registeredEntity", "name": "Lens Works OÜ", **PAST[version]}
    return old("entity", number, version, **given | fields)


def ada(version, number="a" * 32):
    names = [{"type": "individual", "fullName": "Ada Example"}]
    return old("person", number, version, personType="knownPerson", names=names)


def link(version, party, *interests, number="r" * 32, **fields):
    return old(
        "link",
        number,
        version,
        subject={"describedByEntityStatement": "f" * 32},
        interestedParty=party,
        interests=[*interests],
        **fields,
    )


@pytest.mark.parametrize("version", PAST)
def test_each_version_before_0_4_comes_to_the_same(tmp_path, version):
    share = {"minimum": 25, "maximum": 50, "exclusiveMinimum": True}
    interest = {"type": VOTES[version], "share": share, LEVEL[version]: "indirect"}
    address = {
        "type": "registered",
        "address": "Tee 1",
        "postCode": "10111",
        "country": "EE",
    }
    party = {"describedByPersonStatement": "a" * 32}
    found = reading(
        tmp_path,
        firm(version, addresses=[address]),
        ada(version),
        link(version, party, interest),
    )
    role = "voting rights (indirect)"
    assert links(found) == [
        ("Ownership", role, ">25-50", "Ada Example", "Lens Works OÜ")
    ]
    assert values(found, "jurisdiction") == values(found, "country") == ["ee"]
    assert values(found, "address") == ["Tee 1, 10111"]
    assert (found.rows, found.unread, found.quarantined) == (3, (), ())


@pytest.mark.parametrize("version", PAST)
def test_no_owner_is_told_with_its_reason(tmp_path, version):
    reason = NO_OWNER.get(version, "noBeneficialOwners")
    party = {"unspecified": {"reason": reason, "description": "None holds 25 %"}}
    found = reading(tmp_path, firm(version), link(version, party))
    assert (
        "because: no beneficial owners (None holds 25 %)." in values(found, "notes")[0]
    )


def test_an_entity_that_0_1_does_not_name_gives_its_reason(tmp_path):
    hidden = old(
        "entity",
        "h" * 32,
        "0.1",
        entityType="anonymousEntity",
        missingInfoReason="Asked",
    )
    party = {"describedByEntityStatement": "h" * 32}
    found = reading(tmp_path, firm("0.1"), hidden, link("0.1", party))
    assert "because: anonymous entity, Asked." in values(found, "notes")[0]


def test_a_statement_that_is_replaced_gives_way_and_what_referred_to_it_follows(
    tmp_path,
):
    renamed = firm("0.3", "g" * 32, name="New Lens OÜ", replacesStatements=["f" * 32])
    party = {"describedByPersonStatement": "a" * 32}
    told = (ada("0.3"), link("0.3", party, {"type": "shareholding"}))
    found = reading(tmp_path, renamed, *told, firm("0.3"))
    assert links(found)[0][-1] == "New Lens OÜ"
    assert found.rows == 4
    before = reading(tmp_path, firm("0.3"), *told)
    after = reading(tmp_path, renamed, *told)
    assert {d.id for d in before.drafts} == {d.id for d in after.drafts}


def test_a_statement_that_two_replace_leaves_its_links_in_doubt(tmp_path):
    heirs = [
        firm("0.2", letter * 32, name=f"Lens {letter}", replacesStatements=["f" * 32])
        for letter in "xy"
    ]
    party = {"describedByPersonStatement": "a" * 32}
    found = reading(tmp_path, *heirs, firm("0.2"), ada("0.2"), link("0.2", party))
    assert sorted(values(found, "name")) == ["Lens x", "Lens y"]
    assert "replaced by several statements" in reasons(found)


def test_statements_that_replace_each_other_are_set_aside(tmp_path):
    ring = [
        firm("0.2", one * 32, replacesStatements=[other * 32])
        for one, other in ("xy", "yx")
    ]
    found = reading(tmp_path, *ring, firm("0.2"))
    assert reasons(found) == ["replaced in a ring"] * 2


@pytest.mark.parametrize("told", [{}, {"bodsVersion": "0.9"}])
def test_a_version_that_is_not_said_is_told_by_its_form(tmp_path, told):
    statements = [entity("f"), person("a"), relation("r", "f", "a", held())]
    for one in statements:
        one["publicationDetails"] = told
    found = reading(tmp_path, *statements)
    assert len(links(found)) == 1
    assert len(found.unread) == (3 if told else 0)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"statementType": "entityStatement"}, "fields of both forms"),
        ({"recordType": None, "recordDetails": None}, "fields of neither form"),
        ({"publicationDetails": {"bodsVersion": "0.2"}}, "has the form of 0.4"),
        ({"recordType": "vessel"}, "a statement of type 'vessel'"),
        ({"recordStatus": "void"}, "of status 'void'"),
        ({"recordId": ""}, "record ''"),
        ({"statementId": None}, "no identifier"),
    ],
)
def test_a_frame_that_cannot_be_told_is_set_aside(tmp_path, change, reason):
    found = reading(tmp_path, entity("other"), entity("f") | change)
    assert reason in reasons(found)[0]


def test_the_types_of_interests_of_all_versions_are_known(tmp_path):
    given = [{"type": "influence-or-control"}, {"type": "settlor-of-trust"}, {}]
    party = {"describedByPersonStatement": "a" * 32}
    found = reading(tmp_path, firm("0.1"), ada("0.1"), link("0.1", party, *given))
    assert sorted(values(found, "role", "UnknownLink")) == [
        "an interest whose type is not stated",
        "influence or control",
        "settlor of trust",
    ]
    assert not found.unread
