"""The UFLPA page: one entity for each name, with a listing for each legal ground."""

import json
from pathlib import Path

import pytest

from standsbehind.connectors.context import entity_id
from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import Harvest, copies_of, read
from standsbehind.connectors.sources.us_dhs_uflpa.names import ListedName, read_name
from standsbehind.errors import SourceError
from standsbehind.model.entity import Entity, fold

SAMPLE = Path(__file__).parent / "samples" / "uflpa-entity-list.html"
CORPS = "Invented Construction Corps"


def crawl(path: Path) -> Harvest:
    dataset = load_dataset("us_dhs_uflpa")
    return read(dataset, copies_of(dataset, [path], "2026-07-24"))


def changed(tmp_path: Path, old: str, new: str) -> Path:
    page = SAMPLE.read_text("utf-8")
    assert old in page
    path = tmp_path / SAMPLE.name
    path.write_text(page.replace(old, new), "utf-8")
    return path


def subject(harvest: Harvest, name: str) -> Entity:
    folded = [
        fold(claim.statement for claim in draft.claims) for draft in harvest.drafts
    ]
    (found,) = [entity for entity in folded if name in entity.get("name")]
    return found


def listings(harvest: Harvest, name: str = "") -> list[Entity]:
    folded = [
        fold(claim.statement for claim in draft.claims) for draft in harvest.drafts
    ]
    sanctions = [entity for entity in folded if entity.schema == "Sanction"]
    return [
        s for s in sanctions if not name or subject(harvest, name).id in s.get("entity")
    ]


def test_a_firm_in_two_tables_is_one_entity_with_two_listings():
    harvest = crawl(SAMPLE)
    on_both = listings(harvest, CORPS)
    assert [s.first("program") for s in on_both] == [
        "Section 2(d)(2)(B)(i)",
        "Section 2(d)(2)(B)(ii)",
    ]
    assert (harvest.subjects, len(listings(harvest))) == (3, 5)


def test_names_that_differ_in_punctuation_alone_are_one_entity():
    cotton = subject(crawl(SAMPLE), "Example Cotton Co., Ltd.")
    assert cotton.get("name") == ("Example Cotton, Co. Ltd", "Example Cotton Co., Ltd.")
    assert cotton.get("alias") == (
        "Sample Cotton and Linen",
        "Sample (Groep) Textiles Co., Ltd.",
    )


def test_a_listing_keeps_the_printed_name_the_day_and_whom_it_includes():
    listed = listings(crawl(SAMPLE), CORPS)[0]
    assert listed.first("listedName").startswith(
        f"{CORPS} (including one alias: Madeup Corps)"
    )
    assert listed.get("scope") == ("and its subordinate and affiliated entities",)
    assert listed.get("startDate") == ("2022-06-21",)
    assert listed.get("reason") == (
        "A list of entities that an invented clause describes",
    )


def test_each_value_cites_every_row_that_prints_it():
    harvest = crawl(SAMPLE)
    (corps,) = [
        draft for draft in harvest.drafts if draft.id.endswith("constructioncorps")
    ]
    cited = {claim.statement.value: claim.citations for claim in corps.claims}
    assert [c.locator for c in cited[CORPS]] == ["table 1, row 2", "table 2, row 2"]
    assert [c.locator for c in cited["ICCX"]] == ["table 2, row 2"]
    assert {c.published for c in cited[CORPS]} == {"2025-01-14"}


def test_no_country_is_added_that_the_page_does_not_state():
    assert not any(claim.statement.prop == "country" for claim in crawl(SAMPLE).claims)


@pytest.mark.parametrize(
    ("printed", "taken_apart"),
    [
        pytest.param(
            "Pretend Co., Ltd. (also known as One Co., Ltd. and Two; and formerly known as Three and Four)",
            ListedName("Pretend Co., Ltd.", ("One Co., Ltd.", "Two"), ("Three and Four",)),
            id="also and formerly",
        ),
        pytest.param(
            "Pretend Co. (f/k/a Old Pretend; a.k.a. PTD)",
            ListedName("Pretend Co.", ("PTD",), ("Old Pretend",)),
            id="short labels",
        ),
        pytest.param(
            "Pretend (Groep) Ltd (including one alias: Sample (Groep)) and subsidiaries",
            ListedName("Pretend (Groep) Ltd", ("Sample (Groep)",), scope="and subsidiaries"),
            id="brackets in names",
        ),
        pytest.param(
            "Pretend Center (PTDC) (and its subsidiaries)",
            ListedName("Pretend Center", short="PTDC", scope="and its subsidiaries"),
            id="abbreviation",
        ),
        pytest.param("Cotton and Linen Co.", ListedName("Cotton and Linen Co."), id="plain"),
    ],
)  # fmt: skip
def test_a_printed_name_is_taken_apart(printed, taken_apart):
    assert read_name(printed) == taken_apart


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("Pretend Co. (and three aliases: One; and Two)", id="miscounted"),
        pytest.param(
            "Pretend Co. and its eight subsidiaries, which include One", id="members"
        ),
        pytest.param("Pretend Co. (located elsewhere)", id="unknown remark"),
        pytest.param("Pretend Co. (also known as One; )", id="blank alias"),
        pytest.param("Pretend Co. (also known as One", id="open bracket"),
        pytest.param("", id="no name"),
    ],
)
def test_a_name_that_cannot_be_taken_apart_is_left_whole(printed):
    assert read_name(printed) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("two aliases", "seven aliases", id="miscounted aliases"),
        pytest.param("June 12, 2024", "soon", id="no day"),
        pytest.param("<td>June 12, 2024</td>", "", id="lost cell"),
        pytest.param("Example Cotton Co., Ltd., and Subsidiaries</td><td>November 25, 2024</td></tr>",
            "A Co.</td><td>May 1, 2024</td></tr><tr><td>A, Co.</td><td>May 1, 2024</td></tr>", id="named twice"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_without_guessing_is_set_aside(tmp_path, old, new):
    assert len(crawl(changed(tmp_path, old, new)).quarantined) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("(B)(ii)<", "(B)(vi)<", r"table 2: no heading.*\(vi\)", id="unknown ground"),
        pytest.param("(B)(ii)<", "(B)(i)<", "table 2: no heading of its own", id="ground given twice"),
        pytest.param("(B)(v)<", "(B)(iv)<", r"no table under Section 2\(d\)\(2\)\(B\)\(v\)", id="lost ground"),
        pytest.param("Entity Name", "Removed Entity", "Removed Entity", id="renamed column"),
    ],
)  # fmt: skip
def test_a_changed_layout_is_refused(tmp_path, old, new, said):
    with pytest.raises(SourceError, match=said):
        crawl(changed(tmp_path, old, new))


def test_a_page_without_its_date_is_noticed(tmp_path):
    harvest = crawl(changed(tmp_path, "Last Updated:", "Printed:"))
    assert [unread.what for unread in harvest.unread] == [
        "no 'Last Updated' day in the form MM/DD/YYYY"
    ]


def test_a_half_downloaded_page_is_refused(tmp_path):
    path = tmp_path / SAMPLE.name
    path.write_bytes(SAMPLE.read_bytes()[:1500])
    with pytest.raises(SourceError, match="cut off before the end"):
        crawl(path)


def test_a_table_given_instead_of_the_page_is_refused(tmp_path):
    path = tmp_path / "uflpa.csv"
    path.write_text("Name of Entity,Effective Date\n", "utf-8")
    with pytest.raises(SourceError, match="not a web page"):
        crawl(path)


@pytest.mark.shared
def test_the_published_page_has_150_printed_names_on_160_listings(shared):
    harvest = crawl(shared / "data" / "us-uflpa" / "dhs-uflpa_2026-07-24.html")
    listed = listings(harvest)
    assert (len(listed), len({s.first("listedName") for s in listed})) == (160, 150)
    assert len({s.first("program") for s in listed}) == 3
    assert harvest.subjects == 144
    assert harvest.quarantined == harvest.unread == harvest.missing == ()


@pytest.mark.shared
def test_pages_with_other_bytes_and_the_same_tables_say_the_same(shared):
    pages = sorted((shared / "data" / "us-uflpa").glob("*.html"))
    read = [{claim.statement.id for claim in crawl(page).claims} for page in pages]
    assert len(pages) == 3
    assert read[0] == read[1] == read[2]


@pytest.mark.shared
def test_another_extract_of_the_list_names_the_same_entities(shared):
    harvest = crawl(shared / "data" / "us-uflpa" / "source-uflpa-2026-07-09.html")
    extract = json.loads(
        (shared / "data" / "us-lists-2026-07" / "dhs_uflpa.json").read_text("utf-8")
    )
    ours = {draft.id for draft in harvest.drafts}
    theirs = [name for row in extract["entities"] if (name := read_name(row["name"]))]
    named = {entity_id("us_dhs_uflpa", name.key) for name in theirs}
    assert len(theirs) == 148
    assert named <= ours
    assert len(named) == harvest.subjects
