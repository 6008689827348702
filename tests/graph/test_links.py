"""Links: the dates of edges as numbers hold on the days on which their spans hold."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from standsbehind.graph.links import day_number, days_of
from standsbehind.model.dates import Interval

_days = st.dates(date(1995, 1, 1), date(2030, 12, 31))
_dates = st.none() | st.tuples(_days, st.sampled_from([4, 7, 10])).map(
    lambda told: told[0].isoformat()[: told[1]]
)


@given(_dates, _dates, _days)
def test_a_span_as_numbers_holds_on_the_days_on_which_it_holds(start, end, day):
    span = Interval(start, end)
    first, over = days_of(span)
    for shift in (-1, 0, 1):
        asked = day + timedelta(days=shift)
        assert span.holds_on(asked) == (first <= day_number(asked) < over)
