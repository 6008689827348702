"""Listings that read the same are told once, with how many they are and all their sources."""

from dataclasses import replace

from standsbehind.model.citation import Citation
from standsbehind.model.dates import Interval
from standsbehind.model.designation import Designation
from standsbehind.reports.alike import alike
from standsbehind.reports.words import list_title


def cited(source):
    return (Citation(source, source, source, "", source),)


FIRST = Designation("s1", "f", "us-ofac-sdn", "Firm", citations=cited("a"))


def test_entries_that_differ_in_their_record_alone_are_one():
    second = replace(FIRST, id="s2", citations=cited("b"))
    (told,) = alike([FIRST, second])
    assert told.ids == ("s1", "s2")
    assert [c.source for c in told.listing.citations] == ["a", "b"]


def test_the_headings_of_entries_that_are_told_as_one_are_all_named():
    entries = [
        replace(FIRST, id="s1", tag="SDGT"),
        replace(FIRST, id="s2", tag="IRAN"),
        replace(FIRST, id="s3", tag="IRAN; SDGT"),
    ]
    (told,) = alike(entries)
    assert told.listing.tag == "SDGT; IRAN"
    assert list_title(told.listing) == "OFAC SDN List (SDGT; IRAN)"


def test_another_day_or_name_is_another_listing():
    later = replace(FIRST, id="s2", interval=Interval("2021-01-01", None))
    renamed = replace(FIRST, id="s3", listed_name="Firm Ltd")
    assert [one.ids for one in alike([FIRST, later, renamed])] == [
        ("s1",),
        ("s2",),
        ("s3",),
    ]
