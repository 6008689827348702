"""What can never change an effect, and what no effect can ever say."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from standsbehind.standards.effects import decide
from standsbehind.standards.programs import ROLES
from tests.standards.asking import ALL_LISTED, PROGRAMS, ask

days = st.dates(date(2019, 1, 1), date(2028, 12, 31))
roles = st.sampled_from(ROLES)
names = st.text(min_size=1, max_size=20)


@given(role=roles, day=days, name=names)
def test_renaming_the_firm_changes_no_effect(role, day, name):
    renamed = [replace(d, entity_id=name, listed_name=name) for d in ALL_LISTED]
    assert ask(role, day, *renamed, within=None) == ask(
        role, day, *ALL_LISTED, within=None
    )


@given(role=roles, day=days, shuffled=st.permutations(ALL_LISTED))
def test_the_order_of_listings_changes_no_effect(role, day, shuffled):
    assert ask(role, day, *shuffled, within=None) == ask(
        role, day, *ALL_LISTED, within=None
    )


@given(role=roles, day=days)
def test_the_order_of_programs_changes_no_effect(role, day):
    backwards = dict(reversed(PROGRAMS.items()))
    assert decide(ALL_LISTED, role, day, backwards) == decide(
        ALL_LISTED, role, day, PROGRAMS
    )


@given(role=roles, day=days)
def test_what_does_not_bind_or_is_not_in_force_never_forbids(role, day):
    for effect in ask(role, day, *ALL_LISTED, within=None):
        if role not in effect.binds or effect.state not in {"in_force", "unverified"}:
            assert effect.effect in {"permitted", "not_examined"}


@given(role=roles, day=days)
def test_what_is_unverified_says_why(role, day):
    for effect in ask(role, day, *ALL_LISTED, within=None):
        assert effect.unverified == bool(effect.unverified_why)


@given(role=roles, day=days)
def test_the_first_and_last_day_of_a_line_are_in_order(role, day):
    for effect in ask(role, day, *ALL_LISTED, within=None):
        assert (
            effect.since is None or effect.until is None or effect.since <= effect.until
        )
        if effect.state in {"in_force", "suspended", "unverified"}:
            assert effect.since is None or effect.since <= str(day)
            assert effect.until is None or str(day) <= effect.until
