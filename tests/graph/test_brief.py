"""A few properties read by column are those that the claims say."""

from datetime import date

from standsbehind.cases.kinds import entities_of
from standsbehind.cases.rolls import is_organisation
from standsbehind.graph.brief import brief_designations, stated_in
from standsbehind.standards.listings import surely_holds
from tests.told import firm, listing, said

DAY = date(2026, 11, 23)


def test_a_property_is_read_as_a_fold_of_claims_has_it(publish_claims):
    reader = publish_claims(
        firm("f1", "One", country="bb"),
        [said("f1", "country", "aa"), said("f1", "jurisdiction", "ky")],
        firm("f2", "Two", country="cc"),
    )
    nodes = [reader.numbers[key] for key in ("f1", "f2")]
    told = stated_in(reader, nodes, ("country", "jurisdiction"))
    for key, node in zip(("f1", "f2"), nodes, strict=True):
        entity = reader.entity(key)
        assert told[node].get("country", ()) == entity.get("country")
        assert told[node].get("jurisdiction", ()) == entity.get("jurisdiction")


def test_listings_in_brief_hold_on_the_days_on_which_the_whole_ones_do(built_in_reader):
    reader = built_in_reader
    firms = [key for key, _ in entities_of(reader, is_organisation)]
    brief, whole = brief_designations(reader, firms), reader.designations(firms)
    told = {
        (one.id, one.program, one.interval, one.status, surely_holds(one, DAY))
        for found in brief.values()
        for one in found
    }
    assert len(told) > 50
    assert told == {
        (one.id, one.program, one.interval, one.status, surely_holds(one, DAY))
        for found in whole.values()
        for one in found
    }


def test_a_listing_without_a_first_day_holds_since_a_source_showed_it(publish_claims):
    reader = publish_claims(firm("f", "Firm"), listing("s", "f", start=None))
    (brief,) = brief_designations(reader, ["f"])["f"]
    (whole,) = reader.designations(["f"])["f"]
    for day in (date(2020, 1, 1), DAY):
        assert surely_holds(brief, day) == surely_holds(whole, day)
