"""The FCC page: covered firms are listed, products with an approval are exempted."""

import re
from pathlib import Path

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import Harvest, copies_of, read
from standsbehind.errors import SourceError
from standsbehind.model.entity import Entity, fold

SAMPLE = Path(__file__).parent / "samples" / "fcc-coveredlist.html"
DAYS = {"2026-06-19": (12, 22), "2026-07-08": (13, 25), "2026-07-24": (13, 29)}


def crawl(path: Path) -> Harvest:
    dataset = load_dataset("us_fcc_covered_list")
    return read(dataset, copies_of(dataset, [path], "2026-07-24"))


def changed(tmp_path: Path, old: str, new: str) -> Path:
    page = SAMPLE.read_text("utf-8")
    assert old in page
    path = tmp_path / SAMPLE.name
    path.write_text(page.replace(old, new), "utf-8")
    return path


def entities(harvest: Harvest, schema: str) -> list[Entity]:
    folded = [
        fold(claim.statement for claim in draft.claims) for draft in harvest.drafts
    ]
    return [entity for entity in folded if entity.schema == schema]


def listing(harvest: Harvest, name: str) -> Entity:
    (found,) = [s for s in entities(harvest, "Sanction") if name in s.get("listedName")]
    return found


def norms(harvest: Harvest) -> list[Entity]:
    return entities(harvest, "Norm")


def names(harvest: Harvest, schema: str) -> list[str | None]:
    return [entity.first("name") for entity in entities(harvest, schema)]


def test_a_covered_firm_is_listed_with_the_limits_of_its_row():
    covered = listing(crawl(SAMPLE), "Example Camera Company")
    assert covered.get("status") == ("listed",)
    assert covered.get("startDate") == ("2021-03-12",)
    assert covered.get("provisions") == ("47 CFR 1.50002",)
    assert covered.first("scope").endswith(
        "to the extent it is used for an invented purpose."
    )


def test_an_exempted_product_is_not_covered():
    harvest = crawl(SAMPLE)
    assert not any("Pretend" in name for name in names(harvest, "Company"))
    pretended = [
        s for s in entities(harvest, "Sanction") if "Pretend" in s.first("listedName")
    ]
    assert [s.get("status") for s in pretended] == [("exempted",)] * 3


def test_an_approval_without_an_end_stays_open():
    approval = listing(
        crawl(SAMPLE), "Pretend Drones, Inc.’s P1 Uncrewed Aircraft System"
    )
    assert approval.get("startDate") == ("2026-03-17",)
    assert approval.get("endDate") == ()
    assert approval.get("program") == ("UAS Conditional Approvals",)


def test_two_approvals_in_one_row_keep_their_own_days():
    harvest = crawl(SAMPLE)
    first = listing(harvest, "Pretend Routers, Inc.’s R1 router")
    second = listing(harvest, "Pretend Routers, Inc.’s R2 and R3 routers")
    assert (first.first("startDate"), first.first("endDate")) == (
        "2026-05-06",
        "2027-10-31",
    )
    assert (second.first("startDate"), second.first("endDate")) == (
        "2026-06-01",
        "2027-11-22",
    )
    assert first.get("entity") == second.get("entity")


def test_a_product_printed_on_two_lines_is_one_product(tmp_path):
    harvest = crawl(changed(tmp_path, "P1 Uncrewed", "P1<br>Uncrewed"))
    approval = listing(harvest, "Pretend Drones, Inc.’s P1 Uncrewed Aircraft System")
    assert approval.get("startDate") == ("2026-03-17",)


def test_one_row_may_name_two_firms_and_a_name_keeps_its_full_stop():
    assert names(crawl(SAMPLE), "Company") == [
        "Example Camera Company",
        "Madeup Telecom USA Inc.",
        "Sample Networks Corp",
        "SampleNet (USA) LLC",
    ]


def test_a_category_a_prohibition_and_a_document_are_no_subjects():
    harvest = crawl(SAMPLE)
    assert harvest.subjects == 6
    assert harvest.quarantined == harvest.unread == ()
    sanctioned = {s.first("entity") for s in entities(harvest, "Sanction")}
    others = {e.id for kind in ("Norm", "Article") for e in entities(harvest, kind)}
    assert len(others) == 4 + 5
    assert not sanctioned & others


def test_a_category_keeps_its_exceptions_days_and_links():
    (aircraft,) = (n for n in norms(crawl(SAMPLE)) if "aircraft" in n.first("name"))
    assert aircraft.get("program") == ("Covered List",)
    assert aircraft.get("startDate") == ("2025-12-22",)
    assert aircraft.get("modifiedAt") == ("2026-01-07", "2026-03-18")
    assert aircraft.get("exception") == (
        "(a) those of an invented list; and",
        '(b) those approved, and “invented toys."',
    )
    assert aircraft.get("sourceUrl") == ("https://listed.example/cleared",)


def test_two_categories_of_one_row_keep_their_own_links():
    (other,) = (n for n in norms(crawl(SAMPLE)) if "1709" in n.first("name"))
    assert other.get("exception") == ()
    assert other.get("sourceUrl") == ("https://www.fcc.gov/invented-act.pdf",)


def test_a_prohibition_says_what_by_which_notice_and_from_when():
    (prohibition,) = (n for n in norms(crawl(SAMPLE)) if n.get("effective"))
    assert prohibition.first("summary") == (
        "Equipment added to the Covered List in an invented year."
    )
    assert prohibition.get("notice") == ("June 26, 2026 Public Notice",)
    assert prohibition.get("sourceUrl") == (
        "https://www.fcc.gov/document/invented-notice",
    )
    assert prohibition.get("effective") == ("In general, 10 Days",)
    assert prohibition.get("startDate") == ()


def test_a_prohibition_from_a_day_has_that_day(tmp_path):
    harvest = crawl(changed(tmp_path, "In general, 10 Days", "July 30, 2026"))
    (prohibition,) = (n for n in norms(harvest) if n.get("effective"))
    assert prohibition.get("startDate") == ("2026-07-30",)


def test_the_day_and_the_footnotes_of_each_part_are_told():
    listed, approved, prohibited = entities(crawl(SAMPLE), "Article")[:3]
    assert listed.get("title") == ("Covered List",)
    assert listed.get("modifiedAt") == ("2026-07-21",)
    assert listed.get("notes") == (
        "*An invented footnote.",
        "†Another, on an Invented Determination.",
    )
    assert listed.get("sourceUrl") == (
        "https://www.fcc.gov/invented-determination.pdf",
    )
    assert (approved.first("modifiedAt"), approved.get("notes")) == ("2026-07-22", ())
    assert prohibited.get("notes") == ("An invented procedure.", "1An invented delay.")


def test_each_document_has_its_day_kind_title_and_links():
    facts, notice = entities(crawl(SAMPLE), "Article")[3:]
    assert facts.get("date") == ("2026-07-21",)
    assert facts.get("keywords") == ("Factsheet",)
    assert facts.get("name") == ()  # a title names a firm, and is no name of one
    assert notice.get("title") == ("An Invented Notice",)
    assert notice.get("sourceUrl") == (
        "https://www.fcc.gov/document/invented-notice",
        "https://docs.fcc.gov/invented.pdf",
    )


def test_the_days_of_updates_of_a_listing_are_kept():
    updated = listing(crawl(SAMPLE), "SampleNet (USA) LLC")
    assert updated.get("modifiedAt") == ("2026-01-07",)


def test_a_citation_quotes_the_row_and_gives_the_date_of_the_list():
    drafts = crawl(SAMPLE).drafts
    firm = drafts[0]
    product = next(
        draft for draft in drafts if draft.citation.locator == "table 3, row 1"
    )
    assert firm.citation.quote.startswith(
        "Invented equipment produced by Example Camera"
    )
    assert (firm.citation.locator, firm.citation.published) == (
        "table 1, row 1",
        "2026-07-21",
    )
    assert (product.citation.locator, product.citation.published) == (
        "table 3, row 1",
        "2026-07-22",
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(">Conditional Approvals<", ">Trusted Devices<", "Trusted Devices", id="renamed heading"),
        pytest.param("<h3>Conditional Approvals</h3>", "", "Covered List.*columns are", id="lost heading"),
        pytest.param(">Covered List<", ">Our List<", "no table under a heading 'Covered List'", id="no covered list"),
        pytest.param("Date of Inclusion on", "Date of Removal from", "Date of Removal", id="renamed column"),
    ],
)  # fmt: skip
def test_a_changed_layout_is_refused(tmp_path, old, new, said):
    with pytest.raises(SourceError, match=said):
        crawl(changed(tmp_path, old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Routers<span>", "Lamps<span>", id="unknown category"),
        pytest.param("produced by <strong>", "See <strong>", id="bold text where no firm is named"),
        pytest.param("March 12, 2021", "2021 or so", id="no date of inclusion"),
        pytest.param("R2 and R3", "R2<br>and R3", id="three lines, two ranges"),
        pytest.param("Mar 17, 2026 -", "Mar 17, 2026 - Smarch 3, 2027", id="no date of an end"),
        pytest.param("<td><p>March 25, 2022</p></td>", "", id="lost cell"),
        pytest.param("Mar 17, 2026 -", "17/3/2026 -", id="no date of a start"),
        pytest.param("Routers<span>^ </span>produced in a foreign country, except invented ones.", "&nbsp;", id="blank subject"),
        pytest.param("Pretend Drones, Inc.’s P1 Uncrewed Aircraft System", "", id="blank product"),
        pytest.param("<p>December 22, 2025</p>", "", id="no date of a category"),
        pytest.param("January 7, 2026<br><br>Updated", "Smarch 7, 2026<br><br>Updated", id="no date of an update"),
        pytest.param("In general, 10 Days<sup>1</sup>", "", id="no effective date"),
        pytest.param("July 21, 2026 - Factsheet", "Factsheet", id="document without a day"),
        pytest.param("https://www.fcc.gov/document/invented-facts", "#", id="document without a link"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_without_guessing_is_set_aside(tmp_path, old, new):
    harvest = crawl(changed(tmp_path, old, new))
    assert len(harvest.quarantined) == 1


def test_a_list_without_its_date_is_noticed(tmp_path):
    harvest = crawl(changed(tmp_path, "(July 21, 2026)*†±", "(undated)"))
    assert [unread.locator for unread in harvest.unread] == ["section Covered List"]


def test_a_name_in_bold_in_a_prohibition_is_noticed_and_not_listed(tmp_path):
    named = "Equipment by <strong>Nobody Cameras</strong>, added to"
    harvest = crawl(changed(tmp_path, "Equipment added to", named))
    assert [unread.locator for unread in harvest.unread] == ["table 4, row 1"]
    assert "Nobody Cameras" not in names(harvest, "Company")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        pytest.param(">Documents<", ">Papers<", "no heading 'Documents'", id="heading"),
        pytest.param("</ul>", "</ul><p>And so on</p>", "text 'And so on'", id="text"),
        pytest.param(
            "| [", "as mended [", "text 'as mended []' beside the links", id="words"
        ),
    ],
)
def test_a_changed_list_of_documents_is_noticed(tmp_path, old, new, what):
    harvest = crawl(changed(tmp_path, old, new))
    assert [unread.what for unread in harvest.unread] == [what]


def told(page: str, folder: Path) -> object:
    """Return all that is read of a page, or what refuses it."""
    path = folder / SAMPLE.name
    path.write_text(page, "utf-8")
    try:
        harvest = crawl(path)
    except SourceError as error:
        return str(error)
    said = [(c.statement.id, c.statement.value) for c in harvest.claims]
    return said, harvest.quarantined, harvest.unread


@pytest.mark.parametrize(
    ("place", "aside"),
    [
        # Aside are a footnote's mark and the text of a document's second link.
        pytest.param(r"(?<=>)[^<>\w]*\w", ["1</", "PDF"], id="text"),
        pytest.param(r'(?<=href=")(?:https?:/)?/(?!supplychain)', [], id="link"),
    ],
)
def test_whatever_changes_on_the_page_is_noticed(tmp_path, place, aside):
    page = SAMPLE.read_text("utf-8")
    before = told(page, tmp_path)
    begins = page.index("<h3>")
    found = [one.end() for one in re.finditer(place, page) if one.start() > begins]
    altered = {end: f"{page[:end]}q{page[end:]}" for end in found}
    missed = [end for end in altered if told(altered[end], tmp_path) == before]
    assert [page[end - 1 : end + 2] for end in missed] == aside
    assert len(altered) >= 7


def test_an_address_that_is_none_is_refused(tmp_path):
    with pytest.raises(SourceError, match="cannot read"):
        crawl(changed(tmp_path, "https://listed.example", "https://[listed.example"))


def test_a_half_downloaded_page_is_refused(tmp_path):
    path = tmp_path / SAMPLE.name
    page = SAMPLE.read_bytes()
    for end in range(100, len(page) - 10, 300):
        path.write_bytes(page[:end])
        with pytest.raises(SourceError, match=r"cut off before the end|not UTF-8"):
            crawl(path)


def test_a_table_given_instead_of_the_page_is_refused(tmp_path):
    path = tmp_path / "fcc-covered-list.csv"
    path.write_text("name,date\nExample Camera Company,2021-03-12\n", "utf-8")
    with pytest.raises(SourceError, match="not a web page"):
        crawl(path)


@pytest.mark.shared
@pytest.mark.parametrize("day", DAYS)
def test_each_published_page_reads_whole(shared, day):
    (path,) = (shared / "data" / "us-fcc-covered").rglob(f"*{day}.html")
    harvest = crawl(path)
    counts = tuple(len(entities(harvest, schema)) for schema in ("Company", "Product"))
    assert counts == DAYS[day]


@pytest.mark.shared
def test_no_published_page_leaves_anything_unexplained(shared):
    pages = sorted((shared / "data" / "us-fcc-covered").rglob("*.html"))
    harvests = [crawl(page) for page in pages]
    assert len(harvests) == 11
    assert not any(h.quarantined or h.unread or h.missing for h in harvests)


@pytest.mark.shared
def test_no_exempted_maker_is_covered_on_any_published_page(shared):
    for page in (shared / "data" / "us-fcc-covered").rglob("*.html"):
        listed = names(crawl(page), "Company")
        assert not [
            name for name in listed if name.startswith(("Netgear", "Nokia", "eero"))
        ]


@pytest.mark.shared
def test_an_entity_keeps_its_id_from_page_to_page(shared):
    folder = shared / "data" / "us-fcc-covered"
    first, last = (
        crawl(folder / f"fcc-coveredlist_{day}.html")
        for day in ("2026-06-19", "2026-07-24")
    )
    before = {entity.id for entity in entities(first, "Company")}
    after = {entity.id for entity in entities(last, "Company")}
    assert before < after
    assert len(after - before) == 1
