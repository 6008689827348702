"""Five weeks of the Covered List: each change of the page is seen, and nothing else is.

What changed from page to page was established by hand, from the text and the links of the
page's content. Left aside are its frame (menus, the links at its side, the day on which the
page was saved) and a blank before a closing quote that came on 2026-06-27.
"""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from lxml import html

from standsbehind.publishing.difference import Difference
from standsbehind.publishing.home import Home
from standsbehind.publishing.update import pull_files
from tests.publishing.test_difference import rows_turned, served_again

pytestmark = pytest.mark.shared

OPENED = (
    "ABZ Innovation", "Air VEV", "Air6 System", "Blueflite, Inc.’s", "Ceres Air",
    "Elevon Aerial", "Flock Group", "Innovation First", "Mobilicom SkyHopper",
    "Real-Time Robotics", "ScoutDI Scout", "Sees.ai v.USA.", "SiFly Aviation",
    "Verge, Inc.", "Verity AG’s",
)  # fmt: skip
"""Whose drones were approved until the end of 2026, and then without an end."""


def dated(before, after, *parts):
    """Say that parts of the page bear another date than before."""
    return [f"~ {part}: modifiedAt {before} -> {after}" for part in parts]


def approved(start, end, *names):
    """Say that products were approved, with the first and last day."""
    given = [f"+ exempted {name} {start}/{end}" for name in names]
    return [*given, *(f"+ Product {name}" for name in names)]


LISTED = ("Covered List", "Conditional Approvals")
ALL = (*LISTED, "Importation/Marketing Prohibitions")

STEPS = {
    # Two drones and one maker's routers approved, by a notice of that day.
    "2026-06-23": [
        *dated("2026-06-15", "2026-06-22", *LISTED),
        *approved("2026-06-22", "2026-12-31", "Real-Time Robotics", "Ceres Air"),
        *approved("2026-06-22", "2027-12-18", "Hitron Technologies"),
        "+ paper 2026-06-22 Public Notice",
    ],
    # The approved drone of one maker is worded otherwise: both of its versions.
    "2026-06-26": [
        "- Product Real-Time Robotics",
        "- exempted Real-Time Robotics 2026-06-22/2026-12-31",
        *approved("2026-06-22", "2026-12-31", "Real-Time Robotics"),
    ],
    # A new part: what was covered in 2024 or earlier may not be imported or marketed.
    "2026-06-27": [
        *dated("2026-06-22", "2026-06-26", *LISTED),
        "+ part Importation/Marketing Prohibitions 2026-06-26",
        "+ rule Equipment added",
        "+ paper 2026-06-26 Public Notice",
    ],
    # A firm's services covered; three papers; the prohibition lost its link to the notice.
    "2026-07-08": [
        *dated("2026-06-26", "2026-07-07", *ALL),
        "+ Company Digitalsystem Technology",
        "+ listed Digitalsystem Technology 2026-07-07/-",
        "~ Equipment added: sourceUrl text -> -",
        "+ paper 2026-07-07 Public Notice",
        "+ paper 2026-07-01 News Release",
        "+ paper 2026-04-01 Recommendation",
    ],
    # A router approved, an approval's first day moved, one of the papers taken off again.
    "2026-07-10": [
        *dated("2026-07-07", "2026-07-08", *ALL),
        *approved("2026-07-08", "2028-01-08", "Vantiva USA"),
        "~ Arcadyan Technology: startDate 2026-06-12 -> 2026-06-22",
        "+ paper 2026-07-08 Public Notice",
        "- paper 2026-04-01 Recommendation",
    ],
    # Routers approved, the first day moved back, a covered firm's equipment narrowed.
    "2026-07-11": [
        *dated("2026-07-08", "2026-07-10", *ALL),
        *approved("2026-07-10", "2028-01-03", "Gemtek Technology"),
        "~ Arcadyan Technology: startDate 2026-06-22 -> 2026-06-12",
        "~ Kaspersky Lab: scope text -> text",
        "+ paper 2026-07-10 Public Notice",
    ],
    # An approval's last day moved, without a new date of the list; a notice.
    "2026-07-18": [
        "~ Vantiva USA: endDate 2028-01-08 -> 2028-01-03",
        "+ paper 2026-07-17 Public Notice",
    ],
    # Routers of two makers approved.
    "2026-07-21": [
        *dated("2026-07-10", "2026-07-20", *ALL),
        *approved(
            "2026-07-20", "2028-01-10", "Gryphon Safety", "Sercomm Corporation’s"
        ),
        "+ paper 2026-07-20 Public Notice",
    ],
    # All approvals of drones lost their last day, and a footnote says what that means.
    "2026-07-22": [
        *dated("2026-07-20", "2026-07-21", *ALL),
        *(f"~ {name}: endDate 2026-12-31 -> -" for name in OPENED),
        "~ Conditional Approvals: notes - -> text",
        "~ Conditional Approvals: sourceUrl - -> text",
        "+ paper 2026-07-21 Factsheet",
        "+ paper 2026-07-21 Public Notice",
        "+ paper 2026-07-21 Public Notice",
        "+ paper 2026-07-21 News Release",
    ],
    # Only how links open in a browser, and the menu above the page.
    "2026-07-24": [],
}
"""Of each page, what a reader finds changed since the one before."""


def told(found):
    """Tell a difference in short lines: what came, what went, what became what."""
    return sorted(line for one in found.entities() for line in _lines(one))


def _lines(one):
    sides = {"added": "after", "removed": "before"}
    if one.kind == "changed":
        return _changes(one)
    values = {s.prop: s.value for s in _statements(one, sides[one.kind])}
    mark = "+" if one.kind == "added" else "-"
    return [f"{mark} {_what(one, values)}"]


def _what(one, values):
    match one.schema:
        case "Article" if "date" in values:
            return f"paper {values['date']} {values['keywords']}"
        case "Article":
            return f"part {values['title']} {values['modifiedAt']}"
        case "Norm":
            return f"rule {_short(one.caption)}"
        case "Sanction":
            days = f"{values['startDate']}/{values.get('endDate', '-')}"
            return f"{values['status']} {_short(one.about[0])} {days}"
        case "Company" | "Product":
            return f"{one.schema} {_short(one.caption)}"
    raise AssertionError(one)


def _changes(one):
    whom = one.about[0] if one.about else one.caption
    whom = whom if one.schema == "Article" else _short(whom)
    old, new = (
        {s.prop: s.value for s in _statements(one, side)}
        for side in ("before", "after")
    )
    for prop in old.keys() | new.keys():
        yield f"~ {whom}: {prop} {_value(old.get(prop))} -> {_value(new.get(prop))}"


def _statements(one, side):
    claims = (getattr(statement, side) for statement in one.statements)
    found = [claim.statement for claim in claims if claim]
    return [s for s in found if s.prop != "id"]


def _short(name):
    return " ".join(name.split()[:2]).rstrip(",")


def _value(value):
    if value is None:
        return "-"
    return value if len(value) == len("2026-07-24") else "text"


def pages_of(shared):
    folder = shared / "data" / "us-fcc-covered"
    return {path.stem[-10:]: path for path in folder.rglob("*.html")}


@pytest.fixture(scope="module")
def snapshots(shared, tmp_path_factory):
    """Read the pages one after the other, each on its day, and publish after each."""
    home = Home(tmp_path_factory.mktemp("data"))
    pages = pages_of(shared)
    return {day: pulled(home, pages[day], day) for day in sorted(pages)}


def pulled(home, page, day):
    now = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
    came = pull_files(home, "us_fcc_covered_list", [page], now, accept_shrink=False)
    assert came.harvest.quarantined == came.harvest.unread == ()
    return home.publish()


def test_each_step_shows_every_change_of_the_page_and_no_other(snapshots):
    days = pairwise(snapshots)
    seen = {b: told(Difference(snapshots[a], snapshots[b])) for a, b in days}
    assert seen == {day: sorted(lines) for day, lines in STEPS.items()}


def test_no_step_is_seen_where_a_page_says_what_it_said(snapshots):
    quiet = Difference(snapshots["2026-07-22"], snapshots["2026-07-24"])
    assert not any(quiet.counts.values())


def content(page):
    """Return what a reader of the page's content sees: its text, and where its links lead."""
    (main,) = html.document_fromstring(page.read_bytes().decode("utf-8")).iter("main")
    for hidden in [*main.iter("script", "style", "form")]:
        hidden.drop_tree()
    text = " ".join(main.text_content().split())
    return text, [link.get("href") for link in main.iter("a")]


def test_the_content_changed_in_nine_of_the_ten_steps(shared):
    seen = {day: content(page) for day, page in sorted(pages_of(shared).items())}
    same = [after for before, after in pairwise(seen) if seen[before] == seen[after]]
    assert same == ["2026-07-24"]
    assert sorted(STEPS) == [*seen][1:]


def test_a_date_that_was_corrected_back_is_no_change(snapshots):
    found = Difference(snapshots["2026-07-08"], snapshots["2026-07-11"])
    assert not [line for line in told(found) if "Arcadyan" in line]
    assert found.counts["statements_cited_elsewhere"] == 1


def test_the_narrowed_words_of_a_listing_are_told(snapshots):
    found = Difference(snapshots["2026-07-10"], snapshots["2026-07-11"])
    (narrowed,) = (one for one in found.entities() if "Kaspersky" in str(one.about))
    before, after = (_statements(narrowed, side)[0] for side in ("before", "after"))
    assert before.value.startswith(after.value.rstrip("."))


@pytest.mark.parametrize("again", [served_again, rows_turned])
def test_the_last_page_served_otherwise_differs_in_nothing(shared, tmp_path, again):
    home, page = Home(tmp_path / "data"), pages_of(shared)["2026-07-24"]
    other = tmp_path / page.name
    other.write_text(again(page.read_text("utf-8")), "utf-8")
    found = Difference(
        pulled(home, page, "2026-07-24"), pulled(home, other, "2026-07-25")
    )
    assert not any(found.counts.values())
