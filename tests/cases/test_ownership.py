"""Each regime's ownership test answers for its day, or names the fact that would decide."""

from datetime import date

import pytest

from standsbehind.cases.ownership import examine
from standsbehind.model.statement import Status
from standsbehind.standards.ownership_tests import load_ownership_tests
from tests.told import firm, link, listing, said

TODAY = date(2026, 11, 23)
IN_FORCE = date(2025, 10, 15)


def stake(edge, owner, asset, share=None, role="owns", **more):
    claims = link(edge, owner, asset, schema="Ownership", role=role, **more)
    stated = [said(edge, "percentage", share, "Ownership")] if share else []
    return [*claims, *stated]


def firms(*names):
    return [claim for name in names for claim in firm(name, f"{name.title()} Ltd")]


def asked(reader, entity, test, day=TODAY, by=()):
    (answer,) = examine(reader, entity, day, by, [test])
    return answer


WORKED = (
    stake("e1", "l", "a", "60"),
    stake("e2", "l", "b", "30"),
    stake("e3", "a", "b", "40"),
    stake("e4", "b", "a", "10"),
)


def test_the_worked_example_is_caught_and_shows_its_proof(publish_claims):
    reader = publish_claims(firms("l", "a", "b"), *WORKED)
    found = asked(reader, "b", "us-ofac-50", by=["l"])
    assert found.answer == "YES"
    assert {s.edge.id for s in found.proof} == {"e1", "e2", "e3"}


def test_the_holders_are_those_that_the_list_names_that_day(publish_claims):
    reader = publish_claims(
        firms("l", "a", "b"), *WORKED, listing("s", "l", "us-ofac-sdn", "2020-07-31")
    )
    before, after = date(2020, 7, 30), date(2020, 7, 31)
    assert asked(reader, "b", "us-ofac-50", before).answer == "NO"
    found = asked(reader, "b", "us-ofac-50", after)
    assert (found.answer, found.seeds) == ("YES", ("l",))
    assert asked(reader, "b", "us-bis-affiliates-50", IN_FORCE).seeds == ()


@pytest.mark.parametrize(
    ("day", "answer", "state"),
    [
        (date(2025, 9, 28), "NO", "not_yet_in_force"),
        (IN_FORCE, "YES", "in_force"),
        (date(2026, 6, 1), "NO", "suspended"),
        (TODAY, "UNDETERMINED", "unverified"),
    ],
)
def test_one_question_on_the_days_of_the_affiliates_rule(
    publish_claims, day, answer, state
):
    listed = listing("s", "l", "us-bis-entity-list", "2019-10-09")
    reader = publish_claims(firms("l", "a"), stake("e", "l", "a", "60"), listed)
    found = asked(reader, "a", "us-bis-affiliates-50", day)
    assert (found.answer, found.state, found.arithmetic) == (answer, state, "YES")
    laws = [one.text for one in found.missing if one.fact == "law"]
    assert bool(laws) == (answer == "UNDETERMINED")


@pytest.mark.parametrize(
    ("test", "day", "answer"),
    [
        ("us-ofac-50", TODAY, "YES"),
        ("us-ofac-50", date(2014, 8, 12), "YES"),
        ("eu-50-control", TODAY, "YES"),
        ("eu-50-control", date(2024, 7, 2), "UNDETERMINED"),
        ("gb-50-control", TODAY, "UNDETERMINED"),
        ("us-889-affiliate", TODAY, "UNDETERMINED"),
        ("us-805-control", TODAY, "UNDETERMINED"),
        ("us-805-control", date(2026, 6, 29), "NO"),
    ],
)
def test_exactly_half_is_enough_for_some_rules(publish_claims, test, day, answer):
    reader = publish_claims(firms("l", "a"), stake("e", "l", "a", "50"))
    assert asked(reader, "a", test, day, ["l"]).answer == answer


@pytest.mark.parametrize(
    ("test", "day", "answer"),
    [
        ("us-ofac-50", date(2014, 8, 12), "NO"),
        ("us-ofac-50", date(2014, 8, 13), "YES"),
        ("gb-50-control", TODAY, "UNDETERMINED"),
    ],
)
def test_two_quarters_of_two_listed_names(publish_claims, test, day, answer):
    halves = stake("e1", "l", "a", "25"), stake("e2", "m", "a", "25")
    reader = publish_claims(firms("l", "m", "a"), *halves)
    assert asked(reader, "a", test, day, ["l", "m"]).answer == answer


def test_no_is_said_of_what_is_stated_and_tells_what_is_not(publish_claims):
    reader = publish_claims(firms("l", "a"), stake("e", "l", "a", "30"))
    found = asked(reader, "a", "us-ofac-50", by=["l"])
    assert (found.answer, found.unstated) == ("NO", pytest.approx(0.7))


@pytest.mark.parametrize(
    ("share", "answer"),
    [
        ("49", "UNDETERMINED"),
        ("50", "UNDETERMINED"),
        (">50-75", "NO"),
        ("51", "NO"),
        (None, "UNDETERMINED"),
    ],
)
def test_half_of_a_firm_that_nobody_is_stated_to_hold_may_be_anybodys(
    publish_claims, share, answer
):
    reader = publish_claims(firms("m", "a"), stake("e", "m", "a", share))
    found = asked(reader, "a", "us-ofac-50")
    assert found.answer == answer
    assert [one.fact for one in found.missing] == ["holders"] * (answer != "NO")


def test_who_holds_the_rest_is_named_as_the_missing_fact(publish_claims):
    reader = publish_claims(firms("m", "a"), stake("e", "m", "a", "40"))
    (fact,) = asked(reader, "a", "us-ofac-50").missing
    assert fact.text == "who holds up to 60 % of A Ltd: no source states it"


def test_a_listed_minority_and_what_is_not_stated_may_be_half_together(publish_claims):
    reader = publish_claims(
        firms("l", "m", "a"),
        stake("e1", "l", "a", "10"),
        stake("e2", "m", "a", "45"),
        listing("s", "l", "us-ofac-sdn", "2020-07-31"),
    )
    assert asked(reader, "a", "us-ofac-50").answer == "UNDETERMINED"
    # Named alone, it holds what it is stated to hold.
    assert asked(reader, "a", "us-ofac-50", by=["l"]).answer == "NO"


def test_a_band_that_ends_at_half_leaves_it_open_and_names_the_share(publish_claims):
    reader = publish_claims(firms("l", "a"), stake("e", "l", "a", ">25-50"))
    found = asked(reader, "a", "us-ofac-50", by=["l"])
    (fact,) = found.missing
    assert found.answer == "UNDETERMINED"
    assert (fact.owner, fact.asset, float(fact.yes_from)) == ("l", "a", 0.5)
    assert fact.text == (
        "the share of L Ltd in A Ltd, stated as more than 25 % and at most 50 %; "
        "from 50 % on the answer is YES, at 25 % it is NO"
    )


def test_of_a_firm_without_a_stated_holder_nothing_is_said(publish_claims):
    reader = publish_claims(firms("l", "a"))
    found = asked(reader, "a", "us-ofac-50", by=["l"])
    assert (found.answer, found.missing[0].fact) == ("UNDETERMINED", "holders")


def test_shares_that_a_firm_holds_in_itself_say_nothing_of_its_holders(publish_claims):
    reader = publish_claims(firms("a"), stake("e1", "a", "a", "20"))
    assert asked(reader, "a", "us-ofac-50").answer == "UNDETERMINED"


def test_votes_count_in_britain_and_are_not_added_to_capital(publish_claims):
    votes = [
        *stake("v", "l", "a", "30"),
        said("v", "sharesType", "voting rights", "Ownership"),
    ]
    both = publish_claims(firms("l", "a"), stake("c", "l", "a", "30"), votes)
    assert asked(both, "a", "gb-50-control", by=["l"]).by_share == "NO"


def test_more_than_half_of_the_votes_is_enough_in_britain(publish_claims):
    votes = [
        *stake("v", "l", "a", "51"),
        said("v", "sharesType", "voting rights", "Ownership"),
    ]
    reader = publish_claims(firms("l", "a"), stake("c", "l", "a", "30"), votes)
    assert asked(reader, "a", "gb-50-control", by=["l"]).answer == "YES"
    assert asked(reader, "a", "us-ofac-50", by=["l"]).answer == "NO"


def test_a_rule_without_a_number_follows_a_statement_and_no_share(publish_claims):
    reader = publish_claims(
        firms("l", "a", "b", "c"),
        stake("e1", "l", "a", "90"),
        link("e2", "b", "l", "UnknownLink", "is directly consolidated by (accounts)"),
        stake("e3", "l", "c", role="owned", endDate="2022-11-24"),
    )
    test = "us-889-affiliate"
    assert asked(reader, "a", test, by=["l"]).answer == "UNDETERMINED"
    assert asked(reader, "b", test, by=["l"]).answer == "YES"
    assert asked(reader, "c", test, date(2022, 11, 23), ["l"]).answer == "YES"
    after = asked(reader, "c", test, date(2022, 11, 24), ["l"])
    assert (after.answer, after.missing[0].fact) == ("UNDETERMINED", "relation")


def test_a_weak_voice_is_shown_with_the_proof(publish_claims):
    reader = publish_claims(
        firms("l", "a"), stake("e", "l", "a", "60", status=Status.ALLEGED)
    )
    (shown,) = asked(reader, "a", "us-ofac-50", by=["l"]).proof
    assert shown.edge.grade == "alleged, one origin"


def test_stakes_beyond_the_whole_are_a_question_of_which_is_right(publish_claims):
    over = stake("e1", "l", "a", "60"), stake("e2", "m", "a", "70")
    reader = publish_claims(firms("l", "m", "a"), *over)
    found = asked(reader, "a", "us-ofac-50", by=["l"])
    assert found.answer == "UNDETERMINED"
    assert {"share", "sum"} == {one.fact for one in found.missing}


def test_a_list_that_names_the_firm_itself_reaches_it(publish_claims):
    reader = publish_claims(firms("l"), listing("s", "l", "us-ofac-sdn", "2020-01-01"))
    found = asked(reader, "l", "us-ofac-50")
    assert (found.answer, found.is_listed) == ("YES", True)


def test_a_rule_on_foreign_firms_does_not_reach_those_of_its_own_country(
    publish_claims,
):
    owned = [claim for key in ("a", "b") for claim in stake(f"e{key}", "l", key, "60")]
    homes = [*firm("a", "A", country="us"), *firm("b", "B", country="us")]
    abroad = said("b", "country", "de")
    reader = publish_claims(firms("l"), homes, [abroad], owned)
    test = "us-bis-affiliates-50"
    spared = asked(reader, "a", test, IN_FORCE, ["l"])
    assert (spared.answer, spared.arithmetic, spared.is_spared) == ("NO", "YES", True)
    assert asked(reader, "b", test, IN_FORCE, ["l"]).answer == "YES"


def test_every_test_names_its_law_for_every_day():
    for test in load_ownership_tests().values():
        assert test.programs
        for moment in test.moments:
            assert moment.period.citation.href.startswith("https://")
            assert bool(test.of) == (moment.share is not None)
