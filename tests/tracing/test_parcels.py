"""Several statements of one holder's shares in one firm: one stake, parcels, or not said which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.graph.holdings import WHOLE
from standsbehind.tracing.parcels import Part, together
from tests.tracing.holding import held, stakes_of

ORDINARY, PREFERENCE = 1, 2
PERCENT = WHOLE // 100


def part(lower, upper=None, parcel=0, record=1, source=1, **ends):
    most = lower if upper is None else upper
    open_ends = {"above": False, "below": False} | ends
    return Part(
        lower=lower * PERCENT,
        upper=most * PERCENT,
        parcel=parcel,
        record=record,
        source=source,
        **open_ends,
    )


def come_to(*parts):
    found = together(parts)
    bounds = found.lower / PERCENT, found.upper / PERCENT
    return (*bounds, "unclear" * found.unclear or "conflict" * found.conflict)


BAND = part(10, 25, ORDINARY)
EXACT = part(5, parcel=PREFERENCE)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param([BAND, EXACT], (15, 30, ""), id="two classes of shares"),
        pytest.param(
            [BAND, EXACT._replace(record=2, source=2)],
            (15, 30, ""),
            id="two classes, of two sources",
        ),
        pytest.param(
            [BAND, part(20, parcel=ORDINARY, record=2, source=2)],
            (20, 20, ""),
            id="one class, twice",
        ),
        pytest.param([part(30), part(30)], (30, 60, "unclear"), id="two of one record"),
        pytest.param(
            [part(30), part(30, record=2)], (30, 30, ""), id="two records that agree"
        ),
        pytest.param(
            [part(10), part(20, record=2)],
            (10, 30, "unclear"),
            id="two records of one source that differ",
        ),
        pytest.param(
            [part(10), part(20, record=2, source=2)],
            (10, 20, "conflict"),
            id="two sources that differ",
        ),
        pytest.param(
            [part(40, parcel=ORDINARY), part(5)],
            (5, 45, "unclear"),
            id="a class, and no class",
        ),
        pytest.param(
            [part(40, parcel=ORDINARY), part(100, parcel=PREFERENCE)],
            (40, 100, "unclear"),
            id="shares of a class beyond the whole",
        ),
    ],
)
def test_what_statements_of_one_holder_come_to(parts, expected):
    assert come_to(*parts) == expected
    assert come_to(*reversed(parts)) == expected


def test_a_sum_is_open_where_one_of_its_parts_is():
    more = part(25, 50, ORDINARY, above=True)
    found = together([more, part(5, parcel=PREFERENCE)])
    assert (found.above, found.below) == (True, False)


SHARES = st.integers(0, 100)


@given(st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=4))
def test_classes_that_fit_into_the_whole_add_up(drawn):
    parts = [part(min(d), max(d), parcel=n) for n, d in enumerate(drawn, 1)]
    least, most = (sum(bound(d) for d in drawn) for bound in (min, max))
    found = together(parts)
    if least <= 100:
        assert found[0] == least * PERCENT
        assert not found.unclear
    assert found.upper == min(most, 100) * PERCENT


@given(st.lists(SHARES, min_size=2, max_size=4), st.data())
def test_what_is_not_said_holds_every_reading(shares, data):
    """Whichever of the statements are one stake and which are parcels, it lies between."""
    found = together([part(share) for share in shares])
    chosen = data.draw(st.sets(st.sampled_from(shares), min_size=1))
    assert found.unclear
    assert found.lower <= min(sum(chosen) * PERCENT, WHOLE) <= found.upper


def test_the_bounds_stand_on_the_stake():
    parcels = (
        held(0, 1, "10-25", parcel=ORDINARY, record=1),
        held(0, 1, "5", parcel=PREFERENCE, record=1),
    )
    stakes = stakes_of(*parcels)
    bounds = (stakes.lower / PERCENT, stakes.upper / PERCENT)
    assert [one.tolist() for one in bounds] == [[15], [30]]
    assert stakes.parcels == {0: (1,)}
