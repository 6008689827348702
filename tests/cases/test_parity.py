"""What is handed to the counting: homes, days of reports, listings, and the built-in data by hand."""

from datetime import date

import pytest

from standsbehind.cases.homes import homes_of
from standsbehind.cases.parity import parity
from standsbehind.cases.rolls import rolls_on
from standsbehind.standards.norms import load_standard
from tests.told import firm, listing, said

STANDARD = load_standard()
NORMS = [norm.id for norm in STANDARD.norms]
DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def found(built_in_reader):
    return parity(built_in_reader, STANDARD, NORMS, DAY)


def rows(found, norm, outcome):
    counted = next(one for one in found.classes if one.norm == norm)
    group = counted.of(outcome)
    return group and {
        row.country: (row.designated.count, row.designated.of)
        for row in group.exposures
    }


def one(found, norm, subject):
    return next(
        e for e in found.examined if (e.finding.norm, e.subject) == (norm, subject)
    )


# ── the built-in data, counted by hand ──


def test_two_classes_are_shown_of_one_firm_each(found):
    """Clearview AI under a Dutch order (C3), and Amazon, which answered and is on no list (C7)."""
    shown = {norm: rows(found, norm, "shown") for norm in NORMS}
    assert {norm: told for norm, told in shown.items() if told} == {
        "C3": {"us": (1, 1)},
        "C7": {"us": (0, 1)},
    }


def test_of_one_firm_the_interval_says_next_to_nothing(found):
    counted = next(one for one in found.classes if one.norm == "C7")
    (row,) = counted.of("shown").exposures
    assert row.designated.interval() == pytest.approx((0, 0.975))
    assert row.answered == 1


def test_sorting_by_a_trait_is_searched_for_and_not_shown_of_ten(found):
    """Six of seven firms of China are on a list; Shenzhen SenseTime alone is on none."""
    assert rows(found, "C1", "not shown") == {"cn": (6, 7), "hk": (1, 1), "us": (0, 2)}
    counted = next(one for one in found.classes if one.norm == "C1")
    row = next(r for r in counted.of("not shown").exposures if r.country == "cn")
    # Yitu and Megvii are on the NS-CMIC List alone, which is of one country.
    assert row.on_open_list.count == 4
    assert row.by_lister == {"gb": 2, "us": 6}
    assert row.searched == 7


def test_who_holds_a_subject_that_no_list_names_is_said(found):
    assert one(found, "C1", "core-shenzhen-sensetime").kin == ("core-sensetime",)


def test_a_listing_that_ended_is_kept_and_does_not_hold(found):
    sandvine = one(found, "C7", "core-sandvine")
    assert [(li.start, li.end, li.is_held) for li in sandvine.listings] == [
        ("2024-02-27", "2024-10-21", False)
    ]
    assert not sandvine.is_listed


def test_on_a_day_within_it_the_listing_holds(built_in_reader):
    then = parity(built_in_reader, STANDARD, ["C2"], date(2020, 12, 1))
    held = {li.program for li in one(then, "C2", "core-hikvision").held}
    assert "us-eo-13959" in held  # until 2021-08-02
    assert "us-ns-cmic" not in held  # from that day


def test_before_the_lists_nobody_is_listed(built_in_reader):
    then = parity(built_in_reader, STANDARD, NORMS, date(2019, 8, 12))
    assert not [e.subject for e in then.examined if e.is_listed]
    # A listing whose first day is not stated may have held, and is said to be doubtful.
    perhaps = {
        e.subject for e in then.examined if any(x.is_doubtful for x in e.listings)
    }
    assert perhaps == {"core-hikvision", "core-cloudwalk"}


def test_the_first_report_is_the_earliest_publication_of_a_claim(found):
    assert one(found, "C2", "core-hikvision").first_report == "2018-10-02"
    # Of Raytheon there is a search and no claim.
    assert one(found, "C3", "core-raytheon").first_report is None


def test_a_pair_is_alike_in_grade_and_not_in_listing(found):
    pairs = [(p.norm, p.listed.subject, p.other.subject) for p in found.matched.pairs]
    assert pairs[0] == ("C1", "core-hikvision", "core-palantir")
    assert found.matched.possible == len(pairs) == 11
    for pair in found.matched.pairs:
        assert pair.listed.grades == pair.other.grades
        assert pair.listed.outcome == pair.other.outcome
        assert pair.listed.is_listed
        assert not pair.other.is_listed


def test_two_firms_of_one_home_can_be_a_pair(found):
    """Clearview AI and IBM, both of the United States: homes are no part of the matching."""
    same = [p for p in found.matched.pairs if p.listed.home == p.other.home]
    assert ("core-clearview", "core-ibm") in {
        (p.listed.subject, p.other.subject) for p in same
    }


def test_confounders_are_counted(found):
    said_of = {one.id: one.counted for one in found.confounders}
    assert said_of["lister-reach"].startswith("0 of 21 listings")
    assert said_of["one-country"].startswith("3 of 9 listed firms")
    assert said_of["chosen"].startswith("40 of 40 firms")
    assert all(one.reference.href for one in found.confounders)


def test_lists_of_one_country_are_named_as_such(found):
    only = {r.program: r.one_country.by for r in found.rolls if r.one_country}
    assert only == {
        "gb-sensitive-sites": "test of law",
        "us-dod-1260h": "statute",
        "us-ndaa-889": "statute",
        "us-ns-cmic": "order",
    }


# ── what is stated of a firm ──


@pytest.mark.parametrize(
    ("stated", "home"),
    [
        pytest.param([("country", "aa")], "aa", id="one country"),
        pytest.param(
            [("country", "aa"), ("jurisdiction", "ky")], "aa", id="and a seat"
        ),
        pytest.param([("jurisdiction", "KY")], "ky", id="a seat alone"),
        pytest.param([("country", "bb"), ("country", "aa")], "aa+bb", id="two"),
        pytest.param([("country", "bb"), ("mainCountry", "aa")], "aa", id="a main one"),
        pytest.param([], "", id="none"),
    ],
)
def test_a_home_is_where_a_firm_is_run(publish_claims, stated, home):
    claims = [said("f", prop, value) for prop, value in stated]
    reader = publish_claims(firm("f", "Firm"), claims)
    assert homes_of(reader, ["f"]) == {"f": home}


def test_a_list_is_counted_by_homes_without_persons_or_exemptions(publish_claims):
    reader = publish_claims(
        firm("f1", "One", country="aa"),
        firm("f2", "Two", country="us"),
        firm("f3", "Three", country="aa"),
        firm("p", "Somebody", schema="Person", country="aa"),
        listing("s1", "f1"),
        listing("s2", "f2"),
        listing("s3", "f3", status="exempted"),
        listing("s4", "p"),
        listing("s5", "f1", program="zz-of-nobody"),
        listing("s6", "f1", program="us-of-somebody"),
    )
    entity_list, unwritten, nobody = sorted(
        rolls_on(reader, DAY), key=lambda roll: roll.program
    )
    assert (entity_list.lister, dict(entity_list.homes)) == ("us", {"aa": 1, "us": 1})
    assert (entity_list.at_home, entity_list.reach) == (1, "open")
    assert (unwritten.lister, unwritten.reach) == ("us", "not written")
    assert (nobody.lister, nobody.at_home) == ("", None)
