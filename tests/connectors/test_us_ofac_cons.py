"""OFAC's non-SDN lists: which list a subject is on, by its tags and directives."""

from collections import Counter

import pytest

from tests.connectors.ofac_sets import (
    NULL,
    drafts,
    harvest_of,
    listings,
    official,
    primary,
    subjects,
    values,
)


def cons(folder, remarks=NULL, programs="CMIC-EO13959"):
    text = primary("9", "HARBIN PINE SENSORS LTD", NULL, programs, remarks)
    return harvest_of("us_ofac_cons", folder, cons_prim=text)


def test_a_cmic_listing_has_its_dates_and_its_last_day_for_divestment(tmp_path):
    harvest = cons(
        tmp_path,
        "Effective Date (CMIC) 02 Aug 2021; Purchase/Sales For Divestment Date (CMIC) "
        "03 Jun 2022; Listing Date (CMIC) 03 Jun 2021.",
    )
    (sanction,) = drafts(harvest, "Sanction")
    assert listings(harvest) == [("us-ns-cmic", "CMIC-EO13959", "2021-08-02")]
    assert values(sanction, "listingDate") == ["2021-06-03"]
    assert values(sanction, "scope") == [
        "Purchase/Sales For Divestment Date (CMIC) 03 Jun 2022"
    ]


def test_directives_of_one_tag_lead_to_different_lists(tmp_path):
    harvest = cons(
        tmp_path,
        "Executive Order 13662 Directive Determination - Subject to Directive 1; "
        "Executive Order 14024 Directive Information Subject to Directive 3 - No new "
        "debt.; Listing Date (EO 14024 Directive 2): 24 Feb 2022; Effective Date (EO "
        "14024 Directive 2): 26 Mar 2022; Effective Date (EO 14024 Directive 3): 27 Mar "
        "2022.",
        "UKRAINE-EO13662] [RUSSIA-EO14024",
    )
    assert listings(harvest) == [
        ("us-ofac-ssi", "UKRAINE-EO13662", ""),
        ("us-ofac-mbs", "RUSSIA-EO14024", "2022-03-27"),
        ("us-ofac-capta", "RUSSIA-EO14024", "2022-03-26"),
    ]


def test_a_tag_of_the_sdn_list_gives_no_listing_here(tmp_path):
    harvest = cons(tmp_path, programs="SDGT] [NS-PLC")
    assert listings(harvest) == [("us-ofac-plc", "NS-PLC", "")]
    assert values(subjects(harvest)[0], "program") == ["SDGT", "NS-PLC"]
    assert not harvest.unread


@pytest.mark.parametrize(
    ("programs", "remarks", "what"),
    [
        pytest.param("MOON-EO99999", NULL, "program 'MOON-EO99999'", id="tag"),
        pytest.param(
            "RUSSIA-EO14024",
            "Effective Date (EO 14024 Directive 9): 26 Mar 2022.",
            "program 'EO 14024 Directive 9'",
            id="directive",
        ),
        pytest.param("SDGT", NULL, "no tag of a list of this set", id="only SDN"),
    ],
)
def test_an_unknown_program_is_listed_as_other_and_reported(
    tmp_path, programs, remarks, what
):
    harvest = cons(tmp_path, remarks, programs)
    assert [program for program, _tag, _start in listings(harvest)] == [
        "us-ofac-non-sdn"
    ]
    assert what in harvest.unread[0].what


def test_a_date_that_is_no_date_is_reported(tmp_path):
    harvest = cons(tmp_path, "Effective Date (CMIC) soon.")
    assert [unread.what for unread in harvest.unread] == ["date 'soon'"]


@pytest.mark.shared
def test_the_consolidated_list_reads_whole(shared):
    parts = ("prim", "alt", "add", "comments")
    harvest = official(shared, "us_ofac_cons", *[f"cons_{part}.csv" for part in parts])
    assert (harvest.subjects, harvest.quarantined, harvest.unread) == (442, (), ())
    assert harvest.missing == ()
    assert Counter(program for program, _tag, _start in listings(harvest)) == {
        "us-ofac-ssi": 286,
        "us-ofac-plc": 78,
        "us-ns-cmic": 68,
        "us-ofac-mbs": 15,
        "us-ofac-capta": 15,
    }


@pytest.mark.shared
def test_the_five_seed_firms_are_cmic_and_dahua_is_not(shared):
    harvest = official(shared, "us_ofac_cons", "cons_prim.csv", "cons_alt.csv")
    cmic = [
        s for s in drafts(harvest, "Sanction") if "us-ns-cmic" in values(s, "programId")
    ]
    names = " | ".join(name for s in cmic for name in values(s, "listedName"))
    for firm in ("HIKVISION", "SENSETIME", "MEGVII", "YITU", "CLOUDWALK"):
        assert firm in names
    assert "DAHUA" not in names
    assert all(values(s, "startDate") and values(s, "listingDate") for s in cmic)
