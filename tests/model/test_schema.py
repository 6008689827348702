"""Entity types are FollowTheMoney's, and the few of our own fit among them."""

import pytest

from standsbehind.model import schema


def test_our_edges_have_two_ends_among_their_properties():
    for ours in schema.OURS:
        for end in ours.edge or ():
            assert ours.properties[end] == "entity"


def test_ours_do_not_shadow_followthemoneys():
    names = [ours.name for ours in schema.OURS]
    assert len(names) == len(set(names))
    assert all(schema.schemata()[ours.name] is ours for ours in schema.OURS)


def test_the_most_specific_type_stated_wins():
    assert schema.most_specific(["LegalEntity", "Company", "Thing"]) == "Company"


def test_a_foreign_type_passes():
    assert schema.most_specific(["Spaceship"]) == "Spaceship"
    assert schema.edge_ends("Spaceship") is None
    assert schema.property_type("Spaceship", "crew") == "string"


@pytest.mark.ftm
def test_types_edges_and_ids_are_those_of_the_package():
    ftm = pytest.importorskip(
        "followthemoney",
        reason="the ftm extra is not installed (it may need a compiler)",
    )
    from followthemoney.statement import Statement as Theirs

    from standsbehind.model.statement import Statement as Ours

    for name, theirs in ftm.model.schemata.items():
        ends = theirs.edge and (theirs.edge_source, theirs.edge_target)
        assert schema.edge_ends(name) == (tuple(ends) if ends else None), name
        for prop in theirs.properties.values():
            if not prop.stub and prop.schema.name == name:
                assert schema.property_type(name, prop.name) == prop.type.name
    fields = ("a1", "name", "Company", "Acme", "list")
    assert Ours(*fields).id == Theirs(*fields).id
    assert Ours(*fields, lang="deu").id == Theirs(*fields, lang="deu").id
    assert Ours(*fields, external=True).id == Theirs(*fields, external=True).id
