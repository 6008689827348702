"""OFAC's SDN list: four files of one set, read into entities and their listings."""

from collections import Counter

import pytest

from standsbehind.errors import SourceError, UsageError
from tests.connectors.ofac_sets import (
    NULL,
    drafts,
    harvest_of,
    listings,
    official,
    originals,
    primary,
    row,
    subjects,
    values,
)

FIRM = primary("7", "GANZHOU LANTERN OPTICS CO., LTD.")


def sdn(folder, **files):
    return harvest_of("us_ofac_sdn", folder, **files)


def test_a_firm_is_read_with_names_addresses_and_one_listing_for_each_tag(tmp_path):
    harvest = sdn(
        tmp_path,
        sdn=primary("7", "LANTERN OPTICS", NULL, "SDGT] [IFSR"),
        alt=row("7", "1", "fka", "LANTERN, GLASS & SONS", NULL),
        add=row("7", "2", "1 Test St, 2nd Floor", "Ganzhou 341000", "China", NULL),
    )
    (firm,) = subjects(harvest)
    assert firm.schema == "LegalEntity"
    assert values(firm, "name") == ["LANTERN OPTICS"]
    assert values(firm, "previousName") == ["LANTERN, GLASS & SONS"]
    assert values(firm, "address") == ["1 Test St, 2nd Floor, Ganzhou 341000, China"]
    assert values(firm, "country") == ["cn"]
    assert listings(harvest) == [
        ("us-ofac-sdn", "SDGT", ""),
        ("us-ofac-sdn", "IFSR", ""),
    ]
    assert not harvest.unread
    assert not harvest.quarantined


def test_each_value_cites_its_own_line(tmp_path):
    harvest = sdn(tmp_path, sdn=FIRM, alt=row("7", "41", "aka", "LANTERN", NULL))
    (firm,) = subjects(harvest)
    alias = next(c for c in firm.claims if c.statement.prop == "alias")
    name = next(c for c in firm.claims if c.statement.prop == "name")
    assert alias.citations[0].locator == "ent_num 7 / alt_num 41"
    assert alias.citations[0].quote == "LANTERN"
    assert name.citations[0].digest != alias.citations[0].digest


def test_a_null_mark_is_no_value(tmp_path):
    harvest = sdn(tmp_path, sdn=FIRM, add=row("7", "2", NULL, NULL, NULL, NULL))
    (firm,) = subjects(harvest)
    assert not any("-0-" in claim.statement.value for claim in firm.claims)
    assert not values(firm, "address")


def test_a_persons_name_is_put_in_its_usual_order_and_kept_as_printed(tmp_path):
    text = primary("3", "TESTMAN, Imaginary Q., Jr.", "individual")
    harvest = sdn(tmp_path, sdn=text, alt=row("3", "1", "aka", "PROBE", NULL))
    (person,) = subjects(harvest)
    assert person.schema == "Person"
    assert values(person, "name") == ["Imaginary Q. TESTMAN Jr."]
    assert originals(person, "name") == ["TESTMAN, Imaginary Q., Jr."]
    assert values(person, "alias") == ["PROBE"]
    assert values(drafts(harvest, "Sanction")[0], "listedName") == [
        "TESTMAN, Imaginary Q., Jr."
    ]


def test_of_a_person_papers_kin_and_faith_are_left_aside(tmp_path):
    remarks = (
        "DOB 02 Mar 1961; alt. DOB circa 1962; POB Nowhere; nationality Korea, North; "
        "Gender Male; Passport X1234567 (Nowhere) issued 01 Jan 2001; Tax ID No. 99887766; "
        "son of Someone Else; a.k.a. 'PROBE, Old'; "
        "Secondary sanctions risk: section 1(b) of Executive Order 13224."
    )
    text = primary("3", "TESTMAN, Imaginary", "individual", remarks=remarks)
    (person,) = subjects(sdn(tmp_path, sdn=text))
    assert values(person, "birthDate") == ["1961-03-02"]
    assert values(person, "nationality") == ["kp"]
    assert values(person, "weakAlias") == ["Old PROBE"]
    assert values(person, "notes") == [
        "Secondary sanctions risk: section 1(b) of Executive Order 13224"
    ]
    said = " ".join(str(claim.statement) for claim in person.claims)
    assert not any(word in said for word in ("X1234567", "99887766", "Else", "Nowhere"))


def test_a_remark_cut_in_mid_word_goes_on_in_the_comments(tmp_path):
    head = ("f" * 970 + "; Registration Number 102770")[:1000]
    harvest = sdn(
        tmp_path,
        sdn=primary("7", "VOLGA LENS", remarks=head),
        sdn_comments=row("7", "0999999 (Russia); Tax ID No. 7700000001 (Russia).")
        + "\x1a",
    )
    (firm,) = subjects(harvest)
    assert values(firm, "ogrnCode") == ["1027700999999"]
    assert values(firm, "innCode") == ["7700000001"]
    code = next(c for c in firm.claims if c.statement.prop == "ogrnCode")
    assert len(code.citations) == 2


def test_a_cut_remark_without_comments_gives_no_half_number(tmp_path):
    head = "f" * 975 + "; Tax ID No. 770000000123"
    text = primary("7", "VOLGA LENS", remarks=head)
    harvest = sdn(tmp_path, sdn=text)
    assert len(head) == 1000
    assert not values(subjects(harvest)[0], "taxNumber")
    assert "comments file" in harvest.unread[0].what


def test_identifiers_in_remarks_become_properties_and_free_text_stays_whole(tmp_path):
    remarks = (
        "Unified Social Credit Code (USCC) 91360700TEST00001X (China); Equity Ticker "
        "000000 CN; ISIN CNE000000000; Legal Entity Number 5493000000000000TE12; "
        "Registration Number 55 (Germany) issued 14 Dec 2005; Trade License No. L-1; "
        "Organization Established Date Sep 1984; Website www.example.com; "
        "Phone Number 12345; all offices worldwide."
    )
    (firm,) = subjects(sdn(tmp_path, sdn=primary("7", "LANTERN", remarks=remarks)))
    assert firm.schema == "Company"
    assert values(firm, "uscCode") == ["91360700TEST00001X"]
    assert values(firm, "ticker") == ["000000 CN"]
    assert values(firm, "isinCode") == ["CNE000000000"]
    assert values(firm, "leiCode") == ["5493000000000000TE12"]
    assert values(firm, "registrationNumber") == ["55"]
    assert values(firm, "incorporationDate") == ["1984-09"]
    assert values(firm, "notes") == ["all offices worldwide"]


def test_a_ship_is_read_from_its_columns_and_remarks(tmp_path):
    remarks = (
        "Former Vessel Flag Malta; Vessel Registration Identification IMO 1234567."
    )
    text = primary(
        "4", "PAPER BOAT", "vessel", remarks=remarks, Flag="Panama", GRT="163,660"
    )
    (ship,) = subjects(sdn(tmp_path, sdn=text))
    assert ship.schema == "Vessel"
    assert values(ship, "imoNumber") == ["IMO1234567"]
    assert values(ship, "flag") == ["pa"]
    assert values(ship, "pastFlags") == ["mt"]
    assert values(ship, "grossRegisteredTonnage") == ["163660"]


def test_linked_to_is_a_link_only_where_one_subject_bears_the_name(tmp_path):
    text = (
        primary("1", "LANTERN HOLDING S.A.")
        + primary("2", "TWIN")
        + primary("3", "TWIN")
        + primary("4", "SHOP A", remarks="Linked To: LANTERN HOLDING S.A.")
        + primary("5", "SHOP B", remarks="Linked To: TWIN.")
    )
    harvest = sdn(tmp_path, sdn=text)
    (link,) = drafts(harvest, "UnknownLink")
    assert values(link, "subject") == ["us-ofac-sdn-4"]
    assert values(link, "object") == ["us-ofac-sdn-1"]
    assert values(subjects(harvest)[4], "notes") == ["Linked To: TWIN"]
    assert harvest.subjects == 5


def test_a_place_that_is_no_country_stays_in_the_address(tmp_path):
    harvest = sdn(
        tmp_path,
        sdn=FIRM,
        add=row("7", "1", "5 Sea Rd", NULL, "Region: Crimea", NULL)
        + row("7", "2", NULL, "Harbour", "Atlantis", NULL),
    )
    (firm,) = subjects(harvest)
    assert values(firm, "address") == ["5 Sea Rd, Region: Crimea", "Harbour, Atlantis"]
    assert not values(firm, "country")
    assert [(u.locator, u.what) for u in harvest.unread] == [
        ("ent_num 7 / add_num 2", "country 'Atlantis'")
    ]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        pytest.param(
            {"alt": row("8", "1", "aka", "X", NULL)}, "no such", id="stray alias"
        ),
        pytest.param({"sdn": FIRM + FIRM}, "stands twice", id="number twice"),
        pytest.param(
            {"sdn": FIRM + primary("8", "X", "airship")}, "airship", id="unknown type"
        ),
        pytest.param(
            {"sdn": FIRM + primary("8", "X", programs=NULL)}, "program", id="no program"
        ),
        pytest.param({"sdn": FIRM + row("8", "X") + FIRM}, "2 columns", id="short row"),
        pytest.param({"sdn": FIRM + "\x1a" + FIRM}, "another list", id="glued list"),
    ],
)
def test_a_record_that_cannot_be_read_is_set_aside(tmp_path, files, reason):
    harvest = sdn(tmp_path, **{"sdn": FIRM, **files})
    assert harvest.subjects == 1
    assert reason in harvest.quarantined[0].reason


def test_an_unknown_kind_of_alias_is_reported(tmp_path):
    harvest = sdn(tmp_path, sdn=FIRM, alt=row("7", "1", "dba", "LANTERN", NULL))
    assert [unread.what for unread in harvest.unread] == ["alt_type 'dba'"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("<!DOCTYPE html><p>moved</p>", "a web page", id="web page"),
        pytest.param(FIRM + '8,"CUT OFF IN A NA', "line 2", id="cut in a quote"),
        pytest.param(FIRM + '8,"CUT",-0- ,"SD"', "cut off", id="cut between columns"),
        pytest.param(row("7", "1", "aka", "X", NULL), "5 columns", id="another file"),
    ],
)
def test_a_damaged_file_is_refused_by_name(tmp_path, text, complaint):
    with pytest.raises(SourceError, match=f"sdn.csv.*{complaint}"):
        sdn(tmp_path, sdn=text)


def test_text_in_another_encoding_is_refused_at_its_line(tmp_path):
    (tmp_path / "sdn.csv").write_bytes(FIRM.encode() + '8,"CAFÉ"'.encode("latin-1"))
    with pytest.raises(SourceError, match=r"sdn.csv: line 2, byte \d+: not UTF-8"):
        sdn(tmp_path)


def test_side_files_without_their_primary_are_a_mistake_of_the_caller(tmp_path):
    with pytest.raises(UsageError, match=r"us_ofac_sdn: missing primary"):
        sdn(tmp_path, alt=row("7", "1", "aka", "X", NULL))


def test_a_list_without_its_canaries_is_not_whole(tmp_path):
    missing = sdn(tmp_path, sdn=FIRM).missing
    assert "no alternate file was given" in missing
    assert any(text.startswith("1 records, at least") for text in missing)
    assert any("Hizballah is not on it" in text for text in missing)


@pytest.mark.shared
def test_the_sdn_list_of_july_2021_reads_whole(shared):
    parts = ("sdn", "alt", "add", "sdn_comments")
    names = [f"2021-07_{part}.csv" for part in parts]
    harvest = official(shared, "us_ofac_sdn", *names)
    assert (harvest.subjects, harvest.quarantined, harvest.unread) == (8976, (), ())
    assert harvest.missing == ()
    assert Counter(draft.schema for draft in harvest.drafts) == {
        "Person": 4620,
        "LegalEntity": 3673,
        "Vessel": 406,
        "Airplane": 277,
        "Sanction": 10759,
        "UnknownLink": 3397,
    }
    # 11,910 rows of aliases, besides those in remarks.
    cited = (c.citations[0].locator for c in harvest.claims)
    assert len({locator for locator in cited if "alt_num" in locator}) == 11910


@pytest.mark.shared
def test_the_list_glued_behind_an_sdn_file_is_not_read_as_sdn(shared):
    harvest = official(shared, "us_ofac_sdn", "sdn_photoangell.csv")
    assert harvest.subjects == 11118
    assert len(harvest.quarantined) == 449
    assert len(harvest.unread) == 14
    names = {value for draft in subjects(harvest) for value in values(draft, "name")}
    assert not any("HIKVISION" in name for name in names)


@pytest.mark.shared
def test_official_side_files_without_their_primary_are_refused(shared):
    names = [f"2025-02_{part}.csv" for part in ("alt", "add", "sdn_comments")]
    with pytest.raises(UsageError, match="missing primary"):
        official(shared, "us_ofac_sdn", *names)
