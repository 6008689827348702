"""Counting who is listed: by home, by list and by day; and that nothing but the labels moves."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.standards.matched import NEAREST, match_up
from standsbehind.standards.parity import Wait, days_between, lay_out
from tests.standards.comparing import firm, named

DAY = date(2021, 1, 1)
NORMS = ("C1", "C2")


def groups(*firms):
    counted, _ = lay_out(NORMS, firms, DAY)
    return {
        (group.outcome, row.country): row
        for group in counted.groups
        for row in group.exposures
    }


def wait(one):
    counted, _ = lay_out(NORMS, [one], DAY)
    return counted.waits[0]


def test_firms_are_counted_by_home_and_by_what_was_found():
    found = groups(
        firm("a", "aa", named()),
        firm("b", "aa"),
        firm("c", "bb", result="shown"),
        firm("d", "bb", named(), result="answered"),
    )
    assert {key: (r.designated.count, r.designated.of) for key, r in found.items()} == {
        ("shown", "bb"): (1, 2),
        ("not shown", "aa"): (1, 2),
    }
    assert found["shown", "bb"].answered == 1


def test_a_class_in_which_nobody_was_examined_has_no_groups():
    _, empty = lay_out(NORMS, [firm("a", "aa")], DAY)
    assert (empty.norm, empty.groups, empty.waits) == ("C2", (), ())
    assert empty.of("shown") is None


def test_a_list_of_one_country_is_counted_apart():
    only = named("own", reach="one country", lister="cc")
    row = groups(firm("a", "aa", only), firm("b", "aa", only, named()))[
        "not shown", "aa"
    ]
    assert (row.designated.count, row.on_open_list.count) == (2, 1)
    assert row.by_lister == {"aa": 1, "cc": 2}


def test_a_list_whose_text_nobody_read_is_not_said_to_be_open():
    row = groups(firm("a", "aa", named(reach="not written")))["not shown", "aa"]
    assert (row.designated.count, row.on_open_list.count) == (1, 0)


def test_who_was_listed_before_is_not_listed_and_is_said_so():
    ended = named(end="2020-10-21", is_held=False)
    row = groups(firm("a", "aa", ended))["not shown", "aa"]
    assert (row.designated.count, row.once) == (0, 1)


def test_a_listing_whose_first_day_nobody_states_is_doubtful():
    perhaps = named(start=None, is_held=False, is_doubtful=True)
    row = groups(firm("a", "aa", perhaps))["not shown", "aa"]
    assert (row.designated.count, row.doubtful, row.once) == (0, 1, 0)


@pytest.mark.parametrize(
    ("one", "days", "is_censored"),
    [
        pytest.param(firm("a", "aa", named()), (121, 121), False, id="after"),
        pytest.param(
            firm("a", "aa", named(start="2019-12-31")), (-1, -1), False, id="before"
        ),
        pytest.param(
            firm("a", "aa", named(start="2020-05")), (121, 151), False, id="some month"
        ),
        pytest.param(firm("a", "aa"), (366, 366), True, id="not listed yet"),
        pytest.param(
            firm("a", "aa", first_report="2022-01-01"), None, True, id="reported later"
        ),
        pytest.param(
            firm("a", "aa", named(start=None)), None, False, id="a day nobody states"
        ),
        pytest.param(
            firm("a", "aa", named(), first_report=None), None, False, id="no report"
        ),
        pytest.param(
            firm("a", "aa", named(end="2020-06-01", is_held=False)),
            (121, 121),
            False,
            id="listed, and no longer",
        ),
    ],
)
def test_days_run_from_the_first_report_to_the_first_listing(one, days, is_censored):
    found = wait(one)
    assert (found.days, found.is_censored) == (days, is_censored)


def test_the_first_of_several_listings_counts_and_those_without_a_day_are_told():
    later, undated = named("later", "2020-09-01"), named("undated", None)
    found = wait(firm("a", "aa", later, named(), undated))
    assert (found.listing, found.undated) == (named(), 1)


def test_without_two_days_there_is_no_time_between_them():
    assert days_between(None, "2020-01-01") is None


# ── pairs ──


def pairs(*firms):
    return match_up(NORMS, firms).pairs


def test_alike_are_the_same_class_the_same_found_and_the_same_grade():
    listed = firm("a", "aa", named())
    assert [(p.listed.subject, p.other.subject) for p in pairs(listed, firm("b", "bb"))]
    for other in (
        firm("b", "bb", grades=("primary", "none")),
        firm("b", "bb", norm="C2"),
        firm("b", "bb", result="not examined"),
        firm("b", "bb", named()),
    ):
        assert pairs(listed, other) == ()


def test_a_class_that_was_answered_is_alike_to_one_that_is_shown():
    (pair,) = pairs(
        firm("a", "aa", named(), result="shown"), firm("b", "aa", result="answered")
    )
    assert pair.differs == ("result",)


def test_where_no_claim_was_looked_at_there_is_nothing_to_compare():
    nothing = ("none", "none")
    assert pairs(firm("a", "aa", named(), grades=nothing), firm("b", "bb")) == ()


def test_a_pair_says_what_else_is_not_alike():
    (pair,) = pairs(
        firm("a", "aa", named(), searches=("K1",)),
        firm(
            "b", "bb", replies=("r",), first_report="2020-02", kin=("sister of listed",)
        ),
    )
    assert pair.differs == ("home", "searches", "replies", "first_report", "kin")
    assert pair.days_apart == (31, 59)


def test_the_nearest_first_reports_stand_first():
    found = pairs(
        firm("a", "aa", named()),
        firm("far", "bb", first_report="2024-01-01"),
        firm("near", "bb", first_report="2019-12-01"),
        firm("none", "bb", first_report=None),
    )
    assert [pair.other.subject for pair in found] == ["near", "far", "none"]


def test_of_very_many_the_nearest_are_paired_and_all_are_counted():
    days = [f"{2000 + n // 28}-01-{n % 28 + 1:02}" for n in range(3 * NEAREST)]
    others = [firm(f"f{day}", "bb", first_report=day) for day in days]
    middle = days[len(days) // 2]
    found = match_up(NORMS, [firm("a", "aa", named(), first_report=middle), *others])
    assert found.possible == len(others)
    assert {p.other.first_report for p in found.pairs} == set(
        days[len(days) // 2 - NEAREST : len(days) // 2 + NEAREST]
    )


# ── nothing but the labels moves ──

HOMES = ("aa", "bb", "cc")


@st.composite
def worlds(draw):
    def one(number):
        listings = [
            named(f"list {k}", lister=draw(st.sampled_from(HOMES)), is_held=held)
            for k, held in enumerate(draw(st.lists(st.booleans(), max_size=2)))
        ]
        return firm(
            f"firm {number}",
            draw(st.sampled_from(HOMES)),
            *listings,
            result=draw(st.sampled_from(["shown", "answered", "not shown"])),
            grades=draw(st.sampled_from([ONE_ORIGIN, PRIMARY])),
            first_report=draw(st.sampled_from(["2019-05", "2020-01-01", None])),
        )

    return [one(number) for number in range(draw(st.integers(1, 9)))]


ONE_ORIGIN, PRIMARY = ("one origin", "none"), ("primary", "primary")


def moved(one, homes):
    """Move a firm and its listers to other countries."""
    listings = tuple(replace(li, lister=homes[li.lister]) for li in one.listings)
    return replace(one, home=homes[one.home], listings=listings)


@given(worlds(), st.permutations(HOMES))
def test_permuting_the_homes_permutes_the_rows(firms, images):
    homes = dict(zip(HOMES, images, strict=True))
    before = groups(*firms)
    after = groups(*(moved(one, homes) for one in firms))
    assert after == {
        (outcome, homes[home]): replace(
            row,
            country=homes[home],
            by_lister={homes[lister]: n for lister, n in row.by_lister.items()},
        )
        for (outcome, home), row in before.items()
    }


def renamed(one, names):
    finding = replace(one.finding, subject=names[one.subject])
    return replace(one, finding=finding)


@given(worlds(), st.randoms(use_true_random=False))
def test_renaming_the_firms_renames_them_and_changes_nothing(firms, random: Random):
    subjects = [one.subject for one in firms]
    names = dict(zip(subjects, random.sample(subjects, len(subjects)), strict=True))
    others = [renamed(one, names) for one in firms]
    assert groups(*others) == groups(*firms)

    def told(firms, names):
        waits = lay_out(NORMS, firms, DAY)[0].waits
        both = {
            (names[p.listed.subject], names[p.other.subject]) for p in pairs(*firms)
        }
        return {as_named(one, names) for one in waits}, both

    same = {name: name for name in subjects}
    assert told(others, same) == told(firms, names)


def as_named(one: Wait, names):
    return replace(one, subject=names[one.subject], listing=None), one.listing and (
        one.listing.id
    )


@given(worlds())
def test_the_order_in_which_findings_come_changes_nothing(firms):
    assert lay_out(NORMS, firms, DAY) == lay_out(NORMS, firms[::-1], DAY)
    assert match_up(NORMS, firms) == match_up(NORMS, firms[::-1])


def test_two_listers_who_each_list_the_other_side_are_each_others_mirror():
    def side(home, lister):
        names = [f"{home}{n}" for n in range(3)]
        return [firm(name, home, named(lister=lister)) for name in names]

    rows = groups(*side("aa", "bb"), *side("bb", "aa"))
    ours, theirs = rows["not shown", "aa"], rows["not shown", "bb"]
    assert ours.designated == theirs.designated
    assert (ours.by_lister, theirs.by_lister) == ({"bb": 3}, {"aa": 3})
