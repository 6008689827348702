"""Listings: whether a name stood on a list on a day, and how sure the dates are."""

from datetime import date, timedelta
from typing import Literal

from standsbehind.model.dates import PartialDate, earliest, latest, partial_date
from standsbehind.model.designation import Designation

__all__ = [
    "Absence",
    "day_within",
    "doubt_about",
    "last_day",
    "surely_holds",
    "why_absent",
]

Absence = Literal["not_yet_listed", "no_longer_listed", "exempted", "not_examined"]
"""Why a listing does not count. `not_examined`: an exemption outside its own days."""


def why_absent(listing: Designation, day: date) -> Absence | None:
    """Tell why the listing does not count that day; None where it holds."""
    interval = listing.interval
    if listing.status == "exempted":
        return "exempted" if interval.holds_on(day) else "not_examined"
    if listing.holds_on(day) or _was_held(listing, day):
        return None
    if interval.start is not None and day < earliest(interval.start):
        return "not_yet_listed"
    return "no_longer_listed"


def day_within(listing: Designation, day: date) -> date:
    """Return the day of the listing that is nearest to the day asked for."""
    start, end = listing.interval.start, listing.interval.end
    if start is not None and day < earliest(start):
        return earliest(start)
    if end is not None:
        return min(day, latest(last_day(end)))
    return day


def last_day(end: PartialDate) -> PartialDate:
    """Turn an interval's end, the first day outside it, into the last day inside it."""
    if _is_partial(end):
        return end
    return PartialDate((earliest(end) - timedelta(days=1)).isoformat())


def doubt_about(listing: Designation, day: date) -> str:
    """Say why it is not sure that the listing held that day; empty where it is sure."""
    start, end = listing.interval.start, listing.interval.end
    if start is None and not _was_seen(listing, day):
        return "The first day of the listing is not known."
    if start is not None and day < latest(start):
        return f"The first day of the listing is known only as {start}."
    if end is not None and _is_partial(end) and earliest(end) <= day:
        return f"The last day of the listing is known only as {end}."
    return ""


def surely_holds(listing: Designation, day: date) -> bool:
    """Whether the name stood on the list that day, by dates that leave no doubt of it."""
    return why_absent(listing, day) is None and not doubt_about(listing, day)


def _was_held(listing: Designation, day: date) -> bool:
    """Tell whether a listing, since revoked on a known day, held on this one."""
    return listing.interval.end is not None and listing.interval.holds_on(day)


def _was_seen(listing: Designation, day: date) -> bool:
    """Tell whether a source of that day or an earlier one shows the name on the list."""
    written = (cited.published or cited.retrieved for cited in listing.citations)
    days = (partial_date(text) for text in written if text)
    return any(latest(seen) <= day for seen in days if seen)


def _is_partial(when: PartialDate) -> bool:
    return earliest(when) != latest(when)
