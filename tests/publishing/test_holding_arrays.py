"""What edges say of stakes becomes columns that keep bounds, class and marks."""

from datetime import date

import pytest

from standsbehind.graph.holdings import (
    ABOVE,
    ACCOUNTS,
    BELOW,
    CAPITAL,
    CONTROL,
    INDIRECT,
    JOINT,
    NOMINEE,
    NOT_STATED,
    ODD,
    OWNED,
    RELATED,
    UNSTATED,
    VOTES,
    WHOLE,
)
from standsbehind.graph.reader import Reader
from standsbehind.publishing.holding_arrays import told_of
from standsbehind.publishing.publish import publish
from standsbehind.tracing.ownership import Question, ownership
from tests.cases.test_ownership import firms, stake
from tests.published import a_ledger, take_in
from tests.told import link, said


def told(**said_of_it):
    return told_of("\x1e".join(f"{p}\x1f{v}" for p, v in said_of_it.items()))


@pytest.mark.parametrize(
    ("said_of_it", "expected"),
    [
        ({"percentage": "51"}, (UNSTATED, 0.51, 0.51, 0)),
        ({"percentage": ">25-50"}, (UNSTATED, 0.25, 0.5, ABOVE)),
        (
            {"percentage": "25-<50", "sharesType": "capital"},
            (CAPITAL, 0.25, 0.5, BELOW),
        ),
        ({"percentage": "60", "sharesType": "voting rights"}, (VOTES, 0.6, 0.6, 0)),
        ({"percentage": "voting-rights-75-to-100-percent"}, (VOTES, 0.75, 1, 0)),
        ({"amount": "30 %"}, (UNSTATED, 0.3, 0.3, 0)),
        ({"amount": "USD 15 million"}, (UNSTATED, 0, 1, NOT_STATED)),
        ({"role": "owned"}, (OWNED, 0, 1, NOT_STATED)),
        ({"role": "owned", "percentage": "5"}, (UNSTATED, 0.05, 0.05, 0)),
        ({"percentage": "-5"}, (UNSTATED, 0, 1, ODD | NOT_STATED)),
        ({"percentage": "<=50"}, (UNSTATED, 0, 0.5, 0)),
        ({"percentage": "0"}, (UNSTATED, 0, 0, 0)),
        (
            {"percentage": "10", "ownershipType": "indirect"},
            (UNSTATED, 0.1, 0.1, INDIRECT),
        ),
        (
            {"percentage": "10", "ownershipType": "nominee"},
            (UNSTATED, 0.1, 0.1, NOMINEE),
        ),
        ({}, (UNSTATED, 0, 1, NOT_STATED)),
    ],
)
def test_a_stake_is_as_it_is_said(said_of_it, expected):
    kind, lower, upper, flags = told(**said_of_it)
    assert (kind, lower / WHOLE, upper / WHOLE, flags) == expected


def test_a_share_of_many_decimals_is_rounded_outwards():
    found = told(percentage="33.33333333")
    assert (found.lower, found.upper) == (333_333_333, 333_333_334)


def test_statements_of_control_and_kinship_run_from_who_stands_above(publish_claims):
    reader = publish_claims(
        firms("a", "b", "c", "d"),
        link("e1", "a", "b", "UnknownLink", "is ultimately consolidated by (accounts)"),
        link("e2", "a", "c", "UnknownLink", "subsidiary of"),
        link("e3", "a", "d", "UnknownLink", "controls"),
        link("e4", "b", "d", "UnknownLink", "significant influence or control"),
    )
    holdings = reader.holdings
    ends = zip(holdings.owner, holdings.asset, holdings.kind, strict=True)
    assert {(reader.ids[o], reader.ids[a], int(k)) for o, a, k in ends} == {
        ("b", "a", ACCOUNTS),
        ("c", "a", RELATED),
        ("a", "d", CONTROL),
    }


def test_what_several_hold_together_is_not_given_whole_to_each(publish_claims):
    joint = [*stake("e", "a", "x", "50"), said("e", "owner", "b", "Ownership")]
    reader = publish_claims(firms("a", "b", "x"), joint)
    asked = Question("x", "owners", date(2026, 1, 1))
    holders = ownership(reader, asked).holders
    bounds = {h.id: (float(h.lower), float(h.upper)) for h in holders}
    assert bounds == {"a": (0, 0.5), "b": (0, 0.5)}
    assert set(reader.holdings.flags.tolist()) == {JOINT}


def test_a_stake_that_ends_before_it_begins_counts_on_no_day(publish_claims):
    dates = {"startDate": "2022-01-01", "endDate": "2021-01-01"}
    reader = publish_claims(firms("a", "x"), stake("e", "a", "x", "50", **dates))
    found = ownership(reader, Question("x", "owners", date(2021, 6, 1)))
    assert found.holders == ()
    assert [note.kind for note in found.notes] == ["reversed"]


def test_a_firm_in_a_circle_with_itself_and_others_is_answered(publish_claims):
    reader = publish_claims(
        firms("a", "b"),
        *(stake("e1", "a", "b", "100"), stake("e2", "b", "a", "100")),
    )
    (holder,) = ownership(reader, Question("b", "owners", date(2021, 6, 1))).holders
    assert (holder.id, float(holder.lower), float(holder.upper)) == ("a", 1, 1)


def test_a_stated_indirect_share_says_what_its_chain_leaves_open(publish_claims):
    whole = [
        *stake("e3", "a", "x", "30"),
        said("e3", "ownershipType", "indirect", "Ownership"),
    ]
    reader = publish_claims(
        firms("a", "b", "x"), stake("e1", "a", "b"), stake("e2", "b", "x", "60"), whole
    )
    asked = Question("x", "owners", date(2026, 1, 1))
    holders = ownership(reader, asked).holders
    bounds = {h.id: (float(h.lower), float(h.upper)) for h in holders}
    assert bounds == {"a": (0.3, 0.3), "b": (0.6, 0.6)}


def of_two_stakes(reader):
    """Return what a test finds missing, and the notes, of one holder's stakes of 30 and 51 %."""
    from standsbehind.cases.ownership import examine

    day = date(2026, 1, 1)
    (found,) = examine(reader, "x", day, ["a"], ["us-ofac-50"])
    (fact,) = found.missing
    notes = ownership(reader, Question("x", "owners", day)).notes
    return fact.text, [note.kind for note in notes]


def test_two_sources_that_differ_leave_the_share_between_them(tmp_path):
    ledger = a_ledger(tmp_path / "ledger", firms("a", "x"), stake("e1", "a", "x", "30"))
    take_in(ledger, stake("e2", "a", "x", "51", dataset="other"), dataset="other")
    text, kinds = of_two_stakes(Reader(publish(ledger, tmp_path / "snapshots")))
    assert "stated as at least 30 % and at most 51 %" in text
    assert kinds == ["conflict"]


def test_two_records_of_one_source_that_differ_may_be_parcels(publish_claims):
    two = stake("e1", "a", "x", "30"), stake("e2", "a", "x", "51")
    text, kinds = of_two_stakes(publish_claims(firms("a", "x"), *two))
    assert "stated as 30 % and as 51 %, and not whether these are parcels" in text
    assert kinds == ["parcels"]


def test_stakes_of_two_classes_of_shares_are_parcels_whatever_the_source(tmp_path):
    ordinary = [
        *stake("e1", "a", "x", "30"),
        said("e1", "sharesType", "Ordinary", "Ownership"),
    ]
    other = [
        *stake("e2", "a", "x", "21", dataset="other"),
        said("e2", "sharesType", "Preference", "Ownership", dataset="other"),
    ]
    ledger = a_ledger(tmp_path / "ledger", firms("a", "x"), ordinary)
    take_in(ledger, other, dataset="other")
    reader = Reader(publish(ledger, tmp_path / "snapshots"))
    (holder,) = ownership(reader, Question("x", "owners", date(2026, 1, 1))).holders
    assert (float(holder.lower), float(holder.upper)) == (0.51, 0.51)
