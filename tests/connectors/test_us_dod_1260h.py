"""The section 1260H list in its three forms. All names here are invented."""

import json

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.connectors.sources.us_dod_1260h.printed import Printed, read_printed
from standsbehind.errors import SourceError

TODAY = "2026-11-24"
COLUMNS = (
    "Name",
    "Clean Name",
    "Alias",
    "Previous Name",
    "Parent Name",
    "Note",
    "Start date",
    "End date",
    "Source Url",
)
GROUP = {
    "Name": "Lantern Group Co., Ltd. (Lantern)*",
    "Clean Name": "Lantern Group Co., Ltd.",
    "Alias": "Lantern",
    "Start date": "2021-06-03",
}
SMALL = {
    "Name": "Tiny Optics Limited",
    "Clean Name": "Tiny Optics Limited",
    "Parent Name": "Lantern Group Co. Ltd",
    "Start date": "2021-06-03",
}
FIRM = {
    "name": "Lantern Group Co., Ltd.",
    "aliases": ["Lantern"],
    "country": "China",
    "address": None,
    "status": None,
    "effective_date": "2026-06-10",
    "federal_register": "91 FR 35189 (June 10, 2026)",
    "notes": "Lantern is directly...",
}
TEXT = """[Federal Register Volume 91, Number 111 (Wednesday, June 10, 2026)]
[Notices]
[Pages 35189-35190]
From the Federal Register Online via the Government Publishing Office [www.gpo.gov]
[FR Doc No: 2026-11571]

-----------------------------------------------------------------------

DEPARTMENT OF DEFENSE

Notice of Availability of Designation of Chinese Military Companies

SUPPLEMENTARY INFORMATION: The Deputy Secretary has determined that the following
entities qualify in accordance with section 1260H:

Lantern Group Co., Ltd. (Lantern) (and two subsidiaries: Tiny Optics
Limited (TOL),

[[Page 35190]]

and Small & Sons Co., Ltd.)

    <bullet> Lantern is owned by a testing body (Section 1260H(g)(2)(B)(i)(I)).

New Name Inc. (formerly Old Name Corp. (ONC))

    <bullet> New Name is affiliated with it (Section 1260H(g)(3)(B)(i)).

    The following entities should be removed from the list:

Gone Company Limited

    Dated: June 5, 2026.
[FR Doc. 2026-11571 Filed 6-9-26; 8:45 am]
BILLING CODE 6001-FR-P
"""
XML = """<?xml version="1.0" encoding="UTF-8"?>
<NOTICE>
 <PREAMB><PRTPAGE P="35189"/><AGENCY TYPE="F">DEPARTMENT OF DEFENSE</AGENCY>
  <SUBJECT>Notice of Availability of Designation of Chinese Military Companies</SUBJECT>
  <SUM><HD SOURCE="HED">SUMMARY:</HD><P>Entities were designated.</P></SUM></PREAMB>
 <SUPLINF><HD SOURCE="HED">SUPPLEMENTARY INFORMATION:</HD>
  <P>The following entities qualify in accordance with section 1260H:</P>
  <FP SOURCE="FP-1">Lantern Group Co., Ltd. (<E T="03">Lantern</E>)</FP>
  <P>• Lantern is owned by a testing body (Section 1260H(g)(2)(B)(i)(I)).</P>
  <FP SOURCE="FP-1">Tiny Optics Limited</FP>
  <P>Entities may ask the Department to look again.</P></SUPLINF>
 <SIG><DATED>Dated: June 5, 2026.</DATED></SIG>
 <FRDOC>[FR Doc. 2026-11571 Filed 6-9-26; 8:45 am]</FRDOC>
 <BILCOD>BILLING CODE 6001-FR-P</BILCOD>
</NOTICE>
"""


def table(*rows):
    lines = [",".join(f'"{row.get(name, "")}"' for name in COLUMNS) for row in rows]
    return "\n".join((",".join(COLUMNS), *lines)) + "\n"


def extract(*entities, **changed):
    told = {
        "list_id": "dow-1260h",
        "source_file": "2026-11571.pdf",
        "extracted": "2026-07-09",
        "count": len(entities),
        "entities": list(entities),
    }
    return json.dumps(told | changed)


@pytest.fixture
def reading(tmp_path):
    """Return a function that reads texts or bytes as copies of the list."""

    def read_copies(*contents):
        paths = []
        for number, content in enumerate(contents):
            path = tmp_path / f"1260h-{number}"
            path.write_bytes(
                content if isinstance(content, bytes) else content.encode()
            )
            paths.append(path)
        return of_files(*paths)

    return read_copies


def of_files(*paths):
    dataset = load_dataset("us_dod_1260h")
    return read(dataset, copies_of(dataset, paths, TODAY))


def values(harvest, prop, schema=""):
    claims = (c.statement for c in harvest.claims if c.statement.prop == prop)
    return [c.value for c in claims if schema in {"", c.schema}]


def reasons(harvest):
    return [one.reason for one in harvest.quarantined]


def test_each_row_of_the_table_is_a_listing_from_the_day_of_release(reading):
    found = reading(table(GROUP, GROUP | {"Start date": "2026-06-08"}))
    assert found.subjects == 1
    assert values(found, "startDate") == ["2021-06-03", "2026-06-08"]
    assert values(found, "listingDate") == ["2021-06-28", "2026-06-10"]
    assert values(found, "programId") == ["us-dod-1260h"] * 2
    assert "91 FR 35189" in values(found, "provisions")[1]
    assert values(found, "listedName")[0] == "Lantern Group Co., Ltd. (Lantern)"


def test_a_firm_that_left_the_list_and_came_back_keeps_both_listings(reading):
    left = GROUP | {"End date": "2024-01-31", "Note": "No nexus"}
    found = reading(table(left, GROUP | {"Start date": "2026-06-08", "Note": "Owned"}))
    assert values(found, "endDate") == ["2024-01-31"]
    assert values(found, "notes") == ["No nexus"]
    assert values(found, "reason") == ["Owned"]


def test_a_listing_without_an_end_that_the_newest_edition_drops_is_noted(reading):
    found = reading(table(GROUP | {"Start date": "2026-06-08"}, SMALL))
    assert values(found, "notes") == [
        "no end is given, and the list of 2026-06-08 does not carry this name"
    ]
    assert values(found, "endDate") == []


def test_a_subsidiary_is_linked_to_the_parent_that_the_list_names(reading):
    found = reading(table(GROUP, SMALL, SMALL | {"Start date": "2025-01-07"}))
    link = next(draft for draft in found.drafts if draft.schema == "UnknownLink")
    told = {c.statement.prop: c.statement.value for c in link.claims}
    assert told["subject"] == "us-dod-1260h-tinyopticslimited"
    assert told["object"] == "us-dod-1260h-lanterngroupcoltd"
    assert (
        told["role"] == "named as a subsidiary, in the list of 2021-06-03, 2025-01-07"
    )
    assert told["startDate"] == "2021-06-03"
    assert "endDate" not in told
    assert len(link.claims[-1].citations) == 2


def test_a_link_ends_with_the_last_listing_that_states_it(reading):
    found = reading(table(GROUP, SMALL | {"End date": "2024-01-31"}))
    assert values(found, "endDate", "UnknownLink") == ["2024-01-31"]


def test_a_parent_is_found_with_its_short_form_in_brackets(reading):
    found = reading(
        table(GROUP, SMALL | {"Parent Name": "Lantern Group Co., Ltd. (LG)"})
    )
    assert found.unread == ()


def test_a_short_form_that_stayed_with_the_clean_name_is_an_alias(reading):
    found = reading(
        table(GROUP | {"Clean Name": "Lantern Group Co., Ltd. (Lantern)", "Alias": ""})
    )
    assert values(found, "name") == ["Lantern Group Co., Ltd."]
    assert values(found, "alias") == ["Lantern"]


@pytest.mark.parametrize("parent", ["Nobody Holdings", "Tiny Optics Limited"])
def test_a_parent_who_is_not_on_the_list_is_reported(reading, parent):
    found = reading(table(GROUP, SMALL | {"Parent Name": parent}))
    assert [one.what for one in found.unread] == [
        f"parent {parent!r}, who does not stand on the list"
    ]


def test_names_before_are_former_names_and_two_aliases_are_two(reading):
    row = GROUP | {"Alias": "Lantern,LG Co., Ltd.", "Previous Name": "Old Co.; OC"}
    found = reading(table(row))
    assert values(found, "alias") == ["Lantern", "LG Co., Ltd."]
    assert values(found, "previousName") == ["Old Co.", "OC"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Start date": "2025-01-07", "End date": "2024-01-31"}, "before it begins"),
        ({"End date": "later"}, "not a date: 'later'"),
        ({"Clean Name": " "}, "no name"),
        ({}, "says again what 1260h-0, line 2 says"),
    ],
)
def test_a_row_that_cannot_be_read_without_guessing_is_set_aside(
    reading, changed, reason
):
    found = reading(table(GROUP, GROUP | changed))
    assert reason in reasons(found)[0]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_table_without_one_of_its_columns_is_refused(reading, column):
    with pytest.raises(SourceError, match=f"no column {column}"):
        reading(table(GROUP).replace(column, "Else", 1))


def test_an_extract_is_read_with_the_day_of_release_and_of_publication(reading):
    found = reading(extract(FIRM))
    assert values(found, "startDate") == ["2026-06-08"]
    assert values(found, "listingDate") == ["2026-06-10"]
    assert values(found, "country") == ["cn"]
    assert values(found, "notes") == ["Lantern is directly..."]


def test_an_edition_that_is_not_known_begins_when_it_was_published(reading):
    found = reading(extract(FIRM | {"effective_date": "2027-02-01"}))
    assert values(found, "startDate") == values(found, "listingDate") == ["2027-02-01"]


def test_the_table_and_the_extract_of_one_edition_are_one_listing(reading):
    found = reading(table(GROUP | {"Start date": "2026-06-08"}), extract(FIRM))
    ids = {draft.id for draft in found.drafts if draft.schema == "Sanction"}
    assert (found.subjects, len(ids)) == (1, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(extract(FIRM, count=2), "holds 2 entities and holds 1", id="count"),
        pytest.param(extract(FIRM, count=None), "holds None entities", id="no count"),
        pytest.param(extract(FIRM, list_id="dow-1286"), "no extract of this", id="list"),
        pytest.param(extract(FIRM, entities="all"), "no extract of this", id="type"),
        pytest.param(extract(FIRM)[:-40], "no whole JSON", id="cut"),
        pytest.param("{" * 9_000, "no whole JSON", id="deep"),
        pytest.param(extract(), "no record", id="empty"),
        pytest.param(b"\xff\xfe\x00", "not UTF-8", id="encoding"),
        pytest.param("<!DOCTYPE html><html></html>", "web page", id="web page"),
        pytest.param("<html>sign in</html>", "web page", id="sign in"),
        pytest.param(table(GROUP)[:-8], "cut off", id="cut table"),
        pytest.param(TEXT[: TEXT.index("[FR Doc. ")], "cut off", id="cut text"),
        pytest.param(TEXT.replace(" section 1260H:", "."), "no sentence", id="reworded"),
        pytest.param(TEXT.replace("Notice of Availability", "Removal"), "notice of removal", id="removal"),
        pytest.param(TEXT.replace("[FR Doc No: ", "[No: ").replace("FR Doc. 2026-11571 F", "FR Doc. X F"), "no document number", id="number"),
        pytest.param(XML[:-60], "not whole XML", id="cut XML"),
        pytest.param(XML.replace("NOTICE>", "RULE>"), "not one whole notice", id="rule"),
        pytest.param(XML.replace("<NOTICE>", '<!DOCTYPE x [<!ENTITY a "b">]><NOTICE>'), "document type", id="entities"),
        pytest.param(XML.replace("Notice of Availability", "Removal"), "notice of removal", id="XML removal"),
    ],
)  # fmt: skip
def test_what_is_not_a_whole_list_is_refused(reading, content, said):
    with pytest.raises(SourceError, match=said):
        reading(content)


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        ("Lantern", "not an entity"),
        (FIRM | {"name": None}, "no name"),
        (FIRM | {"name": ["Lantern"]}, "a field that is no text"),
        (FIRM | {"aliases": "Lantern"}, "a field that is no text"),
        (FIRM | {"aliases": [1]}, "an alias that is no text"),
        (FIRM | {"effective_date": None}, "not a date: ''"),
    ],
)
def test_an_entity_of_wrong_types_is_set_aside(reading, entity, reason):
    found = reading(extract(FIRM | {"name": "Other Ltd."}, entity))
    assert reason in reasons(found)[0]


def test_fields_of_an_extract_that_are_not_known_are_reported(reading):
    odd = {"federal_register": "soon", "status": "x", "risk": 5, "country": "Atlantis"}
    found = reading(extract(FIRM | odd, mood="good"))
    assert {one.what for one in found.unread} == {
        "field 'mood'",
        "field 'status'",
        "field 'risk'",
        "citation 'soon'",
        "country 'Atlantis'",
    }


def test_a_notice_as_text_gives_firms_their_subsidiaries_and_reasons(reading):
    found = reading(TEXT)
    assert values(found, "name") == [
        "Lantern Group Co., Ltd.",
        "Tiny Optics Limited",
        "Small & Sons Co., Ltd.",
        "New Name Inc.",
    ]
    assert values(found, "alias") == ["Lantern", "TOL"]
    assert values(found, "previousName") == ["Old Name Corp.", "ONC"]
    assert values(found, "startDate", "Sanction") == ["2026-06-08"] * 4
    assert values(found, "listingDate") == ["2026-06-10"] * 4
    assert len(values(found, "role")) == 2
    assert values(found, "reason") == [
        "Lantern is owned by a testing body (Section 1260H(g)(2)(B)(i)(I)).",
        "New Name is affiliated with it (Section 1260H(g)(3)(B)(i)).",
    ]


def test_firms_that_a_notice_removes_are_not_read_as_listed(reading):
    found = reading(TEXT)
    assert "Gone Company Limited" not in values(found, "name")
    assert [one.what for one in found.unread] == [
        "firms that the notice removes: they are not read"
    ]


def test_a_notice_within_a_web_page_is_the_same_notice(reading):
    page = f"<html><head><title>FR</title></head><body><pre>\n{TEXT.replace('&', '&amp;')}</pre></body></html>"
    within, plain = reading(page), reading(TEXT)
    ids = [{c.statement.id for c in one.claims} for one in (within, plain)]
    assert ids[0] == ids[1]


def test_a_notice_as_xml_takes_its_day_from_its_number(reading):
    found = reading(XML)
    assert values(found, "name") == ["Lantern Group Co., Ltd.", "Tiny Optics Limited"]
    assert values(found, "listingDate") == ["2026-06-10"] * 2
    assert "91 FR 35189" in values(found, "provisions")[0]
    assert [one.what for one in found.unread] == [
        "sentence 'Entities may ask the Department to look again.'"
    ]


def test_a_notice_whose_day_is_not_known_says_so_and_states_none(reading):
    found = reading(XML.replace("2026-11571", "2028-00001"))
    assert values(found, "startDate") == []
    assert "FR Doc. 2028-00001" in values(found, "provisions")[0]
    assert found.unread[0].what == "the day on which 2028-00001 was published"


def test_a_bracket_that_is_not_closed_costs_one_firm_and_not_those_after_it(reading):
    found = reading(TEXT.replace("(formerly Old Name Corp. (ONC))", "(ONC]"))
    assert "cannot tell the name from 'New Name Inc. (ONC]'" in reasons(found)[0]
    assert found.subjects == 3


def test_a_bullet_that_is_no_sentence_is_a_firm(reading):
    found = reading(
        TEXT.replace("New Name Inc. (formerly", "<bullet> New Name Inc. (formerly")
    )
    assert "New Name Inc." in values(found, "name")


def test_a_reason_goes_on_over_the_end_of_a_page(reading):
    found = reading(
        TEXT.replace("a testing body (", "a\n\n[[Page 35190]]\n\ntesting body (")
    )
    assert values(found, "reason") == values(reading(TEXT), "reason")


def test_a_paragraph_of_several_names_is_set_aside(reading):
    several = "\n".join(f"Number {n} Testing Company Limited (N{n})" for n in range(6))
    found = reading(
        TEXT.replace("New Name Inc. (formerly Old Name Corp. (ONC))", several)
    )
    assert "cannot tell the name" in reasons(found)[0]


@pytest.mark.parametrize(
    ("text", "taken_apart"),
    [
        ("One Group (Limited) (OGL)", Printed("One Group (Limited)", ("OGL",))),
        ("One (Hong Kong) Limited", Printed("One (Hong Kong) Limited")),
        ("One Co. (also known as Two Ltd.)", Printed("One Co.", ("Two Ltd.",))),
        (
            "One Co. (and 2 subsidiaries: A Co., Ltd., and B, Inc.)",
            Printed("One Co.", subsidiaries=(Printed("A Co., Ltd."), Printed("B, Inc."))),
        ),
        ("One Co. (and three subsidiaries: A Ltd., B Ltd.)", None),
        ("One Co. (and one subsidiary: A (and one subsidiary: B Ltd.))", None),
        ("One Co. (remark: seen)", None),
        ("One Co." + " (O)" * 9_000, None),
        ("One Co. (open", None),
        ("(One)", None),
        ("One " * 60, None),
        ("", None),
    ],
)  # fmt: skip
def test_a_printed_firm_is_taken_apart_or_left_whole(text, taken_apart):
    assert read_printed(text) == taken_apart


@pytest.mark.shared
def test_the_table_of_all_editions_is_read_whole(shared):
    found = of_files(shared / "data" / "us-1260h-history" / "sanctions.csv")
    assert (found.rows, found.subjects, found.missing) == (397, 223, ())
    assert found.quarantined == found.unread == ()
    assert len(values(found, "startDate", "Sanction")) == 397
    assert len(values(found, "endDate", "Sanction")) == 21
    assert len(values(found, "role")) == 136
    noted = [v for v in values(found, "notes") if v.startswith("no end is given")]
    assert len(noted) == 19


@pytest.mark.shared
def test_the_extract_of_the_edition_of_2026_is_read_whole(shared):
    path = shared / "data" / "us-lists-2026-07" / "dow_1260h.json"
    found = of_files(path)
    assert (found.rows, found.subjects, found.missing) == (80, 80, ())
    assert found.quarantined == found.unread == ()


@pytest.mark.shared
def test_two_transcriptions_of_the_edition_of_2026_agree_on_78_of_80_names(shared):
    folder = shared / "data"
    table_of_all = folder / "us-1260h-history" / "sanctions.csv"
    both = of_files(table_of_all, folder / "us-lists-2026-07" / "dow_1260h.json")
    assert both.subjects == 223 + 2
    listings = {draft.id for draft in both.drafts if draft.schema == "Sanction"}
    assert len(listings) == 397 + 2


@pytest.mark.shared
def test_a_whole_extract_that_lost_one_entity_is_refused(shared, reading):
    path = shared / "data" / "us-lists-2026-07" / "dow_1260h.json"
    told = json.loads(path.read_text("utf-8"))
    told["entities"].pop()
    with pytest.raises(
        SourceError, match="says that it holds 80 entities and holds 79"
    ):
        reading(json.dumps(told))
