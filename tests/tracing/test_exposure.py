"""An entity is exposed to listed subjects behind it, not to all that it ever met."""

from standsbehind.tracing.exposure import exposures
from tests.told import firm, link, listing


def firms(*names):
    return [claim for name in names for claim in firm(name, name.upper())]


def found(reader, entity):
    exposed, more = exposures(reader, entity)
    return [
        (one.entity_id, one.path.entities if one.path else None) for one in exposed
    ], more


def test_a_listed_firm_is_exposed_to_itself(publish_claims):
    reader = publish_claims(firms("a"), listing("s", "a"))
    assert found(reader, "a") == ([("a", None)], False)


def test_a_supplier_and_what_it_built_stand_behind_a_buyer(publish_claims):
    reader = publish_claims(
        firms("buyer", "maker", "police"),
        link("e1", "maker", "buyer"),
        link("e2", "maker", "police", role="built for"),
        listing("s1", "maker"),
        listing("s2", "police"),
    )
    assert found(reader, "buyer")[0] == [
        ("maker", ("buyer", "maker")),
        ("police", ("buyer", "maker", "police")),
    ]


def test_a_customer_in_common_is_no_exposure(publish_claims):
    reader = publish_claims(
        firms("one", "other", "customer"),
        link("e1", "one", "customer"),
        link("e2", "other", "customer"),
        listing("s", "other"),
    )
    assert found(reader, "one") == ([], False)


def test_owners_of_one_firm_stand_behind_each_other(publish_claims):
    reader = publish_claims(
        firms("one", "other", "held"),
        link("e1", "one", "held", schema="Ownership"),
        link("e2", "other", "held", schema="Ownership"),
        listing("s", "other"),
    )
    assert [entity for entity, _ in found(reader, "one")[0]] == ["other"]


def test_more_than_five_are_said_to_be_more(publish_claims):
    many = [f"m{n}" for n in range(7)]
    reader = publish_claims(
        firms("a", *many),
        *[link(f"e{m}", m, "a") for m in many],
        *[listing(f"s{m}", m) for m in many],
    )
    exposed, more = found(reader, "a")
    assert (len(exposed), more) == (5, True)
